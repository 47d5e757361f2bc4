/* Prices of a whole region by a first-order method, where the outer master's simplex is too slow.
 *
 * Every rule that sessions share has a price at once: learners of a besoin, money, days, stagiaires, orders of besoins.
 * In a round the slots of a formation answer one after another, in random order, with their best session, as often as
 * it may be held, and each answer at once makes the learners it wants dearer for the next (the incremental subgradient
 * method, Nedić and Bertsekas 2001). What all answers use of a rule that formations share then moves its price, in
 * proportion to what a price of its kind is worth and to the part of the limit that is broken (steps as in Kingma and
 * Ba 2015). Steps shrink over a run. At its end all slots answer at the same prices: whatever these are, Lagrange's
 * relaxation proves the bound, in integers (colgen.h). */
#ifndef PLAN_DESCENT_H
#define PLAN_DESCENT_H

#include "plan/crew.h"
#include "plan/pricing.h"

typedef struct Descent Descent;

/* pricing: one for each worker of the crew; worker: by formation, who prices its slots (any: no result depends on it).
 * All are borrowed. */
Descent *descent_new(const Problem *problem, Crew *crew, Pricing **pricing, const int32_t *worker);
void descent_free(Descent *descent);

typedef struct {
    bool cost;      /* the stage: points, or the least weighted cost at `target` points */
    int64_t target; /* cost stage */
    int64_t unit;   /* fixed point of the prices */
    int32_t rounds;
    bool large; /* in rounds a good session of a slot will do, not its best: twice as many in the same time; and
                   learners' prices settle, since those that end the run prove the bound */
    bool (*stop)(void *);                    /* asked between rounds; may be NULL */
    double (*pace)(void *user, double done); /* as clock_pace(): steps shrink so fast as to end in time; may be NULL */
    void *user;
} DescentEffort;

/* Lowers the Lagrangian value: the points stage, then the cost stage, each run from the prices that ended the one
 * before. The first run of a stage has steps that shrink, later ones go on with its last. Returns the value of the
 * prices reached, fixed point: points <= value, or weighted cost >= -value; INT64_MAX when nothing is proven. */
int64_t descent_run(Descent *descent, const DescentEffort *effort);

/* The prices that ended the last run; owned by the Descent. */
const PricingPrices *descent_prices(const Descent *descent);

/* The mean of the prices over the rounds of the stage: they prove less and lead a search better, since at the least
 * Lagrangian value nearly all sessions seem to be worth the same. Owned by the Descent. */
const PricingPrices *descent_average(Descent *descent);

#endif
