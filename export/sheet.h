/* The only code that knows libxlsxwriter: workbooks of sheets of typed cells.
 *
 * Rows and columns count from 0. Arguments are checked before the library sees them: texts are made valid UTF-8 without
 * control characters and cut at the 32,767 UTF-16 units a cell holds; numbers must be finite, names and ranges in
 * bounds (asserted: they are ours). A fault is kept in the book and told once, by sheet_book_close(), which also reads
 * the finished file back (export/zip_check.h): the library says nothing of a full disk. The same calls give the same
 * bytes. Memory grows with the cells of one book. Nothing here formats by locale. */
#ifndef EXPORT_SHEET_H
#define EXPORT_SHEET_H

#include "export/sheet_style.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct SheetBook SheetBook;
typedef struct Sheet Sheet; /* belongs to its book */

/* What a workbook says of itself. */
typedef struct {
    const char *title, *subject, *keywords, *version;
    const char *footer; /* left part of every page's foot; at most 100 characters are shown */
    int32_t day;        /* its creation date, at midnight UTC */
} SheetAbout;

/* A book to be written to path; scratch: a folder for its temporary files. Ended by sheet_book_close(). */
SheetBook *sheet_book_new(const char *path, const char *scratch, const SheetAbout *about);

/* Writes the book, verifies the file and frees. FAULT_OUTPUT. */
bool sheet_book_close(SheetBook *book, GError **error);

/* A sheet more; name: 1..31 characters, none of []:*?/\ and no apostrophe, unique without regard to case. */
Sheet *sheet_new(SheetBook *book, const char *name);

/* One cell; each is written once (a second time would look like damage to sheet_book_close()). */
void sheet_text(Sheet *sheet, int row, int column, SheetStyle style, const char *text);
void sheet_number(Sheet *sheet, int row, int column, SheetStyle style, double value);
void sheet_integer(Sheet *sheet, int row, int column, SheetStyle style, int64_t value);
void sheet_amount(Sheet *sheet, int row, int column, SheetStyle style, int64_t cents);
void sheet_day(Sheet *sheet, int row, int column, SheetStyle style, int32_t day);
void sheet_blank(Sheet *sheet, int row, int column, SheetStyle style);
/* A formula (English, "=SUM(A1:A9)") with the value it has now, which viewers that do not compute show. */
void sheet_formula(Sheet *sheet, int row, int column, SheetStyle style, const char *formula, double value);
/* A text that leads to the first cell of a sheet of the book, which may be made later. */
void sheet_link(Sheet *sheet, int row, int column, SheetStyle style, const char *target, const char *text);
/* A text over several cells (not inside a table; merged ranges must not overlap). */
void sheet_merged(Sheet *sheet, int row, int column, int last_row, int last_column, SheetStyle style, const char *text);

/* The same for a number, whose cell is the first one. */
void sheet_merged_number(Sheet *sheet, int row, int column, int last_row, int last_column, SheetStyle style,
                         double value);

/* Layout. */
void sheet_width(Sheet *sheet, int column, double characters); /* at most 255 */
/* Pixels from the left of column first to the right of column last, for charts; widths must have been set. */
int sheet_pixels(const Sheet *sheet, int first, int last);
void sheet_height(Sheet *sheet, int row, double points); /* at most 409 */
void sheet_freeze(Sheet *sheet, int row, int column);    /* rows above and columns left of it stay in view */
void sheet_bars(Sheet *sheet, int row, int column, int last_row, int last_column, double most); /* data bars, 0..most */
void sheet_levels(Sheet *sheet, int row, int column, int last_row); /* a column's icons: from its least to its most */
/* A name for cells of the sheet, by which formulas and the box of names find them: a letter, then letters, digits and
 * _ only; unique in the book, as tables' names are. */
void sheet_name(Sheet *sheet, const char *name, int row, int column, int last_row, int last_column);
/* Landscape, as wide as the page, A4 or, where `width` characters would be too small to read, A3, or two of them; with
 * titles repeated on each page: rows first..last (first < 0: none), and columns 0..column (column < 0: none). one_page:
 * as high as one page too. */
void sheet_print(Sheet *sheet, int first_row, int last_row, int column, bool one_page, double width);

/* The points of rows a printed page holds, scaled to the widths that were set: for sheet_breaks(). In a font wider than
 * Calibri it holds more. */
double sheet_page_height(const Sheet *sheet);

/* Printed pages begin at these rows, ascending, each > 0; at most 1,023 are kept. */
void sheet_breaks(Sheet *sheet, const int *rows, int n_rows);

/* A native table from its header row to its total row, both still to be written (the library writes its own). name:
 * letters, unique in the book; titles: unique in the table. totals[i]: column i's total is SUBTOTAL(109) of it. */
void sheet_native_table(Sheet *sheet, int row, int column, int last_row, int n_columns, const char *name,
                        const char *const *titles, const bool *totals);

/* What the book's tables come to, for the pages that compare them: key "Table[Title]" a total in the units of its cells
 * (cents...), key "Table" its rows. sheet_total(): false when there is no such table or column, or not yet. */
void sheet_keep_total(Sheet *sheet, const char *key, int64_t total);
bool sheet_total(const Sheet *sheet, const char *key, int64_t *total);

/* A chart of series that lie in columns of one sheet, over rows first_row..last_row. */
typedef enum {
    SHEET_CHART_COLUMN,
    SHEET_CHART_COLUMN_STACKED,
    SHEET_CHART_BAR,
    SHEET_CHART_BAR_STACKED
} SheetChartKind;
typedef struct {
    const char *name;
    int column;
    uint32_t colour;
} SheetSeries;
typedef struct {
    SheetChartKind kind;
    const char *title, *description; /* description: the alternative text */
    const char *num_format;          /* of the value axis */
    bool labels;                     /* values written at the bars */
    int category_column, first_row, last_row;
    const SheetSeries *series;
    int n_series;
    int width, height; /* pixels */
} SheetChart;
void sheet_chart(Sheet *sheet, int row, int column, const SheetChart *chart);

#endif
