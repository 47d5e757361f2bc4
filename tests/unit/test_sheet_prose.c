/* Texts measured for cells: widths within bounds, lines broken where a spreadsheet breaks them. */
#include "export/sheet_prose.h"

static void test_width(void)
{
    g_assert_cmpfloat(sheet_prose_width("", 10), ==, 0);
    g_assert_cmpfloat(sheet_prose_width("iiii", 10), <, sheet_prose_width("nnnn", 10));
    g_assert_cmpfloat(sheet_prose_width("nnnn", 10), <, sheet_prose_width("WWWW", 10));
    g_assert_cmpfloat_with_epsilon(sheet_prose_width("été À Nîmes", 10), sheet_prose_width("ete A Nimes", 10), 1e-9);
    g_assert_cmpfloat_with_epsilon(sheet_prose_width("ligne", 20), 2 * sheet_prose_width("ligne", 10), 1e-9);
    g_assert_cmpfloat_with_epsilon(sheet_prose_width("ŝ", 10), sheet_prose_width("s", 10), 1e-9);
    g_assert_cmpfloat_with_epsilon(sheet_prose_width("\xC3(\xFFn\xE2\x80", 10), sheet_prose_width("\t(\tn\t\t", 10),
                                   1e-9);
    g_assert_cmpfloat(sheet_prose_width("漢", 10), >, sheet_prose_width("M", 10));
    /* ten digits of the default size, and no more than a tenth beyond */
    g_assert_cmpfloat(sheet_prose_width("0123456789", 11), >=, 10);
    g_assert_cmpfloat(sheet_prose_width("0123456789", 11), <, 11.5);
}

static void test_lines(void)
{
    static const struct {
        const char *text;
        double width; /* of so many digits at 10 points */
        int lines;
        const char *longest;
    } rows[] = {
        {"", 10, 1, ""},
        {"000", 0, 1, "000"},
        {"000\n00000", 0, 2, "00000"},
        {"000 000", 7, 1, "000 000"},
        {"000 000", 6, 2, "000"},
        {"000 000 00", 8, 2, "000 000"},
        {"000 0000000 0", 8, 3, "0000000"},
        {"000-000", 5, 2, "000-"},
        {"0000000000", 4, 3, "0000"},
        {"00 0000000000", 4, 4, "0000"},
        {"000      ", 4, 1, "000"},
        {"00\n\n00", 4, 3, "00"},
    };
    double digit = sheet_prose_width("0", 10);
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        double longest;
        g_test_message("'%s' in %g", rows[i].text, rows[i].width);
        double width = rows[i].width > 0 ? rows[i].width * digit + 0.001 : 0;
        g_assert_cmpint(sheet_prose_lines(rows[i].text, 10, width, &longest), ==, rows[i].lines);
        g_assert_cmpfloat_with_epsilon(longest, sheet_prose_width(rows[i].longest, 10), 1e-9);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sheet prose/characters take what they take in print", test_width);
    g_test_add_func("/sheet prose/lines break at blanks, hyphens and line feeds", test_lines);
    return g_test_run();
}
