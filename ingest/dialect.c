/* The delimiter of a CSV text: see dialect.h. */
#include "ingest/dialect.h"

#include "ingest/header.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

static const char candidates[] = {';', ',', '\t'};

char dialect_delimiter(const char *text, size_t n)
{
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

/* How many columns of the file a line names when it is cut at a delimiter. */
static int score_of(const char *line, size_t n, char delimiter, const TablesFile *file)
{
    g_autofree char *text = g_strndup(line, n);
    const char separator[] = {delimiter, '\0'};
    for (char *c = text; *c != '\0'; c++)
        if (*c == '"')
            *c = ' ';
    g_auto(GStrv) cells = g_strsplit(text, separator, -1);
    return header_score(file, cells, (int)g_strv_length(cells));
}

char dialect_of_table(const char *text, size_t n, const TablesFile *file)
{
    int best_score = 0, lines = 0;
    char best = dialect_delimiter(text, n);
    for (size_t at = 0; file != NULL && at < n && lines < HEADER_WITHIN;) {
        size_t end = at;
        while (end < n && text[end] != '\n' && text[end] != '\r')
            end++;
        for (size_t c = 0; c < G_N_ELEMENTS(candidates) && end > at; c++) {
            int score = score_of(text + at, end - at, candidates[c], file);
            if (score <= best_score)
                continue;
            best_score = score;
            best = candidates[c];
        }
        if (best_score >= header_enough(file))
            break;
        lines += end > at;
        at = end + 1;
    }
    return best;
}
