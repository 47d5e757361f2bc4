-- Takes what a plan charges to envelopes.
-- ← plan_id int4, chargement_id int4, session text, besoin text, enveloppe text, montant int8
copy prisme.plan_charge (plan_id, chargement_id, session, besoin, enveloppe, montant) from stdin (format binary)
