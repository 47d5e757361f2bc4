/* Nested column generation: see colgen.h. */
#include "plan/colgen.h"

#include "plan/branch.h"
#include "plan/outer.h"

#include <math.h>

/* Relative distance of value and bound at which a stage ends. */
#define CONVERGED 1e-6
/* Nodes of a formation's tree, a round. */
#define MOST_NODES 20
/* How far prices stay at the best known ones when whole plans answer. */
#define SMOOTHING 0.7

struct Colgen {
    const Problem *problem;
    Master **masters; /* by formation; NULL: no slot or no besoin */
    Pricing *pricing;
    PricingPrices *prices, *best; /* at hand; those of the best bound */
    bool stage_known, cost_stage; /* which stage `best` speaks of, once there is one */
    GArray *days;                 /* day rows of the outer master, kept between stages */
    GPtrArray *mixes, *plans;     /* OuterAnswer: columns of the outer master, kept between stages */
};

Colgen *colgen_new(const Problem *problem)
{
    const Model *m = problem->model;
    Colgen *colgen = g_new0(Colgen, 1);
    colgen->problem = problem;
    colgen->masters = g_new0(Master *, m->n_formations + 1);
    for (int32_t f = 0; f < m->n_formations; f++)
        if (problem->formation_slots[f].n > 0 && problem->formation_besoins[f].n > 0)
            colgen->masters[f] = master_new(problem, f);
    colgen->pricing = pricing_new(problem);
    colgen->prices = pricing_prices_new(problem);
    colgen->best = pricing_prices_new(problem);
    colgen->days = outer_days_new();
    colgen->mixes = g_ptr_array_new_with_free_func((GDestroyNotify)outer_answer_free);
    colgen->plans = g_ptr_array_new_with_free_func((GDestroyNotify)outer_answer_free);
    return colgen;
}

void colgen_free(Colgen *colgen)
{
    if (colgen == NULL)
        return;
    g_ptr_array_unref(colgen->mixes);
    g_ptr_array_unref(colgen->plans);
    for (int32_t f = 0; f < colgen->problem->model->n_formations; f++)
        master_free(colgen->masters[f]);
    g_free(colgen->masters);
    pricing_free(colgen->pricing);
    pricing_prices_free(colgen->prices);
    pricing_prices_free(colgen->best);
    g_array_free(colgen->days, TRUE);
    g_free(colgen);
}

const Master *colgen_master(const Colgen *colgen, int32_t formation)
{
    return colgen->masters[formation];
}

/* ---- one round ---- */

/* A formation's best mix of sessions at colgen->prices, and the bound it proves. NULL when the solver failed. */
static OuterAnswer *ask_mix(Colgen *colgen, int32_t formation, int64_t *bound)
{
    Master *master = colgen->masters[formation];
    MasterNode *root = master_node_root(master);
    MasterResult result = master_solve(master, colgen->pricing, colgen->prices, root, INT64_MIN);
    master_node_free(root);
    *bound = result.bound;
    if (!result.solved)
        return NULL;
    OuterAnswer *answer = outer_answer_new(colgen->problem, formation, master);
    int32_t n;
    const MasterColumn *columns = master_columns(master, &n);
    for (int32_t i = 0; i < n; i++)
        if (columns[i].x > 1e-12)
            outer_answer_add(answer, i, columns[i].x);
    return answer;
}

/* A formation's best whole plan at colgen->prices, and the bound proven. NULL when it found none. */
static OuterAnswer *ask_plan(Colgen *colgen, int32_t formation, int64_t *bound)
{
    Master *master = colgen->masters[formation];
    BranchResult result =
        branch_formation(master, colgen->pricing, colgen->prices, colgen->problem, formation, MOST_NODES);
    *bound = result.bound;
    OuterAnswer *answer = NULL;
    if (result.value > INT64_MIN) {
        answer = outer_answer_new(colgen->problem, formation, master);
        for (guint i = 0; i < result.plan->len; i++)
            outer_answer_add(answer, g_array_index(result.plan, int32_t, i), 1);
    }
    g_array_free(result.plan, TRUE);
    return answer;
}

/* *sum += price x capacity; false: too large to say. */
static bool add_capacity(int64_t *sum, int64_t price, int64_t capacity)
{
    int64_t worth;
    if (price == 0)
        return true;
    return !__builtin_mul_overflow(price, capacity, &worth) && !__builtin_add_overflow(*sum, worth, sum);
}

static bool capacity_value(const Problem *p, const PricingPrices *prices, int64_t *sum)
{
    const Model *m = p->model;
    bool known = true;
    for (int32_t e = 0; e < m->n_enveloppes; e++)
        known = known && add_capacity(sum, prices->enveloppe[e], m->enveloppes[e].montant);
    for (int32_t s = 0; s < m->n_siae; s++)
        known = known && add_capacity(sum, prices->rac_price[s], m->siae[s].reste_a_charge_max);
    for (int32_t i = 0; i < prices->absences.n; i++) {
        const PricingDay *day = &prices->absences.days[i];
        known = known && add_capacity(sum, day->price, m->siae[day->owner].absents_max);
    }
    for (int32_t i = 0; i < prices->presences.n; i++) {
        const PricingDay *day = &prices->presences.days[i];
        known = known && add_capacity(sum, day->price, m->organismes[day->owner].sessions_simultanees);
    }
    return known;
}

/* Asks every formation at colgen->prices: new columns for the outer master; *sum: the proven Lagrangian sum, fixed
 * point. False when nothing is proven. */
static bool ask_formations(Colgen *colgen, Outer *outer, bool whole, int64_t *sum)
{
    *sum = 0;
    bool proven = capacity_value(colgen->problem, colgen->prices, sum);
    for (int32_t f = 0; f < colgen->problem->model->n_formations; f++) {
        if (colgen->masters[f] == NULL)
            continue;
        int64_t bound;
        OuterAnswer *answer = whole ? ask_plan(colgen, f, &bound) : ask_mix(colgen, f, &bound);
        proven = proven && bound < INT64_MAX && !__builtin_add_overflow(*sum, bound, sum);
        if (answer == NULL)
            continue;
        g_ptr_array_add(whole ? colgen->plans : colgen->mixes, answer);
        outer_add(outer, answer);
    }
    return proven;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

typedef struct {
    bool cost;
    int64_t target; /* points, in the cost stage */
    int64_t unit;   /* of the fixed point */
} Stage;

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

static int64_t between(int64_t a, int64_t b, double part)
{
    return a + (int64_t)((double)(b - a) * part);
}

/* Moves prices towards the center by `part` (Wentges 1997): whole plans answer prices by jumps. */
static void smooth(const Problem *p, PricingPrices *prices, const PricingPrices *center, double part)
{
    for (int32_t e = 0; e < p->model->n_enveloppes; e++)
        prices->enveloppe[e] = between(prices->enveloppe[e], center->enveloppe[e], part);
    for (int32_t s = 0; s < p->model->n_siae; s++)
        prices->rac_price[s] = between(prices->rac_price[s], center->rac_price[s], part);
    prices->w_points = between(prices->w_points, center->w_points, part);
    pricing_prices_settle(p, prices);
}

static bool has_converged(const Stage *stage, const ColgenResult *result)
{
    double gap = fabs((double)result->bound - result->value);
    if (gap <= CONVERGED * fabs(result->value))
        return true;
    return !stage->cost && floor(result->value + 1e-6) >= (double)result->bound;
}

static ColgenResult run(Colgen *colgen, const Stage *stage, const ColgenEffort *effort)
{
    const Problem *p = colgen->problem;
    GPtrArray *answers = effort->whole ? colgen->plans : colgen->mixes;
    Outer *outer = outer_new(p, colgen->days, stage->cost, stage->target);
    bool seeded = effort->whole && colgen->stage_known && colgen->cost_stage == stage->cost;
    ColgenResult result = {.bound = stage->cost ? 0 : INT64_MAX, .prices = colgen->best};
    int64_t least = INT64_MAX;
    colgen->prices->unit = stage->unit;
    for (guint i = 0; i < answers->len; i++)
        outer_add(outer, answers->pdata[i]);
    for (; result.iterations < effort->iterations && !result.converged; result.iterations++) {
        if (result.iterations > 0 && effort->stop != NULL && effort->stop(effort->user))
            break;
        if (!outer_solve(outer))
            break;
        result.value = outer_value(outer);
        if (seeded && result.iterations == 0) {
            pricing_prices_copy(p, colgen->prices, colgen->best);
        } else {
            outer_prices(outer, colgen->prices);
            if (effort->whole)
                smooth(p, colgen->prices, colgen->best, SMOOTHING);
        }
        int64_t sum, value;
        if (ask_formations(colgen, outer, effort->whole, &sum) && lagrangian(stage, colgen->prices, sum, &value) &&
            value < least) {
            least = value;
            result.bound = bound_of(stage, value);
            pricing_prices_copy(p, colgen->best, colgen->prices);
        }
        result.converged = has_converged(stage, &result);
    }
    colgen->stage_known = true;
    colgen->cost_stage = stage->cost;
    outer_free(outer);
    return result;
}

ColgenResult colgen_points(Colgen *colgen, const ColgenEffort *effort)
{
    PricingRange range = pricing_range(colgen->problem);
    Stage stage = {false, 0, MAX(1, MIN((int64_t)1 << 30, MIN(range.cent, range.point)))};
    return run(colgen, &stage, effort);
}

ColgenResult colgen_cost(Colgen *colgen, int64_t target, const ColgenEffort *effort)
{
    /* a point may be worth millions of cents, a cent of an enveloppe many cents: the fixed point leaves room for both
     */
    PricingRange range = pricing_range(colgen->problem);
    Stage stage = {true, target, MAX(1, MIN((int64_t)1 << 16, MIN(range.cent >> 12, range.point >> 28)))};
    return run(colgen, &stage, effort);
}
