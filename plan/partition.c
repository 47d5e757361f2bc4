/* Branching over formations together: see partition.h. */
#include "plan/partition.h"

#include "plan/colgen_part.h"
#include "plan/partition_count.h"

#include <math.h>
#include <string.h>

/* Counts tried at a part, and iterations of column generation for each side of one. */
#define TRIED 5
#define TRIAL_ITERATIONS 4
/* A count is good enough when both sides lose this part of what is to be lost. */
#define GOOD 0.3
/* After so many runs, a gap wider than this part of the points or cents known must have closed by that part of it. */
#define SOME_RUNS 30
#define WIDE 0.02
#define MOVED 0.05
/* The least that a side is taken to lose, in points and in cents. */
#define LEAST_LOSS 1e-3
#define LEAST_COST_LOSS 100

/* A part still open. Its bound and value are points, or minus cents: the less, the more is proven. */
typedef struct {
    GArray *limits; /* MasterRow */
    PricingPrices *prices;
    int64_t bound;
    double value;             /* of the outer LP */
    PreuveStage *proof;       /* borrowed from the tree of proofs */
    const PreuveStage *known; /* the cost stage's: the same part of the points stage, where it has one */
} Part;

struct Partition {
    const Problem *problem;
    Colgen *colgen;
    PreuveStage *points, *cost; /* owned */
    const PreuveStage *entered; /* of points */
    GArray *limits;             /* MasterRow: of the part entered */
    bool cost_stage;            /* the stage at hand */
    int64_t target;             /* of the cost stage */
    GPtrArray *open;            /* Part */
    GHashTable *gains;          /* PreuveCount → double: what parting by it has gained, last time */
    int64_t least;              /* what a part's plans must be worth more than: points, or minus cents */
    int32_t runs;               /* left */
    int64_t work;               /* colgen_work() at which they end */
};

/* ---- counts ---- */

/* What a side of that value loses of the part's, within what is to be lost. */
static double loss_of(const Partition *partition, const Part *part, double value)
{
    double room = (double)(part->bound - partition->least) + 1;
    return CLAMP(part->value - value, partition->cost_stage ? LEAST_COST_LOSS : LEAST_LOSS, room);
}

/* What parting by a count gains as far as the plans known tell: the product of what both sides lose. */
static double expect(const Partition *partition, const Part *part, const PartitionCount *count)
{
    const double *gained = g_hash_table_lookup(partition->gains, &count->count);
    if (gained != NULL)
        return *gained;
    double gain = 1;
    for (int32_t side = 0; side < 2; side++) {
        MasterRow limit = partition_count_limit(count, side);
        double value = colgen_part_value(partition->colgen, &limit);
        gain *= loss_of(partition, part, value);
    }
    return gain;
}

/* Counts to part by, the most promising first; returns how many. */
static int32_t choose(const Partition *partition, const Part *part, PartitionCount *chosen)
{
    PartitionCount list[PARTITION_COUNT_MOST];
    int32_t n = partition_count_list(partition->problem, partition->colgen, list), n_chosen = 0;
    for (int32_t i = 0; i < n; i++) {
        list[i].gain = expect(partition, part, &list[i]);
        partition_count_rank(chosen, &n_chosen, PARTITION_COUNT_MOST, &list[i]);
    }
    return n_chosen;
}

/* ---- parts ---- */

static bool is_over(const Partition *partition, const ColgenEffort *each)
{
    return partition->runs <= 0 || colgen_work(partition->colgen) >= partition->work ||
           (each->stop != NULL && each->stop(each->user));
}

static void part_free(gpointer data)
{
    Part *part = data;
    if (part == NULL)
        return;
    g_array_unref(part->limits);
    pricing_prices_free(part->prices);
    g_free(part);
}

static Part *part_new(const Partition *partition, const GArray *limits, const PricingPrices *prices, int64_t bound)
{
    Part *part = g_new0(Part, 1);
    part->limits = g_array_new(FALSE, FALSE, sizeof(MasterRow));
    g_array_append_vals(part->limits, limits->data, limits->len);
    part->prices = pricing_prices_new(partition->problem);
    pricing_prices_copy(partition->problem, part->prices, prices);
    part->bound = bound;
    return part;
}

/* Proves what it can of a part in so many iterations; *proof: the best of its bounds so far (may be NULL before). */
static void solve(Partition *partition, Part *part, PreuveStage **proof, const ColgenEffort *each, int32_t iterations)
{
    ColgenEffort effort = *each;
    int64_t enough = partition->cost_stage ? -partition->least : partition->least;
    effort.iterations = iterations;
    effort.enough = &enough;
    partition->runs--;
    colgen_part_set(partition->colgen, part->limits, part->prices);
    ColgenResult result = partition->cost_stage ? colgen_cost(partition->colgen, partition->target, &effort)
                                                : colgen_points(partition->colgen, &effort);
    PreuveStage *fresh = colgen_preuve(partition->colgen);
    part->value = partition->cost_stage ? -result.value : result.value;
    if (fresh != NULL && (*proof == NULL || fresh->value < (*proof)->value)) {
        part->bound = MIN(part->bound, partition->cost_stage ? -fresh->bound : fresh->bound);
        pricing_prices_copy(partition->problem, part->prices, fresh->prices);
        PreuveStage *worse = *proof;
        *proof = fresh;
        fresh = worse;
    }
    preuve_stage_free(fresh);
}

typedef struct {
    Part *part;
    PreuveStage *proof;
} Side;

/* Solves both sides of a count, but those without plans that count: as `parts`, the same sides of the points stage, say
 * (NULL: nothing is said). */
static void solve_sides(Partition *partition, const Part *part, const PartitionCount *count, PreuveStage *const *parts,
                        const ColgenEffort *each, Side *sides)
{
    for (int32_t side = 0; side < 2; side++) {
        MasterRow limit = partition_count_limit(count, side);
        Part *child = part_new(partition, part->limits, part->prices, part->bound);
        g_array_append_val(child->limits, limit);
        child->known = parts != NULL ? parts[side] : NULL;
        sides[side] = (Side){child, NULL};
        if (parts != NULL && preuve_stage_bound(parts[side]) < partition->target)
            sides[side].proof = preuve_stage_void(parts[side]);
        else
            solve(partition, child, &sides[side].proof, each, TRIAL_ITERATIONS);
    }
}

/* Both sides of a count, after a few iterations; returns what is gained. */
static double try_count(Partition *partition, const Part *part, const PartitionCount *count, const ColgenEffort *each,
                        Side *sides)
{
    double gain = 1;
    solve_sides(partition, part, count, NULL, each, sides);
    for (int32_t side = 0; side < 2; side++)
        gain *=
            loss_of(partition, part, sides[side].part->bound <= partition->least ? -INFINITY : sides[side].part->value);
    PreuveCount *key = g_memdup2(&count->count, sizeof *key);
    g_hash_table_replace(partition->gains, key, g_memdup2(&gain, sizeof gain));
    return gain;
}

static void free_sides(Side *sides)
{
    for (int32_t side = 0; side < 2; side++) {
        part_free(sides[side].part);
        preuve_stage_free(sides[side].proof);
        sides[side] = (Side){NULL, NULL};
    }
}

/* Takes over two sides in the part's place. */
static void part_by(Partition *partition, const Part *part, const PartitionCount *count, const Side *sides)
{
    preuve_stage_split(part->proof, count->count, count->below, sides[0].proof, sides[1].proof);
    for (int32_t side = 0; side < 2; side++) {
        sides[side].part->proof = sides[side].proof;
        if (sides[side].proof->empty != NULL)
            part_free(sides[side].part);
        else
            g_ptr_array_add(partition->open, sides[side].part);
    }
}

/* Parts an open part by the best of some counts; false when nothing tells its plans apart. */
static bool split(Partition *partition, const Part *part, const ColgenEffort *each)
{
    PartitionCount chosen[PARTITION_COUNT_MOST], best = {0};
    Side sides[2] = {{NULL, NULL}, {NULL, NULL}};
    double room = (double)(part->bound - partition->least) + 1;
    int32_t n = choose(partition, part, chosen);
    for (int32_t i = 0; i < MIN(n, TRIED) && !is_over(partition, each) && best.gain < GOOD * room * GOOD * room; i++) {
        Side fresh[2];
        chosen[i].gain = try_count(partition, part, &chosen[i], each, fresh);
        if (chosen[i].gain > best.gain && fresh[0].proof != NULL && fresh[1].proof != NULL) {
            free_sides(sides);
            memcpy(sides, fresh, sizeof sides);
            best = chosen[i];
        } else {
            free_sides(fresh);
        }
    }
    if (sides[0].proof == NULL)
        return false;
    part_by(partition, part, &best, sides);
    return true;
}

/* Parts an open part of the cost stage as the points stage is; false when nothing is proven of a side. */
static bool follow(Partition *partition, const Part *part, const ColgenEffort *each)
{
    const PreuveStage *known = part->known;
    PartitionCount count = {.count = known->count, .below = known->below};
    Side sides[2];
    solve_sides(partition, part, &count, known->children, each, sides);
    bool proven = sides[0].proof != NULL && sides[1].proof != NULL;
    if (proven)
        part_by(partition, part, &count, sides);
    else
        free_sides(sides);
    return proven;
}

/* The open part of the largest bound, taken from the list; NULL when none is above what is known. */
static Part *pop(Partition *partition)
{
    guint best = 0;
    for (guint i = 1; i < partition->open->len; i++)
        if (((Part *)partition->open->pdata[i])->bound > ((Part *)partition->open->pdata[best])->bound)
            best = i;
    if (partition->open->len == 0 || ((Part *)partition->open->pdata[best])->bound <= partition->least)
        return NULL;
    return g_ptr_array_steal_index(partition->open, best);
}

Partition *partition_new(const Problem *problem, Colgen *colgen, PreuveStage *proof)
{
    Partition *partition = g_new0(Partition, 1);
    partition->problem = problem;
    partition->colgen = colgen;
    partition->points = proof;
    partition->entered = proof;
    partition->limits = g_array_new(FALSE, FALSE, sizeof(MasterRow));
    partition->open = g_ptr_array_new_with_free_func(part_free);
    partition->gains = g_hash_table_new_full(partition_count_hash, partition_count_equal, g_free, g_free);
    return partition;
}

void partition_free(Partition *partition)
{
    if (partition == NULL)
        return;
    preuve_stage_free(partition->points);
    preuve_stage_free(partition->cost);
    g_array_unref(partition->limits);
    g_ptr_array_unref(partition->open);
    g_hash_table_unref(partition->gains);
    g_free(partition);
}

/* So wide a gap will not be closed: after some runs its bound has hardly moved. */
static bool is_hopeless(const Partition *partition, int32_t runs, int64_t first, int64_t bound)
{
    double gap = (double)(first - partition->least);
    return partition->runs < runs - SOME_RUNS && gap > WIDE * fabs((double)partition->least) &&
           (double)(first - bound) < MOVED * gap;
}

/* Parts the part with this proof, until each is proven to hold nothing better than `least`, or effort ends. */
static void prove(Partition *partition, PreuveStage *proof, const PreuveStage *known, int64_t least,
                  const PartitionEffort *effort)
{
    const ColgenEffort *each = &effort->each;
    int64_t work = colgen_work(partition->colgen), first = partition->cost_stage ? -proof->bound : proof->bound;
    partition->least = least;
    partition->runs = effort->runs;
    partition->work = effort->work > INT64_MAX - work ? INT64_MAX : work + effort->work;
    g_ptr_array_set_size(partition->open, 0);
    g_hash_table_remove_all(partition->gains);
    Part *all = part_new(partition, partition->limits, proof->prices, first);
    all->proof = proof;
    all->known = known;
    g_ptr_array_add(partition->open, all);
    for (Part *part; (part = pop(partition)) != NULL;) {
        bool over = is_over(partition, each) || is_hopeless(partition, effort->runs, first, part->bound);
        bool led = part->known != NULL && part->known->children[0] != NULL;
        if (!over && !led) {
            PreuveStage *again = NULL;
            solve(partition, part, &again, each, part->proof == proof ? 1 : each->iterations);
            if (again != NULL && again->value < part->proof->value)
                preuve_stage_swap(part->proof, again);
            preuve_stage_free(again);
        }
        if (!over && part->bound > least)
            over = !(led ? follow(partition, part, each) : split(partition, part, each));
        part_free(part);
        if (over)
            break;
    }
}

int64_t partition_prove(Partition *partition, int64_t known, const PartitionEffort *effort)
{
    partition->cost_stage = false;
    prove(partition, partition->points, NULL, known, effort);
    colgen_part_set(partition->colgen, NULL, partition->points->prices);
    return preuve_stage_bound(partition->points);
}

void partition_enter(Partition *partition, int64_t target)
{
    const PreuveStage *at = partition->points;
    g_array_set_size(partition->limits, 0);
    while (at->children[0] != NULL) {
        bool open[2];
        for (int32_t side = 0; side < 2; side++)
            open[side] = preuve_stage_bound(at->children[side]) >= target;
        if (open[0] == open[1])
            break;
        PartitionCount count = {.count = at->count, .below = at->below};
        MasterRow limit = partition_count_limit(&count, open[0] ? 0 : 1);
        g_array_append_val(partition->limits, limit);
        at = at->children[open[0] ? 0 : 1];
    }
    partition->entered = at;
    colgen_part_set(partition->colgen, partition->limits, at->prices);
}

/* The proof of the part entered, beside those that no plan outside it counts. */
static PreuveStage *enclose(const Partition *partition, const PreuveStage *at, PreuveStage *proof)
{
    if (at == partition->entered)
        return proof;
    bool within = preuve_stage_bound(at->children[0]) > preuve_stage_bound(at->children[1]);
    PreuveStage *stage = preuve_stage_plain(partition->problem, true, proof->target, 0), *sides[2];
    for (int32_t side = 0; side < 2; side++)
        sides[side] = within == (side == 0) ? enclose(partition, at->children[side], proof)
                                            : preuve_stage_void(at->children[side]);
    preuve_stage_split(stage, at->count, at->below, sides[0], sides[1]);
    return stage;
}

int64_t partition_prove_cost(Partition *partition, PreuveStage *proof, int64_t known, const PartitionEffort *effort)
{
    partition->cost_stage = true;
    partition->target = proof->target;
    preuve_stage_free(partition->cost);
    partition->cost = enclose(partition, partition->points, proof);
    if (effort != NULL)
        prove(partition, proof, partition->entered, -known, effort);
    return preuve_stage_bound(partition->cost);
}

const PreuveStage *partition_points(const Partition *partition)
{
    return partition->points;
}

const PreuveStage *partition_cost(const Partition *partition)
{
    return partition->cost;
}
