/* Models written as files and read again: any region, any order of rows, columns and list items. */
#include "config/fault.h"
#include "ingest/ingest.h"
#include "tests/lib/model_compare.h"
#include "tests/lib/model_csv.h"
#include "tests/lib/region.h"

#include <glib/gstdio.h>

static char *make_folder(void)
{
    char *folder = g_dir_make_tmp("prisme-ingest-XXXXXX", NULL);
    g_assert_nonnull(folder);
    return folder;
}

static void remove_folder(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_unlink(path);
    }
    g_rmdir(folder);
}

static void reads_back(const Model *expected, const char *folder)
{
    g_autoptr(IngestReport) report = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(Model) read = ingest_read(folder, 0, &report, &error);
    if (ingest_report_count(report) > 0) {
        g_autofree char *path = g_build_filename(folder, "rejets.csv", NULL), *text = NULL;
        g_assert_true(ingest_report_write(report, path, NULL));
        g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
        g_test_message("%s", text);
    }
    g_assert_no_error(error);
    g_autofree char *difference = model_compare(expected, read);
    g_assert_cmpstr(difference, ==, NULL);
    g_assert_cmpint(ingest_report_count(report), ==, 0);
}

/* A montage whose bounds cross is refused as a row: such a region cannot come back whole. */
static bool can_be_loaded(const Model *model)
{
    for (int32_t i = 0; i < model->n_montages; i++)
        if (model->montages[i].effectif_max >= 0 && model->montages[i].effectif_min > model->montages[i].effectif_max)
            return false;
    return true;
}

static void in_order(void)
{
    for (uint64_t seed = 1; seed <= 60; seed++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Model) model = region_tiny(seed);
        if (!can_be_loaded(model))
            continue;
        g_autofree char *folder = make_folder();
        g_assert_true(model_csv_write(model, folder, &error));
        reads_back(model, folder);
        remove_folder(folder);
    }
}

static void permuted(void)
{
    for (uint64_t seed = 1; seed <= 60; seed++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Model) model = region_tiny(seed);
        if (!can_be_loaded(model))
            continue;
        g_autofree char *folder = make_folder();
        g_assert_true(model_csv_write_permuted(model, folder, seed * 7919, &error));
        reads_back(model, folder);
        remove_folder(folder);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ingest/a region written as files is read back whole", in_order);
    g_test_add_func("/ingest/rows, columns and list items in any order give the same region", permuted);
    return g_test_run();
}
