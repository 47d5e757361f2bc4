-- One load of a campaign.
-- $1 text: campaign code; $2 int4: number of the load, 0 = the latest
-- → 0 or 1 row: int4 id, int4 numero, text region, date date_debut, date date_fin, date date_plan, int4 gel_jours,
--   bool has_priorites
select l.id, l.numero, l.region, l.date_debut, l.date_fin, l.date_plan, l.gel_jours, l.has_priorites
  from prisme.chargement l
  join prisme.campagne c on c.id = l.campagne_id
 where c.code = $1
   and ($2 = 0 or l.numero = $2)
 order by l.numero desc
 limit 1
