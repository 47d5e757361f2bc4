/* CSV as a source of rows: text, dialect and csv behind source.h. */
#include "ingest/csv.h"
#include "ingest/dialect.h"
#include "ingest/source.h"
#include "ingest/text.h"

typedef struct {
    char *path;
    Text *text;
    Csv *csv;
} Book;

static bool recognizes(const char *head, size_t n)
{
    (void)head, (void)n;
    return true;
}

static void close_book(void *data)
{
    Book *book = data;
    csv_close(book->csv);
    text_close(book->text);
    g_free(book->path);
    g_free(book);
}

static void *open_book(const char *path, SourceRecord *refusal, GError **error)
{
    (void)refusal;
    Text *text = text_open(path, error);
    if (text == NULL)
        return NULL;
    Book *book = g_new0(Book, 1);
    book->path = g_strdup(path);
    book->text = text;
    return book;
}

static gssize give_text(void *text, char *buffer, size_t size, GError **error)
{
    return text_read(text, buffer, size, error);
}

static bool start(void *data, int table, const TablesFile *file, GError **error)
{
    (void)table;
    Book *book = data;
    size_t n;
    if (book->csv != NULL) { /* once more, from the beginning */
        csv_close(g_steal_pointer(&book->csv));
        text_close(g_steal_pointer(&book->text));
        if ((book->text = text_open(book->path, error)) == NULL)
            return false;
    }
    book->csv = csv_open(give_text, book->text, error);
    if (book->csv == NULL)
        return false;
    const char *begin = csv_peek(book->csv, &n);
    csv_delimiter(book->csv, dialect_of_table(begin, n, file));
    return true;
}

static SourceResult next(void *data, SourceRecord *record, GError **error)
{
    static const SourceResult results[] = {[CSV_RECORD] = SOURCE_RECORD,
                                           [CSV_FAULTY] = SOURCE_FAULTY,
                                           [CSV_ENDED] = SOURCE_ENDED,
                                           [CSV_BROKEN] = SOURCE_BROKEN};
    Book *book = data;
    CsvRecord read;
    CsvResult result = csv_next(book->csv, &read, error);
    *record = (SourceRecord){.line = read.line,
                             .fault_line = read.fault_line,
                             .constat = read.constat,
                             .cells = read.cells,
                             .n_cells = read.n_cells,
                             .cut = read.cut};
    return results[result];
}

static bool oddity(void *data, ConstatId *constat)
{
    const Book *book = data;
    *constat = CONSTAT_ENCODAGE_MELANGE;
    return text_is_mixed(book->text);
}

static const char *sha256(void *data)
{
    const Book *book = data;
    return text_sha256(book->text);
}

const SourceForm source_csv_form = {
    .name = "CSV",
    .recognizes = recognizes,
    .open = open_book,
    .close = close_book,
    .start = start,
    .next = next,
    .oddity = oddity,
    .sha256 = sha256,
};
