/* Every column of every file: good, missing, empty, bad. Driven by the table the program reads with. */
#include "ingest/tables.h"
#include "tests/lib/input_folder.h"

#include <string.h>

/* The line whose cells are damaged: the first data row. */
enum { LINE = 2 };

static void clean_folder(void)
{
    g_autoptr(InputFolder) folder = input_folder_new();
    g_autoptr(Model) model = NULL;
    g_autofree char *verdict = input_folder_verdict(folder, 0, &model);
    g_assert_cmpstr(verdict, ==, "");
    g_assert_cmpint(model->n_besoins, ==, 5);
    g_assert_cmpint(model->montages[1].n_axes, ==, 2);
    g_assert_cmpint(model->besoins[2].n_apres, ==, 1);
    g_assert_cmpint(model->enveloppes[0].montant, ==, 1000000);
    g_assert_cmpint(model->enveloppes[1].montant_acquis, ==, 500000);
    g_assert_cmpint(model->offres[0].effectif_max, ==, 10);
    g_assert_cmpint(model->frais[1].bareme_km, ==, 4000);
    g_assert_cmpint(model->campagne.gel_jours, ==, 7);
    g_assert_true(model->has_priorites);
}

/* A value no column of that kind accepts. */
static const char *bad_value(const TablesColumn *column)
{
    static char long_text[FIELD_TEXT_MAX + 2];
    memset(long_text, 'x', FIELD_TEXT_MAX + 1);
    switch (column->kind) {
    case KIND_CODE:
    case KIND_TEXT:
    case KIND_CERTIFICATION:
    case KIND_FORMACODE:
    case KIND_IDCC:
    case KIND_TEXTS:
        return long_text;
    case KIND_INSEE:
    case KIND_REGION:
    case KIND_SIRET:
    case KIND_NDA:
    case KIND_AMOUNT:
    case KIND_NUMBER:
    case KIND_DEGREES:
    case KIND_YES_NO:
    case KIND_DATE:
    case KIND_WORD:
    case KIND_WORDS:
    case KIND_REFERENCE:
    case KIND_REFERENCES:
    case KIND_LATE:
        return "n'importe quoi";
    }
    g_assert_not_reached();
}

static bool tells(const char *verdict, const char *file, int line, const char *column)
{
    g_autofree char *wanted = g_strdup_printf("%s:%d:%s!", file, line, column);
    return strstr(verdict, wanted) != NULL;
}

/* besoins.csv has its `apres` on line 4: elsewhere that cell would be wrong for want of a stagiaire. */
static int line_for(const TablesFile *file, const TablesColumn *column)
{
    return file == tables_file(TABLES_BESOINS) && strcmp(column->name, "apres") == 0 ? 4 : LINE;
}

static void each_bad_cell(void)
{
    for (int id = 0; id < TABLES_N; id++)
        for (int c = 0; c < tables_file((TablesId)id)->n_columns; c++) {
            const TablesFile *file = tables_file((TablesId)id);
            const TablesColumn *column = &file->columns[c];
            int line = line_for(file, column);
            g_autoptr(InputFolder) folder = input_folder_new();
            input_folder_set(folder, file->name, line, column->name, bad_value(column));
            g_autofree char *verdict = input_folder_verdict(folder, 100, NULL);
            g_test_message("%s %s: %s", file->name, column->name, verdict);
            g_assert_true(tells(verdict, file->name, line, column->name));
        }
}

/* Out of bounds on either side, and no rounding: one unit beyond. */
static void each_bound(void)
{
    for (int id = 0; id < TABLES_N; id++)
        for (int c = 0; c < tables_file((TablesId)id)->n_columns; c++) {
            const TablesFile *file = tables_file((TablesId)id);
            const TablesColumn *column = &file->columns[c];
            if (column->kind != KIND_AMOUNT && column->kind != KIND_NUMBER)
                continue;
            int64_t scale = 1;
            for (int d = 0; d < column->number.decimals; d++)
                scale *= 10;
            for (int side = 0; side < 2; side++) {
                int64_t beyond = side == 0 ? column->number.min - 1 : column->number.max + 1;
                g_autofree char *text =
                    g_strdup_printf("%s%" G_GINT64_FORMAT ".%0*" G_GINT64_FORMAT, beyond < 0 ? "-" : "",
                                    ABS(beyond) / scale, MAX(column->number.decimals, 1), ABS(beyond) % scale);
                g_autoptr(InputFolder) folder = input_folder_new();
                input_folder_set(folder, file->name, LINE, column->name, text);
                g_autofree char *verdict = input_folder_verdict(folder, 100, NULL);
                g_test_message("%s %s %s: %s", file->name, column->name, text, verdict);
                g_assert_true(tells(verdict, file->name, LINE, column->name));
            }
        }
}

static void each_empty_cell(void)
{
    for (int id = 0; id < TABLES_N; id++)
        for (int c = 0; c < tables_file((TablesId)id)->n_columns; c++) {
            const TablesFile *file = tables_file((TablesId)id);
            const TablesColumn *column = &file->columns[c];
            g_autoptr(InputFolder) folder = input_folder_new();
            /* line 3 has the offer that needs no commune, and a montage with more than its code */
            int line = file == tables_file(TABLES_OFFRES) || file == tables_file(TABLES_MONTAGES) ? 3 : LINE;
            input_folder_set(folder, file->name, line, column->name, " ");
            g_autofree char *verdict = input_folder_verdict(folder, 100, NULL);
            g_test_message("%s %s: %s", file->name, column->name, verdict);
            g_assert_true(tells(verdict, file->name, line, column->name) == !column->optional);
        }
}

static void each_missing_column(void)
{
    for (int id = 0; id < TABLES_N; id++)
        for (int c = 0; c < tables_file((TablesId)id)->n_columns; c++) {
            const TablesFile *file = tables_file((TablesId)id);
            const TablesColumn *column = &file->columns[c];
            g_autoptr(InputFolder) folder = input_folder_new();
            input_folder_drop_column(folder, file->name, column->name);
            g_autofree char *verdict = input_folder_verdict(folder, 100, NULL);
            g_test_message("%s %s: %s", file->name, column->name, verdict);
            g_assert_true(tells(verdict, file->name, 1, column->name) == !column->optional);
            g_assert_true(column->optional || g_str_has_suffix(verdict, " -> 4"));
        }
}

static void each_missing_file(void)
{
    for (int id = 0; id < TABLES_N; id++) {
        const TablesFile *file = tables_file((TablesId)id);
        g_autoptr(InputFolder) folder = input_folder_new();
        input_folder_remove(folder, file->name);
        g_autofree char *verdict = input_folder_verdict(folder, 100, NULL), *wanted = NULL;
        g_test_message("%s: %s", file->name, verdict);
        wanted = g_strdup_printf("%s:0:! -> 4", file->name);
        if (file->optional)
            g_assert_false(g_str_has_suffix(verdict, " -> 4"));
        else /* what names it is not blamed for it */
            g_assert_cmpstr(verdict, ==, wanted);
    }
}

/* A header as people type it names the same column. */
static void each_header_in_disguise(void)
{
    for (int id = 0; id < TABLES_N; id++) {
        const TablesFile *file = tables_file((TablesId)id);
        g_autoptr(InputFolder) folder = input_folder_new();
        for (int c = 0; c < file->n_columns; c++) {
            g_autofree char *upper = g_ascii_strup(file->columns[c].name, -1),
                            *disguise = g_strdup_printf(" %s-", g_strdelimit(upper, "_", c % 2 == 0 ? ' ' : '-'));
            input_folder_set(folder, file->name, 1, file->columns[c].name, disguise);
        }
        g_autofree char *verdict = input_folder_verdict(folder, 0, NULL);
        g_assert_cmpstr(verdict, ==, "");
    }
}

static void each_column_twice(void)
{
    for (int id = 0; id < TABLES_N; id++) {
        const TablesFile *file = tables_file((TablesId)id);
        g_autoptr(InputFolder) folder = input_folder_new();
        g_autofree char *text = input_folder_get(folder, file->name);
        g_auto(GStrv) lines = g_strsplit(g_strchomp(text), "\n", -1);
        for (char **line = lines; *line != NULL; line++) {
            g_autofree char *plain = *line;
            *line = g_strconcat(plain, ";", line == lines ? file->columns[0].name : "", NULL);
        }
        g_autofree char *twice = g_strjoinv("\n", lines);
        input_folder_put(folder, file->name, twice, -1);
        g_autofree char *verdict = input_folder_verdict(folder, 0, NULL),
                        *wanted = g_strdup_printf("%s:1:%s! -> 4", file->name, file->columns[0].name);
        g_assert_cmpstr(verdict, ==, wanted);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ingest columns/the clean folder is clean", clean_folder);
    g_test_add_func("/ingest columns/a bad cell is told in every column", each_bad_cell);
    g_test_add_func("/ingest columns/a number one unit out of bounds is told", each_bound);
    g_test_add_func("/ingest columns/an empty cell is told where the contract wants one", each_empty_cell);
    g_test_add_func("/ingest columns/a missing column refuses the file where the contract wants it",
                    each_missing_column);
    g_test_add_func("/ingest columns/a missing file is told and nothing that names it", each_missing_file);
    g_test_add_func("/ingest columns/names match without case, blanks, dashes", each_header_in_disguise);
    g_test_add_func("/ingest columns/a column twice refuses the file", each_column_twice);
    return g_test_run();
}
