/* A session tried against a draft to see which rules it would break: the means of proving a motif.
 *
 * Unlike draft_violations(), a trial may start on any day, hold any number of learners, and seat learners whom the
 * problem gives no link; so a rule can be waived and all others still looked at, to the cent. */
#ifndef PLAN_EXPLAIN_TRIAL_H
#define PLAN_EXPLAIN_TRIAL_H

#include "plan/draft.h"

/* A rule broken at the expense of others than the trial's besoin: another SIAE's limit, another opco's enveloppe. */
#define EXPLAIN_OTHERS (1U << 31)

typedef struct {
    int32_t besoin, montage, effectif;
    int64_t annexe; /* A, cents a learner */
} ExplainSeat;

/* Shortages told of a session. */
#define EXPLAIN_SHORTAGES 4

/* A charge without money. */
typedef struct {
    int32_t fund, dispositif; /* fund MODEL_NONE: there is none */
    uint64_t mask;            /* the fund's enveloppes that are open to the charge (0 = none) */
    int64_t missing;          /* cents that are lacking */
} ExplainShortage;

typedef struct {
    Draft *draft;
    int32_t besoin; /* the trial is for one more learner of it */
    int32_t slot;
    bool held;          /* a session of the draft, taken out for the trial: no new session */
    ProblemStart start; /* season MODEL_NONE: dates the problem does not have */
    int64_t *work;      /* counts looks at the rules */
    GArray *seats;      /* ExplainSeat, ascending (besoin, montage) */
    /* what the last look found */
    int32_t q, n_siae, wanted; /* learners, their SIAE, the largest min_siae of their axes */
    int64_t rac;               /* cents by which reste_a_charge_max of the besoin's SIAE is exceeded */
    ExplainShortage
        shortages[EXPLAIN_SHORTAGES]; /* the first of them; their cents are found only where `exact` is set */
    int32_t n_shortages;              /* all of them */
    int64_t missing;                  /* cents that are lacking in all */
    bool exact;
} ExplainTrial;

void explain_trial_clear(ExplainTrial *trial);

/* Seats one more learner. */
void explain_trial_add(ExplainTrial *trial, int32_t besoin, int32_t montage, int64_t annexe);

/* Takes one learner's seat back. */
void explain_trial_drop(ExplainTrial *trial, int32_t besoin, int32_t montage);

/* Rules of the session as such, bit 1 << motif: capacite (sessions_max) and organisme_sature. */
uint32_t explain_trial_opening(const ExplainTrial *trial);

/* Rules that one learner of a besoin breaks alone, `together` learners of its SIAE being in the session. */
uint32_t explain_trial_learner(const ExplainTrial *trial, int32_t besoin, int32_t together);

/* All rules of the seats, each as a bit; shares are those of a group of q (0: the seats' own number). */
uint32_t explain_trial_broken(ExplainTrial *trial, int32_t q);

/* What the seats cost: shares, annexes, and reste à charge once more; cents. */
int64_t explain_trial_cost(ExplainTrial *trial);

#endif
