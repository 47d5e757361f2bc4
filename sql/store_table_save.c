/* A Model's rows into the database: see store_table.h. */
#include "sql/db_copy.h"
#include "sql/store_table.h"

static void put_words(DbCopy *copy, const Vocabulary *words, uint32_t set)
{
    const char *chosen[32];
    int n = 0;
    for (int i = 0; i < words->n; i++)
        if (set & (UINT32_C(1) << i))
            chosen[n++] = words->words[i];
    db_copy_texts(copy, chosen, n);
}

static void put_name(DbCopy *copy, const Model *model, StoreTableId target, int32_t position)
{
    db_copy_text(copy, position == MODEL_NONE ? NULL : store_table_key(target, model, position));
}

static void put_field(DbCopy *copy, const Model *model, const StoreTableColumn *column, const void *row, int32_t rank)
{
    const void *field = (const char *)row + column->offset;
    switch (column->kind) {
    case STORE_TABLE_TEXT:
        db_copy_text(copy, *(const char *const *)field);
        return;
    case STORE_TABLE_BOOL:
        db_copy_bool(copy, *(const bool *)field);
        return;
    case STORE_TABLE_INT4:
        db_copy_int4_or_null(copy, *(const int32_t *)field);
        return;
    case STORE_TABLE_INT8:
        db_copy_int8_or_null(copy, *(const int64_t *)field);
        return;
    case STORE_TABLE_FLOAT8:
        db_copy_float8(copy, *(const double *)field);
        return;
    case STORE_TABLE_DATE:
        db_copy_date(copy, *(const int32_t *)field);
        return;
    case STORE_TABLE_WORD:
        db_copy_text(copy, vocabulary_word(column->words, *(const int *)field));
        return;
    case STORE_TABLE_WORDS:
        put_words(copy, column->words, *(const uint32_t *)field);
        return;
    case STORE_TABLE_NAME:
        put_name(copy, model, column->target, *(const int32_t *)field);
        return;
    case STORE_TABLE_SUBJECT:
        put_name(copy, model, column->target,
                 ((const ModelFermeture *)row)->objet == column->objet ? *(const int32_t *)field : MODEL_NONE);
        return;
    case STORE_TABLE_RANK:
        db_copy_int4(copy, rank);
        return;
    }
    g_assert_not_reached();
}

static bool save(Db *db, const Model *model, const StoreTable *table, int32_t chargement_id, GError **error)
{
    DbCopy *copy = db_copy_begin(db, table->copy_name, table->copy_sql, 1 + table->n_columns, error);
    if (copy == NULL)
        return false;
    for (int32_t i = 0; i < store_table_count(table, model); i++) {
        db_copy_row(copy);
        db_copy_int4(copy, chargement_id);
        for (int c = 0; c < table->n_columns; c++)
            put_field(copy, model, &table->columns[c], store_table_row(table, model, i), i);
    }
    return db_copy_end(copy, error);
}

static bool save_publics(Db *db, const Model *model, int32_t chargement_id, GError **error)
{
    DbCopy *copy = db_copy_begin(db, DB_SQL(copy_besoin_public), 3, error);
    for (int32_t i = 0; copy != NULL && i < model->n_besoins; i++)
        for (const char *const *public = model->besoins[i].publics; *public != NULL; public ++) {
            db_copy_row(copy);
            db_copy_int4(copy, chargement_id);
            db_copy_text(copy, model->besoins[i].reference);
            db_copy_text(copy, *public);
        }
    return copy != NULL && db_copy_end(copy, error);
}

static bool save_apres(Db *db, const Model *model, int32_t chargement_id, GError **error)
{
    DbCopy *copy = db_copy_begin(db, DB_SQL(copy_besoin_apres), 5, error);
    for (int32_t i = 0; copy != NULL && i < model->n_besoins; i++) {
        const ModelBesoin *besoin = &model->besoins[i];
        for (int32_t a = 0; a < besoin->n_apres; a++) {
            db_copy_row(copy);
            db_copy_int4(copy, chargement_id);
            db_copy_text(copy, besoin->reference);
            db_copy_text(copy, store_table_key(STORE_TABLE_BESOINS, model, besoin->apres[a]));
            db_copy_text(copy, store_table_key(STORE_TABLE_SIAE, model, besoin->siae));
            db_copy_text(copy, besoin->stagiaire);
        }
    }
    return copy != NULL && db_copy_end(copy, error);
}

static bool save_axes(Db *db, const Model *model, int32_t chargement_id, GError **error)
{
    DbCopy *copy = db_copy_begin(db, DB_SQL(copy_montage_axe), 3, error);
    for (int32_t i = 0; copy != NULL && i < model->n_montages; i++)
        for (int32_t a = 0; a < model->montages[i].n_axes; a++) {
            db_copy_row(copy);
            db_copy_int4(copy, chargement_id);
            db_copy_text(copy, model->montages[i].code);
            db_copy_text(copy, store_table_key(STORE_TABLE_AXES, model, model->montages[i].axes[a]));
        }
    return copy != NULL && db_copy_end(copy, error);
}

bool store_table_save(Db *db, const Model *model, int32_t chargement_id, GError **error)
{
    for (int id = 0; id < STORE_TABLE_N; id++)
        if (!save(db, model, store_table((StoreTableId)id), chargement_id, error))
            return false;
    return save_publics(db, model, chargement_id, error) && save_apres(db, model, chargement_id, error) &&
           save_axes(db, model, chargement_id, error);
}
