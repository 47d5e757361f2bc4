/* A region cut in two for searches side by side: along a line on the map, another each time. Most of what a SIAE limits
 * (absents, reste à charge) then lies on one side, and what both sides change fits together. */
#ifndef PLAN_SHARE_H
#define PLAN_SHARE_H

#include "plan/problem.h"

#define SHARE_SIDES 2

/* What a search may change: sessions of these slots with learners of these besoins only. */
typedef struct {
    bool *besoins, *slots; /* by besoin, by slot */
} Share;

typedef struct {
    Share sides[SHARE_SIDES];
} Shares;

Shares *share_new(const Problem *problem);
void share_free(Shares *shares);

/* Cuts the region, the turn-th time, where few SIAE lie: each SIAE and each slot is on one side, with 35 to 65 % of the
 * besoins where SIAE allow that. Slots without commune go by turns. Only the region and the turn decide. */
void share_cut(Shares *shares, const Problem *problem, int32_t turn);

/* The side that all of a session lies on, or MODEL_NONE. */
int32_t share_side(const Shares *shares, const Problem *problem, int32_t slot, const ProblemSeat *seats,
                   int32_t n_seats);

#endif
