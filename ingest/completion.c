/* What lists know of a table's rows: see completion.h. */
#include "ingest/completion.h"

#include "ingest/field.h"

#include <string.h>

struct Completion {
    const TablesFile *file;
    int key;          /* its key column */
    GHashTable *rows; /* key, owned → const char *[n_columns], owned */
    GStringChunk *texts;
    GString *scratch;
};

Completion *completion_new(const TablesFile *file)
{
    Completion *completion = g_new0(Completion, 1);
    g_assert(tables_text_key(file) != NULL);
    completion->file = file;
    completion->key = (int)(tables_text_key(file) - file->columns);
    completion->rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    completion->texts = g_string_chunk_new(65536);
    completion->scratch = g_string_new(NULL);
    return completion;
}

void completion_free(Completion *completion)
{
    if (completion == NULL)
        return;
    g_hash_table_unref(completion->rows);
    g_string_chunk_free(completion->texts);
    g_string_free(completion->scratch, TRUE);
    g_free(completion);
}

/* The cells known of a key, to be filled. */
static const char **cells_of(Completion *completion, const char *key)
{
    const char **cells = g_hash_table_lookup(completion->rows, key);
    if (cells == NULL) {
        cells = g_new0(const char *, (gsize)completion->file->n_columns);
        g_hash_table_insert(completion->rows, g_strdup(key), cells);
    }
    return cells;
}

/* columns: of each of the n_columns cells of the header, its column in the table, or -1. */
static void take_row(Completion *completion, const SourceRecord *record, const int *columns, int n_columns)
{
    int n = MIN(record->n_cells, n_columns);
    const char **cells = NULL;
    for (int i = 0; i < n && cells == NULL; i++)
        if (columns[i] == completion->key && !field_is_blank(record->cells[i]))
            cells = cells_of(completion, field_clean(record->cells[i], completion->scratch));
    for (int i = 0; i < n && cells != NULL; i++) {
        const char *text = columns[i] >= 0 ? field_clean(record->cells[i], completion->scratch) : "";
        if (*text != '\0' && cells[columns[i]] == NULL)
            cells[columns[i]] = g_string_chunk_insert_const(completion->texts, text);
    }
}

/* The columns of a header; NULL without the key. Caller frees. */
static int *take_header(const Completion *completion, const SourceRecord *record)
{
    int *columns = g_new(int, (gsize)record->n_cells);
    bool keyed = false;
    for (int i = 0; i < record->n_cells; i++) {
        g_autofree char *folded = field_fold(record->cells[i]);
        columns[i] = -1;
        for (int c = 0; c < completion->file->n_columns; c++) {
            g_autofree char *name = field_fold(completion->file->columns[c].name);
            if (strcmp(name, folded) == 0)
                columns[i] = c;
        }
        keyed = keyed || columns[i] == completion->key;
    }
    if (!keyed)
        g_clear_pointer(&columns, g_free);
    return columns;
}

bool completion_read(Completion *completion, Source *source, int table, SourceRecord *refusal, GError **error)
{
    SourceRecord record = {0};
    SourceResult result;
    g_autofree int *columns = NULL;
    int n_columns = 0;
    if (!source_start(source, table, completion->file, error))
        return false;
    while ((result = source_next(source, &record, error)) == SOURCE_RECORD || result == SOURCE_FAULTY) {
        if (result == SOURCE_RECORD && columns != NULL)
            take_row(completion, &record, columns, n_columns);
        else if (result == SOURCE_RECORD) {
            n_columns = record.n_cells;
            columns = take_header(completion, &record);
            if (columns == NULL) {
                *refusal = (SourceRecord){.line = record.line, .constat = CONSTAT_COLONNE_ABSENTE};
                return false;
            }
        }
    }
    *refusal = record;
    return result == SOURCE_ENDED;
}

const char *completion_find(const Completion *completion, const char *key, int column)
{
    const char *const *cells = g_hash_table_lookup(completion->rows, key);
    return cells != NULL ? cells[column] : NULL;
}
