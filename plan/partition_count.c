/* Counts to part by: see partition_count.h. */
#include "plan/partition_count.h"

#include "plan/outer_rows.h"

#include <math.h>
#include <string.h>

/* Distance from an integer below which a sum of LP values counts as one. */
#define WHOLE 1e-5

/* What may be counted: sessions of a slot, those at a start, seats of a link; these again, where a whole number of them
 * leaves others in the solution no room. So many counts of each are given. */
typedef enum { BY_SLOT, BY_START, BY_LINK, BY_CLASH, KINDS } CountKind;
static const int32_t given[KINDS] = {4, 2, 8, 4};

guint partition_count_hash(gconstpointer count)
{
    const PreuveCount *c = count;
    return (guint)c->slot * 31U * 31U * 31U + (guint)c->start * 31U * 31U + (guint)c->link * 31U + (guint)c->size;
}

gboolean partition_count_equal(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, sizeof(PreuveCount)) == 0;
}

static double distance(double sum)
{
    return fabs(sum - round(sum));
}

/* Adds what a column counts for, and the points at stake in it, to the count's row. */
static void add_sum(GPtrArray *list, GHashTable *known, PreuveCount count, double sum, double points)
{
    PartitionCount *row = g_hash_table_lookup(known, &count);
    if (row == NULL) {
        row = g_new0(PartitionCount, 1);
        row->count = count;
        g_ptr_array_add(list, row);
        g_hash_table_insert(known, &row->count, row);
    }
    row->sum += sum;
    row->weight += points;
}

/* All counts of a kind in the last solution. */
static GPtrArray *list_kind(const Problem *p, const Colgen *colgen, CountKind kind)
{
    const GArray *shares = colgen_shares(colgen);
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) known = g_hash_table_new(partition_count_hash, partition_count_equal);
    for (guint i = 0; i < shares->len; i++) {
        const OuterShare *share = &g_array_index(shares, OuterShare, i);
        const MasterColumn *column = share->column;
        PreuveCount count = {column->slot, kind == BY_START ? column->start : MODEL_NONE, MODEL_NONE, MODEL_NONE};
        if (kind != BY_LINK)
            add_sum(list, known, count, share->x, share->x * (double)column->measure.points);
        for (int32_t k = 0; k < column->n_seats && kind == BY_LINK; k++) {
            count.link = column->seats[k].link;
            int32_t besoin = p->slots[column->slot].links[count.link].besoin;
            double learners = share->x * column->seats[k].effectif;
            add_sum(list, known, count, learners, learners * (double)p->points[besoin]);
        }
    }
    return list;
}

void partition_count_rank(PartitionCount *best, int32_t *n, int32_t most, const PartitionCount *count)
{
    int32_t at = *n < most ? (*n)++ : most;
    for (; at > 0 && best[at - 1].gain < count->gain; at--)
        if (at < most)
            best[at] = best[at - 1];
    if (at < most)
        best[at] = *count;
}

MasterRow partition_count_limit(const PartitionCount *count, int32_t side)
{
    return side == 0 ? (MasterRow){count->count, 0, count->below}
                     : (MasterRow){count->count, count->below + 1, INT32_MAX};
}

/* Points of the solution in sessions that whoever seats so many learners of a link leaves no room for. */
static double clash(const Problem *problem, const Colgen *colgen, const PreuveCount *count, int32_t learners)
{
    const GArray *shares = colgen_shares(colgen);
    MasterRow limit = {*count, learners, INT32_MAX};
    g_autoptr(GArray) limits = g_array_new(FALSE, FALSE, sizeof(MasterRow));
    g_array_append_val(limits, limit);
    Caps *caps = caps_new(problem, limits);
    double points = 0;
    for (guint i = 0; i < shares->len; i++) {
        const OuterShare *share = &g_array_index(shares, OuterShare, i);
        const MasterColumn *c = share->column;
        if (!caps_allow(caps, c->slot, c->start, c->seats, c->n_seats))
            points += share->x * (double)c->measure.points;
    }
    caps_free(caps);
    return points;
}

/* What a count is worth a look, and where it parts: a fraction, or learners that sessions of others leave no room for.
 * Nothing else parts the solution. */
static void weigh(const Problem *problem, const Colgen *colgen, CountKind kind, PartitionCount *row)
{
    row->gain = 0;
    row->below = (int32_t)floor(row->sum);
    if (kind != BY_CLASH && distance(row->sum) > WHOLE)
        row->gain = distance(row->sum) * row->weight / row->sum;
    if (kind == BY_CLASH && distance(row->sum) <= WHOLE) {
        row->below = (int32_t)round(row->sum) - 1;
        row->gain = clash(problem, colgen, &row->count, row->below + 1);
    }
}

int32_t partition_count_list(const Problem *problem, const Colgen *colgen, PartitionCount *list)
{
    int32_t n_listed = 0;
    g_autoptr(GPtrArray) rows = NULL;
    for (CountKind kind = 0; kind < KINDS; kind++) {
        int32_t n = 0;
        if (kind != BY_CLASH) { /* else it is that of links */
            g_clear_pointer(&rows, g_ptr_array_unref);
            rows = list_kind(problem, colgen, kind);
        }
        for (guint i = 0; i < rows->len; i++) {
            PartitionCount *row = rows->pdata[i];
            weigh(problem, colgen, kind, row);
            if (row->gain > 0)
                partition_count_rank(&list[n_listed], &n, given[kind], row);
        }
        n_listed += n;
    }
    return n_listed;
}
