-- The number of a campaign's latest load.
-- $1 text: campaign code
-- → 1 row: int4 numero, 0 without any
select coalesce(max(l.numero), 0)
  from prisme.chargement l
  join prisme.campagne c on c.id = l.campagne_id
 where c.code = $1
