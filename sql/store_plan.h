/* Plans in the database: numbered for each campaign, never overwritten. */
#ifndef SQL_STORE_PLAN_H
#define SQL_STORE_PLAN_H

#include "sql/db.h"
#include "sql/model.h"

/* Saves plan as the next plan of the campaign, made from load `chargement`, in one transaction that commits only if the
 * independent verification in SQL (sql/query/verify_*.sql) finds no violation. *numero: its number, 1...
 * FAULT_NO_PLAN with every violation in the message when the verification refuses; FAULT_DATABASE. */
bool store_plan_save(Db *db, const Model *model, int32_t chargement, const ModelPlan *plan, int32_t *numero,
                     GError **error);

/* Reads plan `numero` of a campaign (0 = the latest) and, into *model, the load it was made from (caller frees both).
 * *chargement (may be NULL): that load's number. Within the caller's transaction, else in a snapshot of its own, since
 * a campaign may be removed at any moment. FAULT_NO_PLAN when there is no such plan; FAULT_DATABASE. */
ModelPlan *store_plan_load(Db *db, const char *campagne, int32_t numero, Model **model, int32_t *chargement,
                           GError **error);

#endif
