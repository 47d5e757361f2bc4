/* The enveloppes under charge: charges of classes split over enveloppes as an exact integer flow, so that a charge is
 * refused only when no splitting of all charges whatsoever could pay it. */
#ifndef PLAN_PURSE_H
#define PLAN_PURSE_H

#include "plan/problem.h"

typedef struct {
    const Problem *problem;
    int64_t *left; /* by enveloppe: cents not yet charged */
    int64_t *flow; /* [first_flow[class] + i]: cents of the class charged to its fund's enveloppe i */
    int32_t *first_flow;
    ProblemSlice *classes_of_fund; /* by fund: slice of the classes */
} Purse;

Purse *purse_new(const Problem *problem);
void purse_free(Purse *purse);

/* Makes target equal to source; both of the same problem. */
void purse_copy(Purse *target, const Purse *source);

/* So many cents more can be charged to the class, and no more. Totals stay; their splitting may change. */
int64_t purse_room(Purse *purse, int32_t class);

/* Charges cents (>= 0) to a class, moving other classes' charges between enveloppes where that helps. False, with all
 * totals as before, when it cannot be. */
bool purse_add(Purse *purse, int32_t class, int64_t cents);

/* Takes back cents charged before to the class. */
void purse_remove(Purse *purse, int32_t class, int64_t cents);

#endif
