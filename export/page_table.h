/* A table of the web page, told as columns and filled cell by cell: header, rows, totals; sorted and filtered by the
 * page's script, read as cards on a phone. */
#ifndef EXPORT_PAGE_TABLE_H
#define EXPORT_PAGE_TABLE_H

#include "export/page.h"

typedef enum { PAGE_TEXT, PAGE_INTEGER, PAGE_AMOUNT, PAGE_DAY, PAGE_RATIO, PAGE_PICTURE } PageKind;

typedef struct {
    const char *title; /* markup of ours; a text without quotes but in a column of pictures */
    PageKind kind;
    enum { PAGE_PLAIN, PAGE_SUM, PAGE_CHOOSE } use; /* summed below the rows; offered as a choice above them */
} PageColumn;

typedef struct PageTable PageTable;

/* Begins a table; id: of the element, letters. The first column names its row. */
PageTable *page_table_new(Page *page, const char *id, const char *caption, const PageColumn *columns, int n_columns);

/* The cells of a row, from left to right, each as its column's kind wants it (asserted). */
void page_table_text(PageTable *table, const char *text);
void page_table_integer(PageTable *table, int64_t value);
void page_table_amount(PageTable *table, int64_t cents);
void page_table_day(PageTable *table, int32_t day);
void page_table_ratio(PageTable *table, int64_t part, int64_t whole); /* empty when whole is 0 */
void page_table_none(PageTable *table);                               /* an empty cell, of any kind */
void page_table_end_row(PageTable *table);

/* Three cells: asked, served, the share of it. */
void page_table_share(PageTable *table, const FiguresShare *share);

/* A cell of text or a picture whose markup the caller writes between the two calls. */
void page_table_open(PageTable *table, PageKind kind);
void page_table_close(PageTable *table);

/* Ends and frees. */
void page_table_end(PageTable *table);

#endif
