/* Branch and bound for one formation at fixed prices: its best whole plan, or a proven bound on it.
 *
 * Branches on the number of sessions, on that of each slot, then on learners of a besoin in a slot; each only adds a
 * row to the master, so pricing stays exact (Vanderbeck 2000). Best bound first. */
#ifndef PLAN_BRANCH_H
#define PLAN_BRANCH_H

#include "plan/master.h"

typedef struct {
    int64_t bound;     /* no plan of the formation is worth more at the prices: proven; INT64_MAX when nothing is */
    int64_t value;     /* of the best plan found, fixed point; INT64_MIN when none was */
    GArray *plan;      /* int32_t: columns of the master, once for each session; the caller frees */
    PreuveNode *proof; /* of the bound, settled; the caller frees */
    int32_t n_nodes;
} BranchResult;

/* How hard to try. */
typedef struct {
    const MasterNode *root; /* the part of the formation's plans to look in; NULL: all */
    int32_t max_nodes;      /* >= 1 */
    int64_t work;           /* pricing work up to which it may have more nodes */
    int64_t tolerance;      /* fixed point: a bound this near the best value is as good as met */
    const GPtrArray *plans; /* of GArray of int32_t like BranchResult.plan: plans known before; may be NULL */
} BranchEffort;

/* prices->y afterwards: the root's. */
BranchResult branch_formation(Master *master, Pricing *pricing, PricingPrices *prices, const Problem *problem,
                              int32_t formation, const BranchEffort *effort);

#endif
