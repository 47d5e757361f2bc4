/* Searches that share a region out between them. */
#include "config/calendar.h"
#include "plan/search.h"
#include "tests/lib/region.h"
#include "tests/lib/short.h"

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
        search_construct(a);
        Draft *first = draft_new(bench.problem);
        draft_copy(first, search_best(a));
        search_adopt(b, first);
        search_set_share(a, even);
        search_set_share(b, odd);
        search_run(a, WORK, 0, NULL, NULL);
        search_run(b, WORK, 0, NULL, NULL);
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

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/search/searches of shares that do not meet change only their own, and are merged", test_shares);
    return g_test_run();
}
