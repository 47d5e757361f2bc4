/* Self-contained HTML documents: see html.h. */
#include "export/html.h"

#include "config/fault.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct Html {
    GString *body;
};

Html *html_new(void)
{
    Html *html = g_new(Html, 1);
    html->body = g_string_sized_new(1 << 16);
    return html;
}

void html_free(Html *html)
{
    if (html == NULL)
        return;
    g_string_free(html->body, TRUE);
    g_free(html);
}

void html_raw(Html *html, const char *markup)
{
    g_string_append(html->body, markup);
}

void html_format(Html *html, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_string_append_vprintf(html->body, format, arguments);
    va_end(arguments);
}

static void append_text(GString *out, const char *text)
{
    static const struct {
        char character;
        const char *escaped;
    } escapes[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        const char *escaped = NULL;
        for (size_t i = 0; i < G_N_ELEMENTS(escapes); i++)
            if (c == (gunichar)escapes[i].character)
                escaped = escapes[i].escaped;
        if (escaped != NULL)
            g_string_append(out, escaped);
        else if (c == '\n' || (!g_unichar_iscntrl(c) && (c & 0xFFFE) != 0xFFFE))
            g_string_append_unichar(out, c);
        else
            g_string_append_c(out, ' ');
    }
}

void html_text(Html *html, const char *text)
{
    append_text(html->body, text);
}

void html_leaf(Html *html, const char *tag, const char *text)
{
    html_format(html, "<%s>", tag);
    html_text(html, text);
    html_format(html, "</%.*s>", (int)strcspn(tag, " "), tag);
}

void html_tenths(Html *html, int64_t tenths)
{
    int64_t size = tenths < 0 ? -tenths : tenths;
    html_format(html, "%s%" PRId64, tenths < 0 ? "-" : "", size / 10);
    if (size % 10 != 0)
        html_format(html, ".%d", (int)(size % 10));
}

/* 'sha256-…' of a style or script, as a content security policy names it. */
static void append_hash(GString *out, const char *text)
{
    guint8 digest[32];
    gsize length = sizeof digest;
    GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(checksum, (const guchar *)text, (gssize)strlen(text));
    g_checksum_get_digest(checksum, digest, &length);
    g_checksum_free(checksum);
    g_autofree char *coded = g_base64_encode(digest, length);
    g_string_append_printf(out, "'sha256-%s'", coded);
}

bool html_write(const Html *html, const char *path, const char *title, const char *style, const char *script,
                GError **error)
{
    g_assert(strstr(style, "</") == NULL && strstr(script, "</") == NULL);
    GString *head =
        g_string_new("<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src ");
    append_hash(head, style);
    g_string_append(head, "; script-src ");
    append_hash(head, script);
    g_string_append(head, "; img-src data:; base-uri 'none'; form-action 'none'\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                          "<meta name=\"referrer\" content=\"no-referrer\">\n"
                          "<meta name=\"robots\" content=\"noindex\">\n"
                          "<link rel=\"icon\" href=\"data:,\">\n<title>");
    append_text(head, title);
    g_string_append_printf(head, "</title>\n<style>%s</style>\n</head>\n<body>\n", style);
    FILE *file = fopen(path, "we");
    bool fine = file != NULL && fputs(head->str, file) >= 0 && fputs(html->body->str, file) >= 0 &&
                fprintf(file, "<script>%s</script>\n</body>\n</html>\n", script) >= 0;
    int cause = errno;
    if (file != NULL && fclose(file) != 0 && fine) {
        cause = errno;
        fine = false;
    }
    g_string_free(head, TRUE);
    if (!fine)
        g_set_error(error, FAULT, FAULT_OUTPUT, "could not write '%s': %s", path, g_strerror(cause));
    return fine;
}
