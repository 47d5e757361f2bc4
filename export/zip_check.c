/* Finished workbooks read back: see zip_check.h. Layout of a zip file: PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12,
 * 4.3.16; no ZIP64, which the writing library does not use either. */
#include "export/zip_check.h"

#include "config/fault.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#define ZLIB_CONST
#include <zlib.h>

/* What is seen of an XML part while it streams by: enough to tell that nothing is missing. */
typedef struct {
    enum { TEXT, OPENED, TAG, CLOSING, DECLARATION } state;
    bool cell;     /* the tag that opens is <c */
    bool slash;    /* the last character was / */
    int64_t depth; /* open elements */
    int64_t cells; /* <c elements */
    bool named;    /* more than the first letter of the tag's name was seen */
    bool rooted;   /* an element was opened */
    bool broken;   /* a < within a tag, or more closed than opened */
} Scan;

static void scan_tag_end(Scan *scan)
{
    if (scan->state == CLOSING)
        scan->depth--;
    else if (scan->state == TAG) {
        scan->rooted = true;
        scan->cells += scan->cell;
        if (!scan->slash)
            scan->depth++;
    }
    if (scan->depth < 0)
        scan->broken = true;
    scan->state = TEXT;
}

/* Within a tag the writing library escapes < and >, also between quotes: the next > ends it. */
static void scan_bytes(Scan *scan, const unsigned char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        char c = (char)bytes[i];
        if (scan->state == TEXT) {
            const unsigned char *next = memchr(bytes + i, '<', length - i);
            if (next == NULL)
                return;
            i = (size_t)(next - bytes);
            scan->state = OPENED;
        } else if (scan->state == OPENED) {
            scan->state = c == '/' ? CLOSING : c == '?' || c == '!' ? DECLARATION : TAG;
            scan->cell = c == 'c';
            scan->named = false;
            scan->slash = false;
        } else {
            const unsigned char *next = memchr(bytes + i, '>', length - i);
            size_t end = next != NULL ? (size_t)(next - bytes) : length;
            if (!scan->named && c != ' ' && c != '/' && c != '>')
                scan->cell = false;
            scan->named = true;
            scan->broken = scan->broken || memchr(bytes + i, '<', end - i) != NULL;
            if (end > i)
                scan->slash = bytes[end - 1] == '/';
            i = end;
            if (next != NULL)
                scan_tag_end(scan);
        }
    }
}

static bool scan_whole(const Scan *scan)
{
    return scan->rooted && !scan->broken && scan->depth == 0 && scan->state == TEXT;
}

static uint32_t number(const unsigned char *bytes, int n)
{
    uint32_t value = 0;
    for (int i = n - 1; i >= 0; i--)
        value = value << 8 | bytes[i];
    return value;
}

/* A part as the directory tells it. */
typedef struct {
    char name[256];
    uint32_t method, crc, packed, size, offset;
} Part;

/* Streams the part at data (packed bytes) through checksum and scan; NULL, or what is wrong. */
static const char *read_part(const Part *part, const unsigned char *data, Scan *scan)
{
    unsigned char buffer[32768];
    uLong crc = crc32(0, NULL, 0);
    uint64_t size = 0;
    z_stream stream = {.next_in = data, .avail_in = part->packed};
    if (part->method == 0) {
        scan_bytes(scan, data, part->packed);
        return crc32(crc, data, part->packed) == part->crc && part->packed == part->size ? NULL : "checksum";
    }
    if (part->method != Z_DEFLATED || inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        return "compression";
    int status = Z_OK;
    while (status == Z_OK) {
        stream.next_out = buffer;
        stream.avail_out = sizeof buffer;
        status = inflate(&stream, Z_NO_FLUSH);
        size_t got = sizeof buffer - stream.avail_out;
        crc = crc32(crc, buffer, (uInt)got);
        size += got;
        scan_bytes(scan, buffer, got);
    }
    inflateEnd(&stream);
    return status == Z_STREAM_END && crc == part->crc && size == part->size ? NULL : "checksum";
}

/* The directory's entry at *at, which is moved behind it; false when it is none. */
static bool next_part(const unsigned char *file, size_t length, size_t *at, Part *part)
{
    const unsigned char *entry = file + *at;
    if (length - *at < 46 || memcmp(entry, "PK\1\2", 4) != 0)
        return false;
    size_t n_name = number(entry + 28, 2), whole = 46 + n_name + number(entry + 30, 2) + number(entry + 32, 2);
    if (n_name >= sizeof part->name || length - *at < whole)
        return false;
    memcpy(part->name, entry + 46, n_name);
    part->name[n_name] = '\0';
    part->method = number(entry + 10, 2);
    part->crc = number(entry + 16, 4);
    part->packed = number(entry + 20, 4);
    part->size = number(entry + 24, 4);
    part->offset = number(entry + 42, 4);
    *at += whole;
    return true;
}

/* NULL, or what is wrong with the part; its cells are counted when it is a sheet. */
static const char *check_part(const unsigned char *file, size_t length, const Part *part, const int64_t *cells,
                              int n_sheets, int *seen)
{
    Scan scan = {0};
    int sheet = 0;
    if (part->offset > length || length - part->offset < 30 || memcmp(file + part->offset, "PK\3\4", 4) != 0)
        return "place";
    size_t start =
        part->offset + 30 + (size_t)number(file + part->offset + 26, 2) + (size_t)number(file + part->offset + 28, 2);
    if (start > length || length - start < part->packed)
        return "length";
    const char *wrong = read_part(part, file + start, &scan);
    bool xml = g_str_has_suffix(part->name, ".xml") || g_str_has_suffix(part->name, ".rels") ||
               g_str_has_suffix(part->name, ".vml");
    if (wrong == NULL && xml && !scan_whole(&scan))
        wrong = "end";
    if (wrong == NULL && sscanf(part->name, "xl/worksheets/sheet%d.xml", &sheet) == 1) {
        ++*seen;
        if (sheet < 1 || sheet > n_sheets || scan.cells != cells[sheet - 1])
            wrong = "number of cells";
    }
    return wrong;
}

bool zip_check_workbook(const char *path, const int64_t *cells, int n_sheets, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(GMappedFile) mapped = g_mapped_file_new(path, FALSE, &cause);
    if (mapped == NULL) {
        g_set_error(error, FAULT, FAULT_OUTPUT, "could not read back '%s': %s", path, cause->message);
        return false;
    }
    const unsigned char *file = (const unsigned char *)g_mapped_file_get_contents(mapped);
    size_t length = g_mapped_file_get_length(mapped);
    /* the library writes no comment: the end record is the last 22 bytes */
    const unsigned char *end = length >= 22 ? file + length - 22 : NULL;
    const char *wrong = end == NULL || memcmp(end, "PK\5\6", 4) != 0 ? "end record" : NULL;
    Part part = {.name = "directory"};
    int seen = 0;
    uint32_t n_parts = wrong == NULL ? number(end + 10, 2) : 0;
    size_t at = wrong == NULL ? number(end + 16, 4) : 0;
    if (at > length)
        wrong = "end record";
    for (uint32_t i = 0; wrong == NULL && i < n_parts; i++)
        wrong = !next_part(file, length, &at, &part) ? "directory"
                                                     : check_part(file, length, &part, cells, n_sheets, &seen);
    if (wrong == NULL && seen != n_sheets)
        wrong = "number of sheets";
    if (wrong != NULL)
        g_set_error(error, FAULT, FAULT_OUTPUT, "'%s' was not written whole: wrong %s of part '%s' (is the disk full?)",
                    path, wrong, part.name);
    return wrong == NULL;
}
