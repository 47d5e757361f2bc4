/* The outer master: how much of each formation's answers a plan of the region takes, under the rules formations share.
 *
 *   points stage: max points            cost stage: max -(cost + reste à charge), points >= target
 *   s.t. each formation: shares of its answers sum to at most 1 (exactly 1 with a fixed session)
 *        each class: charges <= what enveloppes give it;   each enveloppe: given <= montant
 *        each limited SIAE: reste à charge <= its maximum
 *        absents_max of a SIAE, sessions_simultanees of an organisme, on the days some solution broke them
 * Its duals are the prices that formations answer to. */
#ifndef PLAN_OUTER_H
#define PLAN_OUTER_H

#include "plan/master.h"

/* One formation's answer to one set of prices: a mix of columns of its master. */
typedef struct OuterAnswer OuterAnswer;

OuterAnswer *outer_answer_new(const Problem *problem, int32_t formation, const Master *master);
void outer_answer_free(OuterAnswer *answer);

/* Adds x of a column (position among the master's). */
void outer_answer_add(OuterAnswer *answer, int32_t column, double x);

typedef struct Outer Outer;

/* rows: OuterRow, those known from earlier stages; shared and extended. */
Outer *outer_new(const Problem *problem, GArray *rows, bool cost_stage, int64_t target);
void outer_free(Outer *outer);

/* Adds an answer; it must outlive the Outer. */
void outer_add(Outer *outer, OuterAnswer *answer);

/* Solves, adding rows (outer_rows.h) for what its solution breaks until it breaks nothing (or for a few rounds). False:
 * the LP solver failed. */
bool outer_solve(Outer *outer);

/* The optimum of the last solve: points, or cents of weighted cost. */
double outer_value(const Outer *outer);

/* Its duals as prices: everything but y, in the fixed point prices->unit. */
void outer_prices(const Outer *outer, PricingPrices *prices);

#endif
