/* Regional workbook, page Besoins non couverts: why learners are not served, and what would change it. */
#include "export/attention.h"
#include "export/french.h"
#include "export/regional.h"
#include "export/sheet_table.h"

static const SheetColumn columns[] = {
    {"Besoin", SHEET_TEXT, 0, false},         {"SIAE", SHEET_WRAP, 26, false},
    {"OPCO", SHEET_WRAP, 20, false},          {"Formation", SHEET_WRAP, 44, false},
    {"Axe", SHEET_WRAP, 28, false},           {"Priorité", SHEET_INTEGER, 0, false},
    {"Demandés", SHEET_INTEGER, 0, false},    {"Servis", SHEET_INTEGER, 0, false},
    {"Non couverts", SHEET_INTEGER, 0, true}, {"Motif", SHEET_WRAP, 22, false},
    {"Explication", SHEET_WRAP, 50, false},   {"Ce qui changerait la situation", SHEET_WRAP, 44, false},
};

void regional_non_couverts(const Classeur *classeur, Sheet *sheet)
{
    const Figures *figures = classeur->figures;
    const Model *model = figures->model;
    g_autofree char *reasons = attention_not_served(classeur);
    classeur_head(classeur, sheet, "Besoins non couverts", "pourquoi, et ce qui changerait la situation");
    sheet_text(sheet, CLASSEUR_TABLE_ROW - 1, 0, SHEET_HEADING, reasons != NULL ? reasons : "Tous sont servis.");
    sheet_height(sheet, CLASSEUR_TABLE_ROW - 1, 24);
    SheetTable *table = sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "NonCouverts", columns, (int)G_N_ELEMENTS(columns));
    for (int32_t i = 0; i < figures->plan->n_non_couverts; i++) {
        const ModelPlanNonCouvert *row = &figures->plan->non_couverts[i];
        const ModelBesoin *besoin = &model->besoins[row->besoin];
        const ModelSiae *siae = &model->siae[besoin->siae];
        const FrenchMotif *motif = french_motif(row->motif);
        sheet_table_text(table, besoin->reference);
        sheet_table_text(table, siae->raison_sociale);
        sheet_table_text(table, classeur_opco_name(siae->opco));
        sheet_table_text(table, model->formations[besoin->formation].intitule);
        sheet_table_text(table, model->axes[besoin->axe].libelle);
        sheet_table_integer(table, besoin->priorite);
        sheet_table_integer(table, besoin->effectif);
        sheet_table_integer(table, figures->besoins[row->besoin].servi.effectif);
        sheet_table_integer(table, row->effectif);
        sheet_table_text(table, motif->label);
        sheet_table_text(table, row->detail[0] != '\0' ? row->detail : motif->reason);
        sheet_table_text(table, motif->remedy);
        sheet_table_end_row(table);
    }
    sheet_table_end(table, 1);
}
