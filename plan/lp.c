/* GLPK behind lp.h. A misuse or a lack of memory makes GLPK abort: its error hook jumps out instead, which frees every
 * problem of the thread; `generation` tells the survivors that theirs is gone: they take what they are given and fail
 * when they are solved. */
#include "plan/lp.h"

#include <glib.h>
#include <glpk.h>
#include <math.h>
#include <setjmp.h>

struct Lp {
    glp_prob *problem;
    int generation;
    int32_t n_rows, n_columns;
    bool broken; /* given what GLPK would stop the process at, or answer "optimal, nan" to */
};

static _Thread_local jmp_buf escape;
static _Thread_local int generation;

static void on_abort(void *info)
{
    (void)info;
    longjmp(escape, 1);
}

static int on_message(void *info, const char *text)
{
    (void)info;
    (void)text;
    return 1;
}

Lp *lp_new(void)
{
    glp_term_hook(on_message, NULL);
    Lp *lp = g_new0(Lp, 1);
    lp->problem = glp_create_prob();
    lp->generation = generation;
    glp_set_obj_dir(lp->problem, GLP_MAX);
    return lp;
}

static bool alive(const Lp *lp)
{
    return lp->generation == generation;
}

void lp_free(Lp *lp)
{
    if (lp == NULL)
        return;
    if (alive(lp))
        glp_delete_prob(lp->problem);
    g_free(lp);
}

void lp_end_thread(void)
{
    glp_free_env();
    generation++;
}

/* ---- changes ---- */

/* One change, as GLPK counts: from 1, index[0] and value[0] void. */
typedef struct {
    int at, n;
    const int *index;
    const double *value;
    double objective, lower, upper;
} Change;

static void after_abort(void)
{
    glp_error_hook(NULL, NULL);
    glp_free_env();
    generation++;
}

/* Nothing is changed any more in a program that is lost or broken. */
static void make_change(const Lp *lp, void (*make)(glp_prob *problem, const Change *change), const Change *change)
{
    if (!alive(lp) || lp->broken)
        return;
    if (setjmp(escape) != 0) {
        after_abort();
        return;
    }
    glp_error_hook(on_abort, NULL);
    make(lp->problem, change);
    glp_error_hook(NULL, NULL);
}

static int bound_type(const Change *change)
{
    if (change->lower == -INFINITY)
        return change->upper == INFINITY ? GLP_FR : GLP_UP;
    if (change->upper == INFINITY)
        return GLP_LO;
    return change->lower == change->upper ? GLP_FX : GLP_DB;
}

static double bound_value(double bound)
{
    return isfinite(bound) ? bound : 0;
}

static void bound_row(glp_prob *problem, const Change *change)
{
    glp_set_row_bnds(problem, change->at, bound_type(change), bound_value(change->lower), bound_value(change->upper));
}

static void bound_column(glp_prob *problem, const Change *change)
{
    glp_set_col_bnds(problem, change->at, bound_type(change), bound_value(change->lower), bound_value(change->upper));
}

static void add_row(glp_prob *problem, const Change *change)
{
    glp_add_rows(problem, 1);
    bound_row(problem, change);
}

static void fill_row(glp_prob *problem, const Change *change)
{
    glp_set_mat_row(problem, change->at, change->n, change->index, change->value);
}

static void weigh_column(glp_prob *problem, const Change *change)
{
    glp_set_obj_coef(problem, change->at, change->objective);
}

static void add_column(glp_prob *problem, const Change *change)
{
    glp_add_cols(problem, 1);
    glp_set_mat_col(problem, change->at, change->n, change->index, change->value);
    bound_column(problem, change);
    weigh_column(problem, change);
}

static bool are_bounds(double lower, double upper)
{
    return lower < INFINITY && upper > -INFINITY; /* false for what is no number, too */
}

/* Positions and values as GLPK wants them, from 1; false when a value is not finite or a position comes twice. */
static bool take_entries(int32_t n, const int32_t *positions, const double *values, int32_t end, int *index,
                         double *value)
{
    g_autofree bool *seen = g_new0(bool, end + 1);
    bool good = true;
    for (int32_t i = 0; i < n; i++) {
        g_assert(positions[i] >= 0 && positions[i] < end);
        index[i + 1] = positions[i] + 1;
        value[i + 1] = values[i];
        good = good && isfinite(values[i]) && !seen[positions[i]];
        seen[positions[i]] = true;
    }
    return good;
}

int32_t lp_add_row(Lp *lp, double lower, double upper)
{
    lp->broken = lp->broken || !are_bounds(lower, upper);
    make_change(lp, add_row, &(Change){.lower = lower, .upper = upper, .at = lp->n_rows + 1});
    return lp->n_rows++;
}

void lp_fill_row(Lp *lp, int32_t row, int32_t n, const int32_t *columns, const double *values)
{
    g_assert(row >= 0 && row < lp->n_rows);
    g_autofree int *index = g_new(int, n + 1);
    g_autofree double *value = g_new(double, n + 1);
    lp->broken = !take_entries(n, columns, values, lp->n_columns, index, value) || lp->broken;
    make_change(lp, fill_row, &(Change){.at = row + 1, .n = n, .index = index, .value = value});
}

int32_t lp_add_column(Lp *lp, double objective, double lower, double upper, int32_t n, const int32_t *rows,
                      const double *values)
{
    g_autofree int *index = g_new(int, n + 1);
    g_autofree double *value = g_new(double, n + 1);
    lp->broken = !take_entries(n, rows, values, lp->n_rows, index, value) || lp->broken || !isfinite(objective) ||
                 !are_bounds(lower, upper);
    make_change(lp, add_column, &(Change){lp->n_columns + 1, n, index, value, objective, lower, upper});
    return lp->n_columns++;
}

void lp_set_objective(Lp *lp, int32_t column, double objective)
{
    g_assert(column >= 0 && column < lp->n_columns);
    lp->broken = lp->broken || !isfinite(objective);
    make_change(lp, weigh_column, &(Change){.at = column + 1, .objective = objective});
}

void lp_set_row(Lp *lp, int32_t row, double lower, double upper)
{
    g_assert(row >= 0 && row < lp->n_rows);
    lp->broken = lp->broken || !are_bounds(lower, upper);
    make_change(lp, bound_row, &(Change){.at = row + 1, .lower = lower, .upper = upper});
}

void lp_set_column(Lp *lp, int32_t column, double lower, double upper)
{
    g_assert(column >= 0 && column < lp->n_columns);
    lp->broken = lp->broken || !are_bounds(lower, upper);
    make_change(lp, bound_column, &(Change){.at = column + 1, .lower = lower, .upper = upper});
}

/* ---- solving ---- */

static LpStatus simplex(Lp *lp)
{
    glp_smcp control;
    glp_init_smcp(&control);
    control.msg_lev = GLP_MSG_OFF;
    control.it_lim = 50000 + 20 * (glp_get_num_rows(lp->problem) + glp_get_num_cols(lp->problem));
    int failed = glp_simplex(lp->problem, &control);
    if (failed != 0) {
        /* a singular or ill-conditioned warm basis: once more from the slack basis */
        glp_std_basis(lp->problem);
        failed = glp_simplex(lp->problem, &control);
    }
    if (failed != 0)
        return LP_FAILED;
    switch (glp_get_status(lp->problem)) {
    case GLP_OPT:
        return isfinite(glp_get_obj_val(lp->problem)) ? LP_OPTIMAL : LP_FAILED;
    case GLP_NOFEAS:
    case GLP_INFEAS:
        return LP_INFEASIBLE;
    case GLP_UNBND:
        return LP_UNBOUNDED;
    default:
        return LP_FAILED;
    }
}

LpStatus lp_solve(Lp *lp)
{
    if (!alive(lp) || lp->broken)
        return LP_FAILED;
    if (setjmp(escape) != 0) {
        after_abort();
        return LP_FAILED;
    }
    glp_error_hook(on_abort, NULL);
    LpStatus status = simplex(lp);
    glp_error_hook(NULL, NULL);
    return status;
}

double lp_value(const Lp *lp)
{
    g_assert(alive(lp));
    return glp_get_obj_val(lp->problem);
}

double lp_primal(const Lp *lp, int32_t column)
{
    g_assert(alive(lp));
    return glp_get_col_prim(lp->problem, column + 1);
}

double lp_dual(const Lp *lp, int32_t row)
{
    g_assert(alive(lp));
    return glp_get_row_dual(lp->problem, row + 1);
}
