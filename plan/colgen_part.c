/* Column generation on a part of a region's plans: see colgen_part.h. */
#include "plan/colgen_part.h"

static void cap_part(void *user, int32_t worker)
{
    Colgen *colgen = user;
    for (int32_t f = 0; f < colgen->problem->model->n_formations; f++)
        if (colgen->worker[f] == worker && colgen->masters[f] != NULL)
            master_set_caps(colgen->masters[f], colgen->caps);
}

void colgen_part_set(Colgen *colgen, const GArray *limits, const PricingPrices *prices)
{
    const Problem *p = colgen->problem;
    for (int32_t f = 0; f < p->model->n_formations; f++)
        g_clear_pointer(&colgen->part[f], master_node_free);
    for (guint i = 0; limits != NULL && i < limits->len; i++) {
        const MasterRow *limit = &g_array_index(limits, MasterRow, i);
        int32_t f = p->model->offres[p->slots[limit->count.slot].offre].formation;
        if (colgen->part[f] == NULL)
            colgen->part[f] = master_node_root(colgen->masters[f]);
        master_node_limit(colgen->masters[f], colgen->part[f], limit);
    }
    g_clear_pointer(&colgen->proof, preuve_stage_free);
    pricing_prices_copy(p, colgen->best, prices);
    caps_free(colgen->caps);
    colgen->caps = limits != NULL ? caps_new(p, limits) : NULL;
    g_array_set_size(colgen->limits, 0);
    if (limits != NULL)
        g_array_append_vals(colgen->limits, limits->data, limits->len);
    crew_run(colgen->crew, cap_part, colgen);
}

/* No plan of the node holds none of the formation's sessions. */
static bool must_hold(const Master *master, const MasterNode *node)
{
    return !master_node_allows_mix(master, node, NULL, 0);
}

MasterNode *colgen_part_node(const Colgen *colgen, int32_t formation)
{
    const MasterNode *part = colgen->part[formation];
    const Master *master = colgen->masters[formation];
    return part != NULL ? master_node_copy(master, part) : master_node_root(master);
}

bool colgen_part_has(const Colgen *colgen, const OuterAnswer *answer)
{
    const MasterNode *part = colgen->part[outer_answer_formation(answer)];
    return (part == NULL || outer_answer_within(answer, part)) &&
           (colgen->caps == NULL || outer_answer_allowed(answer, colgen->caps));
}

bool colgen_part_must_hold(const Colgen *colgen, int32_t formation)
{
    MasterNode *node = colgen_part_node(colgen, formation);
    bool must = must_hold(colgen->masters[formation], node);
    master_node_free(node);
    return must;
}

double colgen_part_value(Colgen *colgen, const MasterRow *limit)
{
    const Problem *p = colgen->problem;
    int32_t f = p->model->offres[p->slots[limit->count.slot].offre].formation;
    MasterNode *node = colgen_part_node(colgen, f);
    master_node_limit(colgen->masters[f], node, limit);
    GArray *limits = g_array_copy(colgen->limits);
    g_array_append_vals(limits, limit, 1);
    Caps *caps = caps_new(p, limits);
    double value = outer_value_within(colgen->outer, f, must_hold(colgen->masters[f], node), node, caps);
    master_node_free(node);
    caps_free(caps);
    g_array_unref(limits);
    return value;
}
