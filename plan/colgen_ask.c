/* One round of column generation: see colgen_ask.h. */
#include "plan/colgen_ask.h"

#include "plan/branch.h"
#include "plan/colgen_part.h"

#include <string.h>

/* A Lagrangian sum of no plan at all. */
#define NO_PLAN (INT64_MIN / 4)

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
    reply->bound = reply->value = result.bound;
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

static gint compare_columns(gconstpointer a, gconstpointer b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

bool colgen_ask_keep(Colgen *colgen, int32_t formation, GArray *plan)
{
    GPtrArray *known = colgen->known[formation];
    g_array_sort(plan, compare_columns);
    bool fresh = true;
    for (guint i = 0; i < known->len && fresh; i++) {
        const GArray *other = known->pdata[i];
        fresh = other->len != plan->len || memcmp(other->data, plan->data, sizeof(int32_t) * plan->len) != 0;
        if (!fresh)
            g_ptr_array_remove_index(known, i);
    }
    g_ptr_array_add(known, plan);
    return fresh;
}

/* A formation's best whole plan at colgen->prices, and the bound proven. NULL when it found none that was not known. */
static OuterAnswer *ask_plan(Colgen *colgen, int32_t formation, Pricing *pricing, Reply *reply)
{
    Master *master = colgen->masters[formation];
    BranchEffort effort = {colgen->part[formation], colgen->nodes, colgen->deeper ? colgen->tree_work : 0,
                           colgen->tolerance, colgen->known[formation]};
    BranchResult result = branch_formation(master, pricing, colgen->prices, colgen->problem, formation, &effort);
    if (!colgen->deeper || result.bound < reply->bound) {
        preuve_node_free(reply->proof);
        reply->bound = result.bound;
        reply->proof = result.proof;
    } else {
        preuve_node_free(result.proof);
    }
    reply->value = result.value;
    bool found = result.value > INT64_MIN, fresh = colgen_ask_keep(colgen, formation, result.plan);
    return found && fresh ? colgen_ask_answer(colgen, formation, result.plan) : NULL;
}

/* The tree leaves more between its plan and its bound than is near enough. */
static bool is_apart(const Colgen *colgen, const Reply *reply)
{
    return reply->bound == INT64_MAX ||
           (reply->bound > INT64_MIN && (double)reply->bound - (double)reply->value > (double)colgen->tolerance);
}

static void ask_part(void *user, int32_t worker)
{
    Colgen *colgen = user;
    for (int32_t f = 0; f < colgen->problem->model->n_formations; f++) {
        Reply *reply = &colgen->replies[f];
        if (colgen->worker[f] != worker || colgen->masters[f] == NULL || (colgen->deeper && !is_apart(colgen, reply)))
            continue;
        if (!colgen->deeper)
            g_clear_pointer(&reply->proof, preuve_node_free);
        reply->answer = colgen->whole ? ask_plan(colgen, f, colgen->pricing[worker], reply)
                                      : ask_mix(colgen, f, colgen->pricing[worker], reply);
    }
}

/* Formations write only their own besoins' y: any number of threads, one result. */
bool colgen_ask(Colgen *colgen, Outer *outer, bool deeper, ColgenSum *sum)
{
    *sum = (ColgenSum){0, 0};
    bool proven = pricing_prices_worth(colgen->problem, colgen->prices, &sum->bound), empty = false;
    double estimate = (double)sum->bound;
    colgen->deeper = deeper;
    crew_run(colgen->crew, ask_part, colgen);
    for (int32_t f = 0; f < colgen->problem->model->n_formations; f++) {
        Reply *reply = &colgen->replies[f];
        if (colgen->masters[f] == NULL)
            continue;
        empty = empty || reply->bound == INT64_MIN;
        proven = proven && reply->bound < INT64_MAX && !__builtin_add_overflow(sum->bound, reply->bound, &sum->bound);
        estimate += (double)(reply->value > INT64_MIN ? reply->value : reply->bound);
        OuterAnswer *answer = g_steal_pointer(&reply->answer);
        if (answer == NULL)
            continue;
        g_ptr_array_add(colgen->whole ? colgen->plans : colgen->mixes, answer);
        outer_add(outer, answer);
    }
    if (empty) /* the part has no plan */
        sum->bound = NO_PLAN;
    sum->estimate = empty ? (double)NO_PLAN : estimate;
    return proven || empty;
}
