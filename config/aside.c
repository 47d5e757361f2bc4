/* Files put in their place once whole: see aside.h. */
#include "config/aside.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

char *aside_name(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path), *name = g_path_get_basename(path);
    char *aside = g_strdup_printf("%s/.%s.tmp", folder, name);
    g_unlink(aside);
    return aside;
}

bool aside_sync(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool fine = fsync(fd) == 0;
    int cause = errno;
    close(fd);
    errno = cause;
    return fine;
}

bool aside_place(const char *aside, const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    return g_rename(aside, path) == 0 && aside_sync(folder);
}
