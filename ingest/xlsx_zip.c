/* libzip behind limits: see xlsx_zip.h. What is declared is not believed: bytes are counted as they come. */
#include "ingest/xlsx_zip.h"

#include "config/fault.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

struct XlsxZip {
    zip_t *zip;
    int64_t inflated; /* bytes read of all parts */
};

struct XlsxPart {
    XlsxZip *zip;
    zip_file_t *file;
    char *name;
    int64_t packed, inflated;
};

XlsxZip *xlsx_zip_open(const char *path, Refusal *fault, GError **error)
{
    g_autofree char *name = g_path_get_basename(path);
    struct stat stat;
    int cause = 0, fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &stat) != 0 || !S_ISREG(stat.st_mode)) {
        g_set_error(error, FAULT, FAULT_INPUT, "cannot open '%s': %s", name, fd < 0 ? g_strerror(errno) : "not a file");
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    zip_t *zip = zip_fdopen(fd, 0, &cause);
    if (zip == NULL) {
        close(fd);
        refusal_set(fault, CONSTAT_XLSX_ABIME, "archive incomplète");
        return NULL;
    }
    XlsxZip *opened = g_new0(XlsxZip, 1);
    opened->zip = zip;
    return opened;
}

void xlsx_zip_close(XlsxZip *zip)
{
    if (zip == NULL)
        return;
    zip_discard(zip->zip);
    g_free(zip);
}

/* Where a part is, or -1. Some programs on Windows write its folders apart by '\\'. */
static zip_int64_t locate(XlsxZip *zip, const char *name)
{
    zip_int64_t index = zip_name_locate(zip->zip, name, ZIP_FL_NOCASE);
    if (index >= 0)
        return index;
    g_autofree char *other = g_strdelimit(g_strdup(name), "/", '\\');
    return zip_name_locate(zip->zip, other, ZIP_FL_NOCASE);
}

bool xlsx_zip_has(XlsxZip *zip, const char *name)
{
    return locate(zip, name) >= 0;
}

static bool fits(const XlsxPart *part, Refusal *fault)
{
    if (part->inflated <= XLSX_ZIP_PART_MAX && part->zip->inflated <= XLSX_ZIP_TOTAL_MAX &&
        (part->inflated <= XLSX_ZIP_SMALL || part->inflated / XLSX_ZIP_RATIO_MAX <= part->packed))
        return true;
    return refusal_set(fault, CONSTAT_XLSX_DEMESURE, part->name);
}

XlsxPart *xlsx_zip_part(XlsxZip *zip, const char *name, Refusal *fault)
{
    zip_stat_t stat;
    zip_int64_t index = locate(zip, name);
    if (index < 0 || zip_stat_index(zip->zip, (zip_uint64_t)index, 0, &stat) != 0) {
        g_autofree char *detail = g_strdup_printf("il y manque %s", name);
        refusal_set(fault, CONSTAT_XLSX_ABIME, detail);
        return NULL;
    }
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE) {
        refusal_set(fault, CONSTAT_XLSX_PROTEGE, "");
        return NULL;
    }
    if ((stat.valid & ZIP_STAT_SIZE) && stat.size > XLSX_ZIP_PART_MAX) {
        refusal_set(fault, CONSTAT_XLSX_DEMESURE, name);
        return NULL;
    }
    zip_file_t *file = zip_fopen_index(zip->zip, (zip_uint64_t)index, 0);
    if (file == NULL) {
        refusal_set(fault, CONSTAT_XLSX_ABIME, name);
        return NULL;
    }
    XlsxPart *part = g_new0(XlsxPart, 1);
    part->zip = zip;
    part->file = file;
    part->name = g_strdup(name);
    part->packed = (stat.valid & ZIP_STAT_COMP_SIZE) ? (int64_t)stat.comp_size : 0;
    return part;
}

void xlsx_zip_part_close(XlsxPart *part)
{
    if (part == NULL)
        return;
    zip_fclose(part->file);
    g_free(part->name);
    g_free(part);
}

gssize xlsx_zip_read(XlsxPart *part, char *buffer, size_t size, Refusal *fault)
{
    zip_int64_t n = zip_fread(part->file, buffer, size);
    if (n < 0) {
        refusal_set(fault, CONSTAT_XLSX_ABIME, part->name);
        return -1;
    }
    part->inflated += n;
    part->zip->inflated += n;
    return fits(part, fault) ? (gssize)n : -1;
}
