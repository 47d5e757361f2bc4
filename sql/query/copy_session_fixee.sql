-- Takes rows of prisme.session_fixee of a new load.
-- ← chargement_id int4, session text, offre text, date_debut date
copy prisme.session_fixee
     (chargement_id, session, offre, date_debut)
  from stdin (format binary)
