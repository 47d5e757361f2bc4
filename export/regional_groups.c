/* Regional workbook, pages Par OPCO and Par formation: what was asked and is served, grouped. */
#include "export/regional.h"
#include "export/sheet_table.h"

/* ---- Par OPCO ---- */

static const SheetColumn opco_columns[] = {
    {"OPCO", SHEET_WRAP, 40, false},
    {"Stagiaires demandés", SHEET_INTEGER, 0, true},
    {"Stagiaires servis", SHEET_INTEGER, 0, true},
    {"Part servie", SHEET_PERCENT, 0, false},
    {"Sessions", SHEET_INTEGER, 0, false},
    {"Coût total", SHEET_AMOUNT, 0, true},
    {"Rémunération remboursée", SHEET_AMOUNT, 0, true},
    {"Financé", SHEET_AMOUNT, 0, true},
    {"Reste à charge", SHEET_AMOUNT, 0, true},
    {"Enveloppes", SHEET_INTEGER, 0, true},
    {"Montant des enveloppes", SHEET_AMOUNT, 0, true},
    {"Acquis", SHEET_AMOUNT, 0, true},
    {"Disponible", SHEET_AMOUNT, 0, true},
    {"Part engagée", SHEET_PERCENT, 0, false},
};

void regional_opcos(const Classeur *classeur, Sheet *sheet)
{
    const Figures *figures = classeur->figures;
    classeur_head(classeur, sheet, "Par OPCO", "une session partagée compte chez chacun des OPCO de ses stagiaires");
    SheetTable *table =
        sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "ParOpco", opco_columns, (int)G_N_ELEMENTS(opco_columns));
    for (int32_t i = 0; i < figures->n_opcos; i++) {
        const FiguresOpco *opco = &figures->opcos[i];
        const FiguresSum *sum = &opco->share.servi;
        sheet_table_text(table, classeur_opco_name(opco->name));
        classeur_share(table, &opco->share);
        sheet_table_integer(table, opco->n_sessions);
        sheet_table_amount(table, figures_cost(sum));
        sheet_table_amount(table, sum->remuneration);
        sheet_table_amount(table, sum->finance);
        sheet_table_amount(table, sum->reste);
        sheet_table_integer(table, opco->n_enveloppes);
        sheet_table_amount(table, opco->montant);
        sheet_table_amount(table, opco->acquis);
        sheet_table_amount(table, opco->montant - opco->engage);
        sheet_table_ratio(table, opco->engage, opco->montant);
        sheet_table_end_row(table);
    }
    int last = sheet_table_end(table, 1), share = (int)G_N_ELEMENTS(opco_columns) - 1;
    sheet_bars(sheet, CLASSEUR_TABLE_ROW + 1, 3, last, 3, 1);
    sheet_bars(sheet, CLASSEUR_TABLE_ROW + 1, share, last, share, 1);
}

/* ---- Par formation ---- */

static const SheetColumn formation_columns[] = {
    {"Formation", SHEET_TEXT, 0, false},
    {"Intitulé", SHEET_WRAP, 50, false},
    {"Domaine", SHEET_WRAP, 28, false},
    {"Filière", SHEET_WRAP, 22, false},
    {"Stagiaires demandés", SHEET_INTEGER, 0, true},
    {"Stagiaires servis", SHEET_INTEGER, 0, true},
    {"Part servie", SHEET_PERCENT, 0, false},
    {"Sessions", SHEET_INTEGER, 0, true},
    {"Effectif moyen", SHEET_TENTHS, 0, false},
    {"Coût total", SHEET_AMOUNT, 0, true},
    {"Coût par stagiaire", SHEET_AMOUNT, 0, false},
    {"Reste à charge", SHEET_AMOUNT, 0, true},
};

void regional_formations(const Classeur *classeur, Sheet *sheet)
{
    const Figures *figures = classeur->figures;
    const Model *model = figures->model;
    classeur_head(classeur, sheet, "Par formation", "les formations demandées");
    SheetTable *table = sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "ParFormation", formation_columns,
                                        (int)G_N_ELEMENTS(formation_columns));
    for (int32_t i = 0; i < model->n_formations; i++) {
        const ModelFormation *formation = &model->formations[i];
        const FiguresShare *share = &figures->formations[i];
        int64_t served = share->servi.effectif, cost = figures_cost(&share->servi),
                sessions = figures->formation_sessions[i];
        if (share->demande == 0)
            continue;
        sheet_table_text(table, formation->code);
        sheet_table_text(table, formation->intitule);
        sheet_table_text(table, formation->domaine);
        sheet_table_text(table, formation->filiere);
        classeur_share(table, share);
        sheet_table_integer(table, sessions);
        if (sessions > 0)
            sheet_table_tenths(table, (served * 10 + sessions / 2) / sessions);
        else
            sheet_table_none(table);
        sheet_table_amount(table, cost);
        classeur_mean(table, cost, served);
        sheet_table_amount(table, share->servi.reste);
        sheet_table_end_row(table);
    }
    int last = sheet_table_end(table, 2);
    sheet_bars(sheet, CLASSEUR_TABLE_ROW + 1, 6, last, 6, 1);
}
