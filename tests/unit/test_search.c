/* Searches that share a region out between them; probes of whole formation plans; fixed sessions. */
#include "plan/search.h"
#include "tests/lib/region.h"
#include "tests/lib/short.h"
#include "tests/lib/worked.h"

#include <string.h>

#define WORK 3000000

typedef struct {
    Model *model;
    Problem *problem;
    Colgen *colgen;
    PricingPrices *prices;
} Bench;

static void set_up(Bench *bench, uint64_t seed)
{
    g_autoptr(GError) error = NULL;
    bench->model = region_make(seed, region_size_find("small"));
    bench->problem = problem_new(bench->model, bench->model->campagne.date_plan, &error);
    g_assert_no_error(error);
    bench->colgen = colgen_new(bench->problem, 1);
    ColgenResult result = colgen_points(bench->colgen, &(ColgenEffort){.iterations = 12});
    bench->prices = pricing_prices_new(bench->problem);
    pricing_prices_copy(bench->problem, bench->prices, result.prices);
    bench->prices->w_cost = MAX(1, bench->prices->unit / 10000000);
}

static void tear_down(Bench *bench)
{
    pricing_prices_free(bench->prices);
    colgen_free(bench->colgen);
    problem_free(bench->problem);
    model_free(bench->model);
}

static Search *new_search(const Bench *bench, uint32_t seed)
{
    Search *search = search_new(bench->problem, seed);
    search_set_prices(search, bench->prices, bench->prices->w_points);
    return search;
}

static int32_t formation_of(const Bench *bench, const DraftSession *session)
{
    return bench->model->offres[bench->problem->slots[session->slot].offre].formation;
}

/* Points of the sessions whose formations are in the share (or not in it). */
static int64_t points_in(const Bench *bench, const Draft *draft, const bool *share, bool within)
{
    int64_t points = 0;
    for (int32_t i = 0; i < (int32_t)draft->sessions->len; i++) {
        const DraftSession *s = draft_session(draft, i);
        if (s->slot != MODEL_NONE && share[formation_of(bench, s)] == within)
            points += s->measure.points;
    }
    return points;
}

static bool same_session(const DraftSession *a, const DraftSession *b)
{
    return a->slot == b->slot && a->start == b->start && a->n_seats == b->n_seats &&
           memcmp(a->seats, b->seats, sizeof(ProblemSeat) * (gsize)a->n_seats) == 0;
}

/* Every session of a's outside the share is in b too. */
static void assert_kept(const Bench *bench, const Draft *a, const Draft *b, const bool *share)
{
    for (int32_t i = 0; i < (int32_t)a->sessions->len; i++) {
        const DraftSession *s = draft_session(a, i);
        if (s->slot == MODEL_NONE || share[formation_of(bench, s)])
            continue;
        bool found = false;
        for (int32_t k = 0; k < (int32_t)b->sessions->len && !found; k++)
            found = same_session(s, draft_session(b, k));
        g_assert_true(found);
    }
}

static void test_shares(void)
{
    for (uint64_t seed = 1; seed <= (uint64_t)short_of(6); seed++) {
        Bench bench;
        set_up(&bench, seed);
        int32_t n = bench.model->n_formations;
        g_autofree bool *even = g_new0(bool, n + 1), *odd = g_new0(bool, n + 1);
        for (int32_t f = 0; f < n; f++) {
            even[f] = f % 2 == 0;
            odd[f] = f % 2 == 1;
        }
        Search *a = new_search(&bench, 1), *b = new_search(&bench, 2);
        search_construct(a, NULL, NULL);
        Draft *first = draft_new(bench.problem);
        draft_copy(first, search_best(a));
        search_adopt(b, first);
        search_set_share(a, even);
        search_set_share(b, odd);
        search_run(a, WORK, 0, 0, NULL, NULL);
        search_run(b, WORK, 0, 0, NULL, NULL);
        assert_kept(&bench, first, search_best(a), even);
        assert_kept(&bench, first, search_best(b), odd);
        g_assert_cmpint(search_best(a)->points, >, first->points);
        g_assert_cmpint(search_best(b)->points, >, first->points);
        Draft *merged = search_merge(a, b);
        g_test_message("seed %" G_GUINT64_FORMAT ": %" G_GINT64_FORMAT " points; %" G_GINT64_FORMAT
                       " and %" G_GINT64_FORMAT " each alone, %" G_GINT64_FORMAT " merged",
                       seed, first->points, search_best(a)->points, search_best(b)->points, merged->points);
        g_assert_cmpint(points_in(&bench, merged, odd, false), ==, points_in(&bench, search_best(a), odd, false));
        g_assert_cmpint(points_in(&bench, merged, odd, true), <=, points_in(&bench, search_best(b), odd, true));
        g_assert_cmpint(merged->points, >, first->points);
        draft_free(merged);
        draft_free(first);
        search_free(a);
        search_free(b);
        tear_down(&bench);
    }
}

static void test_probes(void)
{
    int64_t gained = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)short_of(3); seed++) {
        Bench bench;
        set_up(&bench, seed);
        colgen_points(bench.colgen, &(ColgenEffort){.iterations = 4, .whole = true, .nodes = 5});
        Search *search = new_search(&bench, 1);
        search_set_plans(search, bench.colgen);
        search_construct(search, NULL, NULL);
        search_run(search, WORK, 0, 0, NULL, NULL);
        int64_t before = search_best(search)->points;
        double point = (double)bench.prices->w_points / (double)bench.prices->w_cost;
        for (int32_t f = 0; f < bench.model->n_formations; f++) {
            int64_t points = search_best(search)->points;
            g_assert_true(search_probe(search, f, WORK / 4, point, NULL, NULL));
            g_assert_cmpint(search_best(search)->points, >=, points);
        }
        g_test_message("seed %" G_GUINT64_FORMAT ": %" G_GINT64_FORMAT " points, %" G_GINT64_FORMAT " after probes",
                       seed, before, search_best(search)->points);
        gained += search_best(search)->points - before;
        int64_t points = 0;
        for (int32_t i = 0; i < (int32_t)search_best(search)->sessions->len; i++)
            points += draft_session(search_best(search), i)->slot == MODEL_NONE
                          ? 0
                          : draft_session(search_best(search), i)->measure.points;
        g_assert_cmpint(points, ==, search_best(search)->points);
        search_free(search);
        tear_down(&bench);
    }
    g_assert_cmpint(gained, >, 0);
}

/* Three times 33.33 % of 40.01 or 40.02 leaves nothing to pay, of 30.01 or 60.02 it does: of the groups that hold two
 * learners of a SIAE that can pay nothing, only one of three is possible. */
static void test_fixed_size(void)
{
    RegionDraft *draft = worked_region();
    region_draft_row(draft, siae, ModelSiae, S1)->reste_a_charge_max = 0;
    region_draft_row(draft, offres, ModelOffre, O1)->cout_groupe = 12004;
    for (int32_t rang = 1; rang <= 3; rang++) {
        const ModelFinancement row = {M0, rang, "PDC", 3333, 0, 0, MODEL_NONE};
        g_array_append_val(draft->financements, row);
    }
    const ModelEnveloppe enveloppe = {
        "E1", "AKTO", "PDC", MODEL_NONE, 90000, 90000, worked_day("2026-01-01"), worked_day("2026-12-31"), MODEL_NONE};
    g_array_append_val(draft->enveloppes, enveloppe);
    const ModelSessionFixee fixed = {"FIX-0", O1, worked_day("2026-03-10")};
    g_array_append_val(draft->sessions_fixees, fixed);
    const ModelAffectationFixee seated = {0, B1, M0, 2};
    g_array_append_val(draft->affectations_fixees, seated);
    g_autoptr(Model) model = region_draft_freeze(draft);
    g_autoptr(GError) error = NULL;
    Problem *problem = problem_new(model, model->campagne.date_plan, &error);
    g_assert_no_error(error);
    PricingPrices *prices = pricing_prices_new(problem);
    prices->unit = prices->w_points = 1000;
    prices->w_cost = 1;
    Search *search = search_new(problem, 1);
    search_set_prices(search, prices, prices->w_points);
    search_construct(search, NULL, NULL);
    g_assert_cmpint(search_best(search)->fixed_held, ==, 1);
    search_free(search);
    pricing_prices_free(prices);
    problem_free(problem);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/search/searches of shares that do not meet change only their own, and are merged", test_shares);
    g_test_add_func("/search/probes of whole formation plans find more and lose nothing", test_probes);
    g_test_add_func("/search/a fixed session is held at the one group size that can be", test_fixed_size);
    return g_test_run();
}
