/* Loads of campaigns: see store_campaign.h. */
#include "sql/store_campaign.h"

#include "config/fault.h"
#include "sql/db_copy.h"
#include "sql/store_table.h"

#include <stdlib.h>
#include <string.h>

static int by_file(const void *a, const void *b)
{
    return strcmp((*(const StoreSource *const *)a)->fichier, (*(const StoreSource *const *)b)->fichier);
}

/* The sources by file name, as the database orders them. Caller frees. */
static const StoreSource **sorted(const StoreSource *sources, int n)
{
    const StoreSource **order = g_new0(const StoreSource *, (gsize)n + 1);
    for (int i = 0; i < n; i++)
        order[i] = &sources[i];
    qsort(order, (size_t)n, sizeof *order, by_file);
    return order;
}

/* *numero, *id: the campaign's latest load, 0 when it has none. *same: it was read from the same files. */
static bool find_latest(Db *db, const char *campagne, const StoreSource *sources, int n, int32_t *numero, int32_t *id,
                        bool *same, GError **error)
{
    *numero = *id = 0;
    *same = false;
    g_autoptr(DbRows) load = db_query(db, DB_SQL(load_chargement), DB_VALUES(db_text(campagne), db_int4(0)), error);
    if (load == NULL)
        return false;
    if (db_rows_count(load) == 0)
        return true;
    *id = db_rows_int4(load, 0, 0);
    *numero = db_rows_int4(load, 0, 1);
    g_autoptr(DbRows) files = db_query(db, DB_SQL(load_chargement_source), DB_VALUES(db_int4(*id)), error);
    if (files == NULL)
        return false;
    g_autofree const StoreSource **order = sorted(sources, n);
    *same = db_rows_count(files) == n;
    for (int i = 0; *same && i < n; i++)
        *same = strcmp(db_rows_text(files, i, 0), order[i]->fichier) == 0 &&
                strcmp(db_rows_text(files, i, 1), order[i]->sha256) == 0;
    return true;
}

/* The campaign's row, made if need be and locked. */
static bool lock_campaign(Db *db, const char *code, int32_t *id, GError **error)
{
    if (!db_execute(db, DB_SQL(campagne_insert), DB_VALUES(db_text(code)), error))
        return false;
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(campagne_lock), DB_VALUES(db_text(code)), error);
    if (rows == NULL)
        return false;
    if (db_rows_count(rows) == 0) {
        g_set_error(error, FAULT, FAULT_DATABASE, "campaign '%s' was deleted meanwhile", code);
        return false;
    }
    *id = db_rows_int4(rows, 0, 0);
    return true;
}

static bool save_sources(Db *db, const StoreSource *sources, int n, int32_t chargement_id, GError **error)
{
    DbCopy *copy = db_copy_begin(db, DB_SQL(copy_chargement_source), 9, error);
    for (int i = 0; copy != NULL && i < n; i++) {
        db_copy_row(copy);
        db_copy_int4(copy, chargement_id);
        db_copy_text(copy, sources[i].fichier);
        db_copy_text(copy, sources[i].sha256);
        db_copy_int8(copy, sources[i].lignes);
        db_copy_int8(copy, sources[i].rejets);
        db_copy_int8(copy, sources[i].avertissements);
        db_copy_bool(copy, sources[i].refuse);
        db_copy_text(copy, sources[i].siae);
        db_copy_bool(copy, sources[i].reponse);
    }
    return copy != NULL && db_copy_end(copy, error);
}

static bool save_incomplets(Db *db, const StoreDelivery *delivery, int32_t chargement_id, GError **error)
{
    DbCopy *copy = db_copy_begin(db, DB_SQL(copy_incomplet), 6, error);
    for (int i = 0; copy != NULL && i < delivery->n_incomplets; i++) {
        const StoreIncomplet *it = &delivery->incomplets[i];
        db_copy_row(copy);
        db_copy_int4(copy, chargement_id);
        db_copy_text(copy, it->fichier);
        db_copy_text(copy, it->cle);
        db_copy_text(copy, it->colonne);
        db_copy_text(copy, it->valeur);
        db_copy_bool(copy, it->attend);
    }
    return copy != NULL && db_copy_end(copy, error);
}

/* Tells the witness what the load before held and this one does not, then asks it. */
static bool ask(Db *db, const StoreDelivery *witness, int32_t chargement_id, int32_t before, GError **error)
{
    if (witness->agree == NULL)
        return true;
    if (before != 0) {
        g_autoptr(DbRows) rows =
            db_query(db, DB_SQL(chargement_disparus),
                     DB_VALUES(db_int4(chargement_id), db_int4(before), db_int4(STORE_GONE_MAX)), error);
        if (rows == NULL)
            return false;
        for (int32_t row = 0; row < db_rows_count(rows); row++)
            witness->gone(witness->data, db_rows_text(rows, row, 0), db_rows_text(rows, row, 1));
    }
    return witness->agree(witness->data, error);
}

static bool insert(Db *db, const Model *model, int32_t campagne_id, int32_t numero, int32_t before,
                   const StoreDelivery *delivery, GError **error)
{
    const ModelCampagne *campagne = &model->campagne;
    g_autoptr(DbRows) rows =
        db_query(db, DB_SQL(chargement_insert),
                 DB_VALUES(db_int4(campagne_id), db_int4(numero), db_text(campagne->region),
                           db_date(campagne->date_debut), db_date(campagne->date_fin), db_date(campagne->date_plan),
                           db_int4(campagne->gel_jours), db_bool(model->has_priorites)),
                 error);
    if (rows == NULL)
        return false;
    int32_t chargement_id = db_rows_int4(rows, 0, 0);
    return save_sources(db, delivery->sources, delivery->n_sources, chargement_id, error) &&
           store_table_save(db, model, chargement_id, error) && save_incomplets(db, delivery, chargement_id, error) &&
           db_execute(db, DB_SQL(campagne_analyze), NULL, 0, error) && ask(db, delivery, chargement_id, before, error);
}

bool store_campaign_save(Db *db, const Model *model, const StoreSource *sources, int n_sources, int32_t *numero,
                         bool *unchanged, GError **error)
{
    const StoreDelivery delivery = {.sources = sources, .n_sources = n_sources};
    return store_campaign_deliver(db, model, &delivery, numero, unchanged, error);
}

bool store_campaign_deliver(Db *db, const Model *model, const StoreDelivery *delivery, int32_t *numero, bool *unchanged,
                            GError **error)
{
    const char *code = model->campagne.code;
    int32_t campagne_id, latest, before;
    if (!db_begin(db, error))
        return false;
    bool ok = lock_campaign(db, code, &campagne_id, error) &&
              find_latest(db, code, delivery->sources, delivery->n_sources, &latest, &before, unchanged, error);
    if (ok && *unchanged) {
        db_rollback(db);
        *numero = latest;
        return true;
    }
    if (ok && insert(db, model, campagne_id, latest + 1, before, delivery, error) && db_commit(db, error)) {
        *numero = latest + 1;
        return true;
    }
    db_rollback(db);
    if (error == NULL || *error == NULL || !g_error_matches(*error, FAULT, FAULT_OUTPUT))
        g_prefix_error(error, "could not load campaign '%s': ", code);
    return false;
}

static Model *load(Db *db, const char *campagne, int32_t numero, GError **error)
{
    g_autoptr(DbRows) rows =
        db_query(db, DB_SQL(load_chargement), DB_VALUES(db_text(campagne), db_int4(numero)), error);
    if (rows == NULL)
        return NULL;
    if (db_rows_count(rows) == 0) {
        if (numero == 0)
            g_set_error(error, FAULT, FAULT_INPUT, "unknown campaign '%s': nothing was loaded under that code",
                        campagne);
        else
            g_set_error(error, FAULT, FAULT_INPUT, "no load %d of campaign '%s'", numero, campagne);
        return NULL;
    }
    g_autoptr(Model) model = model_new();
    model->campagne = (ModelCampagne){.code = model_text(model, campagne),
                                      .region = model_text(model, db_rows_text(rows, 0, 2)),
                                      .date_debut = db_rows_date(rows, 0, 3),
                                      .date_fin = db_rows_date(rows, 0, 4),
                                      .date_plan = db_rows_date(rows, 0, 5),
                                      .gel_jours = db_rows_int4(rows, 0, 6)};
    model->has_priorites = db_rows_bool(rows, 0, 7);
    return store_table_load(db, model, db_rows_int4(rows, 0, 0), error) ? g_steal_pointer(&model) : NULL;
}

Model *store_campaign_load(Db *db, const char *campagne, int32_t numero, GError **error)
{
    bool own = !db_in_transaction(db);
    if (own && !db_begin_snapshot(db, error))
        return NULL;
    Model *model = load(db, campagne, numero, error);
    if (own)
        db_rollback(db); /* nothing was written */
    return model;
}

int32_t store_campaign_latest(Db *db, const char *campagne, GError **error)
{
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(load_latest), DB_VALUES(db_text(campagne)), error);
    return rows != NULL ? db_rows_int4(rows, 0, 0) : -1;
}
