-- Takes rows of prisme.chargement_source of a new load.
-- ← chargement_id int4, fichier text, sha256 text, lignes int8, rejets int8, avertissements int8, refuse bool, siae text
--   (or null), reponse bool
copy prisme.chargement_source
     (chargement_id, fichier, sha256, lignes, rejets, avertissements, refuse, siae, reponse)
  from stdin (format binary)
