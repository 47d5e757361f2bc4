/* Workbooks behind source.h: see source_xlsx.h. */
#include "ingest/source_xlsx.h"

#include "ingest/form.h"
#include "ingest/xlsx.h"

#include <string.h>

typedef struct {
    Xlsx *xlsx;
    Form *form; /* NULL: a workbook like any other */
} Book;

static bool recognizes(const char *head, size_t n)
{
    return n >= 4 && (memcmp(head, "PK\3\4", 4) == 0 || memcmp(head, "PK\5\6", 4) == 0);
}

static void close_book(void *data)
{
    Book *book = data;
    form_close(book->form);
    xlsx_close(book->xlsx);
    g_free(book);
}

static void *open_book(const char *path, SourceRecord *refusal, GError **error)
{
    static _Thread_local Refusal fault; /* its detail outlives the call */
    GError *cause = NULL;
    Book *book = g_new0(Book, 1);
    book->xlsx = xlsx_open(path, &fault, &cause);
    bool good = book->xlsx != NULL;
    if (good && form_is(book->xlsx))
        good = (book->form = form_open(book->xlsx, &fault)) != NULL;
    if (good)
        return book;
    if (cause != NULL)
        g_propagate_error(error, cause);
    else
        *refusal = (SourceRecord){.constat = fault.constat, .detail = fault.detail};
    close_book(book);
    return NULL;
}

static int n_tables(void *data)
{
    const Book *book = data;
    return book->form != NULL ? 1 : xlsx_n_sheets(book->xlsx);
}

static const char *table_name(void *data, int table)
{
    const Book *book = data;
    return book->form != NULL ? "besoins" : xlsx_sheet_name(book->xlsx, table);
}

static bool table_hidden(void *data, int table)
{
    const Book *book = data;
    return book->form == NULL && xlsx_sheet_hidden(book->xlsx, table);
}

static bool origin(void *data, int table, SourceOrigin *from)
{
    (void)table;
    const Book *book = data;
    if (book->form == NULL)
        return false;
    const FormMark *mark = form_mark(book->form);
    *from = (SourceOrigin){mark->campagne, mark->siae, mark->version, form_answered(book->form)};
    return true;
}

static bool start(void *data, int table, const TablesFile *file, GError **error)
{
    (void)file, (void)error;
    const Book *book = data;
    if (book->form != NULL)
        form_start(book->form);
    else
        xlsx_start(book->xlsx, table);
    return true;
}

static SourceResult next(void *data, SourceRecord *record, GError **error)
{
    (void)error;
    const Book *book = data;
    return book->form != NULL ? form_next(book->form, record) : xlsx_next(book->xlsx, record);
}

static bool oddity(void *data, ConstatId *constat)
{
    const Book *book = data;
    if (book->form == NULL)
        return false;
    *constat = form_undecided(book->form) > 0 ? CONSTAT_FORM_A_DECIDER : CONSTAT_FORM_VIDE;
    return form_undecided(book->form) > 0 || !form_answered(book->form);
}

const SourceForm source_xlsx_form = {
    .name = "XLSX",
    .recognizes = recognizes,
    .open = open_book,
    .close = close_book,
    .n_tables = n_tables,
    .table_name = table_name,
    .table_hidden = table_hidden,
    .origin = origin,
    .start = start,
    .next = next,
    .oddity = oddity,
};
