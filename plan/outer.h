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

#include "plan/outer_rows.h"

/* One formation's answer to one set of prices: a mix of columns of its master. */
typedef struct OuterAnswer OuterAnswer;

OuterAnswer *outer_answer_new(const Problem *problem, int32_t formation, const Master *master);
void outer_answer_free(OuterAnswer *answer);

/* Adds x of a column (position among the master's). */
void outer_answer_add(OuterAnswer *answer, int32_t column, double x);

/* The answer is of a part of the formation's plans; its sessions keep within the caps. */
bool outer_answer_within(const OuterAnswer *answer, const MasterNode *node);
bool outer_answer_allowed(const OuterAnswer *answer, const Caps *caps);
int32_t outer_answer_formation(const OuterAnswer *answer);

typedef struct Outer Outer;

/* rows: OuterRow, those known from earlier stages; shared and extended. must: by formation: it holds some session in
 * every plan in question. */
Outer *outer_new(const Problem *problem, GArray *rows, const bool *must, bool cost_stage, int64_t target);
void outer_free(Outer *outer);

/* Adds an answer; it must outlive the Outer. */
void outer_add(Outer *outer, OuterAnswer *answer);

/* Solves, adding rows (outer_rows.h) for what its solution breaks until it breaks nothing (or for a few rounds). False:
 * the LP solver failed. */
bool outer_solve(Outer *outer);

/* The optimum of the last solve: points, or cents of weighted cost. */
double outer_value(const Outer *outer);

/* The optimum when of a formation's answers only those of a part may be taken (must: it holds some session in each of
 * these plans), and of all only those that keep within the caps, in what outer_value() counts, more being better;
 * -INFINITY: none, or the LP solver failed. */
double outer_value_within(Outer *outer, int32_t formation, bool must, const MasterNode *node, const Caps *caps);

/* The columns that the last solution takes, and how much of each: OuterShare (outer_rows.h); the caller frees. */
GArray *outer_shares(const Outer *outer);

/* Its duals as prices: everything but y, in the fixed point prices->unit. */
void outer_prices(const Outer *outer, PricingPrices *prices);

#endif
