/* The money half of the exhaustive search: seats are given, montages and envelopes are chosen. Only for
 * tests/lib/exhaustive*.c. */
#ifndef TESTS_EXHAUSTIVE_MONEY_H
#define TESTS_EXHAUSTIVE_MONEY_H

#include "sql/model.h"

#define EXHAUSTIVE_GROUPS 48
#define EXHAUSTIVE_MONTAGES 8
#define EXHAUSTIVE_ENVELOPES 32

/* The learners of one need in one session. */
typedef struct {
    int32_t slot, besoin, offre;
    int32_t debut, fin;                    /* of the session */
    int32_t n;                             /* learners */
    int32_t n_odd;                         /* of them, those whose share is one cent more: the first by montage */
    int64_t share, annexe;                 /* cents of one learner */
    int32_t fixed[EXHAUSTIVE_MONTAGES];    /* at least so many under each montage */
    int32_t chosen[EXHAUSTIVE_MONTAGES];   /* out: learners by montage */
    int64_t charged[EXHAUSTIVE_ENVELOPES]; /* out: cents by envelope */
} ExhaustiveGroup;

/* Chooses montages so that the sum of reste à charge is least, among the choices that respect reste_a_charge_max and
 * the envelopes. Groups come by session, then by need. *reste: that sum. False when there is no choice whose sum is
 * under `below`. */
bool exhaustive_money_choose(const Model *model, ExhaustiveGroup *groups, int32_t n_groups, int64_t below,
                             int64_t *reste);

/* Cents of A for a learner of besoin in a session of offre, which is within reach. */
int64_t exhaustive_money_annexe(const Model *model, int32_t besoin, int32_t offre);

#endif
