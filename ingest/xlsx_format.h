/* Numbers of a workbook's cells as the texts their sender sees: ECMA-376 part 1, sections 18.8.30 (formats), 18.17.4
 * (dates). */
#ifndef INGEST_XLSX_FORMAT_H
#define INGEST_XLSX_FORMAT_H

#include "ingest/source.h"

typedef enum { XLSX_FORMAT_PLAIN, XLSX_FORMAT_DATE, XLSX_FORMAT_PERCENT } XlsxFormat;

/* What a number format makes of a number: by its id, or for ids of the workbook's own by its code. */
XlsxFormat xlsx_format_builtin(int id);
XlsxFormat xlsx_format_code(const char *code);

/* Appends a number as it is meant: plain decimals, rounded to the 15 digits a spreadsheet keeps; a day AAAA-MM-JJ with
 * its time unless midnight; a time HH:MM:SS; a rate "12.5 %". *kind: what it is; SOURCE_LOST when the number has more
 * than 15 digits, the last of which the spreadsheet has replaced by zeros. False when `value` is no finite number. */
bool xlsx_format_number(GString *out, const char *value, XlsxFormat format, bool date1904, SourceKind *kind);

/* Appends a date cell of ISO 8601 ("2027-01-11T00:00:00") as above; false when it is none. */
bool xlsx_format_iso(GString *out, const char *value, SourceKind *kind);

#endif
