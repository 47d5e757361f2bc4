/* Writes a made region as a folder of input files: generate SEED SIZE FOLDER [ORDER]; ORDER permutes rows and columns.
 * SIZE: tiny, location, one of region_sizes, or a number of SIAE, the rest then lying between the two nearest of one
 * region. */
#include "tests/lib/model_csv.h"
#include "tests/lib/region.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int32_t between(int32_t n_siae, const RegionSize *low, const RegionSize *high, int32_t at_low, int32_t at_high)
{
    return at_low + (int32_t)((int64_t)(at_high - at_low) * (n_siae - low->n_siae) / (high->n_siae - low->n_siae));
}

/* Fills *made; false when the number lies outside region_sizes. */
static bool size_of_number(const char *text, RegionSize *made)
{
    guint64 number = 0;
    const RegionSize *low = region_sizes;
    if (!g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT32, &number, NULL))
        return false;
    int32_t n = (int32_t)number;
    while (low[1].name != NULL && low[1].n_regions == 1 && low[1].n_siae < n)
        low++;
    if (low[1].name == NULL || low[1].n_regions > 1 || n < low->n_siae)
        return false;
    *made = *low;
    made->name = text;
    made->n_siae = n;
    made->n_besoins = between(n, low, low + 1, low->n_besoins, low[1].n_besoins);
    made->n_learners = between(n, low, low + 1, low->n_learners, low[1].n_learners);
    made->n_communes = between(n, low, low + 1, low->n_communes, low[1].n_communes);
    made->n_organismes = between(n, low, low + 1, low->n_organismes, low[1].n_organismes);
    made->n_fixed = between(n, low, low + 1, low->n_fixed, low[1].n_fixed);
    return true;
}

int main(int argc, char **argv)
{
    guint64 seed = 0, order = 0;
    bool tiny = argc > 2 && strcmp(argv[2], "tiny") == 0, location = argc > 2 && strcmp(argv[2], "location") == 0;
    RegionSize made;
    const RegionSize *size = argc == 4 || argc == 5 ? region_size_find(argv[2]) : NULL;
    if (size == NULL && argc > 2 && size_of_number(argv[2], &made))
        size = &made;
    if ((size == NULL && !tiny && !location) || argc < 4 || argc > 5 ||
        !g_ascii_string_to_unsigned(argv[1], 10, 0, G_MAXUINT64, &seed, NULL) ||
        (argc == 5 && !g_ascii_string_to_unsigned(argv[4], 10, 1, G_MAXUINT64, &order, NULL))) {
        fprintf(stderr, "usage: generate SEED SIZE FOLDER [ORDER]\nsizes: a number of SIAE, tiny location");
        for (size = region_sizes; size->name != NULL; size++)
            fprintf(stderr, " %s", size->name);
        fputc('\n', stderr);
        return 2;
    }
    g_autoptr(Model) model = tiny ? region_tiny(seed) : location ? region_location(seed) : region_make(seed, size);
    g_autoptr(GError) error = NULL;
    bool written =
        order == 0 ? model_csv_write(model, argv[3], &error) : model_csv_write_permuted(model, argv[3], order, &error);
    if (!written) {
        fprintf(stderr, "generate: %s\n", error->message);
        return 7;
    }
    return 0;
}
