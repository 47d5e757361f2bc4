/* CSV files of the contract: see csv_write.h. */
#include "export/csv_write.h"

#include "config/calendar.h"
#include "config/fault.h"
#include "config/money.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct CsvWrite {
    FILE *file;
    char *path;
    int n_columns, n_fields; /* fields: of the row being written */
    int cause;               /* errno of the first fault, or 0 */
};

static void put(CsvWrite *csv, const char *text, size_t length)
{
    if (csv->cause == 0 && fwrite(text, 1, length, csv->file) != length)
        csv->cause = errno;
}

/* Blanks at an end are quoted too: readers cut them off unquoted fields. */
static bool needs_quotes(const char *text)
{
    size_t length = strlen(text);
    return strpbrk(text, ";\"\r\n") != NULL ||
           (length > 0 && (strchr(" \t", text[0]) != NULL || strchr(" \t", text[length - 1]) != NULL));
}

void csv_write_code(CsvWrite *csv, const char *code)
{
    g_assert(csv->n_fields < csv->n_columns);
    if (csv->n_fields++ > 0)
        put(csv, ";", 1);
    if (!needs_quotes(code)) {
        put(csv, code, strlen(code));
        return;
    }
    put(csv, "\"", 1);
    for (const char *rest = code; *rest != '\0';) {
        size_t length = strcspn(rest, "\"");
        put(csv, rest, length);
        rest += length;
        if (*rest == '"') {
            put(csv, "\"\"", 2);
            rest++;
        }
    }
    put(csv, "\"", 1);
}

void csv_write_text(CsvWrite *csv, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autofree char *defused =
        valid[0] != '\0' && strchr("=+-@\t\r", valid[0]) != NULL ? g_strconcat("'", valid, NULL) : NULL;
    csv_write_code(csv, defused != NULL ? defused : valid);
}

void csv_write_integer(CsvWrite *csv, int64_t value)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, value);
    csv_write_code(csv, text);
}

void csv_write_amount(CsvWrite *csv, int64_t cents)
{
    char text[MONEY_TEXT_MAX];
    csv_write_code(csv, money_text(cents, text));
}

void csv_write_tenths(CsvWrite *csv, int32_t value)
{
    char text[24];
    g_assert(value >= 0);
    snprintf(text, sizeof text, "%" PRId32 ".%" PRId32, value / 10, value % 10);
    csv_write_code(csv, text);
}

void csv_write_day(CsvWrite *csv, int32_t day)
{
    char text[CALENDAR_TEXT_MAX];
    csv_write_code(csv, calendar_text(day, text));
}

void csv_write_yes(CsvWrite *csv, bool yes)
{
    csv_write_code(csv, yes ? "oui" : "non");
}

void csv_write_end(CsvWrite *csv)
{
    g_assert(csv->n_fields == csv->n_columns);
    csv->n_fields = 0;
    put(csv, "\n", 1);
}

CsvWrite *csv_write_open(const char *path, const char *columns, GError **error)
{
    FILE *file = fopen(path, "wbe");
    if (file == NULL) {
        g_set_error(error, FAULT, FAULT_OUTPUT, "could not create '%s': %s", path, g_strerror(errno));
        return NULL;
    }
    CsvWrite *csv = g_new0(CsvWrite, 1);
    csv->file = file;
    csv->path = g_strdup(path);
    csv->n_columns = 1;
    for (const char *c = columns; *c != '\0'; c++)
        csv->n_columns += *c == ';';
    put(csv, columns, strlen(columns));
    put(csv, "\n", 1);
    return csv;
}

bool csv_write_close(CsvWrite *csv, GError **error)
{
    g_assert(csv->n_fields == 0);
    if (fclose(csv->file) != 0 && csv->cause == 0)
        csv->cause = errno;
    bool fine = csv->cause == 0;
    if (!fine)
        g_set_error(error, FAULT, FAULT_OUTPUT, "could not write '%s': %s", csv->path, g_strerror(csv->cause));
    g_free(csv->path);
    g_free(csv);
    return fine;
}
