/* Large neighbourhood search: see search.h. */
#include "plan/search.h"

#include <math.h>
#include <string.h>

/* Ruins of one SIAE's sessions, for every 8 others; how many of them at most. */
#define SIAE_RUINS 12
#define MOST_OUT 8

/* A session taken out or put in by the step at hand, to go back. */
typedef struct {
    int32_t slot, start;
    ProblemSeat *seats;
    int32_t n_seats;
} Undo;

typedef struct {
    PricingSession session;
    bool priced, found;
    bool stale;       /* the draft has grown since: the value is an upper bound now */
    int32_t failures; /* insertions refused since it was listed */
} Candidate;

struct Search {
    const Problem *problem;
    GRand *random;
    Pricing *pricing;
    PricingPrices *prices; /* as set */
    PricingPrices *lead;   /* perturbed for the step at hand */
    PricingPrices *free;   /* no price on money nor learners: what is left over is used up */
    double point;          /* fixed point: what a point is worth at the bound's prices */
    const Colgen *colgen;  /* whose formation plans may be tried, or NULL */
    Draft *draft, *best;
    Candidate *candidates; /* by slot */
    GArray *slots;         /* int32_t: slots to build in */
    bool *listed;          /* by slot */
    GArray *removed;       /* Undo, in order of removal */
    GArray *inserted;      /* int32_t places, in order */
};

static void clear_undo(gpointer data)
{
    g_free(((Undo *)data)->seats);
}

Search *search_new(const Problem *problem, uint32_t seed)
{
    Search *search = g_new0(Search, 1);
    search->problem = problem;
    search->random = g_rand_new_with_seed(seed);
    search->pricing = pricing_new(problem);
    search->prices = pricing_prices_new(problem);
    search->lead = pricing_prices_new(problem);
    search->free = pricing_prices_new(problem);
    search->draft = draft_new(problem);
    search->best = draft_new(problem);
    search->candidates = g_new0(Candidate, problem->n_slots + 1);
    for (int32_t i = 0; i < problem->n_slots; i++)
        search->candidates[i].session.seats = g_new0(ProblemSeat, problem->slots[i].q_max + 1);
    search->slots = g_array_new(FALSE, FALSE, sizeof(int32_t));
    search->listed = g_new0(bool, problem->n_slots + 1);
    search->removed = g_array_new(FALSE, FALSE, sizeof(Undo));
    g_array_set_clear_func(search->removed, clear_undo);
    search->inserted = g_array_new(FALSE, FALSE, sizeof(int32_t));
    return search;
}

void search_free(Search *search)
{
    if (search == NULL)
        return;
    g_rand_free(search->random);
    pricing_free(search->pricing);
    pricing_prices_free(search->prices);
    pricing_prices_free(search->lead);
    pricing_prices_free(search->free);
    draft_free(search->draft);
    draft_free(search->best);
    for (int32_t i = 0; i < search->problem->n_slots; i++)
        g_free(search->candidates[i].session.seats);
    g_free(search->candidates);
    g_array_free(search->slots, TRUE);
    g_free(search->listed);
    g_array_free(search->removed, TRUE);
    g_array_free(search->inserted, TRUE);
    g_free(search);
}

void search_set_prices(Search *search, const PricingPrices *prices, int64_t point)
{
    search->point = (double)point;
    pricing_prices_copy(search->problem, search->prices, prices);
    pricing_prices_copy(search->problem, search->lead, prices);
    search->free->unit = prices->unit;
    search->free->w_points = prices->w_points;
    search->free->w_cost = prices->w_cost;
}

bool search_better(const Draft *a, const Draft *b)
{
    if (a->fixed_held != b->fixed_held)
        return a->fixed_held > b->fixed_held;
    if (a->points != b->points)
        return a->points > b->points;
    return a->cost + a->rac < b->cost + b->rac;
}

const Draft *search_best(const Search *search)
{
    return search->best;
}

void search_adopt(Search *search, const Draft *draft)
{
    draft_copy(search->draft, draft);
    if (search_better(draft, search->best))
        draft_copy(search->best, draft);
}

/* What is sought, in cents: fixed sessions before all. */
static double score(const Search *search, const Draft *draft)
{
    double point = (double)search->prices->w_points / (double)MAX(search->prices->w_cost, 1);
    return 1e15 * draft->fixed_held + point * (double)draft->points - (double)(draft->cost + draft->rac);
}

/* Every besoin has the learners left that the seats ask for beside those promised to the slot. */
static bool within_left(const Draft *draft, const ProblemSlot *slot, const ProblemSeat *seats, int32_t n_seats)
{
    for (int32_t i = 0; i < n_seats;) {
        int32_t link = seats[i].link, learners = 0;
        for (; i < n_seats && seats[i].link == link; i++)
            learners += seats[i].effectif;
        for (int32_t f = 0; f < slot->n_forced; f++)
            learners -= slot->forced[f].link == link ? slot->forced[f].effectif : 0;
        if (learners > draft->left[slot->links[link].besoin])
            return false;
    }
    return true;
}

/* ---- recreate ---- */

static void list_slot(Search *search, int32_t slot)
{
    if (search->listed[slot] || search->problem->slots[slot].capacity <= 0)
        return;
    search->listed[slot] = true;
    search->candidates[slot].priced = false;
    search->candidates[slot].failures = 0;
    g_array_append_val(search->slots, slot);
}

static void list_formation(Search *search, int32_t formation)
{
    ProblemSlice slots = search->problem->formation_slots[formation];
    for (int32_t i = 0; i < slots.n; i++)
        list_slot(search, search->problem->slots_by_formation[slots.first + i]);
}

static void clear_list(Search *search)
{
    for (guint i = 0; i < search->slots->len; i++)
        search->listed[g_array_index(search->slots, int32_t, i)] = false;
    g_array_set_size(search->slots, 0);
}

static int32_t formation_of(const Search *search, int32_t slot)
{
    return search->problem->model->offres[search->problem->slots[slot].offre].formation;
}

static bool price_candidate(Search *search, const PricingPrices *prices, int32_t slot)
{
    Candidate *c = &search->candidates[slot];
    if (c->priced)
        return c->found;
    PricingLimits limits = draft_limits(search->draft);
    c->priced = true;
    c->stale = false;
    c->found = search->draft->held[slot] < search->problem->slots[slot].capacity &&
               pricing_best(search->pricing, prices, &limits, slot, &c->session);
    return c->found;
}

/* The listed slot of the best candidate as far as known, or MODEL_NONE: by reduced value, fixed sessions first if so
 * told; but for these only what is worth more than it costs. */
static int32_t look(Search *search, const PricingPrices *prices, bool fixed_first)
{
    int32_t chosen = MODEL_NONE;
    for (guint i = 0; i < search->slots->len; i++) {
        int32_t slot = g_array_index(search->slots, int32_t, i);
        bool fixed = search->problem->slots[slot].fixee != MODEL_NONE;
        if (search->candidates[slot].failures > 2 || !price_candidate(search, prices, slot))
            continue;
        const PricingSession *s = &search->candidates[slot].session;
        if (fixed && fixed_first)
            return slot;
        if ((fixed || s->value > 0) &&
            (chosen == MODEL_NONE || s->reduced > search->candidates[chosen].session.reduced))
            chosen = slot;
    }
    return chosen;
}

/* The slot to build in next. While sessions are only added values only fall, so a stale one need be priced again only
 * when it leads (Minoux 1978). */
static int32_t choose(Search *search, const PricingPrices *prices, bool fixed_first)
{
    for (;;) {
        int32_t slot = look(search, prices, fixed_first);
        if (slot == MODEL_NONE || !search->candidates[slot].stale)
            return slot;
        search->candidates[slot].priced = false;
    }
}

/* After a session was added: what is listed is stale; where a besoin was served that others come after (apres), these
 * may now be worth more. */
static void age_candidates(Search *search, const DraftSession *added)
{
    const Problem *p = search->problem;
    bool opens = false;
    for (int32_t i = 0; i < added->n_seats; i++)
        opens = opens || p->followers[p->slots[added->slot].links[added->seats[i].link].besoin].n > 0;
    for (guint i = 0; i < search->slots->len; i++) {
        Candidate *c = &search->candidates[g_array_index(search->slots, int32_t, i)];
        c->stale = true;
        c->priced = c->priced && !opens;
    }
}

static bool has_dependents(const Draft *draft, int32_t place)
{
    g_autoptr(GArray) dependents = g_array_new(FALSE, FALSE, sizeof(int32_t));
    draft_dependents(draft, place, dependents);
    return dependents->len > 0;
}

/* Notes that the session at `place` was replaced by one at `fresh`: the one before goes to what going back restores,
 * unless this very step had put it in. */
static void record_change(Search *search, int32_t place, int32_t fresh, Undo *before)
{
    for (guint i = 0; i < search->inserted->len; i++)
        if (g_array_index(search->inserted, int32_t, i) == place) {
            g_array_index(search->inserted, int32_t, i) = fresh;
            g_free(before->seats);
            return;
        }
    g_array_append_val(search->inserted, fresh);
    g_array_append_val(search->removed, *before);
}

static void recreate(Search *search, const PricingPrices *prices, bool fixed_first)
{
    for (guint i = 0; i < search->slots->len; i++) {
        Candidate *c = &search->candidates[g_array_index(search->slots, int32_t, i)];
        c->priced = false;
        c->failures = 0;
    }
    for (int32_t slot; (slot = choose(search, prices, fixed_first)) != MODEL_NONE;) {
        Candidate *c = &search->candidates[slot];
        int32_t place = draft_insert(search->draft, slot, c->session.start, c->session.seats, c->session.n_seats);
        c->priced = false;
        if (place == MODEL_NONE) {
            c->failures++;
            continue;
        }
        g_array_append_val(search->inserted, place);
        age_candidates(search, draft_session(search->draft, place));
    }
}

/* Builds one held session anew for the learners left over and its own; keeps whichever is better. */
static void rebuild(Search *search, int32_t place)
{
    Draft *draft = search->draft;
    const DraftSession *session = draft_session(draft, place);
    int32_t slot = session->slot, start = session->start, n_seats = session->n_seats;
    if (has_dependents(draft, place))
        return;
    double before = score(search, draft);
    ProblemSeat *seats = g_memdup2(session->seats, sizeof *seats * (gsize)n_seats);
    draft_remove(draft, place);
    PricingLimits limits = draft_limits(draft);
    PricingSession *best = &search->candidates[slot].session;
    search->candidates[slot].priced = false;
    int32_t fresh = MODEL_NONE;
    if (pricing_best(search->pricing, search->free, &limits, slot, best))
        fresh = draft_insert(draft, slot, best->start, best->seats, best->n_seats);
    if (fresh != MODEL_NONE && score(search, draft) > before) {
        Undo undo = {slot, start, seats, n_seats};
        record_change(search, place, fresh, &undo);
        return;
    }
    if (fresh != MODEL_NONE)
        draft_remove(draft, fresh);
    int32_t again = draft_insert(draft, slot, start, seats, n_seats);
    g_assert(again == place);
    g_free(seats);
}

/* Rebuilds the sessions of the listed formations. */
static void extend(Search *search)
{
    for (int32_t place = 0; place < (int32_t)search->draft->sessions->len; place++) {
        int32_t slot = draft_session(search->draft, place)->slot;
        if (slot != MODEL_NONE && search->listed[slot])
            rebuild(search, place);
    }
}

/* ---- ruin ---- */

static void take_out(Search *search, int32_t place)
{
    DraftSession *session = draft_session(search->draft, place);
    list_formation(search, formation_of(search, session->slot));
    guint known = 0;
    while (known < search->inserted->len && g_array_index(search->inserted, int32_t, known) != place)
        known++;
    if (known < search->inserted->len) {
        g_array_remove_index(search->inserted, known); /* put in by this very step: nothing to restore */
    } else {
        Undo undo = {session->slot, session->start,
                     g_memdup2(session->seats, sizeof(ProblemSeat) * (gsize)session->n_seats), session->n_seats};
        g_array_append_val(search->removed, undo);
    }
    draft_remove(search->draft, place);
}

static void ruin_place(Search *search, int32_t place)
{
    if (draft_session(search->draft, place)->slot == MODEL_NONE)
        return;
    g_autoptr(GArray) dependents = g_array_new(FALSE, FALSE, sizeof(int32_t));
    draft_dependents(search->draft, place, dependents);
    for (guint i = 0; i < dependents->len; i++)
        take_out(search, g_array_index(dependents, int32_t, i));
    take_out(search, place);
}

static int32_t random_below(Search *search, int32_t n)
{
    return g_rand_int_range(search->random, 0, n);
}

/* A random held session, or MODEL_NONE. */
static int32_t random_place(Search *search)
{
    int32_t n = (int32_t)search->draft->sessions->len;
    for (int32_t tries = 0; n > 0 && tries < 64; tries++) {
        int32_t place = random_below(search, n);
        if (draft_session(search->draft, place)->slot != MODEL_NONE)
            return place;
    }
    return MODEL_NONE;
}

static bool charges_fund_of(const Problem *p, const DraftSession *a, const DraftSession *b)
{
    for (int32_t i = 0; i < a->measure.n_charges; i++)
        for (int32_t k = 0; k < b->measure.n_charges; k++)
            if (p->classes[a->measure.charges[i].key].fund == p->classes[b->measure.charges[k].key].fund)
                return true;
    return false;
}

static bool seats_siae(const Problem *p, const DraftSession *session, int32_t siae)
{
    for (int32_t i = 0; i < session->n_seats; i++)
        if (p->model->besoins[p->slots[session->slot].links[session->seats[i].link].besoin].siae == siae)
            return true;
    return false;
}

/* Up to n sessions with learners of a SIAE: its absents and its reste à charge tie them together. */
static void ruin_siae(Search *search, int32_t siae, int32_t n)
{
    g_autoptr(GArray) related = g_array_new(FALSE, FALSE, sizeof(int32_t));
    for (int32_t place = 0; place < (int32_t)search->draft->sessions->len; place++) {
        const DraftSession *s = draft_session(search->draft, place);
        if (s->slot != MODEL_NONE && seats_siae(search->problem, s, siae))
            g_array_append_val(related, place);
    }
    for (; n > 0 && related->len > 0; n--) {
        guint at = (guint)random_below(search, (int32_t)related->len);
        ruin_place(search, g_array_index(related, int32_t, at));
        g_array_remove_index_fast(related, at);
    }
}

/* Up to n more sessions that share something with the one at `place`: its formation, or a fund. */
static void ruin_related(Search *search, int32_t place, int32_t n, bool same_formation)
{
    g_autoptr(GArray) related = g_array_new(FALSE, FALSE, sizeof(int32_t));
    const DraftSession *seed = draft_session(search->draft, place);
    int32_t formation = formation_of(search, seed->slot);
    for (int32_t other = 0; other < (int32_t)search->draft->sessions->len; other++) {
        const DraftSession *s = draft_session(search->draft, other);
        if (other == place || s->slot == MODEL_NONE)
            continue;
        if (same_formation ? formation_of(search, s->slot) == formation : charges_fund_of(search->problem, seed, s))
            g_array_append_val(related, other);
    }
    for (; n > 0 && related->len > 0; n--) {
        guint at = (guint)random_below(search, (int32_t)related->len);
        ruin_place(search, g_array_index(related, int32_t, at));
        g_array_remove_index_fast(related, at);
    }
}

/* A random besoin with learners not served, or MODEL_NONE. */
static int32_t random_unserved(Search *search)
{
    int32_t n = search->problem->model->n_besoins;
    int32_t from = n > 0 ? random_below(search, n) : 0;
    for (int32_t i = 0; i < n; i++) {
        int32_t besoin = (from + i) % n;
        if (search->draft->left[besoin] > 0)
            return besoin;
    }
    return MODEL_NONE;
}

static void ruin(Search *search)
{
    int32_t place = random_place(search);
    int32_t kind = random_below(search, 8 + SIAE_RUINS);
    if (kind >= 8) {
        int32_t besoin = random_unserved(search);
        int32_t siae = besoin == MODEL_NONE ? random_below(search, search->problem->model->n_siae)
                                            : search->problem->model->besoins[besoin].siae;
        if (besoin != MODEL_NONE)
            list_formation(search, search->problem->model->besoins[besoin].formation);
        ruin_siae(search, siae, 1 + random_below(search, MOST_OUT));
        return;
    }
    if (kind < 3) {
        int32_t besoin = random_unserved(search);
        if (besoin != MODEL_NONE) {
            int32_t formation = search->problem->model->besoins[besoin].formation;
            list_formation(search, formation);
            /* half of the time the room is made by a session of the same formation */
            for (int32_t other = 0; kind == 0 && other < (int32_t)search->draft->sessions->len; other++) {
                const DraftSession *s = draft_session(search->draft, other);
                if (s->slot != MODEL_NONE && formation_of(search, s->slot) == formation && random_below(search, 2) == 0)
                    ruin_place(search, other);
            }
        }
    }
    if (place == MODEL_NONE)
        return;
    if (draft_session(search->draft, place)->slot == MODEL_NONE)
        return;
    if (kind != 0) {
        bool same = kind >= 5;
        ruin_related(search, place, random_below(search, same ? 4 : 3), same);
    }
    ruin_place(search, place);
}

/* Puts a whole plan of a formation, one that column generation found, in the place of the one held. False: none known.
 */
static bool swap_formation(Search *search, int32_t formation)
{
    const Problem *p = search->problem;
    const GPtrArray *plans = colgen_plans(search->colgen, formation);
    if (plans->len == 0)
        return false;
    for (int32_t place = 0; place < (int32_t)search->draft->sessions->len; place++) {
        int32_t slot = draft_session(search->draft, place)->slot;
        if (slot != MODEL_NONE && formation_of(search, slot) == formation)
            ruin_place(search, place);
    }
    list_formation(search, formation);
    const GArray *plan = plans->pdata[random_below(search, (int32_t)plans->len)];
    int32_t n;
    const MasterColumn *columns = master_columns(colgen_master(search->colgen, formation), &n);
    for (guint i = 0; i < plan->len; i++) {
        const MasterColumn *c = &columns[g_array_index(plan, int32_t, i)];
        if (!within_left(search->draft, &p->slots[c->slot], c->seats, c->n_seats))
            continue;
        int32_t place = draft_insert(search->draft, c->slot, c->start, c->seats, c->n_seats);
        if (place != MODEL_NONE)
            g_array_append_val(search->inserted, place);
    }
    return true;
}

static bool swap_formations(Search *search)
{
    int32_t place = random_place(search), besoin = random_unserved(search);
    bool swapped = false;
    if (besoin != MODEL_NONE)
        swapped = swap_formation(search, search->problem->model->besoins[besoin].formation);
    if (place != MODEL_NONE && draft_session(search->draft, place)->slot != MODEL_NONE && random_below(search, 2) == 0)
        swapped = swap_formation(search, formation_of(search, draft_session(search->draft, place)->slot)) || swapped;
    return swapped;
}

static void go_back(Search *search)
{
    for (guint i = search->inserted->len; i > 0; i--)
        draft_remove(search->draft, g_array_index(search->inserted, int32_t, i - 1));
    for (guint i = search->removed->len; i > 0; i--) {
        const Undo *undo = &g_array_index(search->removed, Undo, i - 1);
        int32_t place = draft_insert(search->draft, undo->slot, undo->start, undo->seats, undo->n_seats);
        g_assert(place != MODEL_NONE);
    }
}

/* The prices of a step: learners' y scaled by one random factor and each by another, their points blurred, money made
 * cheaper or dearer. */
static void perturb(Search *search)
{
    double all = g_rand_double(search->random), blur = 0.4 * g_rand_double(search->random) * search->point;
    for (int32_t b = 0; b < search->problem->model->n_besoins; b++) {
        double y = (double)search->prices->y[b] * all * (0.7 + 0.6 * g_rand_double(search->random));
        y += blur * (double)search->problem->points[b] * (2 * g_rand_double(search->random) - 1);
        search->lead->y[b] = (int64_t)y;
    }
    double money = 0.5 + 0.6 * g_rand_double(search->random);
    for (int32_t c = 0; c < search->problem->n_classes; c++)
        search->lead->class_price[c] = (int64_t)((double)search->prices->class_price[c] * money);
}

static void step(Search *search, double worst)
{
    Draft *draft = search->draft;
    double before = score(search, draft);
    g_array_set_size(search->removed, 0);
    g_array_set_size(search->inserted, 0);
    perturb(search);
    if (search->colgen == NULL || random_below(search, 4) != 0 || !swap_formations(search))
        ruin(search);
    recreate(search, search->lead, g_rand_boolean(search->random));
    recreate(search, search->free, true);
    extend(search);
    clear_list(search);
    double loss = before - score(search, draft);
    if (search_better(draft, search->best))
        draft_copy(search->best, draft);
    else if (loss > 0 && loss > -worst * log(1 - g_rand_double(search->random)))
        go_back(search);
}

void search_set_plans(Search *search, const Colgen *colgen)
{
    search->colgen = colgen;
}

void search_construct(Search *search)
{
    g_array_set_size(search->removed, 0);
    g_array_set_size(search->inserted, 0);
    for (int32_t slot = 0; slot < search->problem->n_slots; slot++)
        list_slot(search, slot);
    recreate(search, search->lead, true);
    recreate(search, search->free, true);
    clear_list(search);
    if (search_better(search->draft, search->best))
        draft_copy(search->best, search->draft);
}

bool search_run(Search *search, int64_t work, double worst, bool (*stop)(void *), void *user)
{
    int64_t first = pricing_work(search->pricing), done = 0;
    while (done < work) {
        if (stop != NULL && stop(user))
            return false;
        step(search, worst * (1 - (double)done / (double)work));
        /* a step that prices nothing counts too: the search must end */
        done = MAX(done + 100, pricing_work(search->pricing) - first);
    }
    return true;
}
