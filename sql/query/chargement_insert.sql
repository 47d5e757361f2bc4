-- Opens a new load.
-- $1 int4: campagne_id; $2 int4: its number; $3 text: region; $4 date: date_debut; $5 date: date_fin; $6 date: date_plan;
-- $7 int4: gel_jours; $8 bool: has_priorites
-- → 1 row: int4 id
insert into prisme.chargement (campagne_id, numero, region, date_debut, date_fin, date_plan, gel_jours, has_priorites)
values ($1, $2, $3, $4, $5, $6, $7, $8)
returning id
