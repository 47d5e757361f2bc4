/* A table of a source → typed rows, record by record: see rows.h. */
#include "config/calendar.h"
#include "ingest/cell.h"
#include "ingest/header.h"
#include "ingest/personal.h"
#include "ingest/rows.h"

#include <string.h>

enum {
    PERSONAL_MAX = 20, /* findings of personal data that are told of a file */
    DAY_MAX = 12,      /* "JJ/MM/AAAA" */
};

/* A date written mois/jour or jour/mois, which only the rest of its column can tell. */
typedef struct {
    int32_t row, column;
} Doubtful;

typedef struct {
    Rows *rows;
    RowsContext *context;
    Source *source;
    RowsPart part;
    int n_cells;                      /* of the header */
    int *columns;                     /* of each header cell; -1 = none */
    char **names;                     /* of each header cell, as the sender wrote it */
    char *blank;                      /* a row of defaults, which each row begins as */
    bool *given;                      /* by column: the row being read has a cell for it */
    bool *american;                   /* by column: a date of it can only be mois/jour */
    GArray *doubtful;                 /* Doubtful */
    GArray *personal;                 /* RejectLine: personal data found; nothing else is told of the file then */
    guint late_before, drafts_before; /* of earlier parts */
    int64_t completed;                /* cells a list filled */
    const char **texts;               /* of the row being read of a partial part, by column; NULL = empty */
    uint32_t waiting;                 /* of that row: see RowsDraft */
} Reading;

static RejectFile *account(const Reading *reading)
{
    return reject_file_at(reading->context->report, reading->part.account);
}

static RejectPlace place_of(const Reading *reading, int64_t line)
{
    return (RejectPlace){.file = reading->part.account, .line = line};
}

/* A record that gives no row at all. */
static void reject_record(Reading *reading, int64_t line, ConstatId constat, const char *first)
{
    account(reading)->rows++;
    account(reading)->rejected++;
    reject_add(reading->context->report, place_of(reading, line), constat, first, NULL);
}

static void reject_faulty(Reading *reading, const SourceRecord *record)
{
    char line[24];
    g_snprintf(line, sizeof line, "%" G_GINT64_FORMAT, record->fault_line);
    reject_record(reading, record->line, record->constat, record->detail != NULL ? record->detail : line);
}

static bool is_empty(const SourceRecord *record)
{
    for (int i = 0; i < record->n_cells; i++)
        if (!field_is_blank(record->cells[i]))
            return false;
    return true;
}

/* ---- rows ---- */

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
static bool read_cell(Reading *reading, int32_t row, int c, const char *text, SourceKind kind)
{
    Rows *rows = reading->rows;
    const TablesColumn *column = &rows->file->columns[c];
    IngestReport *report = reading->context->report;
    FieldNote note;
    ConstatId wrong = constat_of_kind(kind);
    reading->given[c] = true;
    if (wrong != CONSTAT_N) {
        rows_reject(rows, report, row, column->name, text, wrong, NULL, NULL);
        return false;
    }
    if (text[0] == '\'' && g_ascii_isdigit(text[1]) && column->kind != KIND_TEXT) {
        rows_warn(rows, report, row, column->name, text, CONSTAT_APOSTROPHE, text, text + 1);
        text++;
    }
    if (reading->part.partial)
        reading->texts[c] = g_string_chunk_insert_const(reading->context->strings, text);
    if (column->kind == KIND_LATE) {
        RowsLate late = {row, g_string_chunk_insert_const(reading->context->strings, text)};
        g_array_append_val(rows->late, late);
        return true;
    }
    switch (cell_read(reading->context, column, text, kind, rows_at(rows, row), &note)) {
    case FIELD_GOOD:
        break;
    case FIELD_REPAIRED:
        rows_warn(rows, report, row, column->name, text, note.constat, note.first, note.second);
        break;
    case FIELD_BAD:
        if (reading->part.partial && note.constat == CONSTAT_REFERENCE_INCOMPLETE) {
            reading->waiting |= UINT32_C(1) << c;
            return true;
        }
        reading->american[c] = reading->american[c] || note.constat == CONSTAT_DATE_AMERICAINE;
        rows_reject(rows, report, row, column->name, text, note.constat, note.first, note.second);
        return false;
    }
    if (column->kind == KIND_DATE && kind == SOURCE_TEXT && field_date_is_doubtful(text)) {
        Doubtful doubtful = {row, c};
        g_array_append_val(reading->doubtful, doubtful);
    }
    return true;
}

/* Fills the empty cells of a row whose key is good by what a list knows of that key; false when that is wrong. */
static bool complete_row(Reading *reading, int32_t row)
{
    Rows *rows = reading->rows;
    const TablesColumn *key = tables_text_key(rows->file);
    bool good = true;
    if (key == NULL || !reading->given[key - rows->file->columns])
        return true;
    for (int c = 0; c < rows->file->n_columns; c++) {
        const GPtrArray *completions = reading->context->completions;
        const char *text = NULL;
        for (guint i = 0; i < completions->len && text == NULL && !reading->given[c]; i++)
            text = completion_find(completions->pdata[i], tables_string(key, rows_at(rows, row)), c);
        if (text == NULL)
            continue;
        good = read_cell(reading, row, c, text, SOURCE_TEXT) && good;
        reading->completed++;
    }
    return good;
}

/* A row of a partial part whose cells are good, as far as there are any; `missing` as in RowsDraft. */
static void add_draft(Reading *reading, int32_t row, uint32_t missing)
{
    Rows *rows = reading->rows;
    RowsDraft draft = {row, missing, reading->waiting,
                       g_memdup2(reading->texts, sizeof *reading->texts * (gsize)rows->file->n_columns)};
    g_array_append_val(rows->drafts, draft);
    if (missing != 0 || reading->waiting != 0)
        rows->states[row] = ROWS_INCOMPLETE;
}

static void read_row(Reading *reading, SourceRecord *record)
{
    Rows *rows = reading->rows;
    const TablesFile *file = rows->file;
    bool good = true, key_good = true;
    uint32_t missing = 0;
    int32_t row = add_row(reading, record->line);
    guint n_late = rows->late->len, n_doubtful = reading->doubtful->len;
    account(reading)->rows++;
    memset(reading->given, 0, sizeof *reading->given * (size_t)file->n_columns);
    memset(reading->texts, 0, sizeof *reading->texts * (size_t)file->n_columns);
    reading->waiting = 0;
    for (int i = 0; i < MIN(record->n_cells, reading->n_cells); i++) {
        const char *text =
            reading->columns[i] < 0 ? "" : field_unwrapped(field_clean(record->cells[i], reading->context->scratch));
        SourceKind kind = record->kinds != NULL ? (SourceKind)record->kinds[i] : SOURCE_TEXT;
        if (*text == '\0' || read_cell(reading, row, reading->columns[i], text, kind))
            continue;
        good = false;
        key_good = key_good && !file->columns[reading->columns[i]].key;
    }
    if (reading->context->completions != NULL && key_good)
        good = complete_row(reading, row) && good;
    for (int c = 0; c < file->n_columns; c++) {
        bool empty = !reading->given[c] && !file->columns[c].optional;
        if (empty && reading->part.partial && !file->columns[c].key)
            missing |= UINT32_C(1) << c;
        else if (empty) {
            rows_reject(rows, reading->context->report, row, file->columns[c].name, NULL, CONSTAT_CELLULE_VIDE, NULL,
                        NULL);
            good = false;
            key_good = key_good && !file->columns[c].key;
        }
    }
    if (good && reading->part.partial)
        add_draft(reading, row, missing);
    if (good && reading->context->check != NULL)
        reading->context->check(reading->context->data, rows, row);
    if (!key_good) { /* nothing can name it, and it can name nothing */
        rows->n--;
        g_array_set_size(rows->late, n_late);
        g_array_set_size(reading->doubtful, n_doubtful);
    }
}

/* ---- records that are no rows ---- */

/* The record of a total below the table, which spreadsheets add: its first word says so and a mandatory cell misses. */
static bool is_total(const Reading *reading, const SourceRecord *record)
{
    static const char *const words[] = {"total", "totaux", "totalgeneral", "soustotal", "somme", "totalgénéral"};
    const TablesFile *file = reading->rows->file;
    const char *first = NULL;
    int given = 0, mandatory = 0;
    for (int i = 0; i < MIN(record->n_cells, reading->n_cells); i++) {
        bool blank = field_is_blank(record->cells[i]);
        if (!blank && first == NULL)
            first = record->cells[i];
        given += !blank && reading->columns[i] >= 0 && !file->columns[reading->columns[i]].optional;
    }
    if (first == NULL || (g_ascii_tolower(*first) != 't' && g_ascii_tolower(*first) != 's' && *first != ' '))
        return false;
    for (int c = 0; c < file->n_columns; c++)
        mandatory += !file->columns[c].optional;
    g_autofree char *folded = field_fold(first);
    size_t n = strlen(folded);
    if (n > 0 && folded[n - 1] == ':')
        folded[n - 1] = '\0';
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(folded, words[i]) == 0)
            return given < mandatory;
    return false;
}

/* Tells personal data wherever it stands in the record; true when there is any. */
static bool find_personal(Reading *reading, const SourceRecord *record)
{
    bool found = false;
    for (int i = 0; i < record->n_cells; i++) {
        int c = i < reading->n_cells ? reading->columns[i] : -1;
        const char *name = i < reading->n_cells ? reading->names[i] : NULL;
        ConstatId constat;
        if (!personal_cell(reading->rows->file, c >= 0 ? &reading->rows->file->columns[c] : NULL, record->cells[i],
                           &constat))
            continue;
        RejectLine line = {
            {.file = reading->part.account, .cell = i + 1, .line = record->line, .column = name}, constat, NULL, NULL};
        if (reading->personal->len < PERSONAL_MAX)
            g_array_append_val(reading->personal, line);
        found = true;
    }
    return found;
}

static void read_record(Reading *reading, SourceRecord *record)
{
    if (is_empty(record) || find_personal(reading, record) || reading->personal->len > 0)
        return;
    if (is_total(reading, record)) {
        reject_add(reading->context->report, place_of(reading, record->line), CONSTAT_LIGNE_TOTAL, NULL, NULL);
        return;
    }
    for (int i = reading->n_cells; i < record->n_cells; i++)
        if (!field_is_blank(record->cells[i])) {
            reject_record(reading, record->line, CONSTAT_CELLULES_EN_TROP, NULL);
            return;
        }
    if (record->cut && record->n_cells < reading->n_cells)
        reject_record(reading, record->line, CONSTAT_LIGNE_COUPEE, NULL);
    else
        read_row(reading, record);
}

/* ---- the table ---- */

/* The file as a whole is of no use from a record on. */
static void refuse(const Reading *reading, const SourceRecord *record, ConstatId constat)
{
    reject_refuse(reading->context->report, place_of(reading, record->line), constat, record->detail, NULL);
}

/* Takes the cells of a header row. */
static bool take_header(Reading *reading, char *const *cells, int n, int64_t line)
{
    reading->n_cells = n;
    reading->columns = g_new(int, (gsize)n);
    reading->names = g_new0(char *, (gsize)n + 1);
    for (int i = 0; i < n; i++)
        reading->names[i] = g_strdup(cells[i]);
    bool good = header_match(reading->rows->file, cells, n, line, reading->context->report, reading->part.account,
                             reading->columns);
    for (int i = 0; i < n; i++)
        account(reading)->secret = account(reading)->secret || personal_name(reading->rows->file, cells[i]);
    return good;
}

/* No row was a header: takes the one that comes nearest, which tells what is missing of it. */
static bool take_nearest(Reading *reading, const SourceRecord *fault, char **nearest, int64_t line, int n_seen)
{
    char within[16];
    g_snprintf(within, sizeof within, "%d", HEADER_WITHIN);
    if (nearest != NULL)
        return take_header(reading, nearest, (int)g_strv_length(nearest), line);
    if (fault->line > 0)
        refuse(reading, fault, fault->constat);
    else if (n_seen == 0)
        refuse(reading, &(SourceRecord){0}, CONSTAT_FICHIER_VIDE);
    else
        reject_refuse(reading->context->report, place_of(reading, 0), CONSTAT_EN_TETE_ABSENT, within, NULL);
    return false;
}

/* Looks for the header row below titles and blank lines; false when the file is refused. */
static bool read_header(Reading *reading, GError **error)
{
    const TablesFile *file = reading->rows->file;
    SourceRecord record, fault = {0};
    g_auto(GStrv) nearest = NULL;
    int64_t nearest_line = 0;
    int best = 0, n_seen = 0;
    for (int i = 0; i < HEADER_WITHIN; i++) {
        SourceResult result = source_next(reading->source, &record, error);
        if (result == SOURCE_BROKEN)
            return false;
        if (result == SOURCE_REFUSED)
            return refuse(reading, &record, record.constat), false;
        if (result == SOURCE_ENDED)
            break;
        if (result == SOURCE_FAULTY) {
            fault = fault.line > 0 ? fault : record;
            continue;
        }
        if (is_empty(&record))
            continue;
        n_seen++;
        int score = header_score(file, record.cells, record.n_cells);
        if (score >= header_enough(file))
            return take_header(reading, record.cells, record.n_cells, record.line);
        for (int c = 0; c < record.n_cells; c++)
            score += personal_name(file, record.cells[c]);
        if (score > best) {
            best = score;
            nearest_line = record.line;
            g_strfreev(nearest);
            nearest = g_new0(char *, (gsize)record.n_cells + 1);
            for (int c = 0; c < record.n_cells; c++)
                nearest[c] = g_strdup(record.cells[c]);
        }
    }
    char line[24];
    g_snprintf(line, sizeof line, "%" G_GINT64_FORMAT, fault.fault_line);
    fault.detail = line;
    return take_nearest(reading, &fault, nearest, nearest_line, n_seen);
}

static bool read_records(Reading *reading, GError **error)
{
    SourceRecord record;
    for (;;)
        switch (source_next(reading->source, &record, error)) {
        case SOURCE_RECORD:
            if (reading->rows->n == ROWS_MAX)
                return refuse(reading, &record, CONSTAT_FICHIER_TROP_LONG), false;
            read_record(reading, &record);
            break;
        case SOURCE_FAULTY:
            reject_faulty(reading, &record);
            break;
        case SOURCE_REFUSED:
            return refuse(reading, &record, record.constat), false;
        case SOURCE_ENDED:
            return true;
        case SOURCE_BROKEN:
            return false;
        }
}

/* Personal data refuse the file: what was told of its cells is forgotten, where the data stand is told. */
static void refuse_personal(Reading *reading)
{
    reject_forget(reading->context->report, reading->part.account);
    for (guint i = 0; i < reading->personal->len; i++) {
        const RejectLine *line = &g_array_index(reading->personal, RejectLine, i);
        reject_refuse(reading->context->report, line->place, line->constat, NULL, NULL);
    }
    account(reading)->secret = true;
}

static void both_days(int32_t day, char french[DAY_MAX], char american[DAY_MAX])
{
    int year, month, date;
    calendar_split(day, &year, &month, &date);
    g_snprintf(french, DAY_MAX, "%02d/%02d/%04d", date, month, year);
    g_snprintf(american, DAY_MAX, "%02d/%02d/%04d", month, date, year);
}

/* In a column where some dates can only be mois/jour, none that can be both is told apart. */
static void reject_doubtful(Reading *reading)
{
    Rows *rows = reading->rows;
    for (guint i = 0; i < reading->doubtful->len; i++) {
        const Doubtful *it = &g_array_index(reading->doubtful, Doubtful, i);
        const TablesColumn *column = &rows->file->columns[it->column];
        char french[DAY_MAX], american[DAY_MAX];
        if (!reading->american[it->column] || it->row >= rows->n)
            continue;
        both_days(*(const int32_t *)tables_at(column, rows_at(rows, it->row)), french, american);
        rows_reject(rows, reading->context->report, it->row, column->name, french, CONSTAT_DATE_AMBIGUE, french,
                    american);
    }
}

/* A sender's part with too many wrong rows is set aside whole, so that it stops nobody else's. */
static bool refuse_hopeless(Reading *reading)
{
    const RejectFile *file = account(reading);
    char share[16];
    g_snprintf(share, sizeof share, "%d", reading->context->seuil_rejets);
    if (*reading->part.sender == '\0' || file->rejected * 100 <= file->rows * (int64_t)reading->context->seuil_rejets)
        return false;
    reject_refuse(reading->context->report, place_of(reading, 0), CONSTAT_SEUIL_DEPASSE, share, NULL);
    return true;
}

/* What the source says of itself, once it was read. */
static void account_for_source(Reading *reading)
{
    ConstatId odd;
    SourceOrigin origin;
    if (source_origin(reading->source, 0, &origin)) {
        account(reading)->siae = g_strdup(origin.siae);
        account(reading)->answered = origin.answered;
    }
    if (reading->completed > 0) {
        char count[24];
        g_snprintf(count, sizeof count, "%" G_GINT64_FORMAT, reading->completed);
        reject_add(reading->context->report, place_of(reading, 0), CONSTAT_COMPLETE, count, NULL);
    }
    account(reading)->sha256 = g_strdup(source_sha256(reading->source));
    if (source_oddity(reading->source, &odd))
        reject_add(reading->context->report, place_of(reading, 0), odd, NULL, NULL);
}

static void begin(Reading *reading)
{
    const TablesFile *file = reading->rows->file;
    reading->blank = g_malloc0(file->row_size);
    reading->given = g_new0(bool, (gsize)file->n_columns);
    reading->texts = g_new0(const char *, (gsize)file->n_columns);
    reading->drafts_before = reading->rows->drafts->len;
    reading->american = g_new0(bool, (gsize)file->n_columns);
    reading->doubtful = g_array_new(FALSE, FALSE, sizeof(Doubtful));
    reading->personal = g_array_new(FALSE, FALSE, sizeof(RejectLine));
    reading->late_before = reading->rows->late->len;
    for (int c = 0; c < file->n_columns; c++)
        cell_default(reading->context, &file->columns[c], reading->blank);
}

/* The part the rows to come belong to. */
static void begin_part(Reading *reading)
{
    for (int i = reading->n_cells - 1; i >= 0; i--)
        if (reading->columns[i] >= 0)
            reading->part.cells[reading->columns[i]] = i + 1;
    g_array_append_val(reading->rows->parts, reading->part);
}

static void end(Reading *reading)
{
    source_close(reading->source);
    g_free(reading->columns);
    g_strfreev(reading->names);
    g_free(reading->blank);
    g_free(reading->given);
    g_free(reading->texts);
    g_free(reading->american);
    g_array_unref(reading->doubtful);
    g_array_unref(reading->personal);
}

bool rows_read(Rows *rows, RowsContext *context, const char *path, int table, int32_t account_of, const char *sender,
               int64_t version, GError **error)
{
    g_autoptr(GError) broken = NULL;
    SourceRecord refusal;
    Reading reading = {.rows = rows, .context = context};
    reading.part = (RowsPart){.first = rows->n, .account = account_of, .sender = g_strdup(sender), .version = version};
    reading.part.cells = g_new0(int32_t, (gsize)rows->file->n_columns);
    begin(&reading);
    reading.source = source_open(path, &refusal, &broken);
    bool good = reading.source != NULL && source_start(reading.source, table, rows->file, &broken) &&
                read_header(&reading, &broken);
    reading.part.partial = reading.source != NULL && source_is_partial(reading.source);
    begin_part(&reading);
    good = good && read_records(&reading, &broken);
    if (reading.source != NULL)
        account_for_source(&reading);
    else if (broken == NULL)
        refuse(&reading, &refusal, refusal.constat);
    if (reading.personal->len > 0) {
        refuse_personal(&reading);
        good = false;
    }
    if (good)
        reject_doubtful(&reading);
    good = good && !refuse_hopeless(&reading);
    if (!good) {
        rows->n = reading.part.first;
        g_array_set_size(rows->late, reading.late_before);
        g_array_set_size(rows->drafts, reading.drafts_before);
    }
    end(&reading);
    if (broken != NULL)
        g_propagate_error(error, g_steal_pointer(&broken));
    return good;
}
