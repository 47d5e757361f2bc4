-- Payments for the learners of each affectation: what the financements of the montage pay in order of rang, the wages
-- they pay back, what is left to the SIAE (contract, Money).
-- $1 int4: plan
-- → regle text, detail text; a row is a violation
with ligne as (
    select p.session, p.besoin, p.montage, (p.part + x.annexe) * p.effectif as cout, 0 as paye, 0 as salaire
    from prisme.parts($1) p
    join prisme.annexes($1) x on x.session = p.session and x.besoin = p.besoin
    union all
    select session, besoin, montage, 0, (pedagogie + annexes) * effectif, salaire * effectif
    from prisme.paiements($1)
), juste as (
    select session, besoin, montage, sum(cout) as cout, sum(paye) as paye, sum(salaire) as salaire
    from ligne
    group by session, besoin, montage
)
select c.regle, format('session %s, besoin %s, montage %s : %s au lieu de %s', a.session, a.besoin, a.montage,
                       prisme.en_euros(c.ecrit), prisme.en_euros(c.juste))
from prisme.plan_affectation a
join juste j on j.session = a.session and j.besoin = a.besoin and j.montage = a.montage
cross join lateral (values ('rémunération', a.remuneration, j.salaire),
                           ('financement', a.finance, j.paye + j.salaire),
                           ('reste à charge', a.reste_a_charge, j.cout - j.paye)) c (regle, ecrit, juste)
where a.plan_id = $1 and c.ecrit is distinct from c.juste
order by a.session, a.besoin, a.montage, c.regle collate "C"
