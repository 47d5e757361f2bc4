/* A Model's rows out of the database: see store_table.h. */
#include "sql/store_table.h"

#include <string.h>

static uint32_t read_words(const DbRows *rows, int32_t row, int c, const Vocabulary *words)
{
    g_autoptr(GPtrArray) texts = db_rows_texts(rows, row, c);
    uint32_t set = 0;
    for (guint i = 0; i < texts->len; i++)
        set |= UINT32_C(1) << vocabulary_find(words, texts->pdata[i]);
    return set;
}

static void read_field(const DbRows *rows, int32_t row, int c, Model *model, const StoreTableColumn *column, char *into)
{
    void *field = into + column->offset;
    switch (column->kind) {
    case STORE_TABLE_TEXT:
        *(const char **)field = model_text(model, db_rows_text(rows, row, c));
        return;
    case STORE_TABLE_BOOL:
        *(bool *)field = db_rows_bool(rows, row, c);
        return;
    case STORE_TABLE_INT4:
        *(int32_t *)field = db_rows_int4_or(rows, row, c, MODEL_NONE);
        return;
    case STORE_TABLE_INT8:
        *(int64_t *)field = db_rows_int8_or(rows, row, c, MODEL_NONE);
        return;
    case STORE_TABLE_FLOAT8:
        *(double *)field = db_rows_float8(rows, row, c);
        return;
    case STORE_TABLE_DATE:
        *(int32_t *)field = db_rows_date(rows, row, c);
        return;
    case STORE_TABLE_WORD:
        *(int *)field = vocabulary_find(column->words, db_rows_text(rows, row, c));
        return;
    case STORE_TABLE_WORDS:
        *(uint32_t *)field = read_words(rows, row, c, column->words);
        return;
    case STORE_TABLE_NAME:
        *(int32_t *)field = db_rows_is_null(rows, row, c)
                                ? MODEL_NONE
                                : store_table_find(column->target, model, db_rows_text(rows, row, c));
        return;
    case STORE_TABLE_SUBJECT:
        if (!db_rows_is_null(rows, row, c))
            *(int32_t *)field = store_table_find(column->target, model, db_rows_text(rows, row, c));
        return;
    case STORE_TABLE_RANK:
        return;
    }
    g_assert_not_reached();
}

/* *into: the rows, still to be completed by lists. */
static bool load(Db *db, Model *model, const StoreTable *table, int32_t chargement_id, void **into, GError **error)
{
    g_autoptr(DbRows) rows = db_query(db, table->load_name, table->load_sql, DB_VALUES(db_int4(chargement_id)), error);
    if (rows == NULL)
        return false;
    int32_t n = db_rows_count(rows);
    char *block = model_own(model, g_malloc0_n((gsize)n + 1, table->row_size));
    for (int32_t i = 0; i < n; i++)
        for (int c = 0; c < table->n_columns; c++)
            read_field(rows, i, c, model, &table->columns[c], block + (size_t)i * table->row_size);
    *into = block;
    G_STRUCT_MEMBER(const void *, model, table->rows_offset) = block;
    G_STRUCT_MEMBER(int32_t, model, table->count_offset) = n;
    return true;
}

/* Where the rows of owner (column 0), which begin at `begin`, end. Rows and owners come in the same order. */
static int32_t group_end(const DbRows *rows, int32_t begin, const char *owner)
{
    while (begin < db_rows_count(rows) && strcmp(db_rows_text(rows, begin, 0), owner) == 0)
        begin++;
    return begin;
}

/* The members (column 1) of rows begin..end-1 as positions in target; they come in the order of its keys. */
static const int32_t *read_positions(const DbRows *rows, int32_t begin, int32_t end, Model *model, StoreTableId target)
{
    int32_t *positions = model_own(model, g_new0(int32_t, (gsize)(end - begin) + 1));
    for (int32_t i = begin; i < end; i++)
        positions[i - begin] = store_table_find(target, model, db_rows_text(rows, i, 1));
    return positions;
}

static bool load_publics(Db *db, Model *model, int32_t chargement_id, ModelBesoin *to, GError **error)
{
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(load_besoin_public), DB_VALUES(db_int4(chargement_id)), error);
    if (rows == NULL)
        return false;
    for (int32_t i = 0, begin = 0, end; i < model->n_besoins; i++, begin = end) {
        end = group_end(rows, begin, to[i].reference);
        const char **publics = model_own(model, g_new0(const char *, (gsize)(end - begin) + 1));
        for (int32_t row = begin; row < end; row++)
            publics[row - begin] = model_text(model, db_rows_text(rows, row, 1));
        to[i].publics = publics;
    }
    return true;
}

static bool load_apres(Db *db, Model *model, int32_t chargement_id, ModelBesoin *to, GError **error)
{
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(load_besoin_apres), DB_VALUES(db_int4(chargement_id)), error);
    if (rows == NULL)
        return false;
    for (int32_t i = 0, begin = 0, end; i < model->n_besoins; i++, begin = end) {
        end = group_end(rows, begin, to[i].reference);
        to[i].n_apres = end - begin;
        to[i].apres = read_positions(rows, begin, end, model, STORE_TABLE_BESOINS);
    }
    return true;
}

static bool load_axes(Db *db, Model *model, int32_t chargement_id, ModelMontage *to, GError **error)
{
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(load_montage_axe), DB_VALUES(db_int4(chargement_id)), error);
    if (rows == NULL)
        return false;
    for (int32_t i = 0, begin = 0, end; i < model->n_montages; i++, begin = end) {
        end = group_end(rows, begin, to[i].code);
        to[i].n_axes = end - begin;
        to[i].axes = read_positions(rows, begin, end, model, STORE_TABLE_AXES);
    }
    return true;
}

bool store_table_load(Db *db, Model *model, int32_t chargement_id, GError **error)
{
    void *blocks[STORE_TABLE_N];
    for (int id = 0; id < STORE_TABLE_N; id++)
        if (!load(db, model, store_table((StoreTableId)id), chargement_id, &blocks[id], error))
            return false;
    return load_publics(db, model, chargement_id, blocks[STORE_TABLE_BESOINS], error) &&
           load_apres(db, model, chargement_id, blocks[STORE_TABLE_BESOINS], error) &&
           load_axes(db, model, chargement_id, blocks[STORE_TABLE_MONTAGES], error);
}
