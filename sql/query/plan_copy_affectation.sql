-- Takes the learners of a plan's sessions.
-- ← plan_id int4, chargement_id int4, session text, besoin text, montage text, effectif int4, km int4,
--   cout_pedagogique int8, cout_annexe int8, remuneration int8, finance int8, reste_a_charge int8
copy prisme.plan_affectation (plan_id, chargement_id, session, besoin, montage, effectif, km, cout_pedagogique,
                              cout_annexe, remuneration, finance, reste_a_charge)
from stdin (format binary)
