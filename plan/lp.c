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
    bool broken; /* a coefficient was not finite: GLPK would answer "optimal, nan" */
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

static int bound_type(double lower, double upper)
{
    if (lower == -INFINITY)
        return upper == INFINITY ? GLP_FR : GLP_UP;
    if (upper == INFINITY)
        return GLP_LO;
    return lower == upper ? GLP_FX : GLP_DB;
}

static double bound_value(double bound)
{
    return isfinite(bound) ? bound : 0;
}

int32_t lp_add_row(Lp *lp, double lower, double upper)
{
    int32_t row = lp->n_rows++;
    if (alive(lp))
        glp_add_rows(lp->problem, 1);
    lp_set_row(lp, row, lower, upper);
    return row;
}

void lp_fill_row(Lp *lp, int32_t row, int32_t n, const int32_t *columns, const double *values)
{
    g_assert(row >= 0 && row < lp->n_rows);
    g_autofree int *index = g_new(int, n + 1);
    g_autofree double *value = g_new(double, n + 1);
    for (int32_t i = 0; i < n; i++) {
        g_assert(columns[i] >= 0 && columns[i] < lp->n_columns);
        index[i + 1] = columns[i] + 1;
        value[i + 1] = values[i];
        lp->broken = lp->broken || !isfinite(values[i]);
    }
    if (alive(lp) && !lp->broken)
        glp_set_mat_row(lp->problem, row + 1, n, index, value);
}

int32_t lp_add_column(Lp *lp, double objective, double lower, double upper, int32_t n, const int32_t *rows,
                      const double *values)
{
    int32_t column = lp->n_columns++;
    if (alive(lp))
        glp_add_cols(lp->problem, 1);
    g_autofree int *index = g_new(int, n + 1);
    g_autofree double *value = g_new(double, n + 1);
    for (int32_t i = 0; i < n; i++) {
        g_assert(rows[i] >= 0 && rows[i] < lp->n_rows);
        index[i + 1] = rows[i] + 1;
        value[i + 1] = values[i];
        lp->broken = lp->broken || !isfinite(values[i]);
    }
    lp->broken = lp->broken || !isfinite(objective);
    if (!alive(lp) || lp->broken)
        return column;
    glp_set_mat_col(lp->problem, column + 1, n, index, value);
    glp_set_col_bnds(lp->problem, column + 1, bound_type(lower, upper), bound_value(lower), bound_value(upper));
    glp_set_obj_coef(lp->problem, column + 1, objective);
    return column;
}

void lp_set_objective(Lp *lp, int32_t column, double objective)
{
    g_assert(column >= 0 && column < lp->n_columns);
    lp->broken = lp->broken || !isfinite(objective);
    if (alive(lp) && !lp->broken)
        glp_set_obj_coef(lp->problem, column + 1, objective);
}

void lp_set_row(Lp *lp, int32_t row, double lower, double upper)
{
    g_assert(row >= 0 && row < lp->n_rows);
    if (alive(lp))
        glp_set_row_bnds(lp->problem, row + 1, bound_type(lower, upper), bound_value(lower), bound_value(upper));
}

void lp_set_column(Lp *lp, int32_t column, double lower, double upper)
{
    g_assert(column >= 0 && column < lp->n_columns);
    if (alive(lp))
        glp_set_col_bnds(lp->problem, column + 1, bound_type(lower, upper), bound_value(lower), bound_value(upper));
}

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
        glp_error_hook(NULL, NULL);
        glp_free_env();
        generation++;
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
