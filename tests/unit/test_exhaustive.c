/* The exhaustive search itself: its plans hold every rule, have the figures it tells, and nothing found by other means
 * beats them. */
#include "plan/check.h"
#include "tests/lib/exhaustive.h"
#include "tests/lib/first_come.h"
#include "tests/lib/region.h"
#include "tests/lib/short.h"

#define ALL_SEEDS 600
#define SEEDS short_of(ALL_SEEDS)
#define NODES 10000000
#define FEW_NODES 20000

static int32_t date_plan_of(const Model *model)
{
    return model->campagne.date_plan != MODEL_NONE ? model->campagne.date_plan : model->campagne.date_debut;
}

static void test_plans_hold(void)
{
    int32_t served = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        g_autoptr(Model) model = region_tiny(seed);
        ExhaustiveResult result;
        exhaustive_solve(model, date_plan_of(model), NODES, &result);
        g_assert_true(result.complete);
        g_assert_true(result.feasible);
        g_autoptr(GPtrArray) violations = check_plan(model, result.plan);
        for (guint i = 0; i < violations->len; i++)
            g_test_message("seed %" G_GUINT64_FORMAT ": %s", seed, (const char *)g_ptr_array_index(violations, i));
        g_assert_cmpuint(violations->len, ==, 0);
        g_assert_cmpint(result.plan->bilan.points, ==, result.points);
        g_assert_cmpint(result.plan->bilan.cout_pondere, ==, result.cout_pondere);
        served += result.plan->bilan.effectif_servi > 0;
        exhaustive_clear(&result);
    }
    g_assert_cmpint(served, >, SEEDS / 10);
}

static void test_first_come_is_no_better(void)
{
    int32_t improved = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        g_autoptr(Model) model = region_tiny(seed);
        g_autoptr(ModelPlan) first = first_come_plan(model);
        ExhaustiveResult result;
        if (first == NULL)
            continue;
        exhaustive_solve(model, first->date_plan, NODES, &result);
        g_assert_cmpint(first->bilan.points, <=, result.points);
        if (first->bilan.points == result.points)
            g_assert_cmpint(first->bilan.cout_pondere, >=, result.cout_pondere);
        improved += first->bilan.points < result.points || first->bilan.cout_pondere > result.cout_pondere;
        exhaustive_clear(&result);
    }
    g_assert_cmpint(improved, >, SEEDS / 50);
}

/* Fewer points may cost less, never more; as many as the best cost as much as the best. */
static void test_cheapest(void)
{
    int32_t cheaper = 0, given_up = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        g_autoptr(Model) model = region_tiny(seed);
        int32_t date_plan = date_plan_of(model);
        ExhaustiveResult best;
        exhaustive_solve(model, date_plan, NODES, &best);
        int64_t dearer = best.cout_pondere;
        for (int64_t points = best.points; points >= 0; points -= 1 + points / 4) {
            ExhaustiveResult result;
            exhaustive_cheapest(model, date_plan, points, FEW_NODES, &result);
            if (!result.complete) {
                exhaustive_clear(&result);
                given_up++;
                break;
            }
            g_assert_true(result.feasible);
            g_assert_cmpint(result.points, >=, points);
            g_assert_cmpint(result.cout_pondere, <=, dearer);
            g_assert_cmpint(result.cout_pondere, ==, result.plan->bilan.cout_pondere);
            g_autoptr(GPtrArray) violations = check_plan(model, result.plan);
            g_assert_cmpuint(violations->len, ==, 0);
            if (points == best.points)
                g_assert_cmpint(result.cout_pondere, ==, best.cout_pondere);
            cheaper += result.cout_pondere < dearer;
            dearer = result.cout_pondere;
            exhaustive_clear(&result);
        }
        exhaustive_clear(&best);
    }
    g_assert_cmpint(cheaper, >, SEEDS / 10);
    g_assert_cmpint(given_up, <, ALL_SEEDS / 20);
}

static void test_gives_up(void)
{
    for (uint64_t seed = 0; seed < 200; seed++) {
        g_autoptr(Model) model = region_tiny(seed);
        ExhaustiveResult whole, part;
        exhaustive_solve(model, date_plan_of(model), NODES, &whole);
        exhaustive_solve(model, date_plan_of(model), 3, &part);
        g_assert_cmpint(part.nodes, <=, 3);
        g_assert_true(!part.complete || part.points == whole.points);
        g_assert_cmpint(part.points, <=, whole.points);
        exhaustive_clear(&whole);
        exhaustive_clear(&part);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/exhaustive/its plans hold every rule and have the figures told", test_plans_hold);
    g_test_add_func("/exhaustive/no first-come plan is better", test_first_come_is_no_better);
    g_test_add_func("/exhaustive/fewer points never cost more", test_cheapest);
    g_test_add_func("/exhaustive/a limit of nodes ends the search and says so", test_gives_up);
    return g_test_run();
}
