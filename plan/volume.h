/* The master of a large formation without a linear program: the volume algorithm (Barahona and Anbil 2000).
 *
 * Prices y of learners move against the excess of demand that an average of past answers shows; the average also stands
 * for the LP's mix of sessions. Every y proves its bound, so nothing here can make one wrong: a simplex of the same
 * formation would cost the cube of its size for a few thousandths of the bound. */
#ifndef PLAN_VOLUME_H
#define PLAN_VOLUME_H

#include "plan/master.h"

typedef struct Volume Volume;

Volume *volume_new(const Problem *problem, int32_t formation);
void volume_free(Volume *volume);

/* Some rounds at the prices, from where the last call ended; columns get their share of the average as x, prices->y the
 * best y. `feasible` is false: the average may ask for a few learners too many. */
MasterResult volume_solve(Volume *volume, Master *master, Pricing *pricing, PricingPrices *prices);

#endif
