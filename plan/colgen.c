/* Nested column generation: see colgen.h. */
#include "plan/colgen.h"

#include "plan/colgen_ask.h"
#include "plan/colgen_part.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Relative distance of value and bound at which a stage ends. */
#define CONVERGED 1e-6
/* How far prices stay at the best known ones (Wentges 1997): at first and after a better bound, with mixes and with
 * whole plans; less and less in between, but for whole plans, which answer prices by jumps. */
#define SMOOTHING 0.7
#define WHOLE_SMOOTHING 0.3
#define LESS 0.7
/* Rounds at prices of the descent, before the outer master's duals lead: answers to mix that it would else find one by
 * one. Rounds of descent before the first of them, and between them. */
#define WARM_ROUNDS 10
#define FIRST_ROUNDS 500
#define NEXT_ROUNDS 5
/* Besoins of a region, or of one formation, above which prices come from descent.h: the simplex grows with the cube of
 * the rows, and some hundred limited SIAE ask the outer master for more rounds than there is time for. */
#define LARGE_REGION 1000
#define LARGE_FORMATION 200
/* Rounds of descent for each iteration allowed: a round prices once what an iteration solves. */
#define DESCENT_ROUNDS 24
/* A run ends when so many rounds have not lowered the Lagrangian value by this part, once value and bound are NEAR. */
#define PATIENCE 8
#define LONG_PATIENCE 30
#define PROGRESS 2e-5
/* Trees go deeper where what is to be gained is so much of it more than where they did last. */
#define DEEPER 0.1
/* A patient run ends when prices may gain no more than this part of what is to be gained. */
#define SETTLED 0.05
#define NEAR 0.03

typedef struct {
    bool cost;
    int64_t target; /* points, in the cost stage */
    int64_t unit;   /* of the fixed point */
} Stage;

static bool has_master(const Problem *p, int32_t formation)
{
    return p->formation_slots[formation].n > 0 && p->formation_besoins[formation].n > 0;
}

static bool is_large(const Problem *p)
{
    for (int32_t f = 0; f < p->model->n_formations; f++)
        if (p->formation_besoins[f].n > LARGE_FORMATION)
            return true;
    return p->model->n_besoins > LARGE_REGION;
}

static int64_t links_of(const Problem *p, int32_t formation)
{
    ProblemSlice slots = p->formation_slots[formation];
    int64_t links = 1;
    for (int32_t i = 0; i < slots.n; i++)
        links += p->slots[p->slots_by_formation[slots.first + i]].n_links;
    return links;
}

/* Shares the formations out: the largest first, each to the worker with the least so far. */
static void share_out(Colgen *colgen)
{
    const Problem *p = colgen->problem;
    g_autofree int64_t *load = g_new0(int64_t, crew_size(colgen->crew));
    g_autofree bool *given = g_new0(bool, p->model->n_formations + 1);
    for (int32_t k = 0; k < p->model->n_formations; k++) {
        int32_t largest = MODEL_NONE, idle = 0;
        for (int32_t f = 0; f < p->model->n_formations; f++)
            if (!given[f] && (largest == MODEL_NONE || links_of(p, f) > links_of(p, largest)))
                largest = f;
        for (int32_t w = 1; w < crew_size(colgen->crew); w++)
            idle = load[w] < load[idle] ? w : idle;
        given[largest] = true;
        colgen->worker[largest] = idle;
        load[idle] += links_of(p, largest);
    }
}

/* Prices that make everything but points of no worth too dear. */
static void set_dear(const Problem *p, PricingPrices *prices)
{
    PricingRange range = pricing_range(p);
    prices->w_points = 1;
    prices->w_cost = range.cent / 4;
    for (int32_t e = 0; e < p->model->n_enveloppes; e++)
        prices->enveloppe[e] = range.cent / 4;
    pricing_prices_settle(p, prices);
}

/* An answer that holds a formation's fixed sessions with hardly more than their learners; NULL when it has none.
 * Without it the first outer masters would buy the fixed sessions' place at any price. */
static OuterAnswer *seed_fixed(Colgen *colgen, int32_t formation, Pricing *pricing)
{
    static const PricingLimits unlimited = {0};
    const Problem *p = colgen->problem;
    ProblemSlice slots = p->formation_slots[formation];
    OuterAnswer *answer = NULL;
    for (int32_t i = 0; i < slots.n; i++) {
        int32_t slot = p->slots_by_formation[slots.first + i], column;
        g_autofree ProblemSeat *seats = g_new0(ProblemSeat, p->slots[slot].q_max + 1);
        PricingSession session = {.seats = seats};
        if (p->slots[slot].fixee == MODEL_NONE || !pricing_best(pricing, colgen->prices, &unlimited, slot, &session) ||
            !master_add(colgen->masters[formation], slot, session.start, session.seats, session.n_seats, &column))
            continue;
        answer = answer != NULL ? answer : outer_answer_new(p, formation, colgen->masters[formation]);
        outer_answer_add(answer, column, 1);
    }
    return answer;
}

static void make_part(void *user, int32_t worker)
{
    Colgen *colgen = user;
    colgen->pricing[worker] = pricing_new(colgen->problem);
    for (int32_t f = 0; f < colgen->problem->model->n_formations; f++)
        if (colgen->worker[f] == worker && !colgen->large && has_master(colgen->problem, f)) {
            colgen->masters[f] = master_new(colgen->problem, f);
            colgen->replies[f].answer = seed_fixed(colgen, f, colgen->pricing[worker]);
        }
}

static void free_part(void *user, int32_t worker)
{
    Colgen *colgen = user;
    for (int32_t f = 0; f < colgen->problem->model->n_formations; f++)
        if (colgen->worker[f] == worker)
            master_free(colgen->masters[f]);
    pricing_free(colgen->pricing[worker]);
}

Colgen *colgen_new(const Problem *problem, int32_t threads)
{
    const Model *m = problem->model;
    Colgen *colgen = g_new0(Colgen, 1);
    colgen->problem = problem;
    colgen->crew = crew_new(threads);
    colgen->masters = g_new0(Master *, m->n_formations + 1);
    colgen->worker = g_new0(int32_t, m->n_formations + 1);
    colgen->pricing = g_new0(Pricing *, threads);
    colgen->replies = g_new0(Reply, m->n_formations + 1);
    colgen->known = g_new0(GPtrArray *, m->n_formations + 1);
    for (int32_t f = 0; f < m->n_formations; f++)
        colgen->known[f] = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    colgen->large = is_large(problem);
    share_out(colgen);
    colgen->prices = pricing_prices_new(problem);
    set_dear(problem, colgen->prices);
    crew_run(colgen->crew, make_part, colgen);
    colgen->descent = descent_new(problem, colgen->crew, colgen->pricing, colgen->worker);
    colgen->best = pricing_prices_new(problem);
    colgen->rows = g_array_new(FALSE, FALSE, sizeof(OuterRow));
    colgen->mixes = g_ptr_array_new_with_free_func((GDestroyNotify)outer_answer_free);
    colgen->plans = g_ptr_array_new_with_free_func((GDestroyNotify)outer_answer_free);
    colgen->part = g_new0(MasterNode *, m->n_formations + 1);
    colgen->limits = g_array_new(FALSE, FALSE, sizeof(MasterRow));
    colgen->shares = g_array_new(FALSE, FALSE, sizeof(OuterShare));
    for (int32_t f = 0; f < m->n_formations; f++)
        if (colgen->replies[f].answer != NULL)
            g_ptr_array_add(colgen->mixes, colgen->replies[f].answer);
    return colgen;
}

void colgen_free(Colgen *colgen)
{
    if (colgen == NULL)
        return;
    g_clear_pointer(&colgen->outer, outer_free);
    g_ptr_array_unref(colgen->mixes);
    g_ptr_array_unref(colgen->plans);
    crew_run(colgen->crew, free_part, colgen);
    crew_free(colgen->crew);
    for (int32_t f = 0; f < colgen->problem->model->n_formations; f++) {
        g_ptr_array_unref(colgen->known[f]);
        preuve_node_free(colgen->replies[f].proof);
        master_node_free(colgen->part[f]);
    }
    g_free(colgen->part);
    caps_free(colgen->caps);
    g_array_unref(colgen->limits);
    g_array_free(colgen->shares, TRUE);
    g_free(colgen->masters);
    g_free(colgen->worker);
    g_free(colgen->pricing);
    g_free(colgen->replies);
    g_free(colgen->known);
    pricing_prices_free(colgen->prices);
    pricing_prices_free(colgen->best);
    preuve_stage_free(colgen->proof);
    descent_free(colgen->descent);
    g_array_free(colgen->rows, TRUE);
    g_free(colgen);
}

const Master *colgen_master(const Colgen *colgen, int32_t formation)
{
    return colgen->masters[formation];
}

const GPtrArray *colgen_plans(const Colgen *colgen, int32_t formation)
{
    return colgen->known[formation];
}

const GArray *colgen_shares(const Colgen *colgen)
{
    return colgen->shares;
}

/* ---- whole plans ---- */

typedef struct {
    Colgen *colgen;
    const Draft *draft;
    GArray **plans; /* by formation: columns; NULL: it has no master */
} Lesson;

/* The draft's sessions of a formation, as columns of its master; empty: none. */
static GArray *columns_of(const Lesson *lesson, int32_t formation)
{
    const Problem *p = lesson->colgen->problem;
    GArray *plan = g_array_new(FALSE, FALSE, sizeof(int32_t));
    for (int32_t i = 0; i < (int32_t)lesson->draft->sessions->len; i++) {
        const DraftSession *s = draft_session(lesson->draft, i);
        int32_t at;
        if (s->slot != MODEL_NONE && p->model->offres[p->slots[s->slot].offre].formation == formation &&
            master_add(lesson->colgen->masters[formation], s->slot, s->start, s->seats, s->n_seats, &at))
            g_array_append_val(plan, at);
    }
    return plan;
}

static void learn_part(void *user, int32_t worker)
{
    const Lesson *lesson = user;
    Colgen *colgen = lesson->colgen;
    for (int32_t f = 0; f < colgen->problem->model->n_formations; f++)
        if (colgen->worker[f] == worker && colgen->masters[f] != NULL)
            lesson->plans[f] = columns_of(lesson, f);
}

void colgen_learn(Colgen *colgen, const Draft *draft)
{
    int32_t n = colgen->problem->model->n_formations;
    g_autofree GArray **plans = g_new0(GArray *, n + 1);
    Lesson lesson = {colgen, draft, plans};
    crew_run(colgen->crew, learn_part, &lesson);
    for (int32_t f = 0; f < n; f++) {
        if (plans[f] == NULL)
            continue;
        if (plans[f]->len == 0) {
            g_array_unref(plans[f]);
            continue;
        }
        g_ptr_array_add(colgen->mixes, colgen_ask_answer(colgen, f, plans[f]));
        if (colgen_ask_keep(colgen, f, plans[f]))
            g_ptr_array_add(colgen->plans, colgen_ask_answer(colgen, f, plans[f]));
    }
}

/* ---- bounds ---- */

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Lagrange's value of the prices: what is to be minimised over them. False when nothing is proven. */
static bool lagrangian(const Stage *stage, const PricingPrices *prices, int64_t sum, int64_t *value)
{
    int64_t reward = 0;
    if (stage->cost && __builtin_mul_overflow(prices->w_points, stage->target, &reward))
        return false;
    return !__builtin_sub_overflow(sum, reward, value);
}

/* The bound that a Lagrangian value proves: points, or cents. */
static int64_t bound_of(const Stage *stage, int64_t value)
{
    return stage->cost ? MAX(0, -floor_div(value, stage->unit)) : floor_div(value, stage->unit);
}

/* Forgets the proof of another stage. */
static void begin_proof(Colgen *colgen, const Stage *stage)
{
    const PreuveStage *proof = colgen->proof;
    if (proof != NULL && (proof->cost != stage->cost || proof->target != stage->target))
        g_clear_pointer(&colgen->proof, preuve_stage_free);
}

/* Keeps the proof of a Lagrangian value at these prices, with the formations' replies, if it is the best. */
static void keep_proof(Colgen *colgen, const Stage *stage, const PricingPrices *prices, int64_t value)
{
    const Problem *p = colgen->problem;
    if (colgen->proof != NULL && colgen->proof->value <= value)
        return;
    preuve_stage_free(colgen->proof);
    colgen->proof = preuve_stage_new(p, prices);
    colgen->proof->cost = stage->cost;
    colgen->proof->target = stage->target;
    colgen->proof->value = value;
    colgen->proof->bound = bound_of(stage, value);
    if (colgen->large)
        return;
    colgen->proof->formations = g_new0(PreuveNode *, p->model->n_formations + 1);
    for (int32_t f = 0; f < p->model->n_formations; f++)
        colgen->proof->formations[f] = g_steal_pointer(&colgen->replies[f].proof);
}

PreuveStage *colgen_preuve(Colgen *colgen)
{
    return g_steal_pointer(&colgen->proof);
}

static bool has_converged(const Stage *stage, const ColgenResult *result)
{
    double gap = fabs((double)result->bound - result->value);
    if (gap <= CONVERGED * fabs(result->value))
        return true;
    return !stage->cost && floor(result->value + 1e-6) >= (double)result->bound;
}

/* Lagrange's value were every tree's best plan its bound. */
static double estimate_of(const Stage *stage, const PricingPrices *prices, const ColgenSum *sum)
{
    return sum->estimate - (stage->cost ? (double)prices->w_points * (double)stage->target : 0);
}

/* What prices may still gain is little beside what trees leave unproven: the estimate has met the outer master. */
static bool is_settled(const Stage *stage, const ColgenResult *result, double estimate, int64_t least)
{
    double value = result->value * (double)stage->unit * (stage->cost ? -1 : 1);
    return least < INT64_MAX && estimate - value <= SETTLED * fmax((double)least - value, 0);
}

/* Trees are worth going deeper at these prices: their sum may fall below the least proven, and is noticeably lower than
 * where that was last done. */
static bool is_worth(double estimate, int64_t least, double deepest)
{
    double room = (double)least - estimate;
    return room > 0 && (least == INT64_MAX || deepest - estimate >= DEEPER * room);
}

/* The prices of a round; false when the outer master failed. */
static bool set_prices(Colgen *colgen, const Stage *stage, const ColgenEffort *effort, Outer *outer, bool seeded,
                       ColgenResult *result)
{
    const Problem *p = colgen->problem;
    int32_t round = result->iterations;
    if (!colgen->whole && round < WARM_ROUNDS) {
        DescentEffort descent = {.cost = stage->cost,
                                 .target = stage->target,
                                 .unit = stage->unit,
                                 .rounds = round == 0 ? FIRST_ROUNDS : NEXT_ROUNDS,
                                 .stop = effort->stop,
                                 .user = effort->user};
        descent_run(colgen->descent, &descent);
        pricing_prices_copy(p, colgen->prices, descent_prices(colgen->descent));
        return true;
    }
    if (!outer_solve(outer))
        return false;
    result->value = outer_value(outer);
    if (seeded && round == 0) {
        pricing_prices_copy(p, colgen->prices, colgen->best);
    } else {
        outer_prices(outer, colgen->prices);
        pricing_prices_blend(p, colgen->prices, colgen->best, colgen->smoothing);
    }
    return true;
}

/* A stage of a large region. Whole plans are not asked for: what is known stays. */
static ColgenResult descend(Colgen *colgen, const Stage *stage, const ColgenEffort *effort)
{
    ColgenResult result = {.bound = stage->cost ? 0 : INT64_MAX, .prices = colgen->best};
    DescentEffort descent = {.cost = stage->cost,
                             .target = stage->target,
                             .unit = stage->unit,
                             .rounds = DESCENT_ROUNDS * effort->iterations,
                             .large = true,
                             .stop = effort->stop,
                             .pace = effort->pace,
                             .user = effort->user};
    if (!effort->whole) {
        int64_t value = descent_run(colgen->descent, &descent);
        result.iterations = effort->iterations;
        pricing_prices_copy(colgen->problem, colgen->best, descent_prices(colgen->descent));
        if (value < INT64_MAX) {
            result.bound = bound_of(stage, value);
            keep_proof(colgen, stage, colgen->best, value);
        }
    }
    result.value = (double)result.bound;
    result.lead = descent_average(colgen->descent);
    return result;
}

int64_t colgen_work(const Colgen *colgen)
{
    int64_t work = 0;
    for (int32_t i = 0; i < crew_size(colgen->crew); i++)
        work += pricing_work(colgen->pricing[i]);
    return work;
}

static ColgenResult run(Colgen *colgen, const Stage *stage, const ColgenEffort *effort)
{
    const Problem *p = colgen->problem;
    begin_proof(colgen, stage);
    if (colgen->large)
        return descend(colgen, stage, effort);
    GPtrArray *answers = effort->whole ? colgen->plans : colgen->mixes;
    g_array_set_size(colgen->shares, 0); /* new columns move those it borrows */
    g_clear_pointer(&colgen->outer, outer_free);
    g_autofree bool *must = g_new0(bool, p->model->n_formations + 1);
    for (int32_t f = 0; f < p->model->n_formations; f++)
        must[f] = colgen->masters[f] != NULL && colgen_part_must_hold(colgen, f);
    Outer *outer = outer_new(p, colgen->rows, must, stage->cost, stage->target);
    bool seeded = effort->whole && colgen->stage_known && colgen->cost_stage == stage->cost;
    ColgenResult result = {.bound = stage->cost ? 0 : INT64_MAX, .prices = colgen->best, .lead = colgen->best};
    int64_t least = INT64_MAX;
    double deepest = INFINITY;
    int32_t last_progress = 0;
    int64_t first_work = colgen_work(colgen);
    colgen->prices->unit = stage->unit;
    colgen->whole = effort->whole;
    const double smoothing = effort->whole ? WHOLE_SMOOTHING : SMOOTHING;
    colgen->smoothing = smoothing;
    colgen->nodes = effort->nodes;
    colgen->tree_work = effort->tree_work;
    colgen->tolerance = stage->cost ? 20 * stage->unit : stage->unit / 500;
    for (guint i = 0; i < answers->len; i++)
        if (colgen_part_has(colgen, answers->pdata[i]))
            outer_add(outer, answers->pdata[i]);
    for (; result.iterations < effort->iterations && !result.converged; result.iterations++) {
        if (result.iterations > 0 && effort->stop != NULL && effort->stop(effort->user))
            break;
        if (effort->work > 0 && colgen_work(colgen) - first_work >= effort->work)
            break;
        if (!set_prices(colgen, stage, effort, outer, seeded, &result))
            break;
        ColgenSum sum;
        int64_t value;
        bool proven = colgen_ask(colgen, outer, false, &sum);
        double estimate = estimate_of(stage, colgen->prices, &sum);
        bool settled = effort->patient && proven && is_settled(stage, &result, estimate, least);
        if (effort->whole && effort->tree_work > 0 && proven &&
            (is_worth(estimate, least, deepest) || (settled && estimate < deepest))) {
            deepest = estimate;
            proven = colgen_ask(colgen, outer, true, &sum);
        }
        if (proven && lagrangian(stage, colgen->prices, sum.bound, &value) && value < least) {
            if (least == INT64_MAX || (double)(least - value) > PROGRESS * fabs((double)value))
                last_progress = result.iterations;
            least = value;
            result.bound = bound_of(stage, value);
            pricing_prices_copy(p, colgen->best, colgen->prices);
            keep_proof(colgen, stage, colgen->prices, value);
            colgen->smoothing = smoothing;
        } else if (!effort->whole || effort->patient) {
            colgen->smoothing *= LESS;
        }
        bool near = fabs((double)result.bound - result.value) < NEAR * fabs(result.value);
        if (!near && !effort->whole)
            last_progress = result.iterations;
        /* before the outer master leads there is no value to meet */
        result.converged = (effort->whole || result.iterations >= WARM_ROUNDS) && has_converged(stage, &result);
        if (effort->enough != NULL && (stage->cost ? result.bound >= *effort->enough : result.bound <= *effort->enough))
            break;
        if (settled)
            break;
        if (result.iterations - last_progress >= (effort->patient ? LONG_PATIENCE : PATIENCE))
            break;
    }
    colgen->stage_known = true;
    colgen->cost_stage = stage->cost;
    if (!stage->cost) {
        if (!effort->whole)
            colgen->lead = descent_average(colgen->descent);
        result.lead = colgen->lead != NULL ? colgen->lead : colgen->best;
    }
    if (effort->whole && outer_solve(outer)) {
        g_array_free(colgen->shares, TRUE);
        colgen->shares = outer_shares(outer);
    }
    colgen->outer = outer;
    return result;
}

static Stage points_stage(const Colgen *colgen)
{
    PricingRange range = pricing_range(colgen->problem);
    return (Stage){false, 0, MAX(1, MIN((int64_t)1 << 30, MIN(range.cent, range.point)))};
}

static Stage cost_stage(const Colgen *colgen, int64_t target)
{
    /* a point may be worth millions of cents, a cent of an enveloppe many cents: the fixed point leaves room for both
     */
    PricingRange range = pricing_range(colgen->problem);
    return (Stage){true, target, MAX(1, MIN((int64_t)1 << 16, MIN(range.cent >> 12, range.point >> 28)))};
}

ColgenResult colgen_points(Colgen *colgen, const ColgenEffort *effort)
{
    Stage stage = points_stage(colgen);
    return run(colgen, &stage, effort);
}

ColgenResult colgen_cost(Colgen *colgen, int64_t target, const ColgenEffort *effort)
{
    Stage stage = cost_stage(colgen, target);
    return run(colgen, &stage, effort);
}
