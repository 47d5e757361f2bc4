/* Every session a slot may hold, by enumeration of seats: the measure of what prices and trees say. */
#ifndef TESTS_EVERY_SESSION_H
#define TESTS_EVERY_SESSION_H

#include "plan/problem.h"

/* True when a session of a slot at a start keeps the rules that look at nothing but it: group size, dates, closures,
 * min_siae, absents_max, one seat for a stagiaire, learners promised, and the forced learners among its seats. left
 * (may be NULL: all): by besoin, learners that may sit beside the promised ones. seats ascending (link, montage). */
bool every_session_holds(const Problem *problem, const ProblemSlot *slot, int32_t start, const int32_t *left,
                         const ProblemSeat *seats, int32_t n_seats);

typedef void EverySessionFound(void *user, int32_t q, const ProblemSeat *seats, int32_t n_seats);

/* Calls found() for each session of a slot at a start that holds so. Money is not looked at. */
void every_session(const Problem *problem, const ProblemSlot *slot, int32_t start, const int32_t *left,
                   EverySessionFound *found, void *user);

/* True when the session alone breaks no SIAE's reste_a_charge_max, whoever pays the odd cents. */
bool every_session_bearable(const Problem *problem, const ProblemSlot *slot, const ProblemSeat *seats, int32_t n_seats);

#endif
