-- Takes the learners of a plan's sessions.
copy prisme.plan_affectation (plan_id, chargement_id, session, besoin, montage, effectif, km, cout_pedagogique,
                              cout_annexe, remuneration, finance, reste_a_charge)
from stdin (format binary)
