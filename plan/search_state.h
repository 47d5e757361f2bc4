/* What the parts of the search share: search.c steps, search_ruin.c and search_force.c take sessions out,
 * search_build.c puts sessions in, search_exchange.c moves learners between them, search_dive.c chooses some together.
 */
#ifndef PLAN_SEARCH_STATE_H
#define PLAN_SEARCH_STATE_H

#include "plan/search.h"

/* A session taken out or put in by the step at hand, to go back. */
typedef struct {
    int32_t slot, start;
    ProblemSeat *seats;
    int32_t n_seats;
} Undo;

typedef struct {
    PricingSession session;
    bool priced, found;
    bool stale;       /* the draft has grown since: at these starts it is worth no more than this */
    int32_t failures; /* insertions refused since it was listed */
    int32_t before;   /* start of a session of the slot that the step took out, or MODEL_NONE */
} Candidate;

struct Search {
    const Problem *problem;
    GRand *random;
    Pricing *pricing;
    PricingPrices *prices; /* as set */
    PricingPrices *lead;   /* perturbed for the step at hand, or a dive's duals */
    PricingPrices *free;   /* no price on money nor learners: what is left over is used up */
    bool (*stop)(void *);  /* of the run at hand; may be NULL */
    void *user;
    double point;         /* fixed point: what a point is worth at the bound's prices */
    int32_t exchanged;    /* one step in so many exchanges learners */
    int32_t dived;        /* one step in so many is a dive; 0: none */
    int64_t work;         /* of exchanges and of dives' masters, beside pricing's */
    const Colgen *colgen; /* whose formation plans may be tried, or NULL */
    Draft *draft, *best;
    Candidate *candidates; /* by slot */
    GArray *slots;         /* int32_t: slots to build in */
    bool *listed;          /* by slot */
    const Share *share;    /* see search_set_share(); NULL: all */
    int32_t kept;          /* a formation that search_probe() imposed, or MODEL_NONE */
    GArray *formations;    /* int32_t: touched by the step at hand */
    bool *touched;         /* by formation */
    GArray *besoins;       /* int32_t: taking part in the step at hand */
    bool *among;           /* by besoin: the same */
    double all, blur;      /* of the step's prices: see search_build_admit_besoin() */
    int64_t *bonus;        /* by link of a slot: 0 but within search_force() */
    int32_t *rows;         /* by besoin: of the master of search_dive(), where it takes part */
    GArray *lightened;     /* int32_t: places of sessions that the step took learners out of */
    GArray *removed;       /* Undo, in order of removal */
    GArray *inserted;      /* int32_t places, in order */
};

/* 0 .. n - 1. */
static inline int32_t search_state_below(Search *search, int32_t n)
{
    return g_rand_int_range(search->random, 0, n);
}

static inline int32_t search_state_formation(const Search *search, int32_t slot)
{
    return search->problem->model->offres[search->problem->slots[slot].offre].formation;
}

/* Tenths of a km from a besoin to a slot that it may sit in; INT32_MAX: it may not. */
static inline int32_t search_state_km(const Search *search, int32_t besoin, int32_t slot)
{
    int32_t link = problem_link(search->problem, &search->problem->slots[slot], besoin);
    return link == MODEL_NONE ? INT32_MAX : search->problem->slots[slot].links[link].km;
}

/* Learners of the besoin may be seated and unseated. */
static inline bool search_state_may_seat(const Search *search, int32_t besoin)
{
    return search->problem->model->besoins[besoin].formation != search->kept &&
           (search->share == NULL || search->share->besoins[besoin]);
}

/* Sessions may be built in the slot. */
static inline bool search_state_may_build(const Search *search, int32_t slot)
{
    return search_state_formation(search, slot) != search->kept &&
           (search->share == NULL || search->share->slots[slot]);
}

/* Such a session may be put in and taken out. */
static inline bool search_state_may_hold(const Search *search, int32_t slot, const ProblemSeat *seats, int32_t n_seats)
{
    bool may = search_state_may_build(search, slot);
    for (int32_t i = 0; may && i < n_seats; i++)
        may = search_state_may_seat(search, search->problem->slots[slot].links[seats[i].link].besoin);
    return may;
}

static inline bool search_state_may_go(const Search *search, const DraftSession *session)
{
    return search_state_may_hold(search, session->slot, session->seats, session->n_seats);
}

static inline bool search_state_stops(const Search *search)
{
    return search->stop != NULL && search->stop(search->user);
}

/* What is sought: fixed sessions before all, then points, less cents. */
typedef struct {
    int64_t points, cents;
    int32_t fixed;
} SearchScore;

static inline SearchScore search_state_score(const Draft *draft)
{
    return (SearchScore){draft->points, draft->cost + draft->rac, draft->fixed_held};
}

/* What the draft has gained since then, in cents. */
static inline double search_state_gain(const Search *search, SearchScore before, const Draft *draft)
{
    double point = (double)search->prices->w_points / (double)MAX(search->prices->w_cost, 1);
    SearchScore now = search_state_score(draft);
    return 1e15 * (now.fixed - before.fixed) + point * (double)(now.points - before.points) -
           (double)(now.cents - before.cents);
}

#endif
