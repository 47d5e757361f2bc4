-- The rows of a load that wait for their missing cells.
-- $1 int4: chargement_id
-- → text file of the table, text key, text what is missing, text what is known; by file, key
select fichier::text, cle::text,
       string_agg(colonne || case when attend then ' ' || valeur || ' (incomplet)' else '' end, ', ' order by colonne)
           filter (where valeur is null or attend),
       coalesce(string_agg(colonne || ' ' || valeur, ', ' order by colonne) filter (where valeur is not null and not attend), '')
  from prisme.incomplet
 where chargement_id = $1
 group by fichier, cle
 order by fichier, cle
