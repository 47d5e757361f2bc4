-- The publics of needs, in the order of the Model.
-- $1 int4: chargement_id
-- → besoin text, public text
select besoin, public
  from prisme.besoin_public
 where chargement_id = $1
 order by besoin, public
