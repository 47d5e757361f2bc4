/* The checker, part 4: the rules that bind several sessions together — 3 (absents_max, sessions_simultanees) and 6
 * (stagiaires, apres). */
#include "plan/check_state.h"

#include <stdlib.h>
#include <string.h>

/* Something counted on the days of a session, for one owner (a SIAE or an organisme). */
typedef struct {
    int32_t owner, session, besoin, count;
} Load;

static int compare_loads(const void *a, const void *b)
{
    const Load *x = a, *y = b;
    if (x->owner != y->owner)
        return x->owner < y->owner ? -1 : 1;
    if (x->session != y->session)
        return x->session < y->session ? -1 : 1;
    return x->besoin < y->besoin ? -1 : x->besoin > y->besoin;
}

/* Adds a load to its days; the first day that goes over the limit, or 0. on_day: one counter a day. */
static int32_t add_load(const CheckState *state, const Load *load, int64_t *on_day, int32_t limit)
{
    const CheckSession *session = &state->sessions[load->session];
    const int32_t *days = check_state_days(state, session);
    int32_t over = 0;
    for (int32_t i = 0; i < session->n_days; i++) {
        int64_t *n = &on_day[days[i] - CALENDAR_FIRST];
        *n += load->count;
        if (*n > limit && over == 0)
            over = days[i];
    }
    return over;
}

static void remove_load(const CheckState *state, const Load *load, int64_t *on_day)
{
    const CheckSession *session = &state->sessions[load->session];
    const int32_t *days = check_state_days(state, session);
    for (int32_t i = 0; i < session->n_days; i++)
        on_day[days[i] - CALENDAR_FIRST] -= load->count;
}

/* Sums the loads of each owner by day and tells, once an owner, where they go over its limit. */
static void verify_loads(CheckState *state, GArray *loads, int32_t (*limit_of)(const Model *model, int32_t owner),
                         const char *(*code_of)(const Model *model, int32_t owner), const char *what)
{
    g_autofree int64_t *on_day = g_new0(int64_t, CALENDAR_LAST - CALENDAR_FIRST + 1);
    char day[CHECK_DAY_MAX];
    g_array_sort(loads, compare_loads);
    for (guint first = 0, end; first < loads->len; first = end) {
        int32_t owner = g_array_index(loads, Load, first).owner, limit = limit_of(state->model, owner), over = 0;
        for (end = first; end < loads->len && g_array_index(loads, Load, end).owner == owner; end++) {
            const Load *load = &g_array_index(loads, Load, end);
            int32_t at = add_load(state, load, on_day, limit);
            if (at != 0 && over == 0) {
                over = at;
                check_state_fault(state, CHECK_LOAD, load->session, load->besoin,
                                  "le %s, déjà %" G_GINT64_FORMAT " %s %s, %d au plus", check_state_day(at, day),
                                  on_day[at - CALENDAR_FIRST], what, code_of(state->model, owner), limit);
            }
        }
        for (guint i = first; i < end; i++)
            remove_load(state, &g_array_index(loads, Load, i), on_day);
    }
}

static int32_t absents_max(const Model *model, int32_t siae)
{
    return model->siae[siae].absents_max;
}

static const char *siae_code(const Model *model, int32_t siae)
{
    return model->siae[siae].code;
}

static int32_t sessions_simultanees(const Model *model, int32_t organisme)
{
    return model->organismes[organisme].sessions_simultanees;
}

static const char *organisme_siret(const Model *model, int32_t organisme)
{
    return model->organismes[organisme].siret;
}

static void verify_absents(CheckState *state)
{
    g_autoptr(GArray) loads = g_array_new(FALSE, FALSE, sizeof(Load));
    for (int32_t i = 0; i < state->n_rows; i++) {
        const CheckRow *row = &state->rows[i];
        Load load = {state->model->besoins[row->besoin].siae, row->session, row->besoin, row->effectif};
        if (state->model->siae[load.owner].absents_max != MODEL_NONE)
            g_array_append_val(loads, load);
    }
    verify_loads(state, loads, absents_max, siae_code, "absents de la SIAE");
}

static void verify_simultaneous(CheckState *state)
{
    g_autoptr(GArray) loads = g_array_new(FALSE, FALSE, sizeof(Load));
    for (int32_t i = 0; i < state->plan->n_sessions; i++) {
        if (state->sessions[i].offre == NULL)
            continue;
        Load load = {state->sessions[i].offre->organisme, i, MODEL_NONE, 1};
        if (state->model->organismes[load.owner].sessions_simultanees != MODEL_NONE)
            g_array_append_val(loads, load);
    }
    verify_loads(state, loads, sessions_simultanees, organisme_siret, "sessions de l'organisme");
}

/* A place a stagiaire takes on a day: nobody takes two, be it in one session. */
typedef struct {
    int32_t siae;
    const char *stagiaire;
    int32_t day, session, besoin;
} Presence;

static int compare_people(const Presence *x, const Presence *y)
{
    if (x->siae != y->siae)
        return x->siae < y->siae ? -1 : 1;
    return strcmp(x->stagiaire, y->stagiaire);
}

static int compare_presences(const void *a, const void *b)
{
    const Presence *x = a, *y = b;
    int order = compare_people(x, y);
    if (order != 0)
        return order;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return x->session < y->session ? -1 : x->session > y->session;
}

static void verify_stagiaires(CheckState *state)
{
    char day[CHECK_DAY_MAX];
    g_autoptr(GArray) presences = g_array_new(FALSE, FALSE, sizeof(Presence));
    for (int32_t i = 0; i < state->n_rows; i++) {
        const CheckRow *row = &state->rows[i];
        const CheckSession *session = &state->sessions[row->session];
        const ModelBesoin *besoin = &state->model->besoins[row->besoin];
        const int32_t *days = check_state_days(state, session);
        Presence presence = {besoin->siae, besoin->stagiaire, 0, row->session, row->besoin};
        for (int32_t d = 0; besoin->stagiaire[0] != '\0' && d < session->n_days; d++) {
            presence.day = days[d];
            g_array_append_val(presences, presence);
            if (row->effectif > 1)
                g_array_append_val(presences, presence);
        }
    }
    g_array_sort(presences, compare_presences);
    const Presence *told = NULL; /* once for the same two places, not once a day */
    for (guint i = 1; i < presences->len; i++) {
        const Presence *x = &g_array_index(presences, Presence, i - 1), *y = x + 1;
        if (compare_people(x, y) != 0 || x->day != y->day)
            continue;
        if (told == NULL || told->besoin != y->besoin || told->session != y->session || told[-1].session != x->session)
            check_state_fault(state, CHECK_TRAINEE, y->session, y->besoin,
                              "le stagiaire %s de la SIAE %s occupe déjà une place en session %s le %s", y->stagiaire,
                              state->model->siae[y->siae].code,
                              state->plan->sessions[x->session].code != NULL ? state->plan->sessions[x->session].code
                                                                             : "(sans code)",
                              check_state_day(y->day, day));
        told = y;
    }
}

static void verify_apres(CheckState *state)
{
    const Model *model = state->model;
    char start[CHECK_DAY_MAX], end[CHECK_DAY_MAX];
    g_autofree int32_t *last_day = g_new0(int32_t, (gsize)model->n_besoins + 1);
    for (int32_t i = 0; i < state->n_rows; i++) {
        const CheckSession *session = &state->sessions[state->rows[i].session];
        if (session->n_days > 0) {
            int32_t last = check_state_days(state, session)[session->n_days - 1];
            last_day[state->rows[i].besoin] = MAX(last_day[state->rows[i].besoin], last);
        }
    }
    for (int32_t i = 0; i < state->n_rows; i++) {
        const CheckRow *row = &state->rows[i];
        const CheckSession *session = &state->sessions[row->session];
        const ModelBesoin *besoin = &model->besoins[row->besoin];
        int32_t first = session->n_days > 0 ? check_state_days(state, session)[0] : 0;
        for (int32_t a = 0; a < besoin->n_apres; a++) {
            int32_t named = besoin->apres[a];
            if (state->served[named] == 0)
                check_state_fault(state, CHECK_TRAINEE, row->session, row->besoin,
                                  "vient après le besoin %s, qui n'est pas servi", model->besoins[named].reference);
            else if (first != 0 && first <= last_day[named])
                check_state_fault(state, CHECK_TRAINEE, row->session, row->besoin,
                                  "commence le %s, or le besoin %s, à servir avant, finit le %s",
                                  check_state_day(first, start), model->besoins[named].reference,
                                  check_state_day(last_day[named], end));
        }
    }
}

void check_rules_verify(CheckState *state)
{
    verify_absents(state);
    verify_simultaneous(state);
    verify_stagiaires(state);
    verify_apres(state);
}
