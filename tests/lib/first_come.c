/* First need come, first served: see first_come.h. */
#include "tests/lib/first_come.h"

#include "config/calendar.h"
#include "tests/lib/ledger.h"

#include <string.h>

#define N_DAYS (CALENDAR_LAST - CALENDAR_FIRST + 1)

/* What the sessions made so far have taken. */
typedef struct {
    const Model *model;
    GPtrArray *sessions;       /* LedgerSession, in the order of making */
    int32_t *served;           /* [besoin] learners */
    int32_t *last_day;         /* [besoin] last training day of its learners, 0 before any */
    int32_t **absent;          /* [siae][day] learners in training, rows made when needed */
    int32_t **busy;            /* [organisme][day] sessions */
    int32_t *n_sessions;       /* [offre] */
    int64_t *disponible;       /* [enveloppe] cents */
    int64_t *reste;            /* [siae] reste à charge, cents */
    const int32_t *stagiaires; /* [besoin] first need of the same stagiaire, MODEL_NONE without */
    GPtrArray *needs;          /* [formation] its needs, GArray of int32_t, ascending */
} State;

static int32_t *days_row(int32_t **rows, int32_t i)
{
    if (rows[i] == NULL)
        rows[i] = g_new0(int32_t, N_DAYS);
    return rows[i];
}

static int32_t *day_cell(int32_t **rows, int32_t i, int32_t day)
{
    return &days_row(rows, i)[day - CALENDAR_FIRST];
}

static int32_t session_day(const LedgerSession *session, guint i)
{
    return g_array_index(session->days, int32_t, i);
}

static LedgerChoice *choice_at(const LedgerSession *session, guint i)
{
    return &g_array_index(session->choices, LedgerChoice, i);
}

/* Adds n learners (or takes them away, n < 0) of a need in a session. */
static void take(State *state, const LedgerSession *session, int32_t besoin, int32_t n)
{
    int32_t siae = state->model->besoins[besoin].siae;
    state->served[besoin] += n;
    for (guint d = 0; d < session->days->len; d++)
        *day_cell(state->absent, siae, session_day(session, d)) += n;
}

static void take_session(State *state, const LedgerSession *session, int32_t n)
{
    state->n_sessions[session->offre] += n;
    for (guint d = 0; d < session->days->len; d++)
        *day_cell(state->busy, state->model->offres[session->offre].organisme, session_day(session, d)) += n;
}

/* The same stagiaire sits in another session on one of these days. */
static bool occupied(const State *state, const LedgerSession *session, int32_t besoin)
{
    for (guint s = 0; s < state->sessions->len; s++) {
        const LedgerSession *other = g_ptr_array_index(state->sessions, s);
        for (guint c = 0; c < other->choices->len; c++)
            if (state->stagiaires[choice_at(other, c)->besoin] == state->stagiaires[besoin])
                for (guint i = 0; i < other->days->len; i++)
                    for (guint j = 0; j < session->days->len; j++)
                        if (session_day(other, i) == session_day(session, j))
                            return true;
    }
    for (guint c = 0; c < session->choices->len; c++)
        if (state->stagiaires[choice_at(session, c)->besoin] == state->stagiaires[besoin])
            return true;
    return false;
}

/* Learners of the need that may still join the session, money and min_siae left aside. */
static int32_t room(State *state, const LedgerSession *session, int32_t besoin)
{
    const Model *model = state->model;
    const ModelOffre *o = &model->offres[session->offre];
    const ModelBesoin *b = &model->besoins[besoin];
    const ModelSiae *s = &model->siae[b->siae];
    int32_t n = MIN(b->effectif - state->served[besoin], o->effectif_max - ledger_session_size(session));
    int32_t debut = session_day(session, 0), fin = session_day(session, session->days->len - 1);
    if (b->formation != o->formation || n <= 0 || debut < b->date_debut || fin > b->date_fin ||
        (o->siae != MODEL_NONE && o->siae != b->siae) || (o->opco[0] != '\0' && strcmp(o->opco, s->opco) != 0))
        return 0;
    int32_t km = ledger_km(model, besoin, session->offre, NULL);
    if (km == MODEL_NONE || (b->rayon_km != MODEL_NONE && km > b->rayon_km))
        return 0;
    for (guint d = 0; d < session->days->len; d++) {
        int32_t day = session_day(session, d);
        if (ledger_closed(model, OBJET_SIAE, b->siae, day))
            return 0;
        if (s->absents_max != MODEL_NONE)
            n = MIN(n, s->absents_max - *day_cell(state->absent, b->siae, day));
    }
    for (int32_t a = 0; a < b->n_apres; a++)
        if (state->last_day[b->apres[a]] == 0 || state->last_day[b->apres[a]] >= debut)
            return 0;
    if (n > 0 && b->stagiaire[0] != '\0' && occupied(state, session, besoin))
        return 0;
    return MAX(n, 0);
}

/* The first montage after `after` that holds for the need in the session and is not chosen there yet. */
static int32_t next_montage(const Model *model, const LedgerSession *session, int32_t besoin, int32_t after)
{
    for (int32_t m = after + 1; m < model->n_montages; m++) {
        bool chosen = false;
        for (guint c = 0; c < session->choices->len; c++)
            chosen = chosen || (choice_at(session, c)->besoin == besoin && choice_at(session, c)->montage == m);
        if (!chosen && ledger_montage_holds(model, besoin, m, session->offre))
            return m;
    }
    return MODEL_NONE;
}

/* Adds learners in reference order until the session holds `most`. */
static void fill(State *state, LedgerSession *session, int32_t most)
{
    const GArray *needs = g_ptr_array_index(state->needs, (guint)state->model->offres[session->offre].formation);
    for (guint i = 0; i < needs->len && ledger_session_size(session) < most; i++) {
        int32_t b = g_array_index(needs, int32_t, i);
        int32_t n = MIN(room(state, session, b), most - ledger_session_size(session));
        int32_t montage = n > 0 ? next_montage(state->model, session, b, -1) : MODEL_NONE;
        if (montage == MODEL_NONE)
            continue;
        LedgerChoice choice = {b, montage, n, false};
        g_array_append_val(session->choices, choice);
        take(state, session, b, n);
    }
}

static void drop(State *state, LedgerSession *session, guint choice, int32_t n)
{
    LedgerChoice *c = choice_at(session, choice);
    take(state, session, c->besoin, -n);
    c->effectif -= n;
    if (c->effectif == 0)
        g_array_remove_index(session->choices, choice);
}

static int32_t siae_count(const Model *model, const LedgerSession *session)
{
    int32_t n = 0;
    for (guint i = 0; i < session->choices->len; i++) {
        bool seen = false;
        for (guint j = 0; j < i; j++)
            seen = seen || model->besoins[choice_at(session, j)->besoin].siae ==
                               model->besoins[choice_at(session, i)->besoin].siae;
        n += !seen;
    }
    return n;
}

/* The last choice whose axe wants more SIAE than the session has, or -1. */
static int32_t too_alone(const Model *model, const LedgerSession *session)
{
    int32_t n = siae_count(model, session);
    for (guint i = session->choices->len; i-- > 0;)
        if (model->axes[model->besoins[choice_at(session, i)->besoin].axe].min_siae > n)
            return (int32_t)i;
    return -1;
}

/* What the session costs its SIAE and envelopes. Returns the last choice that cannot be afforded, or -1 and, when
 * keep is true, spends. */
static int32_t afford(State *state, LedgerSession *session, bool keep)
{
    const Model *model = state->model;
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(ModelPlanAffectation));
    g_autoptr(GArray) charges = g_array_new(FALSE, FALSE, sizeof(ModelPlanCharge));
    g_autofree int64_t *disponible = g_memdup2(state->disponible, (gsize)(model->n_enveloppes + 1) * sizeof(int64_t));
    g_autofree int64_t *reste = g_memdup2(state->reste, (gsize)(model->n_siae + 1) * sizeof(int64_t));
    int32_t unpaid = ledger_account(model, session, 0, disponible, rows, charges);
    for (guint i = 0; i < rows->len; i++) {
        const ModelPlanAffectation *row = &g_array_index(rows, ModelPlanAffectation, i);
        int32_t siae = model->besoins[row->besoin].siae;
        reste[siae] += row->reste_a_charge;
        if (model->siae[siae].reste_a_charge_max != MODEL_NONE && reste[siae] > model->siae[siae].reste_a_charge_max)
            unpaid = (int32_t)i;
    }
    if (unpaid < 0 && keep) {
        memcpy(state->disponible, disponible, (gsize)model->n_enveloppes * sizeof(int64_t));
        memcpy(state->reste, reste, (gsize)model->n_siae * sizeof(int64_t));
    }
    return unpaid;
}

/* Takes learners away until the rest is allowed and affordable; false when nothing is left to take away. */
static bool trim(State *state, LedgerSession *session)
{
    const ModelOffre *o = &state->model->offres[session->offre];
    while (ledger_session_size(session) >= o->effectif_min) {
        int32_t at = too_alone(state->model, session);
        bool alone = at >= 0;
        if (!alone)
            at = afford(state, session, false);
        if (at < 0)
            return true;
        LedgerChoice *choice = choice_at(session, (guint)at);
        if (choice->fixed)
            return false;
        int32_t other = alone ? MODEL_NONE : next_montage(state->model, session, choice->besoin, choice->montage);
        if (other != MODEL_NONE)
            choice->montage = other;
        else
            drop(state, session, (guint)at, alone ? choice->effectif : 1);
    }
    return false;
}

static void keep(State *state, LedgerSession *session)
{
    int32_t unpaid = afford(state, session, true);
    g_assert(unpaid < 0);
    for (guint c = 0; c < session->choices->len; c++) {
        int32_t *last = &state->last_day[choice_at(session, c)->besoin];
        *last = MAX(*last, session_day(session, session->days->len - 1));
    }
}

static bool try_session(State *state, int32_t offre, int32_t debut)
{
    const ModelOffre *o = &state->model->offres[offre];
    int32_t most = state->model->organismes[o->organisme].sessions_simultanees;
    LedgerSession *session = ledger_session_new(state->model, offre, MODEL_NONE, debut);
    bool free_days = session->days->len > 0;
    for (guint d = 0; d < session->days->len && most != MODEL_NONE; d++)
        free_days = free_days && *day_cell(state->busy, o->organisme, session_day(session, d)) < most;
    if (free_days)
        fill(state, session, o->effectif_max);
    if (free_days && trim(state, session)) {
        take_session(state, session, 1);
        keep(state, session);
        g_ptr_array_add(state->sessions, session);
        return true;
    }
    while (session->choices->len > 0)
        drop(state, session, 0, choice_at(session, 0)->effectif);
    ledger_session_free(session);
    return false;
}

/* The fixed sessions with their learners, then others up to effectif_max or, when frugal, to effectif_min only. */
static bool place_fixed(State *state, bool frugal)
{
    const Model *model = state->model;
    for (int32_t i = 0; i < model->n_sessions_fixees; i++) {
        const ModelSessionFixee *f = &model->sessions_fixees[i];
        LedgerSession *session = ledger_session_new(model, f->offre, i, f->date_debut);
        session->code = g_strdup(f->session);
        g_ptr_array_add(state->sessions, session);
        take_session(state, session, 1);
        for (int32_t a = 0; a < model->n_affectations_fixees; a++) {
            const ModelAffectationFixee *given = &model->affectations_fixees[a];
            if (given->session != i)
                continue;
            LedgerChoice choice = {given->besoin, given->montage, given->effectif, true};
            g_array_append_val(session->choices, choice);
            take(state, session, given->besoin, given->effectif);
            state->last_day[given->besoin] =
                MAX(state->last_day[given->besoin], session_day(session, session->days->len - 1));
        }
    }
    for (guint s = 0; s < state->sessions->len; s++) {
        LedgerSession *session = g_ptr_array_index(state->sessions, s);
        const ModelOffre *o = &model->offres[session->offre];
        fill(state, session, frugal ? o->effectif_min : o->effectif_max);
        if (!trim(state, session))
            return false;
        keep(state, session);
    }
    return true;
}

static void place_offer(State *state, int32_t offre, int32_t date_plan)
{
    int32_t first, last;
    ledger_period(state->model, offre, date_plan, &first, &last);
    for (int32_t day = first; day <= last; day++) {
        if (!ledger_working_day(state->model, offre, day))
            continue;
        while (state->n_sessions[offre] < state->model->offres[offre].sessions_max && try_session(state, offre, day))
            ;
        day = calendar_monday(day) + 6; /* the first possible day of the next week */
    }
}

static int32_t *same_stagiaire(const Model *model)
{
    int32_t *first = g_new0(int32_t, model->n_besoins + 1);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int32_t b = 0; b < model->n_besoins; b++) {
        first[b] = MODEL_NONE;
        if (model->besoins[b].stagiaire[0] == '\0')
            continue;
        char *key = g_strdup_printf("%d %s", model->besoins[b].siae, model->besoins[b].stagiaire);
        gpointer at = NULL;
        bool again = g_hash_table_lookup_extended(seen, key, NULL, &at);
        first[b] = again ? GPOINTER_TO_INT(at) : b;
        if (again)
            g_free(key);
        else
            g_hash_table_insert(seen, key, GINT_TO_POINTER(b));
    }
    return first;
}

static GPtrArray *needs_by_formation(const Model *model)
{
    GPtrArray *needs = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    for (int32_t f = 0; f < model->n_formations; f++)
        g_ptr_array_add(needs, g_array_new(FALSE, FALSE, sizeof(int32_t)));
    for (int32_t b = 0; b < model->n_besoins; b++)
        g_array_append_val((GArray *)g_ptr_array_index(needs, (guint)model->besoins[b].formation), b);
    return needs;
}

static void free_rows(int32_t **rows, int32_t n)
{
    for (int32_t i = 0; i < n; i++)
        g_free(rows[i]);
    g_free(rows);
}

static ModelPlan *attempt(const Model *model, int32_t date_plan, bool frugal)
{
    g_autofree int32_t *stagiaires = same_stagiaire(model);
    g_autoptr(GPtrArray) needs = needs_by_formation(model);
    State state = {.model = model,
                   .sessions = g_ptr_array_new_with_free_func((GDestroyNotify)ledger_session_free),
                   .served = g_new0(int32_t, model->n_besoins + 1),
                   .last_day = g_new0(int32_t, model->n_besoins + 1),
                   .absent = g_new0(int32_t *, model->n_siae + 1),
                   .busy = g_new0(int32_t *, model->n_organismes + 1),
                   .n_sessions = g_new0(int32_t, model->n_offres + 1),
                   .disponible = g_new0(int64_t, model->n_enveloppes + 1),
                   .reste = g_new0(int64_t, model->n_siae + 1),
                   .stagiaires = stagiaires,
                   .needs = needs};
    for (int32_t e = 0; e < model->n_enveloppes; e++)
        state.disponible[e] = model->enveloppes[e].montant;
    ModelPlan *plan = NULL;
    if (place_fixed(&state, frugal)) {
        /* twice: a need with apres may come before the needs it waits for */
        for (int pass = 0; pass < 2; pass++)
            for (int32_t o = 0; o < model->n_offres; o++)
                place_offer(&state, o, date_plan);
        plan = ledger_plan(model, state.sessions, date_plan);
    }
    g_ptr_array_unref(state.sessions);
    free_rows(state.absent, model->n_siae);
    free_rows(state.busy, model->n_organismes);
    g_free(state.served);
    g_free(state.last_day);
    g_free(state.n_sessions);
    g_free(state.disponible);
    g_free(state.reste);
    return plan;
}

ModelPlan *first_come_plan(const Model *model)
{
    int32_t date_plan =
        model->campagne.date_plan != MODEL_NONE ? model->campagne.date_plan : model->campagne.date_debut;
    ModelPlan *plan = attempt(model, date_plan, false);
    return plan != NULL ? plan : attempt(model, date_plan, true);
}
