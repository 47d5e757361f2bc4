-- What a load holds, table by table: how many rows, and a checksum of them that depends on no order.
-- $1 int4: chargement_id
-- → text file of the table, int8 rows, text sha256 of the sha256 of every row, in the order of these; by file
select fichier, count(*), encode(sha256(string_agg(sha256, ''::bytea order by sha256)), 'hex')
  from (select fichier, sha256(convert_to(contenu, 'UTF8')) from prisme.contenu($1)) lignes
 group by fichier
 order by fichier
