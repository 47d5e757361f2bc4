-- Groups: a session holds effectif_min to effectif_max learners of its offer (contract, Group).
-- $1 int4: plan
-- → regle text, detail text; a row is a violation
select 'taille du groupe',
       format('la session %s réunit %s stagiaire(s), l''offre %s en veut %s à %s', s.code, coalesce(sum(a.effectif), 0),
              o.code, o.effectif_min, o.effectif_max)
from prisme.plan_session s
join prisme.offre o on o.chargement_id = s.chargement_id and o.code = s.offre
left join prisme.plan_affectation a on a.plan_id = s.plan_id and a.session = s.code
where s.plan_id = $1
group by s.code, o.code, o.effectif_min, o.effectif_max
having coalesce(sum(a.effectif), 0) not between o.effectif_min and o.effectif_max
order by s.code
