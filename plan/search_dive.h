/* Dives: steps that take out some sessions around one learner and choose anew what stands there, together rather than
 * one by one. A restricted master over what these sessions leave (learners of the besoins that take part,
 * sessions of the slots) is solved by column generation; then its largest column is held, the rest solved again, and so
 * on (Joncour et al. 2010). What other rules leave (money, days, reste à charge) limits each session in pricing, and
 * what does not fit together draft_insert() refuses. Building by reduced value alone hardly ever finds that n sessions
 * do for n + 1. */
#ifndef PLAN_SEARCH_DIVE_H
#define PLAN_SEARCH_DIVE_H

#include "plan/search_state.h"

/* Takes sessions out around a learner, left out or seated, and holds what the dive finds in their place. False: there
 * is no such learner, nothing was done. */
bool search_dive(Search *search);

#endif
