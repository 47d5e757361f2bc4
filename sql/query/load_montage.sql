-- A load's rows of prisme.montage, in the order of the Model.
-- $1 int4: chargement_id
-- → code text, opco text, types text[], natures text[], statuts text[], effectif_min int4, effectif_max int4,
--   salaire_horaire int8
select code, opco, types, natures, statuts, effectif_min, effectif_max, salaire_horaire
  from prisme.montage
 where chargement_id = $1
 order by code
