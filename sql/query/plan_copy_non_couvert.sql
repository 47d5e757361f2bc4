-- Takes the learners a plan does not serve.
-- ← plan_id int4, chargement_id int4, besoin text, motif text, effectif int4, detail text
copy prisme.plan_non_couvert (plan_id, chargement_id, besoin, motif, effectif, detail) from stdin (format binary)
