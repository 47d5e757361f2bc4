/* Writes one CSV file of the contract (section 3): UTF-8, `;`, LF, a field quoted only when needed. A fault while
 * writing is kept and told once, by csv_write_close(). */
#ifndef EXPORT_CSV_WRITE_H
#define EXPORT_CSV_WRITE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct CsvWrite CsvWrite;

/* Creates path and writes the header row: columns as in the contract's table, "session;date". FAULT_OUTPUT. */
CsvWrite *csv_write_open(const char *path, const char *columns, GError **error);

/* The fields of a row, from left to right; csv_write_end() ends it (asserted: as many fields as columns). */
void csv_write_code(CsvWrite *csv, const char *code);
/* Free text: what a spreadsheet would take for a formula (= + - @, tab, CR first) gets an apostrophe before it. */
void csv_write_text(CsvWrite *csv, const char *text);
void csv_write_integer(CsvWrite *csv, int64_t value);
void csv_write_amount(CsvWrite *csv, int64_t cents); /* 1234.56 */
void csv_write_tenths(CsvWrite *csv, int32_t value); /* 12.3 */
void csv_write_day(CsvWrite *csv, int32_t day);      /* AAAA-MM-JJ */
void csv_write_yes(CsvWrite *csv, bool yes);         /* oui, non */
void csv_write_end(CsvWrite *csv);

/* Ends the file and frees csv. FAULT_OUTPUT when anything could not be written. */
bool csv_write_close(CsvWrite *csv, GError **error);

#endif
