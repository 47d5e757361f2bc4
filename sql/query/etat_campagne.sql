-- The campaigns.
-- $1 text: code of one campaign, null = all
-- → text code, text region, date date_debut, date date_fin (the last three of its latest load); by code
select c.code, l.region, l.date_debut, l.date_fin
  from prisme.campagne c
  join lateral (select * from prisme.chargement where campagne_id = c.id order by numero desc limit 1) l on true
 where $1 is null or c.code = $1
 order by c.code
