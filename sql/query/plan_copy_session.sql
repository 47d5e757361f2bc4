-- Takes the sessions of a plan.
-- ← plan_id int4, chargement_id int4, code text, offre text, fixee text, debut date, fin date, effectif int4,
--   nb_siae int4, cout_pedagogique int8, cout_annexe int8, remuneration int8
copy prisme.plan_session (plan_id, chargement_id, code, offre, fixee, debut, fin, effectif, nb_siae, cout_pedagogique,
                          cout_annexe, remuneration)
from stdin (format binary)
