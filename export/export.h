/* The export stage: a stored plan becomes the contract's CSV files and the workbooks. */
#ifndef EXPORT_EXPORT_H
#define EXPORT_EXPORT_H

#include "config/settings.h"
#include "sql/db.h"
#include "sql/model.h"

/* Writes every output of plan into folder sortie (made when missing): each file aside, fsynced, renamed, all of them
 * staged before the first rename. FAULT_OUTPUT. */
bool export_write(const Model *model, const ModelPlan *plan, const Settings *settings, const char *sortie,
                  GError **error);

/* The stage: plan `numero` (0 = the latest) of the campaign, from one state of db, to sortie. The regional workbook
 * tells what changed since the plan before, which export_write() does not know. */
bool export_run(Db *db, const Settings *settings, const char *campagne, int32_t numero, const char *sortie,
                GError **error);

#endif
