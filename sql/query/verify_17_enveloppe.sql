-- Envelopes: charged only for their OPCO, their axe and their dates, never beyond their amount (contract, Money).
-- $1 int4: plan
-- → regle text, detail text; a row is a violation
with charge as (
    select c.session, c.besoin, c.montant, v.code, v.montant as limite, v.opco <> e.opco as opco, v.axe <> b.axe as axe,
           s.debut not between v.debut_min and v.debut_max as debut, s.fin > v.fin_max as fin
    from prisme.plan_charge c
    join prisme.enveloppe v on v.chargement_id = c.chargement_id and v.code = c.enveloppe
    join prisme.plan_session s on s.plan_id = c.plan_id and s.code = c.session
    join prisme.besoin b on b.chargement_id = c.chargement_id and b.reference = c.besoin
    join prisme.siae e on e.chargement_id = b.chargement_id and e.code = b.siae
    where c.plan_id = $1
), faute as (
    select 'enveloppe inadmissible' as regle, code, session, besoin,
           format('l''enveloppe %s ne peut payer le besoin %s dans la session %s : %s', code, besoin, session,
                  concat_ws(', ', case when opco then 'OPCO' end, case when axe then 'axe' end,
                            case when debut then 'premier jour' end, case when fin then 'dernier jour' end)) as detail
    from charge
    where opco or axe or debut or fin
    union all
    select 'enveloppe dépassée', code, '', '',
           format('l''enveloppe %s de %s porte %s', code, prisme.en_euros(limite), prisme.en_euros(sum(montant)))
    from charge
    group by code, limite
    having sum(montant) > limite
)
select regle, detail
from faute
order by code, session collate "C", besoin collate "C"
