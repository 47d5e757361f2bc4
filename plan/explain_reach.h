/* What keeps a besoin from an offre whatever the plan, and what would hold if that were changed. */
#ifndef PLAN_EXPLAIN_REACH_H
#define PLAN_EXPLAIN_REACH_H

#include "plan/problem.h"

/* What would have to change for a montage to hold. */
typedef enum {
    EXPLAIN_HOLDS,       /* nothing */
    EXPLAIN_ATTESTATION, /* the besoin's attestation */
    EXPLAIN_QUALIOPI,    /* the organisme's qualiopi */
    EXPLAIN_CONDITIONS   /* the conditions of some montage */
} ExplainMontages;

typedef struct {
    uint32_t broken; /* bits of aucune_offre (reserved to others), hors_rayon, ineligible */
    bool reachable;  /* by land, or by a line of trajets */
    int32_t km;      /* tenths; as the crow flies x 1.3 where it is not reachable */
    int64_t annexe;  /* cents, for that journey */
    ExplainMontages change;
    int32_t *montages; /* those that hold; or n_near that would after the change, then the others; n_montages in all */
    int32_t n_near, n_montages;
} ExplainReach;

void explain_reach_clear(ExplainReach *reach);
ExplainReach explain_reach(const Problem *problem, int32_t besoin, int32_t offre);

/* The besoin's dates and its SIAE's closures allow every day. */
bool explain_reach_dates(const Model *model, int32_t besoin, const int32_t *jours, int32_t n_jours);

/* True when no start of any offre that the besoin may join can gather the offre's least group: all learners who may sit
 * there counted, served or not, up to their SIAE's absents_max. */
bool explain_reach_too_few(const Problem *problem, int32_t besoin);

/* Starts of an offre within [first, last], one a week, as if its window and the campaign's dates did not count; *jours
 * (owned by the caller) holds their days, n_jours each. Their season is MODEL_NONE. */
GArray *explain_reach_starts(const Problem *problem, int32_t offre, int32_t first, int32_t last, int32_t **jours);

#endif
