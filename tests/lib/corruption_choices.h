/* Faults in what a plan chooses: who sits where, when, under which montage. Every figure is made right again. */
#ifndef TESTS_CORRUPTION_CHOICES_H
#define TESTS_CORRUPTION_CHOICES_H

#include "sql/model.h"

#include <stdbool.h>

/* X(name, rule, words) */
#define CORRUPTION_CHOICES(X)                                                                                          \
    X(start_before, "période de début", "a session starts before the offer's window")                                  \
    X(start_after, "période de début", "a session starts after the offer's window")                                    \
    X(start_campaign, "période de début", "a session starts after the campaign's end")                                 \
    X(start_frozen, "période de début", "a session starts during the freeze")                                          \
    X(start_midweek, "premier jour possible", "a session starts on the second possible day of its week")               \
    X(fixed_dropped, "session fixée", "a fixed session is dropped")                                                    \
    X(fixed_moved, "session fixée", "a fixed session starts on the next working day")                                  \
    X(fixed_learner, "affectation fixée", "a fixed learner is left out")                                               \
    X(group_small, "taille du groupe", "a session is held with too few learners")                                      \
    X(group_large, "taille du groupe", "a session holds one learner too many")                                         \
    X(need_exceeded, "effectif du besoin", "a need is served for more learners than asked")                            \
    X(need_formation, "formation du besoin", "a learner sits in another course than the need's")                       \
    X(need_dates, "période du besoin", "a learner is trained outside the need's dates")                                \
    X(offer_sessions, "nombre de sessions", "an offer is run once more than its sessions_max")                         \
    X(offer_siae, "offre réservée", "a session reserved to a SIAE takes another's learner")                            \
    X(offer_opco, "offre réservée", "a session reserved to an OPCO takes another's learner")                           \
    X(unreachable, "accès", "a learner sits in a session beyond the sea")                                              \
    X(rayon, "rayon", "a learner sits in a session beyond rayon_km")                                                   \
    X(absents, "absents de la SIAE", "a SIAE has more than absents_max learners away")                                 \
    X(siae_closed, "fermeture de la SIAE", "a learner is trained during a closure of the SIAE")                        \
    X(simultaneous, "sessions simultanées", "a provider holds more sessions at once than it can")                      \
    X(alone, "mutualisation", "a learner sits with fewer SIAE than the axe wants")                                     \
    X(stagiaire_twice, "stagiaire occupé", "a stagiaire is in two sessions on one day")                                \
    X(apres_unserved, "ordre des besoins", "a need is served, the one before it is not")                               \
    X(apres_order, "ordre des besoins", "a need is served before the one it comes after")

#define CORRUPTION_CHOICES_DECLARE(name, rule, words)                                                                  \
    bool corruption_choices_##name(const Model *model, ModelPlan *plan);
CORRUPTION_CHOICES(CORRUPTION_CHOICES_DECLARE)

#endif
