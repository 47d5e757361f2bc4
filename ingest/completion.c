/* What public lists know of a table's rows: see completion.h. */
#include "ingest/completion.h"

#include "ingest/field.h"

#include <string.h>

struct Completion {
    const TablesFile *file;
    GHashTable *rows; /* key → const char *[n_columns] */
    GStringChunk *texts;
};

Completion *completion_new(const TablesFile *file)
{
    Completion *completion = g_new0(Completion, 1);
    g_assert(tables_text_key(file) != NULL);
    completion->file = file;
    completion->rows = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    completion->texts = g_string_chunk_new(65536);
    return completion;
}

void completion_free(Completion *completion)
{
    if (completion == NULL)
        return;
    g_hash_table_unref(completion->rows);
    g_string_chunk_free(completion->texts);
    g_free(completion);
}

/* columns: of each of the n_columns cells of the header, its column in the table, or -1. */
static void take_row(Completion *completion, const SourceRecord *record, const int *columns, int n_columns)
{
    int n = MIN(record->n_cells, n_columns);
    const TablesFile *file = completion->file;
    const int key_column = (int)(tables_text_key(file) - file->columns);
    const char *key = NULL;
    for (int i = 0; i < n; i++)
        if (columns[i] == key_column)
            key = record->cells[i];
    if (key == NULL || *key == '\0' || g_hash_table_contains(completion->rows, key))
        return;
    const char **cells = g_new0(const char *, (gsize)file->n_columns);
    for (int i = 0; i < n; i++)
        if (columns[i] >= 0 && !field_is_blank(record->cells[i]))
            cells[columns[i]] = g_string_chunk_insert_const(completion->texts, record->cells[i]);
    g_hash_table_insert(completion->rows, g_string_chunk_insert_const(completion->texts, key), cells);
}

bool completion_read(Completion *completion, Source *source, int table, SourceRecord *refusal, GError **error)
{
    SourceRecord record;
    SourceResult result;
    g_autofree int *columns = NULL;
    int n_columns = 0;
    if (!source_start(source, table, completion->file, error))
        return false;
    while ((result = source_next(source, &record, error)) == SOURCE_RECORD || result == SOURCE_FAULTY) {
        if (result == SOURCE_FAULTY)
            continue;
        if (columns != NULL) {
            take_row(completion, &record, columns, n_columns);
            continue;
        }
        n_columns = record.n_cells;
        columns = g_new(int, (gsize)n_columns);
        for (int i = 0; i < n_columns; i++)
            columns[i] = tables_column(completion->file, record.cells[i]);
    }
    *refusal = record;
    return result == SOURCE_ENDED;
}

const char *completion_find(const Completion *completion, const char *key, int column)
{
    const char *const *cells = g_hash_table_lookup(completion->rows, key);
    return cells != NULL ? cells[column] : NULL;
}
