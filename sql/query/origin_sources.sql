-- The files a load was read from, and how much of them.
-- $1 int4: chargement_id
-- → text fichier, int8 lignes, int8 rejets, bool refuse; by fichier
select fichier::text, lignes, rejets, refuse
  from prisme.chargement_source
 where chargement_id = $1
 order by fichier
