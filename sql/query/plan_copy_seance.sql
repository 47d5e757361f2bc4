-- Takes the training days of a plan's sessions.
copy prisme.plan_seance (plan_id, chargement_id, session, jour) from stdin (format binary)
