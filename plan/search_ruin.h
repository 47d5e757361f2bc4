/* Ruins: what a step of the search takes out of the draft, and which formations it so lists for building again. */
#ifndef PLAN_SEARCH_RUIN_H
#define PLAN_SEARCH_RUIN_H

#include "plan/search_state.h"

/* Takes a session out, those that depend on it (apres) first. */
void search_ruin_place(Search *search, int32_t place);

/* Takes out a few sessions that share something: a SIAE, a formation, a fund. */
void search_ruin(Search *search);

/* Puts whole formation plans, which column generation found, in the place of those held. False: none is known. */
bool search_ruin_swap(Search *search);

/* A random besoin with learners not served, or MODEL_NONE. */
int32_t search_ruin_unserved(Search *search);

/* A learner of the SIAE sits in the session. */
bool search_ruin_seats(const Problem *problem, const DraftSession *session, int32_t siae);

/* A besoin that has not the learners left that the seats ask for beside those promised to the slot, or MODEL_NONE. */
int32_t search_ruin_short(const Draft *draft, const ProblemSlot *slot, const ProblemSeat *seats, int32_t n_seats);

#endif
