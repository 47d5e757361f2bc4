-- The files a load was read from, and how each fared.
-- $1 int4: chargement_id
-- → text fichier, text sha256, int8 lignes, int8 rejets, int8 avertissements, bool refuse; by fichier
select fichier, sha256, lignes, rejets, avertissements, refuse
  from prisme.chargement_source
 where chargement_id = $1
 order by fichier
