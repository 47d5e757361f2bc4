/* A self-contained HTML document: its text escaped, one style and one script allowed by their hashes, nothing else from
 * anywhere. Texts of others go through html_text() or html_leaf(); html_raw() and html_format() take ours only. */
#ifndef EXPORT_HTML_H
#define EXPORT_HTML_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Html Html;

Html *html_new(void);
void html_free(Html *html);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Html, html_free)

/* Markup of ours, as it stands. */
void html_raw(Html *html, const char *markup);
void html_format(Html *html, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* A text in an element or between quotes in an attribute: valid UTF-8, no control characters, escaped. */
void html_text(Html *html, const char *text);

/* <tag>text</tag>; tag: a name of ours, attributes may follow it. */
void html_leaf(Html *html, const char *tag, const char *text);

/* tenths / 10, as SVG writes it: "12.5". */
void html_tenths(Html *html, int64_t tenths);

/* Writes the document to path: title is a text, style and script are ours (no </ in them, asserted). FAULT_OUTPUT. */
bool html_write(const Html *html, const char *path, const char *title, const char *style, const char *script,
                GError **error);

#endif
