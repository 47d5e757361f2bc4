/* What the regional workbook computes beyond the plan's rows: groups of one SIAE, months of envelopes, CSV files read
 * back. Worked by hand on the small plan. */
#include "config/fault.h"
#include "export/csv_sum.h"
#include "export/forecast.h"
#include "export/mutualisation.h"
#include "tests/lib/small_plan.h"

#include <glib/gstdio.h>

/* Every number of groups tried. */
static int64_t most_held(int64_t n, int64_t least, int64_t most, int64_t *groups)
{
    int64_t best = 0;
    *groups = 0;
    for (int64_t k = 1; k * least <= n; k++)
        if (MIN(n, k * most) > best) {
            best = MIN(n, k * most);
            *groups = k;
        }
    return best;
}

static void test_fit(void)
{
    for (int64_t n = 0; n <= 60; n++)
        for (int64_t least = 1; least <= 12; least++)
            for (int64_t most = least; most <= 16; most++) {
                int64_t groups, wanted;
                int64_t held = mutualisation_fit(n, least, most, &groups);
                g_assert_cmpint(held, ==, most_held(n, least, most, &wanted));
                g_assert_cmpint(groups, ==, wanted);
            }
}

/* S3 alone fills its session of 2; S1 and S2 share an axe that asks for two SIAE. */
static void test_sharing(void)
{
    g_autoptr(Model) model = small_plan_model();
    g_autoptr(ModelPlan) plan = small_plan();
    g_autoptr(Figures) figures = figures_new(model, plan);
    Mutualisation total;
    g_autofree Mutualisation *gains = mutualisation_new(figures, &total);
    g_assert_cmpint(gains[0].axe, ==, 3);
    g_assert_cmpint(gains[0].cout_autres, ==, 88500 + 11400);
    g_assert_cmpint(gains[1].axe, ==, 2);
    g_assert_cmpint(gains[2].seuls, ==, 2);
    g_assert_cmpint(gains[2].cout_seuls, ==, 79000);
    g_assert_cmpint(gains[2].cout_plan, ==, 79000);
    g_assert_cmpint(gains[3].servis, ==, 0);
    g_assert_cmpint(total.servis, ==, 7);
    g_assert_cmpint(total.cout_plan + total.cout_autres, ==, figures_cost(&figures->total.servi));
}

/* Without that axe S1 alone has 3 learners where 4 make a group; S1 with 4 would pay the whole session. */
static void test_sharing_without_axe(void)
{
    g_autoptr(Model) model = small_plan_model();
    g_autoptr(ModelPlan) plan = small_plan();
    ModelAxe *axes = model_own(model, g_memdup2(model->axes, sizeof *axes * (size_t)model->n_axes));
    ModelOffre *offres = model_own(model, g_memdup2(model->offres, sizeof *offres * (size_t)model->n_offres));
    axes[1].min_siae = 1;
    model->axes = axes;
    model->offres = offres;
    g_autoptr(Figures) figures = figures_new(model, plan);
    Mutualisation total;
    g_autofree Mutualisation *small = mutualisation_new(figures, &total);
    g_assert_cmpint(small[0].groupe, ==, 3);
    g_assert_cmpint(small[0].seuls, ==, 0);
    offres[1].effectif_min = 3;
    g_autofree Mutualisation *enough = mutualisation_new(figures, &total);
    g_assert_cmpint(enough[0].seuls, ==, 3);
    g_assert_cmpint(enough[0].cout_seuls, ==, 140000 + 3 * 1500 + 11400);
    g_assert_cmpint(enough[0].cout_plan, ==, 88500 + 11400);
    g_assert_cmpint(enough[1].groupe, ==, 2);
}

static void test_forecast(void)
{
    g_autoptr(Model) model = small_plan_model();
    g_autoptr(ModelPlan) plan = small_plan();
    ModelEnveloppe *enveloppes =
        model_own(model, g_memdup2(model->enveloppes, sizeof *enveloppes * (size_t)model->n_enveloppes));
    enveloppes[0].montant_acquis = 40000; /* of the 484.48 charged in January */
    model->enveloppes = enveloppes;
    g_autoptr(Figures) figures = figures_new(model, plan);
    g_autoptr(Forecast) forecast = forecast_new(figures);
    g_assert_cmpint(forecast->n_months, ==, 2);
    g_assert_cmpint(forecast->parts[0].ferme, ==, 40000);
    g_assert_cmpint(forecast->parts[0].conditionnel, ==, 8448);
    g_assert_cmpint(forecast->enveloppes[2].ferme, ==, 105360);
    g_assert_cmpint(forecast->months[0].ferme, ==, 40000 + 105360);
    g_assert_cmpint(forecast->months[1].ferme + forecast->months[1].conditionnel, ==, 0);
}

static void test_csv_sum(void)
{
    static const struct {
        const char *text;
        int64_t sum; /* of column b; -1 = refused */
        int64_t rows;
    } cases[] = {
        {"a;b\n", 0, 0},
        {"a;b\nx;1.50\n\"y;\"\"z\"\"\nw\";-0.25\n", 125, 2},
        {"a;b\nx;12\ny;0.5\n", 1250, 2},
        {"b;a\n3;1.5\n", 300, 1},
        {"a;c\nx;1\n", -1, 0},
        {"a;b\nx;1.234\n", -1, 0},
        {"a;b\nx;\n", -1, 0},
        {"a;b\nx;99999999999999999999\n", -1, 0},
    };
    g_autofree char *path = NULL;
    int file = g_file_open_tmp("prisme-sum-XXXXXX", &path, NULL);
    g_assert_true(g_close(file, NULL));
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        CsvSumColumn column = {"b", 0};
        CsvSumFile read;
        g_autoptr(GError) error = NULL;
        g_assert_true(g_file_set_contents(path, cases[i].text, -1, NULL));
        bool fine = csv_sum_read(path, &column, 1, &read, &error);
        g_assert_cmpint(fine, ==, cases[i].sum != -1);
        if (!fine) {
            g_assert_error(error, FAULT, FAULT_OUTPUT);
            continue;
        }
        g_assert_cmpint(column.sum, ==, cases[i].sum);
        g_assert_cmpint(read.rows, ==, cases[i].rows);
    }
    g_remove(path);
    CsvSumFile read;
    g_autoptr(GError) error = NULL;
    g_assert_false(csv_sum_read(path, NULL, 0, &read, &error));
    g_assert_error(error, FAULT, FAULT_OUTPUT);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/regional figures/groups of one SIAE hold the most learners in the fewest groups", test_fit);
    g_test_add_func("/regional figures/learners of a shared axe could not train alone", test_sharing);
    g_test_add_func("/regional figures/too few learners have no group; enough pay the whole price",
                    test_sharing_without_axe);
    g_test_add_func("/regional figures/what is acquired pays first, the rest is conditional", test_forecast);
    g_test_add_func("/regional figures/a CSV file is read back as it was written", test_csv_sum);
    return g_test_run();
}
