/* CSV files of ours read back: see csv_sum.h. */
#include "export/csv_sum.h"

#include "config/fault.h"

#include <string.h>

/* Takes the field at *at, without its quotes, and moves to what follows its separator; *last: it ended its row. */
static char *take_field(const char **at, const char *end, bool *last)
{
    GString *field = g_string_new(NULL);
    bool quoted = *at < end && **at == '"';
    const char *c = *at + quoted;
    for (; c < end; c++) {
        if (quoted && *c == '"') {
            if (c + 1 < end && c[1] == '"')
                c++;
            else {
                quoted = false;
                continue;
            }
        } else if (!quoted && (*c == ';' || *c == '\n'))
            break;
        g_string_append_c(field, *c);
    }
    *last = c >= end || *c == '\n';
    *at = c < end ? c + 1 : c;
    return g_string_free(field, FALSE);
}

/* "12", "-12.3" and "12.34" in hundredths. */
static bool parse_hundredths(const char *text, int64_t *value)
{
    bool negative = text[0] == '-';
    const char *at = text + negative;
    int64_t whole = 0;
    int decimals = -1;
    if (!g_ascii_isdigit(*at))
        return false;
    for (; *at != '\0'; at++) {
        if (*at == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (!g_ascii_isdigit(*at) || decimals == 2 || whole > INT64_MAX / 1000)
            return false;
        whole = whole * 10 + (*at - '0');
        decimals += decimals >= 0;
    }
    for (int missing = 2 - MAX(decimals, 0); missing > 0; missing--)
        whole *= 10;
    *value = negative ? -whole : whole;
    return true;
}

bool csv_sum_read(const char *path, CsvSumColumn *columns, int n_columns, CsvSumFile *file, GError **error)
{
    g_autofree char *bytes = NULL;
    g_autoptr(GError) cause = NULL;
    gsize length;
    if (!g_file_get_contents(path, &bytes, &length, &cause)) {
        g_set_error(error, FAULT, FAULT_OUTPUT, "could not read back '%s': %s", path, cause->message);
        return false;
    }
    g_autofree char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, length);
    g_strlcpy(file->sha256, sum, sizeof file->sha256);
    file->rows = -1;
    g_autofree int *fields = g_new(int, n_columns + 1); /* where each column is */
    for (int c = 0; c < n_columns; c++) {
        columns[c].sum = 0;
        fields[c] = -1;
    }
    for (const char *at = bytes, *end = bytes + length; at < end; file->rows++) {
        bool last = false;
        for (int f = 0; !last; f++) {
            g_autofree char *field = take_field(&at, end, &last);
            for (int c = 0; c < n_columns; c++) {
                int64_t value = 0;
                if (file->rows < 0 && strcmp(field, columns[c].column) == 0)
                    fields[c] = f;
                else if (file->rows >= 0 && fields[c] == f && !parse_hundredths(field, &value)) {
                    g_set_error(error, FAULT, FAULT_OUTPUT, "could not read back '%s': row %d, column '%s': '%s'", path,
                                (int)file->rows + 1, columns[c].column, field);
                    return false;
                }
                columns[c].sum += value;
            }
        }
    }
    for (int c = 0; c < n_columns; c++)
        if (fields[c] < 0) {
            g_set_error(error, FAULT, FAULT_OUTPUT, "could not read back '%s': no column '%s'", path,
                        columns[c].column);
            return false;
        }
    return true;
}
