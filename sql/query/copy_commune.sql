-- Takes rows of prisme.commune of a new load.
-- ← chargement_id int4, code_insee text, nom text, latitude float8, longitude float8, zone text
copy prisme.commune
     (chargement_id, code_insee, nom, latitude, longitude, zone)
  from stdin (format binary)
