/* Faults in who sits where, when, under which montage: see corruption_choices.h. */
#include "tests/lib/corruption_choices.h"

#include "config/calendar.h"
#include "tests/lib/corruption_edit.h"

#include <string.h>

static int32_t day_at(const LedgerSession *session, guint i)
{
    return g_array_index(session->days, int32_t, i);
}

static int32_t last_day(const LedgerSession *session)
{
    return day_at(session, session->days->len - 1);
}

static bool has_day(const LedgerSession *session, int32_t day)
{
    for (guint d = 0; d < session->days->len; d++)
        if (day_at(session, d) == day)
            return true;
    return false;
}

static bool meet(const LedgerSession *a, const LedgerSession *b)
{
    for (guint d = 0; d < a->days->len; d++)
        if (has_day(b, day_at(a, d)))
            return true;
    return false;
}

/* What one learner more of a need in a session would break. */
enum {
    FORMATION = 1 << 0,
    DATES = 1 << 1,
    OFFER_SIAE = 1 << 2,
    OFFER_OPCO = 1 << 3,
    UNREACHABLE = 1 << 4,
    RAYON = 1 << 5,
    ABSENTS = 1 << 6,
    SIAE_CLOSED = 1 << 7,
    STAGIAIRE = 1 << 8,
    APRES = 1 << 9,
    EXCEEDED = 1 << 10,
    TOO_LARGE = 1 << 11,
    ALONE = 1 << 12,
    UNFUNDED = 1 << 13,
};

static int32_t n_siae(const Model *model, const LedgerSession *session)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    for (guint c = 0; c < session->choices->len; c++)
        g_hash_table_add(seen, GINT_TO_POINTER(model->besoins[corruption_edit_choice(session, c)->besoin].siae + 1));
    return (int32_t)g_hash_table_size(seen);
}

/* Learners of a SIAE in training on a day. */
static int32_t away(const Model *model, GPtrArray *sessions, int32_t siae, int32_t day)
{
    int32_t n = 0;
    for (guint s = 0; s < sessions->len; s++)
        for (guint c = 0; c < corruption_edit_session(sessions, s)->choices->len; c++) {
            const LedgerChoice *choice = corruption_edit_choice(corruption_edit_session(sessions, s), c);
            if (model->besoins[choice->besoin].siae == siae && has_day(corruption_edit_session(sessions, s), day))
                n += choice->effectif;
        }
    return n;
}

/* The last day on which a need is trained, 0 when it is not served; *n: its learners. */
static int32_t trained(GPtrArray *sessions, int32_t besoin, int32_t *n)
{
    int32_t last = 0;
    *n = 0;
    for (guint s = 0; s < sessions->len; s++)
        for (guint c = 0; c < corruption_edit_session(sessions, s)->choices->len; c++)
            if (corruption_edit_choice(corruption_edit_session(sessions, s), c)->besoin == besoin) {
                last = MAX(last, last_day(corruption_edit_session(sessions, s)));
                *n += corruption_edit_choice(corruption_edit_session(sessions, s), c)->effectif;
            }
    return last;
}

static bool same_stagiaire(const Model *model, int32_t a, int32_t b)
{
    const ModelBesoin *x = &model->besoins[a], *y = &model->besoins[b];
    return x->stagiaire[0] != '\0' && x->siae == y->siae && strcmp(x->stagiaire, y->stagiaire) == 0;
}

static int32_t first_montage(const Model *model, int32_t besoin, int32_t offre)
{
    for (int32_t m = 0; m < model->n_montages; m++)
        if (ledger_montage_holds(model, besoin, m, offre))
            return m;
    return MODEL_NONE;
}

static unsigned breaks_of_stagiaire(const Model *model, GPtrArray *sessions, const LedgerSession *session,
                                    int32_t besoin)
{
    const ModelBesoin *b = &model->besoins[besoin];
    unsigned broken = 0;
    int32_t n;
    for (guint s = 0; s < sessions->len; s++)
        for (guint c = 0; c < corruption_edit_session(sessions, s)->choices->len; c++)
            if (same_stagiaire(model, corruption_edit_choice(corruption_edit_session(sessions, s), c)->besoin,
                               besoin) &&
                meet(corruption_edit_session(sessions, s), session))
                broken |= STAGIAIRE;
    for (int32_t a = 0; a < b->n_apres; a++) {
        int32_t last = trained(sessions, b->apres[a], &n);
        if (n == 0 || last >= day_at(session, 0))
            broken |= APRES;
    }
    return broken;
}

static unsigned breaks(const Model *model, GPtrArray *sessions, const LedgerSession *session, int32_t besoin)
{
    const ModelBesoin *b = &model->besoins[besoin];
    const ModelSiae *e = &model->siae[b->siae];
    const ModelOffre *o = &model->offres[session->offre];
    unsigned broken = breaks_of_stagiaire(model, sessions, session, besoin);
    int32_t n, km = ledger_km(model, besoin, session->offre, NULL), siae = n_siae(model, session) + 1;
    trained(sessions, besoin, &n);
    for (guint c = 0; c < session->choices->len; c++)
        if (model->besoins[corruption_edit_choice(session, c)->besoin].siae == b->siae)
            siae = n_siae(model, session);
    for (guint d = 0; d < session->days->len; d++) {
        int32_t day = day_at(session, d);
        broken |= ledger_closed(model, OBJET_SIAE, b->siae, day) ? SIAE_CLOSED : 0u;
        broken |= e->absents_max != MODEL_NONE && away(model, sessions, b->siae, day) >= e->absents_max ? ABSENTS : 0u;
    }
    return broken | (b->formation != o->formation ? FORMATION : 0u) |
           (day_at(session, 0) < b->date_debut || last_day(session) > b->date_fin ? DATES : 0u) |
           (o->siae != MODEL_NONE && o->siae != b->siae ? OFFER_SIAE : 0u) |
           (o->opco[0] != '\0' && strcmp(o->opco, e->opco) != 0 ? OFFER_OPCO : 0u) |
           (km == MODEL_NONE ? UNREACHABLE : 0u) |
           (km != MODEL_NONE && b->rayon_km != MODEL_NONE && km > b->rayon_km ? RAYON : 0u) |
           (n >= b->effectif ? EXCEEDED : 0u) | (ledger_session_size(session) >= o->effectif_max ? TOO_LARGE : 0u) |
           (siae < model->axes[b->axe].min_siae ? ALONE : 0u) |
           (first_montage(model, besoin, session->offre) == MODEL_NONE ? UNFUNDED : 0u);
}

/* One learner of a need more in a session, under a montage that holds or, for want of one, the first. */
static void seat(const Model *model, LedgerSession *session, int32_t besoin)
{
    int32_t montage = first_montage(model, besoin, session->offre);
    for (guint c = 0; c < session->choices->len; c++) {
        LedgerChoice *choice = corruption_edit_choice(session, c);
        if (choice->besoin == besoin && (choice->montage == montage || montage == MODEL_NONE)) {
            choice->effectif++;
            return;
        }
    }
    LedgerChoice choice = {besoin, MAX(montage, 0), 1, false};
    g_array_append_val(session->choices, choice);
}

static void unseat(LedgerSession *session, guint choice, int32_t n)
{
    corruption_edit_choice(session, choice)->effectif -= n;
    if (corruption_edit_choice(session, choice)->effectif == 0)
        g_array_remove_index(session->choices, choice);
}

/* Seats a learner where that breaks `wrong`: alone if there is such a place, else with other rules. A place taken by
 * another in a full session is tried before that. */
static bool seat_wrongly(const Model *model, ModelPlan *plan, unsigned wrong)
{
    GPtrArray *sessions = ledger_sessions(model, plan);
    const unsigned beside[] = {0, EXCEEDED, TOO_LARGE, EXCEEDED | TOO_LARGE, ~0u};
    for (size_t k = 0; k < G_N_ELEMENTS(beside); k++)
        for (guint s = 0; s < sessions->len; s++)
            for (int32_t b = 0; b < model->n_besoins; b++) {
                LedgerSession *session = corruption_edit_session(sessions, s);
                unsigned broken = breaks(model, sessions, session, b);
                if ((broken & wrong) == 0 || (broken & ~(wrong | beside[k])) != 0)
                    continue;
                seat(model, session, b);
                bool done = corruption_edit_settle(model, plan, sessions);
                g_ptr_array_unref(sessions);
                return done;
            }
    g_ptr_array_unref(sessions);
    return false;
}

#define SEAT(name, wrong)                                                                                              \
    bool corruption_choices_##name(const Model *model, ModelPlan *plan)                                                \
    {                                                                                                                  \
        return seat_wrongly(model, plan, (wrong));                                                                     \
    }

SEAT(need_formation, FORMATION)
SEAT(need_dates, DATES)
SEAT(offer_siae, OFFER_SIAE)
SEAT(offer_opco, OFFER_OPCO)
SEAT(unreachable, UNREACHABLE)
SEAT(rayon, RAYON)
SEAT(absents, ABSENTS)
SEAT(siae_closed, SIAE_CLOSED)
SEAT(stagiaire_twice, STAGIAIRE)
SEAT(need_exceeded, EXCEEDED)
SEAT(group_large, TOO_LARGE)

/* Moves a session of the plan to another start. */
static bool restart(const Model *model, ModelPlan *plan, guint s, int32_t debut)
{
    g_autoptr(GPtrArray) sessions = ledger_sessions(model, plan);
    LedgerSession *session = corruption_edit_session(sessions, s);
    session->debut = debut;
    g_array_unref(session->days);
    session->days = ledger_days(model, session->offre, debut);
    return corruption_edit_settle(model, plan, sessions);
}

/* Moves a new session to the first working day from a day on or, downwards, until it; within (low, high). */
static bool restart_within(const Model *model, ModelPlan *plan, int32_t s, int32_t from, int step, int32_t low,
                           int32_t high)
{
    for (int32_t day = from; low < day && day < high; day += step)
        if (ledger_working_day(model, plan->sessions[s].offre, day))
            return restart(model, plan, (guint)s, day);
    return false;
}

bool corruption_choices_start_before(const Model *model, ModelPlan *plan)
{
    for (int32_t s = 0; s < plan->n_sessions; s++) {
        int32_t first = model->offres[plan->sessions[s].offre].date_debut;
        if (plan->sessions[s].fixee == MODEL_NONE &&
            restart_within(model, plan, s, first - 1, -1, first - 15, INT32_MAX))
            return true;
    }
    return false;
}

bool corruption_choices_start_after(const Model *model, ModelPlan *plan)
{
    for (int32_t s = 0; s < plan->n_sessions; s++) {
        int32_t last = model->offres[plan->sessions[s].offre].date_fin;
        if (plan->sessions[s].fixee == MODEL_NONE && restart_within(model, plan, s, last + 1, 1, 0, last + 15))
            return true;
    }
    return false;
}

bool corruption_choices_start_campaign(const Model *model, ModelPlan *plan)
{
    for (int32_t s = 0; s < plan->n_sessions; s++) {
        int32_t after = model->campagne.date_fin + 1;
        if (plan->sessions[s].fixee == MODEL_NONE && restart_within(model, plan, s, after, 1, 0, after + 15))
            return true;
    }
    return false;
}

bool corruption_choices_start_frozen(const Model *model, ModelPlan *plan)
{
    for (int32_t s = 0; s < plan->n_sessions; s++) {
        int32_t open = MAX(model->campagne.date_debut, model->offres[plan->sessions[s].offre].date_debut);
        if (plan->sessions[s].fixee == MODEL_NONE &&
            restart_within(model, plan, s, open, 1, 0, plan->date_plan + model->campagne.gel_jours))
            return true;
    }
    return false;
}

bool corruption_choices_start_midweek(const Model *model, ModelPlan *plan)
{
    for (int32_t s = 0; s < plan->n_sessions; s++) {
        const ModelPlanSession *row = &plan->sessions[s];
        int32_t first, last;
        ledger_period(model, row->offre, plan->date_plan, &first, &last);
        if (row->fixee == MODEL_NONE &&
            restart_within(model, plan, s, row->debut + 1, 1, 0, MIN(calendar_monday(row->debut) + 7, last + 1)))
            return true;
    }
    return false;
}

bool corruption_choices_fixed_dropped(const Model *model, ModelPlan *plan)
{
    g_autoptr(GPtrArray) sessions = ledger_sessions(model, plan);
    for (guint s = 0; s < sessions->len; s++)
        if (corruption_edit_session(sessions, s)->fixee != MODEL_NONE) {
            g_array_set_size(corruption_edit_session(sessions, s)->choices, 0);
            return corruption_edit_settle(model, plan, sessions);
        }
    return false;
}

bool corruption_choices_fixed_moved(const Model *model, ModelPlan *plan)
{
    for (int32_t s = 0; s < plan->n_sessions; s++)
        if (plan->sessions[s].fixee != MODEL_NONE &&
            restart_within(model, plan, s, plan->sessions[s].debut + 1, 1, 0, plan->sessions[s].debut + 15))
            return true;
    return false;
}

/* The choice that an affectation fixée asks for, with its session. */
static LedgerChoice *fixed_choice(GPtrArray *sessions, const ModelAffectationFixee *given, LedgerSession **session)
{
    for (guint s = 0; s < sessions->len; s++)
        for (guint c = 0; c < corruption_edit_session(sessions, s)->choices->len; c++) {
            LedgerChoice *choice = corruption_edit_choice(corruption_edit_session(sessions, s), c);
            *session = corruption_edit_session(sessions, s);
            if ((*session)->fixee == given->session && choice->besoin == given->besoin &&
                choice->montage == given->montage)
                return choice;
        }
    return NULL;
}

bool corruption_choices_fixed_learner(const Model *model, ModelPlan *plan)
{
    g_autoptr(GPtrArray) sessions = ledger_sessions(model, plan);
    for (int32_t i = 0; i < model->n_affectations_fixees; i++) {
        LedgerSession *session;
        LedgerChoice *choice = fixed_choice(sessions, &model->affectations_fixees[i], &session);
        if (choice == NULL || ledger_session_size(session) == 1)
            continue;
        unseat(session, (guint)(choice - corruption_edit_choice(session, 0)),
               choice->effectif - model->affectations_fixees[i].effectif + 1);
        return corruption_edit_settle(model, plan, sessions);
    }
    return false;
}

bool corruption_choices_group_small(const Model *model, ModelPlan *plan)
{
    g_autoptr(GPtrArray) sessions = ledger_sessions(model, plan);
    for (guint s = 0; s < sessions->len; s++) {
        LedgerSession *session = corruption_edit_session(sessions, s);
        int32_t least = model->offres[session->offre].effectif_min;
        if (session->fixee != MODEL_NONE || least < 2)
            continue;
        while (ledger_session_size(session) >= least)
            unseat(session, session->choices->len - 1, 1);
        return corruption_edit_settle(model, plan, sessions);
    }
    return false;
}

bool corruption_choices_alone(const Model *model, ModelPlan *plan)
{
    g_autoptr(GPtrArray) sessions = ledger_sessions(model, plan);
    for (guint s = 0; s < sessions->len; s++) {
        LedgerSession *session = corruption_edit_session(sessions, s);
        for (guint c = 0; c < session->choices->len; c++) {
            const ModelBesoin *b = &model->besoins[corruption_edit_choice(session, c)->besoin];
            if (model->axes[b->axe].min_siae < 2)
                continue;
            /* the places of the other SIAE go to this one */
            int32_t size = ledger_session_size(session), siae = b->siae;
            LedgerChoice *kept = corruption_edit_choice(session, c);
            for (guint d = session->choices->len; d-- > 0;)
                if (model->besoins[corruption_edit_choice(session, d)->besoin].siae != siae)
                    g_array_remove_index(session->choices, d);
            kept = corruption_edit_choice(session, 0);
            kept->effectif +=
                MIN(size - ledger_session_size(session), model->besoins[kept->besoin].effectif - kept->effectif);
            return corruption_edit_settle(model, plan, sessions);
        }
    }
    return false;
}

/* Gives a session the offer `to`: the same course elsewhere. */
static bool reoffer(const Model *model, ModelPlan *plan, guint s, int32_t to, int32_t debut)
{
    g_autoptr(GPtrArray) sessions = ledger_sessions(model, plan);
    LedgerSession *session = corruption_edit_session(sessions, s);
    g_free(g_steal_pointer(&session->code));
    session->offre = to;
    session->debut = debut;
    g_array_unref(session->days);
    session->days = ledger_days(model, to, debut);
    return corruption_edit_settle(model, plan, sessions);
}

bool corruption_choices_offer_sessions(const Model *model, ModelPlan *plan)
{
    for (int32_t s = 0; s < plan->n_sessions; s++) {
        int32_t from = plan->sessions[s].offre;
        for (int32_t o = 0; o < model->n_offres && plan->sessions[s].fixee == MODEL_NONE; o++) {
            int32_t n = 0;
            for (int32_t i = 0; i < plan->n_sessions; i++)
                n += plan->sessions[i].offre == o;
            if (o != from && n >= model->offres[o].sessions_max &&
                model->offres[o].formation == model->offres[from].formation &&
                ledger_working_day(model, o, plan->sessions[s].debut))
                return reoffer(model, plan, (guint)s, o, plan->sessions[s].debut);
        }
    }
    return false;
}

bool corruption_choices_simultaneous(const Model *model, ModelPlan *plan)
{
    for (int32_t s = 0; s < plan->n_sessions; s++)
        for (int32_t t = 0; t < plan->n_sessions; t++) {
            const ModelPlanSession *a = &plan->sessions[s], *b = &plan->sessions[t];
            int32_t organisme = model->offres[a->offre].organisme;
            if (s != t && a->fixee == MODEL_NONE && model->offres[b->offre].organisme == organisme &&
                model->organismes[organisme].sessions_simultanees == 1 && ledger_working_day(model, a->offre, b->debut))
                return restart(model, plan, (guint)s, b->debut);
        }
    return false;
}

bool corruption_choices_apres_unserved(const Model *model, ModelPlan *plan)
{
    g_autoptr(GPtrArray) sessions = ledger_sessions(model, plan);
    for (int32_t b = 0; b < model->n_besoins; b++) {
        int32_t n;
        trained(sessions, b, &n);
        if (n == 0 || model->besoins[b].n_apres == 0)
            continue;
        for (guint s = 0; s < sessions->len; s++)
            for (guint c = 0; c < corruption_edit_session(sessions, s)->choices->len; c++)
                if (corruption_edit_choice(corruption_edit_session(sessions, s), c)->besoin ==
                    model->besoins[b].apres[0]) {
                    unseat(corruption_edit_session(sessions, s), c, 1);
                    return corruption_edit_settle(model, plan, sessions);
                }
    }
    return seat_wrongly(model, plan, APRES);
}

bool corruption_choices_apres_order(const Model *model, ModelPlan *plan)
{
    for (int32_t s = 0; s < plan->n_sessions; s++)
        for (int32_t i = 0; i < plan->n_affectations; i++) {
            const ModelPlanAffectation *a = &plan->affectations[i];
            const ModelBesoin *b = &model->besoins[a->besoin];
            for (int32_t k = 0; k < plan->n_affectations && a->session == s && b->n_apres > 0; k++) {
                const ModelPlanSession *before = &plan->sessions[plan->affectations[k].session];
                /* the two sessions start on the same day */
                if (plan->affectations[k].besoin == b->apres[0] && plan->sessions[s].fixee == MODEL_NONE &&
                    ledger_working_day(model, plan->sessions[s].offre, before->debut))
                    return restart(model, plan, (guint)s, before->debut);
            }
        }
    return false;
}
