/* libcsv fed one physical line at a time: see csv.h. libcsv tells no line numbers and cannot go on after a fault, so
 * the bytes of the record being read are kept, and reading resumes behind its first line. */
#include "ingest/csv.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 65536 };

struct Csv {
    CsvRead read;
    void *data;
    struct csv_parser parser;
    unsigned char delimiter;
    char *bytes;             /* from the beginning of the record being read */
    size_t room, begin, end; /* bytes[begin..end) are read and not yet part of a finished record */
    size_t at;               /* next byte to feed */
    bool scanned;            /* carriage is where the next CR stands, `end` when there is none */
    size_t carriage;
    bool ended;          /* the reader has nothing more */
    bool in_record;      /* bytes[begin..at) were fed and gave no record yet */
    bool skipping;       /* up to the next line end: a line too long to be kept */
    size_t first_line;   /* end of the record's first line */
    int64_t line;        /* of bytes[at] */
    int64_t record_line; /* of bytes[begin] */
    GString *text;       /* the cells, each NUL-ended */
    GArray *starts;      /* of each cell in text */
    GPtrArray *cells;
    bool complete, nul;
};

static void *capped_realloc(void *block, size_t size)
{
    return size > CSV_CELL_MAX ? NULL : realloc(block, size);
}

static bool ends_line(char byte)
{
    return byte == '\n' || byte == '\r';
}

static int is_blank(unsigned char byte)
{
    return byte == ' ';
}

static void start_parser(Csv *csv)
{
    csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
    csv_set_delim(&csv->parser, csv->delimiter);
    csv_set_realloc_func(&csv->parser, capped_realloc);
    csv_set_blk_size(&csv->parser, 4096);
    csv_set_space_func(&csv->parser, is_blank);
}

static void on_field(void *bytes, size_t n, void *data)
{
    Csv *csv = data;
    guint start = (guint)csv->text->len;
    g_array_append_val(csv->starts, start);
    csv->nul = csv->nul || memchr(bytes, '\0', n) != NULL;
    g_string_append_len(csv->text, bytes, (gssize)n);
    g_string_append_c(csv->text, '\0');
}

static void on_record(int end, void *data)
{
    (void)end;
    Csv *csv = data;
    csv->complete = true;
}

/* Brings one more block behind `end`; what stands before the record being read is dropped. */
static bool fill(Csv *csv, GError **error)
{
    memmove(csv->bytes, csv->bytes + csv->begin, csv->end - csv->begin);
    csv->at -= csv->begin;
    csv->first_line -= MIN(csv->first_line, csv->begin);
    csv->end -= csv->begin;
    csv->begin = 0;
    if (csv->room < csv->end + BLOCK) {
        csv->room = csv->end + 2 * BLOCK;
        csv->bytes = g_realloc(csv->bytes, csv->room);
    }
    gssize n = csv->read(csv->data, csv->bytes + csv->end, BLOCK, error);
    if (n < 0)
        return false;
    csv->ended = n == 0;
    csv->end += (size_t)n;
    csv->scanned = false;
    return true;
}

Csv *csv_open(CsvRead read, void *data, GError **error)
{
    Csv *csv = g_new0(Csv, 1);
    csv->read = read;
    csv->data = data;
    csv->delimiter = ';';
    csv->line = 1;
    csv->room = 2 * BLOCK;
    csv->bytes = g_malloc(csv->room);
    csv->text = g_string_new(NULL);
    csv->starts = g_array_new(FALSE, FALSE, sizeof(guint));
    csv->cells = g_ptr_array_new();
    start_parser(csv);
    if (!fill(csv, error)) {
        csv_close(csv);
        return NULL;
    }
    return csv;
}

void csv_close(Csv *csv)
{
    if (csv == NULL)
        return;
    csv_free(&csv->parser);
    g_free(csv->bytes);
    g_string_free(csv->text, TRUE);
    g_array_unref(csv->starts);
    g_ptr_array_unref(csv->cells);
    g_free(csv);
}

const char *csv_peek(const Csv *csv, size_t *n)
{
    *n = csv->end;
    return csv->bytes;
}

void csv_delimiter(Csv *csv, char delimiter)
{
    csv->delimiter = (unsigned char)delimiter;
    csv_set_delim(&csv->parser, csv->delimiter);
}

/* The end of the physical line that begins at `at`, its line end included; 0 when more bytes are needed to know. */
static size_t line_end(Csv *csv)
{
    if (!csv->scanned || csv->carriage < csv->at) {
        const char *cr = memchr(csv->bytes + csv->at, '\r', csv->end - csv->at);
        csv->carriage = cr != NULL ? (size_t)(cr - csv->bytes) : csv->end;
        csv->scanned = true;
    }
    const char *lf = memchr(csv->bytes + csv->at, '\n', csv->end - csv->at);
    size_t feed = lf != NULL ? (size_t)(lf - csv->bytes) : csv->end;
    if (csv->carriage < feed) {
        if (csv->carriage + 1 == csv->end && !csv->ended)
            return 0;
        return csv->carriage + (csv->carriage + 1 == feed && feed < csv->end ? 2 : 1);
    }
    if (lf != NULL)
        return feed + 1;
    return csv->ended ? csv->end : 0;
}

static void forget_cells(Csv *csv)
{
    g_string_truncate(csv->text, 0);
    g_array_set_size(csv->starts, 0);
    csv->complete = csv->nul = false;
}

/* The record that began at record_line is none; reading goes on at `resume`, which is on line `line`. */
static CsvResult fail(Csv *csv, CsvRecord *record, size_t resume, int64_t line, ConstatId constat)
{
    record->line = csv->record_line;
    record->fault_line = csv->line;
    record->constat = constat;
    record->n_cells = 0;
    csv_free(&csv->parser);
    start_parser(csv);
    forget_cells(csv);
    csv->at = csv->begin = resume;
    csv->scanned = false;
    csv->line = line;
    csv->in_record = false;
    return CSV_FAULTY;
}

/* Reading goes on behind the record's first line, so that an opened quote swallows nothing. */
static CsvResult fail_line(Csv *csv, CsvRecord *record, ConstatId constat)
{
    return fail(csv, record, csv->first_line, csv->record_line + 1, constat);
}

static CsvResult syntax_fault(Csv *csv, CsvRecord *record)
{
    bool misplaced = csv_error(&csv->parser) == CSV_EPARSE;
    return fail_line(csv, record, misplaced ? CONSTAT_CSV_GUILLEMET_PLACE : CONSTAT_CSV_CELLULE_LONGUE);
}

static CsvResult too_long(Csv *csv, CsvRecord *record)
{
    if (csv->in_record)
        return fail_line(csv, record, CONSTAT_CSV_LIGNE_LONGUE);
    csv->record_line = csv->line;
    csv->skipping = true;
    return fail(csv, record, csv->end, csv->line, CONSTAT_CSV_LIGNE_LONGUE);
}

/* A whole record was read: hands over its cells. */
static CsvResult finish(Csv *csv, CsvRecord *record, bool cut)
{
    if (csv->nul)
        return fail(csv, record, csv->at, csv->line, CONSTAT_CSV_OCTET_NUL);
    record->line = csv->record_line;
    record->cut = cut;
    record->n_cells = (int)csv->starts->len;
    g_ptr_array_set_size(csv->cells, 0);
    for (guint i = 0; i < csv->starts->len; i++)
        g_ptr_array_add(csv->cells, csv->text->str + g_array_index(csv->starts, guint, i));
    record->cells = (char **)csv->cells->pdata;
    csv->begin = csv->at;
    csv->in_record = false;
    return CSV_RECORD;
}

/* At the end of the text, inside a record: an opened quote, or a last line without a line end. */
static CsvResult finish_text(Csv *csv, CsvRecord *record)
{
    if (csv_fini(&csv->parser, on_field, on_record, csv) != 0) {
        int64_t last = csv->line - (ends_line(csv->bytes[csv->end - 1]) ? 1 : 0);
        fail_line(csv, record, CONSTAT_CSV_GUILLEMET_OUVERT);
        record->fault_line = last;
        return CSV_FAULTY;
    }
    if (csv->starts->len > 0)
        return finish(csv, record, true);
    csv->in_record = false;
    csv->begin = csv->at;
    return CSV_ENDED;
}

/* Feeds the line that ends at stop; true when a record is complete or the line is none. */
static bool feed_line(Csv *csv, size_t stop, CsvRecord *record, CsvResult *result)
{
    if (!csv->in_record) {
        csv->in_record = true;
        csv->begin = csv->at;
        csv->record_line = csv->line;
        csv->first_line = stop;
    }
    size_t n = stop - csv->at;
    if (csv_parse(&csv->parser, csv->bytes + csv->at, n, on_field, on_record, csv) != n) {
        *result = syntax_fault(csv, record);
        return true;
    }
    bool ended = ends_line(csv->bytes[stop - 1]);
    csv->at = stop;
    csv->line += ended;
    if (csv->complete && csv->starts->len > 0) {
        *result = finish(csv, record, !ended);
        return true;
    }
    if (csv->complete) { /* a blank line */
        csv->complete = csv->in_record = false;
        csv->begin = csv->at;
    } else if (csv->at - csv->begin > CSV_RECORD_MAX) {
        *result = too_long(csv, record);
        return true;
    }
    return false;
}

CsvResult csv_next(Csv *csv, CsvRecord *record, GError **error)
{
    CsvResult result;
    forget_cells(csv);
    *record = (CsvRecord){0};
    for (;;) {
        size_t stop = line_end(csv);
        if (stop == 0 && !csv->ended) {
            if (csv->skipping)
                csv->begin = csv->at = csv->end;
            else if (csv->end - csv->at > CSV_RECORD_MAX)
                return too_long(csv, record);
            if (!fill(csv, error))
                return CSV_BROKEN;
        } else if (csv->skipping) {
            csv->skipping = false;
            csv->begin = csv->at = stop;
            csv->line++;
        } else if (csv->at == csv->end)
            return csv->in_record ? finish_text(csv, record) : CSV_ENDED;
        else if (feed_line(csv, stop, record, &result))
            return result;
    }
}
