/* SIAE workbook, page Besoins: what was asked, where it is served, what is not and why. Only the motif is told: the
 * planner's explanation may name another SIAE's need. */
#include "export/french.h"
#include "export/sheet_table.h"
#include "export/siae.h"

static const SheetColumn columns[] = {
    {"Besoin", SHEET_TEXT, 0, false},
    {"Formation", SHEET_WRAP, 44, false},
    {"Axe", SHEET_WRAP, 28, false},
    {"Priorité", SHEET_INTEGER, 0, false},
    {"À partir du", SHEET_DAY, 0, false},
    {"Jusqu’au", SHEET_DAY, 0, false},
    {"Demandés", SHEET_INTEGER, 0, true},
    {"Servis", SHEET_INTEGER, 0, true},
    {"Non servis", SHEET_INTEGER, 0, true},
    {"Sessions", SHEET_WRAP, 34, false},
    {"Reste à charge", SHEET_AMOUNT, 0, true},
    {"Pourquoi", SHEET_WRAP, 46, false},
    {"Ce qui le changerait", SHEET_WRAP, 46, false},
};

/* A line for each session that serves the need. */
static char *sessions_of(const Classeur *classeur, int32_t besoin)
{
    const ModelPlan *plan = classeur->figures->plan;
    GString *text = g_string_new(NULL);
    int32_t n, last = MODEL_NONE;
    const int32_t *rows = classeur_rows(classeur, &n);
    for (int32_t i = 0; i < n; i++) {
        const ModelPlanAffectation *row = &plan->affectations[rows[i]];
        if (row->besoin != besoin || row->session == last)
            continue;
        g_autofree char *day = french_day_short(plan->sessions[row->session].debut);
        g_string_append_printf(text, "%s%s (%s)", text->len > 0 ? "\n" : "", plan->sessions[row->session].code, day);
        last = row->session;
    }
    return g_string_free(text, FALSE);
}

static void write_need(const Classeur *classeur, SheetTable *table, int32_t position)
{
    const Figures *figures = classeur->figures;
    const Model *model = figures->model;
    const ModelBesoin *besoin = &model->besoins[position];
    const FiguresShare *share = &figures->besoins[position];
    GString *why = g_string_new(NULL), *remedy = g_string_new(NULL);
    for (int32_t i = figures->first_non_couvert[position]; i < figures->first_non_couvert[position + 1]; i++) {
        const ModelPlanNonCouvert *row = &figures->plan->non_couverts[i];
        const FrenchMotif *motif = french_motif(row->motif);
        const char *line = why->len > 0 ? "\n" : "";
        g_string_append_printf(why, "%s%s (%d) : %s", line, motif->label, row->effectif, motif->reason);
        g_string_append_printf(remedy, "%s%s", line, motif->remedy);
    }
    g_autofree char *sessions = sessions_of(classeur, position);
    g_autofree char *whys = g_string_free(why, FALSE), *remedies = g_string_free(remedy, FALSE);
    sheet_table_text(table, besoin->reference);
    sheet_table_text(table, model->formations[besoin->formation].intitule);
    sheet_table_text(table, model->axes[besoin->axe].libelle);
    sheet_table_integer(table, besoin->priorite);
    sheet_table_day(table, besoin->date_debut);
    sheet_table_day(table, besoin->date_fin);
    sheet_table_integer(table, share->demande);
    sheet_table_integer(table, share->servi.effectif);
    sheet_table_integer(table, share->demande - share->servi.effectif);
    sheet_table_text(table, sessions);
    sheet_table_amount(table, share->servi.reste);
    sheet_table_text(table, whys);
    sheet_table_text(table, remedies);
    sheet_table_end_row(table);
}

void siae_besoins(const Classeur *classeur, Sheet *sheet)
{
    classeur_head(classeur, sheet, "Besoins", "ce que vous avez demandé, où c’est servi, pourquoi cela ne l’est pas");
    SheetTable *table = sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "Besoins", columns, (int)G_N_ELEMENTS(columns));
    const FiguresGroups *needs = &classeur->figures->besoins_by_siae;
    for (int32_t i = needs->first[classeur->siae]; i < needs->first[classeur->siae + 1]; i++)
        write_need(classeur, table, needs->rows[i]);
    sheet_table_end(table, 2);
}
