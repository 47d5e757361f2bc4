-- A load's rows of prisme.financement, in the order of the Model.
-- $1 int4: chargement_id
-- → montage text, rang int4, dispositif text, taux_pedagogie int4, plafond_horaire int8, taux_annexes int4,
--   taux_salaire int4
select montage, rang, dispositif, taux_pedagogie, plafond_horaire, taux_annexes, taux_salaire
  from prisme.financement
 where chargement_id = $1
 order by montage, rang
