/* Seats of a slot in order of value, for pricing: of one (season, group size), then of one start of it. Both orders are
 * read lazily from heaps, since a session takes a few seats of many. */
#ifndef PLAN_PRICING_RANK_H
#define PLAN_PRICING_RANK_H

#include "plan/pricing_seat.h"

typedef struct {
    int64_t value;               /* of one learner, less y */
    int32_t link, option, extra; /* option of the link's profile; extra: its extras in problem->extras */
    bool followed;               /* its link's next best option is in order, too */
} PricingRanked;

typedef struct {
    const Problem *problem;
    int64_t done;           /* work, see pricing_work() */
    PricingRanked *choices; /* of one (season, Q), where money is limited: every payable option of active links */
    ProblemSlice *of;       /* by link: its choices, likewise */
    PricingRanked *seats;   /* the best of each link: a heap, then those taken from it, the best last */
    int32_t n_seats, n_heap;
    PricingRanked
        *later; /* heap: read from the above for the start at hand, worth less there than without day prices */
    PricingRanked *order; /* those open at the start at hand, at its prices, best first, as far as known */
    int32_t n_read, n_later, n_order;
    int64_t *least_rac; /* by SIAE: the least reste à charge of a seat of the (season, Q); INT64_MAX: not known */
    int64_t *absence;   /* [start * n_siae + siae]: what its absences cost, as far as asked says */
    uint32_t *asked;    /* likewise: the call that worked it out */
    gsize n_asked;
    uint32_t call;
} PricingRank;

void pricing_rank_init(PricingRank *rank, const Problem *problem);
void pricing_rank_clear(PricingRank *rank);

/* Begins with other prices or another slot: what absences cost is forgotten. */
void pricing_rank_begin(PricingRank *rank);

/* Values the seats of a (season, Q). Each payable one of the n active links stands there under its best montage. */
void pricing_rank_size(PricingRank *rank, const PricingGroup *group, const int32_t *active, int32_t n_active);

/* The i-th best seat of the (season, Q), before what a start takes off; i < n_seats. */
const PricingRanked *pricing_rank_best(PricingRank *rank, int32_t i);

/* What a link's seat is worth less at the start than pricing_rank_best() says. */
int64_t pricing_rank_off(PricingRank *rank, const PricingPrices *prices, const ProblemSlot *slot, int32_t link,
                         int32_t start);

/* Begins with another start. */
void pricing_rank_begin_start(PricingRank *rank);

/* The i-th best seat open at the start at hand, or NULL when there are fewer. */
const PricingRanked *pricing_rank_open(PricingRank *rank, const PricingPrices *prices, const ProblemSlot *slot,
                                       int32_t start, int32_t i);

/* The i-th seat, known already, has become too dear for some: ranks its link's next best montage, if it has one. */
void pricing_rank_follow(PricingRank *rank, const PricingPrices *prices, const ProblemSlot *slot, int32_t start,
                         int32_t i);

#endif
