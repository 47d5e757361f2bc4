-- The plans of a campaign: when, how good.
-- $1 text: campaign code
-- → int4 numero, int4 number of its load, int8 made at (seconds since 1970), int8 sessions, int8 learners served,
--   int8 learners asked for, int8 points, int8 points_borne, int8 cout, int8 reste_a_charge, int8 cout_pondere,
--   int8 cout_pondere_borne (all cents), text arret; by numero
select p.numero, l.numero, extract(epoch from p.cree_le)::bigint, p.sessions, p.effectif_servi, p.effectif_demande,
       p.points, p.points_borne, p.cout, p.reste_a_charge, p.cout_pondere, p.cout_pondere_borne, p.arret
  from prisme.plan p
  join prisme.chargement l on l.id = p.chargement_id
  join prisme.campagne c on c.id = p.campagne_id
 where c.code = $1
 order by p.numero
