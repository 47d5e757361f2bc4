/* The report of a folder: see reject.h. */
#include "ingest/reject.h"

#include "config/fault.h"
#include "config/log.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

enum {
    VALUE_MAX = 200, /* bytes of a cell that are repeated */
    SAID_MAX = 5,    /* lines of a file on screen, in short */
};

struct IngestReport {
    GArray *lines; /* RejectLine */
    GArray *files; /* RejectFile */
    GStringChunk *texts;
    bool sorted;
};

IngestReport *reject_new(void)
{
    IngestReport *report = g_new0(IngestReport, 1);
    report->lines = g_array_new(FALSE, FALSE, sizeof(RejectLine));
    report->files = g_array_new(FALSE, TRUE, sizeof(RejectFile));
    report->texts = g_string_chunk_new(4096);
    report->sorted = true;
    return report;
}

void ingest_report_free(IngestReport *report)
{
    if (report == NULL)
        return;
    for (guint i = 0; i < report->files->len; i++)
        g_free(g_array_index(report->files, RejectFile, i).sha256);
    g_array_unref(report->lines);
    g_array_unref(report->files);
    g_string_chunk_free(report->texts);
    g_free(report);
}

int32_t reject_file(IngestReport *report, const char *name)
{
    RejectFile file = {.name = g_string_chunk_insert_const(report->texts, name)};
    g_array_append_val(report->files, file);
    return (int32_t)report->files->len - 1;
}

RejectFile *reject_file_at(const IngestReport *report, int32_t file)
{
    g_assert(file >= 0 && file < (int32_t)report->files->len);
    return &g_array_index(report->files, RejectFile, file);
}

int32_t reject_n_files(const IngestReport *report)
{
    return (int32_t)report->files->len;
}

/* A cell's text as the report repeats it: on one line, no order to a terminal in it, not too long, whole letters. */
static const char *shortened(IngestReport *report, const char *value)
{
    g_autofree char *line = g_strdup(value);
    for (char *c = line; *c != '\0'; c++)
        if (g_ascii_iscntrl(*c))
            *c = ' ';
    if (strlen(line) <= VALUE_MAX)
        return g_string_chunk_insert_const(report->texts, line);
    char *end = g_utf8_find_prev_char(line, line + VALUE_MAX + 1);
    g_autofree char *cut = g_strdup_printf("%.*s…", (int)(end - line), line);
    return g_string_chunk_insert_const(report->texts, cut);
}

void reject_add(IngestReport *report, int32_t file, int64_t line, RejectGravity gravity, const char *column,
                const char *value, const char *problem, const char *remedy)
{
    RejectFile *account = reject_file_at(report, file);
    if (account->told == REJECT_TOLD_MAX) {
        account->untold++;
        return;
    }
    account->told++;
    RejectLine added = {
        .file = file,
        .line = line,
        .column = g_string_chunk_insert_const(report->texts, column),
        .value = shortened(report, value),
        .problem = g_string_chunk_insert_const(report->texts, problem),
        .remedy = g_string_chunk_insert_const(report->texts, remedy),
        .gravity = gravity,
    };
    g_array_append_val(report->lines, added);
    report->sorted = false;
}

void reject_refuse(IngestReport *report, int32_t file, int64_t line, const char *column, const char *problem,
                   const char *remedy)
{
    reject_file_at(report, file)->refused = true;
    reject_add(report, file, line, REJECT_ROW, column, "", problem, remedy);
}

static int compare_lines(gconstpointer a, gconstpointer b)
{
    const RejectLine *x = a, *y = b;
    if (x->file != y->file)
        return x->file < y->file ? -1 : 1;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    if (x->gravity != y->gravity)
        return x->gravity < y->gravity ? -1 : 1;
    int order = strcmp(x->column, y->column);
    order = order != 0 ? order : strcmp(x->value, y->value);
    order = order != 0 ? order : strcmp(x->problem, y->problem);
    return order != 0 ? order : strcmp(x->remedy, y->remedy);
}

/* One line for all that was not told. */
static void tell_untold(IngestReport *report)
{
    for (int32_t i = 0; i < reject_n_files(report); i++) {
        RejectFile *file = reject_file_at(report, i);
        if (file->untold == 0)
            continue;
        g_autofree char *problem = g_strdup_printf("%" G_GINT64_FORMAT " autres constats sur ce fichier", file->untold);
        file->told = file->untold = 0;
        reject_add(report, i, 0, REJECT_ROW, "", "", problem, "corriger d'abord ceux qui sont détaillés");
    }
}

const RejectLine *reject_lines(IngestReport *report, int *n)
{
    tell_untold(report);
    if (!report->sorted)
        g_array_sort(report->lines, compare_lines);
    report->sorted = true;
    *n = (int)report->lines->len;
    return (const RejectLine *)(const void *)report->lines->data;
}

int ingest_report_count(const IngestReport *report)
{
    return (int)report->lines->len;
}

static int count_of(const IngestReport *report, int32_t file, RejectGravity gravity)
{
    int n = 0;
    for (guint i = 0; i < report->lines->len; i++) {
        const RejectLine *line = &g_array_index(report->lines, RejectLine, i);
        n += line->file == file && line->gravity == gravity;
    }
    return n;
}

static void say_line(const IngestReport *report, const RejectLine *line)
{
    g_autoptr(GString) text = g_string_new(reject_file_at(report, line->file)->name);
    if (line->line > 0)
        g_string_append_printf(text, " ligne %" G_GINT64_FORMAT, line->line);
    if (*line->column != '\0')
        g_string_append_printf(text, ", %s", line->column);
    if (*line->value != '\0')
        g_string_append_printf(text, " « %s »", line->value);
    log_warning("%s : %s ; %s", text->str, line->problem, line->remedy);
}

void ingest_report_say(IngestReport *report, bool whole)
{
    int n;
    const RejectLine *lines = reject_lines(report, &n);
    for (int i = 0; i < n;) {
        const RejectFile *file = reject_file_at(report, lines[i].file);
        int warnings = count_of(report, lines[i].file, REJECT_WARNING), said = 0, all = 0;
        if (file->refused)
            log_warning("%s : fichier refusé", file->name);
        else
            log_warning("%s : %" G_GINT64_FORMAT " lignes, rejets : %" G_GINT64_FORMAT ", avertissements : %d",
                        file->name, file->rows, file->rejected, warnings);
        for (int32_t of = lines[i].file; i < n && lines[i].file == of; i++, all++)
            if (whole || said < SAID_MAX) {
                say_line(report, &lines[i]);
                said++;
            }
        if (all > said)
            log_warning("%s : et %d de plus, dans rejets.csv", file->name, all - said);
    }
}

/* ---- rejets.csv ---- */

static void append_cell(GString *out, const char *text, bool last)
{
    bool quoted = strpbrk(text, ";\"\r\n") != NULL || *text == ' ';
    bool formula = *text != '\0' && strchr("=+-@\t\r", *text) != NULL;
    if (quoted)
        g_string_append_c(out, '"');
    if (formula)
        g_string_append_c(out, '\'');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *text);
    }
    if (quoted)
        g_string_append_c(out, '"');
    g_string_append_c(out, last ? '\n' : ';');
}

static bool write_all(int fd, const GString *text)
{
    for (size_t done = 0; done < text->len;) {
        ssize_t n = write(fd, text->str + done, text->len - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        done += (size_t)n;
    }
    return true;
}

static bool write_lines(const IngestReport *report, int fd)
{
    g_autoptr(GString) out = g_string_new("fichier;ligne;colonne;valeur;probleme;remede;gravite\n");
    for (guint i = 0; i < report->lines->len; i++) {
        const RejectLine *line = &g_array_index(report->lines, RejectLine, i);
        char number[24] = "";
        if (line->line > 0)
            g_snprintf(number, sizeof number, "%" G_GINT64_FORMAT, line->line);
        append_cell(out, reject_file_at(report, line->file)->name, false);
        append_cell(out, number, false);
        append_cell(out, line->column, false);
        append_cell(out, line->value, false);
        append_cell(out, line->problem, false);
        append_cell(out, line->remedy, false);
        append_cell(out, line->gravity == REJECT_ROW ? "rejet" : "avertissement", true);
        if (out->len > 65536) {
            if (!write_all(fd, out))
                return false;
            g_string_truncate(out, 0);
        }
    }
    return write_all(fd, out) && fsync(fd) == 0;
}

/* So that the rename itself survives a power cut. */
static bool sync_folder(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return good;
}

bool ingest_report_write(const IngestReport *report, const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path), *name = g_path_get_basename(path);
    g_autofree char *aside = g_strdup_printf("%s/.%s.tmp", folder, name);
    int fd = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    bool good = fd >= 0 && write_lines(report, fd);
    int cause = errno;
    if (fd >= 0 && close(fd) != 0 && good) {
        good = false;
        cause = errno;
    }
    if (good && (g_rename(aside, path) != 0 || !sync_folder(path))) {
        good = false;
        cause = errno;
    }
    if (!good) {
        g_set_error(error, FAULT, FAULT_OUTPUT, "cannot write '%s': %s", path, g_strerror(cause));
        g_unlink(aside);
    }
    return good;
}
