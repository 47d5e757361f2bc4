/* First pages of workbooks made for one reader: see front.h. */
#include "export/front.h"

#include "export/french.h"
#include "export/sheet_prose.h"

enum { CARD_ROW = 3, PROSE_ROW = 7 };

static const double widths[FRONT_N_COLUMNS] = {42, 14, 16, 17, 2, 27, 13, 13, 20};

int front_begin(const Classeur *classeur, Sheet *sheet, const char *title, const char *note, FrontCard *cards,
                const char *text)
{
    static const int spans[FRONT_N_CARDS][2] = {{FRONT_NAME, FRONT_NAME},
                                                {FRONT_1, FRONT_2},
                                                {FRONT_3, FRONT_3},
                                                {FRONT_RIGHT_NAME, FRONT_RIGHT_NAME},
                                                {FRONT_RIGHT_1, FRONT_RIGHT_2},
                                                {FRONT_RIGHT_3, FRONT_RIGHT_3}};
    classeur_head(classeur, sheet, title, note);
    for (int i = 0; i < FRONT_N_COLUMNS; i++)
        sheet_width(sheet, i, widths[i]);
    for (int i = 0; i < FRONT_N_CARDS; i++) {
        int first = spans[i][0], last = spans[i][1];
        double value = (double)cards[i].value / (cards[i].style == SHEET_CARD_AMOUNT ? 100 : 1);
        sheet_merged(sheet, CARD_ROW, first, CARD_ROW, last, SHEET_CARD_LABEL, cards[i].label);
        sheet_merged_number(sheet, CARD_ROW + 1, first, CARD_ROW + 1, last, cards[i].style, value);
        sheet_merged(sheet, CARD_ROW + 2, first, CARD_ROW + 2, last, SHEET_CARD_NOTE, cards[i].note);
        g_free(cards[i].note);
        sheet_name(sheet, cards[i].name, CARD_ROW + 1, first, CARD_ROW + 1, first);
    }
    sheet_height(sheet, CARD_ROW, 20);
    sheet_height(sheet, CARD_ROW + 1, 30);
    sheet_height(sheet, CARD_ROW + 2, 18);
    sheet_prose(sheet, PROSE_ROW, 0, FRONT_N_COLUMNS - 1, text);
    return PROSE_ROW + 2;
}

int front_table(Sheet *sheet, int row, int first, const char *heading, const char *const titles[4], SheetStyle style)
{
    sheet_text(sheet, row, first, SHEET_HEADING, heading);
    sheet_height(sheet, row, 22);
    for (int i = 0; i < 4; i++)
        sheet_text(sheet, row + 1, first + i,
                   sheet_style_header(i == 0  ? SHEET_TEXT
                                      : i < 3 ? style
                                              : SHEET_INTEGER),
                   titles[i]);
    sheet_height(sheet, row + 1, 20);
    return row + 2;
}

void front_end(Sheet *sheet, int row, const ClasseurPage *pages, const char *const *texts)
{
    sheet_text(sheet, row, FRONT_NAME, SHEET_HEADING, "Les pages de ce classeur");
    sheet_height(sheet, row++, 22);
    for (int i = 1; pages[i].name != NULL; i++, row++) {
        sheet_link(sheet, row, FRONT_NAME, SHEET_LINK, pages[i].name, pages[i].name);
        sheet_prose(sheet, row, FRONT_1, FRONT_N_COLUMNS - 1, texts[i - 1]);
    }
    sheet_print(sheet, -1, -1, -1, true, 0);
}
