-- A load's rows of prisme.axe, in the order of the Model.
-- $1 int4: chargement_id
-- → code text, libelle text, min_siae int4
select code, libelle, min_siae
  from prisme.axe
 where chargement_id = $1
 order by code
