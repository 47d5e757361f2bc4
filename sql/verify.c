/* Walks the verification queries: see verify.h. */
#include "sql/verify.h"

#include "sql/db_query.h"

/* A rule of the contract stands under its name in one file of sql/query. */
static const struct {
    const char *name, *sql;
} queries[] = {
    {DB_SQL(verify_01_seances)},       {DB_SQL(verify_02_debut)},       {DB_SQL(verify_03_fixees)},
    {DB_SQL(verify_04_groupe)},        {DB_SQL(verify_05_besoin)},      {DB_SQL(verify_06_offre)},
    {DB_SQL(verify_07_trajet)},        {DB_SQL(verify_08_absents)},     {DB_SQL(verify_09_organisme)},
    {DB_SQL(verify_10_mutualisation)}, {DB_SQL(verify_11_stagiaire)},   {DB_SQL(verify_12_montage)},
    {DB_SQL(verify_13_cout)},          {DB_SQL(verify_14_financement)}, {DB_SQL(verify_15_reste_max)},
    {DB_SQL(verify_16_charges)},       {DB_SQL(verify_17_enveloppe)},   {DB_SQL(verify_18_session)},
    {DB_SQL(verify_19_non_couverts)},  {DB_SQL(verify_20_bilan)},
};

GPtrArray *verify_plan(Db *db, int32_t id, GError **error)
{
    g_autoptr(GPtrArray) violations = g_ptr_array_new_with_free_func(g_free);
    /* rows just written have no statistics yet: without them the server would join thousands of rows one by one */
    if (!db_execute(db, DB_SQL(verify_prepare), NULL, 0, error))
        return NULL;
    for (size_t q = 0; q < G_N_ELEMENTS(queries); q++) {
        g_autoptr(DbRows) rows = db_query(db, queries[q].name, queries[q].sql, DB_VALUES(db_int4(id)), error);
        if (rows == NULL)
            return NULL;
        for (int32_t i = 0; i < db_rows_count(rows); i++)
            g_ptr_array_add(violations, g_strdup_printf("%s : %s", db_rows_text(rows, i, 0), db_rows_text(rows, i, 1)));
    }
    return g_steal_pointer(&violations);
}
