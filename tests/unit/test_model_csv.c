/* A Model written as files and read back is the same Model, in whatever order the files tell it. */
#include "ingest/ingest.h"
#include "tests/lib/model_compare.h"
#include "tests/lib/model_csv.h"
#include "tests/lib/region.h"
#include "tests/lib/scratch.h"

#define SEEDS 120

/* Writes model (permuted by seed unless 0), reads it back without a reject, and wants the same Model. */
static void assert_round_trip(const Model *model, uint64_t seed)
{
    g_autoptr(GError) error = NULL;
    char *folder = scratch_new();
    g_assert_true(seed == 0 ? model_csv_write(model, folder, &error)
                            : model_csv_write_permuted(model, folder, seed, &error));
    g_assert_no_error(error);
    g_autoptr(IngestReport) report = NULL;
    g_autoptr(Model) back = ingest_read(folder, 0, &report, &error);
    if (report != NULL && ingest_report_count(report) > 0) {
        g_autofree char *path = g_build_filename(folder, "rejets.csv", NULL), *text = NULL;
        g_assert_true(ingest_report_write(report, path, NULL));
        g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
        g_test_message("%s", text);
    }
    g_assert_no_error(error);
    g_assert_cmpint(ingest_report_count(report), ==, 0);
    g_autofree char *difference = model_compare(model, back);
    g_assert_cmpstr(difference, ==, NULL);
    g_autofree char *written = model_csv_text(model), *read = model_csv_text(back);
    g_assert_cmpstr(read, ==, written);
    scratch_remove(folder);
}

static void test_tiny(void)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        g_autoptr(Model) model = region_tiny(seed);
        assert_round_trip(model, 0);
    }
}

static void test_tiny_permuted(void)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        g_autoptr(Model) model = region_tiny(seed);
        assert_round_trip(model, seed);
    }
}

static void test_made(void)
{
    g_autoptr(Model) model = region_make(3, region_size_find("small"));
    assert_round_trip(model, 0);
    assert_round_trip(model, 5);
}

static void test_awkward_texts(void)
{
    g_autoptr(Model) model = region_make(4, region_size_find("small"));
    ModelSiae *rows = g_memdup2(model->siae, (gsize)model->n_siae * sizeof *rows);
    rows[0].raison_sociale = "L'Étape ; \"insertion\" & fils";
    rows[1].raison_sociale = "Œuvre d’été, ñandú";
    model->siae = model_own(model, rows);
    assert_round_trip(model, 0);
    assert_round_trip(model, 9);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/model_csv/a tiny region comes back the same", test_tiny);
    g_test_add_func("/model_csv/so it does with rows, columns and lists permuted", test_tiny_permuted);
    g_test_add_func("/model_csv/a made region comes back the same", test_made);
    g_test_add_func("/model_csv/texts with separators and quotes survive", test_awkward_texts);
    return g_test_run();
}
