-- Stagiaires: nobody is in two sessions on the same day; a need with apres starts after the last day of each need it
-- names, all served (contract, Group 6).
-- $1 int4: plan
-- → regle text, detail text; a row is a violation
with place as (
    select a.session, a.besoin, a.effectif, b.siae, b.stagiaire, s.debut, s.fin
    from prisme.plan_affectation a
    join prisme.besoin b on b.chargement_id = a.chargement_id and b.reference = a.besoin
    join prisme.plan_session s on s.plan_id = a.plan_id and s.code = a.session
    where a.plan_id = $1
), faute as (
    select 'stagiaire occupé' as regle, p.siae, p.stagiaire, d.jour,
           format('le stagiaire %s de la SIAE %s occupe %s places le %s', p.stagiaire, p.siae, sum(p.effectif),
                  prisme.en_jour(d.jour)) as detail
    from place p
    join prisme.plan_seance d on d.plan_id = $1 and d.session = p.session
    where p.stagiaire <> ''
    group by p.siae, p.stagiaire, d.jour
    having sum(p.effectif) > 1
    union all
    select 'ordre des besoins', p.siae, p.stagiaire, p.debut,
           format(case when avant.fin is null
                       then 'le besoin %s siège dans la session %s sans que le besoin %s, qui vient avant, soit servi'
                       else 'le besoin %s siège dans la session %s avant la fin du besoin %s' end,
                  p.besoin, p.session, x.apres)
    from place p
    join prisme.plan l on l.id = $1
    join prisme.besoin_apres x on x.chargement_id = l.chargement_id and x.besoin = p.besoin
    cross join lateral (select max(q.fin) as fin from place q where q.besoin = x.apres) avant
    where avant.fin is null or p.debut <= avant.fin
)
select regle, detail
from faute
order by siae, stagiaire, jour, detail collate "C"
