/* Exhaustive search over seats: see exhaustive.h. Learners of a need are alike, so their sessions are taken in
 * ascending order; two new sessions of the same offer and start are alike, so they are opened in order. A branch ends
 * when it can no longer beat the best plan found, never otherwise. */
#include "tests/lib/exhaustive.h"

#include "config/calendar.h"
#include "tests/lib/exhaustive_money.h"
#include "tests/lib/ledger.h"

#include <string.h>

#define MAX_NEEDS 8
#define MAX_SLOTS 48

/* A session that may be held. */
typedef struct {
    int32_t offre, fixee, debut, fin;
    int32_t twin; /* the slot before, when it is the same offer and start; else MODEL_NONE */
    GArray *days;
    int32_t seats[MAX_NEEDS], size;
} Slot;

typedef struct {
    const Model *model;
    ExhaustiveResult *result;
    int64_t max_nodes;
    int64_t enough; /* points beyond which only cost counts; INT64_MAX = never enough */
    Slot slots[MAX_SLOTS];
    int32_t n_slots;
    int32_t order[MAX_NEEDS];       /* needs, those named by apres first */
    int32_t rank[MAX_NEEDS];        /* its inverse */
    bool can[MAX_NEEDS][MAX_SLOTS]; /* what binds one learner and one session alone holds */
    int64_t annexe[MAX_NEEDS][MAX_SLOTS];
    int64_t points[MAX_NEEDS];   /* of one learner */
    int64_t cheapest[MAX_NEEDS]; /* least cout_stagiaire + A of one learner */
    int32_t free[MAX_NEEDS];     /* learners not fixed */
    int32_t seated[MAX_NEEDS];   /* learners seated, fixed ones too */
    int32_t used_of_offre[32];   /* sessions held */
    int32_t fixed[MAX_NEEDS][MAX_SLOTS][EXHAUSTIVE_MONTAGES];
    int32_t first_day;
    GArray *absent; /* int32_t: learners on [siae][day] */
    GArray *held;   /* int32_t: sessions on [organisme][day] */
    int32_t n_days;
    int64_t got_points, got_cost; /* of what is seated; cost without reste à charge */
    ExhaustiveGroup best[EXHAUSTIVE_GROUPS];
    int32_t n_best;
    bool best_used[MAX_SLOTS];
} Search;

static void seat_from(Search *search, int32_t at, int32_t learner, int32_t first_slot);

/* ---- what may be ---- */

static void add_slot(Search *search, int32_t offre, int32_t fixee, int32_t debut, int32_t twin)
{
    g_assert(search->n_slots < MAX_SLOTS);
    GArray *days = ledger_days(search->model, offre, debut);
    Slot slot = {.offre = offre, .fixee = fixee, .debut = debut, .twin = twin, .days = days};
    g_assert(days->len > 0);
    slot.fin = g_array_index(days, int32_t, days->len - 1);
    search->slots[search->n_slots++] = slot;
}

/* The first possible day of each week of the offer's period, with as many twins as it may hold sessions. */
static void add_new_slots(Search *search, int32_t offre, int32_t date_plan, int32_t may_hold)
{
    int32_t first, last, week = 0;
    ledger_period(search->model, offre, date_plan, &first, &last);
    for (int32_t day = first; day <= last; day++) {
        if (calendar_monday(day) == week || !ledger_working_day(search->model, offre, day))
            continue;
        week = calendar_monday(day);
        for (int32_t n = 0; n < may_hold; n++)
            add_slot(search, offre, MODEL_NONE, day, n > 0 ? search->n_slots - 1 : MODEL_NONE);
    }
}

static bool one_may_sit(const Search *search, int32_t besoin, const Slot *slot)
{
    const Model *model = search->model;
    const ModelBesoin *b = &model->besoins[besoin];
    const ModelOffre *o = &model->offres[slot->offre];
    int32_t km = ledger_km(model, besoin, slot->offre, NULL);
    if (b->formation != o->formation || (o->siae != MODEL_NONE && o->siae != b->siae) ||
        (o->opco[0] != '\0' && strcmp(o->opco, model->siae[b->siae].opco) != 0) || km == MODEL_NONE ||
        (b->rayon_km != MODEL_NONE && km > b->rayon_km) ||
        slot->days->len < (guint)model->formations[o->formation].jours)
        return false;
    for (guint i = 0; i < slot->days->len; i++) {
        int32_t day = g_array_index(slot->days, int32_t, i);
        if (day < b->date_debut || day > b->date_fin || ledger_closed(model, OBJET_SIAE, b->siae, day))
            return false;
    }
    for (int32_t m = 0; m < model->n_montages; m++)
        if (ledger_montage_holds(model, besoin, m, slot->offre))
            return true;
    return false;
}

static void order_needs(Search *search)
{
    const Model *model = search->model;
    bool placed[MAX_NEEDS] = {false};
    for (int32_t n = 0; n < model->n_besoins;) {
        int32_t before = n;
        for (int32_t b = 0; b < model->n_besoins; b++) {
            bool ready = !placed[b];
            for (int32_t a = 0; a < model->besoins[b].n_apres; a++)
                ready = ready && placed[model->besoins[b].apres[a]];
            if (!ready)
                continue;
            placed[b] = true;
            search->rank[b] = n;
            search->order[n++] = b;
        }
        for (int32_t b = 0; n == before && b < model->n_besoins; b++)
            if (!placed[b]) { /* needs that wait for each other: any order, none can be served */
                placed[b] = true;
                search->rank[b] = n;
                search->order[n++] = b;
            }
    }
}

/* ---- what is ---- */

static int32_t *counter(GArray *counters, const Search *search, int32_t owner, int32_t day)
{
    return &g_array_index(counters, int32_t, (guint)(owner * search->n_days + day - search->first_day));
}

/* Adds n to the owner's counter on each day of the slot; false when it then exceeds limit on some day. */
static bool count(GArray *counters, const Search *search, int32_t owner, const Slot *slot, int32_t n, int32_t limit)
{
    bool within = true;
    for (guint i = 0; i < slot->days->len; i++) {
        int32_t *at = counter(counters, search, owner, g_array_index(slot->days, int32_t, i));
        *at += n;
        within = within && (limit == MODEL_NONE || *at <= limit);
    }
    return within;
}

/* Holds (sign 1) or drops (sign -1) a session; false when a limit is exceeded. */
static bool hold(Search *search, Slot *slot, int32_t sign)
{
    const ModelOffre *o = &search->model->offres[slot->offre];
    search->got_cost += sign * o->cout_groupe;
    search->used_of_offre[slot->offre] += sign;
    bool within = count(search->held, search, o->organisme, slot, sign,
                        search->model->organismes[o->organisme].sessions_simultanees);
    return within && search->used_of_offre[slot->offre] <= o->sessions_max;
}

/* Seats (sign 1) or unseats (sign -1) one learner; false when a limit is exceeded. */
static bool seat(Search *search, int32_t besoin, int32_t s, int32_t sign)
{
    Slot *slot = &search->slots[s];
    const Model *model = search->model;
    const ModelOffre *o = &model->offres[slot->offre];
    bool within = true;
    if (sign > 0 && slot->size == 0 && slot->fixee == MODEL_NONE)
        within = hold(search, slot, 1);
    slot->size += sign;
    slot->seats[besoin] += sign;
    search->seated[besoin] += sign;
    search->got_points += sign * search->points[besoin];
    search->got_cost += sign * (o->cout_stagiaire + search->annexe[besoin][s]);
    if (sign < 0 && slot->size == 0 && slot->fixee == MODEL_NONE)
        hold(search, slot, -1);
    int32_t siae = model->besoins[besoin].siae;
    return count(search->absent, search, siae, slot, sign, model->siae[siae].absents_max) && within &&
           slot->size <= o->effectif_max;
}

static bool days_meet(const Slot *a, const Slot *b)
{
    for (guint i = 0; i < a->days->len; i++)
        for (guint j = 0; j < b->days->len; j++)
            if (g_array_index(a->days, int32_t, i) == g_array_index(b->days, int32_t, j))
                return true;
    return false;
}

/* Rule 6 for one seated need against another. */
static bool get_along(const Search *search, int32_t besoin, int32_t other)
{
    const ModelBesoin *b = &search->model->besoins[besoin], *o = &search->model->besoins[other];
    bool after = false;
    for (int32_t a = 0; a < b->n_apres; a++)
        after = after || b->apres[a] == other;
    bool same =
        besoin != other && b->stagiaire[0] != '\0' && b->siae == o->siae && strcmp(b->stagiaire, o->stagiaire) == 0;
    for (int32_t s = 0; s < search->n_slots; s++)
        for (int32_t t = 0; t < search->n_slots; t++) {
            const Slot *x = &search->slots[s], *y = &search->slots[t];
            if (x->seats[besoin] == 0 || y->seats[other] == 0)
                continue;
            if ((same && days_meet(x, y)) || (after && x->debut <= y->fin))
                return false;
        }
    return true;
}

/* Rule 6 for a need against all that is seated; needs that it names and that are not seated yet are left to later. */
static bool keeps_rule_6(const Search *search, int32_t besoin)
{
    for (int32_t other = 0; other < search->model->n_besoins; other++)
        if (!get_along(search, besoin, other) || !get_along(search, other, besoin))
            return false;
    return true;
}

static int32_t siae_wanted(const Search *search, const Slot *slot)
{
    int32_t wanted = 1;
    for (int32_t b = 0; b < search->model->n_besoins; b++)
        if (slot->seats[b] > 0)
            wanted = MAX(wanted, search->model->axes[search->model->besoins[b].axe].min_siae);
    return wanted;
}

/* Could every session still reach its least size and number of SIAE? Needs from `at` on, and of the first of them the
 * learners from `learner` on, are not seated yet. */
static bool sessions_may_fill(const Search *search, int32_t at, int32_t learner)
{
    const Model *model = search->model;
    for (int32_t s = 0; s < search->n_slots; s++) {
        const Slot *slot = &search->slots[s];
        if (slot->size == 0 && slot->fixee == MODEL_NONE)
            continue;
        int32_t size = slot->size, n_siae = 0;
        uint64_t siae = 0;
        for (int32_t b = 0; b < model->n_besoins; b++) {
            int32_t coming = 0;
            if (search->rank[b] >= at && search->can[b][s])
                coming = search->free[b] - (search->rank[b] == at ? learner : 0);
            size += coming;
            if ((coming > 0 || slot->seats[b] > 0) && (siae >> model->besoins[b].siae & 1) == 0) {
                siae |= UINT64_C(1) << model->besoins[b].siae;
                n_siae++;
            }
        }
        if (size < model->offres[slot->offre].effectif_min || n_siae < siae_wanted(search, slot))
            return false;
    }
    return true;
}

/* ---- the search ---- */

static void price(Search *search)
{
    const Model *model = search->model;
    ExhaustiveResult *result = search->result;
    ExhaustiveGroup groups[EXHAUSTIVE_GROUPS];
    int32_t n = 0;
    for (int32_t s = 0; s < search->n_slots; s++) {
        const Slot *slot = &search->slots[s];
        const ModelOffre *o = &model->offres[slot->offre];
        if (slot->size == 0)
            continue;
        int64_t whole = o->cout_groupe + o->cout_stagiaire * slot->size;
        int32_t odd = (int32_t)(whole % slot->size);
        for (int32_t b = 0; b < model->n_besoins; b++) {
            if (slot->seats[b] == 0)
                continue;
            g_assert(n < EXHAUSTIVE_GROUPS);
            groups[n] = (ExhaustiveGroup){.slot = s,
                                          .besoin = b,
                                          .offre = slot->offre,
                                          .debut = slot->debut,
                                          .fin = slot->fin,
                                          .n = slot->seats[b],
                                          .n_odd = MIN(odd, slot->seats[b]),
                                          .share = whole / slot->size,
                                          .annexe = search->annexe[b][s]};
            memcpy(groups[n].fixed, search->fixed[b][s], sizeof groups[n].fixed);
            odd -= groups[n].n_odd;
            n++;
        }
    }
    bool more = search->got_points > result->points && result->points < search->enough;
    bool equal = result->feasible && !more;
    int64_t below = equal ? result->cout_pondere - search->got_cost : INT64_MAX, reste = 0;
    if (!exhaustive_money_choose(model, groups, n, below, &reste))
        return;
    result->feasible = true;
    result->points = search->got_points;
    result->cout_pondere = search->got_cost + reste;
    search->n_best = n;
    memcpy(search->best, groups, sizeof groups);
    for (int32_t s = 0; s < search->n_slots; s++)
        search->best_used[s] = search->slots[s].size > 0;
}

/* False when no way to seat the needs from `at` on can beat the best plan. */
static bool may_beat(const Search *search, int32_t at, int32_t learner)
{
    const ExhaustiveResult *result = search->result;
    int64_t points = search->got_points, cost = search->got_cost, all = cost;
    if (!result->feasible)
        return true;
    for (int32_t i = at; i < search->model->n_besoins; i++) {
        int32_t b = search->order[i];
        int32_t coming = search->cheapest[b] == INT64_MAX ? 0 : search->free[b] - (i == at ? learner : 0);
        points += coming * search->points[b];
        if (search->points[b] > 0 && coming > 0)
            all += coming * search->cheapest[b];
    }
    int64_t wanted = MIN(result->points, search->enough);
    if (points == wanted) /* all who are worth something must be seated to reach it */
        return all < result->cout_pondere;
    return points > wanted && (result->points < search->enough || cost < result->cout_pondere);
}

static bool may_open(const Search *search, int32_t s)
{
    const Slot *slot = &search->slots[s];
    return slot->size > 0 || slot->twin == MODEL_NONE || search->slots[slot->twin].size > 0;
}

static void next_need(Search *search, int32_t at)
{
    const Model *model = search->model;
    int32_t b = search->order[at];
    if (search->seated[b] > 0 && !keeps_rule_6(search, b))
        return;
    for (int32_t a = 0; a < model->besoins[b].n_apres; a++) {
        int32_t named = model->besoins[b].apres[a];
        if (search->seated[b] > 0 && search->seated[named] == 0 && search->rank[named] < at)
            return;
    }
    if (at + 1 < model->n_besoins) {
        seat_from(search, at + 1, 0, 0);
        return;
    }
    for (int32_t i = 0; i < model->n_besoins; i++)
        for (int32_t a = 0; a < model->besoins[i].n_apres; a++)
            if (search->seated[i] > 0 && search->seated[model->besoins[i].apres[a]] == 0)
                return;
    if (may_beat(search, model->n_besoins, 0))
        price(search);
}

static void seat_from(Search *search, int32_t at, int32_t learner, int32_t first_slot)
{
    int32_t b = search->order[at];
    if (!may_beat(search, at, learner) || !sessions_may_fill(search, at, learner))
        return;
    for (int32_t s = first_slot; s < search->n_slots && learner < search->free[b]; s++) {
        if (!search->can[b][s] || !may_open(search, s))
            continue;
        if (search->result->nodes >= search->max_nodes)
            search->result->complete = false;
        if (!search->result->complete)
            return;
        search->result->nodes++;
        if (seat(search, b, s, 1))
            seat_from(search, at, learner + 1, s);
        seat(search, b, s, -1);
    }
    if (sessions_may_fill(search, at + 1, 0))
        next_need(search, at);
}

/* Puts the fixed sessions and learners in their place; false when they cannot stand. */
static bool seat_fixed(Search *search)
{
    const Model *model = search->model;
    bool stand = true;
    for (int32_t f = 0; f < model->n_sessions_fixees; f++)
        stand = hold(search, &search->slots[f], 1) && stand;
    for (int32_t f = 0; f < model->n_sessions_fixees; f++) {
        const Slot *slot = &search->slots[f];
        stand = stand && ledger_working_day(model, slot->offre, slot->debut) &&
                slot->days->len == (guint)model->formations[model->offres[slot->offre].formation].jours;
    }
    for (int32_t i = 0; i < model->n_affectations_fixees; i++) {
        const ModelAffectationFixee *row = &model->affectations_fixees[i];
        stand = stand && search->can[row->besoin][row->session];
        search->fixed[row->besoin][row->session][row->montage] += row->effectif;
        search->free[row->besoin] -= row->effectif;
        for (int32_t k = 0; k < row->effectif && stand; k++)
            stand = seat(search, row->besoin, row->session, 1);
    }
    for (int32_t b = 0; b < model->n_besoins; b++)
        stand = stand && search->free[b] >= 0 && (search->seated[b] == 0 || keeps_rule_6(search, b));
    return stand;
}

/* ---- the plan ---- */

static gint by_charge(gconstpointer a, gconstpointer b)
{
    const ModelPlanCharge *x = a, *y = b;
    if (x->session != y->session)
        return x->session - y->session;
    return x->besoin != y->besoin ? x->besoin - y->besoin : x->enveloppe - y->enveloppe;
}

static int32_t position_of(const ModelPlan *plan, const char *code)
{
    for (int32_t i = 0; i < plan->n_sessions; i++)
        if (strcmp(plan->sessions[i].code, code) == 0)
            return i;
    g_assert_not_reached();
}

static ModelPlan *write_plan(const Search *search, int32_t date_plan)
{
    const Model *model = search->model;
    g_autoptr(GPtrArray) sessions = g_ptr_array_new_with_free_func((GDestroyNotify)ledger_session_free);
    LedgerSession *of_slot[MAX_SLOTS] = {NULL};
    for (int32_t s = 0; s < search->n_slots; s++) {
        const Slot *slot = &search->slots[s];
        if (!search->best_used[s])
            continue;
        of_slot[s] = ledger_session_new(model, slot->offre, slot->fixee, slot->debut);
        if (slot->fixee != MODEL_NONE)
            of_slot[s]->code = g_strdup(model->sessions_fixees[slot->fixee].session);
        g_ptr_array_add(sessions, of_slot[s]);
    }
    for (int32_t g = 0; g < search->n_best; g++)
        for (int32_t m = 0; m < model->n_montages; m++) {
            LedgerChoice choice = {search->best[g].besoin, m, search->best[g].chosen[m], false};
            if (choice.effectif > 0)
                g_array_append_val(of_slot[search->best[g].slot]->choices, choice);
        }
    ModelPlan *plan = ledger_plan(model, sessions, date_plan);
    GArray *charges = g_array_new(FALSE, FALSE, sizeof(ModelPlanCharge));
    for (int32_t g = 0; g < search->n_best; g++)
        for (int32_t e = 0; e < model->n_enveloppes; e++) {
            ModelPlanCharge row = {
                .besoin = search->best[g].besoin, .enveloppe = e, .montant = search->best[g].charged[e]};
            if (row.montant == 0)
                continue;
            row.session = position_of(plan, of_slot[search->best[g].slot]->code);
            g_array_append_val(charges, row);
        }
    g_array_sort(charges, by_charge);
    plan->n_charges = (int32_t)charges->len;
    plan->charges = model_plan_own(plan, g_array_free(charges, FALSE));
    plan->bilan.points_borne = search->result->points;
    plan->bilan.cout_pondere_borne = search->result->cout_pondere;
    return plan;
}

static void prepare(Search *search, int32_t date_plan)
{
    const Model *model = search->model;
    int32_t fixed_of[32] = {0};
    g_assert(model->n_besoins <= MAX_NEEDS && model->n_offres <= 32 && model->n_siae < 64);
    for (int32_t f = 0; f < model->n_sessions_fixees; f++) {
        const ModelSessionFixee *row = &model->sessions_fixees[f];
        fixed_of[row->offre]++;
        add_slot(search, row->offre, f, row->date_debut, MODEL_NONE);
    }
    for (int32_t o = 0; o < model->n_offres; o++)
        add_new_slots(search, o, date_plan, model->offres[o].sessions_max - fixed_of[o]);
    int32_t first = CALENDAR_LAST, last = CALENDAR_FIRST;
    for (int32_t s = 0; s < search->n_slots; s++) {
        first = MIN(first, search->slots[s].debut);
        last = MAX(last, search->slots[s].fin);
    }
    search->first_day = first;
    search->n_days = MAX(1, last - first + 1);
    search->absent = g_array_sized_new(FALSE, TRUE, sizeof(int32_t), 0);
    search->held = g_array_sized_new(FALSE, TRUE, sizeof(int32_t), 0);
    g_array_set_size(search->absent, (guint)(search->n_days * MAX(1, model->n_siae)));
    g_array_set_size(search->held, (guint)(search->n_days * MAX(1, model->n_organismes)));
    order_needs(search);
    for (int32_t b = 0; b < model->n_besoins; b++) {
        search->free[b] = model->besoins[b].effectif;
        search->points[b] = ledger_points(model, b);
        search->cheapest[b] = INT64_MAX;
        for (int32_t s = 0; s < search->n_slots; s++) {
            search->can[b][s] = one_may_sit(search, b, &search->slots[s]);
            if (!search->can[b][s])
                continue;
            search->annexe[b][s] = exhaustive_money_annexe(model, b, search->slots[s].offre);
            search->cheapest[b] =
                MIN(search->cheapest[b], model->offres[search->slots[s].offre].cout_stagiaire + search->annexe[b][s]);
        }
    }
}

void exhaustive_cheapest(const Model *model, int32_t date_plan, int64_t points, int64_t max_nodes,
                         ExhaustiveResult *result)
{
    g_autofree Search *search = g_new0(Search, 1);
    *result = (ExhaustiveResult){.complete = true};
    search->model = model;
    search->result = result;
    search->max_nodes = max_nodes;
    search->enough = points;
    prepare(search, date_plan);
    if (seat_fixed(search)) {
        if (model->n_besoins > 0)
            seat_from(search, 0, 0, 0);
        else if (model->n_sessions_fixees == 0)
            price(search);
    }
    if (result->feasible)
        result->plan = write_plan(search, date_plan);
    for (int32_t s = 0; s < search->n_slots; s++)
        g_array_unref(search->slots[s].days);
    g_array_unref(search->absent);
    g_array_unref(search->held);
}

void exhaustive_solve(const Model *model, int32_t date_plan, int64_t max_nodes, ExhaustiveResult *result)
{
    exhaustive_cheapest(model, date_plan, INT64_MAX, max_nodes, result);
}

void exhaustive_clear(ExhaustiveResult *result)
{
    model_plan_free(result->plan);
    *result = (ExhaustiveResult){0};
}
