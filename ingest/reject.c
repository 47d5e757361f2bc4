/* The report of a folder: see reject.h. */
#include "ingest/reject.h"

#include "config/aside.h"
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
    GArray *lines;       /* RejectLine */
    GArray *files;       /* RejectFile */
    GHashTable *fallen;  /* "file key" of rejected rows */
    GArray *incompletes; /* StoreIncomplet */
    GStringChunk *texts;
    bool sorted;
};

IngestReport *reject_new(void)
{
    IngestReport *report = g_new0(IngestReport, 1);
    report->lines = g_array_new(FALSE, FALSE, sizeof(RejectLine));
    report->files = g_array_new(FALSE, TRUE, sizeof(RejectFile));
    report->incompletes = g_array_new(FALSE, FALSE, sizeof(StoreIncomplet));
    report->texts = g_string_chunk_new(4096);
    report->fallen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    report->sorted = true;
    return report;
}

void ingest_report_free(IngestReport *report)
{
    if (report == NULL)
        return;
    for (guint i = 0; i < report->files->len; i++) {
        RejectFile *file = &g_array_index(report->files, RejectFile, i);
        g_free(file->sha256);
        g_free(file->path);
        g_free(file->fichier);
        g_free(file->sheet);
        g_free(file->siae);
    }
    g_array_unref(report->lines);
    g_array_unref(report->incompletes);
    g_hash_table_unref(report->fallen);
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

void reject_rename(IngestReport *report, int32_t file, const char *name)
{
    reject_file_at(report, file)->name = g_string_chunk_insert_const(report->texts, name);
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

static const char *kept(IngestReport *report, const char *text)
{
    return g_string_chunk_insert_const(report->texts, text != NULL ? text : "");
}

void reject_add(IngestReport *report, RejectPlace place, ConstatId constat, const char *first, const char *second)
{
    RejectFile *account = reject_file_at(report, place.file);
    account->warnings += constat_is_warning(constat);
    if (account->told == REJECT_TOLD_MAX) {
        account->untold++;
        return;
    }
    account->told++;
    place.column = kept(report, place.column);
    place.value = shortened(report, place.value != NULL ? place.value : "");
    RejectLine added = {place, constat, shortened(report, first != NULL ? first : ""),
                        shortened(report, second != NULL ? second : "")};
    g_array_append_val(report->lines, added);
    report->sorted = false;
}

void reject_refuse(IngestReport *report, RejectPlace place, ConstatId constat, const char *first, const char *second)
{
    reject_file_at(report, place.file)->refused = true;
    reject_add(report, place, constat, first, second);
}

void reject_forget(IngestReport *report, int32_t file)
{
    RejectFile *account = reject_file_at(report, file);
    guint n = 0;
    for (guint i = 0; i < report->lines->len; i++) {
        RejectLine *line = &g_array_index(report->lines, RejectLine, i);
        if (line->place.file != file || line->place.line == 0)
            g_array_index(report->lines, RejectLine, n++) = *line;
    }
    account->told -= report->lines->len - n;
    account->untold = account->warnings = 0;
    g_array_set_size(report->lines, n);
}

char *reject_problem(const RejectLine *line)
{
    return constat_fill(constat_problem(line->constat), line->first, line->second);
}

char *reject_remedy(const RejectLine *line)
{
    return constat_fill(constat_remedy(line->constat), line->first, line->second);
}

#define ORDER(a, b) ((a) != (b) ? ((a) < (b) ? -1 : 1) : 0)

static int compare_lines(gconstpointer a, gconstpointer b)
{
    const RejectLine *x = a, *y = b;
    const int orders[] = {
        ORDER(x->place.file, y->place.file),
        ORDER(x->place.line, y->place.line),
        ORDER(constat_is_warning(x->constat), constat_is_warning(y->constat)),
        strcmp(x->place.column, y->place.column),
        strcmp(x->place.value, y->place.value),
        strcmp(constat_code(x->constat), constat_code(y->constat)),
        strcmp(x->first, y->first),
        strcmp(x->second, y->second),
    };
    for (size_t i = 0; i < G_N_ELEMENTS(orders); i++)
        if (orders[i] != 0)
            return orders[i];
    return 0;
}

/* One line for all that was not told. */
static void tell_untold(IngestReport *report)
{
    for (int32_t i = 0; i < reject_n_files(report); i++) {
        RejectFile *file = reject_file_at(report, i);
        if (file->untold == 0)
            continue;
        g_autofree char *untold = g_strdup_printf("%" G_GINT64_FORMAT, file->untold);
        file->told = file->untold = 0;
        reject_add(report, (RejectPlace){.file = i}, CONSTAT_CONSTATS_TUS, untold, NULL);
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

int64_t reject_count_warnings(const IngestReport *report, int32_t file)
{
    return reject_file_at(report, file)->warnings;
}

void reject_note_fallen(IngestReport *report, const char *file, const char *key)
{
    g_hash_table_add(report->fallen, g_strconcat(file, " ", key, NULL));
}

bool reject_has_fallen(const IngestReport *report, const char *file, const char *key)
{
    g_autofree char *name = g_strconcat(file, " ", key, NULL);
    return g_hash_table_contains(report->fallen, name);
}

void reject_note_incomplete(IngestReport *report, const char *file, const char *key, const char *column,
                            const char *value, bool waiting)
{
    StoreIncomplet cell = {kept(report, file), kept(report, key), kept(report, column),
                           value != NULL ? kept(report, value) : NULL, waiting};
    g_array_append_val(report->incompletes, cell);
}

const StoreIncomplet *reject_incompletes(const IngestReport *report, int *n)
{
    *n = (int)report->incompletes->len;
    return (const StoreIncomplet *)(const void *)report->incompletes->data;
}

static void say_line(const IngestReport *report, const RejectLine *line)
{
    const RejectPlace *place = &line->place;
    g_autofree char *problem = reject_problem(line), *remedy = reject_remedy(line);
    g_autoptr(GString) text = g_string_new(reject_file_at(report, place->file)->name);
    if (place->line > 0)
        g_string_append_printf(text, " ligne %" G_GINT64_FORMAT, place->line);
    if (*place->column != '\0')
        g_string_append_printf(text, ", %s", place->column);
    if (*place->value != '\0')
        g_string_append_printf(text, " « %s »", place->value);
    log_warning("%s : %s ; %s", text->str, problem, remedy);
}

void ingest_report_say(IngestReport *report, bool whole)
{
    int n;
    const RejectLine *lines = reject_lines(report, &n);
    for (int i = 0; i < n;) {
        const RejectFile *file = reject_file_at(report, lines[i].place.file);
        int said = 0, all = 0;
        if (file->refused)
            log_warning("%s : fichier refusé", file->name);
        else
            log_warning("%s : %" G_GINT64_FORMAT " lignes, rejets : %" G_GINT64_FORMAT
                        ", avertissements : %" G_GINT64_FORMAT,
                        file->name, file->rows, file->rejected, file->warnings);
        for (int32_t of = lines[i].place.file; i < n && lines[i].place.file == of; i++, all++)
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
    g_autoptr(GString) out = g_string_new("fichier;ligne;colonne;valeur;probleme;remede;gravite;code\n");
    for (guint i = 0; i < report->lines->len; i++) {
        const RejectLine *line = &g_array_index(report->lines, RejectLine, i);
        char number[24] = "";
        g_autofree char *problem = reject_problem(line), *remedy = reject_remedy(line);
        if (line->place.line > 0)
            g_snprintf(number, sizeof number, "%" G_GINT64_FORMAT, line->place.line);
        append_cell(out, reject_file_at(report, line->place.file)->name, false);
        append_cell(out, number, false);
        append_cell(out, line->place.column, false);
        append_cell(out, line->place.value, false);
        append_cell(out, problem, false);
        append_cell(out, remedy, false);
        append_cell(out, constat_is_warning(line->constat) ? "avertissement" : "rejet", false);
        append_cell(out, constat_code(line->constat), true);
        if (out->len > 65536) {
            if (!write_all(fd, out))
                return false;
            g_string_truncate(out, 0);
        }
    }
    return write_all(fd, out) && fsync(fd) == 0;
}

bool ingest_report_write(const IngestReport *report, const char *path, GError **error)
{
    g_autofree char *aside = aside_name(path);
    int fd = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    bool good = fd >= 0 && write_lines(report, fd);
    int cause = errno;
    if (fd >= 0 && close(fd) != 0 && good) {
        good = false;
        cause = errno;
    }
    if (good && !aside_place(aside, path)) {
        good = false;
        cause = errno;
    }
    if (!good) {
        g_set_error(error, FAULT, FAULT_OUTPUT, "cannot write '%s': %s", path, g_strerror(cause));
        g_unlink(aside);
    }
    return good;
}
