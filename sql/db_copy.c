/* libpq: COPY in binary (PostgreSQL documentation, COPY, "Binary Format"). See db_copy.h. */
#include "sql/db_copy.h"

#include "config/fault.h"
#include "sql/db_private.h"

#include <string.h>

/* Bytes gathered before each PQputCopyData. */
#define BLOCK (128 * 1024)

struct DbCopy {
    Db *db;
    const char *name;
    int n_columns;
    int left; /* puts still due in the row */
    GByteArray *block;
    bool broken; /* the connection took no more */
};

static void put(DbCopy *copy, const void *bytes, size_t n)
{
    g_byte_array_append(copy->block, bytes, (guint)n);
}

static void put_int2(DbCopy *copy, int number)
{
    uint16_t raw = GUINT16_TO_BE((uint16_t)number);
    put(copy, &raw, sizeof raw);
}

static void put_int4(DbCopy *copy, int32_t number)
{
    uint32_t raw = GUINT32_TO_BE((uint32_t)number);
    put(copy, &raw, sizeof raw);
}

static void put_int8(DbCopy *copy, int64_t number)
{
    uint64_t raw = GUINT64_TO_BE((uint64_t)number);
    put(copy, &raw, sizeof raw);
}

/* A field is its length, then its bytes. */
static void field(DbCopy *copy, int32_t length)
{
    g_assert(copy->left > 0);
    copy->left--;
    put_int4(copy, length);
}

static void flush(DbCopy *copy)
{
    if (!copy->broken && copy->block->len > 0 &&
        PQputCopyData(copy->db->connection, (const char *)copy->block->data, (int)copy->block->len) != 1)
        copy->broken = true; /* why is read from the connection at the end */
    g_byte_array_set_size(copy->block, 0);
}

DbCopy *db_copy_begin(Db *db, const char *name, const char *sql, int n_columns, GError **error)
{
    static const char signature[] = "PGCOPY\n\377\r\n"; /* its NUL is part of it */
    PGresult *result = NULL;
    if (PQsendQueryParams(db->connection, sql, 0, NULL, NULL, NULL, NULL, 1) == 1)
        result = db_finish(db, name, PGRES_COPY_IN, PGRES_COPY_IN, error);
    else
        db_set_fault(db, name, NULL, error);
    if (result == NULL)
        return NULL;
    g_assert(PQnfields(result) == n_columns && PQbinaryTuples(result) == 1);
    PQclear(result);
    DbCopy *copy = g_new0(DbCopy, 1);
    *copy = (DbCopy){.db = db, .name = name, .n_columns = n_columns, .block = g_byte_array_sized_new(BLOCK + 8192)};
    put(copy, signature, sizeof signature);
    put_int4(copy, 0); /* flags */
    put_int4(copy, 0); /* no header extension */
    return copy;
}

void db_copy_row(DbCopy *copy)
{
    g_assert(copy->left == 0);
    if (copy->block->len >= BLOCK)
        flush(copy);
    put_int2(copy, copy->n_columns);
    copy->left = copy->n_columns;
}

void db_copy_null(DbCopy *copy)
{
    field(copy, -1);
}

void db_copy_bool(DbCopy *copy, bool truth)
{
    const char byte = truth ? 1 : 0;
    field(copy, 1);
    put(copy, &byte, 1);
}

void db_copy_int4(DbCopy *copy, int32_t number)
{
    field(copy, 4);
    put_int4(copy, number);
}

void db_copy_int8(DbCopy *copy, int64_t number)
{
    field(copy, 8);
    put_int8(copy, number);
}

void db_copy_int4_or_null(DbCopy *copy, int32_t number)
{
    if (number == -1)
        db_copy_null(copy);
    else
        db_copy_int4(copy, number);
}

void db_copy_int8_or_null(DbCopy *copy, int64_t number)
{
    if (number == -1)
        db_copy_null(copy);
    else
        db_copy_int8(copy, number);
}

void db_copy_float8(DbCopy *copy, double real)
{
    int64_t raw;
    memcpy(&raw, &real, sizeof raw);
    db_copy_int8(copy, raw);
}

void db_copy_text(DbCopy *copy, const char *text)
{
    if (text == NULL) {
        db_copy_null(copy);
        return;
    }
    size_t length = strlen(text);
    field(copy, (int32_t)length);
    put(copy, text, length);
}

void db_copy_date(DbCopy *copy, int32_t day)
{
    if (day == -1)
        db_copy_null(copy);
    else
        db_copy_int4(copy, day - DB_DAY_ZERO);
}

/* The form of an array: see each_element() in db_query.c. */
void db_copy_texts(DbCopy *copy, const char *const *texts, int n)
{
    size_t bytes = 0; /* of all elements, their lengths included */
    for (int i = 0; i < n; i++)
        bytes += 4 + strlen(texts[i]);
    field(copy, n == 0 ? 12 : 20 + (int32_t)bytes);
    put_int4(copy, n == 0 ? 0 : 1); /* dimensions */
    put_int4(copy, 0);              /* no nulls */
    put_int4(copy, (int32_t)db_oid(DB_TEXT));
    if (n > 0) {
        put_int4(copy, n);
        put_int4(copy, 1); /* the first subscript */
    }
    for (int i = 0; i < n; i++) {
        size_t length = strlen(texts[i]);
        put_int4(copy, (int32_t)length);
        put(copy, texts[i], length);
    }
}

bool db_copy_end(DbCopy *copy, GError **error)
{
    g_assert(copy->left == 0);
    put_int2(copy, -1); /* the end of the rows */
    flush(copy);
    /* After a lost server PQputCopyEnd may still say 1: only the results tell. */
    if (!copy->broken && PQputCopyEnd(copy->db->connection, NULL) != 1)
        copy->broken = true;
    PGresult *result = db_finish(copy->db, copy->name, PGRES_COMMAND_OK, PGRES_COMMAND_OK, error);
    bool ok = result != NULL && !copy->broken;
    if (result != NULL && copy->broken)
        db_set_fault(copy->db, copy->name, NULL, error);
    PQclear(result);
    g_byte_array_unref(copy->block);
    g_free(copy);
    return ok;
}
