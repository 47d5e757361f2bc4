-- Mutualisation: a learner whose need's axe has min_siae = k sits with learners of at least k SIAE (contract, Group 5).
-- $1 int4: plan
-- → regle text, detail text; a row is a violation
with place as (
    select a.session, a.besoin, b.siae, x.code as axe, x.min_siae
    from prisme.plan_affectation a
    join prisme.besoin b on b.chargement_id = a.chargement_id and b.reference = a.besoin
    join prisme.axe x on x.chargement_id = b.chargement_id and x.code = b.axe
    where a.plan_id = $1
)
select distinct 'mutualisation',
       format('la session %s réunit %s SIAE, l''axe %s du besoin %s en veut %s', p.session, n.n, p.axe, p.besoin,
              p.min_siae) collate "C"
from place p
join (select session, count(distinct siae) as n from place group by session) n on n.session = p.session
where n.n < p.min_siae
order by 2
