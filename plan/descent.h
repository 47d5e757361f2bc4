/* Prices of a whole region by a first-order method, where the outer master's simplex is too slow.
 *
 * Every rule that sessions share has a price at once: learners of a besoin, money, days, stagiaires, orders of besoins.
 * At given prices every slot answers alone with its best session, as often as it may be held; what the answers use of
 * a rule less what there is, averaged over rounds (the volume algorithm's direction, Barahona and Anbil 2000), moves
 * its price, in proportion to what a price of its kind is worth and to the part of the limit that is broken. Whatever
 * the prices, Lagrange's relaxation proves the bound, in integers (colgen.h). */
#ifndef PLAN_DESCENT_H
#define PLAN_DESCENT_H

#include "plan/crew.h"
#include "plan/pricing.h"

typedef struct Descent Descent;

/* pricing: one for each worker of the crew. All are borrowed. */
Descent *descent_new(const Problem *problem, Crew *crew, Pricing **pricing);
void descent_free(Descent *descent);

typedef struct {
    bool cost;      /* the stage: points, or the least weighted cost at `target` points */
    int64_t target; /* cost stage */
    int64_t unit;   /* fixed point of the prices */
    int32_t rounds; /* at most */
    int64_t known;  /* cost stage: the weighted cost of a plan with the target */
    bool (*stop)(void *);
    void *user;
} DescentEffort;

/* Lowers the Lagrangian value: the points stage once, then the cost stage, from the prices that ended the run before.
 * The best prices into `best`. Returns the value, fixed point: points <= value, or weighted cost >= -value; INT64_MAX
 * when nothing was proven. *rounds: those done. */
int64_t descent_run(Descent *descent, const DescentEffort *effort, PricingPrices *best, int32_t *rounds);

/* The prices of the last round, which need not be the best; owned by the Descent. */
const PricingPrices *descent_last(const Descent *descent);

#endif
