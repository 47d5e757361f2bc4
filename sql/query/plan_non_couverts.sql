-- The learners a plan does not serve.
-- $1 int4: plan
-- → besoin text, effectif int4, motif text, detail text
select n.besoin::text, n.effectif, n.motif::text, n.detail::text
from prisme.plan_non_couvert n
where n.plan_id = $1
order by n.besoin, n.motif
