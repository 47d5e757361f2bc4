/* Continuity from one plan to the next (contract, Objective 3: fewest changes at equal points and cost). */
#ifndef PLAN_RESUME_H
#define PLAN_RESUME_H

#include "plan/draft.h"

/* Makes draft the previous plan when that still stands under today's problem and is not worse (points, then cost).
 * previous speaks of previous_model; codes that are gone, or rules now broken, leave the draft as it is. True when it
 * changed. */
bool resume_previous(Draft *draft, const ModelPlan *previous, const Model *previous_model);

#endif
