-- The plan's figures: points, costs and counts from its rows, certificates on the right side (contract, Objective,
-- Certificates, Outputs).
-- $1 int4: plan
-- → regle text, detail text; a row is a violation
with servi as (
    select coalesce(sum(a.effectif * p.points), 0) as points, coalesce(sum(a.effectif), 0) as effectif,
           coalesce(sum(a.cout_pedagogique + a.cout_annexe), 0) as cout, coalesce(sum(a.reste_a_charge), 0) as reste,
           coalesce(sum(a.remuneration), 0) as remuneration
    from prisme.plan l
    join prisme.plan_affectation a on a.plan_id = l.id
    join prisme.points(l.chargement_id) p on p.besoin = a.besoin
    where l.id = $1
), demande as (
    select coalesce(sum(b.effectif), 0) as effectif
    from prisme.plan l
    join prisme.besoin b on b.chargement_id = l.chargement_id
    where l.id = $1
), ouverte as (
    select count(*) as n from prisme.plan_session s where s.plan_id = $1
), faute as (
    select c.rang, 'bilan' as regle, format('%s : %s au lieu de %s', c.cle, c.ecrit, c.juste) as detail
    from prisme.plan l
    cross join servi
    cross join demande
    cross join ouverte
    cross join lateral (
        values (1, 'points', l.points, servi.points), (2, 'cout (centimes)', l.cout, servi.cout),
               (3, 'reste_a_charge (centimes)', l.reste_a_charge, servi.reste),
               (4, 'cout_pondere (centimes)', l.cout_pondere, servi.cout + servi.reste),
               (5, 'remuneration (centimes)', l.remuneration, servi.remuneration),
               (6, 'effectif_demande', l.effectif_demande, demande.effectif),
               (7, 'effectif_servi', l.effectif_servi, servi.effectif), (8, 'sessions', l.sessions, ouverte.n)
        ) c (rang, cle, ecrit, juste)
    where l.id = $1 and c.ecrit <> c.juste
    union all
    select 9, 'borne des points', format('%s points au-dessus de la borne %s', points, points_borne)
    from prisme.plan
    where id = $1 and points > points_borne
    union all
    select 10, 'borne du coût', format('coût pondéré de %s au-dessous de la borne %s', prisme.en_euros(cout_pondere),
                                       prisme.en_euros(cout_pondere_borne))
    from prisme.plan
    where id = $1 and cout_pondere < cout_pondere_borne
)
select regle, detail
from faute
order by rang
