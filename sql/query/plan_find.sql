-- A plan of a campaign, and what it says of itself.
-- $1 text: campaign. $2 integer: number of the plan, 0 = the latest.
-- Columns: id integer, numero integer, chargement integer (its number), date_plan date, arret text, points bigint,
-- points_borne bigint, then cents, bigint: cout, reste_a_charge, cout_pondere, cout_pondere_borne, remuneration, then
-- bigint: effectif_demande, effectif_servi, sessions.
select p.id, p.numero, l.numero, p.date_plan::date, p.arret::text, p.points, p.points_borne, p.cout::bigint,
       p.reste_a_charge::bigint, p.cout_pondere::bigint, p.cout_pondere_borne::bigint, p.remuneration::bigint,
       p.effectif_demande, p.effectif_servi, p.sessions
from prisme.campagne c
join prisme.plan p on p.campagne_id = c.id
join prisme.chargement l on l.id = p.chargement_id
where c.code = $1 and ($2 = 0 or p.numero = $2)
order by p.numero desc
limit 1
