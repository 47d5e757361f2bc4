/* Regional workbook, page Hypothèses: what the plan rests on, so that it can be argued with. */
#include "config/money.h"
#include "export/french.h"
#include "export/regional.h"
#include "export/sheet_prose.h"

#include <string.h>

enum { A, B, C, D, E, F, G, N_COLUMNS };
static const double widths[N_COLUMNS] = {36, 72, 16, 20, 18, 18, 18};

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
    sheet_prose(page->sheet, page->row++, A, G, text);
}

/* right: the first of the columns of numbers. */
static void headers(Page *page, const char *const titles[], int n, int right)
{
    for (int i = 0; i < n; i++)
        sheet_text(page->sheet, page->row, i, i < right ? SHEET_HEADER : SHEET_HEADER_RIGHT, titles[i]);
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
    g_autofree char *checksum = controls_checksum(classeur->controls);
    g_autofree char *small = french_count(classeur->settings->petits_effectifs, "stagiaire", "stagiaires");
    pair(page, "Dépôt des demandes avant le début", depot);
    pair(page, "Effectifs publiés à partir de", small);
    pair(page, "Fin de la recherche", end);
    pair(page, "Classeur écrit par", "prisme " PRISME_VERSION);
    const StoreOrigin *origin = classeur->controls->origin;
    if (origin != NULL) {
        g_autofree char *version = g_strdup_printf("prisme %s", origin->version);
        g_autofree char *made = french_day(origin->jour_plan), *loaded = french_day(origin->jour_chargement);
        g_autofree char *load = g_strdup_printf("n° %d, reçu le %s", origin->chargement, loaded);
        pair(page, "Plan calculé par", version);
        pair(page, "Plan enregistré le", made);
        pair(page, "Données : chargement", load);
    }
    pair(page, "Empreinte du plan", checksum);
}

static void pair_number(Page *page, int column, int64_t value)
{
    sheet_integer(page->sheet, page->row, column, SHEET_INTEGER, value);
}

/* The files the plan was made from, and what was kept of them: the plan follows from the second alone. */
static void sources(const Classeur *classeur, Page *page)
{
    static const char *const files[] = {"Fichier reçu", "Lecture", "Lignes", "Rejetées"};
    static const char *const tables[] = {"Table", "Empreinte SHA-256 du contenu", "Lignes"};
    const StoreOrigin *origin = classeur->controls->origin;
    if (origin == NULL)
        return;
    heading(page, "Les fichiers reçus");
    headers(page, files, (int)G_N_ELEMENTS(files), C);
    for (int i = 0; i < origin->n_sources; i++) {
        sheet_text(page->sheet, page->row, A, SHEET_TEXT, origin->sources[i].fichier);
        sheet_text(page->sheet, page->row, B, SHEET_TEXT,
                   origin->sources[i].refuse ? "Refusé en entier : rien n’en a été retenu" : "Lu");
        pair_number(page, C, origin->sources[i].lignes);
        pair_number(page, D, origin->sources[i].rejets);
        page->row++;
    }
    heading(page, "Les données retenues");
    sentence(page,
             "L’empreinte d’une table ne change qu’avec son contenu : ni l’ordre des lignes ou des colonnes, ni le "
             "format des fichiers n’y font rien. « prisme etat --chargement » donne celles des fichiers reçus.");
    headers(page, tables, (int)G_N_ELEMENTS(tables), C);
    for (int i = 0; i < origin->n_tables; i++) {
        sheet_text(page->sheet, page->row, A, SHEET_TEXT, origin->tables[i].fichier);
        sheet_text(page->sheet, page->row, B, SHEET_TEXT, origin->tables[i].sha256);
        pair_number(page, C, origin->tables[i].lignes);
        page->row++;
    }
}

/* The files written beside the workbook. */
static void outputs(const Classeur *classeur, Page *page)
{
    static const char *const titles[] = {"Fichier rendu", "Empreinte SHA-256", "Lignes"};
    heading(page, "Les fichiers du plan");
    headers(page, titles, (int)G_N_ELEMENTS(titles), C);
    for (guint i = 0; i < classeur->controls->files->len; i++) {
        const ControlsFile *file = &g_array_index(classeur->controls->files, ControlsFile, i);
        sheet_text(page->sheet, page->row, A, SHEET_TEXT, file->name);
        sheet_text(page->sheet, page->row, B, SHEET_TEXT, file->sum.sha256);
        pair_number(page, C, file->sum.rows);
        page->row++;
    }
    sentence(page, "L’empreinte du plan est celle des empreintes de ces fichiers, écrites à la suite dans cet ordre.");
}

static void rules(Page *page)
{
    static const char *const sentences[] = {
        "Le plan sert d’abord le plus de points, puis coûte le moins, un euro laissé à une SIAE comptant deux fois, "
        "puis change le moins le plan précédent.",
        "Une session réunit entre l’effectif minimal et l’effectif maximal de l’offre ; son prix se partage également "
        "entre ses stagiaires, au centime près.",
        "Un stagiaire n’y est que dans la période de son besoin, à la distance qu’il accepte ; un axe peut exiger "
        "plusieurs SIAE par session.",
        "Une SIAE n’a jamais, un même jour, plus d’absents qu’elle ne l’accepte, ni un organisme plus de sessions "
        "qu’il n’en anime à la fois ; une offre a un nombre maximal de sessions.",
        "Un même stagiaire n’est jamais dans deux sessions à la fois, et suit ses formations dans l’ordre demandé ; "
        "une session déjà fixée est gardée telle quelle, avec ses stagiaires.",
        "Une session commence un jour ouvré et saute les jours fériés du lieu, les fermetures de l’organisme et de la "
        "commune ; aucun stagiaire n’y est un jour où sa SIAE ferme.",
        "La distance est celle du fichier des trajets, sinon 1,3 fois le vol d’oiseau entre communes d’un même "
        "territoire ; sans trajet, un autre territoire est inaccessible.",
        "Les frais annexes suivent le barème de l’OPCO de la SIAE ; les financements d’un montage paient dans l’ordre "
        "de leur rang, sans jamais dépasser une enveloppe.",
        "Coût = pédagogie + frais annexes. Les salaires sont payés de toute façon : leur remboursement use les "
        "enveloppes mais n’est pas un coût.",
        "Le reste à charge d’une SIAE ne dépasse jamais le maximum qu’elle accepte ; une enveloppe paie les sessions "
        "qui commencent dans ses dates, dans la limite de son montant, acquis ou non.",
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
    headers(page, titles, (int)G_N_ELEMENTS(titles), C);
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
    headers(page, titles, (int)G_N_ELEMENTS(titles), C);
    for (int32_t i = 0; i < model->n_axes; i++) {
        sheet_text(page->sheet, page->row, A, SHEET_TEXT, model->axes[i].code);
        sheet_text(page->sheet, page->row, B, SHEET_TEXT, model->axes[i].libelle);
        sheet_integer(page->sheet, page->row++, C, SHEET_INTEGER, model->axes[i].min_siae);
    }
}

/* Adds "word, word" of a set of values of a vocabulary, nothing for any. */
static void add_words(GString *text, const char *what, const Vocabulary *vocabulary, uint32_t set)
{
    const char *before = what;
    for (int i = 0; i < vocabulary->n; i++)
        if (set >> i & 1U) {
            g_string_append_printf(text, "%s%s", before, vocabulary_word(vocabulary, i));
            before = ", ";
        }
}

/* "OPCO AKTO ; types ETTI, AI ; au plus 250 ETP". */
static char *conditions(const Model *model, const ModelMontage *row)
{
    GString *text = g_string_new(NULL);
    if (row->opco[0] != '\0')
        g_string_append_printf(text, " ; OPCO %s", row->opco);
    add_words(text, " ; types ", &vocabulary_type, row->types);
    add_words(text, " ; natures ", &vocabulary_nature, row->natures);
    add_words(text, " ; statuts ", &vocabulary_statut, row->statuts);
    for (int32_t i = 0; i < row->n_axes; i++)
        g_string_append_printf(text, "%s%s", i == 0 ? " ; axes " : ", ", model->axes[row->axes[i]].code);
    if (row->effectif_min != MODEL_NONE)
        g_string_append_printf(text, " ; au moins %d,%02d ETP", row->effectif_min / 100, row->effectif_min % 100);
    if (row->effectif_max != MODEL_NONE)
        g_string_append_printf(text, " ; au plus %d,%02d ETP", row->effectif_max / 100, row->effectif_max % 100);
    if (text->len == 0)
        g_string_append(text, " ; ouvert à tous");
    g_string_erase(text, 0, 3);
    return g_string_free(text, FALSE);
}

static void montages(const Model *model, Page *page)
{
    static const char *const titles[] = {"Montage", "Ouvert à", "Salaire horaire"};
    heading(page, "Les montages et leurs conditions");
    headers(page, titles, (int)G_N_ELEMENTS(titles), C);
    for (int32_t i = 0; i < model->n_montages; i++) {
        g_autofree char *text = conditions(model, &model->montages[i]);
        sheet_text(page->sheet, page->row, A, SHEET_TEXT, model->montages[i].code);
        sheet_text(page->sheet, page->row, B, SHEET_WRAP, text);
        sheet_amount(page->sheet, page->row, C, SHEET_AMOUNT, model->montages[i].salaire_horaire);
        double longest;
        int lines = sheet_prose_lines(text, 10, widths[B] - 2, &longest);
        sheet_height(page->sheet, page->row++, 13.0 * lines + 2);
    }
}

static void financements(const Model *model, Page *page)
{
    static const char *const titles[N_COLUMNS] = {
        "Montage",         "Dispositif",       "Rang",           "Part de la pédagogie",
        "Plafond horaire", "Part des annexes", "Part du salaire"};
    heading(page, "Les financements des montages, dans l’ordre où ils paient");
    headers(page, titles, N_COLUMNS, C);
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
    headers(page, titles, (int)G_N_ELEMENTS(titles), B);
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
    const Model *model = classeur->figures->model;
    Page page = {sheet, 2};
    classeur_head(classeur, sheet, "Hypothèses", "les règles et réglages dont ce plan découle");
    for (int i = 0; i < N_COLUMNS; i++)
        sheet_width(sheet, i, widths[i]);
    identity(classeur, &page);
    sources(classeur, &page);
    outputs(classeur, &page);
    rules(&page);
    priorities(model, &page);
    axes(model, &page);
    montages(model, &page);
    financements(model, &page);
    fees(model, &page);
    sheet_print(sheet, 0, 1, -1, false, 198);
}
