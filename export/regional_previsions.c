/* Regional workbook, page Prévisions: what each envelope pays month by month, firm and conditional; below, the months
 * of the region with their chart. */
#include "export/forecast.h"
#include "export/french.h"
#include "export/regional.h"
#include "export/sheet_table.h"

enum { ENVELOPPE, OPCO, PART, FIRST_MONTH };
enum { MONTH, FIRM, CONDITIONAL };

/* Columns of the table: their titles name months. Free with free_columns(). */
static SheetColumn *month_columns(const Figures *figures)
{
    SheetColumn *columns = g_new0(SheetColumn, FIRST_MONTH + figures->n_months + 1);
    columns[ENVELOPPE] = (SheetColumn){g_strdup("Enveloppe"), SHEET_TEXT, 0, false};
    columns[OPCO] = (SheetColumn){g_strdup("OPCO"), SHEET_WRAP, 24, false};
    columns[PART] = (SheetColumn){g_strdup("Part"), SHEET_TEXT, 0, false};
    for (int32_t m = 0; m < figures->n_months; m++)
        columns[FIRST_MONTH + m] =
            (SheetColumn){french_month_title(figures->months[m].year, figures->months[m].month), SHEET_AMOUNT, 0, true};
    columns[FIRST_MONTH + figures->n_months] = (SheetColumn){g_strdup("Total"), SHEET_AMOUNT, 0, true};
    return columns;
}

static void free_columns(SheetColumn *columns, int n)
{
    for (int i = 0; i < n; i++)
        g_free((char *)(uintptr_t)columns[i].title);
    g_free(columns);
}

static void write_part(SheetTable *table, const ModelEnveloppe *row, const Forecast *forecast, int32_t enveloppe,
                       bool firm)
{
    const ForecastPart *parts = &forecast->parts[enveloppe * forecast->n_months];
    sheet_table_text(table, row->code);
    sheet_table_text(table, row->opco);
    sheet_table_text(table, firm ? "Ferme" : "Conditionnelle");
    for (int32_t m = 0; m < forecast->n_months; m++) {
        int64_t amount = firm ? parts[m].ferme : parts[m].conditionnel;
        if (amount != 0)
            sheet_table_amount(table, amount);
        else
            sheet_table_none(table);
    }
    const ForecastPart *all = &forecast->enveloppes[enveloppe];
    sheet_table_amount(table, firm ? all->ferme : all->conditionnel);
    sheet_table_end_row(table);
}

/* The months of the region, and the chart beside them; begins in `row`. */
static void write_months(const Figures *figures, const Forecast *forecast, Sheet *sheet, int row)
{
    static const SheetSeries series[] = {{"Ferme", FIRM, SHEET_BLUE}, {"Conditionnel", CONDITIONAL, SHEET_LIGHT}};
    static const char *const titles[] = {"Mois de début", "Ferme", "Conditionnel"};
    ForecastPart total = {0, 0};
    sheet_text(sheet, row, MONTH, SHEET_HEADING, "Ensemble des enveloppes");
    sheet_height(sheet, row++, 22);
    for (int i = 0; i < (int)G_N_ELEMENTS(titles); i++)
        sheet_text(sheet, row, i, i == MONTH ? SHEET_HEADER : SHEET_HEADER_RIGHT, titles[i]);
    int first = ++row;
    for (int32_t m = 0; m < figures->n_months; m++, row++) {
        g_autofree char *name = french_month(figures->months[m].year, figures->months[m].month);
        sheet_text(sheet, row, MONTH, SHEET_TEXT, name);
        sheet_amount(sheet, row, FIRM, SHEET_AMOUNT, forecast->months[m].ferme);
        sheet_amount(sheet, row, CONDITIONAL, SHEET_AMOUNT, forecast->months[m].conditionnel);
        total.ferme += forecast->months[m].ferme;
        total.conditionnel += forecast->months[m].conditionnel;
    }
    sheet_text(sheet, row, MONTH, SHEET_TOTAL_TEXT, "Total");
    sheet_amount(sheet, row, FIRM, SHEET_TOTAL_AMOUNT, total.ferme);
    sheet_amount(sheet, row, CONDITIONAL, SHEET_TOTAL_AMOUNT, total.conditionnel);
    SheetChart chart = {SHEET_CHART_COLUMN_STACKED,
                        "Engagements par mois de début des sessions",
                        "Colonnes empilées : ce que paient chaque mois toutes les enveloppes, part ferme et part "
                        "conditionnelle, chiffres du tableau à gauche",
                        SHEET_KILO_EUROS,
                        false,
                        MONTH,
                        first,
                        row - 1,
                        series,
                        2,
                        720,
                        300};
    if (figures->n_months > 0)
        sheet_chart(sheet, first - 1, FIRST_MONTH, &chart);
}

void regional_previsions(const Classeur *classeur, Sheet *sheet)
{
    const Figures *figures = classeur->figures;
    const Model *model = figures->model;
    int n_columns = FIRST_MONTH + figures->n_months + 1;
    SheetColumn *columns = month_columns(figures);
    g_autoptr(Forecast) forecast = forecast_new(figures);
    classeur_head(classeur, sheet, "Prévisions",
                  "ce que paie chaque enveloppe, par mois de début des sessions ; l’acquis paie d’abord les premières");
    SheetTable *table = sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "Previsions", columns, n_columns);
    for (int32_t e = 0; e < model->n_enveloppes; e++) {
        write_part(table, &model->enveloppes[e], forecast, e, true);
        if (model->enveloppes[e].montant_acquis < model->enveloppes[e].montant)
            write_part(table, &model->enveloppes[e], forecast, e, false);
    }
    int last = sheet_table_end(table, PART + 1);
    free_columns(columns, n_columns);
    /* the months below need room for amounts */
    sheet_width(sheet, FIRM, 24);
    sheet_width(sheet, CONDITIONAL, 18);
    write_months(figures, forecast, sheet, last + 4);
}
