-- Takes rows of prisme.organisme of a new load.
-- ← chargement_id int4, siret text, nda text, raison_sociale text, qualiopi bool, sessions_simultanees int4
copy prisme.organisme
     (chargement_id, siret, nda, raison_sociale, qualiopi, sessions_simultanees)
  from stdin (format binary)
