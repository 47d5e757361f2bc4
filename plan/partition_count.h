/* Counts that a region's plans may be parted by: what of its last solution is held in part. */
#ifndef PLAN_PARTITION_COUNT_H
#define PLAN_PARTITION_COUNT_H

#include "plan/colgen.h"

/* The most that partition_count_list() gives. */
#define PARTITION_COUNT_MOST 18

/* A count in the solution at hand: how much of it, and what parting by it is expected to gain. */
typedef struct {
    PreuveCount count;
    int32_t below; /* one side has at most so many, the other more */
    double sum, weight, gain;
} PartitionCount;

/* Counts of the Colgen's last solution that are no whole number, or leave others in it no room, the most promising of
 * each kind: `list` has room for PARTITION_COUNT_MOST; gain is void. Returns how many. */
int32_t partition_count_list(const Problem *problem, const Colgen *colgen, PartitionCount *list);

/* Inserts by gain, those equal in order of coming; the last of n falls out at `most`. */
void partition_count_rank(PartitionCount *best, int32_t *n, int32_t most, const PartitionCount *count);

/* A side's plans: 0: at most `below`, 1: more. */
MasterRow partition_count_limit(const PartitionCount *count, int32_t side);

/* Counts as keys of a GHashTable. */
guint partition_count_hash(gconstpointer count);
gboolean partition_count_equal(gconstpointer a, gconstpointer b);

#endif
