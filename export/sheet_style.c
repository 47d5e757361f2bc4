/* The looks of cells: see sheet_style.h. */
#include "export/sheet_style.h"

#include <glib.h>

/* French separators whatever the reader's language, where the program knows how */
#define FRENCH "[$-40C]"
#define INTEGER FRENCH "#,##0"
#define AMOUNT FRENCH "#,##0.00\\ \"€\""
#define RATE FRENCH "#,##0.0000\\ \"€\""
#define TENTHS FRENCH "#,##0.0"
#define HOURS FRENCH "#,##0.0#"
#define PERCENT FRENCH "0.0\\ %"
#define DAY "dd/mm/yyyy"
#define BODY(num_format, marks, align)                                                                                 \
    {                                                                                                                  \
        num_format, 10, marks, 0x000000, 0, align, 't', SHEET_LINES_BELOW                                              \
    }
#define TOTAL(num_format, align)                                                                                       \
    {                                                                                                                  \
        num_format, 10, SHEET_BOLD, SHEET_NAVY, SHEET_PALE, align, 'c', SHEET_LINES_TOTAL                              \
    }
#define CARD(num_format, size, marks, colour)                                                                          \
    {                                                                                                                  \
        num_format, size, marks, colour, SHEET_PALE, 'c', 'c', SHEET_LINES_CARD                                        \
    }
#define WEEK(colour, fill)                                                                                             \
    {                                                                                                                  \
        NULL, 8, 0, colour, fill, 'c', 'c', SHEET_LINES_BOX                                                            \
    }

#define INPUT(num_format, marks, align)                                                                                \
    {                                                                                                                  \
        num_format, 11, (marks) | SHEET_UNLOCKED, 0x000000, 0xFFF8E1, align, 'c', SHEET_LINES_BOX                      \
    }

const SheetLook sheet_style_looks[SHEET_N_STYLES] = {
    [SHEET_PLAIN] = {NULL, 10, 0, 0x000000, 0, 'l', 'c', SHEET_LINES_NONE},
    [SHEET_TITLE] = {NULL, 18, SHEET_BOLD, SHEET_NAVY, 0, 'l', 'c', SHEET_LINES_NONE},
    [SHEET_SUBTITLE] = {NULL, 10, 0, SHEET_GREY, 0, 'l', 'c', SHEET_LINES_NONE},
    [SHEET_HEADING] = {NULL, 12, SHEET_BOLD, SHEET_NAVY, 0, 'l', 'b', SHEET_LINES_NONE},
    [SHEET_NOTE] = {NULL, 9, SHEET_ITALIC, SHEET_GREY, 0, 'l', 'c', SHEET_LINES_NONE},
    [SHEET_SENTENCE] = {NULL, 11, 0, 0x000000, 0, 'l', 't', SHEET_LINES_NONE},
    [SHEET_PROSE] = {NULL, 11, SHEET_WRAPPED, 0x000000, 0, 'l', 't', SHEET_LINES_NONE},
    [SHEET_LINK] = {NULL, 11, SHEET_UNDERLINE, SHEET_BLUE, 0, 'l', 't', SHEET_LINES_NONE},
    [SHEET_HEADER] = {NULL, 10, SHEET_BOLD | SHEET_WRAPPED, 0xFFFFFF, SHEET_NAVY, 'i', 'c', SHEET_LINES_NONE},
    [SHEET_HEADER_RIGHT] = {NULL, 10, SHEET_BOLD | SHEET_WRAPPED, 0xFFFFFF, SHEET_NAVY, 'r', 'c', SHEET_LINES_NONE},
    [SHEET_HEADER_CENTRE] = {NULL, 10, SHEET_BOLD | SHEET_WRAPPED, 0xFFFFFF, SHEET_NAVY, 'c', 'c', SHEET_LINES_NONE},
    [SHEET_HEADER_WEEKS] = {NULL, 10, SHEET_BOLD, 0xFFFFFF, SHEET_NAVY, 'c', 'c', SHEET_LINES_BOX},
    [SHEET_CARD_LABEL] = CARD(NULL, 10, 0, SHEET_GREY),
    [SHEET_CARD_INTEGER] = CARD(INTEGER, 20, SHEET_BOLD, SHEET_NAVY),
    [SHEET_CARD_AMOUNT] = CARD(AMOUNT, 16, SHEET_BOLD, SHEET_NAVY),
    [SHEET_CARD_NOTE] = CARD(NULL, 9, SHEET_ITALIC, SHEET_GREY),
    [SHEET_TEXT] = BODY(NULL, 0, 'i'),
    [SHEET_WRAP] = BODY(NULL, SHEET_WRAPPED, 'i'),
    [SHEET_CENTRE] = BODY(NULL, 0, 'c'),
    [SHEET_INTEGER] = BODY(INTEGER, 0, 'r'),
    [SHEET_AMOUNT] = BODY(AMOUNT, 0, 'r'),
    [SHEET_RATE] = BODY(RATE, 0, 'r'),
    [SHEET_TENTHS] = BODY(TENTHS, 0, 'r'),
    [SHEET_HOURS] = BODY(HOURS, 0, 'r'),
    [SHEET_PERCENT] = BODY(PERCENT, 0, 'r'),
    [SHEET_DAY] = BODY(DAY, 0, 'c'),
    [SHEET_FILL_IN] = {NULL, 10, 0, 0x000000, 0xE7E6E6, 'l', 't', SHEET_LINES_BELOW},
    [SHEET_TOTAL_TEXT] = TOTAL(NULL, 'i'),
    [SHEET_TOTAL_WRAP] = TOTAL(NULL, 'i'),
    [SHEET_TOTAL_CENTRE] = TOTAL(NULL, 'c'),
    [SHEET_TOTAL_INTEGER] = TOTAL(INTEGER, 'r'),
    [SHEET_TOTAL_AMOUNT] = TOTAL(AMOUNT, 'r'),
    [SHEET_TOTAL_RATE] = TOTAL(RATE, 'r'),
    [SHEET_TOTAL_TENTHS] = TOTAL(TENTHS, 'r'),
    [SHEET_TOTAL_HOURS] = TOTAL(HOURS, 'r'),
    [SHEET_TOTAL_PERCENT] = TOTAL(PERCENT, 'r'),
    [SHEET_TOTAL_DAY] = TOTAL(DAY, 'c'),
    [SHEET_TOTAL_FILL_IN] = TOTAL(NULL, 'l'),
    [SHEET_WEEK] = WEEK(0x000000, 0),
    [SHEET_WEEK_HOLIDAY] = WEEK(SHEET_GREY, 0xE3E3E3),
    [SHEET_WEEK_COLOUR] = WEEK(0xFFFFFF, 0x0072B2),
    [SHEET_WEEK_COLOUR + 1] = WEEK(0x000000, 0xF0E442),
    [SHEET_WEEK_COLOUR + 2] = WEEK(0xFFFFFF, 0x7A3E00),
    [SHEET_WEEK_COLOUR + 3] = WEEK(0x000000, 0x56B4E9),
    [SHEET_WEEK_COLOUR + 4] = WEEK(0xFFFFFF, 0x00664B),
    [SHEET_WEEK_COLOUR + 5] = WEEK(0x000000, 0xE69F00),
    [SHEET_WEEK_COLOUR + 6] = WEEK(0xFFFFFF, 0x4D4D4D),
    [SHEET_WEEK_COLOUR + 7] = WEEK(0x000000, 0xD9A7C7),
    [SHEET_KEY] = {NULL, 9, 0, 0x000000, 0, 'l', 'c', SHEET_LINES_NONE},
    [SHEET_INPUT] = INPUT(NULL, SHEET_WRAPPED, 'l'),
    [SHEET_INPUT_CENTRE] = INPUT(NULL, 0, 'c'),
    [SHEET_INPUT_INTEGER] = INPUT("0", 0, 'c'),
    [SHEET_INPUT_DAY] = INPUT(DAY, 0, 'c'),
    [SHEET_INPUT_LABEL] = {NULL, 11, SHEET_BOLD, SHEET_NAVY, 0, 'r', 'c', SHEET_LINES_NONE},
    [SHEET_INPUT_NUMBER] = {"0", 10, 0, SHEET_GREY, 0xF2F2F2, 'c', 'c', SHEET_LINES_BOX},
    [SHEET_INPUT_FACT] = {NULL, 11, SHEET_BOLD, SHEET_NAVY, SHEET_PALE, 'c', 'c', SHEET_LINES_NONE},
    [SHEET_WRONG] = {NULL, 10, SHEET_BOLD, 0x7F1D1D, 0xF8CBAD, 'l', 'c', SHEET_LINES_BOX},
    [SHEET_DOUBTFUL] = {NULL, 10, 0, 0x000000, 0xFFE699, 'l', 'c', SHEET_LINES_BOX},
};

SheetStyle sheet_style_header(SheetStyle style)
{
    g_assert(style >= SHEET_TEXT && style <= SHEET_FILL_IN);
    return sheet_style_looks[style].align == 'r'   ? SHEET_HEADER_RIGHT
           : sheet_style_looks[style].align == 'c' ? SHEET_HEADER_CENTRE
                                                   : SHEET_HEADER;
}

SheetStyle sheet_style_total(SheetStyle style)
{
    g_assert(style >= SHEET_TEXT && style <= SHEET_FILL_IN);
    return (SheetStyle)(style - SHEET_TEXT + SHEET_TOTAL_TEXT);
}
