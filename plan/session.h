/* A session measured in exact cents: what it costs, who pays, what it charges to which class of enveloppes. */
#ifndef PLAN_SESSION_H
#define PLAN_SESSION_H

#include "plan/problem.h"

#include <stdbool.h>

typedef struct {
    int32_t key; /* class, or SIAE */
    int64_t cents;
} SessionAmount;

/* Totals of a session. The arrays grow as needed and are reused; start from {0}, end with session_measure_clear(). */
typedef struct {
    int32_t q;
    int64_t points, cost, rac; /* cost = shares + annexes; rac = reste à charge */
    SessionAmount *charges;    /* by class, ascending, > 0 */
    int32_t n_charges, room_charges;
    SessionAmount *racs; /* by SIAE, ascending, > 0 */
    int32_t n_racs, room_racs;
} SessionMeasure;

void session_measure_clear(SessionMeasure *measure);

/* Measures the session of a slot at a start: seats in ascending (link, montage). False when a charge has no enveloppe
 * open to it; the measure is then void. Contract, section 2, Money: odd cents by (besoin reference, montage code). */
bool session_measure(const Problem *problem, const ProblemSlot *slot, int32_t start, const ProblemSeat *seats,
                     int32_t n_seats, SessionMeasure *measure);

/* The reste à charge of a seat's learners: `up` of them pay the odd cent of the share. */
typedef struct {
    int64_t floor, ceiling; /* cents, of one learner */
    int32_t n, up;          /* learners; those at `ceiling` */
} SessionRacs;

/* Of seats[i] of a session. */
SessionRacs session_racs(const Problem *problem, const ProblemSlot *slot, const ProblemSeat *seats, int32_t n_seats,
                         int32_t i);

/* What one seat (several learners of a besoin under a montage) costs and who pays it. Cents, sums over its learners. */
typedef struct {
    int64_t pedagogique, annexe, remuneration, finance, reste_a_charge;
} SessionSeat;

/* The account of seats[i] of a session; paid[k] (may be NULL) receives what the montage's k-th financement pays. */
SessionSeat session_seat(const Problem *problem, const ProblemSlot *slot, const ProblemSeat *seats, int32_t n_seats,
                         int32_t i, int64_t *paid);

#endif
