/* Fuzz target: one file of a good folder replaced by any bytes; the first byte says which. What is read of it passes
 * for a campaign, or the folder is refused as input; a plan's files in its place are read and checked without breaking.
 */
#include "config/fault.h"
#include "ingest/ingest.h"
#include "plan/check.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const char *const inputs[] = {
    "campagne.csv",
    "communes.csv",
    "siae.csv",
    "organismes.csv",
    "formations.csv",
    "offres.csv",
    "besoins.csv",
    "axes.csv",
    "montages.csv",
    "frais.csv",
    "enveloppes.csv",
    "financements.csv",
    "priorites.csv",
    "trajets.csv",
    "fermetures.csv",
    "sessions_fixees.csv",
    "affectations_fixees.csv",
    "complement-offres.csv",
    "catalogue.xml",
};
static const char *const outputs[] = {"sessions.csv",     "seances.csv",    "affectations.csv", "charges.csv",
                                      "non_couverts.csv", "enveloppes.csv", "bilan.csv"};

static char *folder, *sortie;

/* Copies every file of the small region, and of its plan where FUZZ_PLAN names one, to a folder in memory. */
static void copy(const char *from, const char *to)
{
    g_assert_cmpint(g_mkdir_with_parents(to, 0700), ==, 0);
    g_autoptr(GDir) dir = g_dir_open(from, 0, NULL);
    g_assert_nonnull(dir);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *source = g_build_filename(from, name, NULL), *target = g_build_filename(to, name, NULL);
        g_autofree char *text = NULL;
        gsize length;
        if (g_str_has_suffix(name, ".csv") && g_file_get_contents(source, &text, &length, NULL))
            g_assert_true(g_file_set_contents(target, text, (gssize)length, NULL));
    }
}

/* Puts the bytes in the file's place; returns what to put back (NULL: the file was not there). */
static char *replace(const char *path, const uint8_t *bytes, size_t n, gsize *length)
{
    char *before = NULL;
    if (!g_file_get_contents(path, &before, length, NULL))
        before = NULL;
    FILE *file = g_fopen(path, "w");
    g_assert_nonnull(file);
    g_assert_cmpuint(fwrite(bytes, 1, n, file), ==, n);
    g_assert_cmpint(fclose(file), ==, 0);
    return before;
}

static void put_back(const char *path, char *before, gsize length)
{
    if (before == NULL)
        g_unlink(path);
    else
        g_free(replace(path, (const uint8_t *)before, length, &(gsize){0}));
    g_free(before);
}

static Model *read_folder(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(IngestReport) report = NULL;
    Model *model = ingest_read(folder, 100, &report, &error);
    g_assert_true((model == NULL) == (error != NULL));
    g_assert_true(error == NULL || g_error_matches(error, FAULT, FAULT_INPUT));
    g_assert_nonnull(report);
    return model;
}

static void read_plan(const Model *model)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) faults = NULL;
    g_autoptr(ModelPlan) plan = ingest_read_plan(sortie, model, &faults, &error);
    g_assert_true((plan == NULL) == (error != NULL));
    if (plan != NULL)
        g_ptr_array_unref(check_plan(model, plan));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    const char *plan = g_getenv("FUZZ_PLAN");
    if (folder == NULL) {
        g_autofree char *base = g_strdup_printf("/dev/shm/prisme-fuzz-%d", getpid());
        folder = g_build_filename(base, "in", NULL);
        sortie = g_build_filename(base, "out", NULL);
        copy("tests/cli/region", folder);
        if (plan != NULL)
            copy(plan, sortie);
    }
    if (n == 0)
        return 0;
    bool of_plan = plan != NULL && bytes[0] % 2 == 1;
    const char *name =
        of_plan ? outputs[bytes[0] / 2 % G_N_ELEMENTS(outputs)] : inputs[bytes[0] / 2 % G_N_ELEMENTS(inputs)];
    g_autofree char *path = g_build_filename(of_plan ? sortie : folder, name, NULL);
    gsize length = 0;
    char *before = replace(path, bytes + 1, n - 1, &length);
    g_autoptr(Model) model = read_folder();
    if (model != NULL && plan != NULL)
        read_plan(model);
    put_back(path, before, length);
    return 0;
}
