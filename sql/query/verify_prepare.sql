-- Tells the server how many rows the plan has: just written, they have no statistics.
-- no parameters, no rows
analyze prisme.plan, prisme.plan_session, prisme.plan_seance, prisme.plan_affectation, prisme.plan_charge,
        prisme.plan_non_couvert
