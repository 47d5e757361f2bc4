-- Training days: each session has exactly those its start, its place and its course give (contract, Days).
-- $1 int4: plan
-- → regle text, detail text; a row is a violation
with attendue as (
    select session, jour from prisme.seances($1)
), ecrite as (
    select session, jour from prisme.plan_seance where plan_id = $1
), bornes as (
    select s.code, s.debut, s.fin, f.jours, count(a.jour) as n, min(a.jour) as premier, max(a.jour) as dernier
    from prisme.plan_session s
    join prisme.offre o on o.chargement_id = s.chargement_id and o.code = s.offre
    join prisme.formation f on f.chargement_id = s.chargement_id and f.code = o.formation
    left join attendue a on a.session = s.code
    where s.plan_id = $1
    group by s.code, s.debut, s.fin, f.jours
), faute as (
    select session as cle, jour,
           format(case when e.jour is null then 'la séance du %s manque à la session %s'
                       else 'le %s n''est pas un jour de séance de la session %s' end,
                  prisme.en_jour(jour), session) as detail
    from attendue a
    full join ecrite e using (session, jour)
    where a.jour is null or e.jour is null
    union all
    select code, debut, format('la session %s commence le %s, qui n''est pas un jour ouvré là où elle a lieu', code,
                               prisme.en_jour(debut))
    from bornes
    where premier is distinct from debut
    union all
    select code, fin, format('la session %s, de %s jours, ne s''achève pas le %s', code, jours, prisme.en_jour(fin))
    from bornes
    where n <> jours or dernier is distinct from fin
)
select 'séances', detail
from faute
order by cle, jour, detail collate "C"
