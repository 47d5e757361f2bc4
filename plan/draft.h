/* A plan under construction: sessions held, with every hard rule and every cent exact at all times.
 *
 * Only draft_insert() adds a session, and only when no rule is broken; so a draft is a valid plan, save that fixed
 * sessions may not all be held yet (draft->fixed_held counts them). */
#ifndef PLAN_DRAFT_H
#define PLAN_DRAFT_H

#include "plan/pricing.h"
#include "plan/purse.h"
#include "plan/session.h"

typedef struct {
    int32_t slot; /* MODEL_NONE: this place is free */
    int32_t start;
    ProblemSeat *seats; /* ascending link, montage; owned */
    int32_t n_seats;
    SessionMeasure measure;
} DraftSession;

typedef struct {
    const Problem *problem;
    GArray *sessions; /* DraftSession; some places free */
    GArray *free_places;
    GArray **of_formation, **of_siae; /* by formation, by SIAE: int32_t places of its sessions, in any order */
    GArray *changed;                  /* int32_t: places changed since draft_follow(), each once */
    GArray *is_changed;               /* bool, by place: the same */
    bool all_changed;                 /* by draft_copy() */
    int32_t *left;                    /* by besoin: learners neither served nor promised to a fixed session */
    int32_t *held;                    /* by slot: its sessions */
    int32_t *session_of;              /* by besoin with stagiaire: its session's place, or MODEL_NONE */
    int32_t n_days;
    int32_t *absent;   /* [siae * n_days + day - first_day]; NULL rows not used: only SIAE with absents_max count */
    int32_t *busy;     /* [organisme * n_days + day - first_day]; only organismes with sessions_simultanees */
    int64_t *rac_left; /* by SIAE; INT64_MAX / 4 without limit */
    int64_t *room;     /* by class: purse_room(), as of the last draft_limits() where is_stale */
    bool *is_stale;    /* by fund */
    Purse *purse;
    int64_t points, cost, rac;
    int32_t fixed_held;
    SessionMeasure scratch;
} Draft;

Draft *draft_new(const Problem *problem);
void draft_free(Draft *draft);

/* The rules a session would break beside the draft's others: bit 1 << motif for each (VocabularyMotif), 0 = none. Only
 * the rules named by motifs siae_saturee, organisme_sature, stagiaire_occupe, apres_non_servi, reste_a_charge,
 * enveloppe_epuisee, capacite (the slot is full, the group too large), groupe_insuffisant (too small) and
 * mutualisation_impossible (min_siae) are looked at: dates, reach and montages are the link's. `first_only`: stop at
 * the first. seats ascending (link, montage). */
uint32_t draft_violations(Draft *draft, int32_t slot, int32_t start, const ProblemSeat *seats, int32_t n_seats,
                          bool first_only);

/* Adds a session; its place, or MODEL_NONE when a rule forbids it (the draft is then as before). */
int32_t draft_insert(Draft *draft, int32_t slot, int32_t start, const ProblemSeat *seats, int32_t n_seats);

/* Takes a session out. Sessions of besoins that are `apres` one of its besoins must have been taken out before. */
void draft_remove(Draft *draft, int32_t place);

/* The places of sessions that must be taken out before this one (transitively, last first) are appended to places. */
void draft_dependents(const Draft *draft, int32_t place, GArray *places);

/* Learners of a SIAE that may still be absent on every day of a start; INT32_MAX without limit. */
int32_t draft_absents_left(const Draft *draft, int32_t siae, const ProblemSlot *slot, int32_t start);

/* Limits for pricing that reflect the draft; valid until it changes. */
PricingLimits draft_limits(Draft *draft);

static inline DraftSession *draft_session(const Draft *draft, int32_t place)
{
    return &g_array_index(draft->sessions, DraftSession, place);
}

/* Order of two sessions of one slot: by start, then seats. */
int draft_compare(const DraftSession *x, const DraftSession *y);

/* Leaves the draft only its half of what is left of enveloppes and of organismes' days; the other half counts as used
 * from now on. half: 0 or 1; the two together make the whole, so what two equal drafts use from then on fits together,
 * save rarely: one may move a charge to another enveloppe and use up what it leaves, the other take it out instead. */
void draft_halve(Draft *draft, int32_t half);

/* Makes target hold source's sessions, at the same places. */
void draft_copy(Draft *target, const Draft *source);

/* The same, in the time that what changed in the leader since the last call takes. The follower is changed by nothing
 * else; a draft has one follower. */
void draft_follow(Draft *follower, Draft *leader);

#endif
