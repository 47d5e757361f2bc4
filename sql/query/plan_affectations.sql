-- The learners of a plan's sessions.
-- $1 int4: plan
-- → session text, besoin text, montage text, effectif int4, km int4 (tenths); cents, int8: cout_pedagogique,
--   cout_annexe, remuneration, finance, reste_a_charge
select a.session::text, a.besoin::text, a.montage::text, a.effectif, a.km, a.cout_pedagogique::bigint,
       a.cout_annexe::bigint, a.remuneration::bigint, a.finance::bigint, a.reste_a_charge::bigint
from prisme.plan_affectation a
where a.plan_id = $1
order by a.session, a.besoin, a.montage
