/* Branch and bound for one formation: see branch.h. */
#include "plan/branch.h"

#include <math.h>
#include <string.h>

/* Distance from an integer below which a sum of LP values counts as one. */
#define WHOLE 1e-6
/* Nodes of a tree that look for plans all ways, and how many ways the others have: they are there for the bound. */
#define DIVING_NODES 4
#define DEEP_DIVES 2

typedef struct {
    MasterNode *node;
    PreuveNode *proof; /* borrowed from the tree of proofs */
    int64_t bound;
} Open;

typedef struct {
    Master *master;
    Pricing *pricing;
    PricingPrices *prices;
    const Problem *problem;
    ProblemSlice besoins, slots;
    int32_t *left, *count; /* scratch: learners by besoin, sessions by slot */
    MasterNode *root;      /* the part of the formation's plans in question */
    GArray *open;          /* Open */
    int64_t tolerance;
    BranchResult result;
} Tree;

static bool is_whole(double x)
{
    return fabs(x - round(x)) < WHOLE;
}

/* ---- plans ---- */

static int32_t forced_learners(const ProblemSlot *slot, int32_t link)
{
    int32_t n = 0;
    for (int32_t i = 0; i < slot->n_forced; i++)
        n += slot->forced[i].link == link ? slot->forced[i].effectif : 0;
    return n;
}

static bool fits(const Tree *tree, const MasterColumn *column)
{
    const ProblemSlot *slot = &tree->problem->slots[column->slot];
    if (tree->count[column->slot] >= slot->capacity)
        return false;
    for (int32_t i = 0; i < column->n_seats;) {
        int32_t link = column->seats[i].link, learners = 0;
        for (; i < column->n_seats && column->seats[i].link == link; i++)
            learners += column->seats[i].effectif;
        if (learners - forced_learners(slot, link) > tree->left[slot->links[link].besoin])
            return false;
    }
    return true;
}

static void take(Tree *tree, const MasterColumn *column)
{
    const ProblemSlot *slot = &tree->problem->slots[column->slot];
    tree->count[column->slot]++;
    for (int32_t i = 0; i < slot->n_forced; i++)
        tree->left[slot->links[slot->forced[i].link].besoin] += slot->forced[i].effectif;
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

/* Empties the scratch plan: all learners left, no session. Returns the number of fixed sessions to hold. */
static int32_t start_over(Tree *tree)
{
    const Problem *p = tree->problem;
    int32_t fixed = 0;
    for (int32_t i = 0; i < tree->besoins.n; i++) {
        int32_t besoin = p->besoins_by_formation[tree->besoins.first + i];
        tree->left[besoin] = p->model->besoins[besoin].effectif - p->promised[besoin];
    }
    for (int32_t i = 0; i < tree->slots.n; i++) {
        int32_t slot = p->slots_by_formation[tree->slots.first + i];
        tree->count[slot] = 0;
        fixed += p->slots[slot].fixee != MODEL_NONE;
    }
    return fixed;
}

/* A plan is of the part in question. */
static bool is_of_part(const Tree *tree, const GArray *plan)
{
    int32_t n;
    const MasterColumn *columns = master_columns(tree->master, &n);
    const Caps *caps = master_caps(tree->master);
    for (guint i = 0; caps != NULL && i < plan->len; i++) {
        const MasterColumn *c = &columns[g_array_index(plan, int32_t, i)];
        if (!caps_allow(caps, c->slot, c->start, c->seats, c->n_seats))
            return false;
    }
    return master_node_allows(tree->master, tree->root, plan);
}

/* Keeps a plan if it is the best; frees it else. */
static void offer(Tree *tree, GArray *plan, int32_t fixed_missing)
{
    int32_t n;
    const MasterColumn *columns = master_columns(tree->master, &n);
    int64_t value = 0;
    for (guint i = 0; i < plan->len; i++)
        value += master_value(tree->problem, tree->prices, &columns[g_array_index(plan, int32_t, i)]);
    if (fixed_missing > 0 || value <= tree->result.value || !is_of_part(tree, plan)) {
        g_array_free(plan, TRUE);
        return;
    }
    tree->result.value = value;
    g_array_free(tree->result.plan, TRUE);
    tree->result.plan = plan;
}

/* The column of a session, made when new; MODEL_NONE when it cannot be one. */
static int32_t column_of(Tree *tree, const PricingSession *session)
{
    int32_t n, at;
    if (!master_add(tree->master, session->slot, session->start, session->seats, session->n_seats, &at))
        return MODEL_NONE;
    master_columns(tree->master, &n);
    return at;
}

/* The best session of a slot for the learners left. */
typedef struct {
    PricingSession session;
    bool found, stale;
} Candidate;

static void price_candidate(Tree *tree, int32_t slot, Candidate *candidate)
{
    const ProblemSlot *row = &tree->problem->slots[slot];
    const Caps *caps = master_caps(tree->master);
    PricingLimits limits = {.left = tree->left, .absents = caps != NULL ? caps_absents : NULL, .context = caps};
    candidate->stale = false;
    candidate->found = tree->count[slot] < row->capacity &&
                       pricing_best(tree->pricing, tree->prices, &limits, slot, &candidate->session);
    if (!candidate->found)
        return;
    bool must = row->fixee != MODEL_NONE;
    candidate->found = must || candidate->session.value > 0;
    candidate->session.reduced = must ? INT64_MAX : candidate->session.reduced;
}

/* The best candidate; those that became stale are priced again only when they lead (Minoux 1978). MODEL_NONE: none
 * left. */
static int32_t best_candidate(Tree *tree, Candidate *candidates)
{
    for (;;) {
        int32_t best = MODEL_NONE;
        for (int32_t i = 0; i < tree->slots.n; i++)
            if (candidates[i].found &&
                (best == MODEL_NONE || candidates[i].session.reduced > candidates[best].session.reduced))
                best = i;
        if (best == MODEL_NONE || !candidates[best].stale)
            return best;
        price_candidate(tree, tree->problem->slots_by_formation[tree->slots.first + best], &candidates[best]);
    }
}

/* Goes on from the scratch plan: takes the best session for the learners left, again and again. part: how much of y
 * counts (all: as the LP sees it; nothing: as if no later session wanted these learners). */
static void complete(Tree *tree, GArray *plan, int32_t *fixed, double part)
{
    const Problem *p = tree->problem;
    g_autofree int64_t *y = g_new(int64_t, tree->besoins.n + 1);
    for (int32_t i = 0; i < tree->besoins.n; i++) {
        int64_t *price = &tree->prices->y[p->besoins_by_formation[tree->besoins.first + i]];
        y[i] = *price;
        *price = (int64_t)((double)*price * part);
    }
    g_autofree Candidate *candidates = g_new0(Candidate, tree->slots.n + 1);
    for (int32_t i = 0; i < tree->slots.n; i++) {
        int32_t slot = p->slots_by_formation[tree->slots.first + i];
        candidates[i].session.seats = g_new0(ProblemSeat, p->slots[slot].q_max + 1);
        price_candidate(tree, slot, &candidates[i]);
    }
    for (int32_t at; (at = best_candidate(tree, candidates)) != MODEL_NONE;) {
        int32_t slot = candidates[at].session.slot, n, column = column_of(tree, &candidates[at].session);
        candidates[at].found = column != MODEL_NONE;
        if (column == MODEL_NONE)
            continue;
        take(tree, &master_columns(tree->master, &n)[column]);
        *fixed -= p->slots[slot].fixee != MODEL_NONE;
        g_array_append_val(plan, column);
        for (int32_t i = 0; i < tree->slots.n; i++)
            candidates[i].stale = true;
    }
    for (int32_t i = 0; i < tree->slots.n; i++)
        g_free(candidates[i].session.seats);
    for (int32_t i = 0; i < tree->besoins.n; i++)
        tree->prices->y[p->besoins_by_formation[tree->besoins.first + i]] = y[i];
}

/* Plans from the LP solution at hand: its largest shares first (the `first`-th of them before all), then completed. */
static void dive(Tree *tree, int32_t first, double least_share, double part)
{
    const Problem *p = tree->problem;
    int32_t n, n_ranked = 0, fixed = start_over(tree);
    const MasterColumn *columns = master_columns(tree->master, &n);
    g_autofree Ranked *ranked = g_new(Ranked, n + 1);
    for (int32_t i = 0; i < n; i++)
        if (columns[i].x > WHOLE)
            ranked[n_ranked++] = (Ranked){columns[i].x, i};
    qsort(ranked, (size_t)n_ranked, sizeof(Ranked), compare_ranked);
    if (first >= MAX(n_ranked, 1))
        return;
    GArray *plan = g_array_new(FALSE, FALSE, sizeof(int32_t));
    for (int32_t i = -1; i < n_ranked; i++) {
        const Ranked *at = &ranked[i < 0 ? first : i];
        if (n_ranked == 0 || (i >= 0 && at->key < least_share) || !fits(tree, &columns[at->column]))
            continue;
        take(tree, &columns[at->column]);
        fixed -= p->slots[columns[at->column].slot].fixee != MODEL_NONE;
        g_array_append_val(plan, at->column);
    }
    complete(tree, plan, &fixed, part);
    offer(tree, plan, fixed);
}

static bool is_met(const Tree *tree, int64_t bound)
{
    /* the first comparison spares the second a bound of INT64_MIN: no plan at all */
    return bound <= tree->result.value ||
           (tree->result.value > INT64_MIN && bound - tree->tolerance <= tree->result.value);
}

/* Dives until a plan meets the bound. */
static void search_plans(Tree *tree, int64_t bound)
{
    static const struct {
        int32_t first;
        double least_share, part;
    } dives[] = {{0, 0.9, 1}, {0, 0.5, 0.5}, {0, 0.5, 0}, {1, 0.9, 1}, {2, 0.9, 1}, {1, 0.5, 0.5}, {2, 0.5, 0.5}};
    size_t n = tree->result.n_nodes < DIVING_NODES ? G_N_ELEMENTS(dives) : DEEP_DIVES;
    for (size_t i = 0; i < n && !is_met(tree, bound); i++)
        dive(tree, dives[i].first, dives[i].least_share, dives[i].part);
}

/* ---- branching ---- */

static void push(Tree *tree, MasterNode *node, PreuveNode *proof, int64_t bound)
{
    Open open = {node, proof, bound};
    g_array_append_val(tree->open, open);
}

static int32_t slot_at(const Tree *tree, int32_t position)
{
    return tree->problem->slots_by_formation[tree->slots.first + position];
}

/* Two children that differ in one count: <= floor, >= floor + 1. */
static void split(Tree *tree, const Open *at, PreuveCount count, double sum, int64_t bound)
{
    int32_t below = (int32_t)floor(sum + WHOLE);
    preuve_node_split(at->proof, count, below);
    for (int32_t side = 0; side < 2; side++) {
        MasterNode *child = master_node_copy(tree->master, at->node);
        MasterRow limit = {count, side == 0 ? 0 : below + 1, side == 0 ? below : INT32_MAX};
        master_node_limit(tree->master, child, &limit);
        push(tree, child, at->proof->children[side], bound);
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

/* The most fractional of sums[0..n-1], if more so than *distance; MODEL_NONE else. */
static int32_t most_fractional(const double *sums, int32_t n, double *distance)
{
    int32_t best = MODEL_NONE;
    for (int32_t i = 0; i < n; i++)
        if (fabs(sums[i] - round(sums[i])) > *distance) {
            *distance = fabs(sums[i] - round(sums[i]));
            best = i;
        }
    return best;
}

/* Kinds of counts of one slot. */
typedef enum { BY_START, BY_SIZE, BY_LINK } CountKind;

/* What a column counts for, by start, by size or by link of its slot. */
static void add_counts(const MasterColumn *column, CountKind kind, double *sums)
{
    int32_t q = 0;
    for (int32_t k = 0; k < column->n_seats; k++) {
        q += column->seats[k].effectif;
        if (kind == BY_LINK)
            sums[column->seats[k].link] += column->x * column->seats[k].effectif;
    }
    if (kind == BY_START)
        sums[column->start] += column->x;
    for (int32_t size = 1; kind == BY_SIZE && size <= q; size++)
        sums[size] += column->x;
}

/* Branches on counts of a kind; false when all are whole. */
static bool branch_on_counts(Tree *tree, const Open *node, CountKind kind, int64_t bound)
{
    const Problem *p = tree->problem;
    int32_t n;
    const MasterColumn *columns = master_columns(tree->master, &n);
    PreuveCount best = {MODEL_NONE, MODEL_NONE, MODEL_NONE, MODEL_NONE};
    double distance = WHOLE, sum = 0;
    for (int32_t i = 0; i < tree->slots.n; i++) {
        int32_t id = slot_at(tree, i);
        const ProblemSlot *slot = &p->slots[id];
        int32_t counts[] = {slot->n_starts, slot->q_max + 1, slot->n_links};
        g_autofree double *sums = g_new0(double, counts[kind] + 1);
        for (int32_t c = 0; c < n; c++)
            if (columns[c].slot == id && columns[c].x > 0)
                add_counts(&columns[c], kind, sums);
        int32_t at = most_fractional(sums, counts[kind], &distance);
        if (at == MODEL_NONE)
            continue;
        best = (PreuveCount){id, kind == BY_START ? at : MODEL_NONE, kind == BY_LINK ? at : MODEL_NONE,
                             kind == BY_SIZE ? at : MODEL_NONE};
        sum = sums[at];
    }
    if (best.slot == MODEL_NONE)
        return false;
    split(tree, node, best, sum, bound);
    return true;
}

/* Splits a solved node; false when its solution gives nothing to branch on. */
static bool branch(Tree *tree, const Open *node, int64_t bound)
{
    const Problem *p = tree->problem;
    g_autofree double *by_slot = g_new0(double, p->n_slots + 1);
    double total = sum_sessions(tree, by_slot);
    PreuveCount count = {MODEL_NONE, MODEL_NONE, MODEL_NONE, MODEL_NONE};
    if (!is_whole(total)) {
        split(tree, node, count, total, bound);
        return true;
    }
    double distance = WHOLE;
    g_autofree double *counts = g_new0(double, tree->slots.n + 1);
    for (int32_t i = 0; i < tree->slots.n; i++)
        counts[i] = by_slot[p->slots_by_formation[tree->slots.first + i]];
    int32_t best = most_fractional(counts, tree->slots.n, &distance);
    if (best != MODEL_NONE) {
        count.slot = slot_at(tree, best);
        split(tree, node, count, counts[best], bound);
        return true;
    }
    return branch_on_counts(tree, node, BY_START, bound) || branch_on_counts(tree, node, BY_SIZE, bound) ||
           branch_on_counts(tree, node, BY_LINK, bound);
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
    int64_t enough = tree->result.value == INT64_MIN ? INT64_MIN : tree->result.value + tree->tolerance;
    MasterResult solved = master_solve(tree->master, tree->pricing, tree->prices, at.node, enough);
    int64_t bound = MIN(at.bound, solved.bound);
    master_preuve(tree->master, at.proof);
    if (solved.solved && !is_met(tree, bound))
        search_plans(tree, bound);
    if (!solved.solved || is_met(tree, bound)) {
        *unexplored = MAX(*unexplored, bound);
        return;
    }
    bool whole = solved.feasible && solution_is_whole(tree);
    if (whole || !branch(tree, &at, bound))
        *unexplored = MAX(*unexplored, bound);
}

BranchResult branch_formation(Master *master, Pricing *pricing, PricingPrices *prices, const Problem *problem,
                              int32_t formation, const BranchEffort *effort)
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
    tree.root = effort->root != NULL ? master_node_copy(master, effort->root) : master_node_root(master);
    if (master_node_allows(master, tree.root, tree.result.plan))
        tree.result.value = 0; /* no session at all */
    tree.tolerance = effort->tolerance;
    for (guint i = 0; effort->plans != NULL && i < effort->plans->len; i++) {
        const GArray *plan = effort->plans->pdata[i];
        GArray *copy = g_array_new(FALSE, FALSE, sizeof(int32_t));
        g_array_append_vals(copy, plan->data, plan->len);
        offer(&tree, copy, 0);
    }
    tree.result.proof = preuve_node_new();
    push(&tree, master_node_copy(master, tree.root), tree.result.proof, INT64_MAX);
    int64_t end = pricing_work(pricing) + effort->work;
    while (tree.open->len > 0 && (tree.result.n_nodes < effort->max_nodes || pricing_work(pricing) < end)) {
        Open at = pop(&tree);
        if (is_met(&tree, at.bound))
            unexplored = MAX(unexplored, at.bound);
        else
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
    preuve_node_settle(tree.result.proof);
    g_array_free(tree.open, TRUE);
    master_node_free(tree.root);
    g_free(tree.left);
    g_free(tree.count);
    return tree.result;
}
