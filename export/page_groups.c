/* The tables of the web page that group learners: territoires, publics, what shared sessions spare. */
#include "export/french.h"
#include "export/mutualisation.h"
#include "export/page_table.h"
#include "export/publics.h"
#include "export/territoires.h"

/* ---- territoires ---- */

static const PageColumn zone_columns[] = {
    {"Territoire", PAGE_TEXT, PAGE_PLAIN},
    {"Communes de départ", PAGE_INTEGER, PAGE_SUM},
    {"Zones blanches", PAGE_INTEGER, PAGE_SUM},
    {"Demandés", PAGE_INTEGER, PAGE_SUM},
    {"Servis", PAGE_INTEGER, PAGE_SUM},
    {"Part servie", PAGE_RATIO, PAGE_PLAIN},
    {"Sans session accessible", PAGE_INTEGER, PAGE_SUM},
    {"Sessions sur place", PAGE_INTEGER, PAGE_SUM},
    {"Coût", PAGE_AMOUNT, PAGE_SUM},
    {"Frais annexes", PAGE_AMOUNT, PAGE_SUM},
    {"Reste à charge", PAGE_AMOUNT, PAGE_SUM},
};

/* The communes where nobody can reach a session, in a sentence. */
static void white(Page *page, const Territoire *places)
{
    const Model *model = page->classeur->figures->model;
    Html *html = page->html;
    int64_t n = 0;
    for (int32_t c = 0; c < model->n_communes; c++)
        n += places[c].blanches;
    html_raw(html,
             "<p>Une zone blanche est une commune dont aucun stagiaire n’a de session de sa formation dans le rayon "
             "qu’il accepte. ");
    if (n == 0)
        html_raw(html, "Ce plan n’en laisse aucune.");
    else {
        const char *before = "Ce plan en laisse\u00A0: ";
        for (int32_t c = 0; c < model->n_communes; c++)
            if (places[c].blanches > 0) {
                g_autofree char *asked = french_count(places[c].share.demande, "demandé", "demandés");
                html_raw(html, before);
                html_leaf(html, "bdi", model->communes[c].nom);
                html_format(html, " (%s)", asked);
                before = ", ";
            }
        html_raw(html, ".");
    }
    html_raw(html, "</p>\n");
}

void page_zones(Page *page)
{
    const Figures *figures = page->classeur->figures;
    const Model *model = figures->model;
    g_autofree Territoire *places = territoires_new(figures);
    white(page, places);
    int32_t n = territoires_gather(model, places);
    PageTable *table =
        page_table_new(page, "t-territoires", "D’où partent les stagiaires\u00A0: territoires reliés entre eux",
                       zone_columns, (int)G_N_ELEMENTS(zone_columns));
    for (int32_t i = 0; i < n; i++) {
        const FiguresSum *sum = &places[i].share.servi;
        page_table_text(table, territoires_zone(&model->communes[places[i].commune]));
        page_table_integer(table, places[i].communes);
        page_table_integer(table, places[i].blanches);
        page_table_share(table, &places[i].share);
        page_table_integer(table, places[i].far);
        page_table_integer(table, places[i].sessions);
        page_table_amount(table, figures_cost(sum));
        page_table_amount(table, sum->annexe);
        page_table_amount(table, sum->reste);
        page_table_end_row(table);
    }
    page_table_end(table);
}

/* ---- publics ---- */

static const PageColumn public_columns[] = {
    {"Public", PAGE_TEXT, PAGE_PLAIN},       {"Code", PAGE_TEXT, PAGE_PLAIN},
    {"Demandés", PAGE_INTEGER, PAGE_PLAIN},  {"Servis", PAGE_INTEGER, PAGE_PLAIN},
    {"Part servie", PAGE_RATIO, PAGE_PLAIN}, {"Part de la demande", PAGE_RATIO, PAGE_PLAIN},
};

static void published(PageTable *table, bool hidden, int64_t n)
{
    if (hidden)
        page_table_none(table);
    else
        page_table_integer(table, n);
}

void page_publics(Page *page)
{
    const Figures *figures = page->classeur->figures;
    int32_t least = page->classeur->settings->petits_effectifs;
    g_autoptr(GArray) groups = publics_list(figures, least);
    g_autofree char *note = g_strdup_printf(
        "Un stagiaire peut relever de plusieurs publics. Une case vide cache un effectif de moins de %d "
        "stagiaires, ou dont il se déduirait.",
        least);
    html_leaf(page->html, "p", note);
    PageTable *table = page_table_new(page, "t-publics", "Les publics demandés et servis", public_columns,
                                      (int)G_N_ELEMENTS(public_columns));
    for (guint i = 0; i < groups->len; i++) {
        const Publics *group = &g_array_index(groups, Publics, i);
        page_table_text(table, french_public(group->name));
        page_table_text(table, group->name);
        published(table, group->few, group->asked);
        published(table, group->hidden, group->served);
        page_table_ratio(table, group->served, group->hidden ? 0 : group->asked);
        page_table_ratio(table, group->asked, group->few ? 0 : figures->total.demande);
        page_table_end_row(table);
    }
    page_table_end(table);
}

/* ---- shared sessions ---- */

static const PageColumn sharing_columns[] = {
    {"SIAE", PAGE_TEXT, PAGE_PLAIN},
    {"Type", PAGE_TEXT, PAGE_CHOOSE},
    {"Servis", PAGE_INTEGER, PAGE_SUM},
    {"Pourraient se former seuls", PAGE_INTEGER, PAGE_SUM},
    {"Groupe trop petit", PAGE_INTEGER, PAGE_SUM},
    {"Axe partagé", PAGE_INTEGER, PAGE_SUM},
    {"Part sans solution", PAGE_RATIO, PAGE_PLAIN},
    {"Coût seule", PAGE_AMOUNT, PAGE_SUM},
    {"Coût au plan des mêmes", PAGE_AMOUNT, PAGE_SUM},
    {"Gain", PAGE_AMOUNT, PAGE_SUM},
    {"Coût au plan des autres", PAGE_AMOUNT, PAGE_SUM},
};

void page_sharing(Page *page)
{
    const Figures *figures = page->classeur->figures;
    Mutualisation total;
    g_autofree Mutualisation *gains = mutualisation_new(figures, &total);
    g_autofree char *text = mutualisation_headline(&total);
    html_leaf(page->html, "p", text);
    PageTable *table = page_table_new(page, "t-mutualisation", "Les mêmes stagiaires, si chaque SIAE formait seule",
                                      sharing_columns, (int)G_N_ELEMENTS(sharing_columns));
    for (int32_t i = 0; i < figures->model->n_siae; i++) {
        const Mutualisation *gain = &gains[i];
        if (gain->servis == 0)
            continue;
        page_table_text(table, figures->model->siae[i].raison_sociale);
        page_table_text(table, vocabulary_word(&vocabulary_type, (int)figures->model->siae[i].type));
        page_table_integer(table, gain->servis);
        page_table_integer(table, gain->seuls);
        page_table_integer(table, gain->groupe);
        page_table_integer(table, gain->axe);
        page_table_ratio(table, gain->groupe + gain->axe, gain->servis);
        page_table_amount(table, gain->cout_seuls);
        page_table_amount(table, gain->cout_plan);
        page_table_amount(table, gain->cout_seuls - gain->cout_plan);
        page_table_amount(table, gain->cout_autres);
        page_table_end_row(table);
    }
    page_table_end(table);
    html_raw(page->html, "<h3>Comment ce gain est compté</h3>\n");
    for (const char *const *sentence = mutualisation_sentences; *sentence != NULL; sentence++)
        html_leaf(page->html, "p", *sentence);
}
