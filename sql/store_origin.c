/* Where stored plans come from: see store_origin.h. */
#include "sql/store_origin.h"

#include "config/fault.h"
#include "sql/db_query.h"

static bool load_sources(Db *db, int32_t chargement, StoreOrigin *origin, GError **error)
{
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(load_chargement_source), DB_VALUES(db_int4(chargement)), error);
    if (rows == NULL)
        return false;
    origin->n_sources = db_rows_count(rows);
    origin->sources = g_new0(StoreSource, origin->n_sources);
    for (int i = 0; i < origin->n_sources; i++)
        origin->sources[i] = (StoreSource){.fichier = g_strdup(db_rows_text(rows, i, 0)),
                                           .lignes = db_rows_int8(rows, i, 2),
                                           .rejets = db_rows_int8(rows, i, 3),
                                           .refuse = db_rows_bool(rows, i, 5)};
    return true;
}

static bool load_tables(Db *db, int32_t chargement, StoreOrigin *origin, GError **error)
{
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(origin_contenu), DB_VALUES(db_int4(chargement)), error);
    if (rows == NULL)
        return false;
    origin->n_tables = db_rows_count(rows);
    origin->tables = g_new0(StoreOriginTable, origin->n_tables);
    for (int i = 0; i < origin->n_tables; i++)
        origin->tables[i] = (StoreOriginTable){g_strdup(db_rows_text(rows, i, 0)), db_rows_int8(rows, i, 1),
                                               g_strdup(db_rows_text(rows, i, 2))};
    return true;
}

static bool load_totals(Db *db, int32_t plan, int32_t chargement, StoreOriginTotals *totals, GError **error)
{
    int64_t *const fields[] = {&totals->sessions,
                               &totals->seances,
                               &totals->session_effectif,
                               &totals->session_pedagogique,
                               &totals->session_annexe,
                               &totals->session_remuneration,
                               &totals->effectif,
                               &totals->pedagogique,
                               &totals->annexe,
                               &totals->remuneration,
                               &totals->finance,
                               &totals->reste,
                               &totals->charges,
                               &totals->non_couverts,
                               &totals->demande,
                               &totals->montant,
                               &totals->cout};
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(origin_totals), DB_VALUES(db_int4(plan), db_int4(chargement)), error);
    if (rows == NULL)
        return false;
    for (int i = 0; i < (int)G_N_ELEMENTS(fields); i++)
        *fields[i] = db_rows_int8(rows, 0, i);
    return true;
}

StoreOrigin *store_origin_load(Db *db, const char *campagne, int32_t numero, GError **error)
{
    g_autoptr(DbRows) row = db_query(db, DB_SQL(origin_plan), DB_VALUES(db_text(campagne), db_int4(numero)), error);
    if (row == NULL)
        return NULL;
    if (db_rows_count(row) == 0) {
        g_set_error(error, FAULT, FAULT_NO_PLAN, "no plan %d of campaign '%s'", (int)numero, campagne);
        return NULL;
    }
    g_autoptr(StoreOrigin) origin = g_new0(StoreOrigin, 1);
    origin->chargement = db_rows_int4(row, 0, 2);
    origin->jour_chargement = db_rows_date(row, 0, 3);
    origin->jour_plan = db_rows_date(row, 0, 4);
    origin->version = g_strdup(db_rows_text(row, 0, 5));
    int32_t plan = db_rows_int4(row, 0, 0), chargement = db_rows_int4(row, 0, 1);
    if (!load_sources(db, chargement, origin, error) || !load_tables(db, chargement, origin, error) ||
        !load_totals(db, plan, chargement, &origin->totals, error))
        return NULL;
    return g_steal_pointer(&origin);
}

void store_origin_free(StoreOrigin *origin)
{
    if (origin == NULL)
        return;
    for (int i = 0; i < origin->n_sources; i++)
        g_free(origin->sources[i].fichier);
    for (int i = 0; i < origin->n_tables; i++) {
        g_free(origin->tables[i].fichier);
        g_free(origin->tables[i].sha256);
    }
    g_free(origin->sources);
    g_free(origin->tables);
    g_free(origin->version);
    g_free(origin);
}
