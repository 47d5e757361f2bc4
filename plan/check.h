/* The plan checker: every rule of the contract again, from the Model alone. Shares no code with the planner. */
#ifndef PLAN_CHECK_H
#define PLAN_CHECK_H

#include "sql/model.h"

/* Verifies every hard rule, every clause of Money, days, outputs' arithmetic (session sums, non_couverts sums, bilan,
 * points <= points_borne, cout_pondere_borne <= cout_pondere). Returns the violations found, French sentences naming
 * the rule and the rows (owned strings; element free function set), empty when the plan holds. Never NULL. The motifs
 * of non_couverts are checked for form only. */
GPtrArray *check_plan(const Model *model, const ModelPlan *plan);

#endif
