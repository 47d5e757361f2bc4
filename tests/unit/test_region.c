/* The regions of tests: sound, reproducible, and rich enough that every rule of the contract occurs. */
#include "tests/lib/region.h"

#define SEEDS 500

static void assert_sound(const Model *model, uint64_t seed)
{
    g_autoptr(GPtrArray) faults = region_validate(model);
    for (guint i = 0; i < faults->len; i++)
        g_test_message("seed %" G_GUINT64_FORMAT ": %s", seed, (const char *)faults->pdata[i]);
    g_assert_cmpuint(faults->len, ==, 0);
}

static void test_tiny_sound(void)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        g_autoptr(Model) model = region_tiny(seed);
        assert_sound(model, seed);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/region/a tiny region keeps every invariant of a Model", test_tiny_sound);
    return g_test_run();
}
