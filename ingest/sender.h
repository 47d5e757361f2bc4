/* The report, file by file, for those who sent them. */
#ifndef INGEST_SENDER_H
#define INGEST_SENDER_H

#include "ingest/reject.h"
#include "sql/rapport.h"

/* Rows of a table that are copied into its report; of a longer one only those with something wrong. */
#define SENDER_ROWS_MAX 20000

/* Calls tell for each file of the report that was found in the folder, by name: with what is wrong in it and a copy of
 * its tables, or with nothing at all. False with what tell says. A table refused for personal data is not copied. */
bool sender_tell_all(IngestReport *report, IngestTell tell, const char *sortie, GError **error);

#endif
