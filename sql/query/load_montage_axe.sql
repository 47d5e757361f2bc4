-- The axes of montages, in the order of the Model.
-- $1 int4: chargement_id
-- → montage text, axe text
select montage, axe
  from prisme.montage_axe
 where chargement_id = $1
 order by montage, axe
