-- Unmet needs: the rows of a need sum to the learners asked for less those served (contract, Outputs).
-- $1 int4: plan
-- → regle text, detail text; a row is a violation
select 'non couverts',
       format('besoin %s : %s place(s) demandée(s), %s servie(s), %s non couverte(s)', b.reference, b.effectif, s.n, n.n)
from prisme.plan p
join prisme.besoin b on b.chargement_id = p.chargement_id
cross join lateral (select coalesce(sum(a.effectif), 0) as n from prisme.plan_affectation a
                    where a.plan_id = p.id and a.chargement_id = b.chargement_id and a.besoin = b.reference) s
cross join lateral (select coalesce(sum(u.effectif), 0) as n from prisme.plan_non_couvert u
                    where u.plan_id = p.id and u.chargement_id = b.chargement_id and u.besoin = b.reference) n
where p.id = $1 and b.effectif - s.n <> n.n
order by b.reference
