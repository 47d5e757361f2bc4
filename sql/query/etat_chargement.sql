-- The loads of a campaign: when, how large.
-- $1 text: campaign code
-- → int4 numero, int8 made at (seconds since 1970), int8 files, int8 rows read, int8 rows rejected, int8 SIAE,
--   int8 offers, int8 needs, int8 learners asked for; by numero
select l.numero, extract(epoch from l.cree_le)::bigint, s.fichiers, s.lignes, s.rejets,
       (select count(*) from prisme.siae where chargement_id = l.id),
       (select count(*) from prisme.offre where chargement_id = l.id),
       b.besoins, b.stagiaires
  from prisme.chargement l
  join prisme.campagne c on c.id = l.campagne_id
 cross join lateral (select count(*) as fichiers, coalesce(sum(lignes), 0)::bigint as lignes,
                            coalesce(sum(rejets), 0)::bigint as rejets
                       from prisme.chargement_source where chargement_id = l.id) s
 cross join lateral (select count(*) as besoins, coalesce(sum(effectif), 0)::bigint as stagiaires
                       from prisme.besoin where chargement_id = l.id) b
 where c.code = $1
 order by l.numero
