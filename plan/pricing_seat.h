/* What one learner is worth to pricing, and what it costs whom. */
#ifndef PLAN_PRICING_SEAT_H
#define PLAN_PRICING_SEAT_H

#include "plan/pricing.h"

/* Below any value: cannot be paid, cannot be held. */
#define PRICING_IMPOSSIBLE (INT64_MIN / 4)

/* A group of q learners in a slot, in a season, at prices and within limits (borrowed). */
typedef struct {
    const Problem *problem;
    const PricingPrices *prices;
    const PricingLimits *limits;
    const ProblemSlot *slot;
    int32_t season, q;
    int64_t share;      /* of P: what a learner is charged, */
    bool split;         /* or one cent more for some, when true */
    bool limited;       /* money is */
    const int32_t *ped; /* by montage: see ProblemSlot.ped */
} PricingGroup;

/* prices, limits: NULL where neither matters. */
PricingGroup pricing_seat_group(const Problem *problem, const PricingPrices *prices, const PricingLimits *limits,
                                const ProblemSlot *slot, int32_t season, int32_t q);

/* What is charged for a learner of a link under a montage, and its reste à charge, at their prices: at the better of
 * the group's two shares. extra: the montage's first in problem->extras. PRICING_IMPOSSIBLE: no enveloppe is open to
 * it, or its reste à charge alone is more than its SIAE can bear. *least_rac falls to the lesser reste à charge of the
 * shares that are possible. */
int64_t pricing_seat_value(const PricingGroup *group, const ProblemLink *link, int32_t montage, int32_t extra,
                           int64_t *least_rac);

/* One learner's reste à charge at the dearer share; *peds: what its financements pay of that share. Neither prices nor
 * limits matter. */
int64_t pricing_seat_dear_rac(const PricingGroup *group, const ProblemLink *link, int32_t montage, int32_t extra,
                              const int64_t **peds);

#endif
