/* One round of column generation: see colgen_ask.h. */
#include "plan/colgen_ask.h"

#include "plan/branch.h"
#include "plan/colgen_part.h"

/* A Lagrangian sum of no plan at all. */
#define NO_PLAN (INT64_MIN / 4)
/* What a formation's tree may leave unproven, of a point or a cent, before it has more nodes. */
#define APART 0.1
/* Twice as many nodes that leave more than this part of it gained little. */
#define HOPELESS 0.8

OuterAnswer *colgen_ask_answer(const Colgen *colgen, int32_t formation, const GArray *plan)
{
    OuterAnswer *answer = outer_answer_new(colgen->problem, formation, colgen->masters[formation]);
    for (guint i = 0; i < plan->len; i++)
        outer_answer_add(answer, g_array_index(plan, int32_t, i), 1);
    return answer;
}

/* A formation's best mix of sessions at colgen->prices, and the bound it proves. NULL when the solver failed. */
static OuterAnswer *ask_mix(Colgen *colgen, int32_t formation, Pricing *pricing, Reply *reply)
{
    Master *master = colgen->masters[formation];
    MasterNode *root = colgen_part_node(colgen, formation);
    MasterResult result = master_solve(master, pricing, colgen->prices, root, INT64_MIN);
    master_node_free(root);
    reply->bound = result.bound;
    reply->proof = preuve_node_new();
    master_preuve(master, reply->proof);
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

/* Nodes that a formation's tree may have. */
static int32_t nodes_of(const Colgen *colgen, int32_t formation)
{
    return MAX(colgen->nodes, MIN(colgen->trees[formation].nodes, colgen->most_nodes));
}

/* After a tree that leaves so much between its plan and its bound: the next may have twice as many nodes, unless twice
 * as many gained little. */
static void adapt(Colgen *colgen, int32_t formation, double apart)
{
    Tree *tree = &colgen->trees[formation];
    int32_t nodes = nodes_of(colgen, formation);
    if (apart <= APART) {
        tree->nodes = nodes / 2;
    } else if (!tree->hopeless) {
        tree->hopeless = nodes > colgen->nodes && apart > HOPELESS * tree->apart;
        tree->nodes = tree->hopeless ? 0 : 2 * nodes;
    }
    tree->apart = apart;
}

/* A formation's best whole plan at colgen->prices, and the bound proven. NULL when it found none. */
static OuterAnswer *ask_plan(Colgen *colgen, int32_t formation, Pricing *pricing, Reply *reply)
{
    Master *master = colgen->masters[formation];
    GPtrArray *known = colgen->known[formation];
    BranchEffort effort = {colgen->part[formation], nodes_of(colgen, formation), colgen->tolerance, known};
    BranchResult result = branch_formation(master, pricing, colgen->prices, colgen->problem, formation, &effort);
    reply->bound = result.bound;
    reply->proof = result.proof;
    adapt(colgen, formation, ((double)result.bound - (double)result.value) / (double)colgen->prices->unit);
    g_ptr_array_add(known, result.plan);
    return result.value > INT64_MIN ? colgen_ask_answer(colgen, formation, result.plan) : NULL;
}

static void ask_part(void *user, int32_t worker)
{
    Colgen *colgen = user;
    for (int32_t f = 0; f < colgen->problem->model->n_formations; f++) {
        Reply *reply = &colgen->replies[f];
        if (colgen->worker[f] != worker || colgen->masters[f] == NULL)
            continue;
        g_clear_pointer(&reply->proof, preuve_node_free);
        reply->answer = colgen->whole ? ask_plan(colgen, f, colgen->pricing[worker], reply)
                                      : ask_mix(colgen, f, colgen->pricing[worker], reply);
    }
}

/* Formations write only their own besoins' y: any number of threads, one result. */
bool colgen_ask(Colgen *colgen, Outer *outer, int64_t *sum)
{
    *sum = 0;
    bool proven = pricing_prices_worth(colgen->problem, colgen->prices, sum), empty = false;
    crew_run(colgen->crew, ask_part, colgen);
    for (int32_t f = 0; f < colgen->problem->model->n_formations; f++) {
        const Reply *reply = &colgen->replies[f];
        if (colgen->masters[f] == NULL)
            continue;
        empty = empty || reply->bound == INT64_MIN;
        proven = proven && reply->bound < INT64_MAX && !__builtin_add_overflow(*sum, reply->bound, sum);
        if (reply->answer == NULL)
            continue;
        g_ptr_array_add(colgen->whole ? colgen->plans : colgen->mixes, reply->answer);
        outer_add(outer, reply->answer);
    }
    if (empty) /* the part has no plan */
        *sum = NO_PLAN;
    return proven || empty;
}
