/* Ejection: a session first, then room for it (ejection chains, Glover 1996). Greedy building never takes a long
 * session whose learners, days or organisme many shorter ones already use. */
#ifndef PLAN_SEARCH_FORCE_H
#define PLAN_SEARCH_FORCE_H

#include "plan/search_state.h"

/* Holds the session that suits a learner not served best at the bound's prices, whatever is in its way: that is taken
 * out, one session after another. False: nothing was done. */
bool search_force(Search *search);

#endif
