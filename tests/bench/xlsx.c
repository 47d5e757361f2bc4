/* The speed of the workbook reader: xlsx [FILE.xlsx]. Without a file (`write FILE.xlsx` makes it) one of its own
 * making, 1,000,000 cells as libxlsxwriter writes them: numbers, dates, amounts, shared strings, a third of them
 * distinct. */
#include "ingest/xlsx.h"
#include "export/sheet.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/resource.h>

enum { ROWS = 100000, COLUMNS = 10 };

static double cpu_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static bool write_book(const char *path, GError **error)
{
    SheetAbout about = {.title = "", .subject = "", .keywords = "", .version = "", .footer = "", .day = 739000};
    SheetBook *book = sheet_book_new(path, g_get_tmp_dir(), &about);
    Sheet *sheet = sheet_new(book, "besoins");
    for (int row = 0; row < ROWS; row++)
        for (int column = 0; column < COLUMNS; column++) {
            char text[32];
            g_snprintf(text, sizeof text, "B%06d", column == 0 ? row : row % 400);
            if (column < 4)
                sheet_text(sheet, row, column, SHEET_TEXT, text);
            else if (column < 6)
                sheet_day(sheet, row, column, SHEET_DAY, 739000 + row % 365);
            else if (column < 8)
                sheet_amount(sheet, row, column, SHEET_AMOUNT, row * 7);
            else
                sheet_integer(sheet, row, column, SHEET_INTEGER, row);
        }
    return sheet_book_close(book, error);
}

static bool measure(const char *path, GError **error)
{
    Refusal fault = {0};
    double begin = cpu_seconds();
    g_autoptr(Xlsx) xlsx = xlsx_open(path, &fault, error);
    SourceRecord record = {.constat = fault.constat};
    SourceResult result = xlsx != NULL || *error != NULL ? SOURCE_ENDED : SOURCE_REFUSED;
    int64_t cells = 0, rows = 0;
    for (int sheet = 0; xlsx != NULL && sheet < xlsx_n_sheets(xlsx); sheet++) {
        xlsx_start(xlsx, sheet);
        for (; (result = xlsx_next(xlsx, &record)) == SOURCE_RECORD; rows++)
            for (int i = 0; i < record.n_cells; i++)
                cells += record.cells[i][0] != '\0';
    }
    double seconds = cpu_seconds() - begin;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    if (result == SOURCE_REFUSED)
        printf("xlsx: refused: %s\n", constat_code(record.constat));
    else
        printf("xlsx: %" G_GINT64_FORMAT " cells of %" G_GINT64_FORMAT
               " rows in %.2f s of CPU: %.0f cells/s, peak %ld MB\n",
               cells, rows, seconds, (double)cells / seconds, usage.ru_maxrss / 1024);
    return *error == NULL && result == SOURCE_ENDED;
}

/* The book is made by a process of its own, whose memory does not count. */
static bool measure_own(char *program, GError **error)
{
    g_autofree char *folder = g_dir_make_tmp("prisme-bench-XXXXXX", error);
    g_autofree char *path = folder != NULL ? g_build_filename(folder, "million.xlsx", NULL) : NULL;
    char *writer[] = {program, "write", path, NULL};
    int status;
    bool good = folder != NULL && g_spawn_sync(NULL, writer, NULL, 0, NULL, NULL, NULL, NULL, &status, error) &&
                g_spawn_check_wait_status(status, error) && measure(path, error);
    if (folder != NULL) {
        g_unlink(path);
        g_rmdir(folder);
    }
    return good;
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    bool good = argc == 1   ? measure_own(argv[0], &error)
                : argc == 2 ? measure(argv[1], &error)
                            : write_book(argv[2], &error);
    if (error != NULL)
        fprintf(stderr, "xlsx: %s\n", error->message);
    return good ? 0 : 1;
}
