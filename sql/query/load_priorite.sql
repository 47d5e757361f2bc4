-- A load's rows of prisme.priorite, in the order of the Model.
-- $1 int4: chargement_id
-- → rang int4, critere text, valeur text, points int4
select rang, critere, valeur, points
  from prisme.priorite
 where chargement_id = $1
 order by rang
