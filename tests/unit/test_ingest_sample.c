/* The sample region is clean: nothing to report, every row in the Model. */
#include "config/fault.h"
#include "ingest/ingest.h"

static void sample_is_clean(void)
{
    g_autoptr(IngestReport) report = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(Model) model = ingest_read("config/sample", 0, &report, &error);
    g_assert_no_error(error);
    g_assert_nonnull(model);
    g_assert_cmpint(ingest_report_count(report), ==, 0);
    g_assert_cmpint(model->n_besoins, >, 0);
    for (int32_t i = 0; i < model->n_besoins; i++) {
        g_assert_cmpint(model->besoins[i].siae, >=, 0);
        g_assert_cmpint(model->besoins[i].commune, >=, 0);
        g_assert_cmpint(model_find_besoin(model, model->besoins[i].reference), ==, i);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ingest/the sample region has nothing to report", sample_is_clean);
    return g_test_run();
}
