/* The libxlsxwriter adapter: see sheet.h. */
#include "export/sheet.h"

#include "config/fault.h"
#include "export/sheet_private.h"
#include "export/zip_check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Day number (config/calendar.h) of the day before 1 January 1970, and of the day a spreadsheet calls 0. */
#define DAY_1970 719163
#define DAY_ZERO 693594

/* Paper numbers of the format, and the characters across A4 and A3 that are still read when scaled to fit (6 points).
 */
#define PAPER_A3 8
#define PAPER_A4 9
#define A4_WIDTH 250
#define A3_WIDTH 370

/* Points: sides of A4, of which A3 has them larger by the square root of 2; margins. */
#define A4_LONG 841.9
#define A4_SHORT 595.3
#define INCH 72
static const struct {
    double left, right, top, bottom; /* inches */
} margins = {0.4, 0.4, 0.5, 0.6};

#define UNITS_MAX 32767 /* UTF-16 units a cell holds */

typedef struct {
    int row, column, last_row, last_column;
} Range;

void sheet_keep(SheetBook *book, lxw_error fault)
{
    if (book->fault == LXW_NO_ERROR)
        book->fault = fault;
}

/* _x0041_ in a file means the letter A: such a text is told from the code by coding its first character. */
static bool is_code(const char *at)
{
    return at[0] == '_' && at[1] == 'x' && g_ascii_isxdigit(at[2]) && g_ascii_isxdigit(at[3]) &&
           g_ascii_isxdigit(at[4]) && g_ascii_isxdigit(at[5]) && at[6] == '_';
}

/* Whether sheet_clean() would change nothing, told fast for what most texts are: at most UNITS_MAX - 1 bytes, none of
 * which begins a control character, a noncharacter, a surrogate pair or a code. */
static bool is_clean(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    for (; *at != '\0'; at++)
        if (*at < 0x20 || *at == 0x7F || *at >= 0xEF || (*at == 0xC2 && at[1] < 0xA0) || (*at == '_' && at[1] == 'x'))
            return false;
    return at - (const unsigned char *)text < UNITS_MAX && g_utf8_validate(text, -1, NULL);
}

char *sheet_clean(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *result = g_string_sized_new(strlen(valid));
    int units = 0;
    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        bool coded = is_code(at);
        units += coded ? 7 : c > 0xFFFF ? 2 : 1;
        if (units > UNITS_MAX - 1) {
            g_string_append(result, "…");
            break;
        }
        if (coded)
            g_string_append(result, "_x005F_");
        else if (c == '\r' && at[1] == '\n')
            units--;
        else if (c == '\n' || (!g_unichar_iscntrl(c) && (c & 0xFFFE) != 0xFFFE))
            g_string_append_unichar(result, c);
        else
            g_string_append_c(result, ' ');
    }
    return g_string_free(result, FALSE);
}

static lxw_format *make_format(lxw_workbook *workbook, const SheetLook *look)
{
    static const struct {
        char letter;
        uint8_t align;
    } aligns[] = {{'l', LXW_ALIGN_LEFT},         {'c', LXW_ALIGN_CENTER},          {'r', LXW_ALIGN_RIGHT},
                  {'t', LXW_ALIGN_VERTICAL_TOP}, {'C', LXW_ALIGN_VERTICAL_CENTER}, {'b', LXW_ALIGN_VERTICAL_BOTTOM}};
    lxw_format *format = workbook_add_format(workbook);
    format_set_font_size(format, look->size);
    format_set_font_color(format, look->colour != 0 ? look->colour : LXW_COLOR_BLACK);
    if (look->num_format != NULL)
        format_set_num_format(format, look->num_format);
    if (look->marks & SHEET_BOLD)
        format_set_bold(format);
    if (look->marks & SHEET_ITALIC)
        format_set_italic(format);
    if (look->marks & SHEET_UNDERLINE)
        format_set_underline(format, LXW_UNDERLINE_SINGLE);
    if (look->marks & SHEET_WRAPPED)
        format_set_text_wrap(format);
    if (look->marks & SHEET_UNLOCKED)
        format_set_unlocked(format);
    if (look->fill != 0)
        format_set_bg_color(format, look->fill);
    for (size_t i = 0; i < G_N_ELEMENTS(aligns); i++)
        if (aligns[i].letter == look->align || aligns[i].letter == (look->vertical == 'c' ? 'C' : look->vertical))
            format_set_align(format, aligns[i].align);
    if (look->align == 'i') {
        format_set_align(format, LXW_ALIGN_LEFT);
        format_set_indent(format, 1);
    }
    if (look->lines == SHEET_LINES_BELOW || look->lines == SHEET_LINES_BOX) {
        format_set_bottom(format, LXW_BORDER_HAIR);
        format_set_bottom_color(format, SHEET_LINE);
    }
    if (look->lines == SHEET_LINES_BOX) {
        format_set_left(format, LXW_BORDER_HAIR);
        format_set_left_color(format, SHEET_LINE);
    }
    if (look->lines == SHEET_LINES_CARD) {
        format_set_left(format, LXW_BORDER_THICK);
        format_set_left_color(format, LXW_COLOR_WHITE);
        format_set_right(format, LXW_BORDER_THICK);
        format_set_right_color(format, LXW_COLOR_WHITE);
    }
    if (look->lines == SHEET_LINES_TOTAL) {
        format_set_top(format, LXW_BORDER_THIN);
        format_set_top_color(format, SHEET_NAVY);
        format_set_bottom(format, LXW_BORDER_THIN);
        format_set_bottom_color(format, SHEET_NAVY);
    }
    return format;
}

static void sheet_free(gpointer data)
{
    Sheet *sheet = data;
    g_array_unref(sheet->merged);
    g_array_unref(sheet->widths);
    g_free(sheet->name);
    g_free(sheet);
}

/* & begins a code in a header or footer, && is the sign itself. */
static char *footer_text(const char *text)
{
    g_autofree char *valid = sheet_clean(text);
    g_autofree char *cut = g_utf8_substring(valid, 0, MIN(g_utf8_strlen(valid, -1), 100));
    g_auto(GStrv) parts = g_strsplit(cut, "&", -1);
    g_autofree char *escaped = g_strjoinv("&&", parts);
    return g_strconcat("&L&8 ", escaped, "&C&8&A&R&8page &P / &N", NULL);
}

SheetBook *sheet_book_new(const char *path, const char *scratch, const SheetAbout *about)
{
    SheetBook *book = g_new0(SheetBook, 1);
    g_autofree char *folder = g_strdup(scratch), *title = sheet_clean(about->title),
                    *subject = sheet_clean(about->subject);
    g_autofree char *keywords = sheet_clean(about->keywords), *author = g_strconcat("prisme ", about->version, NULL);
    lxw_workbook_options options = {.tmpdir = folder};
    book->path = g_strdup(path);
    book->footer = footer_text(about->footer);
    book->sheets = g_ptr_array_new_with_free_func(sheet_free);
    book->totals = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    book->workbook = workbook_new_opt(path, &options);
    g_assert(book->workbook != NULL);
    lxw_doc_properties properties = {.title = title,
                                     .subject = subject,
                                     .keywords = keywords,
                                     .author = author,
                                     .created = (time_t)(about->day - DAY_1970) * 86400};
    sheet_keep(book, workbook_set_properties(book->workbook, &properties));
    for (int i = 0; i < SHEET_N_STYLES; i++)
        book->formats[i] = make_format(book->workbook, &sheet_style_looks[i]);
    return book;
}

/* The library tells a full disk on stderr too, in lines of its own. stderr is an ordinary variable of the GNU C
 * library, and no other thread writes to it during an export. */
static lxw_error close_quietly(lxw_workbook *workbook)
{
    char *said = NULL;
    size_t n = 0;
    FILE *own = stderr, *aside = open_memstream(&said, &n);
    if (aside != NULL)
        stderr = aside;
    lxw_error fault = workbook_close(workbook);
    stderr = own;
    if (aside != NULL)
        fclose(aside);
    free(said);
    return fault;
}

bool sheet_book_close(SheetBook *book, GError **error)
{
    g_autofree int64_t *cells = g_new0(int64_t, book->sheets->len);
    int n_sheets = (int)book->sheets->len;
    for (int i = 0; i < n_sheets; i++)
        cells[i] = ((Sheet *)book->sheets->pdata[i])->n_cells;
    sheet_keep(book, close_quietly(book->workbook));
    bool fine = book->fault == LXW_NO_ERROR;
    if (!fine)
        g_set_error(error, FAULT, FAULT_OUTPUT, "could not write '%s': %s", book->path, lxw_strerror(book->fault));
    fine = fine && zip_check_workbook(book->path, cells, n_sheets, error);
    g_ptr_array_unref(book->sheets);
    g_hash_table_unref(book->totals);
    g_free(book->path);
    g_free(book->footer);
    g_free(book);
    return fine;
}

Sheet *sheet_new(SheetBook *book, const char *name)
{
    g_assert(name[0] != '\0' && g_utf8_validate(name, -1, NULL) && strpbrk(name, "[]:*?/\\'") == NULL);
    g_assert(workbook_validate_sheet_name(book->workbook, name) == LXW_NO_ERROR);
    Sheet *sheet = g_new0(Sheet, 1);
    sheet->book = book;
    sheet->name = g_strdup(name);
    sheet->merged = g_array_new(FALSE, FALSE, sizeof(Range));
    sheet->widths = g_array_new(FALSE, TRUE, sizeof(double));
    sheet->worksheet = workbook_add_worksheet(book->workbook, name);
    g_assert(sheet->worksheet != NULL);
    g_ptr_array_add(book->sheets, sheet);
    worksheet_gridlines(sheet->worksheet, LXW_HIDE_ALL_GRIDLINES);
    sheet_keep(book, worksheet_set_footer(sheet->worksheet, book->footer));
    return sheet;
}

/* False, with the fault kept, where a sheet ends: the one bound that depends on data. */
static bool holds(Sheet *sheet, int row, int column)
{
    g_assert(row >= 0 && column >= 0 && column < LXW_COL_MAX);
    if (row >= LXW_ROW_MAX) {
        sheet_keep(sheet->book, LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE);
        return false;
    }
    sheet->n_cells++;
    return true;
}

#define AT (lxw_row_t) row, (lxw_col_t)column
#define FORMAT sheet->book->formats[style]

void sheet_text(Sheet *sheet, int row, int column, SheetStyle style, const char *text)
{
    g_autofree char *cleaned = is_clean(text) ? NULL : sheet_clean(text);
    const char *kept = cleaned != NULL ? cleaned : text;
    if (kept[0] == '\0')
        sheet_blank(sheet, row, column, style);
    else if (holds(sheet, row, column))
        sheet_keep(sheet->book, worksheet_write_string(sheet->worksheet, AT, kept, FORMAT));
}

void sheet_number(Sheet *sheet, int row, int column, SheetStyle style, double value)
{
    g_assert(isfinite(value));
    if (holds(sheet, row, column))
        sheet_keep(sheet->book, worksheet_write_number(sheet->worksheet, AT, value, FORMAT));
}

void sheet_integer(Sheet *sheet, int row, int column, SheetStyle style, int64_t value)
{
    sheet_number(sheet, row, column, style, (double)value);
}

void sheet_amount(Sheet *sheet, int row, int column, SheetStyle style, int64_t cents)
{
    sheet_number(sheet, row, column, style, (double)cents / 100);
}

void sheet_day(Sheet *sheet, int row, int column, SheetStyle style, int32_t day)
{
    g_assert(day > DAY_ZERO + 60); /* a spreadsheet's 1900 has a 29 February */
    sheet_number(sheet, row, column, style, day - DAY_ZERO);
}

void sheet_blank(Sheet *sheet, int row, int column, SheetStyle style)
{
    if (holds(sheet, row, column))
        sheet_keep(sheet->book, worksheet_write_blank(sheet->worksheet, AT, FORMAT));
}

void sheet_formula(Sheet *sheet, int row, int column, SheetStyle style, const char *formula, double value)
{
    g_assert(isfinite(value) && formula[0] == '=');
    if (holds(sheet, row, column))
        sheet_keep(sheet->book, worksheet_write_formula_num(sheet->worksheet, AT, formula, FORMAT, value));
}

void sheet_link(Sheet *sheet, int row, int column, SheetStyle style, const char *target, const char *text)
{
    g_assert(strpbrk(target, "'#!") == NULL && text[0] != '\0');
    g_autofree char *address = g_strdup_printf("internal:'%s'!A1", target), *cleaned = sheet_clean(text);
    if (holds(sheet, row, column))
        sheet_keep(sheet->book, worksheet_write_url_opt(sheet->worksheet, AT, address, FORMAT, cleaned, NULL));
}

/* Merges the cells, all of them blank but the first, which is still to be written over. */
static void merge(Sheet *sheet, int row, int column, int last_row, int last_column, SheetStyle style)
{
    Range range = {row, column, last_row, last_column};
    g_assert(row <= last_row && column <= last_column);
    for (guint i = 0; i < sheet->merged->len; i++) {
        const Range *other = &g_array_index(sheet->merged, Range, i);
        g_assert(other->last_row < row || other->row > last_row || other->last_column < column ||
                 other->column > last_column);
    }
    g_array_append_val(sheet->merged, range);
    if (row == last_row && column == last_column)
        return;
    sheet->n_cells += (int64_t)(last_row - row + 1) * (last_column - column + 1) - 1;
    sheet_keep(sheet->book,
               worksheet_merge_range(sheet->worksheet, AT, (lxw_row_t)last_row, (lxw_col_t)last_column, "", FORMAT));
}

void sheet_merged(Sheet *sheet, int row, int column, int last_row, int last_column, SheetStyle style, const char *text)
{
    merge(sheet, row, column, last_row, last_column, style);
    sheet_text(sheet, row, column, style, text);
}

void sheet_merged_number(Sheet *sheet, int row, int column, int last_row, int last_column, SheetStyle style,
                         double value)
{
    merge(sheet, row, column, last_row, last_column, style);
    sheet_number(sheet, row, column, style, value);
}

void sheet_width(Sheet *sheet, int column, double characters)
{
    characters = CLAMP(characters, 1, 255);
    if (sheet->widths->len <= (guint)column)
        g_array_set_size(sheet->widths, (guint)column + 1);
    g_array_index(sheet->widths, double, column) = characters;
    sheet_keep(sheet->book,
               worksheet_set_column(sheet->worksheet, (lxw_col_t)column, (lxw_col_t)column, characters, NULL));
}

static int pixels(const Sheet *sheet, guint column)
{
    return (int)(g_array_index(sheet->widths, double, column) * 7 + 0.5) + 5;
}

int sheet_pixels(const Sheet *sheet, int first, int last)
{
    int sum = 0;
    for (int i = first; i <= last; i++)
        sum += pixels(sheet, (guint)i);
    return sum;
}

void sheet_height(Sheet *sheet, int row, double points)
{
    sheet_keep(sheet->book, worksheet_set_row(sheet->worksheet, (lxw_row_t)row, CLAMP(points, 1, 409), NULL));
}

void sheet_freeze(Sheet *sheet, int row, int column)
{
    worksheet_freeze_panes(sheet->worksheet, AT);
}

void sheet_bars(Sheet *sheet, int row, int column, int last_row, int last_column, double most)
{
    lxw_conditional_format bars = {.type = LXW_CONDITIONAL_DATA_BAR,
                                   .min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                   .max_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                   .min_value = 0,
                                   .max_value = most,
                                   .bar_color = SHEET_LIGHT,
                                   .bar_solid = LXW_TRUE};
    sheet_keep(sheet->book, worksheet_conditional_format_range(sheet->worksheet, AT, (lxw_row_t)last_row,
                                                               (lxw_col_t)last_column, &bars));
}

void sheet_levels(Sheet *sheet, int row, int column, int last_row)
{
    lxw_conditional_format icons = {.type = LXW_CONDITIONAL_TYPE_ICON_SETS,
                                    .icon_style = LXW_CONDITIONAL_ICONS_5_RATINGS};
    sheet_keep(sheet->book, worksheet_conditional_format_range(sheet->worksheet, AT, (lxw_row_t)last_row,
                                                               (lxw_col_t)column, &icons));
}

void sheet_name(Sheet *sheet, const char *name, int row, int column, int last_row, int last_column)
{
    char range[LXW_MAX_CELL_RANGE_LENGTH];
    g_assert(g_ascii_isalpha(name[0]) && strchr(name, '_') != NULL);
    for (const char *at = name; *at != '\0'; at++)
        g_assert(g_ascii_isalnum(*at) || *at == '_');
    lxw_rowcol_to_range_abs(range, AT, (lxw_row_t)last_row, (lxw_col_t)last_column);
    g_autofree char *formula = g_strdup_printf("='%s'!%s", sheet->name, range);
    sheet_keep(sheet->book, workbook_define_name(sheet->book->workbook, name, formula));
}

void sheet_keep_total(Sheet *sheet, const char *key, int64_t total)
{
    g_hash_table_replace(sheet->book->totals, g_strdup(key), g_memdup2(&total, sizeof total));
}

bool sheet_total(const Sheet *sheet, const char *key, int64_t *total)
{
    const int64_t *found = g_hash_table_lookup(sheet->book->totals, key);
    if (found != NULL)
        *total = *found;
    return found != NULL;
}

void sheet_print(Sheet *sheet, int first_row, int last_row, int column, bool one_page, double width)
{
    worksheet_set_landscape(sheet->worksheet);
    worksheet_set_paper(sheet->worksheet, width > A4_WIDTH ? PAPER_A3 : PAPER_A4);
    worksheet_set_margins(sheet->worksheet, margins.left, margins.right, margins.top, margins.bottom);
    worksheet_fit_to_pages(sheet->worksheet, width > A3_WIDTH ? 2 : 1, one_page ? 1 : 0);
    if (one_page)
        worksheet_center_horizontally(sheet->worksheet);
    if (first_row >= 0)
        sheet_keep(sheet->book, worksheet_repeat_rows(sheet->worksheet, (lxw_row_t)first_row, (lxw_row_t)last_row));
    if (column >= 0)
        sheet_keep(sheet->book, worksheet_repeat_columns(sheet->worksheet, 0, (lxw_col_t)column));
}

double sheet_page_height(const Sheet *sheet)
{
    double characters = 0, across = 0;
    for (guint i = 0; i < sheet->widths->len; i++) {
        characters += g_array_index(sheet->widths, double, i);
        across += pixels(sheet, i) * 0.75; /* 96 dots an inch */
    }
    double paper = characters > A4_WIDTH ? sqrt(2) : 1;
    double wide = A4_LONG * paper - (margins.left + margins.right) * INCH;
    double high = A4_SHORT * paper - (margins.top + margins.bottom) * INCH;
    return across > wide ? high * across / wide : high;
}

void sheet_breaks(Sheet *sheet, const int *rows, int n_rows)
{
    n_rows = MIN(n_rows, LXW_BREAKS_MAX);
    g_autofree lxw_row_t *breaks = g_new0(lxw_row_t, n_rows + 1); /* the list ends with 0 */
    for (int i = 0; i < n_rows; i++)
        breaks[i] = (lxw_row_t)rows[i];
    if (n_rows > 0)
        sheet_keep(sheet->book, worksheet_set_h_pagebreaks(sheet->worksheet, breaks));
}

void sheet_native_table(Sheet *sheet, int row, int column, int last_row, int n_columns, const char *name,
                        const char *const *titles, const bool *totals)
{
    if (last_row >= LXW_ROW_MAX)
        return;
    g_autofree lxw_table_column *columns = g_new0(lxw_table_column, n_columns);
    g_autofree lxw_table_column **list = g_new0(lxw_table_column *, n_columns + 1);
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(texts, g_strdup(name));
    bool any = false;
    for (int i = 0; i < n_columns; i++) {
        any = any || totals[i];
        g_ptr_array_add(texts, g_strdup(titles[i]));
        columns[i].header = texts->pdata[texts->len - 1];
        columns[i].total_function = totals[i] ? LXW_TABLE_FUNCTION_SUM : LXW_TABLE_FUNCTION_NONE;
        list[i] = &columns[i];
    }
    lxw_table_options options = {.name = texts->pdata[0],
                                 .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
                                 .style_type_number = 0,
                                 .total_row = any ? LXW_TRUE : LXW_FALSE,
                                 .columns = list};
    sheet_keep(sheet->book, worksheet_add_table(sheet->worksheet, AT, (lxw_row_t)last_row,
                                                (lxw_col_t)(column + n_columns - 1), &options));
    /* SIRET and other codes of digits are texts on purpose */
    g_autofree char *from = g_malloc(LXW_MAX_CELL_NAME_LENGTH), *to = g_malloc(LXW_MAX_CELL_NAME_LENGTH);
    lxw_rowcol_to_cell(from, AT);
    lxw_rowcol_to_cell(to, (lxw_row_t)last_row, (lxw_col_t)(column + n_columns - 1));
    g_autofree char *range = g_strconcat(from, ":", to, NULL);
    sheet_keep(sheet->book, worksheet_ignore_errors(sheet->worksheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range));
}

void sheet_chart(Sheet *sheet, int row, int column, const SheetChart *chart)
{
    static const uint8_t kinds[] = {[SHEET_CHART_COLUMN] = LXW_CHART_COLUMN,
                                    [SHEET_CHART_COLUMN_STACKED] = LXW_CHART_COLUMN_STACKED,
                                    [SHEET_CHART_BAR] = LXW_CHART_BAR,
                                    [SHEET_CHART_BAR_STACKED] = LXW_CHART_BAR_STACKED};
    g_assert(chart->first_row <= chart->last_row);
    lxw_chart *made = workbook_add_chart(sheet->book->workbook, kinds[chart->kind]);
    bool bars = chart->kind == SHEET_CHART_BAR || chart->kind == SHEET_CHART_BAR_STACKED;
    lxw_chart_font title_font = {.size = 11, .bold = LXW_TRUE, .color = SHEET_NAVY};
    lxw_chart_font small_font = {.size = 9, .color = SHEET_GREY};
    chart_title_set_name(made, chart->title);
    chart_title_set_name_font(made, &title_font);
    for (int i = 0; i < chart->n_series; i++) {
        lxw_chart_series *series = chart_add_series(made, NULL, NULL);
        lxw_chart_fill fill = {.color = chart->series[i].colour};
        lxw_row_t first = (lxw_row_t)chart->first_row, last = (lxw_row_t)chart->last_row;
        lxw_col_t category = (lxw_col_t)chart->category_column, value = (lxw_col_t)chart->series[i].column;
        chart_series_set_categories(series, sheet->name, first, category, last, category);
        chart_series_set_values(series, sheet->name, first, value, last, value);
        chart_series_set_name(series, chart->series[i].name);
        chart_series_set_fill(series, &fill);
        if (chart->labels) {
            chart_series_set_labels(series);
            chart_series_set_labels_font(series, &small_font);
        }
    }
    /* in a bar chart the categories stand on the vertical axis, counted from the bottom */
    lxw_chart_axis *categories = chart_axis_get(made, bars ? LXW_CHART_AXIS_TYPE_Y : LXW_CHART_AXIS_TYPE_X);
    lxw_chart_axis *values = chart_axis_get(made, bars ? LXW_CHART_AXIS_TYPE_X : LXW_CHART_AXIS_TYPE_Y);
    lxw_chart_line pale = {.color = 0xD9D9D9, .width = 0.5};
    if (bars) {
        chart_axis_set_reverse(categories);
        chart_axis_set_crossing_max(categories);
    }
    chart_axis_set_interval_unit(categories, 1);
    bool stacked = chart->kind == SHEET_CHART_COLUMN_STACKED || chart->kind == SHEET_CHART_BAR_STACKED;
    chart_set_series_gap(made, stacked ? 40 : 60);
    chart_axis_set_num_format(values, chart->num_format);
    chart_axis_set_min(values, 0);
    chart_axis_major_gridlines_set_line(values, &pale);
    chart_axis_set_num_font(categories, &small_font);
    chart_axis_set_num_font(values, &small_font);
    chart_legend_set_position(made, chart->n_series > 1 ? LXW_CHART_LEGEND_BOTTOM : LXW_CHART_LEGEND_NONE);
    chart_legend_set_font(made, &small_font);
    g_autofree char *description = sheet_clean(chart->description);
    lxw_chart_options options = {.description = description,
                                 .x_scale = (chart->width - 2) / 480.0, /* its border within */
                                 .y_scale = chart->height / 288.0,
                                 .object_position = LXW_OBJECT_MOVE_AND_SIZE};
    sheet_keep(sheet->book, worksheet_insert_chart_opt(sheet->worksheet, AT, made, &options));
}
