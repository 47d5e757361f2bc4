/* Folders of tests: see scratch.h. */
#include "tests/lib/scratch.h"

#include <glib.h>
#include <glib/gstdio.h>

char *scratch_new(void)
{
    char *folder = g_dir_make_tmp("prisme-test-XXXXXX", NULL);
    g_assert_nonnull(folder);
    return folder;
}

void scratch_remove(char *folder)
{
    if (folder == NULL)
        return;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir != NULL && (name = g_dir_read_name(dir)) != NULL;) {
        char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK))
            scratch_remove(path);
        else {
            g_remove(path);
            g_free(path);
        }
    }
    g_rmdir(folder);
    g_free(folder);
}
