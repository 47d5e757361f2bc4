-- Providers: on no day more sessions than sessions_simultanees (contract, Group 3).
-- $1 int4: plan
-- → regle text, detail text; a row is a violation
select 'sessions simultanées',
       format('l''organisme %s tient %s sessions le %s, %s au plus', g.siret, count(*), prisme.en_jour(d.jour),
              g.sessions_simultanees)
from prisme.plan_seance d
join prisme.plan_session s on s.plan_id = d.plan_id and s.code = d.session
join prisme.offre o on o.chargement_id = s.chargement_id and o.code = s.offre
join prisme.organisme g on g.chargement_id = o.chargement_id and g.siret = o.organisme
where d.plan_id = $1
group by g.siret, g.sessions_simultanees, d.jour
having count(*) > g.sessions_simultanees
order by g.siret, d.jour
