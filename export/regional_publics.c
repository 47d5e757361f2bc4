/* Regional workbook, page Publics: what is asked and served of each public; a head-count small enough to point at
 * persons is not published. */
#include "export/french.h"
#include "export/regional.h"
#include "export/sheet_table.h"

#include <stdlib.h>
#include <string.h>

static const SheetColumn columns[] = {
    {"Public", SHEET_TEXT, 0, false},
    {"Libellé", SHEET_WRAP, 46, false},
    {"Stagiaires demandés", SHEET_INTEGER, 0, false},
    {"Stagiaires servis", SHEET_INTEGER, 0, false},
    {"Part servie", SHEET_PERCENT, 0, false},
    {"Part de la demande", SHEET_PERCENT, 0, false},
    {"Part des servis", SHEET_PERCENT, 0, false},
};

typedef struct {
    const char *name;
    int64_t asked, served;
} Group;

static int by_name(const void *a, const void *b)
{
    return strcmp(((const Group *)a)->name, ((const Group *)b)->name);
}

/* One group of each public of the needs, by name. */
static GArray *find_groups(const Figures *figures)
{
    const Model *model = figures->model;
    g_autoptr(GArray) ones = g_array_new(FALSE, FALSE, sizeof(Group));
    GArray *groups = g_array_new(FALSE, FALSE, sizeof(Group));
    for (int32_t i = 0; i < model->n_besoins; i++)
        for (const char *const *name = model->besoins[i].publics; *name != NULL; name++) {
            Group one = {*name, figures->besoins[i].demande, figures->besoins[i].servi.effectif};
            g_array_append_val(ones, one);
        }
    g_array_sort(ones, by_name);
    for (guint i = 0; i < ones->len; i++) {
        const Group *one = &g_array_index(ones, Group, i);
        Group *last = groups->len > 0 ? &g_array_index(groups, Group, groups->len - 1) : NULL;
        if (last != NULL && strcmp(last->name, one->name) == 0) {
            last->asked += one->asked;
            last->served += one->served;
        } else
            g_array_append_val(groups, *one);
    }
    return groups;
}

static void published(SheetTable *table, bool hidden, int64_t n)
{
    if (hidden)
        sheet_table_none(table);
    else
        sheet_table_integer(table, n);
}

void regional_publics(const Classeur *classeur, Sheet *sheet)
{
    const FiguresShare *total = &classeur->figures->total;
    int32_t least = classeur->settings->petits_effectifs;
    g_autoptr(GArray) groups = find_groups(classeur->figures);
    g_autofree char *note = g_strdup_printf(
        "un stagiaire peut relever de plusieurs publics ; case vide : moins de %d stagiaires, ou déductible", least);
    classeur_head(classeur, sheet, "Publics", note);
    SheetTable *table = sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "Publics", columns, (int)G_N_ELEMENTS(columns));
    for (guint i = 0; i < groups->len; i++) {
        const Group *group = &g_array_index(groups, Group, i);
        int64_t left = group->asked - group->served;
        bool few = group->asked < least;
        /* what is left unserved must not be told by difference either */
        bool hide = few || (group->served > 0 && group->served < least) || (left > 0 && left < least);
        sheet_table_text(table, group->name);
        sheet_table_text(table, french_public(group->name));
        published(table, few, group->asked);
        published(table, hide, group->served);
        sheet_table_ratio(table, group->served, hide ? 0 : group->asked);
        sheet_table_ratio(table, group->asked, few ? 0 : total->demande);
        sheet_table_ratio(table, group->served, hide ? 0 : total->servi.effectif);
        sheet_table_end_row(table);
    }
    int last = sheet_table_end(table, 1);
    sheet_bars(sheet, CLASSEUR_TABLE_ROW + 1, 4, last, 4, 1);
}
