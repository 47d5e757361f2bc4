-- Takes rows of prisme.formation of a new load.
-- ← chargement_id int4, code text, intitule text, domaine text, filiere text, nature text, heures int4, jours int4,
--   jours_par_semaine int4, effectif_min int4, effectif_max int4, certification text, formacode text
copy prisme.formation
     (chargement_id, code, intitule, domaine, filiere, nature, heures, jours, jours_par_semaine, effectif_min,
      effectif_max, certification, formacode)
  from stdin (format binary)
