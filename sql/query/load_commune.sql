-- A load's rows of prisme.commune, in the order of the Model.
-- $1 int4: chargement_id
-- → code_insee text, nom text, latitude float8, longitude float8, zone text
select code_insee, nom, latitude, longitude, zone
  from prisme.commune
 where chargement_id = $1
 order by code_insee
