-- A load of a campaign and the one before it.
-- $1 text: campaign; $2 int4: number of the load
-- → 0 or 1 row: int4 chargement_id, int8 made at (seconds since 1970), int4 chargement_id of the one before (0 = none)
select l.id, extract(epoch from l.cree_le)::bigint,
       coalesce((select max(p.id) from prisme.chargement p where p.campagne_id = l.campagne_id and p.numero = l.numero - 1), 0)
  from prisme.chargement l
  join prisme.campagne c on c.id = l.campagne_id
 where c.code = $1 and l.numero = $2
