/* Branch and bound of a formation against the best of all its whole plans, on tiny regions at random prices. */
#include "plan/branch.h"
#include "tests/lib/every_session.h"
#include "tests/lib/region.h"

#include <string.h>

#define SEEDS 400
#define ROUNDS 2
#define NEVER INT64_MIN
#define MOST_STATES 4096

/* The best plans of a formation by learners served: a state counts them for each besoin, in mixed radix. */
typedef struct {
    const Problem *problem;
    const PricingPrices *prices;
    const ProblemSlot *slot;
    int32_t start, n_states;
    int32_t *radix;   /* by besoin of the formation: its weight in a state; 0 elsewhere */
    int64_t *session; /* by state: the best session of the slot at hand that seats so */
    int64_t *plan;    /* by state: the best plan of the slots before it */
    SessionMeasure measure;
    bool bearable; /* only sessions that no SIAE's reste_a_charge_max forbids */
} Table;

static struct {
    int64_t formations, without, met, with_fixed, several, deeper, closer;
} tally;

/* A measured session at the prices, y apart: pricing.h's words. */
static int64_t plain_value(const Table *table, const ProblemSeat *seats, int32_t n_seats)
{
    const Problem *p = table->problem;
    const PricingPrices *prices = table->prices;
    const SessionMeasure *measure = &table->measure;
    const ProblemStart *start = &table->slot->starts[table->start];
    int64_t value = prices->w_points * measure->points - prices->w_cost * (measure->cost + measure->rac);
    for (int32_t i = 0; i < measure->n_charges; i++)
        value -= prices->class_price[measure->charges[i].key] * measure->charges[i].cents;
    for (int32_t i = 0; i < measure->n_racs; i++)
        value -= prices->rac_price[measure->racs[i].key] * measure->racs[i].cents;
    value -= pricing_days_value(p, &prices->presences, p->model->offres[table->slot->offre].organisme, start);
    for (int32_t i = 0; i < n_seats; i++) {
        int32_t siae = p->model->besoins[table->slot->links[seats[i].link].besoin].siae;
        value -= seats[i].effectif * pricing_days_value(p, &prices->absences, siae, start);
    }
    return value;
}

static void on_session(void *user, int32_t q, const ProblemSeat *seats, int32_t n_seats)
{
    Table *table = user;
    (void)q;
    if (table->bearable && !every_session_bearable(table->problem, table->slot, seats, n_seats))
        return;
    if (!session_measure(table->problem, table->slot, table->start, seats, n_seats, &table->measure))
        return;
    int32_t state = 0;
    for (int32_t i = 0; i < n_seats; i++)
        state += table->radix[table->slot->links[seats[i].link].besoin] * seats[i].effectif;
    table->session[state] = MAX(table->session[state], plain_value(table, seats, n_seats));
}

/* True when no besoin has more learners in a and b together than it has. */
static bool adds_up(const Table *table, ProblemSlice besoins, int32_t a, int32_t b)
{
    for (int32_t i = 0; i < besoins.n; i++) {
        int32_t besoin = table->problem->besoins_by_formation[besoins.first + i];
        int32_t base = table->problem->model->besoins[besoin].effectif + 1, weight = table->radix[besoin];
        if (a / weight % base + b / weight % base >= base)
            return false;
    }
    return true;
}

/* One more session of the slot at hand for each plan; must: plans without it are no plans. */
static void add_session(Table *table, ProblemSlice besoins, bool must)
{
    g_autofree int64_t *next = g_new(int64_t, table->n_states);
    for (int32_t s = 0; s < table->n_states; s++)
        next[s] = must ? NEVER : table->plan[s];
    for (int32_t a = 0; a < table->n_states; a++)
        for (int32_t b = 0; b < table->n_states && table->plan[a] != NEVER; b++)
            if (table->session[b] != NEVER && adds_up(table, besoins, a, b))
                next[a + b] = MAX(next[a + b], table->plan[a] + table->session[b]);
    memcpy(table->plan, next, sizeof *next * (gsize)table->n_states);
}

/* The value of the best whole plan of a formation; NEVER when its fixed sessions have none. */
static int64_t best_plan(const Problem *p, const PricingPrices *prices, int32_t formation, bool bearable)
{
    ProblemSlice besoins = p->formation_besoins[formation], slots = p->formation_slots[formation];
    Table table = {.problem = p, .prices = prices, .n_states = 1, .bearable = bearable};
    table.radix = g_new0(int32_t, p->model->n_besoins + 1);
    for (int32_t i = 0; i < besoins.n; i++) {
        int32_t besoin = p->besoins_by_formation[besoins.first + i];
        table.radix[besoin] = table.n_states;
        table.n_states *= p->model->besoins[besoin].effectif + 1;
        g_assert_cmpint(table.n_states, <=, MOST_STATES);
    }
    table.session = g_new(int64_t, table.n_states);
    table.plan = g_new(int64_t, table.n_states);
    for (int32_t s = 0; s < table.n_states; s++)
        table.plan[s] = s == 0 ? 0 : NEVER;
    for (int32_t i = 0; i < slots.n; i++) {
        table.slot = &p->slots[p->slots_by_formation[slots.first + i]];
        for (int32_t s = 0; s < table.n_states; s++)
            table.session[s] = NEVER;
        for (table.start = 0; table.start < table.slot->n_starts; table.start++)
            every_session(p, table.slot, table.start, NULL, on_session, &table);
        for (int32_t k = 0; k < table.slot->capacity; k++)
            add_session(&table, besoins, table.slot->fixee != MODEL_NONE);
    }
    int64_t best = NEVER;
    for (int32_t s = 0; s < table.n_states; s++)
        best = MAX(best, table.plan[s]);
    g_free(table.radix);
    g_free(table.session);
    g_free(table.plan);
    session_measure_clear(&table.measure);
    return best;
}

/* The plan a tree returned is one of the formation and is worth what it says. */
static void check_plan_of(const Problem *p, const PricingPrices *prices, int32_t formation, const Master *master,
                          const BranchResult *result)
{
    ProblemSlice slots = p->formation_slots[formation];
    int32_t n_columns;
    const MasterColumn *columns = master_columns(master, &n_columns);
    g_autofree int32_t *sessions = g_new0(int32_t, p->n_slots + 1);
    g_autofree int32_t *served = g_new0(int32_t, p->model->n_besoins + 1);
    int64_t value = 0;
    for (guint i = 0; i < result->plan->len; i++) {
        int32_t at = g_array_index(result->plan, int32_t, i);
        g_assert_cmpint(at, >=, 0);
        g_assert_cmpint(at, <, n_columns);
        const MasterColumn *column = &columns[at];
        const ProblemSlot *slot = &p->slots[column->slot];
        g_assert_cmpint(p->model->offres[slot->offre].formation, ==, formation);
        g_assert_true(every_session_holds(p, slot, column->start, NULL, column->seats, column->n_seats));
        Table table = {.problem = p, .prices = prices, .slot = slot, .start = column->start};
        g_assert_true(session_measure(p, slot, column->start, column->seats, column->n_seats, &table.measure));
        int64_t one = plain_value(&table, column->seats, column->n_seats);
        g_assert_cmpint(master_value(p, prices, column), ==, one);
        session_measure_clear(&table.measure);
        value += one;
        sessions[column->slot]++;
        for (int32_t k = 0; k < column->n_seats; k++)
            served[slot->links[column->seats[k].link].besoin] += column->seats[k].effectif;
    }
    g_assert_cmpint(value, ==, result->value);
    for (int32_t i = 0; i < p->model->n_besoins; i++)
        g_assert_cmpint(served[i], <=, p->model->besoins[i].effectif);
    for (int32_t i = 0; i < slots.n; i++) {
        int32_t slot = p->slots_by_formation[slots.first + i];
        g_assert_cmpint(sessions[slot], <=, p->slots[slot].capacity);
        g_assert_true(p->slots[slot].fixee == MODEL_NONE || sessions[slot] == 1);
    }
    tally.several += result->plan->len > 1;
}

/* With work to do a tree goes on beyond its nodes: to a bound at least as good. */
static void go_deeper(const Problem *p, Pricing *pricing, PricingPrices *prices, int32_t formation, int64_t best,
                      const BranchResult *result)
{
    const BranchEffort work = {.max_nodes = 1, .work = 100000};
    Master *master = master_new(p, formation);
    BranchResult deeper = branch_formation(master, pricing, prices, p, formation, &work);
    g_assert_cmpint(deeper.bound, >=, best);
    g_assert_cmpint(deeper.bound, <=, result->bound);
    tally.deeper += deeper.n_nodes > 1;
    tally.closer += deeper.bound < result->bound;
    preuve_node_free(deeper.proof);
    g_array_free(deeper.plan, TRUE);
    master_free(master);
}

static void compare_formation(const Problem *p, Pricing *pricing, PricingPrices *prices, int32_t formation,
                              int32_t max_nodes)
{
    ProblemSlice slots = p->formation_slots[formation];
    if (slots.n == 0 || p->formation_besoins[formation].n == 0)
        return;
    int64_t best = best_plan(p, prices, formation, true), most = best_plan(p, prices, formation, false);
    Master *master = master_new(p, formation);
    const BranchEffort effort = {.max_nodes = max_nodes};
    BranchResult result = branch_formation(master, pricing, prices, p, formation, &effort);
    g_assert_cmpint(result.bound, >=, best);
    g_assert_cmpint(MAX(result.proof->bound, result.value), ==, result.bound);
    preuve_node_free(result.proof);
    g_assert_cmpint(result.value, <=, most);
    if (result.value != INT64_MIN)
        check_plan_of(p, prices, formation, master, &result);
    g_assert_true(most != NEVER || result.value == INT64_MIN);
    g_assert_cmpint(result.n_nodes, <=, max_nodes);
    if (max_nodes == 1)
        go_deeper(p, pricing, prices, formation, best, &result);
    bool fixed = false;
    for (int32_t i = 0; i < slots.n; i++)
        fixed = fixed || p->slots[p->slots_by_formation[slots.first + i]].fixee != MODEL_NONE;
    tally.formations++;
    tally.without += best == NEVER;
    tally.with_fixed += fixed;
    tally.met += best != NEVER && result.value == best;
    g_array_free(result.plan, TRUE);
    master_free(master);
}

/* ---- random prices ---- */

static int64_t some(GRand *rand, int32_t most)
{
    return g_rand_int_range(rand, 0, 3) == 0 ? 0 : g_rand_int_range(rand, 0, most + 1);
}

static void random_days(GRand *rand, const Problem *p, int32_t n_owners, PricingDays *days)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(PricingDay));
    for (int32_t owner = 0; owner < n_owners; owner++)
        for (int32_t day = p->first_day; day <= p->last_day; day++) {
            PricingDay row = {owner, day, g_rand_int_range(rand, 0, 30000)};
            if (g_rand_int_range(rand, 0, 5) == 0)
                g_array_append_val(rows, row);
        }
    pricing_set_days(days, (const PricingDay *)(void *)rows->data, (int32_t)rows->len, n_owners);
}

static void random_prices(GRand *rand, const Problem *p, PricingPrices *prices)
{
    const Model *m = p->model;
    prices->unit = 1000;
    prices->w_points = some(rand, 300000);
    prices->w_cost = some(rand, 8);
    for (int32_t i = 0; i < m->n_enveloppes; i++)
        prices->enveloppe[i] = some(rand, 10);
    for (int32_t i = 0; i < m->n_siae; i++)
        prices->rac_price[i] = some(rand, 10);
    random_days(rand, p, m->n_siae, &prices->absences);
    random_days(rand, p, m->n_organismes, &prices->presences);
    pricing_prices_settle(p, prices);
}

static void compare_region(uint64_t seed)
{
    g_autoptr(Model) model = region_tiny(seed);
    int32_t today = model->campagne.date_plan != MODEL_NONE ? model->campagne.date_plan : model->campagne.date_debut;
    g_autoptr(Problem) problem = problem_new(model, today, NULL);
    if (problem == NULL)
        return; /* told by other tests */
    g_autoptr(GRand) rand = g_rand_new_with_seed((guint32)seed);
    Pricing *pricing = pricing_new(problem);
    PricingPrices *prices = pricing_prices_new(problem);
    for (int32_t round = 0; round < ROUNDS; round++) {
        random_prices(rand, problem, prices);
        g_test_message("seed %" G_GUINT64_FORMAT ", round %d", seed, round);
        for (int32_t f = 0; f < model->n_formations; f++)
            compare_formation(problem, pricing, prices, f, round == 0 ? 1 : 50);
    }
    pricing_prices_free(prices);
    pricing_free(pricing);
}

static void test_enumeration(void)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++)
        compare_region(seed);
    g_test_message("%" G_GINT64_FORMAT " formations (%" G_GINT64_FORMAT " with fixed sessions, %" G_GINT64_FORMAT
                   " without plan): best plan found for %" G_GINT64_FORMAT
                   ", of several sessions for %" G_GINT64_FORMAT,
                   tally.formations, tally.with_fixed, tally.without, tally.met, tally.several);
    g_assert_cmpint(tally.formations, >, SEEDS);
    g_assert_cmpint(tally.several, >, SEEDS / 10);
    g_test_message("%" G_GINT64_FORMAT " trees went deeper, %" G_GINT64_FORMAT " came closer", tally.deeper,
                   tally.closer);
    g_assert_cmpint(tally.closer, >, 0);
    g_assert_cmpint(tally.met * 100, >=, (tally.formations - tally.without) * 98);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/branch/a formation's bound and plan enclose its best whole plan", test_enumeration);
    return g_test_run();
}
