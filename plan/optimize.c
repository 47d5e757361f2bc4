/* The order of bounds and searches: see optimize.h. */
#include "plan/optimize.h"

#include "config/log.h"
#include "plan/chains.h"
#include "plan/clock.h"
#include "plan/colgen.h"
#include "plan/explain.h"
#include "plan/partition.h"
#include "plan/polish.h"

/* Work of a search for each unit of effort: fixed, and by besoin, for the first so many, the next and so on; who plans
 * more than a region waits for longer. The search for points of a region too large for twins has more: twins also
 * probe. */
#define WORK INT64_C(160000)
static const struct {
    int32_t besoins;
    int64_t work;
} work_by_besoin[] = {{500, 8000}, {1500, 4000}, {4000, 2000}, {18000, 5000}, {INT32_MAX, 2150}};
#define MORE_FOR_POINTS 2

/* Points that may be lost at first: in the search for points, that of twins, and for less cost. */
#define HOT 4
#define HOT_TWINS 8
#define WARM 0.5
/* A small region whose plan stays this part below the bound is searched once more, with so many times the work: where
 * money is tight and sessions are dear, plans that differ in a few of them lie far apart, and only slow cooling finds
 * the better ones. Elsewhere it finds nothing more. Its last bound on points has so many times the work as well. */
#define FAR 0.04
#define MORE_WHERE_FAR 4
#define MORE_BOUND_WHERE_FAR 3
/* One step in so many exchanges learners: it takes longer than others, and gains cents rather than points. */
#define EXCHANGED_FOR_POINTS 64
#define EXCHANGED_FOR_COST 4
/* Dives end the search for less cost: their work, as a part of the search's own. */
#define DIVED 0.15
/* Where all are served, who sits where in how many sessions is what is left: every step exchanges, and dives go on. */
#define EXCHANGED_AMPLE 1
#define DIVED_AMPLE 1.4
/* Threads beyond this gain nothing. */
#define MOST_THREADS 16
/* Outer iterations of a stage: at most so many with mixes, with whole plans; nodes of a formation's tree. The latter
 * two shrink as regions grow: trees of large formations are long, and their mixes nearly whole. */
#define MOST_MIXES 20
#define MOST_COST_MIXES 30
#define LEAST_MIXES 8
#define MIXES_BY_BESOIN 240000
#define MOST_PLANS 10
#define PLANS_BY_BESOIN 9000
#define MOST_NODES 5
#define NODES_BY_BESOIN 4000
/* So many times as many of both for the last bound on points, and pricing work for each unit of effort after which it
 * ends: trees may be long. */
#define MORE_PLANS 4
#define MORE_NODES 5
#define LAST_WORK 400000
/* Iterations for a part of a small region's plans, nodes of a tree in them, work of a tree at the best prices; runs of
 * column generation over all parts, and the work for each unit of effort after which no part is taken up. */
#define PART_ITERATIONS 20
#define PART_NODES 4
#define TREE_WORK 200000
#define PART_RUNS 400
#define PARTS_WORK 900000
#define COST_PARTS_WORK 500000

/* Parts of delai: until the points' bound and prices, until their search, until the cost's prices, until its search but
 * for dives have ended. */
#define PRICES_PART 0.45
#define POINTS_PART 0.85
#define COST_PRICES_PART 0.33
#define COST_PART 0.8

typedef struct {
    const Problem *problem;
    gint64 end;           /* when delai strikes; 0: never */
    Clock prices, search; /* of the stage at hand */
    int64_t effort, work; /* the latter: of a search */
    bool far;             /* a small region's plan is far below the bound */
    Chains *chains;
} Run;

/* Points of all learners that some session could hold. */
static int64_t all_points(const Problem *p)
{
    g_autofree bool *reachable = problem_reachable(p);
    int64_t all = 0;
    for (int32_t b = 0; b < p->model->n_besoins; b++)
        all += reachable[b] ? p->points[b] * p->model->besoins[b].effectif : 0;
    return all;
}

static void search_points(Run *run, const ColgenResult *bound)
{
    PricingPrices *prices = pricing_prices_new(run->problem);
    pricing_prices_copy(run->problem, prices, bound->lead);
    /* cents break ties between points */
    prices->w_cost = MAX(1, prices->unit / 10000000);
    SearchLead lead = {prices, prices->w_points, EXCHANGED_FOR_POINTS, 0};
    chains_construct(run->chains, &lead);
    bool twins = chains_way(run->chains) == CHAINS_TWINS;
    chains_run(run->chains, &lead, twins ? HOT_TWINS : HOT, twins ? run->work : MORE_FOR_POINTS * run->work,
               bound->bound);
    int64_t missed = bound->bound - chains_best(run->chains)->points;
    run->far = twins && (double)missed > FAR * (double)bound->bound;
    if (run->far && g_atomic_int_get(&run->search.struck) == 0) {
        clock_begin(&run->search, run->end, POINTS_PART);
        chains_run(run->chains, &lead, HOT_TWINS, MORE_WHERE_FAR * run->work, bound->bound);
    }
    if (twins && chains_best(run->chains)->points < bound->bound)
        chains_probe(run->chains, &lead, run->work);
    pricing_prices_free(prices);
}

static void search_cost(Run *run, const ColgenResult *bound, bool ample)
{
    PricingPrices *prices = pricing_prices_new(run->problem);
    pricing_prices_copy(run->problem, prices, bound->lead);
    /* a point lost is not made good by what it saves */
    prices->w_points = MIN(prices->w_points * 20, pricing_range(run->problem).point);
    SearchLead lead = {prices, bound->lead->w_points, ample ? EXCHANGED_AMPLE : EXCHANGED_FOR_COST, 0};
    clock_begin(&run->search, run->end, COST_PART);
    if (ample) /* the points say little of what is cheap */
        chains_construct_again(run->chains, &lead);
    chains_run(run->chains, &lead, WARM, run->work, INT64_MAX);
    clock_begin(&run->search, run->end, 1);
    lead.dived = 1;
    int64_t work = (int64_t)((ample ? DIVED_AMPLE : DIVED) * (double)run->work);
    chains_run(run->chains, &lead, 0, work, INT64_MAX);
    pricing_prices_free(prices);
}

static ColgenEffort mixes_effort(Run *run, int32_t most, Clock *clock)
{
    int32_t n = MAX(run->problem->model->n_besoins, 1);
    return (ColgenEffort){.iterations = CLAMP(MIXES_BY_BESOIN / n, LEAST_MIXES, most),
                          .stop = clock_over,
                          .pace = clock_pace,
                          .user = clock};
}

static ColgenEffort plans_effort(Run *run, Clock *clock)
{
    int32_t n = MAX(run->problem->model->n_besoins, 1);
    return (ColgenEffort){.iterations = CLAMP(PLANS_BY_BESOIN / n, 2, MOST_PLANS),
                          .whole = true,
                          .nodes = CLAMP(NODES_BY_BESOIN / n, 1, MOST_NODES),
                          .stop = clock_over,
                          .user = clock};
}

/* A stage's bound and prices, the cost stage's when a plan is known whose points are the target: mixes of sessions
 * until they converge, then whole formation plans. */
static ColgenResult prove(Run *run, Colgen *colgen, const Draft *known)
{
    Clock *clock = &run->prices;
    clock_begin(clock, run->end, known == NULL ? PRICES_PART : COST_PRICES_PART);
    ColgenEffort mixes = mixes_effort(
                     run, known != NULL && chains_way(run->chains) == CHAINS_TWINS ? MOST_COST_MIXES : MOST_MIXES,
                     clock),
                 plans = plans_effort(run, clock);
    int64_t target = known == NULL ? 0 : known->points;
    ColgenResult result = known != NULL ? colgen_cost(colgen, target, &mixes) : colgen_points(colgen, &mixes);
    int64_t bound = result.bound;
    if (clock_over(clock)) /* a round of trees may take long */
        return result;
    result = known != NULL ? colgen_cost(colgen, target, &plans) : colgen_points(colgen, &plans);
    result.bound = known != NULL ? MAX(result.bound, bound) : MIN(result.bound, bound);
    return result;
}

/* That of one part of a small region's plans. */
static ColgenEffort parts_effort(Run *run)
{
    return (ColgenEffort){.iterations = PART_ITERATIONS,
                          .whole = true,
                          .nodes = PART_NODES,
                          .tree_work = TREE_WORK,
                          .work = LAST_WORK * run->effort,
                          .patient = true,
                          .stop = clock_over,
                          .user = &run->search};
}

/* The bound on points, in parts where the region is small enough and not solved yet. What the search did not prove
 * better holds without it. */
static Partition *prove_points(Run *run, Colgen *colgen, int64_t *bound)
{
    int64_t target = chains_best(run->chains)->points;
    bool open = target < *bound && !clock_over(&run->search);
    ColgenEffort again = plans_effort(run, &run->search);
    if (open) {
        again.iterations *= MORE_PLANS;
        again.nodes *= MORE_NODES;
        again.patient = true;
        again.work = LAST_WORK * run->effort * (run->far ? MORE_BOUND_WHERE_FAR : 1);
        ColgenResult result = colgen_points(colgen, &again);
        *bound = MIN(*bound, result.bound);
    }
    PreuveStage *proof = colgen_preuve(colgen);
    if (proof == NULL || proof->bound > *bound) {
        preuve_stage_free(proof);
        return partition_new(run->problem, colgen, preuve_stage_plain(run->problem, false, 0, *bound));
    }
    Partition *partition = partition_new(run->problem, colgen, proof);
    if (open && target < *bound && chains_way(run->chains) == CHAINS_TWINS) {
        PartitionEffort more = {parts_effort(run), PART_RUNS, PARTS_WORK * run->effort};
        int64_t proven = partition_prove(partition, target, &more);
        *bound = MIN(*bound, proven);
        partition_enter(partition, target);
    }
    return partition;
}

/* More points than the target cost at least as much: its proof (taken over; may be NULL) holds for the draft. Returns
 * it, or that of the draft's own points where it proves more. */
static PreuveStage *prove_again(Run *run, Colgen *colgen, const Draft *draft, PreuveStage *proof)
{
    prove(run, colgen, draft);
    PreuveStage *fresh = colgen_preuve(colgen);
    if (fresh == NULL || (proof != NULL && proof->bound >= fresh->bound)) {
        preuve_stage_free(fresh);
        return proof;
    }
    preuve_stage_free(proof);
    return fresh;
}

/* The bound on cost, in parts where the region is small enough. proof: of all parts that have plans (taken over); NULL:
 * nothing is proven. */
static int64_t prove_cost(Run *run, Partition *partition, PreuveStage *proof, const Draft *draft)
{
    int64_t known = draft->cost + draft->rac;
    if (proof == NULL)
        return partition_prove_cost(partition, preuve_stage_plain(run->problem, true, draft->points, 0), known, NULL);
    PartitionEffort more = {parts_effort(run), PART_RUNS, COST_PARTS_WORK * run->effort};
    bool parted = proof->bound < known && chains_way(run->chains) == CHAINS_TWINS && !clock_over(&run->search);
    return partition_prove_cost(partition, proof, known, parted ? &more : NULL);
}

static int64_t work_of(int32_t n_besoins)
{
    int64_t work = WORK;
    for (size_t i = 0; i < G_N_ELEMENTS(work_by_besoin) && n_besoins > 0; i++) {
        int32_t some = MIN(n_besoins, work_by_besoin[i].besoins);
        work += work_by_besoin[i].work * some;
        n_besoins -= some;
    }
    return work;
}

OptimizeResult optimize(const Problem *problem, const Settings *settings)
{
    int32_t threads = settings->fils > 0 ? settings->fils : (int32_t)g_get_num_processors();
    Run run = {.problem = problem};
    gint64 now = g_get_monotonic_time(), delai = (gint64)settings->delai * G_USEC_PER_SEC;
    run.end = delai > 0 ? now + delai : 0;
    run.effort = settings->effort;
    run.work = run.effort * work_of(problem->model->n_besoins);
    run.chains = chains_new(problem, threads > 1, clock_over, clock_pace, &run.search);
    Colgen *colgen = colgen_new(problem, MIN(threads, MOST_THREADS));
    ColgenResult points = prove(&run, colgen, NULL);
    int64_t all = all_points(problem), points_bound = MIN(points.bound, all);
    chains_set_plans(run.chains, colgen);
    clock_begin(&run.search, run.end, POINTS_PART);
    search_points(&run, &points);
    int64_t target = chains_best(run.chains)->points;
    colgen_learn(colgen, chains_best(run.chains));
    Partition *partition = prove_points(&run, colgen, &points_bound);
    ColgenResult cost = prove(&run, colgen, chains_best(run.chains));
    PreuveStage *cost_proof = colgen_preuve(colgen);
    search_cost(&run, &cost, target == all);
    Draft *draft = draft_new(problem);
    draft_copy(draft, chains_best(run.chains));
    explain_insert_free(draft);
    polish_earliest(draft);
    if (chains_way(run.chains) == CHAINS_TWINS) {
        colgen_learn(colgen, draft);
        if (draft->points > target)
            cost_proof = prove_again(&run, colgen, draft, cost_proof);
    }
    int64_t cost_bound = prove_cost(&run, partition, cost_proof, draft);
    bool optimal = draft->points == points_bound && draft->cost + draft->rac == cost_bound;
    char *preuve = preuve_text(problem, partition_points(partition), partition_cost(partition));
    OptimizeResult result = {draft, {points_bound, cost_bound, optimal ? "optimal" : "effort", preuve}, preuve};
    if (g_atomic_int_get(&run.prices.struck) != 0 || g_atomic_int_get(&run.search.struck) != 0)
        result.proof.arret = "delai";
    partition_free(partition);
    colgen_free(colgen);
    chains_free(run.chains);
    log_progress(NULL);
    return result;
}
