/* Last touches that change neither points nor cost: sessions start as early as they can (contract, Objective 4). */
#ifndef PLAN_POLISH_H
#define PLAN_POLISH_H

#include "plan/draft.h"

/* Moves each new session to its earliest possible start of the same points, cost and reste à charge, until none moves.
 */
void polish_earliest(Draft *draft);

#endif
