/* What the database holds, for `prisme etat`. */
#ifndef SQL_STORE_ETAT_H
#define SQL_STORE_ETAT_H

#include "sql/db.h"

/* Prints to stdout campaigns, their loads and plans: when, how large, how good, how many SIAE answered by a form (of
 * one campaign: which). campagne NULL = all. FAULT_INPUT when there is no such campaign; FAULT_DATABASE. */
bool store_etat_print(Db *db, const char *campagne, GError **error);

/* Prints to stdout one load: its files with their hashes, rows and rejects, and what changed against the load before.
 * FAULT_INPUT when there is no such load; FAULT_DATABASE. */
bool store_etat_print_load(Db *db, const char *campagne, int32_t numero, GError **error);

#endif
