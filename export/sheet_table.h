/* A table on a sheet, told as columns and filled cell by cell: header, rows, total row, filter, widths that fit. */
#ifndef EXPORT_SHEET_TABLE_H
#define EXPORT_SHEET_TABLE_H

#include "export/sheet.h"

typedef struct {
    const char *title; /* unique in the table; of a column with a total: letters, digits, spaces and ’ only */
    SheetStyle style;  /* SHEET_TEXT..SHEET_FILL_IN */
    int widest; /* characters, 0 = as wide as its content; more belongs to SHEET_WRAP, and to SHEET_FILL_IN, which
                   is as wide as that */
    bool total; /* integers, amounts and hours: summed in the total row */
} SheetColumn;

typedef struct SheetTable SheetTable;

/* Begins a table whose header stands in `row`, from column 0 on. name: letters, unique in the book. */
SheetTable *sheet_table_new(Sheet *sheet, int row, const char *name, const SheetColumn *columns, int n_columns);

/* The cells of a row, from left to right, each as its column's style wants it (asserted). */
void sheet_table_text(SheetTable *table, const char *text);
void sheet_table_integer(SheetTable *table, int64_t value);
void sheet_table_amount(SheetTable *table, int64_t cents);
void sheet_table_tenths(SheetTable *table, int64_t tenths);
void sheet_table_hours(SheetTable *table, int64_t hundredths);
void sheet_table_ratio(SheetTable *table, int64_t part, int64_t whole); /* blank when whole is 0 */
void sheet_table_day(SheetTable *table, int32_t day);
void sheet_table_none(SheetTable *table);    /* an empty cell */
void sheet_table_fill_in(SheetTable *table); /* an empty cell, grey: for the reader to fill in */
void sheet_table_end_row(SheetTable *table);

/* Ends the table: total row, native table, widths, frozen and repeated header; `frozen` columns stay in view. Frees.
 * Without a column to total there is no total row. Returns the last row of the data. */
int sheet_table_end(SheetTable *table, int frozen);

#endif
