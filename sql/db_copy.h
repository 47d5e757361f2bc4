/* COPY in binary: rows to a table, as fast as the server takes them. Private to sql/.
 *
 *     DbCopy *copy = db_copy_begin(db, DB_SQL(copy_axe), 4, error);
 *     if (copy == NULL)
 *         return false;
 *     for (...) { db_copy_row(copy); db_copy_int4(copy, id); db_copy_text(copy, code); ... }
 *     return db_copy_end(copy, error);
 *
 * The puts never fail: what went wrong is told by db_copy_end(). Each row gets exactly n_columns puts, in the order and
 * of the types of the statement's column list (asserted, save for the types: the server says "incorrect binary data
 * format"). Domains take the type they are made of. */
#ifndef SQL_DB_COPY_H
#define SQL_DB_COPY_H

#include "sql/db_query.h"

typedef struct DbCopy DbCopy;

/* sql: "copy table (columns) from stdin (format binary)". NULL with FAULT_DATABASE. */
DbCopy *db_copy_begin(Db *db, const char *name, const char *sql, int n_columns, GError **error);

void db_copy_row(DbCopy *copy);
void db_copy_null(DbCopy *copy);
void db_copy_bool(DbCopy *copy, bool truth);
void db_copy_int4(DbCopy *copy, int32_t number);
void db_copy_int8(DbCopy *copy, int64_t number);
void db_copy_int4_or_null(DbCopy *copy, int32_t number); /* MODEL_NONE (-1) is null; so below */
void db_copy_int8_or_null(DbCopy *copy, int64_t number);
void db_copy_float8(DbCopy *copy, double real);
void db_copy_text(DbCopy *copy, const char *text); /* NULL is null */
void db_copy_date(DbCopy *copy, int32_t day);      /* -1 is null */
void db_copy_texts(DbCopy *copy, const char *const *texts, int n);

/* Ends the COPY, frees it; true if the server took every row. FAULT_DATABASE. */
bool db_copy_end(DbCopy *copy, GError **error);

#endif
