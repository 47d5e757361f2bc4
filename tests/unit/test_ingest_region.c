/* Models written as files and read again: any region, any order of rows, columns and list items. */
#include "config/fault.h"
#include "ingest/ingest.h"
#include "tests/lib/model_compare.h"
#include "tests/lib/model_csv.h"
#include "tests/lib/region.h"
#include "tests/lib/scratch.h"

#include <string.h>

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
        char *folder = scratch_new();
        g_assert_true(model_csv_write(model, folder, &error));
        reads_back(model, folder);
        scratch_remove(folder);
    }
}

static void permuted(void)
{
    for (uint64_t seed = 1; seed <= 60; seed++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Model) model = region_tiny(seed);
        if (!can_be_loaded(model))
            continue;
        char *folder = scratch_new();
        g_assert_true(model_csv_write_permuted(model, folder, seed * 7919, &error));
        reads_back(model, folder);
        scratch_remove(folder);
    }
}

/* ---- every dialect ---- */

typedef struct {
    char delimiter;
    const char *end;
    bool quoted; /* every cell, else only those that need it */
    int encoding;
} Dialect;

static void put_cell(GString *out, const char *cell, const Dialect *dialect)
{
    const char needs[] = {dialect->delimiter, '"', '\n', '\r', '\0'};
    bool quoted = dialect->quoted || strpbrk(cell, needs) != NULL;
    g_string_append(out, quoted ? "\"" : "");
    for (; *cell != '\0'; cell++)
        g_string_append_printf(out, *cell == '"' ? "\"\"" : "%c", *cell);
    g_string_append(out, quoted ? "\"" : "");
}

/* text, a CSV of ours, in a dialect. */
static GString *in_dialect(const char *text, const Dialect *dialect)
{
    static const struct {
        const char *name, *mark;
        gssize n_mark;
    } encodings[] = {{"UTF-8", "", 0},
                     {"UTF-8", "\xEF\xBB\xBF", 3},
                     {"UTF-16LE", "\xFF\xFE", 2},
                     {"UTF-16BE", "\xFE\xFF", 2},
                     {"WINDOWS-1252", "", 0}};
    g_autoptr(GString) out = g_string_new(NULL), cell = g_string_new(NULL);
    bool quoted = false;
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"' && !(quoted && c[1] == '"')) {
            quoted = !quoted;
        } else if (!quoted && (*c == ';' || *c == '\n')) {
            put_cell(out, cell->str, dialect);
            g_string_truncate(cell, 0);
            if (*c == ';')
                g_string_append_c(out, dialect->delimiter);
            else
                g_string_append(out, dialect->end);
        } else {
            c += *c == '"';
            g_string_append_c(cell, *c);
        }
    }
    gsize n;
    g_autofree char *bytes =
        g_convert(out->str, (gssize)out->len, encodings[dialect->encoding].name, "UTF-8", NULL, &n, NULL);
    if (bytes == NULL) /* a letter Windows-1252 has not */
        return g_string_new_len(out->str, (gssize)out->len);
    GString *marked = g_string_new_len(encodings[dialect->encoding].mark, encodings[dialect->encoding].n_mark);
    return g_string_append_len(marked, bytes, (gssize)n);
}

static void any_dialect(void)
{
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    g_autoptr(GRand) random = g_rand_new_with_seed(20270111);
    for (uint64_t seed = 1; seed <= 60; seed++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Model) model = region_tiny(seed);
        if (!can_be_loaded(model))
            continue;
        char *folder = scratch_new();
        g_assert_true(model_csv_write_permuted(model, folder, seed * 104729, &error));
        g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
        for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
            const Dialect dialect = {";,\t"[g_rand_int_range(random, 0, 3)], ends[g_rand_int_range(random, 0, 3)],
                                     g_rand_boolean(random), g_rand_int_range(random, 0, 5)};
            g_autofree char *path = g_build_filename(folder, name, NULL), *text = NULL;
            g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
            g_autoptr(GString) dressed = in_dialect(text, &dialect);
            g_assert_true(g_file_set_contents(path, dressed->str, (gssize)dressed->len, NULL));
        }
        reads_back(model, folder);
        scratch_remove(folder);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ingest/a region written as files is read back whole", in_order);
    g_test_add_func("/ingest/rows, columns and list items in any order give the same region", permuted);
    g_test_add_func("/ingest/any region in any dialects is the same region", any_dialect);
    return g_test_run();
}
