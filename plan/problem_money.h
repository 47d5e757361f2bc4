/* The money side of a Problem under construction: funds, seasons, profiles, and the two parts of what a financement
 * pays. */
#ifndef PLAN_PROBLEM_MONEY_H
#define PLAN_PROBLEM_MONEY_H

#include "plan/problem.h"

typedef struct ProblemMoney ProblemMoney;

/* Indexes opcos, dispositifs, funds and financements into problem. FAULT_NO_PLAN: a fund with too many enveloppes. */
ProblemMoney *problem_money_new(Problem *problem, GError **error);

/* The season of a start's dates, made when new. */
int32_t problem_money_season(ProblemMoney *money, const ProblemStart *start);

/* The profile of a besoin's montages at an organisme, made when new; MODEL_NONE when no montage holds. */
int32_t problem_money_profile(ProblemMoney *money, int32_t besoin, bool qualiopi);

/* Position of the extras of a learner with this annexe (ProblemLink.extra), made when new. */
int32_t problem_money_extras(ProblemMoney *money, int32_t profile, int32_t formation, int64_t annexe);

/* The ped table of a slot whose links and group sizes are set (ProblemSlot.ped); the caller owns it. */
int32_t *problem_money_peds(ProblemMoney *money, const ProblemSlot *slot);

/* Hands the tables to the problem and frees money. */
void problem_money_finish(ProblemMoney *money);

#endif
