/* Sheets to be filled in: what a cell may hold, help, protection. Part of the libxlsxwriter adapter (export/sheet.h).
 */
#ifndef EXPORT_SHEET_INPUT_H
#define EXPORT_SHEET_INPUT_H

#include "export/sheet.h"

typedef enum {
    SHEET_RULE_LIST,    /* one of the texts of a list */
    SHEET_RULE_INTEGER, /* a whole number, least..most */
    SHEET_RULE_DECIMAL, /* a number, least..most */
    SHEET_RULE_DAY,     /* a day, least..most */
} SheetRuleKind;

typedef struct {
    SheetRuleKind kind;
    const Sheet *list_sheet; /* LIST: where its texts stand, and which */
    int list_column, list_first, list_last;
    int32_t least, most;
    const char *problem; /* what is said of anything else; at most 200 characters */
} SheetRule;

/* Only what the rule allows may be typed into these cells; empty they may stay. */
void sheet_rule(Sheet *sheet, int row, int column, int last_row, int last_column, const SheetRule *rule);

/* A note that shows when the pointer rests on a cell; width, height: pixels. */
void sheet_comment(Sheet *sheet, int row, int column, const char *text, int width, int height);

/* Marks the cells of a range where a formula, written for the first of them, is true. */
void sheet_flag(Sheet *sheet, int row, int column, int last_row, int last_column, const char *formula);

/* Only cells of unlocked styles may be changed from now on, without a password: against slips, not against intent.
 * Widths and heights of rows may be changed. */
void sheet_protect(Sheet *sheet);

/* The sheet is not shown. Not for the first sheet of a book. */
void sheet_hide(Sheet *sheet);

#endif
