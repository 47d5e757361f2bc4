-- Takes the training days of a plan's sessions.
-- ← plan_id int4, chargement_id int4, session text, jour date
copy prisme.plan_seance (plan_id, chargement_id, session, jour) from stdin (format binary)
