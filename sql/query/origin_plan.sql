-- Where a plan comes from: its load, when both were made, by which version.
-- $1 text: campaign; $2 int4: number of the plan
-- → 0 or 1 row: int4 id, int4 chargement_id, int4 number of the load, date of the load, date of the plan (both UTC),
--   text version
select p.id, l.id, l.numero, (l.cree_le at time zone 'UTC')::date, (p.cree_le at time zone 'UTC')::date, p.version::text
from prisme.campagne c
join prisme.plan p on p.campagne_id = c.id
join prisme.chargement l on l.id = p.chargement_id
where c.code = $1 and p.numero = $2
order by p.numero
