/* Dives: see search_dive.h. */
#include "plan/search_dive.h"

#include "plan/lp.h"
#include "plan/search_build.h"
#include "plan/search_ruin.h"

#include <math.h>
#include <string.h>

/* Sessions taken out at most; each is the nearest to the learner of so many by chance. */
#define MOST_OUT 5
#define TRIES 32
/* About so many starts of a slot are looked at in a round of pricing. */
#define SOME_STARTS 8
/* Rounds of pricing at duals before the first session is held: at most, and before one that finds nothing ends them;
 * how far prices stay where they were (Wentges 1997), and that in the last rounds. */
#define ROUNDS 10
#define LEAST_ROUNDS 3
#define SMOOTHING 0.5
#define LAST_ROUNDS 3
#define LAST_SMOOTHING 0.2
/* Of the fixed point; above, sums of y over a session could overflow. */
#define MOST_DUAL (INT64_C(1) << 52)
/* A column enters when it is worth so much more than its learners and its slot elsewhere, in points. */
#define TOLERANCE 1e-6
/* Less of a column is none of it. */
#define LEAST_SHARE 1e-6

typedef struct {
    int32_t slot, start;
    ProblemSeat *seats; /* owned */
    int32_t n_seats;
    bool refused; /* by draft_insert() */
} Column;

/* Rows: search->besoins in their order, then search->slots. Objective: points. */
typedef struct {
    Search *search;
    Lp *lp;
    GArray *columns; /* Column */
    int32_t n_rows;
    double *duals; /* by row, >= 0: of the last solution; 0 before */
    double scale;  /* of a point: the fixed point of the prices */
} Dive;

static void clear_column(gpointer data)
{
    g_free(((Column *)data)->seats);
}

static int32_t nth(const GArray *array, guint i)
{
    return g_array_index(array, int32_t, i);
}

/* What the draft leaves of each row. */
static void set_rows(Dive *dive)
{
    const Search *search = dive->search;
    const Draft *draft = search->draft;
    for (guint i = 0; i < search->besoins->len; i++)
        lp_set_row(dive->lp, (int32_t)i, -INFINITY, draft->left[nth(search->besoins, i)]);
    for (guint i = 0; i < search->slots->len; i++) {
        int32_t slot = nth(search->slots, i), row = (int32_t)(search->besoins->len + i);
        lp_set_row(dive->lp, row, -INFINITY, MAX(0, search->problem->slots[slot].capacity - draft->held[slot]));
    }
}

static void begin(Dive *dive, Search *search)
{
    *dive = (Dive){.search = search,
                   .lp = lp_new(),
                   .columns = g_array_new(FALSE, FALSE, sizeof(Column)),
                   .n_rows = (int32_t)(search->besoins->len + search->slots->len),
                   .scale = fmax(1, (double)search->prices->w_points)};
    g_array_set_clear_func(dive->columns, clear_column);
    dive->duals = g_new0(double, dive->n_rows + 1);
    for (int32_t i = 0; i < dive->n_rows; i++)
        lp_add_row(dive->lp, -INFINITY, 0);
    for (guint i = 0; i < search->besoins->len; i++) {
        int32_t besoin = nth(search->besoins, i);
        search->rows[besoin] = (int32_t)i;
        search->lead->y[besoin] = search->prices->y[besoin];
    }
    set_rows(dive);
    memcpy(search->lead->class_price, search->prices->class_price,
           sizeof *search->prices->class_price * (gsize)search->problem->n_classes);
}

static void end(Dive *dive)
{
    lp_free(dive->lp);
    g_array_free(dive->columns, TRUE);
    g_free(dive->duals);
}

static bool is_known(const Dive *dive, const PricingSession *s)
{
    for (guint i = 0; i < dive->columns->len; i++) {
        const Column *c = &g_array_index(dive->columns, Column, i);
        if (c->slot == s->slot && c->start == s->start && c->n_seats == s->n_seats &&
            memcmp(c->seats, s->seats, sizeof *s->seats * (gsize)s->n_seats) == 0)
            return true;
    }
    return false;
}

/* Adds the session as a column. slot_row: of its slot. */
static void add(Dive *dive, const PricingSession *s, int32_t slot_row)
{
    const ProblemSlot *slot = &dive->search->problem->slots[s->slot];
    Column column = {s->slot, s->start, g_memdup2(s->seats, sizeof *s->seats * (gsize)s->n_seats), s->n_seats, false};
    g_autofree int32_t *rows = g_new(int32_t, s->n_seats + 1);
    g_autofree double *values = g_new(double, s->n_seats + 1);
    int32_t n = 0;
    for (int32_t i = 0; i < s->n_seats; i++) {
        int32_t row = dive->search->rows[slot->links[s->seats[i].link].besoin];
        if (n == 0 || rows[n - 1] != row) { /* ascending link: montages of one besoin stand together */
            rows[n] = row;
            values[n++] = 0;
        }
        values[n - 1] += s->seats[i].effectif;
    }
    rows[n] = slot_row;
    values[n++] = 1;
    g_array_append_val(dive->columns, column);
    lp_add_column(dive->lp, (double)s->value / dive->scale, 0, INFINITY, n, rows, values);
}

static bool solve(Dive *dive)
{
    dive->search->work += (int64_t)dive->n_rows * (int64_t)dive->columns->len;
    if (lp_solve(dive->lp) != LP_OPTIMAL)
        return false;
    for (int32_t i = 0; i < dive->n_rows; i++)
        dive->duals[i] = fmax(0, lp_dual(dive->lp, i));
    return true;
}

/* A good session of each slot at the prices, where it is worth more than its learners and its slot elsewhere. True when
 * any was new. */
static bool price(Dive *dive)
{
    Search *search = dive->search;
    guint before = dive->columns->len;
    for (guint i = 0; i < search->slots->len; i++) {
        int32_t slot = nth(search->slots, i), row = (int32_t)(search->besoins->len + i);
        const ProblemSlot *p = &search->problem->slots[slot];
        if (p->fixee != MODEL_NONE || search->draft->held[slot] >= p->capacity)
            continue;
        PricingLimits limits = draft_limits(search->draft);
        search_build_some_starts(search, slot, SOME_STARTS, &limits);
        limits.among = search->among;
        PricingSession *session = &search->candidates[slot].session;
        search->candidates[slot].priced = false;
        if (!pricing_best(search->pricing, search->lead, &limits, slot, session))
            continue;
        if ((double)session->reduced / dive->scale > dive->duals[row] + TOLERANCE && !is_known(dive, session))
            add(dive, session, row);
    }
    return dive->columns->len > before;
}

/* Prices of learners: so much of the last ones, the rest the duals. */
static void set_prices(Dive *dive, double keep)
{
    Search *search = dive->search;
    for (guint i = 0; i < search->besoins->len; i++) {
        int64_t *y = &search->lead->y[nth(search->besoins, i)];
        *y = pricing_fixed(keep * (double)*y / dive->scale + (1 - keep) * dive->duals[i], dive->scale, MOST_DUAL);
    }
}

/* The position of the column to hold, that of the largest share up to one; MODEL_NONE: none is left. */
static int32_t largest(const Dive *dive)
{
    int32_t chosen = MODEL_NONE;
    double most = LEAST_SHARE;
    for (guint i = 0; i < dive->columns->len; i++) {
        double x = fmin(1, lp_primal(dive->lp, (int32_t)i));
        if (x <= most || g_array_index(dive->columns, Column, i).refused)
            continue;
        chosen = (int32_t)i;
        most = x;
    }
    return chosen;
}

/* Holds a column, or sees that it cannot be: the others are left. */
static bool hold(Dive *dive, int32_t at)
{
    Search *search = dive->search;
    Column *c = &g_array_index(dive->columns, Column, at);
    int32_t place = MODEL_NONE;
    if (search_ruin_short(search->draft, &search->problem->slots[c->slot], c->seats, c->n_seats) == MODEL_NONE)
        place = draft_insert(search->draft, c->slot, c->start, c->seats, c->n_seats);
    if (place == MODEL_NONE) {
        c->refused = true;
        lp_set_column(dive->lp, at, 0, 0);
        return false;
    }
    g_array_append_val(search->inserted, place);
    set_rows(dive);
    return true;
}

/* Column generation. False: the solver failed, or there is no time left. */
static bool converge(Dive *dive)
{
    for (int32_t round = 1; round <= ROUNDS; round++) {
        if (search_state_stops(dive->search) || !solve(dive))
            return false;
        set_prices(dive, round <= ROUNDS - LAST_ROUNDS ? SMOOTHING : LAST_SMOOTHING);
        if (!price(dive) && round > LEAST_ROUNDS)
            break;
    }
    return true;
}

/* Every other session held, what may stand beside it is priced again. */
static void go_down(Dive *dive)
{
    int32_t held = 0;
    for (bool fresh = false; !search_state_stops(dive->search) && solve(dive);) {
        if (fresh && held % 2 == 1) {
            set_prices(dive, 0);
            if (price(dive) && !solve(dive))
                return;
        }
        int32_t at = largest(dive);
        if (at == MODEL_NONE)
            return;
        fresh = hold(dive, at);
        held += fresh;
    }
}

bool search_dive(Search *search)
{
    int32_t besoin = g_rand_boolean(search->random) ? search_ruin_unserved(search) : MODEL_NONE;
    if (besoin == MODEL_NONE)
        besoin = search_ruin_seated(search);
    if (besoin == MODEL_NONE)
        return false;
    search_build_touch(search, besoin, MODEL_NONE);
    search_build_admit_besoin(search, besoin);
    search_ruin_around(search, besoin, &(SearchRuinAround){MOST_OUT, false, false, TRIES});
    Dive dive;
    begin(&dive, search);
    if (price(&dive) && converge(&dive))
        go_down(&dive);
    end(&dive);
    return true;
}
