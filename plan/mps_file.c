/* Writing free MPS: see mps_file.h. Right-hand sides and bounds are kept in files without a name until their section.
 */
#include "plan/mps_file.h"

#include "config/aside.h"
#include "config/fault.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct MpsFile {
    char *path, *aside;
    FILE *out, *sides, *bounds; /* the file; its RHS and BOUNDS sections */
    enum { HEAD, ROWS, COLUMNS } section;
    bool integer; /* between markers */
    char column[96];
    int n_markers;
};

static void number(FILE *out, int64_t hundredths)
{
    uint64_t size = hundredths < 0 ? (uint64_t)-hundredths : (uint64_t)hundredths;
    if (hundredths < 0)
        fputc('-', out);
    fprintf(out, "%" G_GUINT64_FORMAT, size / 100);
    if (size % 100 != 0)
        fprintf(out, ".%02d", (int)(size % 100));
}

static void discard(MpsFile *file)
{
    FILE *files[] = {file->out, file->sides, file->bounds};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
        if (files[i] != NULL)
            fclose(files[i]);
    g_free(file->path);
    g_free(file->aside);
    g_free(file);
}

static bool fault(MpsFile *file, int cause, GError **error)
{
    g_set_error(error, FAULT, FAULT_OUTPUT, "cannot write '%s': %s", file->path, g_strerror(cause));
    if (file->out != NULL)
        g_unlink(file->aside);
    discard(file);
    return false;
}

MpsFile *mps_file_open(const char *path, GError **error)
{
    struct stat status;
    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode)) { /* a device would be renamed over */
        g_set_error(error, FAULT, FAULT_OUTPUT, "cannot write '%s': not a regular file", path);
        return NULL;
    }
    MpsFile *file = g_new0(MpsFile, 1);
    file->path = g_strdup(path);
    file->aside = aside_name(path);
    int fd = open(file->aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    file->out = fd < 0 ? NULL : fdopen(fd, "w");
    file->sides = file->out == NULL ? NULL : tmpfile();
    file->bounds = file->sides == NULL ? NULL : tmpfile();
    if (file->bounds != NULL)
        return file;
    fault(file, errno, error);
    return NULL;
}

void mps_file_comment(MpsFile *file, const char *format, ...)
{
    va_list words;
    va_start(words, format);
    fputs("* ", file->out);
    vfprintf(file->out, format, words);
    fputc('\n', file->out);
    va_end(words);
}

void mps_file_row(MpsFile *file, char type, int64_t bound, const char *format, ...)
{
    char name[96];
    va_list words;
    va_start(words, format);
    g_vsnprintf(name, sizeof name, format, words);
    va_end(words);
    if (file->section == HEAD)
        fputs("NAME prisme FREE\nROWS\n", file->out);
    file->section = ROWS;
    fprintf(file->out, " %c %s\n", type, name);
    if (bound == 0)
        return;
    fprintf(file->sides, " RHS %s ", name);
    number(file->sides, bound);
    fputc('\n', file->sides);
}

static void begin_columns(MpsFile *file)
{
    if (file->section == ROWS)
        fputs("COLUMNS\n", file->out);
    file->section = COLUMNS;
}

static void mark(MpsFile *file, bool integer)
{
    if (integer != file->integer)
        fprintf(file->out, " M%d 'MARKER' '%s'\n", file->n_markers++, integer ? "INTORG" : "INTEND");
    file->integer = integer;
}

void mps_file_column(MpsFile *file, bool integer, int64_t most, const char *format, ...)
{
    va_list words;
    va_start(words, format);
    g_vsnprintf(file->column, sizeof file->column, format, words);
    va_end(words);
    begin_columns(file);
    mark(file, integer);
    if (most >= 0)
        fprintf(file->bounds, " UP BND %s %" G_GINT64_FORMAT "\n", file->column, most);
}

void mps_file_put(MpsFile *file, int64_t coefficient, const char *format, ...)
{
    if (coefficient == 0)
        return;
    va_list words;
    va_start(words, format);
    fprintf(file->out, " %s ", file->column);
    vfprintf(file->out, format, words);
    fputc(' ', file->out);
    number(file->out, coefficient);
    fputc('\n', file->out);
    va_end(words);
}

static bool append(FILE *out, const char *head, FILE *section)
{
    char block[65536];
    bool good = fputs(head, out) >= 0 && fseek(section, 0, SEEK_SET) == 0;
    for (size_t n; good && (n = fread(block, 1, sizeof block, section)) > 0;)
        good = fwrite(block, 1, n, out) == n;
    return good && !ferror(section);
}

bool mps_file_close(MpsFile *file, GError **error)
{
    begin_columns(file);
    mark(file, false);
    errno = 0;
    bool good = append(file->out, "RHS\n", file->sides) && append(file->out, "BOUNDS\n", file->bounds) &&
                fputs("ENDATA\n", file->out) >= 0 && fflush(file->out) == 0 && !ferror(file->out) &&
                !ferror(file->sides) && !ferror(file->bounds) && fsync(fileno(file->out)) == 0 &&
                aside_place(file->aside, file->path);
    if (!good)
        return fault(file, errno == 0 ? EIO : errno, error);
    discard(file);
    return true;
}
