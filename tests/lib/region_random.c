/* Reproducible chance for test regions: splitmix64 (Steele, Lea, Flood 2014). */
#include "tests/lib/region_random.h"

#include <glib.h>

uint64_t region_random_next(RegionRandom *random)
{
    uint64_t z = random->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

int64_t region_random_between(RegionRandom *random, int64_t lo, int64_t hi)
{
    g_assert(lo <= hi);
    /* the modulo's bias is under 2^-32 for the spans of tests */
    return lo + (int64_t)(region_random_next(random) % ((uint64_t)(hi - lo) + 1));
}

bool region_random_chance(RegionRandom *random, int percent)
{
    return region_random_between(random, 0, 99) < percent;
}

int region_random_weighted(RegionRandom *random, const int *weights, int n)
{
    int64_t total = 0;
    for (int i = 0; i < n; i++)
        total += weights[i];
    int64_t draw = region_random_between(random, 0, total - 1);
    int i = 0;
    while (draw >= weights[i])
        draw -= weights[i++];
    return i;
}

double region_random_unit(RegionRandom *random)
{
    return (double)(region_random_next(random) >> 11) * 0x1p-53;
}

void region_random_shuffle(RegionRandom *random, int32_t *positions, int32_t n)
{
    for (int32_t i = 0; i < n; i++)
        positions[i] = i;
    for (int32_t i = n - 1; i > 0; i--) {
        int32_t j = (int32_t)region_random_between(random, 0, i);
        int32_t kept = positions[i];
        positions[i] = positions[j];
        positions[j] = kept;
    }
}
