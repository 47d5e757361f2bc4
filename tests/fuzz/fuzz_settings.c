/* Fuzz target: any bytes as a settings file. It is read, or refused with a message; it never breaks. */
#include "config/fault.h"
#include "config/settings.h"

#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static char path[64];
    if (*path == '\0')
        g_snprintf(path, sizeof path, "/tmp/prisme-fuzz-%d.conf", getpid());
    g_autoptr(GError) error = NULL;
    g_assert_true(g_file_set_contents_full(path, (const char *)bytes, (gssize)n, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    g_autoptr(Settings) settings = settings_load(path, &error);
    g_assert_true((settings == NULL) == (error != NULL));
    g_assert_true(error == NULL || g_error_matches(error, FAULT, FAULT_SETTINGS));
    unlink(path);
    return 0;
}
