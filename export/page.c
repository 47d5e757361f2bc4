/* The web page of a plan: see page.h. */
#include "export/page.h"

#include "export/attention.h"
#include "export/french.h"
#include "export/proof.h"
#include "texts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const PageSection sections[] = {
    {"synthese", "Synthèse", page_synthese},
    {"carte", "Carte", page_map},
    {"calendrier", "Calendrier", page_calendar},
    {"sessions", "Sessions", page_sessions},
    {"siae", "SIAE", page_siae},
    {"financements", "OPCO et enveloppes", page_opcos},
    {"formations", "Formations et axes", page_formations},
    {"territoires", "Territoires", page_zones},
    {"publics", "Publics", page_publics},
    {"non-couverts", "Besoins non couverts", page_unmet},
    {"mutualisation", "Gain de la mutualisation", page_sharing},
};

/* ---- order and colours ---- */

static int by_start(gconstpointer a, gconstpointer b, gpointer data)
{
    const ModelPlan *plan = data;
    int32_t left = *(const int32_t *)a, right = *(const int32_t *)b;
    int32_t days = plan->sessions[left].debut - plan->sessions[right].debut;
    return days != 0 ? (days > 0) - (days < 0) : (left > right) - (left < right);
}

static void order_sessions(Page *page)
{
    const ModelPlan *plan = page->classeur->figures->plan;
    page->by_start = g_new(int32_t, plan->n_sessions);
    for (int32_t i = 0; i < plan->n_sessions; i++)
        page->by_start[i] = i;
    g_qsort_with_data(page->by_start, plan->n_sessions, sizeof *page->by_start, by_start, (gpointer)(uintptr_t)plan);
}

typedef struct {
    const char *name;
    int n;
} Filiere;

static int by_size(gconstpointer a, gconstpointer b)
{
    const Filiere *left = a, *right = b;
    return left->n != right->n ? (left->n < right->n) - (left->n > right->n) : strcmp(left->name, right->name);
}

/* The filières with most sessions have a colour of their own. */
static void choose_colours(Page *page)
{
    const Model *model = page->classeur->figures->model;
    const ModelPlan *plan = page->classeur->figures->plan;
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(Filiere));
    for (int32_t i = 0; i < plan->n_sessions; i++) {
        const char *name = model->formations[model->offres[plan->sessions[i].offre].formation].filiere;
        guint at = 0;
        while (at < list->len && strcmp(g_array_index(list, Filiere, at).name, name) != 0)
            at++;
        if (at == list->len) {
            Filiere more = {name, 0};
            g_array_append_val(list, more);
        }
        g_array_index(list, Filiere, at).n++;
    }
    g_array_sort(list, by_size);
    page->filieres = g_new0(const char *, PAGE_N_COLOURS);
    /* the last colour is for all others, or for one that is alone there */
    page->n_filieres = (int)MIN(list->len, list->len == PAGE_N_COLOURS ? PAGE_N_COLOURS : PAGE_N_COLOURS - 1);
    for (int i = 0; i < page->n_filieres; i++)
        page->filieres[i] = g_array_index(list, Filiere, i).name;
}

int page_colour(const Page *page, const char *filiere)
{
    for (int i = 0; i < page->n_filieres; i++)
        if (strcmp(page->filieres[i], filiere) == 0)
            return i;
    return PAGE_N_COLOURS - 1;
}

/* ---- synthèse ---- */

static void card(Html *html, const char *label, char *value, char *note)
{
    html_raw(html, "<li>");
    html_leaf(html, "span", label);
    html_leaf(html, "strong", value);
    html_leaf(html, "small", note);
    html_raw(html, "</li>\n");
    g_free(value);
    g_free(note);
}

static void cards(Page *page)
{
    const Figures *figures = page->classeur->figures;
    const FiguresSum *sum = &figures->total.servi;
    int64_t cost = figures_cost(sum), with_needs = 0, fixed = 0;
    Html *html = page->html;
    for (int32_t i = 0; i < figures->model->n_siae; i++)
        with_needs += figures->siae[i].demande > 0;
    for (int32_t i = 0; i < figures->plan->n_sessions; i++)
        fixed += figures->plan->sessions[i].fixee != MODEL_NONE;
    g_autofree char *siae = french_integer(with_needs), *asked = french_integer(figures->total.demande);
    g_autofree char *share = french_ratio(sum->effectif, figures->total.demande);
    g_autofree char *each = french_amount(figures_each(sum));
    g_autofree char *wages = french_amount(sum->remuneration), *left = french_ratio(sum->reste, cost);
    html_raw(html, "<ul class=\"cards\">\n");
    card(html, "Besoins exprimés", french_integer(figures->model->n_besoins), g_strdup_printf("par %s SIAE", siae));
    card(html, "Stagiaires servis", french_integer(sum->effectif),
         g_strdup_printf("sur %s demandés (%s)", asked, share));
    card(html, "Sessions", french_integer(figures->plan->n_sessions),
         fixed > 0 ? french_count(fixed, "déjà fixée", "déjà fixées") : g_strdup("toutes nouvelles"));
    card(html, "Coût de la formation", french_amount(cost), g_strdup_printf("%s par stagiaire", each));
    card(html, "Financé", french_amount(sum->finance), g_strdup_printf("dont salaires %s", wages));
    card(html, "Reste à charge des SIAE", french_amount(sum->reste), g_strdup_printf("%s du coût", left));
    html_raw(html, "</ul>\n");
}

/* Asked and served, one bar each; widths are parts of the longest. */
static void bars_begin(Html *html, const char *caption, const char *what)
{
    html_format(html,
                "<table class=\"bars\"><caption>%s</caption><thead><tr><th scope=\"col\">%s</th>"
                "<th scope=\"col\">Servis sur demandés</th></tr></thead><tbody>\n",
                caption, what);
}

static void bar(Html *html, const char *name, int64_t part, int64_t whole, int64_t most)
{
    g_autofree char *some = french_integer(part), *all = french_integer(whole), *share = french_ratio(part, whole);
    html_raw(html, "<tr>");
    html_leaf(html, "th scope=\"row\"", name);
    html_format(html,
                "<td><svg class=\"part\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
                "<rect class=\"all\" width=\"%" PRId64 "\" height=\"10\"/><rect class=\"some\" width=\"%" PRId64
                "\" height=\"10\"/></svg>%s sur %s (%s)</td></tr>\n",
                most > 0 ? whole * 1000 / most : 0, most > 0 ? part * 1000 / most : 0, some, all, share);
}

static void shares(Page *page)
{
    const Figures *figures = page->classeur->figures;
    const Model *model = figures->model;
    Html *html = page->html;
    int64_t most = 1;
    html_raw(html, "<div class=\"columns\">\n");
    bars_begin(html, "Demande servie par axe", "Axe");
    for (int32_t i = 0; i < model->n_axes; i++)
        most = MAX(most, figures->axes[i].demande);
    for (int32_t i = 0; i < model->n_axes; i++)
        bar(html, model->axes[i].libelle, figures->axes[i].servi.effectif, figures->axes[i].demande, most);
    html_raw(html, "</tbody></table>\n");
    bars_begin(html, "Demande servie par type de SIAE", "Type");
    most = 1;
    for (int i = 0; i < TYPE_N; i++)
        most = MAX(most, figures->types[i].demande);
    for (int i = 0; i < TYPE_N; i++)
        if (figures->types[i].demande > 0)
            bar(html, vocabulary_word(&vocabulary_type, i), figures->types[i].servi.effectif, figures->types[i].demande,
                most);
    html_raw(html, "</tbody></table>\n");
    bars_begin(html, "Demande servie par OPCO", "OPCO");
    most = 1;
    for (int32_t i = 0; i < figures->n_opcos; i++)
        most = MAX(most, figures->opcos[i].share.demande);
    for (int32_t i = 0; i < figures->n_opcos; i++)
        if (figures->opcos[i].share.demande > 0)
            bar(html, classeur_opco_name(figures->opcos[i].name), figures->opcos[i].share.servi.effectif,
                figures->opcos[i].share.demande, most);
    html_raw(html, "</tbody></table>\n</div>\n");
}

void page_synthese(Page *page)
{
    const ModelBilan *bilan = &page->classeur->figures->plan->bilan;
    Html *html = page->html;
    g_autofree char *points = proof_points(bilan), *cost = proof_cost(bilan);
    g_autoptr(GPtrArray) decisions = attention_points(page->classeur);
    cards(page);
    html_raw(html, "<h3>Ce qui est prouvé</h3>\n");
    html_leaf(html, "p", points);
    html_leaf(html, "p", cost);
    if (decisions->len > 0) {
        html_raw(html, "<h3>Ce qui appelle une décision</h3>\n<ul class=\"decisions\">\n");
        for (guint i = 0; i < decisions->len; i++)
            html_leaf(html, "li", decisions->pdata[i]);
        html_raw(html, "</ul>\n");
    }
    shares(page);
}

/* ---- the whole ---- */

char *page_file(const char *workbook)
{
    g_assert(g_str_has_suffix(workbook, ".xlsx"));
    g_autofree char *stem = g_strndup(workbook, strlen(workbook) - strlen(".xlsx"));
    return g_strconcat(stem, ".html", NULL);
}

static void header(Page *page, const char *title, const char *which)
{
    Html *html = page->html;
    html_raw(html, "<a class=\"skip\" href=\"#synthese\">Aller au contenu</a>\n<header>\n");
    html_leaf(html, "h1", title);
    html_leaf(html, "p", which);
    html_raw(html, "<nav aria-label=\"Parties de la page\"><ul>\n");
    for (size_t i = 0; i < G_N_ELEMENTS(sections); i++)
        html_format(html, "<li><a href=\"#%s\">%s</a></li>\n", sections[i].id, sections[i].title);
    html_raw(html, "</ul></nav>\n</header>\n<main>\n");
}

bool page_write(const Classeur *classeur, const char *path, GError **error)
{
    const Figures *figures = classeur->figures;
    const ModelCampagne *campagne = &figures->model->campagne;
    g_autoptr(Html) html = html_new();
    Page page = {.classeur = classeur, .html = html, .style = g_string_new(text_page_css)};
    g_autofree char *day = french_day(figures->plan->date_plan), *from = french_day(campagne->date_debut);
    g_autofree char *to = french_day(campagne->date_fin);
    g_autofree char *title =
        g_strdup_printf("Plan régional de formation inter-SIAE – %s", french_region(campagne->region));
    g_autofree char *which = g_strdup_printf("Campagne %s, du %s au %s – plan n° %d du %s", campagne->code, from, to,
                                             figures->plan->numero, day);
    order_sessions(&page);
    choose_colours(&page);
    header(&page, title, which);
    for (size_t i = 0; i < G_N_ELEMENTS(sections); i++) {
        html_format(html, "<section id=\"%s\" aria-labelledby=\"%s-h\">\n<h2 id=\"%s-h\">%s</h2>\n", sections[i].id,
                    sections[i].id, sections[i].id, sections[i].title);
        sections[i].write(&page);
        html_raw(html, "</section>\n");
    }
    html_raw(html, "</main>\n<footer><p>");
    html_text(html, which);
    html_raw(html, " – fait par prisme " PRISME_VERSION
                   ". Mêmes chiffres que le classeur régional et les fichiers CSV.</p></footer>\n");
    bool fine = html_write(html, path, title, page.style->str, text_page_js, error);
    g_string_free(page.style, TRUE);
    g_free(page.by_start);
    g_free(page.filieres);
    return fine;
}
