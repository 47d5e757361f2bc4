-- The sessions of a plan, with their training days.
-- $1 int4: plan
-- → code text, offre text, fixee text or null, debut date, fin date, jours date[], effectif int4, nb_siae int4; cents,
--   int8: cout_pedagogique, cout_annexe, remuneration
select s.code::text, s.offre::text, s.fixee::text, s.debut::date, s.fin::date,
       array(select d.jour::date from prisme.plan_seance d where d.plan_id = s.plan_id and d.session = s.code
             order by d.jour),
       s.effectif, s.nb_siae, s.cout_pedagogique::bigint, s.cout_annexe::bigint, s.remuneration::bigint
from prisme.plan_session s
where s.plan_id = $1
order by s.code
