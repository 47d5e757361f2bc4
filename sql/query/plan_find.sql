-- A plan of a campaign, and what it says of itself.
-- $1 text: campaign; $2 int4: number of the plan, 0 = the latest
-- → 0 or 1 row: int4 id, int4 numero, int4 chargement (its number), date date_plan, text arret, int8 points,
--   int8 points_borne; cents, int8: cout, reste_a_charge, cout_pondere, cout_pondere_borne, remuneration; int8:
--   effectif_demande, effectif_servi, sessions; text preuve (null: not recorded)
select p.id, p.numero, l.numero, p.date_plan::date, p.arret::text, p.points, p.points_borne, p.cout::bigint,
       p.reste_a_charge::bigint, p.cout_pondere::bigint, p.cout_pondere_borne::bigint, p.remuneration::bigint,
       p.effectif_demande, p.effectif_servi, p.sessions, p.preuve
from prisme.campagne c
join prisme.plan p on p.campagne_id = c.id
join prisme.chargement l on l.id = p.chargement_id
where c.code = $1 and ($2 = 0 or p.numero = $2)
order by p.numero desc
limit 1
