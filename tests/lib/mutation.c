/* Random steps from plan to plan: see mutation.h. */
#include "tests/lib/mutation.h"

#include "tests/lib/ledger.h"

typedef struct {
    const Model *model;
    RegionRandom *random;
    GPtrArray *sessions;
    int32_t date_plan;
} Step;

static int32_t pick(Step *step, int32_t n)
{
    return (int32_t)region_random_between(step->random, 0, n - 1);
}

static LedgerSession *some_session(Step *step)
{
    return g_ptr_array_index(step->sessions, (guint)pick(step, (int32_t)step->sessions->len));
}

static LedgerChoice *some_choice(Step *step, const LedgerSession *session)
{
    return &g_array_index(session->choices, LedgerChoice, (guint)pick(step, (int32_t)session->choices->len));
}

static void merge(LedgerSession *session, LedgerChoice choice)
{
    for (guint c = 0; c < session->choices->len; c++) {
        LedgerChoice *other = &g_array_index(session->choices, LedgerChoice, c);
        if (other->besoin == choice.besoin && other->montage == choice.montage) {
            other->effectif += choice.effectif;
            return;
        }
    }
    g_array_append_val(session->choices, choice);
}

/* A montage that holds where there is one, two times in three. */
static int32_t some_montage(Step *step, int32_t besoin, int32_t offre)
{
    int32_t montage = 0;
    bool holds = region_random_chance(step->random, 67);
    for (int tries = 0; tries < 20; tries++) {
        montage = pick(step, step->model->n_montages);
        if (!holds || ledger_montage_holds(step->model, besoin, montage, offre))
            break;
    }
    return montage;
}

/* A need of the offer's course, nineteen times in twenty where there is one. */
static int32_t some_need(Step *step, int32_t offre)
{
    int32_t besoin = 0;
    bool same = region_random_chance(step->random, 95);
    for (int tries = 0; tries < 20; tries++) {
        besoin = pick(step, step->model->n_besoins);
        if (!same || step->model->besoins[besoin].formation == step->model->offres[offre].formation)
            break;
    }
    return besoin;
}

static void add_learner(Step *step, LedgerSession *session)
{
    int32_t besoin = some_need(step, session->offre);
    LedgerChoice choice = {besoin, some_montage(step, besoin, session->offre), 1, false};
    merge(session, choice);
}

static void remove_learner(Step *step)
{
    LedgerSession *session = some_session(step);
    LedgerChoice *choice = some_choice(step, session);
    if (--choice->effectif == 0)
        g_array_remove_index(session->choices, (guint)(choice - &g_array_index(session->choices, LedgerChoice, 0)));
    if (session->choices->len == 0)
        g_ptr_array_remove(step->sessions, session);
}

static void change_montage(Step *step)
{
    LedgerSession *session = some_session(step);
    LedgerChoice *at = some_choice(step, session), choice = *at;
    g_array_remove_index(session->choices, (guint)(at - &g_array_index(session->choices, LedgerChoice, 0)));
    choice.montage = some_montage(step, choice.besoin, session->offre);
    merge(session, choice);
}

/* A working day of the offer's period or, one time in five, some days around it. */
static int32_t some_start(Step *step, int32_t offre)
{
    int32_t first, last, day = 0;
    ledger_period(step->model, offre, step->date_plan, &first, &last);
    int32_t around = region_random_chance(step->random, 20) ? 5 : 0;
    last = MAX(first, last) + around;
    first -= around;
    for (int tries = 0; tries < 60; tries++) {
        day = first + pick(step, last - first + 1);
        if (ledger_working_day(step->model, offre, day))
            return day;
    }
    while (!ledger_working_day(step->model, offre, day))
        day++;
    return day;
}

static void change_start(Step *step)
{
    LedgerSession *session = some_session(step);
    if (session->fixee != MODEL_NONE && region_random_chance(step->random, 80))
        return;
    session->debut = some_start(step, session->offre);
    g_array_unref(session->days);
    session->days = ledger_days(step->model, session->offre, session->debut);
    if (session->fixee == MODEL_NONE)
        g_free(g_steal_pointer(&session->code));
}

static void add_session(Step *step)
{
    int32_t offre = pick(step, step->model->n_offres);
    LedgerSession *session = ledger_session_new(step->model, offre, MODEL_NONE, some_start(step, offre));
    int32_t size = (int32_t)region_random_between(step->random, step->model->offres[offre].effectif_min,
                                                  step->model->offres[offre].effectif_max);
    for (int32_t k = 0; k < size; k++)
        add_learner(step, session);
    g_ptr_array_add(step->sessions, session);
}

ModelPlan *mutation_of(const Model *model, const ModelPlan *plan, RegionRandom *random)
{
    g_autoptr(GPtrArray) sessions = ledger_sessions(model, plan);
    Step step = {model, random, sessions, plan->date_plan};
    int32_t kind = sessions->len == 0 ? 0 : pick(&step, 10);
    if (kind < 3)
        add_session(&step);
    else if (kind < 6)
        add_learner(&step, some_session(&step));
    else if (kind == 6)
        remove_learner(&step);
    else if (kind == 7)
        change_start(&step);
    else
        change_montage(&step);
    return ledger_plan(model, sessions, plan->date_plan);
}
