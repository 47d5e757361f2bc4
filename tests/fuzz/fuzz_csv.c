/* Fuzz target: any bytes as a CSV text; the first says how. It ends, its lines only go forward, its cells are bounded,
 * and where the blocks of the reader end changes nothing. */
#include "ingest/csv.h"
#include "ingest/dialect.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

typedef struct {
    const uint8_t *bytes;
    size_t n, piece;
} Pieces;

static gssize give_piece(void *data, char *buffer, size_t size, GError **error)
{
    (void)error;
    Pieces *source = data;
    size_t n = MIN(MIN(source->piece, size), source->n);
    memcpy(buffer, source->bytes, n);
    source->bytes += n;
    source->n -= n;
    return (gssize)n;
}

/* All that reading tells, as a sum. */
static char *reading_sum(const uint8_t *bytes, size_t n, size_t piece, char delimiter)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_MD5);
    Pieces source = {bytes, n, piece};
    g_autoptr(Csv) csv = csv_open(give_piece, &source, NULL);
    CsvRecord record;
    int64_t line = 0;
    csv_delimiter(csv, delimiter);
    for (CsvResult result; (result = csv_next(csv, &record, NULL)) != CSV_ENDED;) {
        g_assert_true(result == CSV_RECORD || result == CSV_FAULTY);
        g_assert_cmpint(record.line, >, line);
        line = record.line;
        g_checksum_update(sum, (const guchar *)&record.line, sizeof record.line);
        g_checksum_update(sum, (const guchar *)&result, sizeof result);
        g_assert_true(result == CSV_RECORD ||
                      (constat_code(record.constat) != NULL && record.fault_line >= record.line));
        g_assert_true(result == CSV_FAULTY || record.n_cells > 0);
        for (int i = 0; i < record.n_cells; i++) {
            g_assert_cmpuint(strlen(record.cells[i]), <=, CSV_CELL_MAX);
            g_checksum_update(sum, (const guchar *)record.cells[i], (gssize)strlen(record.cells[i]) + 1);
        }
    }
    return g_strdup(g_checksum_get_string(sum));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (n == 0)
        return 0;
    size_t piece = (size_t)bytes[0] % 61 + 1;
    char delimiter = dialect_delimiter((const char *)bytes + 1, n - 1);
    g_autofree char *whole = reading_sum(bytes + 1, n - 1, 65536, delimiter),
                    *pieces = reading_sum(bytes + 1, n - 1, piece, delimiter);
    g_assert_cmpstr(whole, ==, pieces);
    return 0;
}
