/* Branching over formations together: see partition.h. */
#include "plan/partition.h"

#include "plan/colgen_part.h"

#include <math.h>
#include <string.h>

/* Counts tried at a part, and iterations of column generation for each side of one. */
#define TRIED 5
#define TRIAL_ITERATIONS 4
/* A count is good enough when both sides lose this part of what is to be lost. */
#define GOOD 0.3
/* Distance from an integer below which a sum of LP values counts as one. */
#define WHOLE 1e-5
/* After so many runs, a gap wider than this part of the points known must have closed by that part of it. */
#define SOME_RUNS 30
#define WIDE 0.02
#define MOVED 0.05
/* The least that a side is taken to lose. */
#define LEAST_LOSS 1e-3

/* What may be counted: sessions of a slot, those at a start, seats of a link; these again, where a whole number of them
 * leaves others in the solution no room. So many counts of each are weighed. */
typedef enum { BY_SLOT, BY_START, BY_LINK, BY_CLASH, KINDS } CountKind;
static const int32_t weighed[KINDS] = {4, 2, 8, 4};
#define MOST_WEIGHED 18

/* A part still open. */
typedef struct {
    GArray *limits; /* MasterRow */
    PricingPrices *prices;
    int64_t bound;
    double value;       /* of the outer LP */
    PreuveStage *proof; /* borrowed from the tree of proofs */
} Part;

/* A count in the solution at hand: how much of it, and what parting by it is expected to gain. */
typedef struct {
    PreuveCount count;
    int32_t below;
    double sum, weight, gain;
} Candidate;

struct Partition {
    const Problem *problem;
    Colgen *colgen;
    PreuveStage *proof;
    const PreuveStage *entered;
    GPtrArray *open;   /* Part */
    GHashTable *gains; /* PreuveCount → double: what parting by it has gained, last time */
    int64_t known;     /* points */
    int32_t runs;      /* left */
    int64_t work;      /* colgen_work() at which they end */
};

/* ---- counts ---- */

static guint hash_count(gconstpointer key)
{
    const PreuveCount *c = key;
    return (guint)c->slot * 31U * 31U * 31U + (guint)c->start * 31U * 31U + (guint)c->link * 31U + (guint)c->size;
}

static gboolean equal_counts(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, sizeof(PreuveCount)) == 0;
}

static double distance(double sum)
{
    return fabs(sum - round(sum));
}

/* Adds what a column counts for, and the points at stake in it, to the count's candidate. */
static void add_sum(GPtrArray *list, GHashTable *known, PreuveCount count, double sum, double points)
{
    Candidate *candidate = g_hash_table_lookup(known, &count);
    if (candidate == NULL) {
        candidate = g_new0(Candidate, 1);
        candidate->count = count;
        g_ptr_array_add(list, candidate);
        g_hash_table_insert(known, &candidate->count, candidate);
    }
    candidate->sum += sum;
    candidate->weight += points;
}

/* All counts of a kind in the last solution. */
static GPtrArray *list_counts(const Partition *partition, CountKind kind)
{
    const GArray *shares = colgen_shares(partition->colgen);
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) known = g_hash_table_new(hash_count, equal_counts);
    for (guint i = 0; i < shares->len; i++) {
        const OuterShare *share = &g_array_index(shares, OuterShare, i);
        const MasterColumn *column = share->column;
        PreuveCount count = {column->slot, kind == BY_START ? column->start : MODEL_NONE, MODEL_NONE, MODEL_NONE};
        if (kind != BY_LINK)
            add_sum(list, known, count, share->x, share->x * (double)column->measure.points);
        for (int32_t k = 0; k < column->n_seats && kind == BY_LINK; k++) {
            count.link = column->seats[k].link;
            int32_t besoin = partition->problem->slots[column->slot].links[count.link].besoin;
            double learners = share->x * column->seats[k].effectif;
            add_sum(list, known, count, learners, learners * (double)partition->problem->points[besoin]);
        }
    }
    return list;
}

/* Inserts by gain, those equal in order of coming; the last of n falls out. */
static void rank(Candidate *best, int32_t *n, int32_t most, const Candidate *candidate)
{
    int32_t at = *n < most ? (*n)++ : most;
    for (; at > 0 && best[at - 1].gain < candidate->gain; at--)
        if (at < most)
            best[at] = best[at - 1];
    if (at < most)
        best[at] = *candidate;
}

static MasterRow limit_of(const Candidate *candidate, int32_t side)
{
    return side == 0 ? (MasterRow){candidate->count, 0, candidate->below}
                     : (MasterRow){candidate->count, candidate->below + 1, INT32_MAX};
}

/* What parting by a count gains as far as the plans known tell: the product of what both sides lose. */
static double expect(const Partition *partition, const Part *part, const Candidate *candidate)
{
    const double *gained = g_hash_table_lookup(partition->gains, &candidate->count);
    if (gained != NULL)
        return *gained;
    double gain = 1, room = (double)(part->bound - partition->known) + 1;
    for (int32_t side = 0; side < 2; side++) {
        MasterRow limit = limit_of(candidate, side);
        double loss = part->value - colgen_part_value(partition->colgen, &limit);
        gain *= CLAMP(loss, LEAST_LOSS, room);
    }
    return gain;
}

/* Points of the solution in sessions that whoever seats so many learners of a link leaves no room for. */
static double clash(const Partition *partition, const PreuveCount *count, int32_t learners)
{
    const GArray *shares = colgen_shares(partition->colgen);
    MasterRow limit = {*count, learners, INT32_MAX};
    g_autoptr(GArray) limits = g_array_new(FALSE, FALSE, sizeof(MasterRow));
    g_array_append_val(limits, limit);
    Caps *caps = caps_new(partition->problem, limits);
    double points = 0;
    for (guint i = 0; i < shares->len; i++) {
        const OuterShare *share = &g_array_index(shares, OuterShare, i);
        const MasterColumn *c = share->column;
        if (!caps_allow(caps, c->slot, c->start, c->seats, c->n_seats))
            points += share->x * (double)c->measure.points;
    }
    caps_free(caps);
    return points;
}

/* What a count is worth a look, and where it parts: a fraction, or learners that sessions of others leave no room for.
 * Nothing else parts the solution. */
static void weigh(const Partition *partition, CountKind kind, Candidate *candidate)
{
    candidate->gain = 0;
    candidate->below = (int32_t)floor(candidate->sum);
    if (kind != BY_CLASH && distance(candidate->sum) > WHOLE)
        candidate->gain = distance(candidate->sum) * candidate->weight / candidate->sum;
    if (kind == BY_CLASH && distance(candidate->sum) <= WHOLE) {
        candidate->below = (int32_t)round(candidate->sum) - 1;
        candidate->gain = clash(partition, &candidate->count, candidate->below + 1);
    }
}

/* Counts to part by, the most promising first; returns how many. */
static int32_t choose(const Partition *partition, const Part *part, Candidate *chosen)
{
    int32_t n_chosen = 0;
    g_autoptr(GPtrArray) list = NULL;
    for (CountKind kind = 0; kind < KINDS; kind++) {
        Candidate best[MOST_WEIGHED];
        int32_t n = 0;
        if (kind != BY_CLASH) { /* else it is that of links */
            g_clear_pointer(&list, g_ptr_array_unref);
            list = list_counts(partition, kind);
        }
        for (guint i = 0; i < list->len; i++) {
            Candidate *candidate = list->pdata[i];
            weigh(partition, kind, candidate);
            if (candidate->gain > 0)
                rank(best, &n, weighed[kind], candidate);
        }
        for (int32_t i = 0; i < n; i++) {
            best[i].gain = expect(partition, part, &best[i]);
            rank(chosen, &n_chosen, MOST_WEIGHED, &best[i]);
        }
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
    if (limits != NULL)
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
    effort.iterations = iterations;
    partition->runs--;
    colgen_part_set(partition->colgen, part->limits, part->prices);
    ColgenResult result = colgen_points(partition->colgen, &effort);
    PreuveStage *fresh = colgen_preuve(partition->colgen);
    part->value = result.value;
    if (fresh != NULL && (*proof == NULL || fresh->value < (*proof)->value)) {
        part->bound = MIN(part->bound, fresh->bound);
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

/* Both sides of a count, after a few iterations; returns what is gained. */
static double try_count(Partition *partition, const Part *part, const Candidate *candidate, const ColgenEffort *each,
                        Side *sides)
{
    double gain = 1, room = (double)(part->bound - partition->known) + 1;
    for (int32_t side = 0; side < 2; side++) {
        MasterRow limit = limit_of(candidate, side);
        Part *child = part_new(partition, part->limits, part->prices, part->bound);
        g_array_append_val(child->limits, limit);
        sides[side] = (Side){child, NULL};
        solve(partition, child, &sides[side].proof, each, TRIAL_ITERATIONS);
        double loss = child->bound <= partition->known ? room : part->value - child->value;
        gain *= CLAMP(loss, LEAST_LOSS, room);
    }
    PreuveCount *key = g_memdup2(&candidate->count, sizeof *key);
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

/* Parts an open part by the best of some counts; false when nothing tells its plans apart. */
static bool split(Partition *partition, const Part *part, const ColgenEffort *each)
{
    Candidate chosen[MOST_WEIGHED], best = {0};
    Side sides[2] = {{NULL, NULL}, {NULL, NULL}};
    double room = (double)(part->bound - partition->known) + 1;
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
    preuve_stage_split(part->proof, best.count, best.below, sides[0].proof, sides[1].proof);
    for (int32_t side = 0; side < 2; side++) {
        sides[side].part->proof = sides[side].proof;
        g_ptr_array_add(partition->open, sides[side].part);
    }
    return true;
}

/* The open part of the largest bound, taken from the list; NULL when none is above what is known. */
static Part *pop(Partition *partition)
{
    guint best = 0;
    for (guint i = 1; i < partition->open->len; i++)
        if (((Part *)partition->open->pdata[i])->bound > ((Part *)partition->open->pdata[best])->bound)
            best = i;
    if (partition->open->len == 0 || ((Part *)partition->open->pdata[best])->bound <= partition->known)
        return NULL;
    return g_ptr_array_steal_index(partition->open, best);
}

Partition *partition_new(const Problem *problem, Colgen *colgen, PreuveStage *proof)
{
    Partition *partition = g_new0(Partition, 1);
    partition->problem = problem;
    partition->colgen = colgen;
    partition->proof = proof;
    partition->entered = proof;
    partition->open = g_ptr_array_new_with_free_func(part_free);
    partition->gains = g_hash_table_new_full(hash_count, equal_counts, g_free, g_free);
    return partition;
}

void partition_free(Partition *partition)
{
    if (partition == NULL)
        return;
    preuve_stage_free(partition->proof);
    g_ptr_array_unref(partition->open);
    g_hash_table_unref(partition->gains);
    g_free(partition);
}

/* So wide a gap will not be closed: after some runs its bound has hardly moved. */
static bool is_hopeless(const Partition *partition, int32_t runs, int64_t first, int64_t bound)
{
    double gap = (double)(first - partition->known);
    return partition->runs < runs - SOME_RUNS && gap > WIDE * (double)partition->known &&
           (double)(first - bound) < MOVED * gap;
}

int64_t partition_prove(Partition *partition, int64_t known, const PartitionEffort *effort)
{
    const ColgenEffort *each = &effort->each;
    int64_t all_bound = partition->proof->bound, work = colgen_work(partition->colgen);
    partition->known = known;
    partition->runs = effort->runs;
    partition->work = effort->work > INT64_MAX - work ? INT64_MAX : work + effort->work;
    Part *all = part_new(partition, NULL, partition->proof->prices, partition->proof->bound);
    all->proof = partition->proof;
    g_ptr_array_add(partition->open, all);
    for (Part *part; (part = pop(partition)) != NULL;) {
        bool over = is_over(partition, each) || is_hopeless(partition, effort->runs, all_bound, part->bound);
        if (!over) {
            PreuveStage *again = NULL;
            solve(partition, part, &again, each, part->limits->len == 0 ? 1 : each->iterations);
            if (again != NULL && again->value < part->proof->value)
                preuve_stage_swap(part->proof, again);
            preuve_stage_free(again);
            over = part->bound > known && !split(partition, part, each);
        }
        part_free(part);
        if (over)
            break;
    }
    colgen_part_set(partition->colgen, NULL, partition->proof->prices);
    return preuve_stage_bound(partition->proof);
}

void partition_enter(Partition *partition, int64_t target)
{
    g_autoptr(GArray) limits = g_array_new(FALSE, FALSE, sizeof(MasterRow));
    const PreuveStage *at = partition->proof;
    while (at->children[0] != NULL) {
        bool open[2];
        for (int32_t side = 0; side < 2; side++)
            open[side] = preuve_stage_bound(at->children[side]) >= target;
        if (open[0] == open[1])
            break;
        MasterRow limit = {at->count, open[0] ? 0 : at->below + 1, open[0] ? at->below : INT32_MAX};
        g_array_append_val(limits, limit);
        at = at->children[open[0] ? 0 : 1];
    }
    partition->entered = at;
    colgen_part_set(partition->colgen, limits, at->prices);
}

const PreuveStage *partition_proof(const Partition *partition)
{
    return partition->proof;
}

const PreuveStage *partition_entered(const Partition *partition)
{
    return partition->entered;
}
