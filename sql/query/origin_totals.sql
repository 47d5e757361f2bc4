-- What the rows of a plan and of its load add up to, as the database counts.
-- $1 int4: plan; $2 int4: chargement_id
-- → 1 row of int8: sessions, seances; of sessions: effectif, cout_pedagogique, cout_annexe, remuneration; of
--   affectations: effectif, cout_pedagogique, cout_annexe, remuneration, finance, reste_a_charge; charges; learners
--   not served, learners asked for; amounts of the envelopes; cost of the affectations (amounts in cents)
select s.n, d.n, s.effectif, s.pedagogique, s.annexe, s.remuneration, a.effectif, a.pedagogique, a.annexe,
       a.remuneration, a.finance, a.reste, c.montant, n.effectif, b.effectif, e.montant,
       a.pedagogique + a.annexe
from (select count(*) as n, coalesce(sum(effectif), 0)::bigint as effectif,
             coalesce(sum(cout_pedagogique), 0)::bigint as pedagogique,
             coalesce(sum(cout_annexe), 0)::bigint as annexe, coalesce(sum(remuneration), 0)::bigint as remuneration
      from prisme.plan_session where plan_id = $1) s,
     (select count(*) as n from prisme.plan_seance where plan_id = $1) d,
     (select coalesce(sum(effectif), 0)::bigint as effectif, coalesce(sum(cout_pedagogique), 0)::bigint as pedagogique,
             coalesce(sum(cout_annexe), 0)::bigint as annexe, coalesce(sum(remuneration), 0)::bigint as remuneration,
             coalesce(sum(finance), 0)::bigint as finance, coalesce(sum(reste_a_charge), 0)::bigint as reste
      from prisme.plan_affectation where plan_id = $1) a,
     (select coalesce(sum(montant), 0)::bigint as montant from prisme.plan_charge where plan_id = $1) c,
     (select coalesce(sum(effectif), 0)::bigint as effectif from prisme.plan_non_couvert where plan_id = $1) n,
     (select coalesce(sum(effectif), 0)::bigint as effectif from prisme.besoin where chargement_id = $2) b,
     (select coalesce(sum(montant), 0)::bigint as montant from prisme.enveloppe where chargement_id = $2) e
order by 1
