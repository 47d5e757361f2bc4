/* Compound files ([MS-CFB]): see xls.h. One closed by a password holds a stream named EncryptedPackage ([MS-OFFCRYPTO]
 * 2.3.4.4). */
#include "ingest/xls.h"

#include "config/fault.h"

#include <string.h>

static bool recognizes(const char *head, size_t n)
{
    return n >= 8 && memcmp(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0;
}

static void *open_book(const char *path, SourceRecord *refusal, GError **error)
{
    static const char stream[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e"; /* UTF-16, as the directory has it */
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, NULL);
    if (file == NULL) {
        g_set_error(error, FAULT, FAULT_INPUT, "cannot read '%s'", path);
        return NULL;
    }
    bool closed =
        memmem(g_mapped_file_get_contents(file), g_mapped_file_get_length(file), stream, sizeof stream) != NULL;
    refusal->constat = closed ? CONSTAT_XLSX_PROTEGE : CONSTAT_XLSX_ANCIEN;
    return NULL;
}

/* Nothing is ever opened: the other functions are never called. */
const SourceForm xls_form = {.name = "XLS", .recognizes = recognizes, .open = open_book};
