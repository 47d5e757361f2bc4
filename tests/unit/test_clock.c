/* Time limits of stages. */
#include "plan/clock.h"

#include <stdint.h>

#define HOUR (INT64_C(3600) * G_USEC_PER_SEC)

static void test_none(void)
{
    Clock clock = {0};
    clock_begin(&clock, 0, 1);
    g_assert_false(clock_over(&clock));
    g_assert_cmpfloat(clock_pace(&clock, 0.25), ==, 0.25);
    g_assert_cmpint(clock.struck, ==, 0);
}

static void test_ample(void)
{
    Clock clock = {0};
    clock_begin(&clock, g_get_monotonic_time() + HOUR, 0.5);
    g_assert_cmpint(clock.deadline - clock.begin, >, HOUR / 2 - G_USEC_PER_SEC);
    g_assert_cmpint(clock.deadline - clock.begin, <=, HOUR / 2);
    g_assert_false(clock_over(&clock));
    g_assert_cmpfloat(clock_pace(&clock, 0.5), ==, 0.5);
    g_assert_cmpint(clock.struck, ==, 0);
}

static void test_hurry(void)
{
    Clock clock = {0};
    clock_begin(&clock, g_get_monotonic_time() + HOUR, 1);
    clock.begin -= HOUR; /* half of the time is gone */
    double pace = clock_pace(&clock, 0.1);
    g_assert_cmpfloat(pace, >, 0.49);
    g_assert_cmpfloat(pace, <, 0.51);
    g_assert_cmpint(clock.struck, ==, 1);
    g_assert_false(clock_over(&clock));
}

static void test_past(void)
{
    Clock clock = {0};
    clock_begin(&clock, g_get_monotonic_time() - 1, 1);
    g_assert_true(clock_over(&clock));
    g_assert_cmpint(clock.struck, ==, 1);
    g_assert_cmpfloat(clock_pace(&clock, 0), ==, 1);
    clock_begin(&clock, 0, 1);
    g_assert_false(clock_over(&clock));
    g_assert_cmpint(clock.struck, ==, 1); /* what was cut short stays so */
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/clock/without a deadline nothing ends or hurries", test_none);
    g_test_add_func("/clock/a stage has its part of the time left", test_ample);
    g_test_add_func("/clock/a stage behind its time hurries and says so", test_hurry);
    g_test_add_func("/clock/a deadline that has passed ends a stage, not the next", test_past);
    return g_test_run();
}
