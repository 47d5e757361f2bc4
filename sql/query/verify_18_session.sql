-- Sessions: learners, SIAE and amounts are the sums over their affectations.
-- $1 int4: plan
-- → regle text, detail text; a row is a violation
with somme as (
    select a.session, sum(a.effectif) as effectif, count(distinct b.siae) as nb_siae,
           sum(a.cout_pedagogique) as pedagogie, sum(a.cout_annexe) as annexe, sum(a.remuneration) as remuneration
    from prisme.plan_affectation a
    join prisme.besoin b on b.chargement_id = a.chargement_id and b.reference = a.besoin
    where a.plan_id = $1
    group by a.session
)
select 'totaux de session', format('session %s, %s : %s au lieu de %s', s.code, c.nom, c.ecrit, coalesce(c.juste, 0))
from prisme.plan_session s
left join somme t on t.session = s.code
cross join lateral (values (1, 'effectif', s.effectif::bigint, t.effectif), (2, 'nb_siae', s.nb_siae, t.nb_siae),
                           (3, 'cout_pedagogique (centimes)', s.cout_pedagogique, t.pedagogie),
                           (4, 'cout_annexe (centimes)', s.cout_annexe, t.annexe),
                           (5, 'remuneration (centimes)', s.remuneration, t.remuneration)) c (rang, nom, ecrit, juste)
where s.plan_id = $1 and c.ecrit <> coalesce(c.juste, 0)
order by s.code, c.rang
