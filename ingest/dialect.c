/* The delimiter of a CSV text: see dialect.h. */
#include "ingest/dialect.h"

#include <glib.h>
#include <stdbool.h>

char dialect_delimiter(const char *text, size_t n)
{
    static const char candidates[] = {';', ',', '\t'};
    size_t count[G_N_ELEMENTS(candidates)] = {0};
    bool quoted = false, seen = false;
    for (size_t i = 0; i < n; i++) {
        if (text[i] == '"')
            quoted = !quoted;
        if (!quoted && (text[i] == '\n' || text[i] == '\r')) {
            if (seen)
                break;
            continue;
        }
        seen = seen || (text[i] != ' ' && text[i] != '\t');
        for (size_t c = 0; c < G_N_ELEMENTS(candidates); c++)
            count[c] += !quoted && text[i] == candidates[c];
    }
    size_t best = 0;
    for (size_t c = 1; c < G_N_ELEMENTS(candidates); c++)
        if (count[c] > count[best])
            best = c;
    return candidates[best];
}
