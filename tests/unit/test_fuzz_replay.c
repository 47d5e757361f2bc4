/* The corpora of the fuzz targets, replayed: what once showed a fault must never show one again. */
#include <glib.h>

#define LLVMFuzzerTestOneInput replay_csv
#include "tests/fuzz/fuzz_csv.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput replay_field
#include "tests/fuzz/fuzz_field.c"
#undef LLVMFuzzerTestOneInput

#define LLVMFuzzerTestOneInput replay_xlsx
#include "tests/fuzz/fuzz_xlsx.c"
#undef LLVMFuzzerTestOneInput

typedef struct {
    const char *name, *corpus;
    int (*one)(const uint8_t *bytes, size_t n);
} Target;

static const Target targets[] = {
    {"/fuzz replay/csv", "tests/fuzz/corpus/fuzz_csv", replay_csv},
    {"/fuzz replay/xlsx", "tests/fuzz/corpus/fuzz_xlsx", replay_xlsx},
    {"/fuzz replay/field", "tests/fuzz/corpus/fuzz_field", replay_field},
};

static void replay(gconstpointer data)
{
    const Target *target = data;
    g_autoptr(GDir) dir = g_dir_open(target->corpus, 0, NULL);
    g_assert_nonnull(dir);
    int n_files = 0;
    for (const char *name; (name = g_dir_read_name(dir)) != NULL; n_files++) {
        g_autofree char *path = g_build_filename(target->corpus, name, NULL), *bytes = NULL;
        gsize n;
        g_assert_true(g_file_get_contents(path, &bytes, &n, NULL));
        g_assert_cmpint(target->one((const uint8_t *)bytes, n), ==, 0);
    }
    g_assert_cmpint(n_files, >=, 10);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(targets); i++)
        g_test_add_data_func(targets[i].name, &targets[i], replay);
    return g_test_run();
}
