-- Payments for the learners of each affectation: what the financements of the montage pay in order of rang, the wages
-- they pay back, what is left to the SIAE (contract, Money).
-- $1 integer: plan. Columns: regle text, detail text.
with cout as (
    select p.session, p.besoin, p.montage, sum((p.part + x.annexe) * p.effectif) as cout
    from prisme.parts($1) p
    join prisme.annexes($1) x on x.session = p.session and x.besoin = p.besoin
    group by p.session, p.besoin, p.montage
), paye as (
    select session, besoin, montage, sum((pedagogie + annexes) * effectif) as cout, sum(salaire * effectif) as salaire
    from prisme.paiements($1)
    group by session, besoin, montage
)
select c.regle, format('session %s, besoin %s, montage %s : %s au lieu de %s', a.session, a.besoin, a.montage,
                       prisme.en_euros(c.ecrit), prisme.en_euros(c.juste))
from prisme.plan_affectation a
join cout t on t.session = a.session and t.besoin = a.besoin and t.montage = a.montage
left join paye p on p.session = a.session and p.besoin = a.besoin and p.montage = a.montage
cross join lateral (values ('rémunération', a.remuneration, coalesce(p.salaire, 0)),
                           ('financement', a.finance, coalesce(p.cout + p.salaire, 0)),
                           ('reste à charge', a.reste_a_charge, t.cout - coalesce(p.cout, 0))) c (regle, ecrit, juste)
where a.plan_id = $1 and c.ecrit is distinct from c.juste
order by a.session, a.besoin, a.montage, c.regle collate "C"
