/* New sessions around one learner of a besoin: who of those not served may come along, and in groups of which size. */
#ifndef PLAN_EXPLAIN_GROUP_H
#define PLAN_EXPLAIN_GROUP_H

#include "plan/explain_aim.h"

/* Learners of a besoin who might come along. */
typedef struct {
    int32_t besoin, n;
    int32_t min_siae; /* of its axe */
    int64_t annexe;   /* cents a learner */
    const int32_t *montages;
    int32_t n_montages;
} ExplainCompanion;

/* Fills pool (ExplainCompanion) with who of the learners not served might sit in the trial's session beside the
 * besoin's: alone none breaks a rule not waived. start: position in the slot's, or MODEL_NONE. */
void explain_group_gather(GArray *pool, const ExplainAim *aim, const ExplainTrial *trial, int32_t start,
                          const ExplainReach *reach);

/* Tries groups of several sizes out of the pool; true when no nearer session can be found. */
bool explain_group_try(const GArray *pool, ExplainAim *aim, ExplainTrial *trial, const ExplainReach *reach);

#endif
