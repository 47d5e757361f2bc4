/* The optimisation of one campaign: the order of bounds and searches, and when each ends. */
#ifndef PLAN_OPTIMIZE_H
#define PLAN_OPTIMIZE_H

#include "config/settings.h"
#include "plan/draft.h"
#include "plan/result.h"

typedef struct {
    Draft *draft; /* the best found; the caller frees */
    ResultProof proof;
    char *preuve; /* what proof.preuve borrows; the caller frees */
} OptimizeResult;

/* Plans the problem. Work is counted in pricing work, not in seconds (settings->effort), so that equal problems give
 * equal plans whatever the machine and settings->fils; settings->delai, when it strikes, ends it with the best so far.
 */
OptimizeResult optimize(const Problem *problem, const Settings *settings);

#endif
