/* Page Enveloppes of both kinds of workbook: money granted, certain, used and left. */
#include "export/regional.h"
#include "export/sheet_table.h"

static const SheetColumn columns[] = {
    {"Enveloppe", SHEET_TEXT, 0, false},       {"OPCO", SHEET_WRAP, 26, false},
    {"Dispositif", SHEET_WRAP, 26, false},     {"Axe", SHEET_WRAP, 42, false},
    {"Débuts du", SHEET_DAY, 0, false},        {"Débuts au", SHEET_DAY, 0, false},
    {"Fin au plus tard", SHEET_DAY, 0, false}, {"Montant", SHEET_AMOUNT, 0, true},
    {"Acquis", SHEET_AMOUNT, 0, true},         {"Conditionnel", SHEET_AMOUNT, 0, true},
    {"Engagé", SHEET_AMOUNT, 0, true},         {"Engagé conditionnel", SHEET_AMOUNT, 0, true},
    {"Disponible", SHEET_AMOUNT, 0, true},     {"Part engagée", SHEET_PERCENT, 0, false},
};

void regional_enveloppes(const Classeur *classeur, Sheet *sheet)
{
    const Figures *figures = classeur->figures;
    const Model *model = figures->model;
    classeur_head(classeur, sheet, "Enveloppes",
                  "ferme : ce qui est acquis ; conditionnel : le reste du montant ; l’acquis est engagé d’abord");
    SheetTable *table = sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "Enveloppes", columns, (int)G_N_ELEMENTS(columns));
    for (int32_t i = 0; i < model->n_enveloppes; i++) {
        const ModelEnveloppe *row = &model->enveloppes[i];
        if (classeur->opco != CLASSEUR_REGION && figures->opco_of_enveloppe[i] != classeur->opco)
            continue;
        sheet_table_text(table, row->code);
        sheet_table_text(table, row->opco);
        sheet_table_text(table, row->dispositif);
        sheet_table_text(table, row->axe == MODEL_NONE ? "Tous" : model->axes[row->axe].libelle);
        sheet_table_day(table, row->debut_min);
        sheet_table_day(table, row->debut_max);
        if (row->fin_max == MODEL_NONE)
            sheet_table_none(table);
        else
            sheet_table_day(table, row->fin_max);
        sheet_table_amount(table, row->montant);
        sheet_table_amount(table, row->montant_acquis);
        sheet_table_amount(table, row->montant - row->montant_acquis);
        sheet_table_amount(table, figures->engage[i]);
        sheet_table_amount(table, MAX(figures->engage[i] - row->montant_acquis, 0));
        sheet_table_amount(table, row->montant - figures->engage[i]);
        sheet_table_ratio(table, figures->engage[i], row->montant);
        sheet_table_end_row(table);
    }
    int last = sheet_table_end(table, 1);
    int share = (int)G_N_ELEMENTS(columns) - 1;
    sheet_bars(sheet, CLASSEUR_TABLE_ROW + 1, share, last, share, 1);
}
