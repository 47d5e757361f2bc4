-- Locks a campaign against another plan being numbered, and finds the load the plan is made from.
-- $1 text: campaign; $2 int4: number of the load
-- → 0 or 1 row: int4 chargement_id, int4 campagne_id
select l.id, c.id
from prisme.campagne c
join prisme.chargement l on l.campagne_id = c.id
where c.code = $1 and l.numero = $2
for update of c
