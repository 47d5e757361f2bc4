-- Offers: at most sessions_max sessions each; a reserved one takes only its SIAE's or its OPCO's learners (contract,
-- Group 2).
-- $1 int4: plan
-- → regle text, detail text; a row is a violation
with faute as (
    select 'nombre de sessions' as regle, o.code as cle, '' as besoin,
           format('l''offre %s permet %s session(s), le plan en ouvre %s', o.code, o.sessions_max, count(*)) as detail
    from prisme.plan_session s
    join prisme.offre o on o.chargement_id = s.chargement_id and o.code = s.offre
    where s.plan_id = $1
    group by o.code, o.sessions_max
    having count(*) > o.sessions_max
    union all
    select distinct 'offre réservée', a.session, a.besoin,
           format('le besoin %s de la SIAE %s siège dans la session %s, réservée à %s', a.besoin, e.code, a.session,
                  concat_ws(' et à ', 'la SIAE ' || o.siae, 'l''OPCO ' || nullif(o.opco, '')))
    from prisme.plan_affectation a
    join prisme.plan_session s on s.plan_id = a.plan_id and s.code = a.session
    join prisme.offre o on o.chargement_id = s.chargement_id and o.code = s.offre
    join prisme.besoin b on b.chargement_id = a.chargement_id and b.reference = a.besoin
    join prisme.siae e on e.chargement_id = b.chargement_id and e.code = b.siae
    where a.plan_id = $1 and (o.siae <> e.code or (o.opco <> '' and o.opco <> e.opco))
)
select regle, detail
from faute
order by regle collate "C", cle, besoin collate "C"
