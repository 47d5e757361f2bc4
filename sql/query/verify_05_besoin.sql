-- Needs: served for no more learners than asked, in sessions of their course, with every training day in their dates
-- (contract, Group 1).
-- $1 int4: plan
-- → regle text, detail text; a row is a violation
with place as (
    select b.reference, b.effectif as demande, b.formation, b.date_debut, b.date_fin, a.session, a.effectif,
           o.formation as donnee
    from prisme.plan_affectation a
    join prisme.besoin b on b.chargement_id = a.chargement_id and b.reference = a.besoin
    join prisme.plan_session s on s.plan_id = a.plan_id and s.code = a.session
    join prisme.offre o on o.chargement_id = s.chargement_id and o.code = s.offre
    where a.plan_id = $1
), faute as (
    select 'effectif du besoin' as regle, reference, '' as session,
           format('le besoin %s demande %s place(s) et en reçoit %s', reference, demande, sum(effectif)) as detail
    from place
    group by reference, demande
    having sum(effectif) > demande
    union all
    select distinct 'formation du besoin', reference, session,
           format('le besoin %s veut la formation %s, la session %s donne %s', reference, formation, session, donnee)
    from place
    where formation <> donnee
    union all
    select 'période du besoin', p.reference, p.session,
           format('le besoin %s va du %s au %s, la session %s a %s séance(s) au-dehors', p.reference,
                  prisme.en_jour(p.date_debut), prisme.en_jour(p.date_fin), p.session, count(d.jour))
    from (select distinct reference, session, date_debut, date_fin from place) p
    join prisme.plan_seance d on d.plan_id = $1 and d.session = p.session
                             and d.jour not between p.date_debut and p.date_fin
    group by p.reference, p.session, p.date_debut, p.date_fin
)
select regle, detail
from faute
order by reference, session collate "C", regle collate "C"
