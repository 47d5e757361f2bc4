-- Absences: on no day more learners of a SIAE in training than absents_max, none during its closures (contract, Group 3
-- and 4).
-- $1 int4: plan
-- → regle text, detail text; a row is a violation
with jour as (
    select e.chargement_id, e.code, e.absents_max, d.jour, sum(a.effectif) as n
    from prisme.plan_affectation a
    join prisme.plan_seance d on d.plan_id = a.plan_id and d.session = a.session
    join prisme.besoin b on b.chargement_id = a.chargement_id and b.reference = a.besoin
    join prisme.siae e on e.chargement_id = b.chargement_id and e.code = b.siae
    where a.plan_id = $1
    group by e.chargement_id, e.code, e.absents_max, d.jour
), faute as (
    select 'absents de la SIAE' as regle, code, jour,
           format('la SIAE %s a %s stagiaire(s) en formation le %s, %s au plus', code, n, prisme.en_jour(jour),
                  absents_max) as detail
    from jour
    where n > absents_max
    union all
    select 'fermeture de la SIAE', code, jour,
           format('la SIAE %s, fermée le %s, a %s stagiaire(s) en formation', code, prisme.en_jour(jour), n)
    from jour j
    where exists (select from prisme.fermeture x where x.chargement_id = j.chargement_id and x.siae = j.code
                    and j.jour between x.du and x.au)
)
select regle, detail
from faute
order by code, jour, regle collate "C"
