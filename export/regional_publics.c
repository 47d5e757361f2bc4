/* Regional workbook, page Publics: what is asked and served of each public; a head-count small enough to point at
 * persons is not published. */
#include "export/french.h"
#include "export/publics.h"
#include "export/regional.h"
#include "export/sheet_table.h"

static const SheetColumn columns[] = {
    {"Public", SHEET_TEXT, 0, false},
    {"Libellé", SHEET_WRAP, 46, false},
    {"Stagiaires demandés", SHEET_INTEGER, 0, false},
    {"Stagiaires servis", SHEET_INTEGER, 0, false},
    {"Part servie", SHEET_PERCENT, 0, false},
    {"Part de la demande", SHEET_PERCENT, 0, false},
    {"Part des servis", SHEET_PERCENT, 0, false},
};

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
    g_autoptr(GArray) groups = publics_list(classeur->figures, least);
    g_autofree char *note = g_strdup_printf(
        "un stagiaire peut relever de plusieurs publics ; case vide : moins de %d stagiaires, ou déductible", least);
    classeur_head(classeur, sheet, "Publics", note);
    SheetTable *table = sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "Publics", columns, (int)G_N_ELEMENTS(columns));
    for (guint i = 0; i < groups->len; i++) {
        const Publics *group = &g_array_index(groups, Publics, i);
        sheet_table_text(table, group->name);
        sheet_table_text(table, french_public(group->name));
        published(table, group->few, group->asked);
        published(table, group->hidden, group->served);
        sheet_table_ratio(table, group->served, group->hidden ? 0 : group->asked);
        sheet_table_ratio(table, group->asked, group->few ? 0 : total->demande);
        sheet_table_ratio(table, group->served, group->hidden ? 0 : total->servi.effectif);
        sheet_table_end_row(table);
    }
    int last = sheet_table_end(table, 1);
    sheet_bars(sheet, CLASSEUR_TABLE_ROW + 1, 4, last, 4, 1);
}
