/* Bytes of a file → UTF-8: see text.h. */
#include "ingest/text.h"

#include "config/fault.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 65536 };

struct Text {
    char *path;
    int fd;
    struct stat stat;
    TextEncoding encoding;
    bool mixed;
    char *sha256;
    GIConv iconv; /* (GIConv)-1 for UTF-8 */
    char raw[BLOCK];
    size_t begin, end; /* bytes of raw not yet converted */
    bool ended;        /* the file has no more bytes than raw */
};

static const char *const iconv_name[] = {"UTF-8", "WINDOWS-1252", "UTF-16LE", "UTF-16BE"};
static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */

/* Follows UTF-8 byte by byte (RFC 3629: no overlong form, no surrogate, nothing above U+10FFFF). */
typedef struct {
    int missing;       /* continuation bytes still to come */
    uint8_t low, high; /* bounds of the next one */
    bool bad, letters; /* seen: a byte that is no UTF-8; a whole sequence of several bytes */
} Utf8;

static void utf8_lead(Utf8 *state, uint8_t byte)
{
    state->low = 0x80;
    state->high = 0xBF;
    if (byte < 0x80)
        state->missing = 0;
    else if (byte >= 0xC2 && byte <= 0xDF)
        state->missing = 1;
    else if (byte >= 0xE0 && byte <= 0xEF) {
        state->missing = 2;
        if (byte == 0xE0)
            state->low = 0xA0;
        if (byte == 0xED)
            state->high = 0x9F;
    } else if (byte >= 0xF0 && byte <= 0xF4) {
        state->missing = 3;
        if (byte == 0xF0)
            state->low = 0x90;
        if (byte == 0xF4)
            state->high = 0x8F;
    } else
        state->bad = true;
}

static void utf8_follow(Utf8 *state, const uint8_t *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (state->missing == 0) {
            uint64_t word;
            while (i + sizeof word <= n && (memcpy(&word, bytes + i, sizeof word), (word & 0x8080808080808080u) == 0))
                i += sizeof word;
            if (i < n)
                utf8_lead(state, bytes[i]);
        } else if (bytes[i] < state->low || bytes[i] > state->high) {
            state->bad = true;
            state->missing = 0;
            utf8_lead(state, bytes[i]);
        } else {
            state->low = 0x80;
            state->high = 0xBF;
            if (--state->missing == 0)
                state->letters = true;
        }
    }
}

static bool fault_of_system(const Text *text, const char *what, GError **error)
{
    g_set_error(error, FAULT, FAULT_INPUT, "cannot %s '%s': %s", what, text->path, g_strerror(errno));
    return false;
}

/* Reads until n bytes or the end. */
static gssize read_full(Text *text, char *into, size_t n, GError **error)
{
    size_t have = 0;
    while (have < n) {
        ssize_t got = read(text->fd, into + have, n - have);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            fault_of_system(text, "read", error);
            return -1;
        }
        if (got == 0)
            break;
        have += (size_t)got;
    }
    return (gssize)have;
}

/* The first reading: encoding, sha256. */
static bool survey(Text *text, GError **error)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    Utf8 utf8 = {0};
    size_t mark = 0;
    bool first = true;
    for (;;) {
        gssize n = read_full(text, text->raw, BLOCK, error);
        if (n < 0)
            return false;
        const uint8_t *bytes = (const uint8_t *)text->raw;
        if (first) {
            if (n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
                mark = 3;
            else if (n >= 2 && bytes[0] == 0xFF && bytes[1] == 0xFE)
                text->encoding = TEXT_UTF16LE, mark = 2;
            else if (n >= 2 && bytes[0] == 0xFE && bytes[1] == 0xFF)
                text->encoding = TEXT_UTF16BE, mark = 2;
        }
        g_checksum_update(sum, bytes, n);
        if (text->encoding == TEXT_UTF8)
            utf8_follow(&utf8, bytes + (first ? mark : 0), (size_t)n - (first ? mark : 0));
        first = false;
        if (n < BLOCK)
            break;
    }
    if (text->encoding == TEXT_UTF8 && (utf8.bad || utf8.missing > 0)) {
        text->encoding = TEXT_WINDOWS_1252;
        text->mixed = utf8.letters || mark > 0;
    }
    text->sha256 = g_strdup(g_checksum_get_string(sum));
    if (lseek(text->fd, (off_t)mark, SEEK_SET) < 0)
        return fault_of_system(text, "read", error);
    return true;
}

Text *text_open(const char *path, GError **error)
{
    Text *text = g_new0(Text, 1);
    text->path = g_path_get_basename(path);
    text->iconv = (GIConv)-1;
    text->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (text->fd < 0 || fstat(text->fd, &text->stat) != 0) {
        fault_of_system(text, "open", error);
        text_close(text);
        return NULL;
    }
    bool good = S_ISREG(text->stat.st_mode);
    if (!good)
        g_set_error(error, FAULT, FAULT_INPUT, "not a file: '%s'", text->path);
    good = good && survey(text, error);
    if (good && text->encoding != TEXT_UTF8) {
        text->iconv = g_iconv_open("UTF-8", iconv_name[text->encoding]);
        good = text->iconv != (GIConv)-1 || fault_of_system(text, "convert", error);
    }
    if (!good) {
        text_close(text);
        return NULL;
    }
    return text;
}

void text_close(Text *text)
{
    if (text == NULL)
        return;
    if (text->iconv != (GIConv)-1)
        g_iconv_close(text->iconv);
    if (text->fd >= 0)
        close(text->fd);
    g_free(text->path);
    g_free(text->sha256);
    g_free(text);
}

TextEncoding text_encoding(const Text *text)
{
    return text->encoding;
}

bool text_is_mixed(const Text *text)
{
    return text->mixed;
}

const char *text_sha256(const Text *text)
{
    return text->sha256;
}

/* At the end of the second reading: it must have been of the same bytes as the first. */
static bool unchanged(Text *text, GError **error)
{
    struct stat now;
    if (fstat(text->fd, &now) != 0)
        return fault_of_system(text, "read", error);
    if (now.st_size != text->stat.st_size || now.st_mtim.tv_sec != text->stat.st_mtim.tv_sec ||
        now.st_mtim.tv_nsec != text->stat.st_mtim.tv_nsec) {
        g_set_error(error, FAULT, FAULT_INPUT, "file changed while it was read: '%s'", text->path);
        return false;
    }
    return true;
}

/* Converts what raw holds into buffer; stops when either is used up. Returns the bytes written. */
static size_t convert(Text *text, char *buffer, size_t size)
{
    char *out = buffer;
    size_t room = size;
    while (text->begin < text->end) {
        char *in = text->raw + text->begin;
        size_t left = text->end - text->begin;
        size_t done = g_iconv(text->iconv, &in, &left, &out, &room);
        text->begin = text->end - left;
        if (done != (size_t)-1)
            continue;
        if (errno == E2BIG || room < sizeof replacement || (errno == EINVAL && !text->ended))
            break;
        memcpy(out, replacement, sizeof replacement - 1);
        out += sizeof replacement - 1;
        room -= sizeof replacement - 1;
        size_t unit = text->encoding == TEXT_WINDOWS_1252 ? 1 : 2;
        text->begin += MIN(unit, left);
    }
    return size - room;
}

gssize text_read(Text *text, char *buffer, size_t size, GError **error)
{
    if (text->encoding == TEXT_UTF8) {
        gssize n = text->ended ? 0 : read_full(text, buffer, size, error);
        if (n >= 0 && (size_t)n < size && !text->ended) {
            text->ended = true;
            if (!unchanged(text, error))
                return -1;
        }
        return n;
    }
    for (;;) {
        size_t written = convert(text, buffer, size);
        if (written > 0 || (text->ended && text->begin == text->end))
            return (gssize)written;
        memmove(text->raw, text->raw + text->begin, text->end - text->begin);
        text->end -= text->begin;
        text->begin = 0;
        gssize n = read_full(text, text->raw + text->end, BLOCK - text->end, error);
        if (n < 0)
            return -1;
        text->ended = (size_t)n < BLOCK - text->end;
        text->end += (size_t)n;
        if (text->ended && !unchanged(text, error))
            return -1;
    }
}
