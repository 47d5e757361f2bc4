/* The plan stage: a Model becomes a verified, numbered plan. */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "config/settings.h"
#include "sql/db.h"
#include "sql/model.h"

/* Makes a plan of model, whose words stand on `today` where the campaign gives no date_plan. previous (may be NULL):
 * the campaign's latest plan and the model it was made from (objective 3: fewest changes). Settings: delai, effort,
 * fils. FAULT_NO_PLAN when the fixed sessions cannot stand; the message says which rule. The plan has passed
 * check_plan(). */
ModelPlan *plan_make(const Model *model, const Settings *settings, int32_t today, const ModelPlan *previous,
                     const Model *previous_model, GError **error);

/* The stage: loads the campaign's latest load, makes a plan, saves it. *numero: its number. */
bool plan_run(Db *db, const Settings *settings, const char *campagne, int32_t today, int32_t *numero, GError **error);

/* The stage's other end: writes the exact model of the campaign's latest load to path, for other solvers; points as in
 * MpsForm (plan/mps.h), odd cents relaxed. Saves nothing. */
bool plan_mps(Db *db, const char *campagne, int32_t today, int64_t points, const char *path, GError **error);

#endif
