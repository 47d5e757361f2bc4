-- A load's rows of prisme.formation, in the order of the Model.
-- $1 int4: chargement_id
-- → code text, intitule text, domaine text, filiere text, nature text, heures int4, jours int4,
--   jours_par_semaine int4, effectif_min int4, effectif_max int4, certification text, formacode text
select code, intitule, domaine, filiere, nature, heures, jours, jours_par_semaine, effectif_min, effectif_max,
       certification, formacode
  from prisme.formation
 where chargement_id = $1
 order by code
