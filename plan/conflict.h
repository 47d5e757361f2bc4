/* Why fixed sessions cannot stand together, for the message of a run that ends without a plan. */
#ifndef PLAN_CONFLICT_H
#define PLAN_CONFLICT_H

#include "plan/problem.h"

/* A clause that says what the fixed sessions, each with its given learners alone, break together: the enveloppes that
 * are short and by how much (euros), else the first session, in order of start, that breaks a rule beside those before
 * it. Owned by the caller; NULL when alone they could stand, as far as can be told. */
char *conflict_of_fixed(const Problem *problem);

#endif
