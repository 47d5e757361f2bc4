/* Regional workbook, page Hypothèses: what the plan rests on, so that it can be argued with. */
#include "config/money.h"
#include "export/french.h"
#include "export/regional.h"

#include <string.h>

enum { A, B, C, D, E, F, G, N_COLUMNS };

/* Writes downwards; row is the next free one. */
typedef struct {
    Sheet *sheet;
    int row;
} Page;

static void heading(Page *page, const char *text)
{
    page->row++;
    sheet_text(page->sheet, page->row, A, SHEET_HEADING, text);
    sheet_height(page->sheet, page->row, 22);
    page->row++;
}

static void pair(Page *page, const char *label, const char *value)
{
    sheet_text(page->sheet, page->row, A, SHEET_TEXT, label);
    sheet_text(page->sheet, page->row, B, SHEET_TEXT, value);
    page->row++;
}

static void sentence(Page *page, const char *text)
{
    sheet_merged(page->sheet, page->row, A, page->row, G, SHEET_PROSE, text);
    sheet_height(page->sheet, page->row, g_utf8_strlen(text, -1) > 165 ? 31 : 16);
    page->row++;
}

static void headers(Page *page, const char *const titles[], int n)
{
    for (int i = 0; i < n; i++)
        sheet_text(page->sheet, page->row, i, SHEET_HEADER, titles[i]);
    page->row++;
}

static void identity(const Classeur *classeur, Page *page)
{
    static const struct {
        const char *word, *text;
    } ends[] = {{"optimal", "d’elle-même : rien de mieux n’a été trouvé possible"},
                {"effort", "à la limite d’effort de calcul fixée dans les réglages"},
                {"delai", "à la limite de temps fixée dans les réglages"}};
    const ModelPlan *plan = classeur->figures->plan;
    const ModelCampagne *campagne = &classeur->figures->model->campagne;
    g_autofree char *numero = g_strdup_printf("%d", plan->numero), *day = french_day(plan->date_plan);
    g_autofree char *from = french_day(campagne->date_debut), *to = french_day(campagne->date_fin);
    g_autofree char *period = g_strdup_printf("du %s au %s", from, to);
    g_autofree char *gel = french_count(campagne->gel_jours, "jour", "jours");
    g_autofree char *depot = french_count(classeur->settings->depot_jours, "jour", "jours");
    const char *end = plan->arret;
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (strcmp(plan->arret, ends[i].word) == 0)
            end = ends[i].text;
    heading(page, "Le plan");
    pair(page, "Région", french_region(campagne->region));
    pair(page, "Campagne", campagne->code);
    pair(page, "Période de la campagne", period);
    pair(page, "Plan n°", numero);
    pair(page, "Établi au", day);
    pair(page, "Délai de gel après cette date", gel);
    pair(page, "Dépôt des demandes avant le début", depot);
    pair(page, "Fin de la recherche", end);
    pair(page, "Logiciel", "prisme " PRISME_VERSION);
}

static void rules(Page *page)
{
    static const char *const sentences[] = {
        "Le plan sert d’abord le plus de points, puis coûte le moins, un euro laissé à une SIAE comptant deux fois, "
        "puis "
        "change le moins le plan précédent.",
        "Une session réunit entre l’effectif minimal et l’effectif maximal de l’offre ; son prix se partage également "
        "entre ses stagiaires, au centime près.",
        "Elle commence un jour ouvré et saute les jours fériés du lieu, les fermetures de l’organisme et de la commune "
        "; "
        "aucun stagiaire n’y est un jour où sa SIAE ferme.",
        "La distance est celle du fichier des trajets, sinon 1,3 fois le vol d’oiseau entre communes d’un même "
        "territoire ; sans trajet, un autre territoire est inaccessible.",
        "Les frais annexes suivent le barème de l’OPCO de la SIAE ; les financements d’un montage paient dans l’ordre "
        "de "
        "leur rang, sans jamais dépasser une enveloppe.",
        "Coût = pédagogie + frais annexes. Les salaires sont payés de toute façon : leur remboursement use les "
        "enveloppes "
        "mais n’est pas un coût.",
        "Une obligation de l’employeur n’est financée que sur attestation, et un organisme que s’il est certifié "
        "Qualiopi.",
    };
    heading(page, "Les règles");
    for (size_t i = 0; i < G_N_ELEMENTS(sentences); i++)
        sentence(page, sentences[i]);
}

static void priorities(const Model *model, Page *page)
{
    static const char *const titles[] = {"Critère", "Valeur", "Points"};
    static const ModelPriorite usual[] = {
        {CRITERE_PRIORITE, "1", 8}, {CRITERE_PRIORITE, "2", 4}, {CRITERE_PRIORITE, "3", 2}, {CRITERE_PRIORITE, "4", 1}};
    const ModelPriorite *rows = model->has_priorites ? model->priorites : usual;
    int32_t n = model->has_priorites ? model->n_priorites : (int32_t)G_N_ELEMENTS(usual);
    heading(page, model->has_priorites ? "Les priorités : points d’un stagiaire"
                                       : "Les priorités : points d’un stagiaire (sans fichier, les points usuels)");
    headers(page, titles, (int)G_N_ELEMENTS(titles));
    for (int32_t i = 0; i < n; i++) {
        sheet_text(page->sheet, page->row, A, SHEET_TEXT, french_critere(rows[i].critere));
        sheet_text(page->sheet, page->row, B, SHEET_TEXT, rows[i].valeur);
        sheet_integer(page->sheet, page->row++, C, SHEET_INTEGER, rows[i].points);
    }
}

static void axes(const Model *model, Page *page)
{
    static const char *const titles[] = {"Axe", "Libellé", "SIAE au moins"};
    heading(page, "Les axes");
    headers(page, titles, (int)G_N_ELEMENTS(titles));
    for (int32_t i = 0; i < model->n_axes; i++) {
        sheet_text(page->sheet, page->row, A, SHEET_TEXT, model->axes[i].code);
        sheet_text(page->sheet, page->row, B, SHEET_TEXT, model->axes[i].libelle);
        sheet_integer(page->sheet, page->row++, C, SHEET_INTEGER, model->axes[i].min_siae);
    }
}

static void montages(const Model *model, Page *page)
{
    static const char *const titles[N_COLUMNS] = {
        "Montage",         "Dispositif",       "Rang",           "Part de la pédagogie",
        "Plafond horaire", "Part des annexes", "Part du salaire"};
    heading(page, "Les montages et leurs financements, dans l’ordre où ils paient");
    headers(page, titles, N_COLUMNS);
    for (int32_t i = 0; i < model->n_financements; i++) {
        const ModelFinancement *row = &model->financements[i];
        sheet_text(page->sheet, page->row, A, SHEET_TEXT, model->montages[row->montage].code);
        sheet_text(page->sheet, page->row, B, SHEET_TEXT, row->dispositif);
        sheet_integer(page->sheet, page->row, C, SHEET_INTEGER, row->rang);
        sheet_number(page->sheet, page->row, D, SHEET_PERCENT, row->taux_pedagogie / 10000.0);
        if (row->plafond_horaire == MODEL_NONE)
            sheet_blank(page->sheet, page->row, E, SHEET_AMOUNT);
        else
            sheet_amount(page->sheet, page->row, E, SHEET_AMOUNT, row->plafond_horaire);
        sheet_number(page->sheet, page->row, F, SHEET_PERCENT, row->taux_annexes / 10000.0);
        sheet_number(page->sheet, page->row++, G, SHEET_PERCENT, row->taux_salaire / 10000.0);
    }
}

static void fees(const Model *model, Page *page)
{
    static const char *const titles[] = {"OPCO", "€ par km", "Forfait par jour", "Forfait par nuit",
                                         "Nuit au-delà de (km)"};
    heading(page, "Les frais annexes");
    headers(page, titles, (int)G_N_ELEMENTS(titles));
    for (int32_t i = 0; i < model->n_frais; i++) {
        const ModelFrais *row = &model->frais[i];
        sheet_text(page->sheet, page->row, A, SHEET_TEXT, row->opco[0] != '\0' ? row->opco : "Tous les autres");
        sheet_number(page->sheet, page->row, B, SHEET_RATE, row->bareme_km / 10000.0);
        sheet_amount(page->sheet, page->row, C, SHEET_AMOUNT, row->forfait_jour);
        sheet_amount(page->sheet, page->row, D, SHEET_AMOUNT, row->forfait_nuit);
        if (row->nuit_km == MODEL_NONE)
            sheet_blank(page->sheet, page->row, E, SHEET_TENTHS);
        else
            sheet_number(page->sheet, page->row, E, SHEET_TENTHS, row->nuit_km / 10.0);
        page->row++;
    }
}

void regional_hypotheses(const Classeur *classeur, Sheet *sheet)
{
    static const double widths[N_COLUMNS] = {34, 44, 16, 20, 18, 18, 18};
    const Model *model = classeur->figures->model;
    Page page = {sheet, 2};
    classeur_head(classeur, sheet, "Hypothèses", "les règles et réglages dont ce plan découle");
    identity(classeur, &page);
    rules(&page);
    priorities(model, &page);
    axes(model, &page);
    montages(model, &page);
    fees(model, &page);
    for (int i = 0; i < N_COLUMNS; i++)
        sheet_width(sheet, i, widths[i]);
    sheet_print(sheet, -1, -1, -1, false, 168);
}
