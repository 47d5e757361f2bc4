/* Regional workbook, page Fiches session: a block a session, to be printed and handed over: when, where, who comes from
 * where, who pays what. */
#include "config/calendar.h"
#include "export/french.h"
#include "export/regional.h"
#include "export/sheet_prose.h"

#include <string.h>

enum { SIAE, TYPE, OPCO, TOWN, LEARNERS, DISTANCE, COST, WAGES, FUNDED, LEFT, N_COLUMNS };

static const struct {
    const char *title;
    double width;
    SheetStyle style;
} columns[N_COLUMNS] = {
    {"SIAE", 34, SHEET_WRAP},          {"Type", 8, SHEET_CENTRE},
    {"OPCO", 24, SHEET_WRAP},          {"Commune", 22, SHEET_WRAP},
    {"Stagiaires", 12, SHEET_INTEGER}, {"Distance (km)", 14, SHEET_TENTHS},
    {"Coût", 15, SHEET_AMOUNT},        {"Rémunération", 15, SHEET_AMOUNT},
    {"Financé", 15, SHEET_AMOUNT},     {"Reste à charge", 15, SHEET_AMOUNT},
};
#define HEADING_HEIGHT 20 /* points */
#define ROW_HEIGHT 15
#define HEAD_HEIGHT 57 /* of the title and the two rows below it */

/* "12, 13 et 14 janvier 2027" would be long for many days: each as 12/01, the year once. */
static char *days_text(const ModelPlanSession *session)
{
    GString *text = g_string_new(NULL);
    for (int32_t j = 0; j < session->n_jours; j++) {
        int year, month, date;
        calendar_split(session->jours[j], &year, &month, &date);
        g_string_append_printf(text, "%s%02d/%02d", j > 0 ? ", " : "", date, month);
        if (j == session->n_jours - 1)
            g_string_append_printf(text, "/%d", year);
    }
    return g_string_free(text, FALSE);
}

/* What is being written: the next row, and how high are those since the page began. */
typedef struct {
    Sheet *sheet;
    int row;
    double height; /* points */
} Page;

static void end_row(Page *page)
{
    page->height += ROW_HEIGHT;
    page->row++;
}

/* A sentence across the block. */
static void line(Page *page, const char *text)
{
    page->height += sheet_prose(page->sheet, page->row++, 0, N_COLUMNS - 1, text);
}

/* "Groupe : 6 stagiaires de 3 SIAE (de 4 à 6), 28 heures, 33,43 € par heure et par stagiaire". */
static char *group_text(const Model *model, const ModelPlanSession *session)
{
    const ModelOffre *offre = &model->offres[session->offre];
    int32_t heures = model->formations[offre->formation].heures;
    int64_t cost = session->cout_pedagogique + session->cout_annexe;
    g_autofree char *learners = french_count(session->effectif, "stagiaire", "stagiaires");
    g_autofree char *hourly = french_amount(classeur_hourly(cost, heures, session->effectif));
    g_autofree char *hours = heures % 100 == 0 ? g_strdup_printf("%d", heures / 100)
                                               : g_strdup_printf("%d,%02d", heures / 100, heures % 100);
    return g_strdup_printf("Groupe : %s de %d SIAE (de %d à %d) – %s\u00A0heures – %s par heure et par stagiaire",
                           learners, session->nb_siae, offre->effectif_min, offre->effectif_max, hours, hourly);
}

/* "Qui paie : PIC-2027 (AKTO) 3 456,00 €, ... ; les SIAE 120,00 €". */
static char *payers_text(const Figures *figures, int32_t session)
{
    const Model *model = figures->model;
    const ModelPlan *plan = figures->plan;
    g_autofree int64_t *paid = g_new0(int64_t, model->n_enveloppes + 1);
    GString *text = g_string_new("Qui paie : ");
    for (int32_t i = figures->first_charge[session]; i < figures->first_charge[session + 1]; i++)
        paid[plan->charges[i].enveloppe] += plan->charges[i].montant;
    for (int32_t e = 0; e < model->n_enveloppes; e++) {
        if (paid[e] == 0)
            continue;
        g_autofree char *amount = french_amount(paid[e]);
        g_autofree char *opco = french_shorten(model->enveloppes[e].opco, 25);
        g_string_append_printf(text, "%s (%s) %s, ", model->enveloppes[e].code, opco, amount);
    }
    g_autofree char *left = french_amount(figures->sessions[session].reste);
    g_string_append_printf(text, "les SIAE %s", left);
    return g_string_free(text, FALSE);
}

static void heads(const Classeur *classeur, Page *page, const ModelPlanSession *session)
{
    const Model *model = classeur->figures->model;
    const ModelOffre *offre = &model->offres[session->offre];
    const ModelFormation *formation = &model->formations[offre->formation];
    const ModelOrganisme *organisme = &model->organismes[offre->organisme];
    g_autofree char *days = days_text(session), *shortened = french_shorten(formation->intitule, 90);
    g_autofree char *title = g_strdup_printf("%s – %s", session->code, shortened);
    g_autofree char *count = french_count(session->n_jours, "jour", "jours");
    g_autofree char *limit = french_day_short(session->debut - classeur->settings->depot_jours);
    g_autofree char *provider = french_shorten(organisme->raison_sociale, 60);
    g_autofree char *place = french_shorten(classeur_place(model, offre), 40);
    g_autofree char *who =
        g_strdup_printf("Où : %s – %s – %s (SIRET %s)%s", place, french_modalite(offre->modalite), provider,
                        organisme->siret, session->fixee != MODEL_NONE ? " – session déjà fixée" : "");
    g_autofree char *when = g_strdup_printf("Quand : %s, %s – demandes à déposer avant le %s", count, days, limit);
    g_autofree char *group = group_text(model, session);
    sheet_text(page->sheet, page->row, 0, SHEET_HEADING, title);
    sheet_height(page->sheet, page->row++, HEADING_HEIGHT);
    page->height += HEADING_HEIGHT;
    line(page, who);
    line(page, when);
    line(page, group);
    for (int c = 0; c < N_COLUMNS; c++)
        sheet_text(page->sheet, page->row, c, sheet_style_header(columns[c].style), columns[c].title);
    end_row(page);
}

static void amounts(const Page *page, const FiguresSum *sum, SheetStyle integer, SheetStyle amount)
{
    sheet_integer(page->sheet, page->row, LEARNERS, integer, sum->effectif);
    sheet_amount(page->sheet, page->row, COST, amount, figures_cost(sum));
    sheet_amount(page->sheet, page->row, WAGES, amount, sum->remuneration);
    sheet_amount(page->sheet, page->row, FUNDED, amount, sum->finance);
    sheet_amount(page->sheet, page->row, LEFT, amount, sum->reste);
}

static void learners(const Model *model, Page *page, const ModelPlanAffectation *affectation)
{
    const ModelBesoin *besoin = &model->besoins[affectation->besoin];
    const ModelSiae *siae = &model->siae[besoin->siae];
    const char *const texts[] = {
        [SIAE] = siae->raison_sociale,
        [TYPE] = vocabulary_word(&vocabulary_type, (int)siae->type),
        [OPCO] = classeur_opco_name(siae->opco),
        [TOWN] = model->communes[besoin->commune].nom,
    };
    for (int c = SIAE; c <= TOWN; c++) {
        g_autofree char *shortened = french_shorten(texts[c], (int)columns[c].width + 2);
        sheet_text(page->sheet, page->row, c, columns[c].style, shortened);
    }
    FiguresSum sum = figures_of_affectation(affectation);
    sheet_number(page->sheet, page->row, DISTANCE, SHEET_TENTHS, affectation->km / 10.0);
    amounts(page, &sum, SHEET_INTEGER, SHEET_AMOUNT);
    end_row(page);
}

static void block(const Classeur *classeur, Page *page, int32_t session)
{
    static const int blanks[] = {TYPE, OPCO, TOWN, DISTANCE};
    const Figures *figures = classeur->figures;
    heads(classeur, page, &figures->plan->sessions[session]);
    for (int32_t i = figures->first[session]; i < figures->first[session + 1]; i++)
        learners(figures->model, page, &figures->plan->affectations[i]);
    sheet_text(page->sheet, page->row, SIAE, SHEET_TOTAL_TEXT, "Total");
    for (size_t i = 0; i < G_N_ELEMENTS(blanks); i++)
        sheet_blank(page->sheet, page->row, blanks[i], SHEET_TOTAL_TEXT);
    amounts(page, &figures->sessions[session], SHEET_TOTAL_INTEGER, SHEET_TOTAL_AMOUNT);
    end_row(page);
    g_autofree char *payers = payers_text(figures, session);
    line(page, payers);
    end_row(page);
}

void regional_fiches(const Classeur *classeur, Sheet *sheet)
{
    const ModelPlan *plan = classeur->figures->plan;
    g_autofree int *breaks = g_new0(int, plan->n_sessions + 1);
    Page page = {sheet, CLASSEUR_TABLE_ROW, HEAD_HEIGHT};
    int n_breaks = 0;
    double all = 0;
    classeur_head(classeur, sheet, "Fiches session", "une fiche par session, à remettre à qui y prend part");
    for (int c = 0; c < N_COLUMNS; c++) {
        sheet_width(sheet, c, columns[c].width);
        all += columns[c].width;
    }
    double most = sheet_page_height(sheet);
    for (int32_t s = 0; s < plan->n_sessions; s++) {
        int first = page.row;
        double before = page.height;
        block(classeur, &page, s);
        if (s > 0 && page.height - ROW_HEIGHT > most) {
            breaks[n_breaks++] = first;
            page.height -= before;
        }
    }
    sheet_breaks(sheet, breaks, n_breaks);
    sheet_print(sheet, -1, -1, -1, false, all);
}
