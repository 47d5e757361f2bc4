/* A connection to prisme's database. What the rest of sql/ does with it: db_query.h, db_copy.h. */
#ifndef SQL_DB_H
#define SQL_DB_H

#include "config/settings.h"

#include <glib.h>
#include <stdbool.h>

typedef struct Db Db;

/* Connects where the settings say: settings->connexion, else the PG* environment, else the embedded cluster (started
 * when needed: sql/cluster.h). Applies pending migrations. Says the target in one log line (never a password).
 * FAULT_DATABASE. Free with db_free(). */
Db *db_open(const Settings *settings, GError **error);
void db_free(Db *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Db, db_free)

/* Takes the one lock of prisme in this database (a session advisory lock; released by db_free() or the process's end).
 * Waits a few seconds for a dying predecessor, then FAULT_LOCKED. */
bool db_lock(Db *db, GError **error);

/* Transactions. db_begin() may write (read committed); db_begin_snapshot() reads one state of the database throughout.
 * db_rollback() is for the way out of a failure and of a snapshot: it reports nothing. db_commit() is true only if the
 * server said it committed. */
bool db_begin(Db *db, GError **error);
bool db_begin_snapshot(Db *db, GError **error);
bool db_commit(Db *db, GError **error);
void db_rollback(Db *db);
bool db_in_transaction(const Db *db);

#endif
