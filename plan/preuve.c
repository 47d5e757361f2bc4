/* Recorded multipliers: see preuve.h. */
#include "plan/preuve.h"

PreuveNode *preuve_node_new(void)
{
    PreuveNode *node = g_new0(PreuveNode, 1);
    node->bound = INT64_MAX;
    return node;
}

static void forget_multipliers(PreuveNode *node)
{
    g_clear_pointer(&node->y, g_free);
    if (node->duals != NULL)
        g_array_free(node->duals, TRUE);
    node->duals = NULL;
}

static void forget_children(PreuveNode *node)
{
    preuve_node_free(node->children[0]);
    preuve_node_free(node->children[1]);
    node->children[0] = node->children[1] = NULL;
}

void preuve_node_free(PreuveNode *node)
{
    if (node == NULL)
        return;
    forget_multipliers(node);
    forget_children(node);
    g_free(node);
}

void preuve_node_split(PreuveNode *node, PreuveCount count, int32_t below)
{
    g_assert(node->children[0] == NULL);
    node->count = count;
    node->below = below;
    node->children[0] = preuve_node_new();
    node->children[1] = preuve_node_new();
}

int64_t preuve_node_settle(PreuveNode *node)
{
    if (node->children[0] == NULL)
        return node->bound;
    int64_t left = preuve_node_settle(node->children[0]), right = preuve_node_settle(node->children[1]);
    if (MAX(left, right) < node->bound) {
        forget_multipliers(node);
        node->bound = MAX(left, right);
    } else {
        forget_children(node);
    }
    return node->bound;
}

PreuveStage *preuve_stage_new(const Problem *problem, const PricingPrices *prices)
{
    PreuveStage *stage = g_new0(PreuveStage, 1);
    stage->prices = pricing_prices_new(problem);
    pricing_prices_copy(problem, stage->prices, prices);
    stage->n_formations = problem->model->n_formations;
    return stage;
}

void preuve_stage_free(PreuveStage *stage)
{
    if (stage == NULL)
        return;
    for (int32_t f = 0; f < stage->n_formations && stage->formations != NULL; f++)
        preuve_node_free(stage->formations[f]);
    g_free(stage->formations);
    pricing_prices_free(stage->prices);
    preuve_stage_free(stage->children[0]);
    preuve_stage_free(stage->children[1]);
    g_free(stage);
}

void preuve_stage_split(PreuveStage *stage, PreuveCount count, int32_t below, PreuveStage *most, PreuveStage *more)
{
    g_assert(stage->children[0] == NULL);
    stage->count = count;
    stage->below = below;
    stage->children[0] = most;
    stage->children[1] = more;
}

void preuve_stage_swap(PreuveStage *a, PreuveStage *b)
{
    g_assert(a->children[0] == NULL && b->children[0] == NULL);
    PreuveStage old = *a;
    *a = *b;
    *b = old;
}

PreuveStage *preuve_stage_void(const PreuveStage *points)
{
    PreuveStage *stage = g_new0(PreuveStage, 1);
    stage->cost = true;
    stage->bound = INT64_MAX;
    stage->empty = points;
    return stage;
}

int64_t preuve_stage_bound(const PreuveStage *stage)
{
    if (stage->children[0] == NULL)
        return stage->bound;
    int64_t left = preuve_stage_bound(stage->children[0]), right = preuve_stage_bound(stage->children[1]);
    return stage->cost ? MAX(stage->bound, MIN(left, right)) : MIN(stage->bound, MAX(left, right));
}

PreuveStage *preuve_stage_plain(const Problem *problem, bool cost, int64_t target, int64_t bound)
{
    PricingPrices *prices = pricing_prices_new(problem);
    prices->w_points = !cost;
    prices->w_cost = cost;
    g_autofree bool *reachable = problem_reachable(problem);
    for (int32_t b = 0; b < problem->model->n_besoins && !cost; b++)
        prices->y[b] = reachable[b] ? problem->points[b] : 0;
    PreuveStage *stage = preuve_stage_new(problem, prices);
    pricing_prices_free(prices);
    stage->cost = cost;
    stage->target = target;
    stage->bound = stage->value = bound;
    return stage;
}
