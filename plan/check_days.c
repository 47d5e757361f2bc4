/* The checker, part 2: contract, Days — the training days that follow from each start, and which starts are allowed. */
#include "plan/check_state.h"

/* Whose days count for a session. */
typedef struct {
    const Model *model;
    CalendarZone zone;
    CheckClosures organisme, commune;
} Place;

static Place place_of(const Model *model, const ModelOffre *offre)
{
    return (Place){.model = model,
                   .zone = offre->commune == MODEL_NONE
                               ? calendar_zone_of_region(model->campagne.region)
                               : calendar_zone_of_commune(model->communes[offre->commune].code_insee),
                   .organisme = check_state_closures(model, OBJET_ORGANISME, offre->organisme),
                   .commune = check_state_closures(model, OBJET_COMMUNE, offre->commune)};
}

static bool is_working(const Place *place, int32_t day)
{
    return calendar_weekday(day) < 5 && !calendar_is_holiday(day, place->zone) &&
           !check_state_closed(place->model, place->organisme, day) &&
           !check_state_closed(place->model, place->commune, day);
}

/* Appends the training days from start on; fewer than `jours` when the calendar of prisme ends first. */
static void count_days(CheckState *state, CheckSession *session, const Place *place, int32_t start)
{
    int32_t in_week = 0;
    session->first_day = (int32_t)state->days->len;
    for (int32_t day = start; day <= CALENDAR_LAST && session->n_days < session->formation->jours; day++) {
        if (calendar_weekday(day) == 0)
            in_week = 0;
        if (in_week == session->formation->jours_par_semaine || !is_working(place, day))
            continue;
        g_array_append_val(state->days, day);
        session->n_days++;
        in_week++;
    }
}

/* The period of new starts of an offer. */
static void start_period(const CheckState *state, const ModelOffre *offre, int32_t *first, int32_t *last)
{
    const ModelCampagne *campagne = &state->model->campagne;
    int64_t thawed = (int64_t)state->plan->date_plan + campagne->gel_jours;
    *first = MAX(offre->date_debut, campagne->date_debut);
    if (thawed > *first)
        *first = (int32_t)MIN(thawed, CALENDAR_LAST + 1);
    *last = MIN(offre->date_fin, campagne->date_fin);
}

static void verify_start(CheckState *state, int32_t position, const Place *place)
{
    const ModelPlanSession *session = &state->plan->sessions[position];
    char found[CHECK_DAY_MAX], bound[CHECK_DAY_MAX], other[CHECK_DAY_MAX];
    check_state_day(session->debut, found);
    if (!is_working(place, session->debut)) {
        const char *holiday = calendar_holiday_name(session->debut, place->zone);
        check_state_fault(state, CHECK_START, position, MODEL_NONE, "début le %s, qui n'est pas un jour ouvré (%s)",
                          found,
                          calendar_weekday(session->debut) >= 5 ? "fin de semaine"
                          : holiday != NULL                     ? holiday
                                                                : "fermeture");
    }
    if (session->fixee != MODEL_NONE)
        return;
    int32_t first, last;
    start_period(state, state->sessions[position].offre, &first, &last);
    if (session->debut < first || session->debut > last) {
        check_state_fault(state, CHECK_START, position, MODEL_NONE,
                          "début le %s, hors de la période de l'offre %s, de la campagne et du gel (%s à %s)", found,
                          state->sessions[position].offre->code, check_state_day(first, bound),
                          check_state_day(last, other));
        return;
    }
    for (int32_t day = MAX(first, calendar_monday(session->debut)); day < session->debut; day++)
        if (is_working(place, day)) {
            check_state_fault(state, CHECK_START, position, MODEL_NONE,
                              "début le %s, mais le premier jour possible de la semaine est le %s", found,
                              check_state_day(day, other));
            return;
        }
}

static void verify_days(CheckState *state, int32_t position)
{
    const ModelPlanSession *stated = &state->plan->sessions[position];
    const CheckSession *session = &state->sessions[position];
    char expected[CHECK_DAY_MAX], found[CHECK_DAY_MAX];
    const int32_t *days = check_state_days(state, session);
    if (session->n_days < session->formation->jours) {
        check_state_fault(state, CHECK_DAYS, position, MODEL_NONE, "les %d jours de formation ne tiennent pas",
                          session->formation->jours);
        return;
    }
    int32_t last = days[session->n_days - 1];
    if (stated->fin != last)
        check_state_fault(state, CHECK_DAYS, position, MODEL_NONE, "fin le %s attendue, %s trouvée",
                          check_state_day(last, expected), check_state_day(stated->fin, found));
    if (stated->n_jours != session->n_days || stated->jours == NULL) {
        check_state_fault(state, CHECK_DAYS, position, MODEL_NONE, "%d jours de formation attendus, %d trouvés",
                          session->n_days, stated->jours == NULL ? 0 : stated->n_jours);
        return;
    }
    for (int32_t i = 0; i < session->n_days; i++)
        if (stated->jours[i] != days[i]) {
            check_state_fault(state, CHECK_DAYS, position, MODEL_NONE, "jour %d le %s attendu, le %s trouvé", i + 1,
                              check_state_day(days[i], expected), check_state_day(stated->jours[i], found));
            return;
        }
}

static void verify_date_plan(CheckState *state)
{
    int32_t given = state->model->campagne.date_plan, stated = state->plan->date_plan;
    char expected[CHECK_DAY_MAX], found[CHECK_DAY_MAX];
    if (stated < CALENDAR_FIRST || stated > CALENDAR_LAST)
        check_state_fault(state, CHECK_FORM, MODEL_NONE, MODEL_NONE, "date du plan inconnue (%s)",
                          check_state_day(stated, found));
    else if (given != MODEL_NONE && given != stated)
        check_state_fault(state, CHECK_FORM, MODEL_NONE, MODEL_NONE, "date du plan %s attendue, %s trouvée",
                          check_state_day(given, expected), check_state_day(stated, found));
}

void check_days_verify(CheckState *state)
{
    verify_date_plan(state);
    for (int32_t i = 0; i < state->plan->n_sessions; i++) {
        CheckSession *session = &state->sessions[i];
        int32_t start = state->plan->sessions[i].debut;
        char found[CHECK_DAY_MAX];
        if (session->offre == NULL)
            continue;
        if (start < CALENDAR_FIRST || start > CALENDAR_LAST) {
            check_state_fault(state, CHECK_START, i, MODEL_NONE, "début inconnu (%s)", check_state_day(start, found));
            continue;
        }
        Place place = place_of(state->model, session->offre);
        verify_start(state, i, &place);
        count_days(state, session, &place, start);
        verify_days(state, i);
    }
}
