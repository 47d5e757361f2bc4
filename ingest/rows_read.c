/* A file → typed rows, record by record: see rows.h. */
#include "ingest/cell.h"
#include "ingest/header.h"
#include "ingest/rows.h"
#include "ingest/source.h"

#include <string.h>

typedef struct {
    Rows *rows;
    RowsContext *context;
    Source *source;
    int n_cells;      /* of the header */
    int *columns;     /* of each header cell; -1 = none */
    char *blank;      /* a row of defaults, which each row begins as */
    bool *given;      /* by column: the row being read has a cell for it */
    GString *comment; /* scratch of messages */
} Reading;

static RejectFile *account(const Reading *reading)
{
    return reject_file_at(reading->context->report, reading->rows->account);
}

/* A record that gives no row at all. */
static void reject_record(Reading *reading, int64_t line, const char *problem, const char *remedy)
{
    account(reading)->rejected++;
    reject_add(reading->context->report, reading->rows->account, line, REJECT_ROW, "", "", problem, remedy);
}

static void reject_faulty(Reading *reading, const SourceRecord *record)
{
    account(reading)->rows++;
    const char *problem = constat_problem(record->constat), *remedy = constat_remedy(record->constat);
    if (record->fault_line == record->line) {
        reject_record(reading, record->line, problem, remedy);
        return;
    }
    g_string_printf(reading->comment, "%s (constaté ligne %" G_GINT64_FORMAT ")", problem, record->fault_line);
    reject_record(reading, record->line, reading->comment->str, remedy);
}

static bool is_empty(const SourceRecord *record)
{
    for (int i = 0; i < record->n_cells; i++)
        if (!field_is_blank(record->cells[i]))
            return false;
    return true;
}

/* More cells than the header names, other than empty ones; or a last line cut short. */
static const char *shape_problem(const Reading *reading, const SourceRecord *record)
{
    for (int i = reading->n_cells; i < record->n_cells; i++)
        if (!field_is_blank(record->cells[i]))
            return "plus de cellules que de colonnes";
    if (record->cut && record->n_cells < reading->n_cells)
        return "dernière ligne incomplète : le fichier semble coupé";
    return NULL;
}

/* Room for one more row, begun from the defaults. */
static int32_t add_row(Reading *reading, int64_t line)
{
    Rows *rows = reading->rows;
    size_t size = rows->file->row_size;
    if (rows->n == rows->room) {
        rows->room = rows->room == 0 ? 64 : 2 * rows->room;
        rows->data = g_realloc_n(rows->data, (gsize)rows->room, size);
        rows->lines = g_realloc_n(rows->lines, (gsize)rows->room, sizeof *rows->lines);
        rows->states = g_realloc_n(rows->states, (gsize)rows->room, sizeof *rows->states);
    }
    memcpy(rows->data + (size_t)rows->n * size, reading->blank, size);
    rows->lines[rows->n] = (int32_t)MIN(line, INT32_MAX);
    rows->states[rows->n] = ROWS_KEPT;
    return rows->n++;
}

/* What is wrong with a cell of that kind, whatever its column; CONSTAT_N: nothing. */
static ConstatId constat_of_kind(SourceKind kind)
{
    switch (kind) {
    case SOURCE_ERROR:
        return CONSTAT_CELLULE_ERREUR;
    case SOURCE_UNCOMPUTED:
        return CONSTAT_CELLULE_FORMULE;
    case SOURCE_LOST:
        return CONSTAT_CELLULE_CHIFFRES;
    default:
        return CONSTAT_N;
    }
}

/* One cell of the row; false when it is wrong. */
static bool read_cell(Reading *reading, int32_t row, const TablesColumn *column, char *cell, SourceKind kind)
{
    Rows *rows = reading->rows;
    IngestReport *report = reading->context->report;
    FieldNote note;
    const char *text = field_clean(cell, reading->context->scratch);
    if (*text == '\0')
        return true;
    reading->given[column - rows->file->columns] = true;
    ConstatId wrong = constat_of_kind(kind);
    if (wrong != CONSTAT_N) {
        rows_reject(rows, report, row, column->name, text, constat_problem(wrong), constat_remedy(wrong));
        return false;
    }
    if (column->kind == KIND_LATE) {
        RowsLate late = {row, g_string_chunk_insert_const(reading->context->strings, text)};
        g_array_append_val(rows->late, late);
        return true;
    }
    switch (cell_read(reading->context, column, text, rows_at(rows, row), &note)) {
    case FIELD_GOOD:
        return true;
    case FIELD_REPAIRED:
        rows_warn(rows, report, row, column->name, text, note.problem, note.remedy);
        return true;
    case FIELD_BAD:
        rows_reject(rows, report, row, column->name, text, note.problem, note.remedy);
        return false;
    }
    g_assert_not_reached();
}

static void read_row(Reading *reading, SourceRecord *record)
{
    Rows *rows = reading->rows;
    const TablesFile *file = rows->file;
    bool good = true, key_good = true;
    int32_t row = add_row(reading, record->line);
    guint n_late = rows->late->len;
    memset(reading->given, 0, sizeof *reading->given * (size_t)file->n_columns);
    for (int i = 0; i < MIN(record->n_cells, reading->n_cells); i++) {
        const TablesColumn *column = reading->columns[i] >= 0 ? &file->columns[reading->columns[i]] : NULL;
        SourceKind kind = record->kinds != NULL ? (SourceKind)record->kinds[i] : SOURCE_TEXT;
        if (column == NULL || read_cell(reading, row, column, record->cells[i], kind))
            continue;
        good = false;
        key_good = key_good && !column->key;
    }
    for (int c = 0; c < file->n_columns; c++)
        if (!reading->given[c] && !file->columns[c].optional) {
            rows_reject(rows, reading->context->report, row, file->columns[c].name, "", "cellule obligatoire vide",
                        "la remplir");
            good = false;
            key_good = key_good && !file->columns[c].key;
        }
    if (good && reading->context->check != NULL)
        reading->context->check(reading->context->data, rows, row);
    if (!key_good) { /* nothing can name it, and it can name nothing */
        rows->n--;
        g_array_set_size(rows->late, n_late);
    }
}

static void read_record(Reading *reading, SourceRecord *record)
{
    if (is_empty(record))
        return;
    account(reading)->rows++;
    const char *problem = shape_problem(reading, record);
    if (problem != NULL)
        reject_record(reading, record->line, problem, "vérifier les séparateurs et les guillemets de cette ligne");
    else
        read_row(reading, record);
}

/* The file as a whole is of no use from a record on. */
static void refuse(const Reading *reading, const SourceRecord *record, ConstatId constat)
{
    g_auto(GStrv) parts = g_strsplit(constat_problem(constat), "{1}", -1);
    g_autofree char *problem = g_strjoinv(record->detail != NULL ? record->detail : "", parts);
    reject_refuse(reading->context->report, reading->rows->account, record->line, "", problem, constat_remedy(constat));
}

/* The header row; false when the file is refused. */
static bool read_header(Reading *reading, GError **error)
{
    SourceRecord record;
    SourceResult result;
    while ((result = source_next(reading->source, &record, error)) == SOURCE_RECORD && is_empty(&record))
        continue;
    if (result == SOURCE_ENDED)
        refuse(reading, &(SourceRecord){0}, CONSTAT_FICHIER_VIDE);
    if (result == SOURCE_FAULTY || result == SOURCE_REFUSED)
        refuse(reading, &record, record.constat);
    if (result != SOURCE_RECORD)
        return false;
    reading->n_cells = record.n_cells;
    reading->columns = g_new(int, (gsize)record.n_cells);
    return header_match(reading->rows->file, record.cells, record.n_cells, record.line, reading->context->report,
                        reading->rows->account, reading->columns);
}

static bool read_records(Reading *reading, GError **error)
{
    SourceRecord record;
    for (;;)
        switch (source_next(reading->source, &record, error)) {
        case SOURCE_RECORD:
            if (reading->rows->n == ROWS_MAX) {
                reject_refuse(reading->context->report, reading->rows->account, record.line, "",
                              "plus de 50 millions de lignes", "découper la campagne");
                return false;
            }
            read_record(reading, &record);
            break;
        case SOURCE_FAULTY:
            reject_faulty(reading, &record);
            break;
        case SOURCE_REFUSED:
            refuse(reading, &record, record.constat);
            return false;
        case SOURCE_ENDED:
            return true;
        case SOURCE_BROKEN:
            return false;
        }
}

/* What the source says of itself, once it was read. */
static void account_for_source(Reading *reading)
{
    ConstatId odd;
    account(reading)->sha256 = g_strdup(source_sha256(reading->source));
    if (source_oddity(reading->source, &odd))
        reject_add(reading->context->report, reading->rows->account, 0, REJECT_WARNING, "", "", constat_problem(odd),
                   constat_remedy(odd));
}

void rows_read(Rows *rows, RowsContext *context, const char *path)
{
    const TablesFile *file = rows->file;
    g_autoptr(GError) error = NULL;
    SourceRecord refusal;
    Reading reading = {.rows = rows, .context = context, .comment = g_string_new(NULL)};
    reading.blank = g_malloc0(file->row_size);
    reading.given = g_new0(bool, (gsize)file->n_columns);
    for (int c = 0; c < file->n_columns; c++)
        cell_default(context, &file->columns[c], reading.blank);
    reading.source = source_open(path, &refusal, &error);
    rows->read = reading.source != NULL && source_start(reading.source, 0, file, &error) &&
                 read_header(&reading, &error) && read_records(&reading, &error);
    if (reading.source != NULL)
        account_for_source(&reading);
    else if (error == NULL)
        refuse(&reading, &refusal, refusal.constat);
    if (error != NULL) {
        account(&reading)->refused = true;
        reject_add(context->report, rows->account, 0, REJECT_ROW, "", error->message,
                   constat_problem(CONSTAT_FICHIER_ILLISIBLE), constat_remedy(CONSTAT_FICHIER_ILLISIBLE));
    }
    source_close(reading.source);
    g_free(reading.columns);
    g_free(reading.blank);
    g_free(reading.given);
    g_string_free(reading.comment, TRUE);
}
