-- SIAE: what is left to pay in the whole plan is at most reste_a_charge_max (contract, Money).
-- $1 int4: plan
-- → regle text, detail text; a row is a violation
select 'plafond de reste à charge',
       format('la SIAE %s paierait %s, %s au plus', e.code, prisme.en_euros(sum(a.reste_a_charge)),
              prisme.en_euros(e.reste_a_charge_max))
from prisme.plan_affectation a
join prisme.besoin b on b.chargement_id = a.chargement_id and b.reference = a.besoin
join prisme.siae e on e.chargement_id = b.chargement_id and e.code = b.siae
where a.plan_id = $1
group by e.code, e.reste_a_charge_max
having sum(a.reste_a_charge) > e.reste_a_charge_max
order by e.code
