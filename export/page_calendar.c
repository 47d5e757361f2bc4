/* The calendar of the web page: a line a session along the months of the plan, a bar for each week it trains in. */
#include "config/calendar.h"
#include "export/french.h"
#include "export/page_table.h"

static const PageColumn columns[] = {
    {"Formation", PAGE_TEXT, PAGE_PLAIN}, {"Lieu", PAGE_TEXT, PAGE_CHOOSE},       {"Du", PAGE_DAY, PAGE_PLAIN},
    {"Au", PAGE_DAY, PAGE_PLAIN},         {"Stagiaires", PAGE_INTEGER, PAGE_SUM}, {"Filière", PAGE_TEXT, PAGE_CHOOSE},
    {"", PAGE_PICTURE, PAGE_PLAIN},
};

/* The first day of the month of a day, and of the next one. */
static int32_t month_begin(int32_t day)
{
    int date;
    calendar_split(day, NULL, NULL, &date);
    return day - date + 1;
}

static int32_t month_next(int32_t first)
{
    return month_begin(first + 31);
}

static void find_span(const ModelPlan *plan, int32_t *from, int32_t *to)
{
    *from = plan->sessions[0].debut;
    *to = plan->sessions[0].fin;
    for (int32_t i = 1; i < plan->n_sessions; i++) {
        *from = MIN(*from, plan->sessions[i].debut);
        *to = MAX(*to, plan->sessions[i].fin);
    }
    *from = month_begin(*from);
    *to = month_next(month_begin(*to));
}

static void legend(Page *page)
{
    const Figures *figures = page->classeur->figures;
    Html *html = page->html;
    bool others = false;
    for (int32_t i = 0; i < figures->plan->n_sessions && !others; i++) {
        const ModelPlanSession *row = &figures->plan->sessions[i];
        const char *filiere = figures->model->formations[figures->model->offres[row->offre].formation].filiere;
        others = page_colour(page, filiere) >= page->n_filieres;
    }
    html_raw(html, "<ul class=\"legend\" aria-label=\"Couleurs des filières\">");
    for (int i = 0; i < page->n_filieres + others; i++) {
        html_format(html,
                    "<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"c%d\" width=\"10\" "
                    "height=\"10\"/></svg>",
                    i < page->n_filieres ? i : PAGE_N_COLOURS - 1);
        html_text(html, i >= page->n_filieres          ? "autres filières"
                        : page->filieres[i][0] != '\0' ? page->filieres[i]
                                                       : "sans filière");
        html_raw(html, "</li>");
    }
    html_raw(html, "</ul>\n");
}

/* What every bar lies on: the months, every other one shaded, and the national holidays. */
static void background(Html *html, int32_t from, int32_t to)
{
    html_raw(html, "<svg class=\"hidden\" aria-hidden=\"true\"><defs><g id=\"mois\">");
    int n = 0;
    for (int32_t day = from; day < to; day = month_next(day), n++)
        if (n % 2 == 1)
            html_format(html, "<rect class=\"month\" x=\"%d\" width=\"%d\" height=\"10\"/>", day - from,
                        month_next(day) - day);
    for (int32_t day = from; day < to; day++)
        if (calendar_is_holiday(day, CALENDAR_NATIONAL) && calendar_weekday(day) < 5)
            html_format(html, "<rect class=\"holiday\" x=\"%d\" width=\"1\" height=\"10\"/>", day - from);
    html_raw(html, "</g></defs></svg>\n");
}

/* The header above the bars. */
static char *months(int32_t from, int32_t to)
{
    GString *markup = g_string_new("<div class=\"months\">");
    for (int32_t day = from; day < to; day = month_next(day)) {
        int month;
        calendar_split(day, NULL, &month, NULL);
        g_autofree char *name = french_month(0, month);
        g_string_append_printf(markup, "<span class=\"d%d\">%s</span>", month_next(day) - day, name);
    }
    g_string_append(markup, "</div>");
    return g_string_free(markup, FALSE);
}

static void bar(Page *page, PageTable *table, const ModelPlanSession *row, int colour, int32_t from, int32_t to)
{
    Html *html = page->html;
    page_table_open(table, PAGE_PICTURE);
    html_format(html,
                "<svg class=\"time\" viewBox=\"0 0 %d 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
                "<use href=\"#mois\"/><g class=\"c%d\">",
                to - from, colour);
    for (int32_t i = 0, first = 0; i < row->n_jours; i++) {
        bool last = i + 1 == row->n_jours || calendar_monday(row->jours[i + 1]) != calendar_monday(row->jours[i]);
        if (!last)
            continue;
        html_format(html, "<rect x=\"%d\" y=\"1\" width=\"%d\" height=\"8\"/>", row->jours[first] - from,
                    MAX(row->jours[i] - row->jours[first] + 1, 2));
        first = i + 1;
    }
    html_raw(html, "</g></svg>");
    page_table_close(table);
}

void page_calendar(Page *page)
{
    const Figures *figures = page->classeur->figures;
    const Model *model = figures->model;
    int32_t from = 0, to = 0;
    if (figures->plan->n_sessions == 0) {
        html_raw(page->html, "<p>Ce plan n’ouvre aucune session.</p>\n");
        return;
    }
    find_span(figures->plan, &from, &to);
    legend(page);
    background(page->html, from, to);
    g_autofree PageColumn *titled = g_memdup2(columns, sizeof columns);
    g_autofree char *header = months(from, to);
    titled[G_N_ELEMENTS(columns) - 1].title = header;
    PageTable *table = page_table_new(page, "t-calendrier",
                                      "Une barre par semaine de formation ; traits gris : jours fériés nationaux",
                                      titled, (int)G_N_ELEMENTS(columns));
    for (int32_t i = 0; i < figures->plan->n_sessions; i++) {
        const ModelPlanSession *row = &figures->plan->sessions[page->by_start[i]];
        const ModelOffre *offre = &model->offres[row->offre];
        const ModelFormation *formation = &model->formations[offre->formation];
        page_table_text(table, formation->intitule);
        page_table_text(table, classeur_place(model, offre));
        page_table_day(table, row->debut);
        page_table_day(table, row->fin);
        page_table_integer(table, row->effectif);
        page_table_text(table, formation->filiere);
        bar(page, table, row, page_colour(page, formation->filiere), from, to);
        page_table_end_row(table);
    }
    page_table_end(table);
}
