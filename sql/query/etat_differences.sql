-- What changed from one load to another, table by table: rows by their key, compared with all they hold.
-- $1 int4: chargement_id of the load; $2 int4: chargement_id of the one before, 0 = none
-- → text file of the table, int8 rows, int8 added, int8 changed, int8 gone; by file; tables without rows are left out
with contenu as (
    select $1 as chargement_id, fichier, cle, contenu from prisme.contenu($1)
    union all
    select $2, fichier, cle, contenu from prisme.contenu($2)
), cles as (
    select fichier, cle, string_agg(contenu, ' ' order by contenu) filter (where chargement_id = $1) as nouveau,
           string_agg(contenu, ' ' order by contenu) filter (where chargement_id = $2) as ancien,
           count(*) filter (where chargement_id = $1) as n
      from contenu
     group by fichier, cle
)
select fichier, sum(n)::bigint, count(*) filter (where ancien is null),
       count(*) filter (where ancien <> nouveau), count(*) filter (where nouveau is null)
  from cles
 group by fichier
 order by fichier
