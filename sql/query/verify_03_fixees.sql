-- Fixed sessions stand exactly as given, with their learners (contract, Group 7).
-- $1 int4: plan
-- → regle text, detail text; a row is a violation
with plan as (
    select id, chargement_id from prisme.plan where id = $1
), faute as (
    select 'session fixée' as regle, f.session,
           case when s.code is null then format('la session fixée %s manque', f.session)
                else format('la session fixée %s doit commencer le %s avec l''offre %s', f.session,
                            prisme.en_jour(f.date_debut), f.offre)
           end as detail
    from plan p
    join prisme.session_fixee f on f.chargement_id = p.chargement_id
    left join prisme.plan_session s on s.plan_id = p.id and s.fixee = f.session
    where s.code is null or s.offre <> f.offre or s.debut <> f.date_debut
    union all
    select 'affectation fixée', f.session,
           format('la session %s doit garder %s stagiaire(s) du besoin %s sous le montage %s, elle en a %s', f.session,
                  f.effectif, f.besoin, f.montage, coalesce(a.effectif, 0))
    from plan p
    join prisme.affectation_fixee f on f.chargement_id = p.chargement_id
    left join prisme.plan_affectation a
        on a.plan_id = p.id and a.session = f.session and a.besoin = f.besoin and a.montage = f.montage
    where coalesce(a.effectif, 0) < f.effectif
)
select regle, detail
from faute
order by session, regle collate "C", detail collate "C"
