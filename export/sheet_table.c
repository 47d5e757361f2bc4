/* Tables on sheets: see sheet_table.h. */
#include "export/sheet_table.h"

#include "export/sheet_prose.h"

#include <string.h>

typedef struct {
    int64_t total; /* in the unit of the cells */
    double width;  /* characters, of what was written so far */
} ColumnState;

struct SheetTable {
    Sheet *sheet;
    char *name;
    const SheetColumn *columns;
    ColumnState *states;
    int n_columns, header_row, row, column;
    int lines;      /* of the row being written: the most any wrapped cell takes */
    int64_t n_rows; /* told so far */
};

/* The units a column of a style counts in: how many of them make one. */
static double unit(SheetStyle style)
{
    return style == SHEET_AMOUNT || style == SHEET_HOURS ? 100 : style == SHEET_TENTHS ? 10 : 1;
}

/* What a digit takes at most at 10 points, in Calibri and in the fonts that stand in for it: a number that does not fit
 * shows as ####. */
#define DIGIT 1.02
#define BOLD_DIGIT 1.1
#define SIZE 10 /* points; bold headers take as much as one more */
#define PADDING 1.5
#define FILTER 2.8 /* padding of a header, with room for its arrow */
#define LINE 13.0  /* points */

/* Characters a number is written with: digits, a separator every third, decimals and sign of its style. */
static int number_length(SheetStyle style, int64_t value)
{
    int digits = 1;
    for (double whole = (double)value / unit(style); whole >= 10 || whole <= -10; whole /= 10)
        digits++;
    return digits + (digits - 1) / 3 + (value < 0) + (style == SHEET_AMOUNT ? 5 : style == SHEET_INTEGER ? 0 : 3);
}

static void widen(SheetTable *table, double width)
{
    ColumnState *state = &table->states[table->column];
    int widest = table->columns[table->column].widest;
    if (widest > 0 && width > widest)
        width = widest;
    if (width > state->width)
        state->width = width;
}

/* The least width of a header broken into at most three lines, none within a word. */
#define HEADER_LINES 3
static double header_width(const char *title)
{
    g_auto(GStrv) words = g_strsplit(title, " ", -1);
    double width = 0, longest;
    for (int i = 0; words[i] != NULL; i++)
        width = MAX(width, sheet_prose_width(words[i], SIZE + 1));
    while (sheet_prose_lines(title, SIZE + 1, width + 0.1, &longest) > HEADER_LINES)
        width += 0.5;
    return width + FILTER - PADDING;
}

SheetTable *sheet_table_new(Sheet *sheet, int row, const char *name, const SheetColumn *columns, int n_columns)
{
    SheetTable *table = g_new0(SheetTable, 1);
    table->sheet = sheet;
    table->name = g_strdup(name);
    table->columns = columns;
    table->n_columns = n_columns;
    table->states = g_new0(ColumnState, n_columns);
    table->header_row = row;
    table->row = row + 1;
    table->lines = 1;
    for (int i = 0; i < n_columns; i++)
        table->states[i].width =
            MAX(header_width(columns[i].title), columns[i].style == SHEET_FILL_IN ? columns[i].widest : 0);
    return table;
}

static SheetStyle next(SheetTable *table)
{
    g_assert(table->column < table->n_columns);
    return table->columns[table->column].style;
}

void sheet_table_text(SheetTable *table, const char *text)
{
    SheetStyle style = next(table);
    g_assert(style == SHEET_TEXT || style == SHEET_WRAP || style == SHEET_CENTRE);
    double longest;
    int lines = sheet_prose_lines(text, SIZE, table->columns[table->column].widest, &longest);
    if (style == SHEET_WRAP)
        table->lines = MAX(table->lines, lines);
    widen(table, longest);
    sheet_text(table->sheet, table->row, table->column++, style, text);
}

/* A number of `style`, in the unit of that style. */
static void put_number(SheetTable *table, SheetStyle style, int64_t value)
{
    g_assert(next(table) == style);
    widen(table, number_length(style, value) * DIGIT);
    table->states[table->column].total += value;
    sheet_number(table->sheet, table->row, table->column++, style, (double)value / unit(style));
}

void sheet_table_integer(SheetTable *table, int64_t value)
{
    put_number(table, SHEET_INTEGER, value);
}

void sheet_table_amount(SheetTable *table, int64_t cents)
{
    put_number(table, SHEET_AMOUNT, cents);
}

void sheet_table_tenths(SheetTable *table, int64_t tenths)
{
    put_number(table, SHEET_TENTHS, tenths);
}

void sheet_table_hours(SheetTable *table, int64_t hundredths)
{
    put_number(table, SHEET_HOURS, hundredths);
}

void sheet_table_ratio(SheetTable *table, int64_t part, int64_t whole)
{
    g_assert(next(table) == SHEET_PERCENT);
    if (whole == 0) {
        sheet_table_none(table);
        return;
    }
    sheet_number(table->sheet, table->row, table->column++, SHEET_PERCENT, (double)part / (double)whole);
}

void sheet_table_day(SheetTable *table, int32_t day)
{
    g_assert(next(table) == SHEET_DAY);
    widen(table, 10 * DIGIT);
    sheet_day(table->sheet, table->row, table->column++, SHEET_DAY, day);
}

void sheet_table_none(SheetTable *table)
{
    SheetStyle style = next(table);
    sheet_blank(table->sheet, table->row, table->column++, style);
}

void sheet_table_fill_in(SheetTable *table)
{
    g_assert(table->column < table->n_columns);
    sheet_blank(table->sheet, table->row, table->column++, SHEET_FILL_IN);
}

void sheet_table_end_row(SheetTable *table)
{
    g_assert(table->column == table->n_columns);
    if (table->lines > 1)
        sheet_height(table->sheet, table->row, LINE * table->lines + 2);
    table->column = 0;
    table->lines = 1;
    table->row++;
    table->n_rows++;
}

/* Other characters would have to be escaped in a formula that names the column. */
static bool is_plain_title(const char *title)
{
    for (const char *at = title; *at != '\0'; at = g_utf8_next_char(at))
        if (!g_unichar_isalnum(g_utf8_get_char(at)) && *at != ' ' && g_utf8_get_char(at) != 0x2019)
            return false;
    return true;
}

static void write_totals(SheetTable *table)
{
    for (int i = 0; i < table->n_columns; i++) {
        const SheetColumn *column = &table->columns[i];
        SheetStyle style = sheet_style_total(column->style);
        if (column->total) {
            g_assert(is_plain_title(column->title));
            g_autofree char *formula = g_strdup_printf("=SUBTOTAL(109,%s[%s])", table->name, column->title);
            table->column = i;
            g_autofree char *key = g_strdup_printf("%s[%s]", table->name, column->title);
            sheet_keep_total(table->sheet, key, table->states[i].total);
            widen(table, number_length(column->style, table->states[i].total) * BOLD_DIGIT);
            sheet_formula(table->sheet, table->row, i, style, formula,
                          (double)table->states[i].total / unit(column->style));
        } else if (i == 0)
            sheet_text(table->sheet, table->row, i, style, "Total");
        else
            sheet_blank(table->sheet, table->row, i, style);
    }
}

int sheet_table_end(SheetTable *table, int frozen)
{
    g_assert(table->column == 0);
    if (table->row == table->header_row + 1) {
        /* a native table has at least one row */
        for (int i = 0; i < table->n_columns; i++)
            sheet_table_none(table);
        sheet_table_end_row(table);
        table->n_rows = 0;
    }
    g_autofree const char **titles = g_new0(const char *, table->n_columns);
    g_autofree bool *totals = g_new0(bool, table->n_columns);
    bool any = false;
    for (int i = 0; i < table->n_columns; i++) {
        titles[i] = table->columns[i].title;
        totals[i] = table->columns[i].total;
        any = any || totals[i];
    }
    int last = table->row - 1;
    sheet_native_table(table->sheet, table->header_row, 0, last + any, table->n_columns, table->name, titles, totals);
    int lines = 1;
    double all = 0;
    sheet_keep_total(table->sheet, table->name, table->n_rows);
    if (any)
        write_totals(table);
    for (int i = 0; i < table->n_columns; i++) {
        sheet_text(table->sheet, table->header_row, i, sheet_style_header(table->columns[i].style), titles[i]);
        sheet_width(table->sheet, i, table->states[i].width + PADDING);
        all += table->states[i].width + PADDING;
        double longest;
        lines = MAX(lines,
                    sheet_prose_lines(titles[i], SIZE + 1, table->states[i].width + PADDING - FILTER + 0.1, &longest));
    }
    sheet_height(table->sheet, table->header_row, LINE * lines + 6);
    sheet_freeze(table->sheet, table->header_row + 1, frozen);
    sheet_print(table->sheet, table->header_row, table->header_row, frozen - 1, false, all);
    g_free(table->name);
    g_free(table->states);
    g_free(table);
    return last;
}
