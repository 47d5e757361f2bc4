/* What shared sessions spare: the learners of the plan, had each SIAE trained alone.
 *
 * For each SIAE and each offre where the plan seats n of its learners: alone, it would run groups of its own learners
 * only, of that offre at that price and place, as few groups as effectif_max allows, each of effectif_min at least.
 * Learners whose axe asks for several SIAE cannot; of the others, as many train as such groups can hold, the first in
 * the plan's order. Everything else that could stand in the way alone is left out (dates, sessions_max, absents_max,
 * simultaneous sessions, envelopes): training alone is never dearer here than it would be, so the gain is a least one.
 * Amounts are costs (pedagogy and frais annexes), whoever pays. */
#ifndef EXPORT_MUTUALISATION_H
#define EXPORT_MUTUALISATION_H

#include "export/figures.h"

typedef struct {
    int64_t servis;        /* learners the plan serves */
    int64_t seuls;         /* of them: could train alone */
    int64_t axe;           /* could not: their axe asks for several SIAE */
    int64_t groupe;        /* could not: too few for a group, or left over by full ones */
    int64_t groupes_plan;  /* sessions of the plan it takes part in */
    int64_t groupes_seuls; /* groups it would run alone */
    int64_t cout_plan;     /* cents, of those who could train alone: in the plan, */
    int64_t cout_seuls;    /* and alone */
    int64_t cout_autres;   /* in the plan, of those who could not */
} Mutualisation;

/* One of each SIAE; *total: their sum, where groupes_plan counts each session once. Caller frees. */
Mutualisation *mutualisation_new(const Figures *figures, Mutualisation *total);

/* Most learners of n in groups of least..most learners; *groups: how many groups hold them. */
int64_t mutualisation_fit(int64_t n, int64_t least, int64_t most, int64_t *groups);

/* The whole in a sentence, owned by the caller. */
char *mutualisation_headline(const Mutualisation *total);

/* How it is counted, in sentences; the last is NULL. */
extern const char *const mutualisation_sentences[];

#endif
