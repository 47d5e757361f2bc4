/* The adapter of the LP solver: known optima, signs of duals, statuses, warm starts, faults and threads. */
#include "plan/lp.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#define NEAR 1e-6

static void assert_near(double a, double b)
{
    g_assert_cmpfloat_with_epsilon(a, b, NEAR * (1 + fabs(b)));
}

/* max 3x + 5y: x <= 4, 2y <= 12, 3x + 2y <= 18, the last bound moved by `more`. Optimum 36 at (2, 6), duals 0, 3/2, 1.
 */
static Lp *wyndor(double more)
{
    static const int32_t x_rows[] = {0, 2}, y_rows[] = {1, 2};
    static const double x_values[] = {1, 3}, y_values[] = {2, 2};
    Lp *lp = lp_new();
    g_assert_cmpint(lp_add_row(lp, -INFINITY, 4), ==, 0);
    g_assert_cmpint(lp_add_row(lp, -INFINITY, 12), ==, 1);
    g_assert_cmpint(lp_add_row(lp, -INFINITY, 18 + more), ==, 2);
    g_assert_cmpint(lp_add_column(lp, 3, 0, INFINITY, 2, x_rows, x_values), ==, 0);
    g_assert_cmpint(lp_add_column(lp, 5, 0, INFINITY, 2, y_rows, y_values), ==, 1);
    return lp;
}

static void test_known(void)
{
    Lp *lp = wyndor(0);
    g_assert_cmpint(lp_solve(lp), ==, LP_OPTIMAL);
    assert_near(lp_value(lp), 36);
    assert_near(lp_primal(lp, 0), 2);
    assert_near(lp_primal(lp, 1), 6);
    assert_near(lp_dual(lp, 0), 0);
    assert_near(lp_dual(lp, 1), 1.5);
    assert_near(lp_dual(lp, 2), 1);
    lp_free(lp);
}

static void test_bounds(void)
{
    static const int32_t rows[] = {0};
    static const double ones[] = {1};
    Lp *lp = lp_new();
    lp_add_row(lp, 2, 2);                                      /* x + y = 2 */
    lp_add_column(lp, -1, 0.5, 0.5, 1, rows, ones);            /* a fixed column */
    lp_add_column(lp, -3, -INFINITY, INFINITY, 1, rows, ones); /* a free one */
    g_assert_cmpint(lp_solve(lp), ==, LP_OPTIMAL);
    assert_near(lp_primal(lp, 0), 0.5);
    assert_near(lp_primal(lp, 1), 1.5);
    assert_near(lp_value(lp), -5);
    assert_near(lp_dual(lp, 0), -3); /* more of what must be bought costs more */
    lp_set_row(lp, 0, 3, 3);
    g_assert_cmpint(lp_solve(lp), ==, LP_OPTIMAL);
    assert_near(lp_value(lp), -8);
    lp_set_column(lp, 0, -1, 4);
    g_assert_cmpint(lp_solve(lp), ==, LP_OPTIMAL);
    assert_near(lp_value(lp), -4 + 3);
    lp_set_objective(lp, 0, -5);
    g_assert_cmpint(lp_solve(lp), ==, LP_OPTIMAL);
    assert_near(lp_value(lp), 5 - 12);
    lp_free(lp);
}

static void test_filled_rows(void)
{
    static const int32_t columns[] = {0, 1};
    static const double values[] = {1, 1};
    Lp *lp = wyndor(0);
    g_assert_cmpint(lp_solve(lp), ==, LP_OPTIMAL);
    int32_t row = lp_add_row(lp, -INFINITY, 7);
    lp_fill_row(lp, row, 2, columns, values); /* x + y <= 7: now (1, 6) */
    g_assert_cmpint(lp_solve(lp), ==, LP_OPTIMAL);
    assert_near(lp_value(lp), 33);
    assert_near(lp_dual(lp, row), 3);
    lp_free(lp);
}

/* ---- random programs ---- */

#define ROWS 5
#define COLUMNS 8

typedef struct {
    double upper[ROWS], lower[ROWS], objective[COLUMNS], values[COLUMNS][ROWS];
} Data;

/* Rows of both senses around a point, so that it is feasible; columns in [0, 10], so that it is bounded. */
static void random_data(GRand *rand, Data *data)
{
    double at[COLUMNS], sum[ROWS] = {0};
    for (int c = 0; c < COLUMNS; c++) {
        at[c] = g_rand_double_range(rand, 0, 10);
        data->objective[c] = g_rand_double_range(rand, -5, 10);
        for (int r = 0; r < ROWS; r++) {
            data->values[c][r] = g_rand_double_range(rand, -2, 6);
            sum[r] += at[c] * data->values[c][r];
        }
    }
    for (int r = 0; r < ROWS; r++) {
        data->lower[r] = r % 3 == 0 ? -INFINITY : sum[r] - g_rand_double_range(rand, 0, 9);
        data->upper[r] = r % 3 == 1 ? INFINITY : sum[r] + g_rand_double_range(rand, 0, 9);
    }
}

static Lp *make(const Data *data, int columns)
{
    static const int32_t rows[ROWS] = {0, 1, 2, 3, 4};
    Lp *lp = lp_new();
    for (int r = 0; r < ROWS; r++)
        lp_add_row(lp, data->lower[r], data->upper[r]);
    for (int c = 0; c < columns; c++)
        lp_add_column(lp, data->objective[c], 0, 10, ROWS, rows, data->values[c]);
    return lp;
}

static double optimum(const Data *data)
{
    Lp *lp = make(data, COLUMNS);
    g_assert_cmpint(lp_solve(lp), ==, LP_OPTIMAL);
    double value = lp_value(lp);
    lp_free(lp);
    return value;
}

/* A move of a row's bounds, as a rate; the optimum is concave in it, so the slopes either side enclose the dual. */
static double slope(const Data *data, int row, double step)
{
    Data moved = *data;
    moved.lower[row] += step;
    moved.upper[row] += step;
    return (optimum(&moved) - optimum(data)) / step;
}

static void test_duals(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(7);
    int32_t binding = 0, below = 0, above = 0;
    for (int i = 0; i < 100; i++) {
        Data data;
        random_data(rand, &data);
        Lp *lp = make(&data, COLUMNS);
        g_assert_cmpint(lp_solve(lp), ==, LP_OPTIMAL);
        for (int r = 0; r < ROWS; r++) {
            double dual = lp_dual(lp, r), activity = 0;
            for (int c = 0; c < COLUMNS; c++)
                activity += data.values[c][r] * lp_primal(lp, c);
            g_assert_cmpfloat(activity, >=, data.lower[r] - 1e-5);
            g_assert_cmpfloat(activity, <=, data.upper[r] + 1e-5);
            g_assert_cmpfloat(slope(&data, r, 1e-4), <=, dual + 1e-4);
            g_assert_cmpfloat(slope(&data, r, -1e-4), >=, dual - 1e-4);
            if (fabs(dual) < 1e-9)
                continue;
            binding++;
            bool at_upper = fabs(activity - data.upper[r]) < 1e-5;
            g_assert_true(at_upper || fabs(activity - data.lower[r]) < 1e-5);
            g_assert_true(at_upper ? dual > 0 : dual < 0);
            above += at_upper;
            below += !at_upper;
        }
        lp_free(lp);
    }
    g_test_message("%d duals, %d of upper bounds, %d of lower bounds", binding, above, below);
    g_assert_cmpint(above, >, 20);
    g_assert_cmpint(below, >, 20);
}

static void test_warm(void)
{
    static const int32_t rows[ROWS] = {0, 1, 2, 3, 4};
    g_autoptr(GRand) rand = g_rand_new_with_seed(11);
    for (int i = 0; i < 200; i++) {
        Data data;
        random_data(rand, &data);
        Lp *lp = make(&data, 2);
        for (int c = 2; c < COLUMNS; c++) {
            LpStatus before = lp_solve(lp); /* few columns may not reach the lower bounds */
            g_assert_true(before == LP_OPTIMAL || before == LP_INFEASIBLE);
            lp_add_column(lp, data.objective[c], 0, 10, ROWS, rows, data.values[c]);
        }
        g_assert_cmpint(lp_solve(lp), ==, LP_OPTIMAL);
        assert_near(lp_value(lp), optimum(&data));
        lp_free(lp);
    }
}

/* ---- what is not an optimum ---- */

static void test_statuses(void)
{
    static const int32_t rows[] = {0};
    static const double ones[] = {1};
    Lp *lp = lp_new();
    lp_add_row(lp, 5, INFINITY);
    lp_add_column(lp, 1, 0, 4, 1, rows, ones);
    g_assert_cmpint(lp_solve(lp), ==, LP_INFEASIBLE);
    lp_set_column(lp, 0, 0, INFINITY);
    g_assert_cmpint(lp_solve(lp), ==, LP_UNBOUNDED);
    lp_set_row(lp, 0, 5, 6);
    g_assert_cmpint(lp_solve(lp), ==, LP_OPTIMAL);
    assert_near(lp_value(lp), 6);
    lp_free(lp);
}

static void test_not_finite(void)
{
    static const int32_t rows[] = {0};
    static const double bad[] = {NAN, INFINITY, -INFINITY};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        Lp *coefficient = wyndor(0), *objective = wyndor(0), *later = wyndor(0), *row = wyndor(0);
        lp_add_column(coefficient, 1, 0, 1, 1, rows, &bad[i]);
        lp_add_column(objective, bad[i], 0, 1, 1, rows, &(double){1});
        g_assert_cmpint(lp_solve(later), ==, LP_OPTIMAL);
        lp_set_objective(later, 0, bad[i]);
        lp_fill_row(row, 0, 1, rows, &bad[i]);
        g_assert_cmpint(lp_solve(coefficient), ==, LP_FAILED);
        g_assert_cmpint(lp_solve(objective), ==, LP_FAILED);
        g_assert_cmpint(lp_solve(later), ==, LP_FAILED);
        g_assert_cmpint(lp_solve(row), ==, LP_FAILED);
        lp_free(coefficient);
        lp_free(objective);
        lp_free(later);
        lp_free(row);
    }
    test_known(); /* the others live */
}

/* Each is one fault; solved programs that fall to it fail from then on, and nothing else suffers. */
static void double_row(Lp *lp)
{
    lp_fill_row(lp, 0, 3, (const int32_t[]){0, 1, 0}, (const double[]){1, 2, 1});
}

static void double_column(Lp *lp)
{
    lp_add_column(lp, 1, 0, 1, 2, (const int32_t[]){1, 1}, (const double[]){1, 1});
}

static void no_number_below(Lp *lp)
{
    lp_set_row(lp, 0, NAN, 4);
}

static void no_number_above(Lp *lp)
{
    lp_set_column(lp, 0, 0, NAN);
}

static void no_number_in_new_row(Lp *lp)
{
    lp_add_row(lp, -INFINITY, NAN);
}

static void no_number_in_new_column(Lp *lp)
{
    lp_add_column(lp, 1, NAN, 1, 0, NULL, NULL);
}

static void nothing_above(Lp *lp)
{
    lp_set_column(lp, 0, INFINITY, INFINITY);
}

static void nothing_below(Lp *lp)
{
    lp_set_row(lp, 0, -INFINITY, -INFINITY);
}

static void test_misuse(void)
{
    static const struct {
        const char *name;
        void (*spoil)(Lp *lp);
    } cases[] = {{"a column twice in a row", double_row},       {"a row twice in a column", double_column},
                 {"NaN below a row", no_number_below},          {"NaN above a column", no_number_above},
                 {"NaN above a new row", no_number_in_new_row}, {"NaN below a new column", no_number_in_new_column},
                 {"a column from infinity on", nothing_above},  {"a row up to minus infinity", nothing_below}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Lp *lp = wyndor(0), *other = wyndor(0);
        g_test_message("%s", cases[i].name);
        g_assert_cmpint(lp_solve(lp), ==, LP_OPTIMAL);
        cases[i].spoil(lp);
        g_assert_cmpint(lp_solve(lp), ==, LP_FAILED);
        lp_set_column(lp, 0, 0, 1);
        g_assert_cmpint(lp_solve(lp), ==, LP_FAILED);
        g_assert_cmpint(lp_solve(other), ==, LP_OPTIMAL);
        assert_near(lp_value(other), 36);
        lp_free(lp);
        lp_free(other);
    }
}

/* Bounds that cross are a misuse the simplex refuses: told as a status, and nothing else suffers. */
static void test_crossed_bounds(void)
{
    Lp *lp = wyndor(0), *other = wyndor(0);
    lp_set_row(lp, 2, 19, 18);
    g_assert_cmpint(lp_solve(lp), !=, LP_OPTIMAL);
    g_assert_cmpint(lp_solve(other), ==, LP_OPTIMAL);
    assert_near(lp_value(other), 36);
    lp_set_row(lp, 2, -INFINITY, 18);
    g_assert_cmpint(lp_solve(lp), ==, LP_OPTIMAL);
    assert_near(lp_value(lp), 36);
    lp_free(lp);
    lp_free(other);
}

/* GLPK frees all programs of a thread together, which the end of the thread does too. */
static void test_lost(void)
{
    static const int32_t both[] = {0, 1};
    Lp *lost = wyndor(0);
    g_assert_cmpint(lp_solve(lost), ==, LP_OPTIMAL);
    lp_end_thread();
    lp_set_row(lost, 2, 0, 17);
    lp_set_column(lost, 1, 0, 1);
    lp_set_objective(lost, 1, 2);
    g_assert_cmpint(lp_add_row(lost, 0, 1), ==, 3);
    lp_fill_row(lost, 3, 2, both, (double[]){1, 1});
    g_assert_cmpint(lp_add_column(lost, 1, 0, 1, 2, both, (double[]){1, 1}), ==, 2);
    g_assert_cmpint(lp_solve(lost), ==, LP_FAILED);
    test_known(); /* the next ones live */
    lp_free(lost);
}

/* ---- threads ---- */

static gpointer solve_many(gpointer user)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(3);
    GArray *values = user;
    for (int i = 0; i < 300; i++) {
        Data data;
        random_data(rand, &data);
        double value = optimum(&data);
        g_array_append_val(values, value);
    }
    lp_end_thread();
    return NULL;
}

static void test_threads(void)
{
    GArray *values[3];
    GThread *threads[3];
    Lp *mine = wyndor(0);
    for (int i = 0; i < 3; i++)
        values[i] = g_array_new(FALSE, FALSE, sizeof(double));
    for (int i = 0; i < 3; i++)
        threads[i] = g_thread_new("lp", solve_many, values[i]);
    g_assert_cmpint(lp_solve(mine), ==, LP_OPTIMAL);
    for (int i = 0; i < 3; i++)
        g_thread_join(threads[i]);
    g_assert_cmpint(lp_solve(mine), ==, LP_OPTIMAL); /* other threads' ends did not free it */
    assert_near(lp_value(mine), 36);
    lp_free(mine);
    for (int i = 0; i < 3; i++) {
        g_assert_cmpuint(values[i]->len, ==, 300);
        g_assert_cmpint(memcmp(values[i]->data, values[0]->data, 300 * sizeof(double)), ==, 0);
    }
    for (int i = 0; i < 3; i++)
        g_array_free(values[i], TRUE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lp/a known program has its known optimum and duals", test_known);
    g_test_add_func("/lp/fixed, free and boxed columns, and changed bounds, are obeyed", test_bounds);
    g_test_add_func("/lp/a row filled after a solve counts", test_filled_rows);
    g_test_add_func("/lp/a dual is the slope of the optimum in the row's bound", test_duals);
    g_test_add_func("/lp/columns added between solves end at the optimum of a fresh one", test_warm);
    g_test_add_func("/lp/infeasible and unbounded are told, and cured by new bounds", test_statuses);
    g_test_add_func("/lp/a coefficient that is not finite fails the program, not the process", test_not_finite);
    g_test_add_func("/lp/a position given twice, or a bound that is none, fails the program, not the process",
                    test_misuse);
    g_test_add_func("/lp/bounds that cross fail the program, not the process", test_crossed_bounds);
    g_test_add_func("/lp/a program lost with the others of its thread fails, not the process", test_lost);
    g_test_add_func("/lp/threads solve at once, each what it solves alone", test_threads);
    return g_test_run();
}
