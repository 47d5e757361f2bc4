-- What a campaign holds.
-- $1 text: campaign
-- → 0 or 1 row: int8 loads, int8 files, int8 needs, int8 needs with a pseudonym, int8 plans, int8 affectations
select (select count(*) from prisme.chargement l where l.campagne_id = c.id),
       (select count(*) from prisme.chargement_source s join prisme.chargement l on l.id = s.chargement_id
         where l.campagne_id = c.id),
       (select count(*) from prisme.besoin b join prisme.chargement l on l.id = b.chargement_id
         where l.campagne_id = c.id),
       (select count(*) from prisme.besoin b join prisme.chargement l on l.id = b.chargement_id
         where l.campagne_id = c.id and b.stagiaire <> ''),
       (select count(*) from prisme.plan p where p.campagne_id = c.id),
       (select count(*) from prisme.plan_affectation a join prisme.plan p on p.id = a.plan_id
         where p.campagne_id = c.id)
  from prisme.campagne c
 where c.code = $1
