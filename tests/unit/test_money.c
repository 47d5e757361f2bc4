/* config/money: rounding, rates, ceilings, texts. */
#include "config/money.h"

#include <glib.h>

static void test_half_up(void)
{
    static const struct {
        int64_t num, den, expected;
    } cases[] = {
        {0, 1, 0},
        {0, 10, 0},
        {4, 10, 0},
        {5, 10, 1},
        {6, 10, 1},
        {14, 10, 1},
        {15, 10, 2},
        {25, 10, 3},
        {35, 10, 4}, /* never to even */
        {1, 3, 0},
        {2, 3, 1},
        {3, 7, 0},
        {4, 7, 1},
        {49, 100, 0},
        {50, 100, 1},
        {7, 1, 7},
        {999, 2, 500},
        {INT64_C(9000000000000000499), 1000, INT64_C(9000000000000000)},
        {INT64_C(9000000000000000500), 1000, INT64_C(9000000000000001)},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpint(money_half_up(cases[i].num, cases[i].den), ==, cases[i].expected);
}

static void test_rate(void)
{
    static const struct {
        int64_t amount;
        int32_t taux;
        int64_t expected;
    } cases[] = {
        {10000, 10000, 10000},
        {10000, 0, 0},
        {0, 10000, 0},
        {1, 5000, 1}, /* half a cent */
        {1, 4999, 0},
        {3, 5000, 2},
        {4333, 5000, 2167},
        {4333, 3333, 1444}, /* 1444.19 */
        {10000, 1, 1},
        {4999, 1, 0},
        {5000, 1, 1},
        {333, 6667, 222}, /* 222.01 */
        {INT64_C(900000000000000), 10000, INT64_C(900000000000000)},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpint(money_rate(cases[i].amount, cases[i].taux), ==, cases[i].expected);
}

static void test_capped_rate(void)
{
    static const struct {
        int64_t share, plafond;
        int32_t heures, taux;
        int64_t expected;
    } cases[] = {
        {4334, -1, 1400, 5000, 2167},   /* no ceiling */
        {4334, 310, 1400, 5000, 2167},  /* 3.10 x 14 h = 43.40 */
        {4334, 200, 1400, 5000, 1400},  /* 28.00 */
        {4334, 0, 1400, 10000, 0},      /* a ceiling of nothing */
        {11000, 2001, 50, 5000, 500},   /* 10.005 is not rounded before */
        {11000, 2001, 50, 10000, 1001}, /* 10.005 is rounded after, up */
        {1000, 2001, 50, 10000, 1000},  /* the share is the lesser */
        {0, 500, 700, 10000, 0},
        {INT64_C(90000000000), -1, 700, 10000, INT64_C(90000000000)},
        {INT64_C(90000000000), INT64_C(900000), 100000000, 10000, INT64_C(90000000000)},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpint(money_capped_rate(cases[i].share, cases[i].plafond, cases[i].heures, cases[i].taux), ==,
                        cases[i].expected);
}

static void test_hours(void)
{
    static const struct {
        int32_t heures;
        int64_t hourly, expected;
    } cases[] = {
        {1400, 1200, 16800}, {0, 1200, 0}, {1400, 0, 0}, {50, 1301, 651}, {333, 1187, 3953} /* 39.5271 */,
        {1, 49, 0},          {1, 50, 1},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpint(money_hours(cases[i].heures, cases[i].hourly), ==, cases[i].expected);
}

static void test_text(void)
{
    static const struct {
        int64_t cents;
        const char *expected;
    } cases[] = {
        {0, "0.00"},
        {1, "0.01"},
        {10, "0.10"},
        {100, "1.00"},
        {123456, "1234.56"},
        {-1, "-0.01"},
        {-100, "-1.00"},
        {-123, "-1.23"},
        {100000000, "1000000.00"},
        {INT64_MAX, "92233720368547758.07"},
        {INT64_MIN, "-92233720368547758.08"},
    };
    char text[MONEY_TEXT_MAX];
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpstr(money_text(cases[i].cents, text), ==, cases[i].expected);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/money/halves round up", test_half_up);
    g_test_add_func("/money/a rate is hundredths of a percent", test_rate);
    g_test_add_func("/money/a ceiling is not rounded before the rate", test_capped_rate);
    g_test_add_func("/money/hours are hundredths", test_hours);
    g_test_add_func("/money/amounts are written with a point and two decimals", test_text);
    return g_test_run();
}
