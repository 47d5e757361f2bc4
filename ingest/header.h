/* The header row of a file: where it stands, and which cell is which column. */
#ifndef INGEST_HEADER_H
#define INGEST_HEADER_H

#include "ingest/reject.h"
#include "ingest/tables.h"

/* Records among which the header is looked for: titles and blank lines may stand above it. */
#define HEADER_WITHIN 50

/* The column a cell names, or -1. What forms add to a name counts for nothing: "Effectif *", "date_debut (JJ/MM/AAAA)",
 * "siret :". */
int header_column(const TablesFile *table, const char *cell);

/* How many of the n cells name a column of the file; a row is its header when at least header_enough() do. */
int header_score(const TablesFile *table, char *const *cells, int n);
int header_enough(const TablesFile *table);

/* The column of each of the n cells, or -1, in columns[n]. Columns nobody knows are warned of. False when the file is
 * refused: a column twice, a mandatory one missing, or personal data. Every fault is reported, as of `line`. */
bool header_match(const TablesFile *table, char *const *cells, int n, int64_t line, IngestReport *report, int32_t file,
                  int *columns);

#endif
