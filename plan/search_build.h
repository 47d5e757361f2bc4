/* Building sessions again in a step of the search: in which slots, of which learners, and the building itself. */
#ifndef PLAN_SEARCH_BUILD_H
#define PLAN_SEARCH_BUILD_H

#include "plan/search_state.h"

/* Lets a slot take part in the step. */
void search_build_list(Search *search, int32_t slot);

/* Of so many slots by chance a step takes the nearest: who shares learners lies close together (Shaw 1998). */
#define SEARCH_BUILD_NEAR 4

/* The position of one of n > 0 slots: the nearest to a besoin of `tries` > 0 by chance. */
int32_t search_build_near(Search *search, int32_t besoin, const int32_t *slots, int32_t n, int32_t tries);

/* Once in a step and formation: lets some slots where a besoin of it may sit take part, near ones rather than others,
 * and some besoins with learners left that may sit in `slot`, or in one of those where that is MODEL_NONE. */
void search_build_touch(Search *search, int32_t besoin, int32_t slot);

/* Lets a besoin take part in the step, its y scaled and its points blurred. */
void search_build_admit_besoin(Search *search, int32_t besoin);

/* Lets the besoins of a session's seats take part in the step. */
void search_build_admit(Search *search, int32_t slot, const ProblemSeat *seats, int32_t n_seats);

/* Notes that the session at `place` was replaced by one at `fresh`: the one before (owned) goes to what going back
 * restores, unless this very step had put it in. */
void search_build_record(Search *search, int32_t place, int32_t fresh, Undo *before);

/* Limits a slot's pricing to about so many of its starts, and that of a session which the step took out of it. */
void search_build_some_starts(Search *search, int32_t slot, int32_t some, PricingLimits *limits);

/* Sessions of besoins that are `apres` one of its besoins are held. */
bool search_build_has_dependents(const Draft *draft, int32_t place);

/* Nothing takes part any more. */
void search_build_clear(Search *search);

/* Builds sessions in the listed slots, best reduced value first, until none is worth more than it costs. */
void search_build(Search *search, const PricingPrices *prices, bool fixed_first);

/* Builds some held sessions of the listed slots anew. */
void search_build_again(Search *search);

#endif
