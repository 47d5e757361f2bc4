/* Parts of a region's plans against the optimum found by exhaustive search, on tiny regions. */
#include "plan/caps.h"
#include "plan/colgen_part.h"
#include "plan/optimize.h"
#include "plan/partition.h"
#include "tests/lib/exhaustive.h"
#include "tests/lib/region.h"

#define SEEDS 300
#define NODES 300000
#define COUNTS 4

static struct {
    int regions, counts, parted, lowered, capped, raised, empty;
} tally;

static const ColgenEffort mixes = {.iterations = 20}, plans = {.iterations = 6, .whole = true, .nodes = 5},
                          deep = {.iterations = 12, .whole = true, .nodes = 1, .tree_work = 2000, .patient = true};

static int32_t date_of(const Model *model)
{
    return model->campagne.date_plan != MODEL_NONE ? model->campagne.date_plan : model->campagne.date_debut;
}

/* A count of some slot that formations with plans may differ in; false when the slot drawn has none. */
static bool draw_count(GRand *rand, const Problem *problem, const Colgen *colgen, PreuveCount *count)
{
    *count = (PreuveCount){g_rand_int_range(rand, 0, problem->n_slots), MODEL_NONE, MODEL_NONE, MODEL_NONE};
    const ProblemSlot *slot = &problem->slots[count->slot];
    if (slot->n_starts == 0 || slot->n_links == 0 ||
        colgen_master(colgen, problem->model->offres[slot->offre].formation) == NULL)
        return false;
    switch (g_rand_int_range(rand, 0, 4)) {
    case 0:
        count->start = g_rand_int_range(rand, 0, slot->n_starts);
        break;
    case 1:
        count->link = g_rand_int_range(rand, 0, slot->n_links);
        break;
    case 2:
        count->size = g_rand_int_range(rand, 1, MAX(slot->q_max, 1) + 1);
        break;
    default:
        break;
    }
    return true;
}

/* Bounds of both sides of a count: the larger on points, the smaller on cost, hold for the region. */
static void compare_sides(Colgen *colgen, const PricingPrices *prices, PreuveCount count, int32_t below,
                          const ExhaustiveResult *best)
{
    int64_t points = 0, cost = INT64_MAX;
    for (int32_t side = 0; side < 2; side++) {
        MasterRow limit = {count, side == 0 ? 0 : below + 1, side == 0 ? below : INT32_MAX};
        g_autoptr(GArray) limits = g_array_new(FALSE, FALSE, sizeof(MasterRow));
        g_array_append_val(limits, limit);
        colgen_part_set(colgen, limits, prices);
        ColgenResult found = colgen_points(colgen, &plans);
        points = MAX(points, found.bound);
        if (found.bound < best->points)
            continue; /* no plan of this side counts */
        colgen_cost(colgen, best->points, &mixes);
        ColgenResult cheap = colgen_cost(colgen, best->points, &plans);
        cost = MIN(cost, cheap.bound);
    }
    colgen_part_set(colgen, NULL, prices);
    g_assert_cmpint(points, >=, best->points);
    g_assert_cmpint(cost, <=, best->cout_pondere);
    tally.counts++;
}

/* Parts that points prove to be without plans. */
static int count_empty(const PreuveStage *stage)
{
    if (stage->empty != NULL)
        return 1;
    return stage->children[0] == NULL ? 0 : count_empty(stage->children[0]) + count_empty(stage->children[1]);
}

/* The cost in parts: no more than the least cost, no less than before. */
static void compare_cost(Partition *partition, Colgen *colgen, const ExhaustiveResult *best)
{
    PreuveStage *proof = colgen_preuve(colgen);
    if (proof == NULL)
        return;
    int64_t before = proof->bound;
    PartitionEffort effort = {deep, 60, INT64_MAX};
    int64_t bound = partition_prove_cost(partition, proof, best->cout_pondere, &effort);
    g_assert_cmpint(bound, <=, best->cout_pondere);
    g_assert_cmpint(bound, >=, before);
    g_assert_cmpint(preuve_stage_bound(partition_cost(partition)), ==, bound);
    tally.raised += bound > before;
    tally.empty += count_empty(partition_cost(partition));
}

static void compare_partition(const Problem *problem, Colgen *colgen, PreuveStage *proof, const ExhaustiveResult *best)
{
    Partition *partition = partition_new(problem, colgen, proof);
    int64_t before = proof->bound;
    PartitionEffort effort = {plans, 60, INT64_MAX};
    int64_t bound = partition_prove(partition, best->points, &effort);
    g_assert_cmpint(bound, >=, best->points);
    g_assert_cmpint(bound, <=, before);
    g_assert_cmpint(preuve_stage_bound(partition_points(partition)), ==, bound);
    partition_enter(partition, best->points);
    colgen_cost(colgen, best->points, &mixes);
    ColgenResult cheap = colgen_cost(colgen, best->points, &plans);
    g_assert_cmpint(cheap.bound, <=, best->cout_pondere);
    compare_cost(partition, colgen, best);
    tally.parted += partition_points(partition)->children[0] != NULL;
    tally.lowered += bound < before;
    partition_free(partition);
}

static void compare_region(uint64_t seed)
{
    g_autoptr(Model) model = region_tiny(seed);
    g_autoptr(GError) error = NULL;
    g_autoptr(Problem) problem = problem_new(model, date_of(model), &error);
    ExhaustiveResult best;
    exhaustive_solve(model, date_of(model), NODES, &best);
    if (problem != NULL && best.complete && best.feasible) {
        g_autoptr(GRand) rand = g_rand_new_with_seed((guint32)seed);
        Colgen *colgen = colgen_new(problem, 1);
        PricingPrices *prices = pricing_prices_new(problem);
        colgen_points(colgen, &mixes);
        ColgenResult root = colgen_points(colgen, &plans);
        pricing_prices_copy(problem, prices, root.prices);
        PreuveStage *proof = colgen_preuve(colgen);
        g_test_message("seed %" G_GUINT64_FORMAT, seed);
        for (int32_t i = 0; i < COUNTS; i++) {
            PreuveCount count;
            if (draw_count(rand, problem, colgen, &count))
                compare_sides(colgen, prices, count, g_rand_int_range(rand, 0, 4), &best);
        }
        colgen_points(colgen, &plans);
        preuve_stage_free(colgen_preuve(colgen));
        if (proof != NULL)
            compare_partition(problem, colgen, proof, &best);
        tally.regions++;
        pricing_prices_free(prices);
        colgen_free(colgen);
    }
    exhaustive_clear(&best);
}

static void test_bounds(void)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++)
        compare_region(seed);
    g_test_message("%d regions, %d counts; %d parted, %d bounds lowered", tally.regions, tally.counts, tally.parted,
                   tally.lowered);
    g_assert_cmpint(tally.regions, >, SEEDS / 2);
    g_assert_cmpint(tally.counts, >, SEEDS);
    g_test_message("%d bounds on cost raised, %d parts without plans", tally.raised, tally.empty);
    g_assert_cmpint(tally.lowered, >, 0);
    g_assert_cmpint(tally.raised, >, 0);
    g_assert_cmpint(tally.empty, >, 0);
}

/* Each link's learners in a plan, taken for certain, leave room for all its sessions. */
static void compare_caps(const Problem *problem, const Draft *draft)
{
    for (int32_t place = 0; place < (int32_t)draft->sessions->len; place++) {
        const DraftSession *s = draft_session(draft, place);
        for (int32_t i = 0; s->slot != MODEL_NONE && i < s->n_seats; i++) {
            MasterRow limit = {{s->slot, MODEL_NONE, s->seats[i].link, MODEL_NONE}, s->seats[i].effectif, INT32_MAX};
            g_autoptr(GArray) limits = g_array_new(FALSE, FALSE, sizeof(MasterRow));
            g_array_append_val(limits, limit);
            Caps *caps = caps_new(problem, limits);
            int32_t siae = problem->model->besoins[problem->slots[s->slot].links[s->seats[i].link].besoin].siae;
            for (int32_t other = 0; other < (int32_t)draft->sessions->len; other++) {
                const DraftSession *o = draft_session(draft, other);
                if (o->slot == MODEL_NONE)
                    continue;
                g_assert_true(caps_allow(caps, o->slot, o->start, o->seats, o->n_seats));
                int32_t most = problem->model->siae[siae].absents_max;
                tally.capped +=
                    most != MODEL_NONE && caps_absents(caps, siae, &problem->slots[o->slot], o->start) < most;
            }
            caps_free(caps);
        }
    }
}

static void test_caps(void)
{
    const Settings settings = {.effort = 1, .fils = 1};
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        g_autoptr(Model) model = seed == 0 ? region_make(5, region_size_find("small")) : region_tiny(seed);
        g_autoptr(GError) error = NULL;
        g_autoptr(Problem) problem = problem_new(model, date_of(model), &error);
        if (problem == NULL)
            continue;
        OptimizeResult result = optimize(problem, &settings);
        compare_caps(problem, result.draft);
        draft_free(result.draft);
        g_free(result.preuve);
    }
    g_test_message("%d times a session had less room", tally.capped);
    g_assert_cmpint(tally.capped, >, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/partition/bounds of parts enclose the optimum", test_bounds);
    g_test_add_func("/partition/learners taken for certain leave room for all sessions of their plan", test_caps);
    return g_test_run();
}
