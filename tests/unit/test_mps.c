/* The exact model, solved by GLPK's branch and bound, against exhaustive search on tiny regions. */
#include "config/calendar.h"
#include "config/fault.h"
#include "plan/check.h"
#include "plan/mps.h"
#include "tests/lib/exhaustive.h"
#include "tests/lib/mps_plan.h"
#include "tests/lib/region.h"
#include "tests/lib/short.h"

#include <glib/gstdio.h>
#include <glpk.h>
#include <math.h>
#include <string.h>

#define SEEDS 200
#define NODES 2000000

static char *folder, *path;
static int searched, feasible, binding;

/* The optimum of the file at path; *columns: a line "name value" for each of them. False: infeasible. */
static bool solve(double *value, char **columns)
{
    glp_prob *lp = glp_create_prob();
    glp_term_out(GLP_OFF);
    g_assert_cmpint(glp_read_mps(lp, GLP_MPS_FILE, NULL, path), ==, 0);
    /* GLPK's integer presolver aborts on some models that it reduces to nothing: the plain simplex is enough here */
    glp_iocp options;
    glp_init_iocp(&options);
    options.cov_cuts = options.gmi_cuts = GLP_ON;
    options.tol_int = 1e-7;
    options.tm_lim = 60000;
    bool empty = glp_get_num_cols(lp) == 0;
    g_assert_cmpint(empty ? 0 : glp_simplex(lp, NULL), ==, 0);
    bool found = empty || glp_get_status(lp) == GLP_OPT;
    if (found && !empty) {
        g_assert_cmpint(glp_intopt(lp, &options), ==, 0);
        found = glp_mip_status(lp) == GLP_OPT;
        g_assert_true(found || glp_mip_status(lp) == GLP_NOFEAS);
    } else if (!empty) {
        g_assert_cmpint(glp_get_status(lp), ==, GLP_NOFEAS);
    }
    GString *text = g_string_new(NULL);
    for (int j = 1; found && j <= glp_get_num_cols(lp); j++)
        if (fabs(glp_mip_col_val(lp, j)) > 1e-9)
            g_string_append_printf(text, "%s %.9g\n", glp_get_col_name(lp, j), glp_mip_col_val(lp, j));
    *value = found && !empty ? glp_mip_obj_val(lp) : 0;
    *columns = g_string_free(text, FALSE);
    glp_delete_prob(lp);
    glp_free_env();
    return found;
}

/* Its optimum in whole points or cents. */
static bool optimum(const Problem *problem, MpsForm form, int64_t *value, char **columns)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(mps_write(problem, &form, path, &error));
    g_assert_no_error(error);
    double least;
    if (!solve(&least, columns))
        return false;
    *value = form.points < 0 ? -llround(least) : llround(least * 100);
    return true;
}

static void keeps_every_rule(const Problem *problem, const char *columns, int64_t points, int64_t cost)
{
    g_autoptr(GError) error = NULL;
    ResultProof proof = {.points_borne = points, .cout_pondere_borne = cost, .arret = "optimal"};
    g_autoptr(ModelPlan) plan = mps_plan(problem, columns, &proof, &error);
    g_assert_no_error(error);
    g_autoptr(GPtrArray) violations = check_plan(problem->model, plan);
    for (guint i = 0; i < violations->len; i++)
        g_test_message("%s", (const char *)g_ptr_array_index(violations, i));
    g_assert_cmpuint(violations->len, ==, 0);
    g_assert_cmpint(plan->bilan.points, ==, points);
    if (cost > 0)
        g_assert_cmpint(plan->bilan.cout_pondere, ==, cost);
}

/* The points of the optimum. */
static int64_t compare(const Model *model)
{
    int32_t date_plan =
        model->campagne.date_plan != MODEL_NONE ? model->campagne.date_plan : model->campagne.date_debut;
    g_autoptr(GError) error = NULL;
    g_autoptr(Problem) problem = problem_new(model, date_plan, &error);
    if (problem == NULL)
        return 0;
    ExhaustiveResult best;
    exhaustive_solve(model, date_plan, NODES, &best);
    g_autofree char *columns = NULL, *cheap = NULL, *loose = NULL, *loose_cheap = NULL;
    int64_t points = 0, cost = 0, more = 0, less = 0;
    bool found = optimum(problem, (MpsForm){-1, true}, &points, &columns);
    if (best.complete) {
        searched++;
        feasible += found;
        g_assert_true(found == best.feasible);
    }
    if (best.complete && found) {
        g_assert_cmpint(points, ==, best.points);
        keeps_every_rule(problem, columns, points, 0);
        g_assert_true(optimum(problem, (MpsForm){points, true}, &cost, &cheap));
        g_assert_cmpint(cost, ==, best.cout_pondere);
        keeps_every_rule(problem, cheap, points, cost);
        g_assert_true(optimum(problem, (MpsForm){-1, false}, &more, &loose));
        g_assert_cmpint(more, >=, points);
        g_assert_true(optimum(problem, (MpsForm){points, false}, &less, &loose_cheap));
        g_assert_cmpint(less, <=, cost);
        binding += more > points || less < cost;
    }
    exhaustive_clear(&best);
    return points;
}

static void test_tiny(void)
{
    int seeds = (int)short_of(SEEDS);
    for (uint64_t seed = 0; seed < (uint64_t)seeds; seed++) {
        g_autoptr(Model) model = region_tiny(seed);
        g_test_message("seed %" G_GUINT64_FORMAT, seed);
        compare(model);
    }
    g_test_message("%d regions searched, %d with a plan; the relaxed cents show in %d", searched, feasible, binding);
    g_assert_cmpint(searched, >, seeds * 3 / 4);
    g_assert_cmpint(feasible, >, seeds / 2);
    g_assert_cmpint(binding, >, 0);
}

/* Regions whose last axe asks for three SIAE. */
static void test_three(void)
{
    int served = 0;
    for (uint64_t seed = 0; seed < 2 * (uint64_t)short_of(SEEDS); seed++) {
        g_autoptr(Model) model = region_tiny(seed);
        if (model->n_siae < 3 || model->n_sessions_fixees > 0)
            continue;
        ModelAxe *axes = g_memdup2(model->axes, (gsize)model->n_axes * sizeof *axes);
        axes[model->n_axes - 1].min_siae = 3;
        model->axes = model_own(model, axes);
        g_test_message("seed %" G_GUINT64_FORMAT, seed);
        served += compare(model) > 0 && model->n_axes == 1;
    }
    g_assert_cmpint(served, >, 0);
}

/* How many besoins no column of the model may seat in a slot; every one of them is refused. */
static int refused(const Problem *problem, int32_t s)
{
    const ProblemSlot *slot = &problem->slots[s];
    int n = 0;
    for (int32_t b = 0; b < problem->model->n_besoins && slot->n_starts > 0; b++) {
        if (problem_link(problem, slot, b) != MODEL_NONE)
            continue;
        int year, month, day;
        calendar_split(slot->starts[0].debut, &year, &month, &day);
        g_autofree char *line = g_strdup_printf("n%d_%04d%02d%02d_1_1_%d_0 1\n", s, year, month, day, b);
        g_autoptr(GError) error = NULL;
        g_autoptr(ModelPlan) plan = mps_plan(problem, line, &(ResultProof){.arret = "delai"}, &error);
        g_assert_null(plan);
        g_assert_error(error, FAULT, FAULT_INPUT);
        g_assert_nonnull(strstr(error->message, "is no column of the model"));
        n++;
    }
    return n;
}

static void test_no_seat(void)
{
    int n_refused = 0;
    for (uint64_t seed = 0; seed < 20; seed++) {
        g_autoptr(Model) model = region_tiny(seed);
        g_autoptr(Problem) problem = problem_new(model, model->campagne.date_plan, NULL);
        for (int32_t s = 0; problem != NULL && s < problem->n_slots; s++)
            n_refused += refused(problem, s);
    }
    g_assert_cmpint(n_refused, >, 20);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = g_dir_make_tmp("prisme-mps-XXXXXX", NULL);
    path = g_build_filename(folder, "model.mps", NULL);
    g_test_add_func("/mps/the exact model's optimum is the exhaustive one; its solution keeps every rule", test_tiny);
    g_test_add_func("/mps/so it is where three SIAE are asked for", test_three);
    g_test_add_func("/mps/a learner where he may not sit is no column of the model", test_no_seat);
    int status = g_test_run();
    g_unlink(path);
    g_rmdir(folder);
    g_free(path);
    g_free(folder);
    return status;
}
