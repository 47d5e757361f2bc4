-- What a plan charges to envelopes.
-- $1 int4: plan
-- → session text, besoin text, enveloppe text, montant int8 (cents)
select c.session::text, c.besoin::text, c.enveloppe::text, c.montant::bigint
from prisme.plan_charge c
where c.plan_id = $1
order by c.session, c.besoin, c.enveloppe
