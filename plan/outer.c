/* The outer master: see outer.h. */
#include "plan/outer.h"

#include "plan/lp.h"

#include <math.h>

/* LP rows of money count in this many cents, so that coefficients stay near those of points. */
#define MONEY_SCALE 10000.0
/* Rounds of rows a solve. */
#define ROW_ROUNDS 6

struct OuterAnswer {
    const Problem *problem;
    const Master *master;
    int32_t formation;
    double points, cost; /* cost = weighted, cents */
    double *charges;     /* by class, cents */
    double *racs;        /* by SIAE, cents */
    GArray *parts;       /* MasterShare */
    int32_t at;          /* its column in the Outer at hand */
};

struct Outer {
    const Problem *problem;
    Lp *lp;
    bool cost_stage;
    double objective_scale; /* what is maximised counts this many points, or cents */
    int32_t points_row;
    int32_t *formation_row, *class_row, *enveloppe_row, *rac_row; /* rac_row: MODEL_NONE for a SIAE without limit */
    bool *must;                                                   /* by formation */
    GPtrArray *answers;
    GArray *rows;    /* OuterRow, shared: rules whose rows are made when a solution breaks them */
    GArray *lp_rows; /* int32_t: LP row of each of them */
};

/* ---- answers ---- */

OuterAnswer *outer_answer_new(const Problem *problem, int32_t formation, const Master *master)
{
    OuterAnswer *answer = g_new0(OuterAnswer, 1);
    answer->problem = problem;
    answer->master = master;
    answer->formation = formation;
    answer->charges = g_new0(double, problem->n_classes + 1);
    answer->racs = g_new0(double, problem->model->n_siae + 1);
    answer->parts = g_array_new(FALSE, FALSE, sizeof(MasterShare));
    return answer;
}

void outer_answer_free(OuterAnswer *answer)
{
    g_free(answer->charges);
    g_free(answer->racs);
    g_array_free(answer->parts, TRUE);
    g_free(answer);
}

static const MasterColumn *column_of(const OuterAnswer *answer, int32_t column)
{
    int32_t n;
    const MasterColumn *columns = master_columns(answer->master, &n);
    g_assert(column < n);
    return &columns[column];
}

void outer_answer_add(OuterAnswer *answer, int32_t column, double x)
{
    const SessionMeasure *m = &column_of(answer, column)->measure;
    MasterShare part = {column, x};
    g_array_append_val(answer->parts, part);
    answer->points += x * (double)m->points;
    answer->cost += x * (double)(m->cost + m->rac);
    for (int32_t k = 0; k < m->n_charges; k++)
        answer->charges[m->charges[k].key] += x * (double)m->charges[k].cents;
    for (int32_t k = 0; k < m->n_racs; k++)
        answer->racs[m->racs[k].key] += x * (double)m->racs[k].cents;
}

bool outer_answer_within(const OuterAnswer *answer, const MasterNode *node)
{
    const MasterShare *mix = (const MasterShare *)(const void *)answer->parts->data;
    return master_node_allows_mix(answer->master, node, mix, (int32_t)answer->parts->len);
}

bool outer_answer_allowed(const OuterAnswer *answer, const Caps *caps)
{
    for (guint i = 0; i < answer->parts->len; i++) {
        const MasterColumn *c = column_of(answer, g_array_index(answer->parts, MasterShare, i).column);
        if (!caps_allow(caps, c->slot, c->start, c->seats, c->n_seats))
            return false;
    }
    return true;
}

int32_t outer_answer_formation(const OuterAnswer *answer)
{
    return answer->formation;
}

/* ---- rows ---- */

static void add_money_rows(Outer *outer)
{
    const Problem *p = outer->problem;
    const Model *m = p->model;
    for (int32_t e = 0; e < m->n_enveloppes; e++)
        outer->enveloppe_row[e] = lp_add_row(outer->lp, -INFINITY, (double)m->enveloppes[e].montant / MONEY_SCALE);
    for (int32_t c = 0; c < p->n_classes; c++) {
        outer->class_row[c] = lp_add_row(outer->lp, -INFINITY, 0);
        const ProblemFund *fund = &p->funds[p->classes[c].fund];
        for (int32_t i = 0; i < fund->n; i++)
            if (p->classes[c].mask >> i & 1U)
                lp_add_column(outer->lp, 0, 0, INFINITY, 2,
                              (int32_t[]){outer->enveloppe_row[fund->enveloppes[i]], outer->class_row[c]},
                              (double[]){1, -1});
    }
    for (int32_t s = 0; s < m->n_siae; s++) {
        bool limited = m->siae[s].reste_a_charge_max != MODEL_NONE;
        double most = (double)m->siae[s].reste_a_charge_max / MONEY_SCALE;
        outer->rac_row[s] = limited ? lp_add_row(outer->lp, -INFINITY, most) : MODEL_NONE;
    }
}

/* More than all points together, or than all money: what missing the target, or a fixed session, costs. */
static double penalty(const Outer *outer)
{
    const Problem *p = outer->problem;
    if (outer->cost_stage)
        return 1e7;
    int64_t all = 1;
    for (int32_t b = 0; b < p->model->n_besoins; b++)
        all += p->points[b] * p->model->besoins[b].effectif;
    return 10 * (double)all;
}

static double use_of(const Problem *p, const OuterRow *row, const OuterAnswer *answer)
{
    double use = 0;
    for (guint i = 0; i < answer->parts->len; i++) {
        const MasterShare *part = &g_array_index(answer->parts, MasterShare, i);
        use += part->x * outer_row_use(p, row, column_of(answer, part->column));
    }
    return use;
}

static void add_row(Outer *outer, const OuterRow *row)
{
    int32_t at = lp_add_row(outer->lp, -INFINITY, outer_row_limit(outer->problem, row)), n = 0;
    g_autofree int32_t *columns = g_new(int32_t, outer->answers->len + 1);
    g_autofree double *values = g_new(double, outer->answers->len + 1);
    for (guint i = 0; i < outer->answers->len; i++) {
        const OuterAnswer *answer = outer->answers->pdata[i];
        values[n] = use_of(outer->problem, row, answer);
        columns[n] = answer->at;
        n += values[n] != 0;
    }
    lp_fill_row(outer->lp, at, n, columns, values);
    g_array_append_val(outer->lp_rows, at);
}

Outer *outer_new(const Problem *problem, GArray *rows, const bool *must, bool cost_stage, int64_t target)
{
    const Model *m = problem->model;
    Outer *outer = g_new0(Outer, 1);
    outer->problem = problem;
    outer->lp = lp_new();
    outer->cost_stage = cost_stage;
    outer->objective_scale = cost_stage ? MONEY_SCALE : 1;
    outer->formation_row = g_new0(int32_t, m->n_formations + 1);
    outer->class_row = g_new0(int32_t, problem->n_classes + 1);
    outer->enveloppe_row = g_new0(int32_t, m->n_enveloppes + 1);
    outer->rac_row = g_new0(int32_t, m->n_siae + 1);
    outer->answers = g_ptr_array_new();
    outer->must = g_memdup2(must, sizeof *must * (gsize)(m->n_formations + 1));
    outer->rows = rows;
    outer->lp_rows = g_array_new(FALSE, FALSE, sizeof(int32_t));
    for (int32_t f = 0; f < m->n_formations; f++) {
        outer->formation_row[f] = lp_add_row(outer->lp, must[f] ? 1 : -(double)INFINITY, 1);
        if (must[f])
            lp_add_column(outer->lp, -penalty(outer), 0, INFINITY, 1, &outer->formation_row[f], (double[]){1});
    }
    add_money_rows(outer);
    outer->points_row = MODEL_NONE;
    if (cost_stage) {
        outer->points_row = lp_add_row(outer->lp, (double)target, INFINITY);
        lp_add_column(outer->lp, -penalty(outer), 0, INFINITY, 1, &outer->points_row, (double[]){1});
    }
    for (guint i = 0; i < rows->len; i++)
        add_row(outer, &g_array_index(rows, OuterRow, i));
    return outer;
}

void outer_free(Outer *outer)
{
    lp_free(outer->lp);
    g_free(outer->formation_row);
    g_free(outer->class_row);
    g_free(outer->enveloppe_row);
    g_free(outer->rac_row);
    g_free(outer->must);
    g_ptr_array_unref(outer->answers);
    g_array_free(outer->lp_rows, TRUE);
    g_free(outer);
}

/* ---- columns ---- */

void outer_add(Outer *outer, OuterAnswer *answer)
{
    const Problem *p = outer->problem;
    const Model *m = p->model;
    gsize room = (gsize)p->n_classes + (gsize)m->n_siae + outer->rows->len + 3;
    g_autofree int32_t *rows = g_new(int32_t, room);
    g_autofree double *values = g_new(double, room);
    int32_t n = 0;
    rows[n] = outer->formation_row[answer->formation];
    values[n++] = 1;
    for (int32_t c = 0; c < p->n_classes; c++) {
        rows[n] = outer->class_row[c];
        values[n] = answer->charges[c] / MONEY_SCALE;
        n += values[n] > 0;
    }
    for (int32_t s = 0; s < m->n_siae; s++) {
        rows[n] = outer->rac_row[s];
        values[n] = answer->racs[s] / MONEY_SCALE;
        n += rows[n] != MODEL_NONE && values[n] > 0;
    }
    for (guint i = 0; i < outer->rows->len; i++) {
        rows[n] = g_array_index(outer->lp_rows, int32_t, i);
        values[n] = use_of(p, &g_array_index(outer->rows, OuterRow, i), answer);
        n += values[n] != 0;
    }
    if (outer->cost_stage && answer->points > 0) {
        rows[n] = outer->points_row;
        values[n++] = answer->points;
    }
    double objective = outer->cost_stage ? -answer->cost / MONEY_SCALE : answer->points;
    answer->at = lp_add_column(outer->lp, objective, 0, INFINITY, n, rows, values);
    g_ptr_array_add(outer->answers, answer);
}

/* ---- solving ---- */

GArray *outer_shares(const Outer *outer)
{
    GArray *shares = g_array_new(FALSE, FALSE, sizeof(OuterShare));
    for (guint i = 0; i < outer->answers->len; i++) {
        const OuterAnswer *answer = outer->answers->pdata[i];
        double share = lp_primal(outer->lp, answer->at);
        for (guint k = 0; share > 1e-9 && k < answer->parts->len; k++) {
            const MasterShare *part = &g_array_index(answer->parts, MasterShare, k);
            OuterShare of = {column_of(answer, part->column), share * part->x};
            g_array_append_val(shares, of);
        }
    }
    return shares;
}

/* Adds rows for the rules that the last solution breaks; returns how many. */
static int32_t add_broken_rows(Outer *outer)
{
    g_autoptr(GArray) shares = outer_shares(outer);
    guint before = outer->rows->len;
    outer_rows_find(outer->problem, shares, outer->rows);
    for (guint i = before; i < outer->rows->len; i++)
        add_row(outer, &g_array_index(outer->rows, OuterRow, i));
    return (int32_t)(outer->rows->len - before);
}

bool outer_solve(Outer *outer)
{
    for (int32_t round = 0; round < ROW_ROUNDS; round++)
        if (lp_solve(outer->lp) != LP_OPTIMAL)
            return false;
        else if (add_broken_rows(outer) == 0)
            return true;
    return lp_solve(outer->lp) == LP_OPTIMAL;
}

double outer_value(const Outer *outer)
{
    return lp_value(outer->lp) * outer->objective_scale * (outer->cost_stage ? -1 : 1);
}

double outer_value_within(Outer *outer, int32_t formation, bool must, const MasterNode *node, const Caps *caps)
{
    for (guint i = 0; i < outer->answers->len; i++) {
        const OuterAnswer *answer = outer->answers->pdata[i];
        if ((answer->formation == formation && !outer_answer_within(answer, node)) ||
            !outer_answer_allowed(answer, caps))
            lp_set_column(outer->lp, answer->at, 0, 0);
    }
    lp_set_row(outer->lp, outer->formation_row[formation], must ? 1 : -(double)INFINITY, 1);
    double value = lp_solve(outer->lp) == LP_OPTIMAL ? lp_value(outer->lp) * outer->objective_scale : -(double)INFINITY;
    for (guint i = 0; i < outer->answers->len; i++)
        lp_set_column(outer->lp, ((const OuterAnswer *)outer->answers->pdata[i])->at, 0, INFINITY);
    lp_set_row(outer->lp, outer->formation_row[formation], outer->must[formation] ? 1 : -(double)INFINITY, 1);
    return value;
}

/* ---- prices ---- */

void outer_prices(const Outer *outer, PricingPrices *prices)
{
    const Problem *p = outer->problem;
    const Model *m = p->model;
    PricingRange range = pricing_range(p);
    int64_t limit = range.cent / 4;
    double unit = (double)prices->unit, per_cent = outer->objective_scale / MONEY_SCALE;
    for (int32_t e = 0; e < m->n_enveloppes; e++)
        prices->enveloppe[e] = pricing_fixed(lp_dual(outer->lp, outer->enveloppe_row[e]) * per_cent, unit, limit);
    pricing_prices_settle(p, prices);
    for (int32_t s = 0; s < m->n_siae; s++) {
        double dual = outer->rac_row[s] == MODEL_NONE ? 0 : lp_dual(outer->lp, outer->rac_row[s]);
        prices->rac_price[s] = dual <= 0 ? 0 : pricing_fixed(dual * per_cent, unit, limit);
    }
    prices->w_cost = outer->cost_stage ? prices->unit : 0;
    prices->w_points = prices->unit;
    if (outer->cost_stage)
        prices->w_points =
            pricing_fixed(-lp_dual(outer->lp, outer->points_row) * outer->objective_scale, unit, range.point);
    g_autofree double *duals = g_new(double, outer->rows->len + 1);
    for (guint i = 0; i < outer->rows->len; i++)
        duals[i] = lp_dual(outer->lp, g_array_index(outer->lp_rows, int32_t, i)) * outer->objective_scale;
    outer_rows_prices(p, outer->rows, duals, prices);
}
