/* Why learners are not served: a motif that is true for each (contract, section 3). */
#ifndef PLAN_EXPLAIN_H
#define PLAN_EXPLAIN_H

#include "plan/draft.h"
#include "plan/result.h"

/* Fills plan->non_couverts: for every besoin not wholly served, rows that sum to what is missing, each with a motif and
 * a French sentence that names what blocks it. draft is what the plan was made from; it is left as it was. */
void explain_plan(Draft *draft, const ResultProof *proof, ModelPlan *plan);

#endif
