/* What db.c, db_query.c and db_copy.c share: the connection itself. Nobody else includes this, nor libpq-fe.h. */
#ifndef SQL_DB_PRIVATE_H
#define SQL_DB_PRIVATE_H

#include "sql/db_query.h"

#include <libpq-fe.h>

struct Db {
    PGconn *connection;
    char *target; /* where it goes, for messages; no password */
};

/* Day number of GDate (config/calendar.h) of 2000-01-01, the day 0 of the server's dates. */
#define DB_DAY_ZERO 730120

/* The server's number of a type. */
Oid db_oid(DbType type);

/* "query 'x' failed: ..." from a result, or from the connection when result is NULL. FAULT_DATABASE. */
void db_set_fault(const Db *db, const char *name, const PGresult *result, GError **error);

/* Reads the connection to its end; keeps the first failure, or the last result. NULL with FAULT_DATABASE when one is
 * not `expected`. */
PGresult *db_finish(Db *db, const char *name, ExecStatusType expected, ExecStatusType also, GError **error);

#endif
