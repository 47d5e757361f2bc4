/* The parts of a workbook's package, within limits that no honest workbook meets. The only user of libzip. */
#ifndef INGEST_XLSX_ZIP_H
#define INGEST_XLSX_ZIP_H

#include "ingest/refusal.h"

#include <glib.h>
#include <stdbool.h>

typedef struct XlsxZip XlsxZip;
typedef struct XlsxPart XlsxPart;

/* Inflated bytes read of one part, and of all parts of a book together; and how many times its packed size a part
 * larger than XLSX_ZIP_SMALL may be (a sheet of one repeated digit stays below 200 times). */
#define XLSX_ZIP_PART_MAX (INT64_C(1) << 30)
#define XLSX_ZIP_TOTAL_MAX (INT64_C(2) << 30)
#define XLSX_ZIP_RATIO_MAX 500
#define XLSX_ZIP_SMALL (INT64_C(1) << 20)

/* NULL with *error (FAULT_INPUT: it cannot be read), or with *fault without it (it is no sound package). */
XlsxZip *xlsx_zip_open(const char *path, Refusal *fault, GError **error);
void xlsx_zip_close(XlsxZip *zip);

/* True when the package holds a part of that name, whatever its case. */
bool xlsx_zip_has(XlsxZip *zip, const char *name);

/* Opens a part; NULL with *fault when it is missing, encrypted or too large. Close before the package. */
XlsxPart *xlsx_zip_part(XlsxZip *zip, const char *name, Refusal *fault);
void xlsx_zip_part_close(XlsxPart *part);

/* The next bytes of a part: their number, 0 at the end (its checksum was right), -1 with *fault. */
gssize xlsx_zip_read(XlsxPart *part, char *buffer, size_t size, Refusal *fault);

#endif
