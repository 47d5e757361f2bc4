/* The order of bounds and searches: see optimize.h. */
#include "plan/optimize.h"

#include "config/log.h"
#include "plan/colgen.h"
#include "plan/explain.h"
#include "plan/polish.h"
#include "plan/search.h"

/* Chains of search, each with its own seed; their number never depends on the machine. */
#define CHAINS 2
/* Times the chains meet in a stage and go on from the best of them. In regions with more besoins than MOST_SHARED each
 * chain changes formations of its own meanwhile, others each time, and what both found is merged: side by side on the
 * same formations, all but the best chain's work would be lost. */
#define EPOCHS 4
#define MOST_SHARED 500
#define SPLIT_EPOCHS 32
/* Formations below which there is too little to share out. */
#define LEAST_SPLIT 8
/* Pricing work of a stage for each unit of effort: fixed, by besoin, and by besoin beyond the first few thousand. */
#define WORK INT64_C(160000)
#define WORK_BY_BESOIN INT64_C(4000)
#define FEW_BESOINS 2000
#define WORK_BY_MORE INT64_C(2000)

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

typedef struct {
    gint64 deadline; /* monotonic microseconds, or 0 */
    gint struck;     /* atomic */
} Clock;

static bool is_over(void *user)
{
    Clock *clock = user;
    if (clock->deadline == 0)
        return false;
    if (g_atomic_int_get(&clock->struck) == 0 && g_get_monotonic_time() >= clock->deadline)
        g_atomic_int_set(&clock->struck, 1);
    return g_atomic_int_get(&clock->struck) != 0;
}

typedef struct {
    Search *search;
    int64_t work;
    double from, to;
    Clock *clock;
    ProblemSlice probed; /* formations to probe, each with a part of the work; none: a plain run */
} Chain;

static gpointer run_chain(gpointer data)
{
    Chain *chain = data;
    for (int32_t i = 0; i < chain->probed.n && !is_over(chain->clock); i++)
        search_probe(chain->search, chain->probed.first + i, chain->work / chain->probed.n, chain->from, is_over,
                     chain->clock);
    if (chain->probed.n > 0)
        return NULL;
    search_run(chain->search, chain->work, chain->from, chain->to, is_over, chain->clock);
    return NULL;
}

typedef struct {
    const Problem *problem;
    Clock clock;
    Clock third; /* a third of delai: the search has the rest whatever the first prices ask for */
    bool threads, split;
    int64_t work;
    Chain chains[CHAINS];
    bool *shares[CHAINS]; /* by formation, where split */
} Run;

static void run_chains(Run *run)
{
    GThread *threads[CHAINS] = {NULL};
    for (int32_t i = 1; i < CHAINS && run->threads; i++)
        threads[i] = g_thread_try_new("search", run_chain, &run->chains[i], NULL);
    for (int32_t i = 0; i < CHAINS; i++)
        if (threads[i] == NULL)
            run_chain(&run->chains[i]);
    for (int32_t i = 0; i < CHAINS; i++)
        if (threads[i] != NULL)
            g_thread_join(threads[i]);
}

static const Draft *best_of(const Run *run)
{
    const Draft *best = search_best(run->chains[0].search);
    for (int32_t i = 1; i < CHAINS; i++)
        if (search_better(search_best(run->chains[i].search), best))
            best = search_best(run->chains[i].search);
    return best;
}

/* Gives each formation to one of the chains, by chance but always the same. */
static void share_out(Run *run, uint32_t epoch)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(epoch);
    for (int32_t f = 0; f < run->problem->model->n_formations; f++) {
        int32_t owner = g_rand_int_range(random, 0, CHAINS);
        for (int32_t i = 0; i < CHAINS; i++)
            run->shares[i][f] = i == owner;
    }
    for (int32_t i = 0; i < CHAINS; i++)
        search_set_share(run->chains[i].search, run->shares[i]);
}

G_STATIC_ASSERT(CHAINS == 2); /* meet() merges two */

/* All chains go on from the best of their drafts, or from what they found together. */
static void meet(Run *run)
{
    const Draft *best = best_of(run);
    Draft *merged = run->split ? search_merge(run->chains[0].search, run->chains[1].search) : NULL;
    if (merged != NULL && search_better(merged, best))
        best = merged;
    for (int32_t i = 0; i < CHAINS; i++)
        if (search_best(run->chains[i].search) != best)
            search_adopt(run->chains[i].search, best);
    draft_free(merged);
}

/* One stage of search at these prices, by simulated annealing from `worst` points at `point` each. */
static void search_stage(Run *run, const PricingPrices *prices, int64_t point, double worst, int64_t enough)
{
    double cents = (double)point / (double)MAX(prices->w_cost, 1);
    for (int32_t i = 0; i < CHAINS; i++)
        search_set_prices(run->chains[i].search, prices, point);
    int32_t epochs = run->split ? SPLIT_EPOCHS : EPOCHS;
    for (int32_t epoch = 0; epoch < epochs && !is_over(&run->clock); epoch++) {
        if (best_of(run)->points >= enough)
            break;
        if (run->split)
            share_out(run, (uint32_t)epoch);
        for (int32_t i = 0; i < CHAINS; i++) {
            run->chains[i].work = run->work / epochs / CHAINS;
            run->chains[i].from = worst * cents * (epochs - epoch) / epochs;
            run->chains[i].to = worst * cents * (epochs - epoch - 1) / epochs;
        }
        run_chains(run);
        meet(run);
        const Draft *best = best_of(run);
        log_progress("plan: %" G_GINT64_FORMAT " points, %.2f €", best->points, (double)(best->cost + best->rac) / 100);
    }
}

/* Each formation's whole plan is held first for once, in regions where these are asked for: as much work as a stage. */
static void probe_formations(Run *run, double cents)
{
    int32_t n = run->problem->model->n_formations;
    for (int32_t i = 0; i < CHAINS; i++) {
        run->chains[i].probed = (ProblemSlice){n * i / CHAINS, n * (i + 1) / CHAINS - n * i / CHAINS};
        run->chains[i].work = run->work / CHAINS;
        run->chains[i].from = cents;
    }
    run_chains(run);
    meet(run);
    for (int32_t i = 0; i < CHAINS; i++)
        run->chains[i].probed.n = 0;
}

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
    for (int32_t i = 0; i < CHAINS; i++) {
        search_set_prices(run->chains[i].search, prices, prices->w_points);
        if (i > 0 && run->split)
            search_adopt(run->chains[i].search, search_best(run->chains[0].search));
        else
            search_construct(run->chains[i].search, is_over, &run->clock);
    }
    search_stage(run, prices, prices->w_points, 4, bound->bound);
    if (!run->split && best_of(run)->points < bound->bound)
        probe_formations(run, (double)prices->w_points / (double)prices->w_cost);
    pricing_prices_free(prices);
}

static void search_cost(Run *run, const ColgenResult *bound)
{
    PricingPrices *prices = pricing_prices_new(run->problem);
    pricing_prices_copy(run->problem, prices, bound->lead);
    /* a point lost is not made good by what it saves */
    prices->w_points = MIN(prices->w_points * 20, pricing_range(run->problem).point);
    /* a plan made at these prices from nothing, too: where money is ample the points say little of what is cheap */
    Draft *empty = draft_new(run->problem);
    search_set_prices(run->chains[0].search, prices, bound->lead->w_points);
    search_adopt(run->chains[0].search, empty);
    search_construct(run->chains[0].search, is_over, &run->clock);
    draft_free(empty);
    meet(run);
    search_stage(run, prices, bound->lead->w_points, 0.5, INT64_MAX);
    pricing_prices_free(prices);
}

static ColgenEffort mixes_effort(Run *run, int32_t most, Clock *clock)
{
    int32_t n = MAX(run->problem->model->n_besoins, 1);
    return (ColgenEffort){.iterations = CLAMP(MIXES_BY_BESOIN / n, LEAST_MIXES, most), .stop = is_over, .user = clock};
}

static ColgenEffort plans_effort(Run *run, Clock *clock)
{
    int32_t n = MAX(run->problem->model->n_besoins, 1);
    return (ColgenEffort){.iterations = CLAMP(PLANS_BY_BESOIN / n, 2, MOST_PLANS),
                          .whole = true,
                          .nodes = CLAMP(NODES_BY_BESOIN / n, 1, MOST_NODES),
                          .stop = is_over,
                          .user = clock};
}

/* A stage's bound and prices, the cost stage's when a plan is known whose points are the target: mixes of sessions
 * until they converge, then whole formation plans. */
static ColgenResult prove(Run *run, Colgen *colgen, const Draft *known)
{
    Clock *clock = known == NULL ? &run->third : &run->clock;
    ColgenEffort mixes = mixes_effort(run, known != NULL && !run->split ? MOST_COST_MIXES : MOST_MIXES, clock),
                 plans = plans_effort(run, clock);
    int64_t target = known == NULL ? 0 : known->points;
    ColgenResult result = known != NULL ? colgen_cost(colgen, target, &mixes) : colgen_points(colgen, &mixes);
    int64_t bound = result.bound;
    result = known != NULL ? colgen_cost(colgen, target, &plans) : colgen_points(colgen, &plans);
    result.bound = known != NULL ? MAX(result.bound, bound) : MIN(result.bound, bound);
    return result;
}

/* The proofs of both bounds as text; frees them. What the search did not prove better holds without it. */
static char *proof_text(const Problem *problem, PreuveStage *points, int64_t points_bound, PreuveStage *cost,
                        const Draft *draft, int64_t cost_bound)
{
    if (points == NULL || points->bound > points_bound) {
        preuve_stage_free(points);
        points = preuve_stage_plain(problem, false, 0, points_bound);
    }
    if (cost == NULL)
        cost = preuve_stage_plain(problem, true, draft->points, cost_bound);
    char *text = preuve_text(problem, points, cost);
    preuve_stage_free(points);
    preuve_stage_free(cost);
    return text;
}

static bool is_split(const Problem *p)
{
    return p->model->n_besoins > MOST_SHARED && p->model->n_formations >= LEAST_SPLIT;
}

OptimizeResult optimize(const Problem *problem, const Settings *settings)
{
    int32_t threads = settings->fils > 0 ? settings->fils : (int32_t)g_get_num_processors();
    Run run = {.problem = problem, .threads = threads > 1, .split = is_split(problem)};
    gint64 now = g_get_monotonic_time(), delai = (gint64)settings->delai * G_USEC_PER_SEC;
    run.clock.deadline = delai > 0 ? now + delai : 0;
    run.third.deadline = delai > 0 ? now + delai / 3 : 0;
    int64_t n = problem->model->n_besoins, few = MIN(n, FEW_BESOINS);
    run.work = settings->effort * (WORK + WORK_BY_BESOIN * few + WORK_BY_MORE * (n - few));
    for (uint32_t i = 0; i < CHAINS; i++)
        run.chains[i] = (Chain){.search = search_new(problem, i + 1), .clock = &run.clock};
    for (int32_t i = 0; i < CHAINS; i++)
        run.shares[i] = g_new0(bool, problem->model->n_formations + 1);
    Colgen *colgen = colgen_new(problem, MIN(threads, MOST_THREADS));
    ColgenResult points = prove(&run, colgen, NULL);
    int64_t points_bound = MIN(points.bound, all_points(problem));
    for (int32_t i = 0; i < CHAINS; i++)
        search_set_plans(run.chains[i].search, colgen);
    search_points(&run, &points);
    int64_t target = best_of(&run)->points;
    colgen_learn(colgen, best_of(&run));
    if (target < points_bound && !is_over(&run.clock)) {
        ColgenEffort again = plans_effort(&run, &run.clock);
        points_bound = MIN(points_bound, colgen_points(colgen, &again).bound);
    }
    PreuveStage *points_proof = colgen_preuve(colgen);
    ColgenResult cost = prove(&run, colgen, best_of(&run));
    int64_t cost_bound = cost.bound;
    PreuveStage *cost_proof = colgen_preuve(colgen);
    search_cost(&run, &cost);
    Draft *draft = draft_new(problem);
    draft_copy(draft, best_of(&run));
    explain_insert_free(draft);
    polish_earliest(draft);
    if (draft->points > target) {
        colgen_learn(colgen, draft);
        int64_t bound = prove(&run, colgen, draft).bound;
        PreuveStage *proof = colgen_preuve(colgen);
        if (bound > cost_bound) { /* else: more points cost at least as much */
            preuve_stage_free(cost_proof);
            cost_proof = g_steal_pointer(&proof);
        }
        cost_bound = MAX(cost_bound, bound);
        preuve_stage_free(proof);
    }
    bool optimal = draft->points == points_bound && draft->cost + draft->rac == cost_bound;
    char *preuve = proof_text(problem, points_proof, points_bound, cost_proof, draft, cost_bound);
    OptimizeResult result = {draft, {points_bound, cost_bound, optimal ? "optimal" : "effort", preuve}, preuve};
    if (g_atomic_int_get(&run.clock.struck) != 0 || g_atomic_int_get(&run.third.struck) != 0)
        result.proof.arret = "delai";
    colgen_free(colgen);
    for (int32_t i = 0; i < CHAINS; i++)
        search_free(run.chains[i].search);
    for (int32_t i = 0; i < CHAINS; i++)
        g_free(run.shares[i]);
    log_progress(NULL);
    return result;
}
