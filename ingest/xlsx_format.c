/* Number formats: see xlsx_format.h. */
#include "ingest/xlsx_format.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    DAY_ZERO = 693594,      /* config/calendar.h's number of the day a workbook calls 0 */
    DAYS_1904 = 1462,       /* what the calendar of old Macintosh workbooks adds */
    SERIAL_LAST = 2958465,  /* 31 December 9999 */
    SERIAL_29_FEBRUARY = 60 /* of 1900, which never was: days before it are one off */
};

#define EXACT_MAX 1e15 /* whole numbers below keep all their digits */

XlsxFormat xlsx_format_builtin(int id)
{
    static const struct {
        int first, last;
        XlsxFormat format;
    } ranges[] = {
        {9, 10, XLSX_FORMAT_PERCENT}, {14, 22, XLSX_FORMAT_DATE}, {27, 36, XLSX_FORMAT_DATE}, /* of eastern calendars */
        {45, 47, XLSX_FORMAT_DATE},   {50, 58, XLSX_FORMAT_DATE},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(ranges); i++)
        if (id >= ranges[i].first && id <= ranges[i].last)
            return ranges[i].format;
    return XLSX_FORMAT_PLAIN;
}

/* Behind what stands for itself in a code: "text", \x, _x, *x, and [conditions]; [h] and its like are times. */
static const char *skip_literal(const char *at, bool *time)
{
    const char *end = NULL;
    if (*at == '"')
        end = strchr(at + 1, '"');
    else if (*at == '[') {
        end = strchr(at + 1, ']');
        if (end != NULL && strspn(at + 1, "hHmMsS") == (size_t)(end - at - 1) && end > at + 1)
            *time = true;
    } else if (strchr("\\_*", *at) != NULL)
        return at[1] != '\0' ? at + 2 : at + 1;
    else
        return at;
    return end != NULL ? end + 1 : at + strlen(at);
}

XlsxFormat xlsx_format_code(const char *code)
{
    bool percent = false, date = false;
    if (g_ascii_strncasecmp(code, "General", 7) == 0)
        return XLSX_FORMAT_PLAIN;
    /* the first section is the one of positive numbers */
    for (const char *at = code; *at != '\0' && *at != ';';) {
        const char *behind = skip_literal(at, &date);
        if (behind != at) {
            at = behind;
            continue;
        }
        percent = percent || *at == '%';
        date = date || strchr("dDmMyYhHsS", *at) != NULL;
        at++;
    }
    return date ? XLSX_FORMAT_DATE : percent ? XLSX_FORMAT_PERCENT : XLSX_FORMAT_PLAIN;
}

/* A short plain decimal, not negative, is already what is wanted. */
static bool is_short(const char *value)
{
    size_t digits = 0, points = 0;
    const char *at = value;
    if (*at == '0' && at[1] != '\0' && at[1] != '.')
        return false;
    for (; *at != '\0'; at++)
        if (g_ascii_isdigit(*at))
            digits++;
        else if (*at != '.' || ++points > 1 || digits == 0 || at[1] == '\0')
            return false;
    return digits > 0 && digits <= 15 && (points == 0 || value[strlen(value) - 1] != '0');
}

/* 15 significant digits, without exponent. */
static void append_number(GString *out, double number)
{
    char text[64];
    g_snprintf(text, sizeof text, "%.14e", number);
    int exponent = atoi(strchr(text, 'e') + 1), decimals = CLAMP(14 - exponent, 0, 30);
    if (exponent > 14) { /* zeros where the digits end, as a spreadsheet shows it */
        for (const char *at = text; *at != 'e'; at++)
            if (*at != '.')
                g_string_append_c(out, *at);
        for (int i = 14; i < exponent; i++)
            g_string_append_c(out, '0');
        return;
    }
    gsize start = out->len;
    g_string_append_printf(out, "%.*f", decimals, number);
    if (decimals > 0) {
        while (out->str[out->len - 1] == '0')
            g_string_truncate(out, out->len - 1);
        if (out->str[out->len - 1] == '.')
            g_string_truncate(out, out->len - 1);
    }
    if (strcmp(out->str + start, "-0") == 0)
        g_string_erase(out, (gssize)start, 1);
}

static void append_time(GString *out, int64_t seconds)
{
    g_string_append_printf(out, "%02d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
}

/* False when the serial number is no day. */
static bool append_date(GString *out, double serial, bool date1904, SourceKind *kind)
{
    double whole = floor(serial);
    int64_t seconds = llround((serial - whole) * 86400), day;
    if (whole < 0 || whole > SERIAL_LAST)
        return false;
    day = (int64_t)whole + seconds / 86400;
    seconds %= 86400;
    if (day == 0 && !date1904) {
        append_time(out, seconds);
        *kind = SOURCE_TEXT;
        return true;
    }
    if (day == SERIAL_29_FEBRUARY && !date1904)
        return false;
    day += date1904 ? DAYS_1904 : day < SERIAL_29_FEBRUARY ? 1 : 0;
    if (day > SERIAL_LAST)
        return false;
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_julian(&date, (guint32)(day + DAY_ZERO));
    g_string_append_printf(out, "%04d-%02d-%02d", g_date_get_year(&date), g_date_get_month(&date),
                           g_date_get_day(&date));
    if (seconds > 0) {
        g_string_append_c(out, ' ');
        append_time(out, seconds);
    }
    *kind = SOURCE_DATE;
    return true;
}

bool xlsx_format_number(GString *out, const char *value, XlsxFormat format, bool date1904, SourceKind *kind)
{
    *kind = SOURCE_NUMBER;
    if (format == XLSX_FORMAT_PLAIN && is_short(value)) {
        g_string_append(out, value);
        return true;
    }
    char *end;
    double number = g_ascii_strtod(value, &end);
    if (end == value || *end != '\0' || !isfinite(number) || strpbrk(value, "xXnN ") != NULL)
        return false;
    if (format == XLSX_FORMAT_DATE && append_date(out, number, date1904, kind))
        return true;
    if (format == XLSX_FORMAT_PERCENT) {
        append_number(out, number * 100);
        g_string_append(out, " %");
        *kind = SOURCE_TEXT;
        return true;
    }
    append_number(out, number);
    if (fabs(number) >= EXACT_MAX)
        *kind = SOURCE_LOST;
    return true;
}

bool xlsx_format_iso(GString *out, const char *value, SourceKind *kind)
{
    int year, month, day, hour = 0, minute = 0, second = 0, n = 0;
    if (sscanf(value, "%2d:%2d:%2d%n", &hour, &minute, &second, &n) == 3 && n == 8 && value[n] == '\0') {
        g_string_append(out, value); /* a time of no day */
        return true;
    }
    hour = minute = second = 0;
    if (sscanf(value, "%4d-%2d-%2d%n", &year, &month, &day, &n) != 3 || n != 10)
        return false;
    if (value[n] == 'T' && sscanf(value + n, "T%2d:%2d:%2d", &hour, &minute, &second) < 2)
        return false;
    g_string_append_len(out, value, n);
    if (hour != 0 || minute != 0 || second != 0)
        g_string_append_printf(out, " %02d:%02d:%02d", hour, minute, second);
    *kind = SOURCE_DATE;
    return true;
}
