/* Writes a made region as a folder of input files: generate SEED SIZE FOLDER. */
#include "tests/lib/model_csv.h"
#include "tests/lib/region.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    guint64 seed = 0;
    const RegionSize *size = argc == 4 ? region_size_find(argv[2]) : NULL;
    if (size == NULL || !g_ascii_string_to_unsigned(argv[1], 10, 0, G_MAXUINT64, &seed, NULL)) {
        fprintf(stderr, "usage: generate SEED SIZE FOLDER\nsizes:");
        for (size = region_sizes; size->name != NULL; size++)
            fprintf(stderr, " %s", size->name);
        fputc('\n', stderr);
        return 2;
    }
    g_autoptr(Model) model = region_make(seed, size);
    g_autoptr(GError) error = NULL;
    if (!model_csv_write(model, argv[3], &error)) {
        fprintf(stderr, "generate: %s\n", error->message);
        return 7;
    }
    return 0;
}
