/* Standard output, caught in a file: see printed.h. */
#include "tests/lib/printed.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

char *printed(PrintedBy print, Db *db, const void *data, GError **error)
{
    g_autofree char *path = NULL;
    int file = g_file_open_tmp("prisme-printed-XXXXXX", &path, NULL), before = dup(STDOUT_FILENO);
    fflush(stdout);
    g_assert_cmpint(dup2(file, STDOUT_FILENO), ==, STDOUT_FILENO);
    bool ok = print(db, data, error);
    fflush(stdout);
    g_assert_cmpint(dup2(before, STDOUT_FILENO), ==, STDOUT_FILENO);
    close(file);
    close(before);
    char *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_unlink(path);
    if (!ok)
        g_clear_pointer(&text, g_free);
    return text;
}
