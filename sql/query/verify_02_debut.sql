-- Starts: a new session starts within the offer's window and the campaign's dates, after the freeze, on the first
-- possible day of that period or of a week in it (contract, Days). Fixed sessions are exempt.
-- $1 int4: plan
-- → regle text, detail text; a row is a violation
with periode as (
    select s.code, s.debut,
           greatest(o.date_debut, l.date_debut, p.date_plan + l.gel_jours) as de,
           least(o.date_fin, l.date_fin) as a
    from prisme.plan p
    join prisme.chargement l on l.id = p.chargement_id
    join prisme.plan_session s on s.plan_id = p.id and s.fixee is null
    join prisme.offre o on o.chargement_id = l.id and o.code = s.offre
    where p.id = $1
)
select 'période de début',
       format('la session %s commence le %s, hors de la période du %s au %s', code, prisme.en_jour(debut),
              prisme.en_jour(de), prisme.en_jour(a))
from periode
where debut not between de and a
union all
(select 'premier jour possible',
        format('la session %s commence le %s, alors que le %s est possible la même semaine', e.code,
               prisme.en_jour(e.debut), prisme.en_jour(min(j.jour)))
 from periode e
 join prisme.jours_ouvres($1) j on j.session = e.code and j.jour >= e.de and j.jour < e.debut
                               and date_trunc('week', j.jour::timestamp) = date_trunc('week', e.debut::timestamp)
 where e.debut between e.de and e.a
 group by e.code, e.debut)
union all
select 'date du plan', format('le plan parle du %s, la campagne fixe le %s', prisme.en_jour(p.date_plan),
                              prisme.en_jour(l.date_plan))
from prisme.plan p
join prisme.chargement l on l.id = p.chargement_id
where p.id = $1 and l.date_plan <> p.date_plan
order by 1, 2
