/* Cells a table's row leaves empty and a list of the folder knows, by the row's key. */
#ifndef INGEST_COMPLETION_H
#define INGEST_COMPLETION_H

#include "ingest/reject.h"
#include "ingest/source.h"

typedef struct Completion Completion;

/* What a source's table knows. Of a public list (source_completes()) the first cell of a key and column counts, and
 * what it says beside is nobody's fault; any other is the coordinator's complement, of which everything wrong goes to
 * the report under `account`: columns, personal data, rows of one key that contradict each other (none of them counts).
 * NULL when it is refused, or with FAULT_INPUT when the machine cannot read it. */
Completion *completion_read(const TablesFile *file, Source *source, int table, IngestReport *report, int32_t account,
                            GError **error);
void completion_free(Completion *completion);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Completion, completion_free)

/* The text for a column of the row with that key, or NULL. */
const char *completion_find(const Completion *completion, const char *key, int column);

/* Tells the rows of a complement whose key no row of the table has. */
typedef bool (*CompletionHas)(const void *table, const char *key);
void completion_tell_unknown(const Completion *completion, CompletionHas has, const void *table, IngestReport *report);

#endif
