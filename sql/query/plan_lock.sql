-- Locks a campaign against another plan being numbered, and finds the load the plan is made from.
-- $1 text: campaign. $2 integer: number of the load.
-- Columns: chargement_id integer, campagne_id integer; no row when there is no such load.
select l.id, c.id
from prisme.campagne c
join prisme.chargement l on l.campagne_id = c.id
where c.code = $1 and l.numero = $2
for update of c
