-- Adds a plan under its campaign's next number.
-- $1 int4: chargement_id; $2 int4: campagne_id; $3 date: date_plan; $4 text: arret; $5 text: version; $6 int8: points;
-- $7 int8: points_borne; cents, int8: $8 cout, $9 reste_a_charge, $10 cout_pondere, $11 cout_pondere_borne,
-- $12 remuneration; $13 int8: effectif_demande; $14 int8: effectif_servi; $15 int8: sessions; $16 text: preuve
-- → 1 row: int4 id, int4 numero
insert into prisme.plan (chargement_id, campagne_id, numero, date_plan, arret, version, points, points_borne, cout,
                         reste_a_charge, cout_pondere, cout_pondere_borne, remuneration, effectif_demande,
                         effectif_servi, sessions, preuve)
select $1, $2, coalesce(max(p.numero), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16
from prisme.plan p
where p.campagne_id = $2
returning id, numero
