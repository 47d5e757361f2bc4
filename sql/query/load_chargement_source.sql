-- The files a load was read from.
-- $1 int4: chargement_id
-- → fichier text, sha256 text; by fichier
select fichier, sha256
  from prisme.chargement_source
 where chargement_id = $1
 order by fichier
