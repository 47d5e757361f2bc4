/* A workbook (.xlsx, .xlsm) as sheets of rows of texts: ECMA-376 part 1, as Excel, LibreOffice and Google Sheets write
 * it. Sheets stream: memory grows with the shared strings only (XLSX_STRINGS_MAX), whatever the sheets hold. */
#ifndef INGEST_XLSX_H
#define INGEST_XLSX_H

#include "ingest/source.h"
#include "ingest/xlsx_zip.h"

#define XLSX_STRINGS_MAX (INT64_C(128) << 20) /* bytes of shared strings */
#define XLSX_CELL_MAX 131072                  /* bytes of a cell; a spreadsheet's limit is 32,767 characters */
#define XLSX_COLUMNS_MAX 1000                 /* a filled cell further right refuses the sheet */
#define XLSX_SHEETS_MAX 1000

typedef struct Xlsx Xlsx;

/* Reads what the workbook says of its sheets. NULL with *error (FAULT_INPUT), or with *fault without it. */
Xlsx *xlsx_open(const char *path, Refusal *fault, GError **error);
void xlsx_close(Xlsx *xlsx);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Xlsx, xlsx_close)

/* Its sheets of cells, in their order, hidden ones too. */
int xlsx_n_sheets(const Xlsx *xlsx);
const char *xlsx_sheet_name(const Xlsx *xlsx, int sheet);
bool xlsx_sheet_hidden(const Xlsx *xlsx, int sheet);
/* The sheet of that name, or -1. */
int xlsx_sheet_find(const Xlsx *xlsx, const char *name);

/* The moment the workbook was last saved, as its program wrote it ("2027-01-11T08:30:00Z"); "" when it does not say. */
const char *xlsx_saved(Xlsx *xlsx);

/* Goes to the first row of a sheet. A fault shows at xlsx_next(). */
void xlsx_start(Xlsx *xlsx, int sheet);

/* The next row that holds a cell: SOURCE_RECORD, SOURCE_REFUSED or SOURCE_ENDED. */
SourceResult xlsx_next(Xlsx *xlsx, SourceRecord *record);

#endif
