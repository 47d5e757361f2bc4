-- Montages: every condition of the one chosen holds (contract, Money).
-- $1 int4: plan
-- → regle text, detail text; a row is a violation
with place as (
    select a.session, a.besoin, a.montage, m.opco, m.types, m.natures, m.statuts, m.effectif_min, m.effectif_max,
           e.opco as siae_opco, e.type, e.effectif, f.nature, b.statut, b.axe, b.attestation, g.qualiopi,
           exists (select from prisme.financement n
                   where n.chargement_id = a.chargement_id and n.montage = m.code) as finance,
           array(select x.axe::text from prisme.montage_axe x
                 where x.chargement_id = a.chargement_id and x.montage = m.code) as axes
    from prisme.plan_affectation a
    join prisme.plan_session s on s.plan_id = a.plan_id and s.code = a.session
    join prisme.offre o on o.chargement_id = s.chargement_id and o.code = s.offre
    join prisme.organisme g on g.chargement_id = o.chargement_id and g.siret = o.organisme
    join prisme.besoin b on b.chargement_id = a.chargement_id and b.reference = a.besoin
    join prisme.formation f on f.chargement_id = b.chargement_id and f.code = b.formation
    join prisme.siae e on e.chargement_id = b.chargement_id and e.code = b.siae
    join prisme.montage m on m.chargement_id = a.chargement_id and m.code = a.montage
    where a.plan_id = $1
)
select 'montage',
       format('le montage %s ne peut servir au besoin %s dans la session %s : %s', montage, besoin, session, c.manque)
from place
cross join lateral (
    values (1, opco <> '' and opco <> siae_opco, 'OPCO de la SIAE'),
           (2, types <> '{}' and type <> all (types), 'type de la SIAE'),
           (3, natures <> '{}' and nature <> all (natures), 'nature de la formation'),
           (4, statuts <> '{}' and statut <> all (statuts), 'statut des stagiaires'),
           (5, axes <> '{}' and axe <> all (axes), 'axe du besoin'),
           (6, effectif_min is not null and coalesce(effectif < effectif_min, true), 'effectif de la SIAE trop petit'),
           (7, effectif_max is not null and coalesce(effectif > effectif_max, true), 'effectif de la SIAE trop grand'),
           (8, finance and nature = 'obligation' and not attestation, 'attestation de l''employeur'),
           (9, finance and not qualiopi, 'Qualiopi')) c (rang, faux, manque)
where c.faux
order by session, besoin, montage, c.rang
