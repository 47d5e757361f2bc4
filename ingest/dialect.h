/* How a CSV text is written: told from its first lines. */
#ifndef INGEST_DIALECT_H
#define INGEST_DIALECT_H

#include "ingest/tables.h"

#include <stddef.h>

/* The delimiter of the header line (the first line that is not blank), outside quotes: the most frequent of ';', ','
 * and tab, ';' when there is none. */
char dialect_delimiter(const char *text, size_t n);

/* The delimiter that makes a line of the text a header of the file, be it below titles; where none does, the one that
 * names most of its columns, else dialect_delimiter(). file NULL: dialect_delimiter(). */
char dialect_of_table(const char *text, size_t n, const TablesFile *file);

#endif
