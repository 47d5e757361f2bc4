-- A load's rows of prisme.organisme, in the order of the Model.
-- $1 int4: chargement_id
-- → siret text, nda text, raison_sociale text, qualiopi bool, sessions_simultanees int4
select siret, nda, raison_sociale, qualiopi, sessions_simultanees
  from prisme.organisme
 where chargement_id = $1
 order by siret
