/* What the cells of a form are chosen from: see formulaire_private.h. */
#include "export/formulaire_private.h"
#include "export/french.h"

#include <string.h>

typedef struct {
    char *key; /* orders as a French reader expects, whatever the locale */
    char *label;
} Entry;

static void clear_entry(gpointer data)
{
    Entry *entry = data;
    g_free(entry->key);
    g_free(entry->label);
}

static int compare_entries(gconstpointer a, gconstpointer b)
{
    const Entry *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order != 0 ? order : strcmp(x->label, y->label);
}

static void add(GArray *entries, const char *name, const char *code)
{
    g_autofree char *ascii = g_str_to_ascii(name, "fr");
    Entry entry = {g_ascii_strdown(ascii, -1), formulaire_label(name, code)};
    g_array_append_val(entries, entry);
}

/* The official publics of the IAE, and those the campaign names. */
static void add_publics(GArray *entries, const Model *model)
{
    static const char *const official[] = {"AAH",   "ASE",    "ASS",   "CAP_BEP", "DELD", "DETENTION_MJ",
                                           "DETLD", "FLE",    "JEUNE", "PI",      "PM",   "PSH_PR",
                                           "QPV",   "REF_DA", "RSA",   "SENIOR",  "TH",   "ZRR"};
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(official); i++)
        if (g_hash_table_add(seen, g_strdup(official[i])))
            add(entries, french_public(official[i]), official[i]);
    for (int32_t i = 0; i < model->n_priorites; i++) {
        const ModelPriorite *priorite = &model->priorites[i];
        if (priorite->critere == CRITERE_PUBLIC && g_hash_table_add(seen, g_strdup(priorite->valeur)))
            add(entries, priorite->valeur, priorite->valeur);
    }
}

static void add_catalogue(GArray *entries, const Model *model, FormulaireList list)
{
    if (list == FORMULAIRE_LIST_FORMATIONS)
        for (int32_t i = 0; i < model->n_formations; i++)
            add(entries, model->formations[i].intitule, model->formations[i].code);
    else if (list == FORMULAIRE_LIST_AXES)
        for (int32_t i = 0; i < model->n_axes; i++)
            add(entries, model->axes[i].libelle, model->axes[i].code);
    else if (list == FORMULAIRE_LIST_COMMUNES)
        for (int32_t i = 0; i < model->n_communes; i++)
            add(entries, model->communes[i].nom, model->communes[i].code_insee);
    else
        add_publics(entries, model);
}

GPtrArray *formulaire_list(const Model *model, FormulaireList list)
{
    static const char *const fixed[FORMULAIRE_LIST_N][5] = {
        [FORMULAIRE_LIST_PRIORITES] = {"1", "2", "3", "4"},
        [FORMULAIRE_LIST_STATUTS] = {"parcours", "permanent"},
        [FORMULAIRE_LIST_OUI_NON] = {"oui", "non"},
        [FORMULAIRE_LIST_GARDER] = {FORMULAIRE_KEEP, FORMULAIRE_DROP, FORMULAIRE_UNDECIDED},
        [FORMULAIRE_LIST_REPONSES] = {FORMULAIRE_ANSWER_NEEDS, FORMULAIRE_ANSWER_NONE},
    };
    GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; fixed[list][i] != NULL; i++)
        g_ptr_array_add(texts, g_strdup(fixed[list][i]));
    if (texts->len > 0)
        return texts;
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(Entry));
    g_array_set_clear_func(entries, clear_entry);
    add_catalogue(entries, model, list);
    g_array_sort(entries, compare_entries);
    for (guint i = 0; i < entries->len; i++)
        g_ptr_array_add(texts, g_strdup(g_array_index(entries, Entry, i).label));
    return texts;
}
