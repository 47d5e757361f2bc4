/* The true optimum of a tiny Model by exhaustive search: every way to seat the learners, every choice of montages,
 * envelopes by maximum flow. Slow and plain; shares no code with plan/. */
#ifndef TESTS_EXHAUSTIVE_H
#define TESTS_EXHAUSTIVE_H

#include "sql/model.h"

typedef struct {
    bool complete;        /* the search ended by itself: points and cout_pondere are the optimum */
    bool feasible;        /* some plan keeps the fixed sessions */
    int64_t points;       /* most points of any plan */
    int64_t cout_pondere; /* cents: least cost + reste à charge of the plans with that many points */
    ModelPlan *plan;      /* a plan that has them, its bounds equal to them; NULL when none was found */
    int64_t nodes;        /* seats tried */
} ExhaustiveResult;

/* Searches the plans whose new sessions start as the contract allows (section 2, Days) when the plan speaks from
 * date_plan. Gives up after max_nodes seats tried (complete = false: the best so far). Free with exhaustive_clear().
 * At most 8 needs, 48 possible sessions, 32 envelopes. */
void exhaustive_solve(const Model *model, int32_t date_plan, int64_t max_nodes, ExhaustiveResult *result);

/* The same for the cheapest plan with at least `points` points, where there is one: cout_pondere is the least weighted
 * cost of such plans, points those of one that has it. */
void exhaustive_cheapest(const Model *model, int32_t date_plan, int64_t points, int64_t max_nodes,
                         ExhaustiveResult *result);
void exhaustive_clear(ExhaustiveResult *result);

#endif
