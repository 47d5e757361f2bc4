/* Header cells → columns: see header.h. */
#include "ingest/header.h"

#include "ingest/personal.h"

#include <string.h>

int header_column(const TablesFile *table, const char *cell)
{
    g_autofree char *folded = field_fold(cell);
    for (int attempt = 0; attempt < 2; attempt++) {
        for (int c = 0; c < table->n_columns; c++) {
            g_autofree char *known = field_fold(table->columns[c].name);
            if (strcmp(known, folded) == 0)
                return c;
        }
        size_t n = strcspn(folded, "(*:");
        if (n == 0 || folded[n] == '\0')
            return -1;
        folded[n] = '\0';
    }
    return -1;
}

int header_score(const TablesFile *table, char *const *cells, int n)
{
    int score = 0;
    for (int i = 0; i < n; i++)
        score += header_column(table, cells[i]) >= 0;
    return score;
}

int header_enough(const TablesFile *table)
{
    int mandatory = 0;
    for (int c = 0; c < table->n_columns; c++)
        mandatory += !table->columns[c].optional;
    return MAX(1, (mandatory + 1) / 2);
}

bool header_match(const TablesFile *table, char *const *cells, int n, int64_t line, IngestReport *report, int32_t file,
                  int *columns)
{
    g_autofree bool *seen = g_new0(bool, (gsize)table->n_columns);
    for (int i = 0; i < n; i++) {
        RejectPlace place = {.file = file, .cell = i + 1, .line = line, .column = cells[i]};
        columns[i] = header_column(table, cells[i]);
        if (columns[i] >= 0 && seen[columns[i]])
            reject_refuse(report, place, CONSTAT_COLONNE_DOUBLE, NULL, NULL);
        else if (columns[i] >= 0)
            seen[columns[i]] = true;
        else if (personal_name(table, cells[i]))
            reject_refuse(report, place, CONSTAT_PERSONNEL_COLONNE, NULL, NULL);
        else if (!field_is_blank(cells[i]))
            reject_add(report, place, CONSTAT_COLONNE_INCONNUE, NULL, NULL);
    }
    for (int c = 0; c < table->n_columns; c++)
        if (!seen[c] && !table->columns[c].optional)
            reject_refuse(report, (RejectPlace){.file = file, .line = line, .column = table->columns[c].name},
                          CONSTAT_COLONNE_ABSENTE, NULL, NULL);
    return !reject_file_at(report, file)->refused;
}
