/* Faults in what a plan says of its choices: days, amounts, charges, sums. One function a row of corruption_table. */
#ifndef TESTS_CORRUPTION_FIGURES_H
#define TESTS_CORRUPTION_FIGURES_H

#include "sql/model.h"

#include <stdbool.h>

/* X(name, rule, words) */
#define CORRUPTION_FIGURES(X)                                                                                          \
    X(day_moved, "séances", "a training day is held the day after")                                                    \
    X(day_missing, "séances", "the last training day is missing")                                                      \
    X(day_added, "séances", "a training day is added at the end")                                                      \
    X(day_closed, "séances", "a training day is held on a holiday or during a closure")                                \
    X(debut_early, "séances", "the first day is said to be the day before")                                            \
    X(fin_late, "séances", "the last day is said to be the day after")                                                 \
    X(rhythm, "séances", "the days follow without the course's rest days")                                             \
    X(date_plan, "date du plan", "the plan speaks from another day than the campaign's")                               \
    X(fixed_as_new, "session fixée", "a fixed session is said to be a new one")                                        \
    X(km, "distance", "a way is a tenth of a km longer")                                                               \
    X(odd_cent, "coût pédagogique", "the odd cent is given to the wrong learner")                                      \
    X(pedagogie, "coût pédagogique", "a learner's pedagogy costs a cent more")                                         \
    X(annexe, "coût annexe", "a learner's ancillary costs are a cent more")                                            \
    X(remuneration, "rémunération", "a cent more of wages is paid back")                                               \
    X(finance, "financement", "a cent more is paid, a cent less is left")                                              \
    X(reste, "plan_affectation_equilibre", "a cent of cost is nobody's")                                               \
    X(charge_short, "charges", "a cent of what a dispositif pays is not charged")                                      \
    X(charge_missing, "charges", "a charge is missing")                                                                \
    X(charge_dispositif, "charges", "a charge goes to another dispositif's envelope")                                  \
    X(charge_opco, "enveloppe inadmissible", "a charge goes to another OPCO's envelope")                               \
    X(charge_axe, "enveloppe inadmissible", "a charge goes to another axe's envelope")                                 \
    X(charge_debut, "enveloppe inadmissible", "a charge goes to an envelope not open on the first day")                \
    X(charge_fin, "enveloppe inadmissible", "a charge goes to an envelope closed before the last day")                 \
    X(overdrawn, "enveloppe dépassée", "charges are heaped on an envelope too small for them")                         \
    X(session_effectif, "totaux de session", "a session counts a learner more")                                        \
    X(session_nb_siae, "totaux de session", "a session counts a SIAE more")                                            \
    X(session_pedagogie, "totaux de session", "a session's pedagogy is a cent more")                                   \
    X(session_annexe, "totaux de session", "a session's ancillary costs are a cent more")                              \
    X(session_remuneration, "totaux de session", "a session's wages are a cent more")                                  \
    X(unmet_more, "non couverts", "a learner more is said to be unmet")                                                \
    X(unmet_missing, "non couverts", "unmet learners are left out")                                                    \
    X(unmet_served, "non couverts", "a served need is said to be unmet")                                               \
    X(bilan_points, "bilan", "a point more")                                                                           \
    X(bilan_cout, "bilan", "the cost is a cent less")                                                                  \
    X(bilan_reste, "bilan", "the reste à charge is a cent less")                                                       \
    X(bilan_pondere, "bilan", "the weighted cost is a cent more")                                                      \
    X(bilan_remuneration, "bilan", "the wages paid back are a cent more")                                              \
    X(bilan_demande, "bilan", "a learner more is asked for")                                                           \
    X(bilan_servi, "bilan", "a learner more is served")                                                                \
    X(bilan_sessions, "bilan", "a session more")                                                                       \
    X(borne_points, "borne des points", "fewer points were said to be possible than the plan has")                     \
    X(borne_cout, "borne du coût", "the plan costs less than was said to be possible")

#define CORRUPTION_FIGURES_DECLARE(name, rule, words)                                                                  \
    bool corruption_figures_##name(const Model *model, ModelPlan *plan);
CORRUPTION_FIGURES(CORRUPTION_FIGURES_DECLARE)

#endif
