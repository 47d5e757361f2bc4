/* libpq: one statement a call, typed parameters in, typed cells out. See db_query.h. */
#include "sql/db_query.h"

#include "config/fault.h"
#include "sql/db_private.h"

#include <string.h>

/* Types of pg_catalog; their numbers never change (src/include/catalog/pg_type.dat). */
static const struct {
    Oid type, array;
} oids[] = {
    [DB_BOOL] = {16, 1000},    [DB_INT4] = {23, 1007}, [DB_INT8] = {20, 1016},
    [DB_FLOAT8] = {701, 1022}, [DB_TEXT] = {25, 1009}, [DB_DATE] = {1082, 1182},
};

Oid db_oid(DbType type)
{
    return oids[type].type;
}

struct DbRows {
    PGresult *result;
};

/* "could not ...: primary message; detail; hint; context", in one line. The SQLSTATE is absent when the connection
 * broke. */
void db_set_fault(const Db *db, const char *name, const PGresult *result, GError **error)
{
    static const int parts[] = {PG_DIAG_MESSAGE_DETAIL, PG_DIAG_MESSAGE_HINT, PG_DIAG_CONTEXT};
    const char *primary = result != NULL ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    const char *state = result != NULL ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    GString *text = g_string_new(primary != NULL ? primary : PQerrorMessage(db->connection));
    g_strchomp(text->str);
    g_string_set_size(text, strlen(text->str));
    for (size_t i = 0; result != NULL && i < G_N_ELEMENTS(parts); i++) {
        const char *part = PQresultErrorField(result, parts[i]);
        if (part != NULL)
            g_string_append_printf(text, "; %s", part);
    }
    g_strdelimit(text->str, "\n", ' ');
    g_set_error(error, FAULT, FAULT_DATABASE, "query '%s' failed: %s (%s)", name, text->str,
                state != NULL ? state : "connection lost");
    g_string_free(text, TRUE);
}

PGresult *db_finish(Db *db, const char *name, ExecStatusType expected, ExecStatusType also, GError **error)
{
    PGresult *kept = NULL;
    bool failed = false;
    for (PGresult *next; (next = PQgetResult(db->connection)) != NULL;) {
        ExecStatusType status = PQresultStatus(next);
        bool good = status == expected || status == also;
        PQclear(failed ? next : kept);
        if (!failed) {
            kept = next;
            failed = !good;
        }
        if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT || PQstatus(db->connection) == CONNECTION_BAD)
            break;
    }
    if (kept == NULL || failed) {
        db_set_fault(db, name, kept, error);
        PQclear(kept);
        return NULL;
    }
    return kept;
}

DbValue db_bool(bool truth)
{
    return (DbValue){.type = DB_BOOL, .truth = truth};
}

DbValue db_int4(int32_t number)
{
    return (DbValue){.type = DB_INT4, .number = number};
}

DbValue db_int8(int64_t number)
{
    return (DbValue){.type = DB_INT8, .number = number};
}

DbValue db_text(const char *text)
{
    return (DbValue){.type = DB_TEXT, .null = text == NULL, .text = text};
}

DbValue db_date(int32_t day)
{
    return (DbValue){.type = DB_DATE, .null = day == -1, .number = day};
}

/* A parameter in the form libpq sends: binary, save for text. buffer holds it. */
static const char *encode(const DbValue *value, char buffer[8], int *length)
{
    if (value->null)
        return NULL;
    uint32_t four;
    uint64_t eight;
    switch (value->type) {
    case DB_TEXT:
        *length = (int)strlen(value->text);
        return value->text;
    case DB_BOOL:
        buffer[0] = value->truth ? 1 : 0;
        *length = 1;
        return buffer;
    case DB_INT4:
    case DB_DATE:
        four = GUINT32_TO_BE((uint32_t)(value->type == DB_DATE ? value->number - DB_DAY_ZERO : value->number));
        memcpy(buffer, &four, sizeof four);
        *length = sizeof four;
        return buffer;
    case DB_INT8:
        eight = (uint64_t)value->number;
        break;
    case DB_FLOAT8:
        g_assert_not_reached(); /* only read and copied */
    }
    eight = GUINT64_TO_BE(eight);
    memcpy(buffer, &eight, sizeof eight);
    *length = sizeof eight;
    return buffer;
}

DbRows *db_query(Db *db, const char *name, const char *sql, const DbValue *values, int n_values, GError **error)
{
    enum { MAX = 64 };
    g_assert(n_values <= MAX);
    Oid types[MAX];
    const char *texts[MAX];
    char buffers[MAX][8];
    int lengths[MAX] = {0}, formats[MAX];
    for (int i = 0; i < n_values; i++) {
        types[i] = oids[values[i].type].type;
        texts[i] = encode(&values[i], buffers[i], &lengths[i]);
        formats[i] = 1;
    }
    PGresult *result = NULL;
    if (PQsendQueryParams(db->connection, sql, n_values, types, texts, lengths, formats, 1) == 1)
        result = db_finish(db, name, PGRES_TUPLES_OK, PGRES_COMMAND_OK, error);
    else
        db_set_fault(db, name, NULL, error);
    if (result == NULL)
        return NULL;
    DbRows *rows = g_new0(DbRows, 1);
    rows->result = result;
    return rows;
}

void db_rows_free(DbRows *rows)
{
    if (rows == NULL)
        return;
    PQclear(rows->result);
    g_free(rows);
}

bool db_execute(Db *db, const char *name, const char *sql, const DbValue *values, int n_values, GError **error)
{
    g_autoptr(DbRows) rows = db_query(db, name, sql, values, n_values, error);
    return rows != NULL;
}

bool db_script(Db *db, const char *name, const char *sql, GError **error)
{
    PGresult *result = NULL;
    if (PQsendQuery(db->connection, sql) == 1)
        result = db_finish(db, name, PGRES_COMMAND_OK, PGRES_TUPLES_OK, error);
    else
        db_set_fault(db, name, NULL, error);
    PQclear(result);
    return result != NULL;
}

/* ---- rows ---- */

int32_t db_rows_count(const DbRows *rows)
{
    return PQntuples(rows->result);
}

const char *db_rows_command(const DbRows *rows)
{
    return PQcmdStatus(rows->result);
}

bool db_rows_is_null(const DbRows *rows, int32_t row, int column)
{
    g_assert(row >= 0 && row < PQntuples(rows->result) && column >= 0 && column < PQnfields(rows->result));
    return PQgetisnull(rows->result, row, column) == 1;
}

static const char *cell(const DbRows *rows, int32_t row, int column, Oid type, int length)
{
    g_assert(!db_rows_is_null(rows, row, column));
    g_assert(PQftype(rows->result, column) == type);
    g_assert(length < 0 || PQgetlength(rows->result, row, column) == length);
    return PQgetvalue(rows->result, row, column);
}

static int32_t int4_at(const char *at)
{
    uint32_t raw;
    memcpy(&raw, at, sizeof raw);
    return (int32_t)GUINT32_FROM_BE(raw);
}

static int64_t int8_at(const char *at)
{
    uint64_t raw;
    memcpy(&raw, at, sizeof raw);
    return (int64_t)GUINT64_FROM_BE(raw);
}

bool db_rows_bool(const DbRows *rows, int32_t row, int column)
{
    return *cell(rows, row, column, oids[DB_BOOL].type, 1) != 0;
}

int32_t db_rows_int4(const DbRows *rows, int32_t row, int column)
{
    return int4_at(cell(rows, row, column, oids[DB_INT4].type, 4));
}

int64_t db_rows_int8(const DbRows *rows, int32_t row, int column)
{
    return int8_at(cell(rows, row, column, oids[DB_INT8].type, 8));
}

int32_t db_rows_int4_or(const DbRows *rows, int32_t row, int column, int32_t when_null)
{
    return db_rows_is_null(rows, row, column) ? when_null : db_rows_int4(rows, row, column);
}

int64_t db_rows_int8_or(const DbRows *rows, int32_t row, int column, int64_t when_null)
{
    return db_rows_is_null(rows, row, column) ? when_null : db_rows_int8(rows, row, column);
}

double db_rows_float8(const DbRows *rows, int32_t row, int column)
{
    int64_t raw = int8_at(cell(rows, row, column, oids[DB_FLOAT8].type, 8));
    double real;
    memcpy(&real, &raw, sizeof real);
    return real;
}

const char *db_rows_text(const DbRows *rows, int32_t row, int column)
{
    return db_rows_is_null(rows, row, column) ? "" : cell(rows, row, column, oids[DB_TEXT].type, -1);
}

int32_t db_rows_date(const DbRows *rows, int32_t row, int column)
{
    if (db_rows_is_null(rows, row, column))
        return -1;
    return int4_at(cell(rows, row, column, oids[DB_DATE].type, 4)) + DB_DAY_ZERO;
}

/* An array's binary form (src/backend/utils/adt/arrayfuncs.c, array_send): dimensions, flags, element type, and for one
 * dimension its length and lower bound; then each element, its length before it. Calls take() on each. */
static void each_element(const DbRows *rows, int32_t row, int column, DbType type,
                         void (*take)(const char *at, int32_t length, void *into), void *into)
{
    if (db_rows_is_null(rows, row, column))
        return;
    const char *at = cell(rows, row, column, oids[type].array, -1);
    int32_t dimensions = int4_at(at);
    g_assert(dimensions <= 1);
    if (dimensions == 0)
        return;
    int32_t n = int4_at(at + 12);
    at += 20;
    for (int32_t i = 0; i < n; i++) {
        int32_t length = int4_at(at);
        g_assert(length >= 0);
        take(at + 4, length, into);
        at += 4 + length;
    }
}

static void take_text(const char *at, int32_t length, void *into)
{
    g_ptr_array_add(into, g_strndup(at, (gsize)length));
}

static void take_date(const char *at, int32_t length, void *into)
{
    g_assert(length == 4);
    int32_t day = int4_at(at) + DB_DAY_ZERO;
    g_array_append_val((GArray *)into, day);
}

GPtrArray *db_rows_texts(const DbRows *rows, int32_t row, int column)
{
    GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);
    each_element(rows, row, column, DB_TEXT, take_text, texts);
    return texts;
}

GArray *db_rows_dates(const DbRows *rows, int32_t row, int column)
{
    GArray *days = g_array_new(FALSE, FALSE, sizeof(int32_t));
    each_element(rows, row, column, DB_DATE, take_date, days);
    return days;
}
