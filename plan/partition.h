/* Branching over formations together: the plans of a region are parted by counts of sessions and seats, and each part
 * has a bound of its own.
 *
 * Formations mix in the outer master, so half of a session that lasts months may stand beside half of what it leaves no
 * days for; only a count that both sides must agree on tells them apart (branch and price, Barnhart et al. 1998). A
 * count is a constant of a slot's seats or sessions: pricing stays exact in every part, and the largest bound of all
 * parts holds for the region. The count to part by is found by trial (strong branching, Applegate et al. 1995). */
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

/* The proof of the bound on points, and where partition_enter() has led within it; they belong to the Partition. */
const PreuveStage *partition_proof(const Partition *partition);
const PreuveStage *partition_entered(const Partition *partition);

#endif
