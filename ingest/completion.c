/* What lists know of a table's rows: see completion.h. */
#include "ingest/completion.h"

#include "ingest/field.h"
#include "ingest/header.h"
#include "ingest/personal.h"

#include <string.h>

/* What is known of a key. */
typedef struct {
    char *key;
    const char **cells; /* by column; NULL = nothing */
    RejectPlace place;  /* of its first row */
    bool contradicted;
} Known;

struct Completion {
    const TablesFile *file;
    int key;          /* its key column */
    GHashTable *keys; /* key → Known of `rows` */
    GPtrArray *rows;  /* Known, in the order met */
    bool public;      /* a public list: most of it is about others */
    GStringChunk *texts;
    GString *scratch;
};

/* A source being read. */
typedef struct {
    Completion *completion;
    IngestReport *report;
    int32_t account;
    int *columns; /* of each cell of the header; -1 = none */
    int n_columns;
} Reading;

static void free_known(gpointer data)
{
    Known *known = data;
    g_free(known->key);
    g_free(known->cells);
    g_free(known);
}

static Completion *completion_new(const TablesFile *file)
{
    Completion *completion = g_new0(Completion, 1);
    g_assert(tables_text_key(file) != NULL);
    completion->file = file;
    completion->key = (int)(tables_text_key(file) - file->columns);
    completion->keys = g_hash_table_new(g_str_hash, g_str_equal);
    completion->rows = g_ptr_array_new_with_free_func(free_known);
    completion->texts = g_string_chunk_new(65536);
    completion->scratch = g_string_new(NULL);
    return completion;
}

void completion_free(Completion *completion)
{
    if (completion == NULL)
        return;
    g_hash_table_unref(completion->keys);
    g_ptr_array_unref(completion->rows);
    g_string_chunk_free(completion->texts);
    g_string_free(completion->scratch, TRUE);
    g_free(completion);
}

/* ---- rows ---- */

static Known *known_of(const Reading *reading, const char *key, RejectPlace place)
{
    Completion *completion = reading->completion;
    Known *known = g_hash_table_lookup(completion->keys, key);
    if (known == NULL) {
        known = g_new0(Known, 1);
        known->key = g_strdup(key);
        known->cells = g_new0(const char *, (gsize)completion->file->n_columns);
        known->place = place;
        g_ptr_array_add(completion->rows, known);
        g_hash_table_insert(completion->keys, known->key, known);
    }
    return known;
}

static void contradict(const Reading *reading, Known *known, RejectPlace place)
{
    char lines[64];
    g_snprintf(lines, sizeof lines, "%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT, known->place.line, place.line);
    place.column = reading->completion->file->columns[reading->completion->key].name;
    place.value = known->key;
    known->contradicted = true;
    reject_file_at(reading->report, place.file)->rejected++;
    reject_add(reading->report, place, CONSTAT_CLE_REPETEE, lines, NULL);
}

static void take_row(const Reading *reading, const SourceRecord *record)
{
    Completion *completion = reading->completion;
    RejectPlace place = {.file = reading->account, .line = record->line};
    int n = MIN(record->n_cells, reading->n_columns);
    Known *known = NULL;
    bool contradicted = false;
    for (int i = 0; i < n && known == NULL; i++)
        if (reading->columns[i] == completion->key && !field_is_blank(record->cells[i])) {
            place.cell = i + 1;
            known = known_of(reading, field_clean(record->cells[i], completion->scratch), place);
        }
    reject_file_at(reading->report, reading->account)->rows += known != NULL && !reading->completion->public;
    for (int i = 0; i < n && known != NULL; i++) {
        const char *text = reading->columns[i] >= 0 ? field_clean(record->cells[i], completion->scratch) : "";
        const char **cell = *text != '\0' ? &known->cells[reading->columns[i]] : NULL;
        if (cell != NULL && *cell == NULL)
            *cell = g_string_chunk_insert_const(completion->texts, text);
        else if (cell != NULL)
            contradicted = contradicted || strcmp(*cell, text) != 0;
    }
    if (contradicted && !reading->completion->public)
        contradict(reading, known, place);
}

/* ---- the source ---- */

/* Personal data refuse a complement; the cells are not repeated. */
static bool holds_personal(const Reading *reading, const SourceRecord *record)
{
    const TablesFile *file = reading->completion->file;
    bool found = false;
    for (int i = 0; i < record->n_cells; i++) {
        int c = i < reading->n_columns ? reading->columns[i] : -1;
        RejectPlace place = {.file = reading->account, .cell = i + 1, .line = record->line};
        ConstatId constat;
        if (!personal_cell(file, c >= 0 ? &file->columns[c] : NULL, record->cells[i], &constat))
            continue;
        reject_refuse(reading->report, place, constat, NULL, NULL);
        reject_file_at(reading->report, reading->account)->secret = found = true;
    }
    return found;
}

/* Takes the cells of a header; a row without the key's column is a title above it. */
static void take_header(Reading *reading, const SourceRecord *record)
{
    const TablesFile *file = reading->completion->file;
    g_autofree int *columns = g_new(int, (gsize)record->n_cells);
    bool keyed = false;
    for (int i = 0; i < record->n_cells; i++) {
        columns[i] = header_column(file, record->cells[i]);
        keyed = keyed || columns[i] == reading->completion->key;
    }
    for (int i = 0; i < record->n_cells && keyed && !reading->completion->public; i++) {
        RejectPlace place = {.file = reading->account, .cell = i + 1, .line = record->line, .column = record->cells[i]};
        if (columns[i] >= 0 || field_is_blank(record->cells[i]))
            continue;
        if (personal_name(file, record->cells[i])) {
            reject_refuse(reading->report, place, CONSTAT_PERSONNEL_COLONNE, NULL, NULL);
            reject_file_at(reading->report, reading->account)->secret = true;
        } else
            reject_add(reading->report, place, CONSTAT_COLONNE_INCONNUE, NULL, NULL);
    }
    if (!keyed)
        return;
    reading->columns = g_steal_pointer(&columns);
    reading->n_columns = record->n_cells;
}

static void take_record(Reading *reading, const SourceRecord *record)
{
    if (reading->columns == NULL)
        take_header(reading, record);
    else if (reading->completion->public || !holds_personal(reading, record))
        take_row(reading, record);
}

Completion *completion_read(const TablesFile *file, Source *source, int table, IngestReport *report, int32_t account,
                            GError **error)
{
    g_autoptr(Completion) completion = completion_new(file);
    Reading reading = {completion, report, account, NULL, 0};
    SourceRecord record = {0};
    SourceResult result;
    completion->public = source_completes(source);
    if (!source_start(source, table, file, error))
        return NULL;
    while ((result = source_next(source, &record, error)) == SOURCE_RECORD || result == SOURCE_FAULTY) {
        char line[24];
        g_snprintf(line, sizeof line, "%" G_GINT64_FORMAT, record.fault_line);
        if (result == SOURCE_RECORD)
            take_record(&reading, &record);
        else if (!completion->public)
            reject_add(report, (RejectPlace){.file = account, .line = record.line}, record.constat,
                       record.detail != NULL ? record.detail : line, NULL);
    }
    if (result == SOURCE_REFUSED)
        reject_refuse(report, (RejectPlace){.file = account, .line = record.line}, record.constat, record.detail, NULL);
    else if (reading.columns == NULL && result == SOURCE_ENDED)
        reject_refuse(report, (RejectPlace){.file = account, .column = file->columns[completion->key].name},
                      CONSTAT_COLONNE_ABSENTE, NULL, NULL);
    g_free(reading.columns);
    bool good = result == SOURCE_ENDED && !reject_file_at(report, account)->refused;
    return good ? g_steal_pointer(&completion) : NULL;
}

/* ---- what is known ---- */

const char *completion_find(const Completion *completion, const char *key, int column)
{
    const Known *known = g_hash_table_lookup(completion->keys, key);
    return known != NULL && !known->contradicted ? known->cells[column] : NULL;
}

void completion_tell_unknown(const Completion *completion, CompletionHas has, const void *table, IngestReport *report)
{
    for (guint i = 0; i < completion->rows->len && !completion->public; i++) {
        const Known *known = completion->rows->pdata[i];
        RejectPlace place = known->place;
        if (has(table, known->key))
            continue;
        place.column = completion->file->columns[completion->key].name;
        place.value = known->key;
        reject_add(report, place, CONSTAT_COMPLEMENT_INCONNU, completion->file->name, NULL);
    }
}
