/* Forward-only migrations: the files of sql/schema, each applied once, in order. */
#ifndef SQL_MIGRATE_H
#define SQL_MIGRATE_H

#include "sql/db.h"

/* Brings the database to this program's schema, one transaction a migration, under a lock that other programs of prisme
 * wait for. FAULT_DATABASE when the database is newer than the program, when a migration it already has was changed
 * since, or when one fails (the database then stays at the last good version). */
bool migrate_run(Db *db, GError **error);

#endif
