/* Column generation on a part of a region's plans: what is in question of each formation's. */
#ifndef PLAN_COLGEN_PART_H
#define PLAN_COLGEN_PART_H

#include "plan/colgen_state.h"

/* Parts the plans in question: until the next call, bounds hold only for plans within these limits (MasterRow, of
 * slots; copied). NULL: all plans. The proof known so far is forgotten; the next run begins from these prices. */
void colgen_part_set(Colgen *colgen, const GArray *limits, const PricingPrices *prices);

/* The outer LP's optimum (points, or minus cents) over the whole plans known so far that are within one more limit. */
double colgen_part_value(Colgen *colgen, const MasterRow *limit);

/* What is in question of a formation's plans (the caller frees); no such plan holds no session; an answer is one. */
MasterNode *colgen_part_node(const Colgen *colgen, int32_t formation);
bool colgen_part_must_hold(const Colgen *colgen, int32_t formation);
bool colgen_part_has(const Colgen *colgen, const OuterAnswer *answer);

#endif
