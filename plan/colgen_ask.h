/* One round of column generation: what each formation answers to prices. */
#ifndef PLAN_COLGEN_ASK_H
#define PLAN_COLGEN_ASK_H

#include "plan/colgen_state.h"

/* A whole plan of a formation (int32_t: columns of its master) as an answer. */
OuterAnswer *colgen_ask_answer(const Colgen *colgen, int32_t formation, const GArray *plan);

/* Asks every formation at colgen->prices: new columns for the outer master; *sum: the proven Lagrangian sum, fixed
 * point. False when nothing is proven. */
bool colgen_ask(Colgen *colgen, Outer *outer, int64_t *sum);

#endif
