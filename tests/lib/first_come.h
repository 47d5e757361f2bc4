/* The plan a region makes by hand: first need come, first served, no looking back. A valid plan for tests and the
 * baseline of the benchmark; shares no code with plan/. */
#ifndef TESTS_FIRST_COME_H
#define TESTS_FIRST_COME_H

#include "sql/model.h"

/* A plan that holds every rule of the contract: offers in code order, their possible starts in date order, needs in
 * reference order, the first montage that holds. Unmet needs have motif non_tranche; points_borne is the points of
 * every learner asked for, cout_pondere_borne 0. Without campagne.date_plan the plan speaks from campagne.date_debut.
 * NULL when the fixed sessions cannot be kept this way. Free with model_plan_free(). */
ModelPlan *first_come_plan(const Model *model);

#endif
