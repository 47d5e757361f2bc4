/* Ruins: what a step of the search takes out of the draft, and which formations it so lists for building again. */
#ifndef PLAN_SEARCH_RUIN_H
#define PLAN_SEARCH_RUIN_H

#include "plan/search_state.h"

/* Takes a session out, those that depend on it (apres) first. */
void search_ruin_place(Search *search, int32_t place);

/* Takes one learner of a SIAE (of a besoin, unless that is MODEL_NONE) out of a session; or the whole session, where
 * the rest of it cannot stand. */
void search_ruin_lighten(Search *search, int32_t place, int32_t siae, int32_t besoin);

/* Takes out all sessions of a formation. */
void search_ruin_formation(Search *search, int32_t formation);

/* Takes out a few sessions that share something: a SIAE, a formation, a fund. */
void search_ruin(Search *search);

/* Which sessions around a learner go out. */
typedef struct {
    int32_t most;  /* at most so many */
    bool half;     /* and half of them all */
    bool fixed;    /* fixed ones, too */
    int32_t tries; /* each is the nearest of so many > 0 by chance */
} SearchRuinAround;

/* Takes out sessions of its formation where a besoin may sit. */
void search_ruin_around(Search *search, int32_t besoin, const SearchRuinAround *around);

/* Puts whole formation plans, which column generation found, in the place of those held. False: none is known. */
bool search_ruin_swap(Search *search);

/* A random besoin with learners not served that may sit somewhere, or MODEL_NONE. */
int32_t search_ruin_unserved(Search *search);

/* The besoin of a seat of a random held session, or MODEL_NONE. */
int32_t search_ruin_seated(Search *search);

/* Both sessions charge something to the same (opco, dispositif). */
bool search_ruin_same_fund(const Problem *problem, const SessionMeasure *a, const SessionMeasure *b);

/* A random held session, or MODEL_NONE. */
int32_t search_ruin_random(Search *search);

/* A besoin that has not the learners left that the seats ask for beside those promised to the slot, or MODEL_NONE. */
int32_t search_ruin_short(const Draft *draft, const ProblemSlot *slot, const ProblemSeat *seats, int32_t n_seats);

#endif
