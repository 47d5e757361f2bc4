/* A file as a stream of valid UTF-8, whatever it was written in. */
#ifndef INGEST_TEXT_H
#define INGEST_TEXT_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum {
    TEXT_UTF8,         /* valid UTF-8, with or without a byte order mark */
    TEXT_WINDOWS_1252, /* the whole file is not valid UTF-8 */
    TEXT_UTF16LE,      /* these two only with their byte order mark */
    TEXT_UTF16BE,
} TextEncoding;

typedef struct Text Text;

/* Reads the whole file once for its encoding and its sha256, then stands at its beginning, behind a byte order mark.
 * FAULT_INPUT when it cannot be read or is no regular file. Free with text_close(). */
Text *text_open(const char *path, GError **error);
void text_close(Text *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Text, text_close)

TextEncoding text_encoding(const Text *text);

/* A Windows-1252 file that also holds UTF-8 letters: two encodings were mixed, some letters will be wrong. */
bool text_is_mixed(const Text *text);

/* 64 hexadecimal digits, of the file's bytes. */
const char *text_sha256(const Text *text);

/* The next bytes of UTF-8 into buffer: their number, 0 at the end, -1 with FAULT_INPUT (also when the file changed
 * since text_open()). size >= 8. A byte that has no meaning in the file's encoding becomes U+FFFD. */
gssize text_read(Text *text, char *buffer, size_t size, GError **error);

#endif
