/* Large neighbourhood search: see search.h. */
#include "plan/search.h"

#include "plan/search_build.h"
#include "plan/search_dive.h"
#include "plan/search_exchange.h"
#include "plan/search_force.h"
#include "plan/search_ruin.h"

#include <math.h>
#include <string.h>

/* One step in so many tries whole formation plans, one in so many of the others an ejection. */
#define SWAPPED 4
#define FORCED 3

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
    search->formations = g_array_new(FALSE, FALSE, sizeof(int32_t));
    search->touched = g_new0(bool, problem->model->n_formations + 1);
    search->besoins = g_array_new(FALSE, FALSE, sizeof(int32_t));
    search->among = g_new0(bool, problem->model->n_besoins + 1);
    int32_t links = 0;
    for (int32_t i = 0; i < problem->n_slots; i++)
        links = MAX(links, problem->slots[i].n_links);
    search->bonus = g_new0(int64_t, links + 1);
    search->rows = g_new0(int32_t, problem->model->n_besoins + 1);
    search->kept = MODEL_NONE;
    search->lightened = g_array_new(FALSE, FALSE, sizeof(int32_t));
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
    g_array_free(search->formations, TRUE);
    g_free(search->touched);
    g_array_free(search->besoins, TRUE);
    g_free(search->among);
    g_free(search->bonus);
    g_free(search->rows);
    g_array_free(search->lightened, TRUE);
    g_array_free(search->removed, TRUE);
    g_array_free(search->inserted, TRUE);
    g_free(search);
}

void search_set_lead(Search *search, const SearchLead *lead)
{
    search->point = (double)lead->point;
    search->exchanged = lead->exchanged;
    search->dived = lead->dived;
    pricing_prices_copy(search->problem, search->prices, lead->prices);
    pricing_prices_copy(search->problem, search->lead, lead->prices);
    search->free->unit = lead->prices->unit;
    search->free->w_points = lead->prices->w_points;
    search->free->w_cost = lead->prices->w_cost;
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
        draft_follow(search->best, search->draft);
}

void search_restart(Search *search, const Draft *draft)
{
    search->share = NULL;
    draft_copy(search->draft, draft);
    draft_follow(search->best, search->draft);
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

/* The prices of a step: learners' y scaled by one random factor and each by another, their points blurred
 * (search_build_admit_besoin()), money made cheaper or dearer. */
static void perturb(Search *search)
{
    search->all = g_rand_double(search->random);
    search->blur = 0.4 * g_rand_double(search->random) * search->point;
    double money = 0.5 + 0.6 * g_rand_double(search->random);
    for (int32_t c = 0; c < search->problem->n_classes; c++)
        search->lead->class_price[c] = (int64_t)((double)search->prices->class_price[c] * money);
}

static void step(Search *search, double worst)
{
    Draft *draft = search->draft;
    SearchScore before = search_state_score(draft);
    g_array_set_size(search->removed, 0);
    g_array_set_size(search->inserted, 0);
    perturb(search);
    bool done = search->dived > 0 && search_state_below(search, search->dived) == 0 && search_dive(search);
    done = done || (search->colgen != NULL && search_state_below(search, SWAPPED) == 0 && search_ruin_swap(search));
    done = done || (search_state_below(search, FORCED) == 0 && search_force(search));
    if (!done)
        search_ruin(search);
    search_build(search, search->lead, g_rand_boolean(search->random));
    search_build(search, search->free, true);
    search_build_again(search);
    if (search_state_below(search, search->exchanged) == 0)
        search_exchange(search);
    search_build_clear(search);
    double loss = -search_state_gain(search, before, draft);
    if (search_better(draft, search->best))
        draft_follow(search->best, draft);
    else if (loss > 0 && loss > -worst * log(1 - g_rand_double(search->random)))
        go_back(search);
}

void search_set_plans(Search *search, const Colgen *colgen)
{
    search->colgen = colgen;
}

void search_set_share(Search *search, const Share *share, int32_t half)
{
    search->share = share;
    draft_halve(search->draft, half);
    draft_follow(search->best, search->draft);
}

/* Inserts what fits of the sessions of `from` that its own share lets change, or of the others, unless they are in
 * already (done, by place). `of`: whose share. True when it inserted any. */
static bool pour(Draft *into, const Search *from, const Search *of, bool within, bool *done)
{
    bool any = false;
    for (int32_t place = 0; place < (int32_t)from->draft->sessions->len; place++) {
        const DraftSession *s = draft_session(from->draft, place);
        if (s->slot == MODEL_NONE || done[place] || search_state_may_go(of, s) != within)
            continue;
        done[place] = draft_insert(into, s->slot, s->start, s->seats, s->n_seats) != MODEL_NONE;
        any = any || done[place];
    }
    return any;
}

/* Holds a formation plan in the place of what is held of it, whatever is in its way. */
static void impose(Search *search, int32_t formation, const GArray *plan)
{
    search_ruin_formation(search, formation);
    int32_t n;
    const MasterColumn *columns = master_columns(colgen_master(search->colgen, formation), &n);
    search->kept = formation;
    for (guint i = 0; i < plan->len; i++) {
        const MasterColumn *c = &columns[g_array_index(plan, int32_t, i)];
        search_force_in(search, c->slot, c->start, c->seats, c->n_seats);
    }
}

bool search_probe(Search *search, int32_t formation, int64_t work, double worst, bool (*stop)(void *), void *user)
{
    const GPtrArray *plans = colgen_plans(search->colgen, formation);
    if (plans->len == 0)
        return true;
    search->stop = stop;
    search->user = user;
    g_array_set_size(search->removed, 0);
    g_array_set_size(search->inserted, 0);
    impose(search, formation, plans->pdata[plans->len - 1]);
    perturb(search);
    search_build(search, search->lead, true);
    search_build(search, search->free, true);
    search_build_clear(search);
    bool on = search_run(search, work / 2, worst, 0, stop, user);
    search->kept = MODEL_NONE;
    on = on && search_run(search, work / 2, worst, 0, stop, user);
    draft_copy(search->draft, search->best);
    return on;
}

Draft *search_join(const Search *a, const Search *b)
{
    Draft *joined = draft_new(a->problem);
    g_autofree bool *of_a = g_new0(bool, a->draft->sessions->len + 1);
    g_autofree bool *of_b = g_new0(bool, b->draft->sessions->len + 1);
    /* once more while any went in: what comes after another (apres) must wait for it */
    for (bool any = true; any;) {
        any = pour(joined, a, b, false, of_a);
        any = pour(joined, b, b, true, of_b) || any;
    }
    return joined;
}

void search_construct(Search *search, bool (*stop)(void *), void *user)
{
    search->stop = stop;
    search->user = user;
    g_array_set_size(search->removed, 0);
    g_array_set_size(search->inserted, 0);
    for (int32_t slot = 0; slot < search->problem->n_slots; slot++)
        search_build_list(search, slot);
    search_build(search, search->lead, true);
    search_build(search, search->free, true);
    search_build_clear(search);
    if (search_better(search->draft, search->best))
        draft_follow(search->best, search->draft);
}

bool search_run(Search *search, int64_t work, double from, double to, bool (*stop)(void *), void *user)
{
    int64_t first = pricing_work(search->pricing) + search->work, done = 0;
    search->stop = stop;
    search->user = user;
    while (done < work) {
        if (search_state_stops(search))
            return false;
        step(search, from + (to - from) * (double)done / (double)work);
        /* a step that prices nothing counts too: the search must end */
        done = MAX(done + 100, pricing_work(search->pricing) + search->work - first);
    }
    return true;
}
