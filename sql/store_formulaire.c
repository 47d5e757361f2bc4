/* The needs of the campaign before: see store_formulaire.h. */
#include "sql/store_formulaire.h"

#include "sql/db_query.h"

static void clear_besoin(gpointer data)
{
    StoreFormulaireBesoin *besoin = data;
    g_free(besoin->formation);
    g_free(besoin->axe);
    g_free(besoin->commune);
    g_ptr_array_unref(besoin->publics);
}

GArray *store_formulaire_besoins(Db *db, const Model *model, char **before, GError **error)
{
    *before = NULL;
    g_autoptr(DbRows) rows =
        db_query(db, DB_SQL(formulaire_precedents), DB_VALUES(db_text(model->campagne.code)), error);
    if (rows == NULL)
        return NULL;
    GArray *besoins = g_array_new(FALSE, FALSE, sizeof(StoreFormulaireBesoin));
    g_array_set_clear_func(besoins, clear_besoin);
    for (int32_t row = 0; row < db_rows_count(rows); row++) {
        StoreFormulaireBesoin besoin = {
            .siae = model_find_siae(model, db_rows_text(rows, row, 1)),
            .formation = g_strdup(db_rows_text(rows, row, 2)),
            .effectif = db_rows_int4(rows, row, 3),
            .priorite = db_rows_int4(rows, row, 4),
            .axe = g_strdup(db_rows_text(rows, row, 5)),
            .statut = (VocabularyStatut)vocabulary_find(&vocabulary_statut, db_rows_text(rows, row, 6)),
            .attestation = db_rows_bool(rows, row, 7),
            .commune = g_strdup(db_rows_text(rows, row, 8)),
            .rayon_km = db_rows_int4_or(rows, row, 9, MODEL_NONE),
            .publics = db_rows_texts(rows, row, 10),
        };
        if (*before == NULL)
            *before = g_strdup(db_rows_text(rows, row, 0));
        g_array_append_val(besoins, besoin);
    }
    return besoins;
}
