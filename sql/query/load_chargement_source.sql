-- The files a load was read from, and how each fared.
-- $1 int4: chargement_id
-- → fichier text, sha256 text, lignes int8, rejets int8, avertissements int8, refuse bool; by fichier
select fichier::text, sha256::text, lignes, rejets, avertissements, refuse
  from prisme.chargement_source
 where chargement_id = $1
 order by fichier
