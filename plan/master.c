/* Column generation for one formation: see master.h. */
#include "plan/master.h"

#include "plan/lp.h"

#include <math.h>
#include <string.h>

/* A column enters when its reduced value exceeds this part of the value of a typical session. */
#define TOLERANCE 1e-7
/* Of the fixed point; above, sums of y over a session could overflow. */
#define MOST_DUAL 4503599627370496.0 /* 2^52 */

struct Master {
    const Problem *problem;
    ProblemSlice besoins, slots; /* of the formation: rows 0.. are besoins, then slots, then the total */
    Lp *lp;
    GArray *columns;       /* MasterColumn */
    GArray *lp_columns;    /* int32_t: their columns in the LP; MODEL_NONE: not there, no pricing has asked for it */
    GArray *priced;        /* int32_t: columns that are, in order of coming */
    PricingPrices *prices; /* those of the LP's objective, y apart; NULL: none yet */
    guint n_valued;        /* of `priced`: have their objective at these prices */
    double largest;        /* value among them */
    GHashTable *known;     /* GBytes of (slot, start, seats) → position + 1 */
    GArray *slacks;        /* int32_t: LP columns that let a lower bound be missed, at a price no session is worth */
    GArray *rows;          /* PreuveCount: of the branching rows made so far, from first_row on */
    int32_t first_row;
    int64_t *bonus, *start_bonus, *size_bonus; /* scratch, by link, by start, by group size */
    PreuveNode *proof;                         /* of the last bound */
    const Caps *caps;                          /* see master_set_caps() */
};

static void clear_column(gpointer data)
{
    MasterColumn *column = data;
    g_free(column->seats);
    g_free(column->racs);
    session_measure_clear(&column->measure);
}

static int32_t slot_at(const Master *master, int32_t position)
{
    return master->problem->slots_by_formation[master->slots.first + position];
}

static int32_t besoin_at(const Master *master, int32_t position)
{
    return master->problem->besoins_by_formation[master->besoins.first + position];
}

static int32_t position(const int32_t *rows, ProblemSlice slice, int32_t wanted)
{
    int32_t low = 0, high = slice.n;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (rows[slice.first + middle] < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_slack(Master *master, int32_t row)
{
    int32_t column = lp_add_column(master->lp, -1, 0, INFINITY, 1, &row, (double[]){1});
    g_array_append_val(master->slacks, column);
}

Master *master_new(const Problem *problem, int32_t formation)
{
    const Problem *p = problem;
    Master *master = g_new0(Master, 1);
    master->problem = p;
    master->besoins = p->formation_besoins[formation];
    master->slots = p->formation_slots[formation];
    master->columns = g_array_new(FALSE, TRUE, sizeof(MasterColumn));
    g_array_set_clear_func(master->columns, clear_column);
    master->lp_columns = g_array_new(FALSE, FALSE, sizeof(int32_t));
    master->priced = g_array_new(FALSE, FALSE, sizeof(int32_t));
    master->slacks = g_array_new(FALSE, FALSE, sizeof(int32_t));
    master->rows = g_array_new(FALSE, FALSE, sizeof(PreuveCount));
    master->known = g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
    master->lp = lp_new();
    for (int32_t i = 0; i < master->besoins.n; i++)
        lp_add_row(master->lp, -INFINITY, p->model->besoins[besoin_at(master, i)].effectif);
    int32_t links = 0, starts = 0, sizes = 0;
    for (int32_t i = 0; i < master->slots.n; i++) {
        sizes = MAX(sizes, p->slots[slot_at(master, i)].q_max);
        links = MAX(links, p->slots[slot_at(master, i)].n_links);
        starts = MAX(starts, p->slots[slot_at(master, i)].n_starts);
        add_slack(master, lp_add_row(master->lp, 0, 0));
    }
    add_slack(master, lp_add_row(master->lp, 0, 0));
    master->first_row = master->besoins.n + master->slots.n + 1;
    master->bonus = g_new0(int64_t, links + 1);
    master->start_bonus = g_new0(int64_t, starts + 1);
    master->size_bonus = g_new0(int64_t, sizes + 1);
    master->proof = preuve_node_new();
    return master;
}

void master_free(Master *master)
{
    if (master == NULL)
        return;
    lp_free(master->lp);
    g_array_free(master->columns, TRUE);
    g_array_free(master->lp_columns, TRUE);
    g_array_free(master->priced, TRUE);
    pricing_prices_free(master->prices);
    g_array_free(master->slacks, TRUE);
    g_array_free(master->rows, TRUE);
    g_hash_table_unref(master->known);
    g_free(master->bonus);
    g_free(master->start_bonus);
    g_free(master->size_bonus);
    preuve_node_free(master->proof);
    g_free(master);
}

/* ---- nodes ---- */

static bool same_count(const PreuveCount *a, const PreuveCount *b)
{
    return a->slot == b->slot && a->start == b->start && a->link == b->link && a->size == b->size;
}

static MasterNode *node_new(int32_t n_slots)
{
    MasterNode *node = g_new0(MasterNode, 1);
    node->lower = g_new0(int32_t, n_slots + 1);
    node->upper = g_new0(int32_t, n_slots + 1);
    node->rows = g_array_new(FALSE, FALSE, sizeof(MasterRow));
    return node;
}

MasterNode *master_node_root(const Master *master)
{
    MasterNode *node = node_new(master->slots.n);
    for (int32_t i = 0; i < master->slots.n; i++) {
        const ProblemSlot *slot = &master->problem->slots[slot_at(master, i)];
        node->upper[i] = MAX(slot->capacity, 0);
        node->lower[i] = slot->fixee != MODEL_NONE;
        node->total_lower += node->lower[i];
        node->total_upper += node->upper[i];
    }
    return node;
}

MasterNode *master_node_copy(const Master *master, const MasterNode *node)
{
    MasterNode *copy = node_new(master->slots.n);
    memcpy(copy->lower, node->lower, sizeof *node->lower * (size_t)master->slots.n);
    memcpy(copy->upper, node->upper, sizeof *node->upper * (size_t)master->slots.n);
    copy->total_lower = node->total_lower;
    copy->total_upper = node->total_upper;
    g_array_append_vals(copy->rows, node->rows->data, node->rows->len);
    return copy;
}

/* The most that a count of a slot's sessions or seats can be. */
static int32_t most_of(const Problem *p, const PreuveCount *count)
{
    const ProblemSlot *slot = &p->slots[count->slot];
    return count->link == MODEL_NONE ? slot->capacity : p->model->besoins[slot->links[count->link].besoin].effectif;
}

/* The node's bounds on a count, made when there are none. */
static MasterRow *row_of(const Master *master, MasterNode *node, const PreuveCount *count)
{
    for (guint i = 0; i < node->rows->len; i++)
        if (same_count(&g_array_index(node->rows, MasterRow, i).count, count))
            return &g_array_index(node->rows, MasterRow, i);
    MasterRow row = {*count, 0, most_of(master->problem, count)};
    g_array_append_val(node->rows, row);
    return &g_array_index(node->rows, MasterRow, node->rows->len - 1);
}

void master_node_limit(const Master *master, MasterNode *node, const MasterRow *limit)
{
    const PreuveCount *count = &limit->count;
    int32_t *lower = &node->total_lower, *upper = &node->total_upper;
    if (count->start != MODEL_NONE || count->link != MODEL_NONE || count->size != MODEL_NONE) {
        MasterRow *row = row_of(master, node, count);
        lower = &row->lower;
        upper = &row->upper;
    } else if (count->slot != MODEL_NONE) {
        int32_t at = position(master->problem->slots_by_formation, master->slots, count->slot);
        lower = &node->lower[at];
        upper = &node->upper[at];
    }
    *lower = MAX(*lower, limit->lower);
    *upper = MIN(*upper, limit->upper);
}

void master_node_free(MasterNode *node)
{
    if (node == NULL)
        return;
    g_free(node->lower);
    g_free(node->upper);
    g_array_free(node->rows, TRUE);
    g_free(node);
}

static int32_t lp_column(const Master *master, guint column)
{
    return g_array_index(master->lp_columns, int32_t, column);
}

void master_set_caps(Master *master, const Caps *caps)
{
    master->caps = caps;
    for (guint i = 0; i < master->priced->len; i++) {
        int32_t at = g_array_index(master->priced, int32_t, i);
        const MasterColumn *c = &g_array_index(master->columns, MasterColumn, at);
        bool allowed = caps == NULL || caps_allow(caps, c->slot, c->start, c->seats, c->n_seats);
        lp_set_column(master->lp, lp_column(master, (guint)at), 0, allowed ? INFINITY : 0);
    }
}

const Caps *master_caps(const Master *master)
{
    return master->caps;
}

/* ---- columns ---- */

/* What a session counts for in a branching row. */
static int32_t row_count(const PreuveCount *count, int32_t slot, int32_t start, const ProblemSeat *seats,
                         int32_t n_seats)
{
    int32_t n = 0;
    if (slot != count->slot)
        return 0;
    if (count->start != MODEL_NONE)
        return start == count->start;
    for (int32_t i = 0; i < n_seats; i++)
        n += count->link == MODEL_NONE || seats[i].link == count->link ? seats[i].effectif : 0;
    return count->link == MODEL_NONE ? n >= count->size : n;
}

/* Up to what an LP calls feasible. */
static bool is_between(double count, int32_t lower, int32_t upper)
{
    return count > lower - 1e-6 && count < upper + 1e-6;
}

bool master_node_allows_mix(const Master *master, const MasterNode *node, const MasterShare *mix, int32_t n)
{
    g_autofree double *count = g_new0(double, master->slots.n + 1), *rows = g_new0(double, node->rows->len + 1);
    double total = 0;
    for (int32_t i = 0; i < n; i++) {
        const MasterColumn *c = &g_array_index(master->columns, MasterColumn, mix[i].column);
        total += mix[i].x;
        count[position(master->problem->slots_by_formation, master->slots, c->slot)] += mix[i].x;
        for (guint k = 0; k < node->rows->len; k++)
            rows[k] += mix[i].x * row_count(&g_array_index(node->rows, MasterRow, k).count, c->slot, c->start, c->seats,
                                            c->n_seats);
    }
    bool allowed = is_between(total, node->total_lower, node->total_upper);
    for (int32_t i = 0; i < master->slots.n; i++)
        allowed = allowed && is_between(count[i], node->lower[i], node->upper[i]);
    for (guint k = 0; k < node->rows->len; k++) {
        const MasterRow *row = &g_array_index(node->rows, MasterRow, k);
        allowed = allowed && is_between(rows[k], row->lower, row->upper);
    }
    return allowed;
}

bool master_node_allows(const Master *master, const MasterNode *node, const GArray *plan)
{
    g_autofree MasterShare *mix = g_new(MasterShare, plan->len + 1);
    for (guint i = 0; i < plan->len; i++)
        mix[i] = (MasterShare){g_array_index(plan, int32_t, i), 1};
    return master_node_allows_mix(master, node, mix, (int32_t)plan->len);
}

int64_t master_value(const Problem *problem, const PricingPrices *prices, const MasterColumn *column)
{
    const SessionMeasure *measure = &column->measure;
    const ProblemSlot *slot = &problem->slots[column->slot];
    const ProblemStart *start = &slot->starts[column->start];
    int64_t value = prices->w_points * measure->points - prices->w_cost * (measure->cost + measure->rac);
    for (int32_t i = 0; i < measure->n_charges; i++)
        value -= prices->class_price[measure->charges[i].key] * measure->charges[i].cents;
    for (int32_t i = 0; i < measure->n_racs; i++)
        value -= prices->rac_price[measure->racs[i].key] * measure->racs[i].cents;
    if (prices->presences.n > 0)
        value -= pricing_days_value(problem, &prices->presences, problem->model->offres[slot->offre].organisme, start);
    for (int32_t i = 0; i < column->n_seats && prices->absences.n > 0; i++) {
        int32_t siae = problem->model->besoins[slot->links[column->seats[i].link].besoin].siae;
        value -= column->seats[i].effectif * pricing_days_value(problem, &prices->absences, siae, start);
    }
    for (int32_t i = 0; i < column->n_seats && (prices->stagiaires.n > 0 || prices->steps.n > 0); i++) {
        int32_t besoin = slot->links[column->seats[i].link].besoin, stagiaire = problem->stagiaire[besoin];
        if (stagiaire != MODEL_NONE)
            value -= pricing_days_value(problem, &prices->stagiaires, stagiaire, start) +
                     pricing_steps_off(&prices->steps, besoin, start) - pricing_steps_most(&prices->steps, besoin);
    }
    for (int32_t i = 0; i < column->n_seats && prices->cuts.n > 0; i++) {
        int32_t siae = problem->model->besoins[slot->links[column->seats[i].link].besoin].siae;
        const SessionRacs *racs = &column->racs[i];
        value -= (racs->n - racs->up) * pricing_cuts_value(&prices->cuts, siae, racs->floor) +
                 racs->up * pricing_cuts_value(&prices->cuts, siae, racs->ceiling);
    }
    return value;
}

static GBytes *key_of(int32_t slot, int32_t start, const ProblemSeat *seats, int32_t n_seats)
{
    int32_t head[] = {slot, start};
    GByteArray *key = g_byte_array_new();
    g_byte_array_append(key, (const guint8 *)head, sizeof head);
    g_byte_array_append(key, (const guint8 *)seats, (guint)n_seats * (guint)sizeof *seats);
    return g_byte_array_free_to_bytes(key);
}

static void add_to_lp(Master *master, int32_t at)
{
    const Problem *p = master->problem;
    const MasterColumn *column = &g_array_index(master->columns, MasterColumn, at);
    const ProblemSlot *row = &p->slots[column->slot];
    const ProblemSeat *seats = column->seats;
    int32_t n_seats = column->n_seats;
    gsize room = (gsize)n_seats + master->rows->len + 2;
    g_autofree int32_t *rows = g_new(int32_t, room);
    g_autofree double *values = g_new(double, room);
    int32_t n = 0, at_slot = position(p->slots_by_formation, master->slots, column->slot);
    for (int32_t i = 0; i < n_seats;) {
        int32_t link = seats[i].link, learners = 0;
        for (; i < n_seats && seats[i].link == link; i++)
            learners += seats[i].effectif;
        rows[n] = position(p->besoins_by_formation, master->besoins, row->links[link].besoin);
        values[n++] = learners;
    }
    for (guint i = 0; i < master->rows->len; i++) {
        rows[n] = master->first_row + (int32_t)i;
        values[n] =
            row_count(&g_array_index(master->rows, PreuveCount, i), column->slot, column->start, seats, n_seats);
        n += values[n] > 0;
    }
    rows[n] = master->besoins.n + at_slot;
    values[n++] = 1;
    rows[n] = master->besoins.n + master->slots.n;
    values[n++] = 1;
    bool allowed = master->caps == NULL || caps_allow(master->caps, column->slot, column->start, seats, n_seats);
    g_array_index(master->lp_columns, int32_t, at) =
        lp_add_column(master->lp, 0, 0, allowed ? INFINITY : 0, n, rows, values);
    g_array_append_val(master->priced, at);
}

bool master_add(Master *master, int32_t slot, int32_t start, const ProblemSeat *seats, int32_t n_seats, int32_t *at)
{
    const Problem *p = master->problem;
    const ProblemSlot *row = &p->slots[slot];
    GBytes *key = key_of(slot, start, seats, n_seats);
    int32_t known = GPOINTER_TO_INT(g_hash_table_lookup(master->known, key));
    if (known != 0) {
        g_bytes_unref(key);
        *at = known - 1;
        return true;
    }
    MasterColumn column = {.slot = slot, .start = start, .n_seats = n_seats};
    if (!session_measure(p, row, start, seats, n_seats, &column.measure)) {
        session_measure_clear(&column.measure);
        g_bytes_unref(key);
        return false;
    }
    *at = (int32_t)master->columns->len;
    g_hash_table_insert(master->known, key, GINT_TO_POINTER(*at + 1));
    column.seats = g_memdup2(seats, sizeof *seats * (gsize)n_seats);
    column.racs = g_new(SessionRacs, n_seats + 1);
    for (int32_t i = 0; i < n_seats; i++)
        column.racs[i] = session_racs(p, row, seats, n_seats, i);
    int32_t none = MODEL_NONE;
    g_array_append_val(master->columns, column);
    g_array_append_val(master->lp_columns, none);
    return true;
}

/* ---- rows made by branching ---- */

/* The position of a branching row among those made, made when new. */
static int32_t make_row(Master *master, const PreuveCount *wanted)
{
    for (guint i = 0; i < master->rows->len; i++)
        if (same_count(&g_array_index(master->rows, PreuveCount, i), wanted))
            return (int32_t)i;
    int32_t row = lp_add_row(master->lp, -INFINITY, INFINITY), n = 0;
    g_array_append_val(master->rows, *wanted);
    g_autofree int32_t *columns = g_new(int32_t, master->priced->len + 1);
    g_autofree double *values = g_new(double, master->priced->len + 1);
    for (guint i = 0; i < master->priced->len; i++) {
        int32_t at = g_array_index(master->priced, int32_t, i);
        const MasterColumn *c = &g_array_index(master->columns, MasterColumn, at);
        columns[n] = lp_column(master, (guint)at);
        values[n] = row_count(wanted, c->slot, c->start, c->seats, c->n_seats);
        n += values[n] > 0;
    }
    lp_fill_row(master->lp, row, n, columns, values);
    add_slack(master, row);
    return (int32_t)master->rows->len - 1;
}

static const MasterRow *bounds_of(const MasterNode *node, const PreuveCount *made)
{
    for (guint i = 0; i < node->rows->len; i++)
        if (same_count(&g_array_index(node->rows, MasterRow, i).count, made))
            return &g_array_index(node->rows, MasterRow, i);
    return NULL;
}

static void apply_node(Master *master, const MasterNode *node)
{
    for (int32_t i = 0; i < master->slots.n; i++)
        lp_set_row(master->lp, master->besoins.n + i, node->lower[i], node->upper[i]);
    lp_set_row(master->lp, master->besoins.n + master->slots.n, node->total_lower, node->total_upper);
    for (guint i = 0; i < node->rows->len; i++)
        make_row(master, &g_array_index(node->rows, MasterRow, i).count);
    for (guint i = 0; i < master->rows->len; i++) {
        const MasterRow *bounds = bounds_of(node, &g_array_index(master->rows, PreuveCount, i));
        lp_set_row(master->lp, master->first_row + (int32_t)i, bounds == NULL ? -(double)INFINITY : bounds->lower,
                   bounds == NULL ? (double)INFINITY : bounds->upper);
    }
}

/* ---- pricing and the proof ---- */

static int64_t to_fixed(double dual, const PricingPrices *prices)
{
    return (int64_t)CLAMP(dual * (double)prices->unit, -MOST_DUAL, MOST_DUAL);
}

static int64_t add_bounded(int64_t sum, int64_t times, int64_t value)
{
    int64_t product;
    if (sum == INT64_MAX || __builtin_mul_overflow(times, value, &product) ||
        __builtin_add_overflow(sum, product, &sum))
        return INT64_MAX;
    return sum;
}

/* The most that session counts within the node's bounds can be worth, at best[slot] a session; INT64_MIN: no counts. */
static int64_t best_counts(const Master *master, const MasterNode *node, const int64_t *best, const bool *found)
{
    int64_t sum = 0;
    int32_t total = 0, n = master->slots.n;
    g_autofree int32_t *count = g_new0(int32_t, n + 1);
    for (int32_t i = 0; i < n; i++) {
        if (!found[i] && node->lower[i] > 0)
            return INT64_MIN;
        count[i] = node->lower[i];
        total += count[i];
        sum = add_bounded(sum, count[i], found[i] ? best[i] : 0);
    }
    if (total > node->total_upper)
        return INT64_MIN;
    while (total < node->total_upper) {
        int32_t at = MODEL_NONE;
        for (int32_t i = 0; i < n; i++)
            if (found[i] && count[i] < node->upper[i] && (at == MODEL_NONE || best[i] > best[at]))
                at = i;
        if (at == MODEL_NONE || (best[at] <= 0 && total >= node->total_lower))
            break;
        int32_t step = MIN(node->upper[at] - count[at], node->total_upper - total);
        if (best[at] <= 0)
            step = MIN(step, node->total_lower - total);
        count[at] += step;
        total += step;
        sum = add_bounded(sum, step, best[at]);
    }
    return total < node->total_lower ? INT64_MIN : sum;
}

/* The duals of the node's branching rows of a slot, as bonuses into limits; returns bound plus what they prove. */
static int64_t add_row_duals(Master *master, const PricingPrices *prices, const MasterNode *node, int32_t slot,
                             int64_t bound, PricingLimits *limits)
{
    const ProblemSlot *row = &master->problem->slots[slot_at(master, slot)];
    memset(master->bonus, 0, sizeof *master->bonus * (size_t)row->n_links);
    memset(master->start_bonus, 0, sizeof *master->start_bonus * (size_t)row->n_starts);
    memset(master->size_bonus, 0, sizeof *master->size_bonus * (size_t)(row->q_max + 1));
    for (guint i = 0; i < node->rows->len; i++) {
        const MasterRow *bounds = &g_array_index(node->rows, MasterRow, i);
        const PreuveCount *count = &bounds->count;
        if (count->slot != slot_at(master, slot))
            continue;
        int64_t dual = to_fixed(lp_dual(master->lp, master->first_row + make_row(master, count)), prices);
        bound = add_bounded(bound, dual > 0 ? bounds->upper : bounds->lower, dual);
        if (count->link != MODEL_NONE) {
            master->bonus[count->link] = -dual;
            limits->bonus = master->bonus;
        } else if (count->start != MODEL_NONE) {
            master->start_bonus[count->start] = -dual;
            limits->start_bonus = master->start_bonus;
        } else {
            for (int32_t q = count->size; q <= row->q_max; q++)
                master->size_bonus[q] -= dual;
            limits->size_bonus = master->size_bonus;
        }
    }
    return bound;
}

/* Prices the slots at the LP's duals; adds the columns that improve; returns the bound these duals prove. */
static int64_t price_slots(Master *master, Pricing *pricing, const PricingPrices *prices, const MasterNode *node,
                           double tolerance, bool *added)
{
    const Problem *p = master->problem;
    int64_t bound = 0;
    g_autofree int64_t *best = g_new0(int64_t, master->slots.n + 1);
    g_autofree bool *found = g_new0(bool, master->slots.n + 1);
    for (int32_t i = 0; i < master->besoins.n; i++)
        bound = add_bounded(bound, p->model->besoins[besoin_at(master, i)].effectif, prices->y[besoin_at(master, i)]);
    double total_dual = lp_dual(master->lp, master->besoins.n + master->slots.n);
    *added = false;
    for (int32_t i = 0; i < master->slots.n; i++) {
        int32_t slot = slot_at(master, i);
        const ProblemSlot *row = &p->slots[slot];
        if (node->upper[i] <= 0)
            continue;
        PricingLimits limits = {.absents = master->caps != NULL ? caps_absents : NULL, .context = master->caps};
        bound = add_row_duals(master, prices, node, i, bound, &limits);
        g_autofree ProblemSeat *seats = g_new(ProblemSeat, row->q_max + 1);
        PricingSession session = {.seats = seats};
        found[i] = pricing_best(pricing, prices, &limits, slot, &session);
        best[i] = session.reduced;
        double threshold = lp_dual(master->lp, master->besoins.n + i) + total_dual + tolerance;
        if (!found[i] || (double)best[i] / (double)prices->unit <= threshold)
            continue;
        int32_t at;
        if (!master_add(master, slot, session.start, session.seats, session.n_seats, &at) ||
            lp_column(master, (guint)at) != MODEL_NONE)
            continue;
        add_to_lp(master, at);
        *added = true;
    }
    int64_t counts = best_counts(master, node, best, found);
    return counts == INT64_MIN ? INT64_MIN : add_bounded(bound, 1, counts);
}

/* Objectives at the prices; slacks cost more than any few sessions are worth. */
static void set_objectives(Master *master, const PricingPrices *prices)
{
    for (; master->n_valued < master->priced->len; master->n_valued++) {
        guint at = (guint)g_array_index(master->priced, int32_t, master->n_valued);
        const MasterColumn *column = &g_array_index(master->columns, MasterColumn, at);
        double value = (double)master_value(master->problem, prices, column) / (double)prices->unit;
        lp_set_objective(master->lp, lp_column(master, at), value);
        master->largest = fmax(master->largest, fabs(value));
    }
    for (guint i = 0; i < master->slacks->len; i++)
        lp_set_objective(master->lp, g_array_index(master->slacks, int32_t, i), -1e3 * master->largest);
}

/* Begins with prices: objectives are set anew unless these are the last ones. */
static void begin_prices(Master *master, const PricingPrices *prices)
{
    if (master->prices != NULL && pricing_prices_equal(master->problem, master->prices, prices))
        return;
    if (master->prices == NULL)
        master->prices = pricing_prices_new(master->problem);
    pricing_prices_copy(master->problem, master->prices, prices);
    master->n_valued = 0;
    master->largest = 1e-6;
}

/* Records the multipliers at hand as those that prove the bound. */
static void record(Master *master, const PricingPrices *prices, const MasterNode *node, int64_t bound)
{
    preuve_node_free(master->proof);
    master->proof = preuve_node_new();
    master->proof->bound = bound;
    master->proof->y = g_new(int64_t, master->besoins.n + 1);
    master->proof->duals = g_array_new(FALSE, FALSE, sizeof(PreuveDual));
    for (int32_t i = 0; i < master->besoins.n; i++)
        master->proof->y[i] = prices->y[besoin_at(master, i)];
    for (guint i = 0; i < node->rows->len; i++) {
        const MasterRow *row = &g_array_index(node->rows, MasterRow, i);
        PreuveDual dual = {row->count,
                           to_fixed(lp_dual(master->lp, master->first_row + make_row(master, &row->count)), prices)};
        if (dual.dual != 0)
            g_array_append_val(master->proof->duals, dual);
    }
}

void master_preuve(Master *master, PreuveNode *node)
{
    node->bound = master->proof->bound;
    node->y = g_steal_pointer(&master->proof->y);
    node->duals = g_steal_pointer(&master->proof->duals);
}

MasterResult master_solve(Master *master, Pricing *pricing, PricingPrices *prices, const MasterNode *node,
                          int64_t enough)
{
    MasterResult result = {true, false, 0, INT64_MAX};
    preuve_node_free(master->proof);
    master->proof = preuve_node_new();
    apply_node(master, node);
    begin_prices(master, prices);
    for (bool added = true; added && result.bound > enough;) {
        set_objectives(master, prices);
        result.solved = lp_solve(master->lp) == LP_OPTIMAL;
        if (!result.solved)
            return result;
        result.value = lp_value(master->lp);
        for (int32_t i = 0; i < master->besoins.n; i++)
            prices->y[besoin_at(master, i)] = MAX(0, to_fixed(lp_dual(master->lp, i), prices));
        int64_t bound = price_slots(master, pricing, prices, node, TOLERANCE * master->largest, &added);
        if (bound < result.bound)
            record(master, prices, node, bound);
        result.bound = MIN(result.bound, bound);
    }
    result.feasible = true;
    for (guint i = 0; i < master->slacks->len; i++)
        result.feasible = result.feasible && lp_primal(master->lp, g_array_index(master->slacks, int32_t, i)) < 1e-7;
    for (guint i = 0; i < master->columns->len; i++)
        g_array_index(master->columns, MasterColumn, i).x = 0;
    for (guint i = 0; i < master->priced->len; i++) {
        guint at = (guint)g_array_index(master->priced, int32_t, i);
        g_array_index(master->columns, MasterColumn, at).x = lp_primal(master->lp, lp_column(master, at));
    }
    return result;
}

const MasterColumn *master_columns(const Master *master, int32_t *n)
{
    *n = (int32_t)master->columns->len;
    return (const MasterColumn *)(void *)master->columns->data;
}
