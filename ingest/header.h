/* The header row of a file: which cell holds which column. */
#ifndef INGEST_HEADER_H
#define INGEST_HEADER_H

#include "ingest/reject.h"
#include "ingest/tables.h"

/* The column of each of the n cells, or -1, in columns[n]. Columns nobody knows are warned of. False when the file is
 * refused: a column twice, a mandatory one missing, or personal data. Every fault is reported, as of `line`. */
bool header_match(const TablesFile *table, char *const *cells, int n, int64_t line, IngestReport *report, int32_t file,
                  int *columns);

/* True when a column of that name in that file holds personal data of learners (contract, section 1). */
bool header_is_personal(const TablesFile *table, const char *name);

#endif
