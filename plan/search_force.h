/* Ejection: a session first, then room for it (ejection chains, Glover 1996). Greedy building never takes a long
 * session whose learners, days or organisme many shorter ones already use. */
#ifndef PLAN_SEARCH_FORCE_H
#define PLAN_SEARCH_FORCE_H

#include "plan/search_state.h"

/* For a learner not served holds the session that suits best at the bound's prices, or a held one with one learner
 * more, whatever is in its way: that is taken out, one session or one learner after another. False: nothing was done.
 */
bool search_force(Search *search);

/* Holds this session, whatever is in its way; its learners left suffice or are freed. False: it cannot be held; what
 * was taken out is not put back. */
bool search_force_in(Search *search, int32_t slot, int32_t start, const ProblemSeat *seats, int32_t n_seats);

#endif
