/* Why learners are not served: a motif that is true for each (contract, section 3).
 *
 * A motif is proven by a session: with one more learner of the besoin, beside all other sessions of the plan, every
 * learner of the plan kept, it breaks the rules of that motif and no other. Where several are proven the first of
 * explain.c's table is told; where none is, `non_tranche`, with what was found. */
#ifndef PLAN_EXPLAIN_H
#define PLAN_EXPLAIN_H

#include "plan/draft.h"
#include "plan/result.h"

/* Fills plan->non_couverts: for every besoin not wholly served, a row with what is missing, a motif and a French
 * sentence that names what blocks it. draft is what the plan was made from; it is left as it was. */
void explain_plan(Draft *draft, const ResultProof *proof, ModelPlan *plan);

/* Serves every learner who can be served as the draft stands and is worth a point, or costs nothing: a draft that was
 * searched to the end has none. The number of sessions changed or added. */
int32_t explain_insert_free(Draft *draft);

#endif
