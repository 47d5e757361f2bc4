/* Shared strings: see xlsx_private.h. Rich text is the sum of its runs; phonetic hints are left out. */
#include "ingest/xlsx_private.h"

#include <string.h>

typedef struct {
    XlsxStrings *strings;
    Xml *xml;
    gsize start; /* of the string being read */
    bool in_text, phonetic;
} Reading;

static void on_begin(void *data, const char *name, const char *const *attributes)
{
    (void)attributes;
    Reading *reading = data;
    if (strcmp(name, "si") == 0) {
        guint32 start = (guint32)reading->strings->text->len;
        reading->start = start;
        g_array_append_val(reading->strings->starts, start);
    } else if (strcmp(name, "t") == 0)
        reading->in_text = !reading->phonetic && reading->strings->starts->len > 0;
    else if (strcmp(name, "rPh") == 0)
        reading->phonetic = true;
}

static void on_end(void *data, const char *name)
{
    Reading *reading = data;
    if (strcmp(name, "t") == 0)
        reading->in_text = false;
    else if (strcmp(name, "rPh") == 0)
        reading->phonetic = false;
    else if (strcmp(name, "si") == 0) {
        xlsx_strings_unescape(reading->strings->text, reading->start);
        g_string_append_c(reading->strings->text, '\0');
    }
}

static void on_text(void *data, const char *text, int n)
{
    Reading *reading = data;
    GString *all = reading->strings->text;
    if (!reading->in_text)
        return;
    if ((int64_t)all->len + n > XLSX_STRINGS_MAX || all->len - reading->start + (gsize)n > XLSX_CELL_MAX)
        xml_fail(reading->xml, CONSTAT_XLSX_DEMESURE, "textes partagés");
    else
        g_string_append_len(all, text, n);
}

bool xlsx_strings_read(Xlsx *xlsx, Refusal *fault)
{
    static const XmlHandler handler = {on_begin, on_end, on_text};
    XlsxStrings *strings = &xlsx->strings;
    if (strings->read || xlsx->strings_at == NULL)
        return true;
    g_string_truncate(strings->text, 0);
    g_array_set_size(strings->starts, 0);
    Reading reading = {.strings = strings};
    strings->read = xlsx_part_read(xlsx->zip, xlsx->strings_at, &handler, &reading, &reading.xml, fault);
    return strings->read;
}

const char *xlsx_strings_at(const XlsxStrings *strings, int64_t index)
{
    if (index < 0 || index >= strings->starts->len)
        return NULL;
    return strings->text->str + g_array_index(strings->starts, guint32, (guint)index);
}

/* The code of _xHHHH_ at text, or -1. */
static int escaped(const char *text)
{
    int code = 0;
    if (text[0] != '_' || text[1] != 'x')
        return -1;
    for (int i = 2; i < 6; i++) {
        int digit = g_ascii_xdigit_value(text[i]);
        if (digit < 0)
            return -1;
        code = code * 16 + digit;
    }
    return text[6] == '_' ? code : -1;
}

void xlsx_strings_unescape(GString *text, gsize start)
{
    if (strstr(text->str + start, "_x") == NULL)
        return;
    char *to = text->str + start;
    for (const char *at = to; *at != '\0';) {
        int code = escaped(at);
        if (code < 0 || (code >= 0xD800 && code <= 0xDFFF)) {
            *to++ = *at++;
            continue;
        }
        at += 7;
        if (code >= ' ' || code == '\n' || code == '\t')
            to += g_unichar_to_utf8((gunichar)code, to);
        else if (code != 0 && code != '\r')
            *to++ = ' ';
    }
    g_string_truncate(text, (gsize)(to - text->str));
}
