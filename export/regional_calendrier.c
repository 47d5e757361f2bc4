/* Regional workbook, page Calendrier: sessions in the order of their start, weeks across, a colour for each filière; a
 * cell holds the training days of its week. */
#include "config/calendar.h"
#include "export/french.h"
#include "export/regional.h"

#include <stdlib.h>
#include <string.h>

enum { SESSION, FORMATION, FILIERE, PLACE, STATUS, LEARNERS, FIRST_WEEK };
#define KEY_ROW 2
#define MONTH_ROW 4
#define WEEK_ROW 5
#define KEY_PER_ROW 4
#define KEY_WEEKS 7 /* columns of weeks a colour's name takes */

/* A filière and the colour its sessions have; those beyond the colours share the last one. */
typedef struct {
    const char *name;
    int64_t sessions;
} Filiere;

typedef struct {
    const Model *model;
    const ModelPlan *plan;
    Sheet *sheet;
    int32_t first; /* Monday of the first week */
    int n_weeks;
    bool *closed;     /* of each zone and week: a holiday in it */
    GArray *filieres; /* of Filiere: most sessions first, then by name */
} Page;

static int by_start(const void *a, const void *b)
{
    const ModelPlanSession *left = *(const ModelPlanSession *const *)a, *right = *(const ModelPlanSession *const *)b;
    return left->debut != right->debut ? (left->debut < right->debut ? -1 : 1) : strcmp(left->code, right->code);
}

static int by_sessions(const void *a, const void *b)
{
    const Filiere *left = a, *right = b;
    return left->sessions != right->sessions ? (left->sessions > right->sessions ? -1 : 1)
                                             : strcmp(left->name, right->name);
}

static const ModelFormation *formation_of(const Page *page, const ModelPlanSession *session)
{
    return &page->model->formations[page->model->offres[session->offre].formation];
}

/* The position of a filière, made when `add`; -1 when there is none. */
static int find_filiere(const Page *page, const char *name, bool add)
{
    for (guint i = 0; i < page->filieres->len; i++)
        if (strcmp(g_array_index(page->filieres, Filiere, i).name, name) == 0)
            return (int)i;
    Filiere filiere = {name, 0};
    if (!add)
        return -1;
    g_array_append_val(page->filieres, filiere);
    return (int)page->filieres->len - 1;
}

static void list_filieres(Page *page)
{
    for (int32_t s = 0; s < page->plan->n_sessions; s++) {
        int at = find_filiere(page, formation_of(page, &page->plan->sessions[s])->filiere, true);
        g_array_index(page->filieres, Filiere, at).sessions++;
    }
    g_array_sort(page->filieres, by_sessions);
}

static const char *filiere_name(const char *filiere)
{
    return filiere[0] != '\0' ? filiere : "Sans filière";
}

static SheetStyle colour_of(const Page *page, const char *filiere)
{
    int at = find_filiere(page, filiere, false);
    return (SheetStyle)(SHEET_WEEK_COLOUR + MIN(at, SHEET_WEEK_COLOURS - 1));
}

/* The key of colours, over the weeks. */
static void write_key(const Page *page)
{
    int n = MIN((int)page->filieres->len, SHEET_WEEK_COLOURS);
    for (int i = 0; i < n; i++) {
        int row = KEY_ROW + i / KEY_PER_ROW, column = FIRST_WEEK + i % KEY_PER_ROW * (KEY_WEEKS + 1);
        bool shared = i == SHEET_WEEK_COLOURS - 1 && (int)page->filieres->len > SHEET_WEEK_COLOURS;
        const char *name = shared ? "autres filières" : filiere_name(g_array_index(page->filieres, Filiere, i).name);
        g_autofree char *text = french_shorten(name, 2 * KEY_WEEKS);
        sheet_text(page->sheet, row, column, (SheetStyle)(SHEET_WEEK_COLOUR + i), " ");
        sheet_text(page->sheet, row, column + 1, SHEET_KEY, text);
    }
}

static CalendarZone zone_of(const Model *model, const ModelOffre *offre)
{
    return offre->commune != MODEL_NONE ? calendar_zone_of_commune(model->communes[offre->commune].code_insee)
                                        : calendar_zone_of_region(model->campagne.region);
}

static void find_holidays(Page *page)
{
    page->closed = g_new0(bool, CALENDAR_N_ZONES *(page->n_weeks + 1));
    for (int zone = 0; zone < CALENDAR_N_ZONES; zone++)
        for (int day = 0; day < 7 * page->n_weeks; day++)
            if (day % 7 < 5 && calendar_is_holiday(page->first + day, (CalendarZone)zone))
                page->closed[zone * page->n_weeks + day / 7] = true;
}

static bool has_holiday(const Page *page, int week, CalendarZone zone)
{
    return page->closed[(int)zone * page->n_weeks + week];
}

/* The two lines over the weeks: months, and the date of each Monday; weeks with a holiday are grey. */
static void write_weeks(const Page *page)
{
    CalendarZone zone = calendar_zone_of_region(page->model->campagne.region);
    for (int w = 0; w < page->n_weeks;) {
        int year, month, begun = w;
        calendar_split(page->first + 7 * w, &year, &month, NULL);
        for (int other = month; w < page->n_weeks && other == month;)
            if (++w < page->n_weeks)
                calendar_split(page->first + 7 * w, NULL, &other, NULL);
        /* a month of one week has no room for its name, of two none for its year */
        g_autofree char *name = w - begun > 2   ? french_month(year, month)
                                : w - begun > 1 ? french_month(0, month)
                                                : g_strdup("");
        sheet_merged(page->sheet, MONTH_ROW, FIRST_WEEK + begun, MONTH_ROW, FIRST_WEEK + w - 1, SHEET_HEADER_WEEKS,
                     name);
    }
    for (int w = 0; w < page->n_weeks; w++) {
        int date;
        calendar_split(page->first + 7 * w, NULL, NULL, &date);
        g_autofree char *text = g_strdup_printf("%02d", date);
        sheet_text(page->sheet, WEEK_ROW, FIRST_WEEK + w, has_holiday(page, w, zone) ? SHEET_WEEK_HOLIDAY : SHEET_WEEK,
                   text);
    }
}

static void write_session(const Page *page, int row, const ModelPlanSession *session)
{
    const ModelOffre *offre = &page->model->offres[session->offre];
    const ModelFormation *formation = formation_of(page, session);
    CalendarZone zone = zone_of(page->model, offre);
    SheetStyle colour = colour_of(page, formation->filiere);
    Sheet *sheet = page->sheet;
    g_autofree int *days = g_new0(int, page->n_weeks);
    for (int32_t j = 0; j < session->n_jours; j++)
        days[(session->jours[j] - page->first) / 7]++;
    g_autofree char *title = french_shorten(formation->intitule, 46);
    g_autofree char *filiere = french_shorten(filiere_name(formation->filiere), 16);
    g_autofree char *place = french_shorten(classeur_place(page->model, offre), 18);
    sheet_text(sheet, row, SESSION, SHEET_TEXT, session->code);
    sheet_text(sheet, row, FORMATION, SHEET_TEXT, title);
    sheet_text(sheet, row, FILIERE, SHEET_TEXT, filiere);
    sheet_text(sheet, row, PLACE, SHEET_TEXT, place);
    sheet_text(sheet, row, STATUS, SHEET_TEXT, session->fixee != MODEL_NONE ? "Fixée" : "Nouvelle");
    sheet_integer(sheet, row, LEARNERS, SHEET_CENTRE, session->effectif);
    for (int w = 0; w < page->n_weeks; w++)
        if (days[w] > 0)
            sheet_integer(sheet, row, FIRST_WEEK + w, colour, days[w]);
        else
            sheet_blank(sheet, row, FIRST_WEEK + w, has_holiday(page, w, zone) ? SHEET_WEEK_HOLIDAY : SHEET_WEEK);
}

/* "1er janvier 2027 (Jour de l'an)...": the holidays of the weeks shown, at the places of sessions, each day once. */
static char *holidays_text(const Page *page)
{
    bool zones[CALENDAR_N_ZONES] = {false};
    GString *text = g_string_new(NULL);
    zones[calendar_zone_of_region(page->model->campagne.region)] = true;
    for (int32_t s = 0; s < page->plan->n_sessions; s++)
        zones[zone_of(page->model, &page->model->offres[page->plan->sessions[s].offre])] = true;
    for (int32_t day = page->first; day < page->first + 7 * page->n_weeks; day++) {
        const char *name = NULL;
        for (int zone = 0; zone < CALENDAR_N_ZONES; zone++)
            if (zones[zone] && name == NULL && calendar_weekday(day) < 5)
                name = calendar_holiday_name(day, (CalendarZone)zone);
        if (name == NULL)
            continue;
        g_autofree char *date = french_day_short(day);
        date[5] = '\0';
        g_string_append_printf(text, "%s%s %s", text->len > 0 ? ", " : "Jours fériés : ", date, name);
    }
    g_string_append(text, text->len > 0 ? "." : "");
    return g_string_free(text, FALSE);
}

void regional_calendrier(const Classeur *classeur, Sheet *sheet)
{
    static const struct {
        const char *title;
        double width;
    } heads[] = {{"Session", 26}, {"Formation", 42}, {"Filière", 16}, {"Lieu", 19}, {"Statut", 11}, {"Stagiaires", 11}};
    const ModelPlan *plan = classeur->figures->plan;
    g_autoptr(GArray) filieres = g_array_new(FALSE, FALSE, sizeof(Filiere));
    Page page = {classeur->figures->model, plan, sheet, INT32_MAX, 0, NULL, filieres};
    int32_t last = 0;
    classeur_head(classeur, sheet, "Calendrier",
                  "jours de formation par semaine du lundi ; une couleur par filière ; semaines à jour férié en gris");
    g_autofree const ModelPlanSession **order = g_new(const ModelPlanSession *, plan->n_sessions + 1);
    for (int32_t i = 0; i < plan->n_sessions; i++) {
        order[i] = &plan->sessions[i];
        page.first = MIN(page.first, calendar_monday(order[i]->debut));
        last = MAX(last, order[i]->fin);
    }
    page.n_weeks = plan->n_sessions > 0 ? (last - page.first) / 7 + 1 : 0;
    qsort(order, (size_t)plan->n_sessions, sizeof *order, by_start);
    find_holidays(&page);
    list_filieres(&page);
    write_key(&page);
    for (int i = 0; i < FIRST_WEEK; i++) {
        sheet_merged(sheet, MONTH_ROW, i, WEEK_ROW, i, SHEET_HEADER, heads[i].title);
        sheet_width(sheet, i, heads[i].width);
    }
    write_weeks(&page);
    for (int w = 0; w < MAX(page.n_weeks, KEY_PER_ROW * (KEY_WEEKS + 1)); w++)
        sheet_width(sheet, FIRST_WEEK + w, 3);
    for (int32_t i = 0; i < plan->n_sessions; i++)
        write_session(&page, WEEK_ROW + 1 + i, order[i]);
    g_autofree char *holidays = plan->n_sessions > 0 ? holidays_text(&page) : g_strdup("");
    sheet_text(sheet, WEEK_ROW + 2 + plan->n_sessions, 0, SHEET_NOTE, holidays);
    g_free(page.closed);
    sheet_freeze(sheet, WEEK_ROW + 1, FORMATION + 1);
    sheet_print(sheet, MONTH_ROW, WEEK_ROW, -1, false, 125 + 3 * page.n_weeks);
}
