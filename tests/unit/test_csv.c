/* Records of CSV texts with their true lines, whatever the damage. */
#include "config/fault.h"
#include "ingest/csv.h"
#include "ingest/dialect.h"
#include "ingest/text.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* A text given in pieces of a chosen size: block ends must not matter. */
typedef struct {
    const char *bytes;
    size_t n, at, piece;
} Source;

static gssize give(void *data, char *buffer, size_t size, GError **error)
{
    (void)error;
    Source *source = data;
    size_t n = MIN(MIN(source->piece, size), source->n - source->at);
    memcpy(buffer, source->bytes + source->at, n);
    source->at += n;
    return (gssize)n;
}

/* What reading tells: "line:cell,cell" a record, "line-line!" a fault, with spaces between. */
static char *told(const char *bytes, size_t n, size_t piece, char delimiter)
{
    Source source = {bytes, n, 0, piece};
    g_autoptr(Csv) csv = csv_open(give, &source, NULL);
    csv_delimiter(csv, delimiter);
    GString *text = g_string_new(NULL);
    CsvRecord record;
    for (CsvResult result; (result = csv_next(csv, &record, NULL)) != CSV_ENDED;) {
        g_assert_cmpint(result, !=, CSV_BROKEN);
        if (text->len > 0)
            g_string_append_c(text, ' ');
        if (result == CSV_FAULTY) {
            g_assert_cmpstr(constat_problem(record.constat), !=, "");
            g_assert_cmpstr(constat_remedy(record.constat), !=, "");
            g_string_append_printf(text, "%d-%d!", (int)record.line, (int)record.fault_line);
            continue;
        }
        g_string_append_printf(text, "%d:", (int)record.line);
        for (int i = 0; i < record.n_cells; i++)
            g_string_append_printf(text, "%s%s", i > 0 ? "," : "", record.cells[i]);
        if (record.cut)
            g_string_append_c(text, '~');
    }
    return g_string_free(text, FALSE);
}

#define TEXT(bytes) bytes, sizeof(bytes) - 1

static const struct {
    const char *name, *bytes;
    size_t n;
    const char *tells;
} cases[] = {
    {"empty", TEXT(""), ""},
    {"one line end", TEXT("\n"), ""},
    {"LF", TEXT("a;b\nc;d\n"), "1:a,b 2:c,d"},
    {"CRLF", TEXT("a;b\r\nc;d\r\n"), "1:a,b 2:c,d"},
    {"CR alone", TEXT("a;b\rc;d\r"), "1:a,b 2:c,d"},
    {"mixed line ends", TEXT("a\r\nb\rc\nd"), "1:a 2:b 3:c 4:d~"},
    {"no last line end", TEXT("a;b\nc;d"), "1:a,b 2:c,d~"},
    {"blank lines count", TEXT("\n\na\n\r\n\rb\n"), "3:a 6:b"},
    {"empty cells", TEXT(";;\n;a;\n"), "1:,, 2:,a,"},
    {"quotes", TEXT("\"a;b\";\"c\"\"d\"\n"), "1:a;b,c\"d"},
    {"line end in quotes", TEXT("\"a\nb\";c\nd;e\n"), "1:a\nb,c 3:d,e"},
    {"CRLF in quotes", TEXT("\"a\r\nb\"\r\nd\r\n"), "1:a\r\nb 3:d"},
    {"blanks around cells", TEXT("  a ; \"b\" \n"), "1:a,b"},
    {"quote inside a bare cell", TEXT("a\"b;c\nd;e\n"), "1-1! 2:d,e"},
    {"text behind a quote", TEXT("\"a\"b;c\nd;e\n"), "1-1! 2:d,e"},
    {"quote never closed", TEXT("a;b\nc;\"d\ne;f\ng;h\n"), "1:a,b 2-4! 3:e,f 4:g,h"},
    {"quote closed by the next one's", TEXT("a;\"b\nc;\"d\"\ne;f\n"), "1-2! 2:c,d 3:e,f"},
    {"quote opened on the last line", TEXT("a;b\nc;\"d"), "1:a,b 2-2!"},
    {"two faults", TEXT("a\"\nb\nc\"\nd\n"), "1-1! 2:b 3-3! 4:d"},
    {"NUL", TEXT("a;b\nc\0d;e\nf;g\n"), "1:a,b 2-3! 3:f,g"},
    {"only quotes", TEXT("\"\"\n\"\"\"\"\n"), "1: 2:\""},
    {"Ctrl-Z", TEXT("a\n\x1A"), "1:a 2:\x1A~"},
};

static void records_and_lines(void)
{
    static const size_t pieces[] = {1, 2, 3, 7, 65536};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        for (size_t p = 0; p < G_N_ELEMENTS(pieces); p++) {
            g_test_message("%s in pieces of %d", cases[i].name, (int)pieces[p]);
            g_autofree char *tells = told(cases[i].bytes, cases[i].n, pieces[p], ';');
            g_assert_cmpstr(tells, ==, cases[i].tells);
        }
}

static void tabs_part_cells(void)
{
    g_autofree char *tells = told(TEXT("a\t\tb \t c\n"), 65536, '\t');
    g_assert_cmpstr(tells, ==, "1:a,,b,c");
}

/* bytes of text, then n times filler, then tail. */
static GString *long_text(const char *head, size_t n, const char *filler, const char *tail)
{
    GString *text = g_string_new(head);
    while (n-- > 0)
        g_string_append(text, filler);
    g_string_append(text, tail);
    return text;
}

static void long_cells(void)
{
    g_autoptr(GString) fits = long_text("", CSV_CELL_MAX - 4096, "x", ";b\nc;d\n");
    g_autofree char *kept = told(fits->str, fits->len, 65536, ';');
    g_assert_true(g_str_has_suffix(kept, "x,b 2:c,d"));
    g_autoptr(GString) bare = long_text("", CSV_CELL_MAX + 1, "x", ";b\nc;d\n");
    g_autofree char *told_bare = told(bare->str, bare->len, 65536, ';');
    g_assert_cmpstr(told_bare, ==, "1-1! 2:c,d");
    /* an opened quote costs its line only, however much stands behind it */
    g_autoptr(GString) quoted = long_text("a;\"b\n", 20000, "c;d\n", "e;f\n");
    g_autofree char *told_quoted = told(quoted->str, quoted->len, 65536, ';');
    g_assert_true(g_str_has_suffix(told_quoted, " 20001:c,d 20002:e,f"));
    g_assert_nonnull(strstr(told_quoted, "! 2:c,d 3:c,d"));
}

static void long_lines(void)
{
    g_autoptr(GString) one = long_text("a;b\n", 3 * CSV_RECORD_MAX / 2, "x;", "\nc;d\n");
    g_autofree char *told_one = told(one->str, one->len, 65536, ';');
    g_assert_cmpstr(told_one, ==, "1:a,b 2-2! 3:c,d");
    g_autoptr(GString) endless = long_text("a;b\n", 3 * CSV_RECORD_MAX / 2, "x;", "");
    g_autofree char *told_endless = told(endless->str, endless->len, 65536, ';');
    g_assert_cmpstr(told_endless, ==, "1:a,b 2-2!");
    /* many short cells over many lines, each cell within bounds */
    g_autoptr(GString) many = long_text("a\n", CSV_RECORD_MAX / 4 + 10, "\"\n\";", "b\nc\n");
    g_autofree char *told_many = told(many->str, many->len, 65536, ';');
    g_assert_true(g_str_has_prefix(told_many, "1:a 2-"));
    g_assert_true(g_str_has_suffix(told_many, ":c"));
}

static void delimiters(void)
{
    static const struct {
        const char *text;
        char delimiter;
    } headers[] = {{"a;b;c\n1,5;2;3\n", ';'},
                   {"a,b,c\n1;2;3\n", ','},
                   {"a\tb\tc\n", '\t'},
                   {"a\n", ';'},
                   {"", ';'},
                   {"\n\r\n  \na,b\n", ','},
                   {"\"a,b,c,d\";e\n", ';'},
                   {"\"a;b\",\"c;d\",e", ','},
                   {"a;b,c;d\n", ';'},
                   {"a,b\n;;;;;;;;\n", ','}};
    for (size_t i = 0; i < G_N_ELEMENTS(headers); i++)
        g_assert_cmpint(dialect_delimiter(headers[i].text, strlen(headers[i].text)), ==, headers[i].delimiter);
}

/* ---- encodings ---- */

typedef struct {
    char *path;
} File;

static void make_file(File *file, gconstpointer data)
{
    (void)data;
    int fd = g_file_open_tmp("prisme-text-XXXXXX", &file->path, NULL);
    g_assert_cmpint(fd, >=, 0);
    g_close(fd, NULL);
}

static void remove_file(File *file, gconstpointer data)
{
    (void)data;
    g_unlink(file->path);
    g_free(file->path);
}

static char *text_of(const File *file, const char *bytes, size_t n, size_t piece, TextEncoding *encoding, bool *mixed)
{
    g_assert_true(g_file_set_contents(file->path, bytes, (gssize)n, NULL));
    g_autoptr(Text) text = text_open(file->path, NULL);
    g_assert_nonnull(text);
    *encoding = text_encoding(text);
    *mixed = text_is_mixed(text);
    GString *all = g_string_new(NULL);
    char buffer[65536];
    for (gssize got; (got = text_read(text, buffer, piece, NULL)) != 0;) {
        g_assert_cmpint(got, >, 0);
        g_string_append_len(all, buffer, got);
    }
    g_assert_true(g_utf8_validate_len(all->str, all->len, NULL) || memchr(all->str, 0, all->len) != NULL);
    return g_string_free(all, FALSE);
}

static void encodings(File *file, gconstpointer data)
{
    (void)data;
    static const struct {
        const char *bytes;
        size_t n;
        TextEncoding encoding;
        bool mixed;
        const char *text;
    } files[] = {
        {TEXT(""), TEXT_UTF8, false, ""},
        {TEXT("abc"), TEXT_UTF8, false, "abc"},
        {TEXT("\xEF\xBB\xBF"
              "été"),
         TEXT_UTF8, false, "été"},
        {TEXT("\xEF\xBB\xBF"), TEXT_UTF8, false, ""},
        {TEXT("été €"), TEXT_UTF8, false, "été €"},
        {TEXT("\xE9t\xE9 \x80 \x9Cuvre"), TEXT_WINDOWS_1252, false, "été € œuvre"},
        {TEXT("aaaaaaaaaaaaaaaaaaaaaaaaaaa\xE9"), TEXT_WINDOWS_1252, false, "aaaaaaaaaaaaaaaaaaaaaaaaaaaé"},
        {TEXT("a\x81"
              "b"),
         TEXT_WINDOWS_1252, false,
         "a\xEF\xBF\xBD"
         "b"},
        {TEXT("\xC3\xA9t\xE9"), TEXT_WINDOWS_1252, true, "Ã©té"},
        {TEXT("a\xC0\xAF"), TEXT_WINDOWS_1252, false, "aÀ¯"},             /* overlong */
        {TEXT("a\xED\xA0\x80"), TEXT_WINDOWS_1252, false, "aí\xC2\xA0€"}, /* surrogate */
        {TEXT("\xFF\xFE\xE9\0t\0\xAC\x20"), TEXT_UTF16LE, false, "ét€"},
        {TEXT("\xFE\xFF\0\xE9\0t\x20\xAC"), TEXT_UTF16BE, false, "ét€"},
        {TEXT("\xFF\xFE"
              "a\0"
              "\0\xDC"
              "b\0"),
         TEXT_UTF16LE, false,
         "a\xEF\xBF\xBD"
         "b"},
        {TEXT("\xFF\xFE"
              "a\0b"),
         TEXT_UTF16LE, false, "a\xEF\xBF\xBD"},
        {TEXT("\xFF\xFE"), TEXT_UTF16LE, false, ""},
    };
    static const size_t pieces[] = {8, 9, 65536};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
        for (size_t p = 0; p < G_N_ELEMENTS(pieces); p++) {
            TextEncoding encoding;
            bool mixed;
            g_test_message("%d", (int)i);
            g_autofree char *text = text_of(file, files[i].bytes, files[i].n, pieces[p], &encoding, &mixed);
            g_assert_cmpint(encoding, ==, files[i].encoding);
            g_assert_cmpint(mixed, ==, files[i].mixed);
            g_assert_cmpstr(text, ==, files[i].text);
        }
}

/* A letter of several bytes across every possible block end of a long file. */
static void long_files(File *file, gconstpointer data)
{
    (void)data;
    for (size_t before = 65536 - 4; before <= 65536 + 1; before++) {
        TextEncoding encoding;
        bool mixed;
        g_autoptr(GString) text = g_string_new(NULL);
        while (text->len < before)
            g_string_append_c(text, 'x');
        g_string_append(text, "€é𝄞");
        g_autofree char *utf8 = text_of(file, text->str, text->len, 4096, &encoding, &mixed);
        g_assert_cmpint(encoding, ==, TEXT_UTF8);
        g_assert_cmpstr(utf8, ==, text->str);
        gsize n;
        g_autofree char *wide = g_convert(text->str, -1, "UTF-16LE", "UTF-8", NULL, &n, NULL);
        g_autoptr(GString) marked = g_string_new_len("\xFF\xFE", 2);
        g_string_append_len(marked, wide, (gssize)n);
        g_autofree char *utf16 = text_of(file, marked->str, marked->len, 4096, &encoding, &mixed);
        g_assert_cmpint(encoding, ==, TEXT_UTF16LE);
        g_assert_cmpstr(utf16, ==, text->str);
    }
}

static void sums(File *file, gconstpointer data)
{
    (void)data;
    g_assert_true(g_file_set_contents(file->path, "abc", 3, NULL));
    g_autoptr(Text) text = text_open(file->path, NULL);
    g_assert_cmpstr(text_sha256(text), ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void what_is_no_file(File *file, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) absent = NULL, folder = NULL, changed = NULL;
    g_assert_null(text_open("/nonexistent/besoins.csv", &absent));
    g_assert_error(absent, FAULT, FAULT_INPUT);
    g_assert_null(text_open("/tmp", &folder));
    g_assert_error(folder, FAULT, FAULT_INPUT);
    g_assert_true(g_file_set_contents(file->path, "abc", 3, NULL));
    g_autoptr(Text) text = text_open(file->path, NULL);
    int fd = g_open(file->path, O_WRONLY | O_APPEND, 0);
    g_assert_cmpint(write(fd, "d", 1), ==, 1);
    g_close(fd, NULL);
    char buffer[16];
    g_assert_cmpint(text_read(text, buffer, sizeof buffer, &changed), ==, -1);
    g_assert_error(changed, FAULT, FAULT_INPUT);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/csv/records keep their true lines, in pieces of any size", records_and_lines);
    g_test_add_func("/csv/tabs part cells too", tabs_part_cells);
    g_test_add_func("/csv/cells have a greatest length", long_cells);
    g_test_add_func("/csv/lines have a greatest length", long_lines);
    g_test_add_func("/csv/the delimiter is told from the header", delimiters);
    g_test_add("/text/every encoding becomes UTF-8", File, NULL, make_file, encodings, remove_file);
    g_test_add("/text/letters across block ends stay whole", File, NULL, make_file, long_files, remove_file);
    g_test_add("/text/the sum is of the bytes", File, NULL, make_file, sums, remove_file);
    g_test_add("/text/what is no file, or changes, is a fault", File, NULL, make_file, what_is_no_file, remove_file);
    return g_test_run();
}
