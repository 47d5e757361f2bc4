/* Removal of a campaign from the database: `prisme purge`. */
#ifndef SQL_STORE_PURGE_H
#define SQL_STORE_PURGE_H

#include "sql/db.h"

/* Prints to stdout what the campaign holds and, confirmed, removes it in one transaction: loads, plans, everything. Not
 * confirmed it only says what would go. FAULT_INPUT when there is no such campaign; FAULT_DATABASE. */
bool store_purge(Db *db, const char *campagne, bool confirmed, GError **error);

#endif
