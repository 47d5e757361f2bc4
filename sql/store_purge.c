/* Removal of campaigns: see store_purge.h. */
#include "sql/store_purge.h"

#include "config/fault.h"
#include "sql/db_query.h"

#include <stdio.h>

/* What the campaign holds, as text; NULL with *error when there is none. */
static char *contents_of(Db *db, const char *campagne, GError **error)
{
    static const char *const names[] = {"chargements", "fichiers reçus (empreintes et comptes)",
                                        "besoins",     "dont avec un pseudonyme de stagiaire",
                                        "plans",       "affectations de stagiaires"};
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(purge_count), DB_VALUES(db_text(campagne)), error);
    if (rows == NULL)
        return NULL;
    if (db_rows_count(rows) == 0) {
        g_set_error(error, FAULT, FAULT_INPUT, "unknown campaign '%s': nothing was loaded under that code", campagne);
        return NULL;
    }
    GString *text = g_string_new(NULL);
    for (int i = 0; i < (int)G_N_ELEMENTS(names); i++)
        g_string_append_printf(text, "  %10" G_GINT64_FORMAT "  %s\n", db_rows_int8(rows, 0, i), names[i]);
    return g_string_free(text, FALSE);
}

bool store_purge(Db *db, const char *campagne, bool confirmed, GError **error)
{
    if (!db_begin(db, error))
        return false;
    g_autofree char *contents = contents_of(db, campagne, error);
    bool done = contents != NULL;
    if (done && confirmed)
        done = db_execute(db, DB_SQL(purge_campagne), DB_VALUES(db_text(campagne)), error) && db_commit(db, error);
    if (!done || !confirmed)
        db_rollback(db);
    if (!done)
        return false;
    printf("Campagne %s : %s\n%s", campagne,
           confirmed ? "supprimé" : "serait supprimé (rien ne l'est sans --confirmer)", contents);
    puts("Les fichiers reçus et les classeurs écrits sont hors de la base : à supprimer à part.");
    return true;
}
