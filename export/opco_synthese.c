/* OPCO workbook, page Synthèse: the file on one printed page, its totals by every way, how to read it. */
#include "config/calendar.h"
#include "export/french.h"
#include "export/front.h"
#include "export/opco.h"

#include <stdlib.h>
#include <string.h>

#define CHART_HEIGHT 240
#define CHART_ROWS 13 /* of 20 pixels: a chart and a gap */

/* Envelopes of one dispositif. */
typedef struct {
    const char *name;
    int64_t montant, engage;
} Dispositif;

/* Requests to be filed within a month. */
typedef struct {
    int year, month;
    int64_t n, learners, amount;
} Month;

static int by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(((const Dispositif *)a)->name, ((const Dispositif *)b)->name);
}

static GArray *find_dispositifs(const Classeur *classeur)
{
    const Figures *figures = classeur->figures;
    GArray *list = g_array_new(FALSE, FALSE, sizeof(Dispositif));
    for (int32_t i = 0; i < figures->model->n_enveloppes; i++) {
        const ModelEnveloppe *row = &figures->model->enveloppes[i];
        guint at = 0;
        if (figures->opco_of_enveloppe[i] != classeur->opco)
            continue;
        while (at < list->len && strcmp(g_array_index(list, Dispositif, at).name, row->dispositif) != 0)
            at++;
        if (at == list->len) {
            Dispositif more = {row->dispositif, 0, 0};
            g_array_append_val(list, more);
        }
        g_array_index(list, Dispositif, at).montant += row->montant;
        g_array_index(list, Dispositif, at).engage += figures->engage[i];
    }
    g_array_sort(list, by_name);
    return list;
}

static int by_month(gconstpointer a, gconstpointer b)
{
    const Month *left = a, *right = b;
    return left->year * 12 + left->month - right->year * 12 - right->month;
}

static GArray *find_months(const GArray *requests)
{
    GArray *months = g_array_new(FALSE, FALSE, sizeof(Month));
    for (guint i = 0; i < requests->len; i++) {
        const OpcoRequest *request = &g_array_index(requests, OpcoRequest, i);
        Month key = {0};
        guint at = 0;
        calendar_split(request->limit, &key.year, &key.month, NULL);
        while (at < months->len && by_month(&g_array_index(months, Month, at), &key) != 0)
            at++;
        if (at == months->len)
            g_array_append_val(months, key);
        Month *month = &g_array_index(months, Month, at);
        month->n++;
        month->learners += request->sum.effectif;
        month->amount += request->sum.finance;
    }
    g_array_sort(months, by_month);
    return months;
}

static int32_t count_siae(const Classeur *classeur)
{
    const Figures *figures = classeur->figures;
    int32_t n = 0;
    for (int32_t i = 0; i < figures->model->n_siae; i++)
        n += figures->opco_of_siae[i] == classeur->opco && figures->siae[i].servi.effectif > 0;
    return n;
}

static char *prose(const Classeur *classeur, const GArray *requests)
{
    const Figures *figures = classeur->figures;
    int32_t today = figures->plan->date_plan, soon = 0, late = 0;
    for (guint i = 0; i < requests->len; i++) {
        int32_t limit = g_array_index(requests, OpcoRequest, i).limit;
        late += limit < today;
        soon += limit >= today && limit < today + OPCO_SOON;
    }
    g_autofree char *day = french_day(today), *all = french_count(requests->len, "demande", "demandes");
    if (requests->len == 0)
        return g_strdup_printf("Au %s, ce plan ne demande rien à cet OPCO.", day);
    g_autofree char *urgent = french_integer(soon), *missed = french_integer(late);
    return g_strdup_printf("Au %s, ce plan donne lieu à %s de prise en charge, une par SIAE et par session : %s à "
                           "déposer dans les %d jours, %s dont la date de dépôt est déjà passée. Des stagiaires des "
                           "autres OPCO, ce classeur ne donne que le nombre dans une session partagée.",
                           day, all, urgent, OPCO_SOON, missed);
}

static int begin(const Classeur *classeur, Sheet *sheet, const GArray *requests)
{
    const Figures *figures = classeur->figures;
    const FiguresOpco *opco = &figures->opcos[classeur->opco];
    const FiguresSum *sum = &opco->share.servi;
    int64_t cost = figures_cost(sum);
    g_autofree char *asked = french_integer(opco->share.demande), *wages = french_amount(sum->remuneration);
    g_autofree char *left = french_ratio(sum->reste, cost), *text = prose(classeur, requests);
    g_autofree char *share = french_ratio(opco->engage, opco->montant);
    g_autofree char *each = french_amount(figures_each(sum));
    FrontCard cards[FRONT_N_CARDS] = {
        {"Actions", SHEET_CARD_INTEGER, opco->n_sessions, french_count(requests->len, "demande", "demandes"),
         "Dossier_Actions"},
        {"Stagiaires", SHEET_CARD_INTEGER, sum->effectif, g_strdup_printf("sur %s demandés", asked),
         "Dossier_Stagiaires"},
        {"SIAE", SHEET_CARD_INTEGER, count_siae(classeur), g_strdup("avec des stagiaires"), "Dossier_SIAE"},
        {"Coût de la formation", SHEET_CARD_AMOUNT, cost, g_strdup_printf("%s par stagiaire", each), "Dossier_Cout"},
        {"Part de l’OPCO", SHEET_CARD_AMOUNT, sum->finance,
         sum->remuneration > 0 ? g_strdup_printf("dont salaires %s", wages)
                               : g_strdup_printf("%s des enveloppes", share),
         "Dossier_Part_OPCO"},
        {"Reste à charge", SHEET_CARD_AMOUNT, sum->reste, g_strdup_printf("%s du coût", left),
         "Dossier_Reste_a_charge"},
    };
    return front_begin(classeur, sheet, "Dossier de l’OPCO", "", cards, text);
}

static void amounts(Sheet *sheet, int row, int first, bool total, const int64_t values[3])
{
    SheetStyle style = total ? SHEET_TOTAL_AMOUNT : SHEET_AMOUNT;
    for (int i = 0; i < 3; i++)
        sheet_amount(sheet, row, first + i, style, values[i]);
}

/* The two tables return the row after their last. */
static int dispositifs_table(Sheet *sheet, int row, const GArray *list)
{
    static const char *const titles[] = {"Dispositif", "Enveloppes", "Engagé", "Disponible"};
    int64_t montant = 0, engage = 0;
    row = front_table(sheet, row, FRONT_NAME, "Les enveloppes, par dispositif", titles, SHEET_AMOUNT);
    for (guint i = 0; i < list->len; i++, row++) {
        const Dispositif *d = &g_array_index(list, Dispositif, i);
        g_autofree char *name = french_shorten(d->name, 38);
        sheet_text(sheet, row, FRONT_NAME, SHEET_TEXT, name);
        amounts(sheet, row, FRONT_1, false, (const int64_t[]){d->montant, d->engage, d->montant - d->engage});
        montant += d->montant;
        engage += d->engage;
    }
    sheet_text(sheet, row, FRONT_NAME, SHEET_TOTAL_TEXT, "Total");
    amounts(sheet, row, FRONT_1, true, (const int64_t[]){montant, engage, montant - engage});
    return row + 1;
}

static int months_table(Sheet *sheet, int row, const GArray *months)
{
    static const char *const titles[] = {"Mois", "Demandes", "Stagiaires", "Montant demandé"};
    Month total = {0};
    row = front_table(sheet, row, FRONT_RIGHT_NAME, "Les demandes, par mois de dépôt", titles, SHEET_INTEGER);
    for (guint i = 0; i < months->len; i++, row++) {
        const Month *month = &g_array_index(months, Month, i);
        g_autofree char *name = french_month(month->year, month->month);
        sheet_text(sheet, row, FRONT_RIGHT_NAME, SHEET_TEXT, name);
        sheet_integer(sheet, row, FRONT_RIGHT_1, SHEET_INTEGER, month->n);
        sheet_integer(sheet, row, FRONT_RIGHT_2, SHEET_INTEGER, month->learners);
        sheet_amount(sheet, row, FRONT_RIGHT_3, SHEET_AMOUNT, month->amount);
        total.n += month->n;
        total.learners += month->learners;
        total.amount += month->amount;
    }
    sheet_text(sheet, row, FRONT_RIGHT_NAME, SHEET_TOTAL_TEXT, "Total");
    sheet_integer(sheet, row, FRONT_RIGHT_1, SHEET_TOTAL_INTEGER, total.n);
    sheet_integer(sheet, row, FRONT_RIGHT_2, SHEET_TOTAL_INTEGER, total.learners);
    sheet_amount(sheet, row, FRONT_RIGHT_3, SHEET_TOTAL_AMOUNT, total.amount);
    return row + 1;
}

static int charts(Sheet *sheet, int row, int first_dispositif, guint n_dispositifs, int first_month, guint n_months)
{
    static const SheetSeries money[] = {{"Engagé", FRONT_2, SHEET_BLUE}, {"Disponible", FRONT_3, SHEET_LIGHT}};
    static const SheetSeries asked[] = {{"Montant demandé", FRONT_RIGHT_3, SHEET_BLUE}};
    SheetChart left = {SHEET_CHART_BAR_STACKED,
                       "Enveloppes : engagé et disponible",
                       "Barres empilées : montant engagé et disponible de chaque dispositif, chiffres du tableau "
                       "au-dessus",
                       SHEET_EUROS,
                       false,
                       FRONT_NAME,
                       first_dispositif,
                       first_dispositif + (int)n_dispositifs - 1,
                       money,
                       2,
                       sheet_pixels(sheet, FRONT_NAME, FRONT_3),
                       CHART_HEIGHT};
    SheetChart right = {SHEET_CHART_COLUMN,
                        "Montant demandé, par mois de dépôt",
                        "Colonnes : montant des demandes à déposer chaque mois, chiffres du tableau au-dessus",
                        SHEET_EUROS,
                        false,
                        FRONT_RIGHT_NAME,
                        first_month,
                        first_month + (int)n_months - 1,
                        asked,
                        1,
                        sheet_pixels(sheet, FRONT_RIGHT_NAME, FRONT_RIGHT_3),
                        CHART_HEIGHT};
    if (n_dispositifs > 0)
        sheet_chart(sheet, row, FRONT_NAME, &left);
    if (n_months > 0)
        sheet_chart(sheet, row, FRONT_RIGHT_NAME, &right);
    return n_dispositifs + n_months > 0 ? row + CHART_ROWS : row;
}

/* The same total told by every page: each is added up there by the reader's spreadsheet, and here by another way. */
static int controls(const Classeur *classeur, Sheet *sheet, int row, const GArray *requests)
{
    static const char *const titles[] = {"Page et colonne", "Total", "Écart", ""};
    const Figures *figures = classeur->figures;
    int64_t charged = 0, asked = 0;
    for (int32_t i = 0; i < figures->plan->n_charges; i++)
        charged += classeur_holds(classeur, figures->plan->charges[i].besoin) ? figures->plan->charges[i].montant : 0;
    for (guint i = 0; i < requests->len; i++)
        asked += g_array_index(requests, OpcoRequest, i).sum.finance;
    const FiguresOpco *opco = &figures->opcos[classeur->opco];
    const struct {
        const char *name, *formula;
        int64_t value;
    } rows[] = {
        {"Actions, part de l’OPCO", "=SUM(Actions[Part de l’OPCO])", opco->share.servi.finance},
        {"Stagiaires, financé", "=SUM(Stagiaires[Financé])", opco->share.servi.finance},
        {"Enveloppes, engagé", "=SUM(Enveloppes[Engagé])", opco->engage},
        {"Imputations, montant imputé", "=SUM(Imputations[Montant imputé])", charged},
        {"Pièces à fournir, montant demandé", "=SUM(Pieces[Montant demandé])", asked},
    };
    int first = row = front_table(sheet, row, FRONT_NAME, "Le même total par chaque page", titles, SHEET_AMOUNT);
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++, row++) {
        g_autofree char *difference = g_strdup_printf("=B%d-B%d", row + 1, first + 1);
        sheet_text(sheet, row, FRONT_NAME, SHEET_TEXT, rows[i].name);
        sheet_formula(sheet, row, FRONT_1, SHEET_AMOUNT, rows[i].formula, (double)rows[i].value / 100);
        sheet_formula(sheet, row, FRONT_2, SHEET_AMOUNT, difference, (double)(rows[i].value - rows[0].value) / 100);
        sheet_text(sheet, row, FRONT_3, SHEET_CENTRE, rows[i].value == rows[0].value ? "Conforme" : "À vérifier");
    }
    return row;
}

void opco_synthese(const Classeur *classeur, Sheet *sheet)
{
    static const char *const guide[] = {
        "Une ligne par session de l’OPCO, avec ce que demande un portail. Gris : donnée non fournie.",
        "Une ligne par stagiaire, sans identité. Colonnes grises : à saisir par la SIAE, jamais ici.",
        "Montant, part acquise, engagé par ce plan, disponible.",
        "Ce que chaque enveloppe paie, session par session et besoin par besoin.",
        "Une ligne par demande : date limite de dépôt, pièces à joindre, suivi à compléter.",
    };
    g_autoptr(GArray) requests = opco_requests(classeur), list = find_dispositifs(classeur);
    g_autoptr(GArray) months = find_months(requests);
    int top = begin(classeur, sheet, requests);
    int left = dispositifs_table(sheet, top, list), right = months_table(sheet, top, months);
    int row = charts(sheet, MAX(left, right) + 1, top + 2, list->len, top + 2, months->len);
    row = controls(classeur, sheet, row, requests);
    front_end(sheet, row + 1, opco_pages, guide);
}
