/* What the files of the libxlsxwriter adapter share. */
#ifndef EXPORT_SHEET_PRIVATE_H
#define EXPORT_SHEET_PRIVATE_H

#include "export/sheet.h"

#include <xlsxwriter.h>

struct SheetBook {
    lxw_workbook *workbook;
    lxw_format *formats[SHEET_N_STYLES];
    lxw_format *flag; /* of sheet_flag(); NULL until it is asked for */
    char *path, *footer;
    GPtrArray *sheets;  /* of Sheet, owned */
    GHashTable *totals; /* of tables: "Table[Title]" to int64_t, owned */
    lxw_error fault;    /* the first, or LXW_NO_ERROR */
};

struct Sheet {
    SheetBook *book;
    lxw_worksheet *worksheet;
    char *name;
    int64_t n_cells; /* written, each once */
    GArray *merged;  /* of Range */
    GArray *widths;  /* of the columns up to the last one set, double */
};

/* Keeps the first fault of a book. */
void sheet_keep(SheetBook *book, lxw_error fault);

/* A text the library writes as it stands: valid UTF-8, no control characters but line feeds, no noncharacters, as long
 * as a cell holds at most. Caller frees. */
char *sheet_clean(const char *text);

#endif
