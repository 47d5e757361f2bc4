/* Regional workbook, page Synthèse: the plan on one printed page, for a committee. */
#include "export/attention.h"
#include "export/french.h"
#include "export/proof.h"
#include "export/regional.h"
#include "export/sheet_prose.h"

#include <string.h>

/* Columns: axes and types in A..D, OPCO in F..K, months in M..O; E and L keep them apart. */
enum {
    AXE,
    AXE_ASKED,
    AXE_SERVED,
    AXE_SHARE,
    GAP_1,
    OPCO,
    OPCO_ASKED,
    OPCO_SERVED,
    OPCO_COST,
    OPCO_USED,
    OPCO_LEFT,
    GAP_2,
    MONTH,
    MONTH_SESSIONS,
    MONTH_SERVED,
    N_COLUMNS
};
enum { CARD_ROW = 3, PROOF_ROW = 8, POINTS_ROW = 10 };

static const double widths[N_COLUMNS] = {43, 11, 9, 9, 1.5, 25, 11, 9, 14.5, 14.5, 14.5, 1.5, 12.5, 10.5, 11.5};
#define CHART_HEIGHT 280 /* pixels */
#define CHART_ROWS 15    /* of 20 pixels: a chart and a gap */

/* ---- six figures ---- */

/* "+ 1 234,00 € depuis le plan n° 2", "" without a plan before. */
static char *change_text(const ClasseurPrevious *previous, SheetStyle style, int64_t now, int64_t before)
{
    if (previous == NULL)
        return g_strdup("");
    int64_t change = now - before, size = change < 0 ? -change : change;
    g_autofree char *number = style == SHEET_CARD_AMOUNT ? french_amount(size) : french_integer(size);
    if (change == 0)
        return g_strdup_printf("inchangé depuis le plan n° %d", previous->numero);
    return g_strdup_printf("%s\u00A0%s depuis le plan n° %d", change < 0 ? "−" : "+", number, previous->numero);
}

/* "712 demandés", with the change in it. */
static char *asked_text(const Classeur *classeur)
{
    int64_t now = classeur->figures->total.demande;
    g_autofree char *asked = french_count(now, "demandé", "demandés");
    if (classeur->previous == NULL || classeur->previous->bilan.effectif_demande == now)
        return g_steal_pointer(&asked);
    int64_t change = now - classeur->previous->bilan.effectif_demande;
    g_autofree char *size = french_integer(change < 0 ? -change : change);
    return g_strdup_printf("%s (%s\u00A0%s)", asked, change < 0 ? "−" : "+", size);
}

static void cards(const Classeur *classeur, Sheet *sheet)
{
    static const int spans[][2] = {
        {AXE, AXE},           {AXE_ASKED, AXE_SHARE}, {OPCO, OPCO}, {OPCO_ASKED, OPCO_COST}, {OPCO_USED, OPCO_LEFT},
        {MONTH, MONTH_SERVED}};
    const Figures *figures = classeur->figures;
    const FiguresSum *sum = &figures->total.servi;
    int64_t cost = figures_cost(sum), fixed = 0, with_needs = 0;
    for (int32_t i = 0; i < figures->plan->n_sessions; i++)
        fixed += figures->plan->sessions[i].fixee != MODEL_NONE;
    for (int32_t i = 0; i < figures->model->n_siae; i++)
        with_needs += figures->siae[i].demande > 0;
    static const ClasseurPrevious none;
    const ClasseurPrevious *previous = classeur->previous != NULL ? classeur->previous : &none;
    const ModelBilan *before = &previous->bilan;
    g_autofree char *siae = french_count(with_needs, "SIAE", "SIAE");
    g_autofree char *asked = asked_text(classeur);
    g_autofree char *share = french_ratio(sum->effectif, figures->total.demande);
    g_autofree char *each = french_amount(figures_each(sum));
    g_autofree char *wages = french_amount(sum->remuneration);
    g_autofree char *left = french_ratio(sum->reste, cost);
    const struct {
        const char *name, *label;
        SheetStyle style;
        int64_t value, before;
        char *note;
    } rows[] = {
        {"Plan_Besoins", "Besoins exprimés", SHEET_CARD_INTEGER, figures->model->n_besoins, previous->n_besoins,
         g_strdup_printf("par %s", siae)},
        {"Plan_Stagiaires_servis", "Stagiaires servis", SHEET_CARD_INTEGER, sum->effectif, before->effectif_servi,
         g_strdup_printf("sur %s, %s", asked, share)},
        {"Plan_Sessions", "Sessions", SHEET_CARD_INTEGER, figures->plan->n_sessions, before->sessions,
         fixed > 0 ? french_count(fixed, "déjà fixée", "déjà fixées") : g_strdup("toutes nouvelles")},
        {"Plan_Cout", "Coût de la formation", SHEET_CARD_AMOUNT, cost, before->cout,
         g_strdup_printf("%s par stagiaire", each)},
        {"Plan_Finance", "Financé", SHEET_CARD_AMOUNT, sum->finance,
         before->cout + before->remuneration - before->reste_a_charge, g_strdup_printf("dont salaires %s", wages)},
        {"Plan_Reste_a_charge", "Reste à charge des SIAE", SHEET_CARD_AMOUNT, sum->reste, before->reste_a_charge,
         g_strdup_printf("%s du coût", left)},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        int first = spans[i][0], last = spans[i][1];
        sheet_merged(sheet, CARD_ROW, first, CARD_ROW, last, SHEET_CARD_LABEL, rows[i].label);
        sheet_merged_number(sheet, CARD_ROW + 1, first, CARD_ROW + 1, last, rows[i].style,
                            rows[i].style == SHEET_CARD_AMOUNT ? (double)rows[i].value / 100 : (double)rows[i].value);
        sheet_name(sheet, rows[i].name, CARD_ROW + 1, first, CARD_ROW + 1, first);
        sheet_merged(sheet, CARD_ROW + 2, first, CARD_ROW + 2, last, SHEET_CARD_NOTE, rows[i].note);
        g_free(rows[i].note);
        g_autofree char *change = change_text(classeur->previous, rows[i].style, rows[i].value, rows[i].before);
        sheet_merged(sheet, CARD_ROW + 3, first, CARD_ROW + 3, last, SHEET_CARD_NOTE, change);
    }
    sheet_height(sheet, CARD_ROW, 18);
    sheet_height(sheet, CARD_ROW + 1, 30);
    sheet_height(sheet, CARD_ROW + 2, 15);
    sheet_height(sheet, CARD_ROW + 3, classeur->previous != NULL ? 18 : 6);
}

/* ---- what is proven ---- */

static void proof(const Classeur *classeur, Sheet *sheet)
{
    const ModelBilan *bilan = &classeur->figures->plan->bilan;
    g_autofree char *points = proof_points(bilan), *cost = proof_cost(bilan);
    g_autofree char *text = g_strconcat(points, " ", cost, NULL);
    sheet_text(sheet, PROOF_ROW, 0, SHEET_HEADING, "Ce qui est prouvé");
    sheet_height(sheet, PROOF_ROW, 22);
    sheet_prose(sheet, PROOF_ROW + 1, 0, N_COLUMNS - 1, text);
}

/* ---- what needs a decision ---- */

/* Returns the row where the tables begin. */
static int points(const Classeur *classeur, Sheet *sheet)
{
    g_autoptr(GPtrArray) texts = attention_points(classeur);
    int row = POINTS_ROW;
    if (texts->len == 0)
        return row + 1;
    sheet_text(sheet, row, 0, SHEET_HEADING, "Ce qui appelle une décision");
    sheet_height(sheet, row++, 22);
    for (guint i = 0; i < texts->len; i++) {
        g_autofree char *text = g_strconcat("• ", texts->pdata[i], NULL);
        sheet_prose(sheet, row++, 0, N_COLUMNS - 1, text);
    }
    return row + 1;
}

/* ---- tables ---- */

static void header(Sheet *sheet, int row, int first, const char *const titles[], int n)
{
    for (int i = 0; i < n; i++)
        sheet_text(sheet, row, first + i, i == 0 ? SHEET_HEADER : SHEET_HEADER_RIGHT, titles[i]);
}

static void ratio(Sheet *sheet, int row, int column, SheetStyle style, int64_t part, int64_t whole)
{
    if (whole == 0)
        sheet_blank(sheet, row, column, style);
    else
        sheet_number(sheet, row, column, style, (double)part / (double)whole);
}

/* The style of a cell in a row that may be the total one. */
static SheetStyle of(SheetStyle style, bool total)
{
    return total ? sheet_style_total(style) : style;
}

static void share_row(Sheet *sheet, int row, const char *name, const FiguresShare *share, bool total)
{
    g_autofree char *shortened = french_shorten(name, 52);
    sheet_text(sheet, row, AXE, of(SHEET_TEXT, total), shortened);
    sheet_integer(sheet, row, AXE_ASKED, of(SHEET_INTEGER, total), share->demande);
    sheet_integer(sheet, row, AXE_SERVED, of(SHEET_INTEGER, total), share->servi.effectif);
    ratio(sheet, row, AXE_SHARE, of(SHEET_PERCENT, total), share->servi.effectif, share->demande);
}

/* Each table returns the row after its last. */
static int axes_table(const Figures *figures, Sheet *sheet, int row)
{
    static const char *const titles[] = {"Axe", "Demandés", "Servis", "Part"};
    header(sheet, row++, AXE, titles, (int)G_N_ELEMENTS(titles));
    for (int32_t i = 0; i < figures->model->n_axes; i++)
        share_row(sheet, row++, figures->model->axes[i].libelle, &figures->axes[i], false);
    share_row(sheet, row++, "Total", &figures->total, true);
    return row;
}

/* Types of SIAE that asked for something; the total is that of axes. */
static int types_table(const Figures *figures, Sheet *sheet, int row)
{
    static const char *const titles[] = {"Type de SIAE", "Demandés", "Servis", "Part"};
    header(sheet, row++, AXE, titles, (int)G_N_ELEMENTS(titles));
    for (int type = 0; type < TYPE_N; type++)
        if (figures->types[type].demande > 0)
            share_row(sheet, row++, vocabulary_word(&vocabulary_type, type), &figures->types[type], false);
    return row;
}

static void opco_row(Sheet *sheet, int row, const FiguresOpco *opco, bool total)
{
    SheetStyle text = of(SHEET_TEXT, total), integer = of(SHEET_INTEGER, total), amount = of(SHEET_AMOUNT, total);
    sheet_text(sheet, row, OPCO, text, opco->name);
    sheet_integer(sheet, row, OPCO_ASKED, integer, opco->share.demande);
    sheet_integer(sheet, row, OPCO_SERVED, integer, opco->share.servi.effectif);
    sheet_amount(sheet, row, OPCO_COST, amount, figures_cost(&opco->share.servi));
    sheet_amount(sheet, row, OPCO_USED, amount, opco->engage);
    sheet_amount(sheet, row, OPCO_LEFT, amount, opco->montant - opco->engage);
}

static int opco_table(const Figures *figures, Sheet *sheet, int row)
{
    static const char *const titles[] = {"OPCO", "Demandés", "Servis", "Coût", "Engagé", "Disponible"};
    FiguresOpco total = {.name = "Total", .share = figures->total};
    header(sheet, row++, OPCO, titles, (int)G_N_ELEMENTS(titles));
    for (int32_t i = 0; i < figures->n_opcos; i++, row++) {
        FiguresOpco opco = figures->opcos[i];
        total.montant += opco.montant;
        total.engage += opco.engage;
        opco.name = classeur_opco_name(opco.name);
        opco_row(sheet, row, &opco, false);
    }
    opco_row(sheet, row, &total, true);
    return row + 1;
}

static int months_table(const Figures *figures, Sheet *sheet, int row)
{
    static const char *const titles[] = {"Mois", "Sessions", "Stagiaires"};
    header(sheet, row++, MONTH, titles, (int)G_N_ELEMENTS(titles));
    for (int32_t i = 0; i < figures->n_months; i++, row++) {
        g_autofree char *name = french_month(figures->months[i].year, figures->months[i].month);
        sheet_text(sheet, row, MONTH, SHEET_TEXT, name);
        sheet_integer(sheet, row, MONTH_SESSIONS, SHEET_INTEGER, figures->months[i].sessions);
        sheet_integer(sheet, row, MONTH_SERVED, SHEET_INTEGER, figures->months[i].effectif);
    }
    sheet_text(sheet, row, MONTH, SHEET_TOTAL_TEXT, "Total");
    sheet_integer(sheet, row, MONTH_SESSIONS, SHEET_TOTAL_INTEGER, figures->plan->n_sessions);
    sheet_integer(sheet, row, MONTH_SERVED, SHEET_TOTAL_INTEGER, figures->total.servi.effectif);
    return row + 1;
}

/* ---- charts ---- */

/* Where tables stand, from which charts are drawn. */
typedef struct {
    int axes, types, n_types, opcos, months; /* rows of their first data, and how many types there are */
} Tables;

static void charts(const Figures *figures, Sheet *sheet, const Tables *tables, int row)
{
    static const SheetSeries demand[] = {{"Demandés", AXE_ASKED, SHEET_LIGHT}, {"Servis", AXE_SERVED, SHEET_BLUE}};
    static const SheetSeries members[] = {{"Demandés", OPCO_ASKED, SHEET_LIGHT}, {"Servis", OPCO_SERVED, SHEET_BLUE}};
    static const SheetSeries money[] = {{"Engagé", OPCO_USED, SHEET_BLUE}, {"Disponible", OPCO_LEFT, SHEET_LIGHT}};
    static const SheetSeries months[] = {{"Sessions", MONTH_SESSIONS, SHEET_BLUE}};
    const struct {
        int line, column, last_column, first, n_rows; /* line: 0 and 1, of charts */
        SheetChart chart;
    } rows[] = {
        {0,
         AXE,
         AXE_SHARE,
         tables->axes,
         figures->model->n_axes,
         {SHEET_CHART_BAR, "Demande servie par axe",
          "Barres : stagiaires demandés et servis de chaque axe, chiffres du tableau au-dessus", SHEET_COUNT, true, AXE,
          0, 0, demand, 2, 0, CHART_HEIGHT}},
        {0,
         OPCO,
         OPCO_LEFT,
         tables->opcos,
         figures->n_opcos,
         {SHEET_CHART_BAR_STACKED, "Enveloppes par OPCO : engagé et disponible",
          "Barres empilées : montant engagé et montant disponible des enveloppes de chaque OPCO, chiffres du tableau "
          "au-dessus",
          SHEET_KILO_EUROS, false, OPCO, 0, 0, money, 2, 0, CHART_HEIGHT}},
        {0,
         MONTH,
         MONTH_SERVED,
         tables->months,
         figures->n_months,
         {SHEET_CHART_COLUMN, "Sessions par mois de début",
          "Colonnes : nombre de sessions qui commencent chaque mois, chiffres du tableau au-dessus", SHEET_COUNT, true,
          MONTH, 0, 0, months, 1, 0, CHART_HEIGHT}},
        {1,
         AXE,
         AXE_SHARE,
         tables->types,
         tables->n_types,
         {SHEET_CHART_BAR, "Demande servie par type de SIAE",
          "Barres : stagiaires demandés et servis de chaque type de SIAE, chiffres du tableau au-dessus", SHEET_COUNT,
          true, AXE, 0, 0, demand, 2, 0, CHART_HEIGHT}},
        {1,
         OPCO,
         MONTH_SERVED,
         tables->opcos,
         figures->n_opcos,
         {SHEET_CHART_COLUMN, "Demande servie par OPCO",
          "Colonnes : stagiaires demandés et servis de chaque OPCO, chiffres du tableau au-dessus", SHEET_COUNT, true,
          OPCO, 0, 0, members, 2, 0, CHART_HEIGHT}},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (rows[i].n_rows == 0)
            continue;
        SheetChart chart = rows[i].chart;
        chart.first_row = rows[i].first;
        chart.last_row = rows[i].first + rows[i].n_rows - 1;
        chart.width = sheet_pixels(sheet, rows[i].column, rows[i].last_column);
        sheet_chart(sheet, row + rows[i].line * CHART_ROWS, rows[i].column, &chart);
    }
}

void regional_synthese(const Classeur *classeur, Sheet *sheet)
{
    const Figures *figures = classeur->figures;
    const ModelCampagne *campagne = &figures->model->campagne;
    g_autofree char *title =
        g_strdup_printf("Plan régional de formation inter-SIAE – %s", french_region(campagne->region));
    g_autofree char *from = french_day_short(campagne->date_debut), *to = french_day_short(campagne->date_fin);
    g_autofree char *period = g_strdup_printf("du %s au %s", from, to);
    classeur_head(classeur, sheet, title, period);
    for (int i = 0; i < N_COLUMNS; i++)
        sheet_width(sheet, i, widths[i]);
    cards(classeur, sheet);
    proof(classeur, sheet);
    int top = points(classeur, sheet);
    int types = axes_table(figures, sheet, top) + 1;
    int types_end = types_table(figures, sheet, types);
    int opcos_end = opco_table(figures, sheet, top), months_end = months_table(figures, sheet, top);
    Tables tables = {top + 1, types + 1, types_end - types - 1, top + 1, top + 1};
    const struct {
        const char *name;
        int first, last, column, last_column;
    } names[] = {{"Synthese_Axes", tables.axes, tables.axes + figures->model->n_axes, AXE, AXE_SHARE},
                 {"Synthese_Types", tables.types, types_end - 1, AXE, AXE_SHARE},
                 {"Synthese_OPCO", tables.opcos, opcos_end - 1, OPCO, OPCO_LEFT},
                 {"Synthese_Mois", tables.months, months_end - 1, MONTH, MONTH_SERVED}};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (names[i].last >= names[i].first)
            sheet_name(sheet, names[i].name, names[i].first, names[i].column, names[i].last, names[i].last_column);
    charts(figures, sheet, &tables, MAX(types_end, MAX(opcos_end, months_end)) + 1);
    sheet_print(sheet, -1, -1, -1, true, 0);
}
