/* What one learner is worth to pricing, and what it costs whom. */
#ifndef PLAN_PRICING_SEAT_H
#define PLAN_PRICING_SEAT_H

#include "plan/pricing.h"

/* Below any value: cannot be paid, cannot be held. */
#define PRICING_IMPOSSIBLE (INT64_MIN / 4)

/* What is charged for a learner of a link under a montage, and its reste à charge, at their prices, in a group of q:
 * at the better of the two shares. extra: the montage's first in problem->extras. PRICING_IMPOSSIBLE: no enveloppe is
 * open to it, or its reste à charge alone is more than its SIAE can bear. *least_rac falls to the lesser reste à charge
 * of the shares that are possible. */
int64_t pricing_seat_value(const Problem *p, const PricingPrices *prices, const PricingLimits *limits,
                           const ProblemSlot *slot, const ProblemLink *link, int32_t season, int32_t q, int32_t montage,
                           int32_t extra, int64_t *least_rac);

/* One learner's reste à charge at the dearer share of a group of q; *peds: what its financements pay of that share. */
int64_t pricing_seat_dear_rac(const Problem *p, const ProblemSlot *slot, const ProblemLink *link, int32_t montage,
                              int32_t extra, int32_t q, const int64_t **peds);

#endif
