/* Reports to senders as data: see rapport.h. */
#include "sql/rapport.h"

static void clear_constat(gpointer data)
{
    RapportConstat *constat = data;
    g_free(constat->probleme);
    g_free(constat->remede);
}

static void clear_ligne(gpointer data)
{
    g_strfreev(((RapportLigne *)data)->cellules);
}

static void free_table(gpointer data)
{
    RapportTable *table = data;
    g_array_unref(table->constats);
    g_array_unref(table->lignes);
    g_free(table);
}

RapportFichier *rapport_new(const char *fichier, const char *nom)
{
    RapportFichier *rapport = g_new0(RapportFichier, 1);
    rapport->fichier = fichier;
    rapport->nom = g_strdup(nom);
    rapport->tables = g_ptr_array_new_with_free_func(free_table);
    return rapport;
}

RapportTable *rapport_table(RapportFichier *fichier, const char *nom)
{
    RapportTable *table = g_new0(RapportTable, 1);
    table->nom = nom;
    table->constats = g_array_new(FALSE, FALSE, sizeof(RapportConstat));
    table->lignes = g_array_new(FALSE, FALSE, sizeof(RapportLigne));
    g_array_set_clear_func(table->constats, clear_constat);
    g_array_set_clear_func(table->lignes, clear_ligne);
    g_ptr_array_add(fichier->tables, table);
    return table;
}

void rapport_free(RapportFichier *fichier)
{
    if (fichier == NULL)
        return;
    g_free(fichier->nom);
    g_ptr_array_unref(fichier->tables);
    g_free(fichier);
}
