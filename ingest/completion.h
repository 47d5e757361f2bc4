/* Cells a table's row leaves empty and a list of the folder knows, by the row's key. */
#ifndef INGEST_COMPLETION_H
#define INGEST_COMPLETION_H

#include "ingest/source.h"

typedef struct Completion Completion;

Completion *completion_new(const TablesFile *file);
void completion_free(Completion *completion);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Completion, completion_free)

/* Takes the cells of a source's table, whose first record is its header; of two cells of a key and column the first
 * counts. False with what is wrong in *refusal, or with *error. */
bool completion_read(Completion *completion, Source *source, int table, SourceRecord *refusal, GError **error);

/* The text for a column of the row with that key, or NULL. */
const char *completion_find(const Completion *completion, const char *key, int column);

#endif
