/* Texts measured: see sheet_prose.h. */
#include "export/sheet_prose.h"

#include "export/sheet_private.h"

#include <limits.h>
#include <string.h>

#define SAFETY 1.05 /* a screen rounds each character to whole pixels */

/* Hundredths of a digit at 11 points that a character takes at 10 points: the wider of the two fonts, from blank to ~
 * and from À to ÿ. */
static const uint8_t ascii[] = {46,  63,  77,  120, 97,  137, 130, 43,  58,  58, 95, 120, 48,  59,  49,  74,
                                97,  97,  97,  97,  97,  97,  97,  97,  97,  97, 51, 51,  120, 120, 120, 89,
                                171, 111, 104, 102, 118, 94,  88,  121, 119, 48, 61, 99,  81,  163, 123, 127,
                                99,  129, 104, 91,  93,  123, 109, 170, 99,  93, 98, 59,  74,  59,  120, 95,
                                72,  92,  101, 81,  101, 95,  59,  91,  101, 44, 46, 87,  44,  153, 101, 101,
                                101, 101, 67,  75,  64,  101, 87,  137, 85,  87, 76, 91,  88,  91,  120};
static const uint8_t latin[] = {111, 111, 111, 111, 111, 111, 146, 102, 94,  94,  94,  94,  48,  48, 48,  48,
                                119, 123, 127, 127, 127, 127, 127, 120, 127, 123, 123, 123, 123, 93, 99,  101,
                                92,  92,  92,  92,  92,  92,  148, 81,  95,  95,  95,  95,  44,  44, 44,  44,
                                101, 101, 101, 101, 101, 101, 101, 120, 101, 101, 101, 101, 101, 87, 101, 87};

static int other(const char **at)
{
    gunichar c = g_utf8_get_char_validated(*at, -1), base, mark;
    if (c >= (gunichar)-2) {
        (*at)++;
        return 110;
    }
    *at = g_utf8_next_char(*at);
    if (c == 0x2019 || c == 0xA0 || c == 0x202F)
        return 48;
    if (c == 0x2026 || c == 0x152 || c == 0x153)
        return 165;
    if (g_unichar_iswide(c))
        return 220;
    if (g_unichar_iszerowidth(c))
        return 0;
    return g_unichar_decompose(c, &base, &mark) && base > ' ' && base <= '~' ? ascii[base - ' '] : 110;
}

/* What the character at *at takes, which is passed over; nothing is asked of the text but that it ends. */
static inline int pass(const char **at)
{
    unsigned char c = (unsigned char)**at, after;
    if (c >= ' ' && c <= '~') {
        (*at)++;
        return ascii[c - ' '];
    }
    if (c < 0x80) {
        (*at)++;
        return c == '\n' ? 0 : 110;
    }
    after = (unsigned char)(*at)[1];
    if (c == 0xC3 && (after & 0xC0) == 0x80) {
        *at += 2;
        return latin[after & 0x3F];
    }
    return other(at);
}

static int length(const char *text)
{
    int sum = 0;
    while (*text != '\0')
        sum += pass(&text);
    return sum;
}

double sheet_prose_width(const char *text, int size)
{
    return length(text) * SAFETY / 1000 * size;
}

int sheet_prose_lines(const char *text, int size, double width, double *longest)
{
    double digits = SAFETY / 1000 * size;
    int whole = length(text), most = width > 0 ? (int)(width / digits) : INT_MAX;
    if (whole <= most && strchr(text, '\n') == NULL) {
        *longest = whole * digits;
        return 1;
    }
    /* line: up to the last place to break it; end: the same without its blanks */
    int lines = 1, best = 0, line = 0, end = 0, word = 0;
    for (const char *at = text; *at != '\0';) {
        char c = *at;
        int next = pass(&at);
        if (c != ' ' && line + word + next > most && line + word > 0) {
            best = MAX(best, line > 0 ? end : word);
            if (line == 0)
                word = 0;
            line = end = 0;
            lines++;
        }
        if (c == '\n') {
            best = MAX(best, line + word);
            line = end = word = 0;
            lines++;
        } else if (c == ' ' || c == '-') {
            end = c == '-' ? line + word + next : word > 0 ? line + word : end;
            line += word + next;
            word = 0;
        } else
            word += next;
    }
    *longest = MAX(best, word > 0 ? line + word : end) * digits;
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
