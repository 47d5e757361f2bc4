/* What chains of search do together, by the region. */
#include "plan/chains.h"
#include "tests/lib/region.h"

typedef struct {
    const char *what;
    RegionSize size;
    ChainsWay way;
} Case;

/* A problem, and prices at which a point is worth 100,000 euros and nothing else anything. */
typedef struct {
    Model *model;
    Problem *problem;
    PricingPrices *prices;
    SearchLead lead;
} Bench;

static void set_up(Bench *bench, const RegionSize *size)
{
    g_autoptr(GError) error = NULL;
    bench->model = region_make(3, size);
    bench->problem = problem_new(bench->model, bench->model->campagne.date_plan, &error);
    g_assert_no_error(error);
    bench->prices = pricing_prices_new(bench->problem);
    bench->prices->unit = bench->prices->w_points = 10000000;
    bench->prices->w_cost = 1;
    bench->lead = (SearchLead){bench->prices, bench->prices->w_points, 16, 0};
}

static void tear_down(Bench *bench)
{
    pricing_prices_free(bench->prices);
    problem_free(bench->problem);
    model_free(bench->model);
}

static void test_ways(void)
{
    static const Case cases[] = {
        {"250 besoins", {"few", 20, 250, 600, 40, 12, 8, 1, 2, false}, CHAINS_TWINS},
        {"560 besoins of one region", {"together", 48, 560, 1500, 80, 12, 16, 1, 2, false}, CHAINS_ALONE},
        {"600 besoins of twelve regions", {"apart", 72, 600, 1600, 120, 12, 48, 12, 2, false}, CHAINS_SIDES},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].what);
        Bench bench;
        set_up(&bench, &cases[i].size);
        Chains *chains = chains_new(bench.problem, false, NULL, NULL, NULL);
        chains_construct(chains, &bench.lead);
        g_assert_cmpint(chains_way(chains), ==, cases[i].way);
        int64_t first = chains_best(chains)->points;
        chains_run(chains, &bench.lead, 1, 4000000, INT64_MAX);
        int64_t then = chains_best(chains)->points;
        g_test_message("%" G_GINT64_FORMAT " points, then %" G_GINT64_FORMAT, first, then);
        g_assert_cmpint(then, >, first);
        chains_run(chains, &bench.lead, 4, 1000000, INT64_MAX);
        g_assert_cmpint(chains_best(chains)->points, >=, then);
        chains_free(chains);
        tear_down(&bench);
    }
}

static bool at_once(void *user)
{
    ++*(int32_t *)user;
    return true;
}

static void test_stops(void)
{
    Bench bench;
    set_up(&bench, region_size_find("small"));
    int32_t asked = 0;
    Chains *chains = chains_new(bench.problem, false, at_once, NULL, &asked);
    chains_construct(chains, &bench.lead);
    chains_run(chains, &bench.lead, 1, INT64_MAX / 2, INT64_MAX);
    g_assert_cmpint(asked, >, 0);
    g_assert_cmpint(chains_best(chains)->fixed_held, ==, bench.model->n_sessions_fixees);
    chains_free(chains);
    tear_down(&bench);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/chains/the region decides what they do, and each way finds more", test_ways);
    g_test_add_func("/chains/a stop ends them with fixed sessions held", test_stops);
    return g_test_run();
}
