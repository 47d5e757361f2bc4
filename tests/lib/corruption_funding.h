/* Faults in how the learners of a plan are funded. Every figure is made right again. */
#ifndef TESTS_CORRUPTION_FUNDING_H
#define TESTS_CORRUPTION_FUNDING_H

#include "sql/model.h"

#include <stdbool.h>

/* X(name, rule, words) */
#define CORRUPTION_FUNDING(X)                                                                                          \
    X(fixed_montage, "affectation fixée", "a fixed learner is funded otherwise")                                       \
    X(montage_opco, "montage", "a montage of another OPCO")                                                            \
    X(montage_type, "montage", "a montage for other types of SIAE")                                                    \
    X(montage_nature, "montage", "a montage for other natures of course")                                              \
    X(montage_statut, "montage", "a montage for another statut")                                                       \
    X(montage_axe, "montage", "a montage for other axes")                                                              \
    X(montage_effectif, "montage", "a montage for SIAE of another size")                                               \
    X(montage_attestation, "montage", "an obligation funded without attestation")                                      \
    X(montage_qualiopi, "montage", "a provider without qualiopi funded")                                               \
    X(reste_max, "plafond de reste à charge", "a SIAE pays more than its reste_a_charge_max")

#define CORRUPTION_FUNDING_DECLARE(name, rule, words)                                                                  \
    bool corruption_funding_##name(const Model *model, ModelPlan *plan);
CORRUPTION_FUNDING(CORRUPTION_FUNDING_DECLARE)

#endif
