/* Writes a made region as a folder of input files: generate SEED SIZE FOLDER [ORDER]; ORDER permutes rows and columns.
 */
#include "tests/lib/model_csv.h"
#include "tests/lib/region.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
    guint64 seed = 0, order = 0;
    bool tiny = argc > 2 && strcmp(argv[2], "tiny") == 0;
    const RegionSize *size = argc == 4 || argc == 5 ? region_size_find(argv[2]) : NULL;
    if ((size == NULL && !tiny) || argc < 4 || argc > 5 ||
        !g_ascii_string_to_unsigned(argv[1], 10, 0, G_MAXUINT64, &seed, NULL) ||
        (argc == 5 && !g_ascii_string_to_unsigned(argv[4], 10, 1, G_MAXUINT64, &order, NULL))) {
        fprintf(stderr, "usage: generate SEED SIZE FOLDER [ORDER]\nsizes: tiny");
        for (size = region_sizes; size->name != NULL; size++)
            fprintf(stderr, " %s", size->name);
        fputc('\n', stderr);
        return 2;
    }
    g_autoptr(Model) model = tiny ? region_tiny(seed) : region_make(seed, size);
    g_autoptr(GError) error = NULL;
    bool written =
        order == 0 ? model_csv_write(model, argv[3], &error) : model_csv_write_permuted(model, argv[3], order, &error);
    if (!written) {
        fprintf(stderr, "generate: %s\n", error->message);
        return 7;
    }
    return 0;
}
