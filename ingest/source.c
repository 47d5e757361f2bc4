/* Which reader reads a file: see source.h. */
#include "ingest/source.h"

#include "config/fault.h"
#include "ingest/source_lheo.h"
#include "ingest/source_public.h"
#include "ingest/source_xlsx.h"
#include "ingest/xls.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD = 4096 };

struct Source {
    const SourceForm *form;
    void *book;
    char *sha256;
};

/* The first that recognizes the file reads it; the CSV reader is the last. */
static const SourceForm *const forms[] = {&source_xlsx_form, &source_public_form, &source_geo_form,
                                          &source_lheo_form, &xls_form,           &source_csv_form};

/* First bytes of formats that are no table, or none that is read, by what people call them. */
static const struct {
    const char *name, *magic;
    size_t n;
} strangers[] = {
#define MAGIC(bytes) bytes, sizeof(bytes) - 1
    {"PDF", MAGIC("%PDF-")},
    {"image PNG", MAGIC("\x89PNG")},
    {"image JPEG", MAGIC("\xFF\xD8\xFF")},
    {"archive gzip", MAGIC("\x1F\x8B")},
    {"archive 7z", MAGIC("7z\xBC\xAF\x27\x1C")},
    {"RTF", MAGIC("{\\rtf")},
    {"page HTML", MAGIC("<!DOCTYPE html")},
    {"page HTML", MAGIC("<html")},
    {"XML", MAGIC("<?xml")},
#undef MAGIC
};

/* What keeps a file from being opened that lies in the file itself; NULL: the machine, which says nothing of the file.
 */
static const char *own_fault(int cause)
{
    static const struct {
        int cause;
        const char *told;
    } faults[] = {{EACCES, "accès refusé"},
                  {EPERM, "accès refusé"},
                  {ENOENT, "absent, ou lien rompu"},
                  {ELOOP, "absent, ou lien rompu"},
                  {ENXIO, "ce n'est pas un fichier"}};
    for (size_t i = 0; i < G_N_ELEMENTS(faults); i++)
        if (faults[i].cause == cause)
            return faults[i].told;
    return NULL;
}

/* -1 with *error, or without it when the file is refused. */
static gssize read_head(const char *path, char head[HEAD], SourceRecord *refusal, GError **error)
{
    g_autofree char *name = g_path_get_basename(path);
    struct stat stat;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    gssize n = -1;
    refusal->constat = CONSTAT_FICHIER_ILLISIBLE;
    if (fd < 0 && (refusal->detail = own_fault(errno)) != NULL)
        return -1;
    if (fd < 0 || fstat(fd, &stat) != 0)
        g_set_error(error, FAULT, FAULT_INPUT, "cannot open '%s': %s", name, g_strerror(errno));
    else if (!S_ISREG(stat.st_mode))
        refusal->detail = own_fault(ENXIO);
    else if ((n = read(fd, head, HEAD)) < 0)
        g_set_error(error, FAULT, FAULT_INPUT, "cannot read '%s': %s", name, g_strerror(errno));
    if (fd >= 0)
        close(fd);
    return n;
}

static bool is_stranger(const char *head, size_t n, SourceRecord *refusal)
{
    size_t mark = n >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    for (size_t i = 0; i < G_N_ELEMENTS(strangers); i++)
        if (n - mark >= strangers[i].n && g_ascii_strncasecmp(head + mark, strangers[i].magic, strangers[i].n) == 0) {
            refusal->constat = CONSTAT_FORMAT_INCONNU;
            refusal->detail = strangers[i].name;
            return true;
        }
    return false;
}

static char *hash_file(const char *path, GError **error)
{
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, NULL);
    if (file == NULL) {
        g_set_error(error, FAULT, FAULT_INPUT, "cannot read '%s'", path);
        return NULL;
    }
    return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)g_mapped_file_get_contents(file),
                                       g_mapped_file_get_length(file));
}

static const SourceForm *form_of(const char *head, size_t n)
{
    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
        if (forms[i]->recognizes(head, n))
            return forms[i];
    g_assert_not_reached();
}

bool source_has_tables(const char *path, GError **error)
{
    char head[HEAD];
    SourceRecord refusal;
    gssize n = read_head(path, head, &refusal, error);
    return n >= 0 && form_of(head, (size_t)n) != &source_csv_form;
}

Source *source_open(const char *path, SourceRecord *refusal, GError **error)
{
    char head[HEAD];
    *refusal = (SourceRecord){0};
    gssize n = read_head(path, head, refusal, error);
    if (n < 0)
        return NULL;
    const SourceForm *form = form_of(head, (size_t)n);
    if (form == &source_csv_form && is_stranger(head, (size_t)n, refusal))
        return NULL;
    void *book = form->open(path, refusal, error);
    if (book == NULL)
        return NULL;
    Source *source = g_new0(Source, 1);
    source->form = form;
    source->book = book;
    if (form->sha256 == NULL && (source->sha256 = hash_file(path, error)) == NULL) {
        source_close(source);
        return NULL;
    }
    return source;
}

void source_close(Source *source)
{
    if (source == NULL)
        return;
    source->form->close(source->book);
    g_free(source->sha256);
    g_free(source);
}

const char *source_sha256(const Source *source)
{
    return source->form->sha256 != NULL ? source->form->sha256(source->book) : source->sha256;
}

int source_n_tables(const Source *source)
{
    return source->form->n_tables != NULL ? source->form->n_tables(source->book) : 1;
}

const char *source_table_name(const Source *source, int table)
{
    g_assert(table >= 0 && table < source_n_tables(source));
    return source->form->table_name != NULL ? source->form->table_name(source->book, table) : NULL;
}

bool source_table_hidden(const Source *source, int table)
{
    g_assert(table >= 0 && table < source_n_tables(source));
    return source->form->table_hidden != NULL && source->form->table_hidden(source->book, table);
}

bool source_completes(const Source *source)
{
    return source->form->completes != NULL && source->form->completes(source->book);
}

bool source_is_partial(const Source *source)
{
    return source->form->partial;
}

bool source_origin(const Source *source, int table, SourceOrigin *origin)
{
    return source->form->origin != NULL && source->form->origin(source->book, table, origin);
}

bool source_start(Source *source, int table, const TablesFile *file, GError **error)
{
    g_assert(table >= 0 && table < source_n_tables(source));
    return source->form->start(source->book, table, file, error);
}

SourceResult source_next(Source *source, SourceRecord *record, GError **error)
{
    return source->form->next(source->book, record, error);
}

bool source_oddity(const Source *source, ConstatId *constat)
{
    return source->form->oddity != NULL && source->form->oddity(source->book, constat);
}
