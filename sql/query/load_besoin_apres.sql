-- Which needs come after which, in the order of the Model.
-- $1 int4: chargement_id
-- → besoin text, apres text
select besoin, apres
  from prisme.besoin_apres
 where chargement_id = $1
 order by besoin, apres
