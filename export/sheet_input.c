/* Sheets to be filled in: see sheet_input.h. */
#include "export/sheet_input.h"

#include "export/sheet_private.h"

#define DAY_ZERO 693594      /* of the day a spreadsheet calls 0; sheet.c */
#define MESSAGE_MAX 200      /* characters; the library's limit is 255 */
#define FLAG_COLOUR 0xF8CBAD /* light red: still light in grey print */

#define CELLS (lxw_row_t) row, (lxw_col_t)column, (lxw_row_t)last_row, (lxw_col_t)last_column

static char *list_formula(const SheetRule *rule)
{
    char from[LXW_MAX_CELL_NAME_LENGTH], to[LXW_MAX_CELL_NAME_LENGTH];
    lxw_rowcol_to_cell_abs(from, (lxw_row_t)rule->list_first, (lxw_col_t)rule->list_column, LXW_TRUE, LXW_TRUE);
    lxw_rowcol_to_cell_abs(to, (lxw_row_t)rule->list_last, (lxw_col_t)rule->list_column, LXW_TRUE, LXW_TRUE);
    return g_strdup_printf("='%s'!%s:%s", rule->list_sheet->name, from, to);
}

void sheet_rule(Sheet *sheet, int row, int column, int last_row, int last_column, const SheetRule *rule)
{
    static const uint8_t types[] = {[SHEET_RULE_LIST] = LXW_VALIDATION_TYPE_LIST_FORMULA,
                                    [SHEET_RULE_INTEGER] = LXW_VALIDATION_TYPE_INTEGER,
                                    [SHEET_RULE_DECIMAL] = LXW_VALIDATION_TYPE_DECIMAL,
                                    [SHEET_RULE_DAY] = LXW_VALIDATION_TYPE_DATE_NUMBER};
    g_assert(g_utf8_strlen(rule->problem, -1) <= MESSAGE_MAX);
    g_autofree char *formula = rule->kind == SHEET_RULE_LIST ? list_formula(rule) : NULL;
    g_autofree char *problem = g_strdup(rule->problem), *title = g_strdup("Saisie à revoir");
    int32_t shift = rule->kind == SHEET_RULE_DAY ? DAY_ZERO : 0;
    lxw_data_validation validation = {.validate = types[rule->kind],
                                      .criteria = LXW_VALIDATION_CRITERIA_BETWEEN,
                                      .value_formula = formula,
                                      .minimum_number = rule->least - shift,
                                      .maximum_number = rule->most - shift,
                                      .error_title = title,
                                      .error_message = problem};
    sheet_keep(sheet->book, worksheet_data_validation_range(sheet->worksheet, CELLS, &validation));
}

void sheet_comment(Sheet *sheet, int row, int column, const char *text, int width, int height)
{
    g_autofree char *cleaned = sheet_clean(text), *author = g_strdup("prisme"), *font = g_strdup("Arial");
    lxw_comment_options options = {.author = author,
                                   .width = (uint16_t)width,
                                   .height = (uint16_t)height,
                                   .font_name = font,
                                   .font_size = 10,
                                   .color = 0xFFFFE1};
    sheet_keep(sheet->book,
               worksheet_write_comment_opt(sheet->worksheet, (lxw_row_t)row, (lxw_col_t)column, cleaned, &options));
}

void sheet_flag(Sheet *sheet, int row, int column, int last_row, int last_column, const char *formula)
{
    g_autofree char *copy = g_strdup(formula);
    if (sheet->book->flag == NULL) {
        sheet->book->flag = workbook_add_format(sheet->book->workbook);
        format_set_bg_color(sheet->book->flag, FLAG_COLOUR);
    }
    lxw_conditional_format rule = {
        .type = LXW_CONDITIONAL_TYPE_FORMULA, .value_string = copy, .format = sheet->book->flag};
    sheet_keep(sheet->book, worksheet_conditional_format_range(sheet->worksheet, CELLS, &rule));
}

void sheet_protect(Sheet *sheet)
{
    lxw_protection options = {
        .format_columns = LXW_TRUE, .format_rows = LXW_TRUE, .objects = LXW_TRUE, .scenarios = LXW_TRUE};
    worksheet_protect(sheet->worksheet, NULL, &options);
}

void sheet_hide(Sheet *sheet)
{
    g_assert(sheet->book->sheets->len > 0 && sheet->book->sheets->pdata[0] != sheet);
    worksheet_hide(sheet->worksheet);
}
