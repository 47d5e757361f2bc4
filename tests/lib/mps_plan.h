/* A solver's answer to the model of plan/mps.h as a plan. */
#ifndef TESTS_LIB_MPS_PLAN_H
#define TESTS_LIB_MPS_PLAN_H

#include "plan/problem.h"
#include "plan/result.h"

/* The plan of a solution: text holds a line "name value" for each column that is not 0 (others may be there). The
 * learners of columns n... are seated by the planner's own draft, which refuses what breaks a rule. NULL with
 * FAULT_NO_PLAN when it refuses a session (the message names it and the rules), FAULT_INPUT for a name that is none of
 * the model's. proof: for the bilan. */
ModelPlan *mps_plan(const Problem *problem, const char *text, const ResultProof *proof, GError **error);

#endif
