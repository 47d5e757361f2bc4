/* One round of column generation: what each formation answers to prices. */
#ifndef PLAN_COLGEN_ASK_H
#define PLAN_COLGEN_ASK_H

#include "plan/colgen_state.h"

/* A whole plan of a formation (int32_t: columns of its master) as an answer. */
OuterAnswer *colgen_ask_answer(const Colgen *colgen, int32_t formation, const GArray *plan);

/* Files a whole plan (taken over, sorted) as the last of those known; false: it was known before. */
bool colgen_ask_keep(Colgen *colgen, int32_t formation, GArray *plan);

/* The Lagrangian sum at some prices, fixed point: proven, and what it would be were every tree's best plan its bound.
 */
typedef struct {
    int64_t bound;
    double estimate;
} ColgenSum;

/* Asks every formation at colgen->prices: new columns for the outer master. deeper: at the same prices once more, those
 * whose tree left plan and bound apart, with more nodes. False when nothing is proven. */
bool colgen_ask(Colgen *colgen, Outer *outer, bool deeper, ColgenSum *sum);

#endif
