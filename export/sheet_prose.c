/* Texts measured: see sheet_prose.h. */
#include "export/sheet_prose.h"

#include "export/sheet_private.h"

#define SAFETY 1.05 /* a screen rounds each character to whole pixels */

/* Hundredths of a digit at 11 points that a character takes at 10 points: the wider of the two fonts, from blank to ~.
 */
static const uint8_t widths[] = {46,  63,  77,  120, 97,  137, 130, 43,  58,  58, 95, 120, 48,  59,  49,  74,
                                 97,  97,  97,  97,  97,  97,  97,  97,  97,  97, 51, 51,  120, 120, 120, 89,
                                 171, 111, 104, 102, 118, 94,  88,  121, 119, 48, 61, 99,  81,  163, 123, 127,
                                 99,  129, 104, 91,  93,  123, 109, 170, 99,  93, 98, 59,  74,  59,  120, 95,
                                 72,  92,  101, 81,  101, 95,  59,  91,  101, 44, 46, 87,  44,  153, 101, 101,
                                 101, 101, 67,  75,  64,  101, 87,  137, 85,  87, 76, 91,  88,  91,  120};

static double character(gunichar c, int size)
{
    int hundredths = 110;
    if (c >= 0x80) {
        gunichar base, mark;
        if (g_unichar_iswide(c))
            hundredths = 220;
        else if (g_unichar_iszerowidth(c))
            hundredths = 0;
        else if (c == 0x2019 || c == 0xA0 || c == 0x202F)
            hundredths = 48;
        else if (c == 0x2026 || c == 0x152 || c == 0x153)
            hundredths = 165;
        else if (g_unichar_decompose(c, &base, &mark))
            c = base;
    }
    if (c >= ' ' && c <= '~')
        hundredths = widths[c - ' '];
    return hundredths * SAFETY / 1000 * size;
}

double sheet_prose_width(const char *text, int size)
{
    double width = 0;
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at))
        if (*at != '\n')
            width += character(g_utf8_get_char(at), size);
    return width;
}

int sheet_prose_lines(const char *text, int size, double width, double *longest)
{
    int lines = 1;
    double line = 0, end = 0, word = 0; /* line: up to the last place to break it; end: the same without its blanks */
    *longest = 0;
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        double next = *at == '\n' ? 0 : character(g_utf8_get_char(at), size);
        if (width > 0 && *at != ' ' && line + word + next > width && line + word > 0) {
            *longest = MAX(*longest, line > 0 ? end : word);
            if (line == 0)
                word = 0;
            line = end = 0;
            lines++;
        }
        if (*at == '\n') {
            *longest = MAX(*longest, line + word);
            line = end = word = 0;
            lines++;
        } else if (*at == ' ' || *at == '-') {
            end = *at == '-' ? line + word + next : word > 0 ? line + word : end;
            line += word + next;
            word = 0;
        } else
            word += next;
    }
    *longest = MAX(*longest, word > 0 ? line + word : end);
    return lines;
}

double sheet_prose(Sheet *sheet, int row, int column, int last_column, const char *text)
{
    double width = 0, longest;
    for (int i = column; i <= last_column; i++)
        width += g_array_index(sheet->widths, double, i);
    int lines = sheet_prose_lines(text, sheet_style_looks[SHEET_PROSE].size, width, &longest);
    if (lines == 1)
        sheet_text(sheet, row, column, SHEET_SENTENCE, text);
    else
        sheet_merged(sheet, row, column, row, last_column, SHEET_PROSE, text);
    double height = 15.0 * lines + 1;
    sheet_height(sheet, row, height);
    return height;
}
