/* Queries of sql/: typed parameters in, rows out. Private to sql/.
 *
 *     g_autoptr(DbRows) rows = db_query(db, DB_SQL(load_latest), DB_VALUES(db_text(campagne)), error);
 *     if (rows == NULL)
 *         return -1;
 *     return db_rows_count(rows) > 0 ? db_rows_int4(rows, 0, 0) : 0;
 */
#ifndef SQL_DB_QUERY_H
#define SQL_DB_QUERY_H

#include "sql/db.h"
#include "texts.h"

#include <stdint.h>

/* The types prisme speaks with the server, both ways. */
typedef enum { DB_BOOL, DB_INT4, DB_INT8, DB_FLOAT8, DB_TEXT, DB_DATE } DbType;

/* A parameter. */
typedef struct {
    DbType type;
    bool null;
    union {
        bool truth;
        int64_t number;   /* int4, int8; a day (config/calendar.h) */
        const char *text; /* borrowed for the call */
    };
} DbValue;

DbValue db_bool(bool truth);
DbValue db_int4(int32_t number);
DbValue db_int8(int64_t number);
DbValue db_text(const char *text); /* NULL is null */
DbValue db_date(int32_t day);      /* -1 is null */

/* A query by the name of its file: its name for messages, and its text. */
#define DB_SQL(query) #query, text_query_##query

/* Parameters $1, $2... of one call; without any, pass NULL, 0. */
#define DB_VALUES(...) (const DbValue[]){__VA_ARGS__}, (int)(sizeof((const DbValue[]){__VA_ARGS__}) / sizeof(DbValue))

typedef struct DbRows DbRows;

/* Runs one statement. NULL with FAULT_DATABASE ("query 'x' failed: <message>; <detail>"). Rows may be none: a statement
 * that returns none gives 0. Results travel in binary: select only the types of DbType and their arrays (cast sums of
 * bigint to bigint, enums and numeric to text). */
DbRows *db_query(Db *db, const char *name, const char *sql, const DbValue *values, int n_values, GError **error);
void db_rows_free(DbRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DbRows, db_rows_free)

/* The same where only success matters. */
bool db_execute(Db *db, const char *name, const char *sql, const DbValue *values, int n_values, GError **error);

/* Runs a script of several statements without parameters (a migration). */
bool db_script(Db *db, const char *name, const char *sql, GError **error);

int32_t db_rows_count(const DbRows *rows);
const char *db_rows_command(const DbRows *rows); /* what the server says it did: "COMMIT", "INSERT 0 1" */

/* The cell of a row and column (both from 0). A wrong type or an unforeseen null is a bug (asserted). Texts live as
 * long as rows; a null text is "". */
bool db_rows_is_null(const DbRows *rows, int32_t row, int column);
bool db_rows_bool(const DbRows *rows, int32_t row, int column);
int32_t db_rows_int4(const DbRows *rows, int32_t row, int column);
int64_t db_rows_int8(const DbRows *rows, int32_t row, int column);
int32_t db_rows_int4_or(const DbRows *rows, int32_t row, int column, int32_t when_null);
int64_t db_rows_int8_or(const DbRows *rows, int32_t row, int column, int64_t when_null);
double db_rows_float8(const DbRows *rows, int32_t row, int column);
const char *db_rows_text(const DbRows *rows, int32_t row, int column);
int32_t db_rows_date(const DbRows *rows, int32_t row, int column);     /* a day; null gives -1 */
GPtrArray *db_rows_texts(const DbRows *rows, int32_t row, int column); /* text[]; owned copies; null gives none */
GArray *db_rows_dates(const DbRows *rows, int32_t row, int column);    /* date[], int32_t days */

#endif
