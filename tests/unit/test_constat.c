/* The catalogue of faults: its codes, and the coordinator's guide, which repeats it. */
#include "ingest/constat.h"

#include <glib.h>
#include <string.h>

/* The guide's row of a constat. Caller frees. */
static char *row_of(ConstatId id)
{
    g_autofree char *problem = constat_fill(constat_problem(id), "…", "…"),
                    *remedy = constat_fill(constat_remedy(id), "…", "…");
    g_autoptr(GString) row = g_string_new(NULL);
    g_string_printf(row, "%s | %s |", problem, remedy);
    g_string_replace(row, "« | »", "« barre verticale »", 0);
    return g_strdup_printf("| `%s` | %s", constat_code(id), row->str);
}

static void guide_repeats_the_catalogue(void)
{
    g_autofree char *guide = NULL;
    g_assert_true(g_file_get_contents("config/GUIDE.md", &guide, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(guide, "\n", -1);
    int rows = 0;
    for (char **line = lines; *line != NULL; line++)
        rows += g_str_has_prefix(*line, "| `E-") || g_str_has_prefix(*line, "| `A-");
    for (int id = 0; id < CONSTAT_N; id++) {
        g_autofree char *row = row_of((ConstatId)id);
        if (!g_strv_contains((const char *const *)lines, row))
            g_test_fail_printf("config/GUIDE.md lacks the row\n%s\n", row);
    }
    if (rows != CONSTAT_N)
        g_test_fail_printf("%d codes in config/GUIDE.md, %d in the catalogue", rows, (int)CONSTAT_N);
}

static void codes_are_codes(void)
{
    g_autoptr(GHashTable) codes = g_hash_table_new(g_str_hash, g_str_equal);
    for (int id = 0; id < CONSTAT_N; id++) {
        const char *code = constat_code((ConstatId)id);
        g_assert_nonnull(code);
        g_assert_true(strlen(code) > 3 && strchr("EA", code[0]) != NULL && code[1] == '-');
        g_assert_cmpuint(strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"), ==, strlen(code));
        g_assert_true(g_hash_table_add(codes, (char *)(guintptr)code));
        g_assert_true(constat_is_warning((ConstatId)id) == (code[0] == 'A'));
        g_assert_cmpstr(constat_problem((ConstatId)id), !=, "");
        g_assert_cmpstr(constat_remedy((ConstatId)id), !=, "");
    }
}

static void texts_are_filled(void)
{
    g_autofree char *both = constat_fill("{1} et {2}, {3}, {1}", "a", "{1}"),
                    *none = constat_fill("x{2}{1}y", NULL, NULL);
    g_assert_cmpstr(both, ==, "a et {1}, {3}, a");
    g_assert_cmpstr(none, ==, "xy");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/constat/the guide repeats the catalogue", guide_repeats_the_catalogue);
    g_test_add_func("/constat/codes are codes, each once", codes_are_codes);
    g_test_add_func("/constat/texts take what the finder adds", texts_are_filled);
    return g_test_run();
}
