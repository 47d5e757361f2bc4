-- Takes what a plan charges to envelopes.
copy prisme.plan_charge (plan_id, chargement_id, session, besoin, enveloppe, montant) from stdin (format binary)
