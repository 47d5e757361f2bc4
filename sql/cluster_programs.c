/* Finding PostgreSQL's programs: see cluster_programs.h. */
#include "sql/cluster_programs.h"

#include "config/fault.h"

#include <stdbool.h>
#include <stdint.h>

static bool has_programs(const char *bin)
{
    static const char *const programs[] = {"postgres", "initdb", "pg_ctl", "pg_isready"};
    for (size_t i = 0; i < G_N_ELEMENTS(programs); i++) {
        g_autofree char *path = g_build_filename(bin, programs[i], NULL);
        if (!g_file_test(path, G_FILE_TEST_IS_EXECUTABLE))
            return false;
    }
    return true;
}

static char *bin_of_pg_config(void)
{
    g_autofree char *program = g_find_program_in_path("pg_config");
    g_autofree char *output = NULL;
    int status = 0;
    if (program == NULL)
        return NULL;
    const char *arguments[] = {program, "--bindir", NULL};
    if (!g_spawn_sync("/", (char **)(uintptr_t)arguments, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL,
                      &status, NULL) ||
        status != 0)
        return NULL;
    g_strchomp(output);
    return has_programs(output) ? g_steal_pointer(&output) : NULL;
}

/* Debian keeps each version apart: /usr/lib/postgresql/15/bin. version 0: the newest. */
static char *bin_of_debian(int version)
{
    static const char root[] = "/usr/lib/postgresql";
    g_autoptr(GDir) dir = g_dir_open(root, 0, NULL);
    int best = 0;
    for (const char *name; dir != NULL && (name = g_dir_read_name(dir)) != NULL;) {
        int found = (int)g_ascii_strtoll(name, NULL, 10);
        g_autofree char *bin = g_build_filename(root, name, "bin", NULL);
        if (found > best && (version == 0 || found == version) && has_programs(bin))
            best = found;
    }
    return best == 0 ? NULL : g_strdup_printf("%s/%d/bin", root, best);
}

char *cluster_programs_find(const char *data, GError **error)
{
    g_autofree char *path = g_build_filename(data, "PG_VERSION", NULL);
    g_autofree char *version = NULL;
    char *bin = NULL;
    if (g_file_get_contents(path, &version, NULL, NULL))
        bin = bin_of_debian((int)g_ascii_strtoll(version, NULL, 10));
    if (bin == NULL)
        bin = bin_of_pg_config();
    if (bin == NULL)
        bin = bin_of_debian(0);
    if (bin == NULL)
        g_set_error(error, FAULT, FAULT_DATABASE,
                    "no PostgreSQL server installed: neither 'pg_config --bindir' nor /usr/lib/postgresql has one; "
                    "install the package 'postgresql', or name a server in the settings ('connexion' of [base])");
    return bin;
}
