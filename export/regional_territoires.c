/* Regional workbook, pages Par territoire and Par commune: from where learners are asked, and where nobody can reach a
 * session (zone blanche). */
#include "export/regional.h"
#include "export/sheet_table.h"
#include "export/territoires.h"

/* ---- Par territoire ---- */

static const SheetColumn zone_columns[] = {
    {"Territoire", SHEET_WRAP, 40, false},
    {"Communes de départ", SHEET_INTEGER, 0, true},
    {"Zones blanches", SHEET_INTEGER, 0, true},
    {"Stagiaires demandés", SHEET_INTEGER, 0, true},
    {"Stagiaires servis", SHEET_INTEGER, 0, true},
    {"Part servie", SHEET_PERCENT, 0, false},
    {"Sans session accessible", SHEET_INTEGER, 0, true},
    {"Sessions sur place", SHEET_INTEGER, 0, true},
    {"Coût total", SHEET_AMOUNT, 0, true},
    {"Frais annexes", SHEET_AMOUNT, 0, true},
    {"Reste à charge", SHEET_AMOUNT, 0, true},
};

void regional_zones(const Classeur *classeur, Sheet *sheet)
{
    const Model *model = classeur->figures->model;
    g_autofree Territoire *places = territoires_new(classeur->figures);
    int32_t n = territoires_gather(model, places);
    classeur_head(classeur, sheet, "Par territoire", "d’où partent les stagiaires : territoires reliés entre eux");
    SheetTable *table =
        sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "ParTerritoire", zone_columns, (int)G_N_ELEMENTS(zone_columns));
    for (int32_t i = 0; i < n; i++) {
        const FiguresSum *sum = &places[i].share.servi;
        sheet_table_text(table, territoires_zone(&model->communes[places[i].commune]));
        sheet_table_integer(table, places[i].communes);
        sheet_table_integer(table, places[i].blanches);
        classeur_share(table, &places[i].share);
        sheet_table_integer(table, places[i].far);
        sheet_table_integer(table, places[i].sessions);
        sheet_table_amount(table, figures_cost(sum));
        sheet_table_amount(table, sum->annexe);
        sheet_table_amount(table, sum->reste);
        sheet_table_end_row(table);
    }
    int last = sheet_table_end(table, 1);
    sheet_bars(sheet, CLASSEUR_TABLE_ROW + 1, 5, last, 5, 1);
}

/* ---- Par commune ---- */

static const SheetColumn commune_columns[] = {
    {"Code INSEE", SHEET_TEXT, 0, false},
    {"Commune", SHEET_WRAP, 30, false},
    {"Territoire", SHEET_WRAP, 28, false},
    {"Stagiaires demandés", SHEET_INTEGER, 0, true},
    {"Stagiaires servis", SHEET_INTEGER, 0, true},
    {"Part servie", SHEET_PERCENT, 0, false},
    {"Sans session accessible", SHEET_INTEGER, 0, true},
    {"Zone blanche", SHEET_CENTRE, 0, false},
    {"Sessions sur place", SHEET_INTEGER, 0, true},
    {"Session la plus proche (km)", SHEET_TENTHS, 0, false},
    {"Coût total", SHEET_AMOUNT, 0, true},
    {"Frais annexes", SHEET_AMOUNT, 0, true},
};

void regional_communes(const Classeur *classeur, Sheet *sheet)
{
    const Figures *figures = classeur->figures;
    const Model *model = figures->model;
    g_autofree Territoire *places = territoires_new(figures);
    classeur_head(classeur, sheet, "Par commune",
                  "zone blanche : aucun stagiaire n’y a de session de sa formation dans le rayon qu’il accepte");
    SheetTable *table =
        sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "ParCommune", commune_columns, (int)G_N_ELEMENTS(commune_columns));
    for (int32_t c = 0; c < model->n_communes; c++) {
        const FiguresSum *sum = &places[c].share.servi;
        if (places[c].communes == 0 && places[c].sessions == 0)
            continue;
        int32_t km = places[c].sessions > 0 ? 0 : territoires_nearest(model, places, c);
        sheet_table_text(table, model->communes[c].code_insee);
        sheet_table_text(table, model->communes[c].nom);
        sheet_table_text(table, territoires_zone(&model->communes[c]));
        classeur_share(table, &places[c].share);
        sheet_table_integer(table, places[c].far);
        sheet_table_text(table, places[c].blanches > 0 ? "Oui" : "");
        sheet_table_integer(table, places[c].sessions);
        if (km != MODEL_NONE)
            sheet_table_tenths(table, km);
        else
            sheet_table_none(table);
        sheet_table_amount(table, figures_cost(sum));
        sheet_table_amount(table, sum->annexe);
        sheet_table_end_row(table);
    }
    int last = sheet_table_end(table, 2);
    sheet_bars(sheet, CLASSEUR_TABLE_ROW + 1, 5, last, 5, 1);
}
