/* Exchanges of learners between held sessions: chains of moves in which each session that gains a learner passes
 * another on, until one has a free seat, one stays without, or the first session has its turn again (cyclic transfers,
 * Thompson and Orlin 1989). Sessions stay, so these moves find what building anew would only find by chance: who sits
 * where. */
#ifndef PLAN_SEARCH_EXCHANGE_H
#define PLAN_SEARCH_EXCHANGE_H

#include "plan/search_state.h"

/* Exchanges within each formation that the step touched, among some of its sessions, those put in by the step first. */
void search_exchange(Search *search);

/* Exchanges among all sessions of each formation, as long as chains gain; none that failed is tried again. The best
 * draft follows. stop() (may be NULL) is asked between rounds. */
void search_exchange_all(Search *search, bool (*stop)(void *), void *user);

#endif
