/* How a CSV text is written: told from its first lines. */
#ifndef INGEST_DIALECT_H
#define INGEST_DIALECT_H

#include <stddef.h>

/* The delimiter of the header line (the first line that is not blank), outside quotes: the most frequent of ';', ','
 * and tab, ';' when there is none. */
char dialect_delimiter(const char *text, size_t n);

#endif
