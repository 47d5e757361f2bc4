-- Charges: for each need in each session, what a dispositif pays is charged, no more and no less (contract, Money).
-- $1 int4: plan
-- → regle text, detail text; a row is a violation
with du as (
    select session, besoin, dispositif, sum((pedagogie + annexes + salaire) * effectif) as montant
    from prisme.paiements($1)
    group by session, besoin, dispositif
), charge as (
    select c.session, c.besoin, v.dispositif, sum(c.montant) as montant
    from prisme.plan_charge c
    join prisme.enveloppe v on v.chargement_id = c.chargement_id and v.code = c.enveloppe
    where c.plan_id = $1
    group by c.session, c.besoin, v.dispositif
)
select 'charges',
       format('session %s, besoin %s : %s à la charge de %s, qui paie %s', session, besoin,
              prisme.en_euros(coalesce(c.montant, 0)), dispositif, prisme.en_euros(coalesce(d.montant, 0)))
from du d
full join charge c using (session, besoin, dispositif)
where coalesce(c.montant, 0) <> coalesce(d.montant, 0)
order by session, besoin, dispositif
