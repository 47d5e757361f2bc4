-- Takes the learners a plan does not serve.
copy prisme.plan_non_couvert (plan_id, chargement_id, besoin, motif, effectif, detail) from stdin (format binary)
