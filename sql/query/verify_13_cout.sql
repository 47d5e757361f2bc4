-- Costs of the learners of each affectation: shares of the pedagogy with its odd cents, ancillary costs (contract,
-- Money).
-- $1 int4: plan
-- → regle text, detail text; a row is a violation
with juste as (
    select p.session, p.besoin, p.montage, sum(p.part * p.effectif) as pedagogie, sum(x.annexe * p.effectif) as annexe
    from prisme.parts($1) p
    join prisme.annexes($1) x on x.session = p.session and x.besoin = p.besoin
    group by p.session, p.besoin, p.montage
)
select c.regle, format('session %s, besoin %s, montage %s : %s au lieu de %s', a.session, a.besoin, a.montage,
                       prisme.en_euros(c.ecrit), prisme.en_euros(c.juste))
from prisme.plan_affectation a
join juste j on j.session = a.session and j.besoin = a.besoin and j.montage = a.montage
cross join lateral (values ('coût pédagogique', a.cout_pedagogique, j.pedagogie),
                           ('coût annexe', a.cout_annexe, j.annexe)) c (regle, ecrit, juste)
where a.plan_id = $1 and c.ecrit is distinct from c.juste
order by a.session, a.besoin, a.montage, c.regle collate "C"
