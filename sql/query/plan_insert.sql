-- Adds a plan under its campaign's next number.
-- $1 integer: load. $2 integer: campaign. $3 date: date_plan. $4 text: arret. $5 text: version.
-- $6 bigint: points. $7 bigint: points_borne. $8 to $12 bigint, cents: cout, reste_a_charge, cout_pondere,
-- cout_pondere_borne, remuneration. $13 to $15 bigint: effectif_demande, effectif_servi, sessions.
-- Columns: id integer, numero integer.
insert into prisme.plan (chargement_id, campagne_id, numero, date_plan, arret, version, points, points_borne, cout,
                         reste_a_charge, cout_pondere, cout_pondere_borne, remuneration, effectif_demande,
                         effectif_servi, sessions)
select $1, $2, coalesce(max(p.numero), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15
from prisme.plan p
where p.campagne_id = $2
returning id, numero
