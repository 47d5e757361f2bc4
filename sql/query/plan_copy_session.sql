-- Takes the sessions of a plan.
copy prisme.plan_session (plan_id, chargement_id, code, offre, fixee, debut, fin, effectif, nb_siae, cout_pedagogique,
                          cout_annexe, remuneration)
from stdin (format binary)
