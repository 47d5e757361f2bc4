/* The files people really send: each case of tests/corpus/ against the clean folder, with what it must be told.
 *
 * A case: "[name] why it is there", then what it changes of the folder and what is told, in any number:
 *
 * - put FILE DRESS... and below it the lines "| ..." of its whole content; DRESS: cp1252 utf16le utf16be bom crlf cr
 * tab comma no-end (of the last line)
 * - set FILE LINE COLUMN VALUE: one cell, as it stands in the file (nothing: empty)
 * - add FILE LINE-TEXT: one line more
 * - drop FILE
 * - tells FILE:LINE:COLUMN CODE: nothing else is told; in the order of the report
 * - unusable: nothing can be loaded
 *
 * Backslashes are as in C; \040 is a blank in the name of a file. */
#include "ingest/reject.h"
#include "tests/lib/input_folder.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    char *name;
    GPtrArray *lines; /* below the name, trimmed */
} Case;

static void free_case(gpointer data)
{
    Case *it = data;
    g_free(it->name);
    g_ptr_array_unref(it->lines);
    g_free(it);
}

static GString *converted(const GString *text, const char *encoding, const char *mark, gsize n_mark)
{
    gsize n;
    g_autofree char *bytes = g_convert(text->str, (gssize)text->len, encoding, "UTF-8", NULL, &n, NULL);
    g_assert_nonnull(bytes);
    GString *out = g_string_new_len(mark, (gssize)n_mark);
    return g_string_append_len(out, bytes, (gssize)n);
}

static GString *dressed(GString *text, const char *dress)
{
    static const struct {
        const char *dress, *from, *to;
    } replacements[] = {{"crlf", "\n", "\r\n"}, {"cr", "\n", "\r"}, {"tab", ";", "\t"}, {"comma", ";", ","}};
    static const struct {
        const char *dress, *encoding, *mark;
        gsize n_mark;
    } encodings[] = {{"cp1252", "WINDOWS-1252", "", 0},
                     {"utf16le", "UTF-16LE", "\xFF\xFE", 2},
                     {"utf16be", "UTF-16BE", "\xFE\xFF", 2},
                     {"bom", "UTF-8", "\xEF\xBB\xBF", 3}};
    for (size_t i = 0; i < G_N_ELEMENTS(replacements); i++)
        if (strcmp(dress, replacements[i].dress) == 0) {
            g_string_replace(text, replacements[i].from, replacements[i].to, 0);
            return text;
        }
    for (size_t i = 0; i < G_N_ELEMENTS(encodings); i++)
        if (strcmp(dress, encodings[i].dress) == 0) {
            GString *out = converted(text, encodings[i].encoding, encodings[i].mark, encodings[i].n_mark);
            g_string_free(text, TRUE);
            return out;
        }
    g_assert_cmpstr(dress, ==, "no-end");
    return g_string_truncate(text, text->len > 0 ? text->len - 1 : 0);
}

/* "put FILE DRESS..." and the lines of content behind it; returns how many. */
static guint put(const InputFolder *folder, char **words, const Case *it, guint at)
{
    GString *text = g_string_new(NULL);
    guint n = 0;
    for (; at + n < it->lines->len && *(char *)it->lines->pdata[at + n] == '|'; n++) {
        const char *line = (char *)it->lines->pdata[at + n] + 1;
        g_autofree char *plain = g_strcompress(*line == ' ' ? line + 1 : line);
        g_string_append_printf(text, "%s\n", plain);
    }
    for (char **dress = words + 2; *dress != NULL; dress++)
        text = dressed(text, *dress);
    g_autofree char *name = g_strcompress(words[1]);
    input_folder_put(folder, name, text->str, (gssize)text->len);
    g_string_free(text, TRUE);
    return n;
}

/* Makes the case's folder; what it must be told. Caller frees. */
static char *prepare(const InputFolder *folder, const Case *it)
{
    GString *told = g_string_new(NULL);
    bool unusable = false;
    for (guint i = 0; i < it->lines->len;) {
        const char *line = it->lines->pdata[i++];
        g_auto(GStrv) words = g_strsplit(line, " ", -1);
        if (strcmp(words[0], "put") == 0)
            i += put(folder, words, it, i);
        else if (strcmp(words[0], "set") == 0) {
            g_auto(GStrv) parts = g_strsplit(line, " ", 5);
            g_autofree char *value = g_strcompress(parts[4] != NULL ? parts[4] : "");
            input_folder_set(folder, parts[1], atoi(parts[2]), parts[3], value);
        } else if (strcmp(words[0], "add") == 0) {
            g_autofree char *text = g_strcompress(line + strlen("add ") + strlen(words[1]) + 1);
            input_folder_add(folder, words[1], text);
        } else if (strcmp(words[0], "drop") == 0)
            input_folder_remove(folder, words[1]);
        else if (strcmp(words[0], "unusable") == 0)
            unusable = true;
        else {
            g_assert_cmpstr(words[0], ==, "tells");
            g_string_append_printf(told, "  %s\n", line);
        }
    }
    return g_string_free(g_string_append(told, unusable ? "  unusable\n" : ""), FALSE);
}

static char *told_of(const InputFolder *folder)
{
    g_autoptr(IngestReport) report = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(Model) model = NULL;
    const Settings settings = {.seuil_rejets = 100, .sensibles_min = 2};
    model = ingest_read_settled(folder->path, &settings, &report, &error);
    GString *told = g_string_new(NULL);
    int n;
    const RejectLine *lines = reject_lines(report, &n);
    for (int i = 0; i < n; i++)
        g_string_append_printf(told, "  tells %s:%d:%s %s\n", reject_file_at(report, lines[i].place.file)->name,
                               (int)lines[i].place.line, lines[i].place.column, constat_code(lines[i].constat));
    return g_string_free(g_string_append(told, model == NULL ? "  unusable\n" : ""), FALSE);
}

static void run_case(gconstpointer data)
{
    const Case *it = data;
    g_autoptr(InputFolder) folder = input_folder_new();
    g_autofree char *wanted = prepare(folder, it), *told = told_of(folder);
    if (strcmp(told, wanted) != 0)
        g_test_fail_printf("told\n%sinstead of\n%s", told, wanted);
}

/* The cases of a file, added to cases. */
static void read_cases(const char *path, GPtrArray *cases)
{
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    Case *it = NULL;
    for (char **line = lines; *line != NULL; line++) {
        if (**line == '[') {
            char *end = strchr(*line, ']');
            g_assert_true(end != NULL && strlen(end) > 2); /* a name and a reason */
            it = g_new0(Case, 1);
            it->name = g_strndup(*line + 1, (gsize)(end - *line - 1));
            it->lines = g_ptr_array_new_with_free_func(g_free);
            g_ptr_array_add(cases, it);
        } else if (it != NULL && g_str_has_prefix(*line, "  "))
            g_ptr_array_add(it->lines, g_strdup(*line + 2));
    }
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Enough of them, each told apart by its name. */
static void corpus_is_large(gconstpointer data)
{
    const GPtrArray *cases = data;
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    guint clean = 0;
    for (guint i = 0; i < cases->len; i++) {
        const Case *it = cases->pdata[i];
        bool told = false;
        for (guint k = 0; k < it->lines->len; k++)
            told = told || g_str_has_prefix(it->lines->pdata[k], "tells");
        clean += !told;
        g_assert_true(g_hash_table_add(names, it->name));
    }
    g_assert_cmpuint(cases->len - clean, >=, 200);
    g_assert_cmpuint(clean, >=, 50);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) cases = g_ptr_array_new_with_free_func(free_case);
    g_autoptr(GDir) dir = g_dir_open("tests/corpus", 0, NULL);
    for (const char *name; dir != NULL && (name = g_dir_read_name(dir)) != NULL;)
        if (g_str_has_suffix(name, ".txt"))
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename("tests/corpus", names->pdata[i], NULL);
        read_cases(path, cases);
    }
    g_test_add_data_func("/corpus/it is large, every case with its name", cases, corpus_is_large);
    for (guint i = 0; i < cases->len; i++) {
        const Case *it = cases->pdata[i];
        g_autofree char *path = g_strdup_printf("/corpus/%s", it->name);
        g_test_add_data_func(path, it, run_case);
    }
    return g_test_run();
}
