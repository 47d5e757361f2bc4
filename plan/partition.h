/* Branching over formations together: the plans of a region are parted by counts of sessions and seats, and each part
 * has a bound of its own.
 *
 * Formations mix in the outer master, so half of a session that lasts months may stand beside half of what it leaves no
 * days for; only a count that both sides must agree on tells them apart (branch and price, Barnhart et al. 1998). A
 * count is a constant of a slot's seats or sessions: pricing stays exact in every part, and of points the largest, of
 * cost the smallest bound of all parts holds for the region. The count to part by is found by trial (strong branching,
 * Applegate et al. 1995); the cost stage begins with the parts of the points stage. */
#ifndef PLAN_PARTITION_H
#define PLAN_PARTITION_H

#include "plan/colgen.h"

typedef struct Partition Partition;

/* How hard to try. */
typedef struct {
    ColgenEffort each; /* for one part */
    int32_t runs;      /* of column generation, at most */
    int64_t work;      /* colgen_work() after which no part is taken up */
} PartitionEffort;

/* `proof`: that of the bound on points of all plans (taken over; not NULL). */
Partition *partition_new(const Problem *problem, Colgen *colgen, PreuveStage *proof);
void partition_free(Partition *partition);

/* Parts until every part is proven to hold no more than `known` points, or effort ends. Returns the bound on points.
 * The Colgen has just run for the proof, on whole plans. */
int64_t partition_prove(Partition *partition, int64_t known, const PartitionEffort *effort);

/* Leaves the Colgen's plans in question in the smallest part outside which no plan has `target` points. */
void partition_enter(Partition *partition, int64_t target);

/* Parts the cost stage: first as points are parted, then on, until every part is proven to hold no plan cheaper than
 * `known` cents, or effort ends (NULL: none is made). proof: of the part entered and the target's points (taken over).
 * Returns the bound on the weighted cost. */
int64_t partition_prove_cost(Partition *partition, PreuveStage *proof, int64_t known, const PartitionEffort *effort);

/* The proofs of the bounds on points and on cost (NULL before partition_prove_cost()); they belong to the Partition. */
const PreuveStage *partition_points(const Partition *partition);
const PreuveStage *partition_cost(const Partition *partition);

#endif
