/* Regional workbook, page Calendrier: sessions in the order of their start, weeks across; a cell holds the training
 * days of its week. */
#include "config/calendar.h"
#include "export/french.h"
#include "export/regional.h"

#include <stdlib.h>
#include <string.h>

enum { SESSION, FORMATION, PLACE, LEARNERS, FIRST_WEEK };
#define MONTH_ROW 3
#define WEEK_ROW 4

static int by_start(const void *a, const void *b)
{
    const ModelPlanSession *left = *(const ModelPlanSession *const *)a, *right = *(const ModelPlanSession *const *)b;
    return left->debut != right->debut ? (left->debut < right->debut ? -1 : 1) : strcmp(left->code, right->code);
}

/* The names of the region's holidays from Monday to Friday of a week, NULL when there is none. */
static char *holidays(const Model *model, int32_t monday)
{
    CalendarZone zone = calendar_zone_of_region(model->campagne.region);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (int32_t day = monday; day < monday + 5; day++)
        if (calendar_is_holiday(day, zone))
            g_ptr_array_add(names, g_strdup(calendar_holiday_name(day, zone)));
    g_ptr_array_set_free_func(names, g_free);
    if (names->len == 0)
        return NULL;
    g_ptr_array_add(names, NULL);
    return g_strjoinv(", ", (char **)names->pdata);
}

/* The two lines over the weeks: months, and the date of each Monday; weeks with a holiday are grey. */
static void write_weeks(const Model *model, Sheet *sheet, int32_t first, int n_weeks)
{
    for (int w = 0; w < n_weeks;) {
        int year, month, begun = w;
        calendar_split(first + 7 * w, &year, &month, NULL);
        for (int other = month; w < n_weeks && other == month;)
            if (++w < n_weeks)
                calendar_split(first + 7 * w, NULL, &other, NULL);
        /* a month of one week has no room for its name, of two none for its year */
        g_autofree char *name = w - begun > 2   ? french_month(year, month)
                                : w - begun > 1 ? french_month(0, month)
                                                : g_strdup("");
        sheet_merged(sheet, MONTH_ROW, FIRST_WEEK + begun, MONTH_ROW, FIRST_WEEK + w - 1, SHEET_HEADER_CENTRE, name);
    }
    for (int w = 0; w < n_weeks; w++) {
        int date;
        calendar_split(first + 7 * w, NULL, NULL, &date);
        g_autofree char *names = holidays(model, first + 7 * w);
        g_autofree char *text = g_strdup_printf("%02d", date);
        sheet_text(sheet, WEEK_ROW, FIRST_WEEK + w, names != NULL ? SHEET_WEEK_HOLIDAY : SHEET_WEEK, text);
        sheet_width(sheet, FIRST_WEEK + w, 3);
    }
}

static void write_session(const Model *model, Sheet *sheet, int row, const ModelPlanSession *session, int32_t first,
                          int n_weeks, const bool *closed)
{
    const ModelOffre *offre = &model->offres[session->offre];
    g_autofree int *days = g_new0(int, n_weeks);
    for (int32_t j = 0; j < session->n_jours; j++)
        days[(session->jours[j] - first) / 7]++;
    g_autofree char *formation = french_shorten(model->formations[offre->formation].intitule, 50);
    g_autofree char *place = french_shorten(classeur_place(model, offre), 18);
    sheet_text(sheet, row, SESSION, SHEET_TEXT, session->code);
    sheet_text(sheet, row, FORMATION, SHEET_TEXT, formation);
    sheet_text(sheet, row, PLACE, SHEET_TEXT, place);
    sheet_integer(sheet, row, LEARNERS, SHEET_CENTRE, session->effectif);
    for (int w = 0; w < n_weeks; w++)
        if (days[w] > 0)
            sheet_integer(sheet, row, FIRST_WEEK + w, session->fixee != MODEL_NONE ? SHEET_WEEK_FIXED : SHEET_WEEK_NEW,
                          days[w]);
        else
            sheet_blank(sheet, row, FIRST_WEEK + w, closed[w] ? SHEET_WEEK_HOLIDAY : SHEET_WEEK);
}

void regional_calendrier(const Classeur *classeur, Sheet *sheet)
{
    static const struct {
        const char *title;
        double width;
    } heads[] = {{"Session", 26}, {"Formation", 44}, {"Lieu", 20}, {"Stagiaires", 11}};
    const Figures *figures = classeur->figures;
    const Model *model = figures->model;
    const ModelPlan *plan = figures->plan;
    classeur_head(classeur, sheet, "Calendrier",
                  "jours de formation par semaine du lundi ; sessions fixées en foncé ; semaines à jour férié en gris");
    g_autofree const ModelPlanSession **order = g_new(const ModelPlanSession *, plan->n_sessions + 1);
    int32_t first = INT32_MAX, last = 0;
    for (int32_t i = 0; i < plan->n_sessions; i++) {
        order[i] = &plan->sessions[i];
        first = MIN(first, calendar_monday(order[i]->debut));
        last = MAX(last, order[i]->fin);
    }
    int n_weeks = plan->n_sessions > 0 ? (last - first) / 7 + 1 : 0;
    g_autofree bool *closed = g_new0(bool, n_weeks + 1);
    for (int w = 0; w < n_weeks; w++) {
        g_autofree char *names = holidays(model, first + 7 * w);
        closed[w] = names != NULL;
    }
    qsort(order, (size_t)plan->n_sessions, sizeof *order, by_start);
    for (int i = 0; i < FIRST_WEEK; i++) {
        sheet_merged(sheet, MONTH_ROW, i, WEEK_ROW, i, SHEET_HEADER, heads[i].title);
        sheet_width(sheet, i, heads[i].width);
    }
    write_weeks(model, sheet, first, n_weeks);
    for (int32_t i = 0; i < plan->n_sessions; i++)
        write_session(model, sheet, WEEK_ROW + 1 + i, order[i], first, n_weeks, closed);
    sheet_freeze(sheet, WEEK_ROW + 1, FORMATION + 1);
    sheet_print(sheet, MONTH_ROW, WEEK_ROW, -1, false, 90 + 3 * n_weeks);
}
