/* Branch and bound for one formation: see branch.h. */
#include "plan/branch.h"

#include <math.h>
#include <string.h>

/* Distance from an integer below which a sum of LP values counts as one. */
#define WHOLE 1e-6

typedef struct {
    MasterNode *node;
    int64_t bound;
} Open;

typedef struct {
    Master *master;
    Pricing *pricing;
    PricingPrices *prices;
    const Problem *problem;
    ProblemSlice besoins, slots;
    int32_t *left, *count; /* scratch: learners by besoin, sessions by slot */
    GArray *open;          /* Open */
    BranchResult result;
} Tree;

static bool is_whole(double x)
{
    return fabs(x - round(x)) < WHOLE;
}

/* ---- plans ---- */

static bool fits(const Tree *tree, const MasterColumn *column)
{
    const ProblemSlot *slot = &tree->problem->slots[column->slot];
    if (tree->count[column->slot] >= slot->capacity)
        return false;
    for (int32_t i = 0; i < column->n_seats;) {
        int32_t link = column->seats[i].link, learners = 0;
        for (; i < column->n_seats && column->seats[i].link == link; i++)
            learners += column->seats[i].effectif;
        if (learners > tree->left[slot->links[link].besoin])
            return false;
    }
    return true;
}

static void take(Tree *tree, const MasterColumn *column)
{
    const ProblemSlot *slot = &tree->problem->slots[column->slot];
    tree->count[column->slot]++;
    for (int32_t i = 0; i < column->n_seats; i++)
        tree->left[slot->links[column->seats[i].link].besoin] -= column->seats[i].effectif;
}

typedef struct {
    double key;
    int32_t column;
} Ranked;

static int compare_ranked(const void *a, const void *b)
{
    const Ranked *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? 1 : -1;
    return (x->column > y->column) - (x->column < y->column);
}

/* Takes columns in the order of their share in the LP solution (whole shares first), then by value, while they fit. */
static void round_solution(Tree *tree)
{
    const Problem *p = tree->problem;
    int32_t n;
    const MasterColumn *columns = master_columns(tree->master, &n);
    for (int32_t i = 0; i < tree->besoins.n; i++) {
        int32_t besoin = p->besoins_by_formation[tree->besoins.first + i];
        tree->left[besoin] = p->model->besoins[besoin].effectif;
    }
    int32_t fixed = 0;
    for (int32_t i = 0; i < tree->slots.n; i++) {
        int32_t slot = p->slots_by_formation[tree->slots.first + i];
        tree->count[slot] = 0;
        fixed += p->slots[slot].fixee != MODEL_NONE;
    }
    g_autofree Ranked *ranked = g_new(Ranked, n + 1);
    g_autofree int64_t *values = g_new(int64_t, n + 1);
    int64_t largest = 1;
    for (int32_t i = 0; i < n; i++) {
        values[i] = master_value(p, tree->prices, &columns[i]);
        largest = MAX(largest, ABS(values[i]));
    }
    for (int32_t i = 0; i < n; i++) {
        double share = columns[i].x > WHOLE ? columns[i].x : 0;
        /* fixed sessions must be held: theirs come first, the best of them in the solution before the rest */
        if (p->slots[columns[i].slot].fixee != MODEL_NONE)
            share += 1e6;
        ranked[i] = (Ranked){share * 1e3 + (double)values[i] / (double)largest, i};
    }
    qsort(ranked, (size_t)n, sizeof(Ranked), compare_ranked);
    GArray *plan = g_array_new(FALSE, FALSE, sizeof(int32_t));
    int64_t value = 0;
    for (int32_t i = 0; i < n; i++) {
        const MasterColumn *column = &columns[ranked[i].column];
        bool must = p->slots[column->slot].fixee != MODEL_NONE;
        while ((must || values[ranked[i].column] > 0) && fits(tree, column)) {
            take(tree, column);
            fixed -= must;
            value += values[ranked[i].column];
            g_array_append_val(plan, ranked[i].column);
        }
    }
    if (fixed == 0 && value > tree->result.value) {
        tree->result.value = value;
        g_array_free(tree->result.plan, TRUE);
        tree->result.plan = plan;
    } else {
        g_array_free(plan, TRUE);
    }
}

/* ---- branching ---- */

static void push(Tree *tree, MasterNode *node, int64_t bound)
{
    Open open = {node, bound};
    g_array_append_val(tree->open, open);
}

/* Two children that differ in one count: <= floor, >= floor + 1. */
static void branch_count(Tree *tree, const MasterNode *node, int32_t slot, double count, int64_t bound)
{
    int32_t below = (int32_t)floor(count + WHOLE);
    for (int32_t side = 0; side < 2; side++) {
        MasterNode *child = master_node_copy(tree->master, node);
        int32_t *lower = slot == MODEL_NONE ? &child->total_lower : &child->lower[slot];
        int32_t *upper = slot == MODEL_NONE ? &child->total_upper : &child->upper[slot];
        if (side == 0)
            *upper = below;
        else
            *lower = below + 1;
        push(tree, child, bound);
    }
}

static void branch_seats(Tree *tree, const MasterNode *node, int32_t slot, int32_t link, double learners, int64_t bound)
{
    const Problem *p = tree->problem;
    const ProblemSlot *row = &p->slots[p->slots_by_formation[tree->slots.first + slot]];
    int32_t below = (int32_t)floor(learners + WHOLE);
    for (int32_t side = 0; side < 2; side++) {
        MasterNode *child = master_node_copy(tree->master, node);
        guint at = 0;
        while (at < child->seats->len && (g_array_index(child->seats, MasterSeatRow, at).slot != slot ||
                                          g_array_index(child->seats, MasterSeatRow, at).link != link))
            at++;
        if (at == child->seats->len) {
            MasterSeatRow fresh = {slot, link, 0, p->model->besoins[row->links[link].besoin].effectif};
            g_array_append_val(child->seats, fresh);
        }
        MasterSeatRow *bounds = &g_array_index(child->seats, MasterSeatRow, at);
        if (side == 0)
            bounds->upper = below;
        else
            bounds->lower = below + 1;
        push(tree, child, bound);
    }
}

/* Sums of the LP solution: sessions by slot, learners by (slot, link) of one slot. */
static double sum_sessions(const Tree *tree, double *by_slot)
{
    const Problem *p = tree->problem;
    int32_t n;
    const MasterColumn *columns = master_columns(tree->master, &n);
    double total = 0;
    for (int32_t i = 0; i < tree->slots.n; i++)
        by_slot[p->slots_by_formation[tree->slots.first + i]] = 0;
    for (int32_t i = 0; i < n; i++) {
        by_slot[columns[i].slot] += columns[i].x;
        total += columns[i].x;
    }
    return total;
}

static bool branch_on_seats(Tree *tree, const MasterNode *node, int64_t bound)
{
    const Problem *p = tree->problem;
    int32_t n, best_slot = MODEL_NONE, best_link = MODEL_NONE;
    const MasterColumn *columns = master_columns(tree->master, &n);
    double best = WHOLE, learners = 0;
    for (int32_t i = 0; i < tree->slots.n; i++) {
        int32_t slot = p->slots_by_formation[tree->slots.first + i];
        g_autofree double *sums = g_new0(double, p->slots[slot].n_links + 1);
        for (int32_t c = 0; c < n; c++)
            for (int32_t k = 0; columns[c].slot == slot && columns[c].x > 0 && k < columns[c].n_seats; k++)
                sums[columns[c].seats[k].link] += columns[c].x * columns[c].seats[k].effectif;
        for (int32_t k = 0; k < p->slots[slot].n_links; k++) {
            double distance = fabs(sums[k] - round(sums[k]));
            if (distance <= best)
                continue;
            best = distance;
            best_slot = i;
            best_link = k;
            learners = sums[k];
        }
    }
    if (best_slot == MODEL_NONE)
        return false;
    branch_seats(tree, node, best_slot, best_link, learners, bound);
    return true;
}

/* Splits a solved node; false when its solution gives nothing to branch on. */
static bool branch(Tree *tree, const MasterNode *node, int64_t bound)
{
    const Problem *p = tree->problem;
    g_autofree double *by_slot = g_new0(double, p->n_slots + 1);
    double total = sum_sessions(tree, by_slot);
    if (!is_whole(total)) {
        branch_count(tree, node, MODEL_NONE, total, bound);
        return true;
    }
    int32_t best = MODEL_NONE;
    double distance = WHOLE;
    for (int32_t i = 0; i < tree->slots.n; i++) {
        double count = by_slot[p->slots_by_formation[tree->slots.first + i]];
        if (fabs(count - round(count)) > distance) {
            distance = fabs(count - round(count));
            best = i;
        }
    }
    if (best != MODEL_NONE) {
        branch_count(tree, node, best, by_slot[p->slots_by_formation[tree->slots.first + best]], bound);
        return true;
    }
    return branch_on_seats(tree, node, bound);
}

static bool solution_is_whole(const Tree *tree)
{
    int32_t n;
    const MasterColumn *columns = master_columns(tree->master, &n);
    for (int32_t i = 0; i < n; i++)
        if (!is_whole(columns[i].x))
            return false;
    return true;
}

/* The open node of the largest bound, taken from the list. */
static Open pop(Tree *tree)
{
    guint best = 0;
    for (guint i = 1; i < tree->open->len; i++)
        if (g_array_index(tree->open, Open, i).bound > g_array_index(tree->open, Open, best).bound)
            best = i;
    Open open = g_array_index(tree->open, Open, best);
    g_array_remove_index(tree->open, best);
    return open;
}

/* Solves one node; *unexplored: bound of what it leaves unproven without children. */
static void explore(Tree *tree, Open at, int64_t *unexplored)
{
    MasterResult solved = master_solve(tree->master, tree->pricing, tree->prices, at.node, tree->result.value);
    int64_t bound = MIN(at.bound, solved.bound);
    if (!solved.solved) {
        *unexplored = MAX(*unexplored, bound);
        return;
    }
    if (bound <= tree->result.value)
        return;
    round_solution(tree);
    if (bound <= tree->result.value)
        return;
    bool whole = solved.feasible && solution_is_whole(tree);
    if (whole || !branch(tree, at.node, bound))
        *unexplored = MAX(*unexplored, bound);
}

BranchResult branch_formation(Master *master, Pricing *pricing, PricingPrices *prices, const Problem *problem,
                              int32_t formation, int32_t max_nodes)
{
    Tree tree = {.master = master, .pricing = pricing, .prices = prices, .problem = problem};
    tree.besoins = problem->formation_besoins[formation];
    tree.slots = problem->formation_slots[formation];
    tree.left = g_new0(int32_t, problem->model->n_besoins + 1);
    tree.count = g_new0(int32_t, problem->n_slots + 1);
    tree.open = g_array_new(FALSE, FALSE, sizeof(Open));
    tree.result = (BranchResult){.value = INT64_MIN, .plan = g_array_new(FALSE, FALSE, sizeof(int32_t))};
    g_autofree int64_t *root_y = g_new(int64_t, tree.besoins.n + 1);
    int64_t unexplored = INT64_MIN;
    bool fixed = false;
    for (int32_t i = 0; i < tree.slots.n; i++)
        fixed = fixed || problem->slots[problem->slots_by_formation[tree.slots.first + i]].fixee != MODEL_NONE;
    if (!fixed)
        tree.result.value = 0; /* no session at all */
    push(&tree, master_node_root(master), INT64_MAX);
    while (tree.open->len > 0 && tree.result.n_nodes < max_nodes) {
        Open at = pop(&tree);
        if (at.bound > tree.result.value)
            explore(&tree, at, &unexplored);
        master_node_free(at.node);
        if (tree.result.n_nodes++ == 0)
            for (int32_t i = 0; i < tree.besoins.n; i++)
                root_y[i] = prices->y[problem->besoins_by_formation[tree.besoins.first + i]];
    }
    tree.result.bound = MAX(unexplored, tree.result.value);
    for (guint i = 0; i < tree.open->len; i++) {
        tree.result.bound = MAX(tree.result.bound, g_array_index(tree.open, Open, i).bound);
        master_node_free(g_array_index(tree.open, Open, i).node);
    }
    for (int32_t i = 0; i < tree.besoins.n; i++)
        prices->y[problem->besoins_by_formation[tree.besoins.first + i]] = root_y[i];
    g_array_free(tree.open, TRUE);
    g_free(tree.left);
    g_free(tree.count);
    return tree.result;
}
