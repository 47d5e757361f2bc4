/* Clearing up after a killed server: see cluster_debris.h. */
#include "sql/cluster_debris.h"

#include <errno.h>
#include <glib.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* A process that works in data: every process of a server does, from its first moment. */
static bool works_in(const char *pid, const char *data)
{
    g_autofree char *link = g_strdup_printf("/proc/%s/cwd", pid);
    g_autofree char *folder = g_file_read_link(link, NULL);
    return folder != NULL && strcmp(folder, data) == 0;
}

pid_t cluster_debris_postmaster(const char *data)
{
    g_autofree char *path = g_build_filename(data, "postmaster.pid", NULL);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return 0;
    text[strcspn(text, "\n")] = '\0';
    gint64 pid = g_ascii_strtoll(text, NULL, 10);
    if (pid <= 1)
        return 0;
    g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, pid);
    return works_in(number, data) ? (pid_t)pid : 0;
}

static bool is_postgres(const char *pid)
{
    g_autofree char *path = g_strdup_printf("/proc/%s/comm", pid);
    g_autofree char *name = NULL;
    return g_file_get_contents(path, &name, NULL, NULL) && strcmp(g_strchomp(name), "postgres") == 0;
}

void cluster_debris_clear(const char *data, const char *socket_folder)
{
    if (cluster_debris_postmaster(data) != 0)
        return;
    g_autoptr(GDir) processes = g_dir_open("/proc", 0, NULL);
    bool left = false;
    for (const char *name; processes != NULL && (name = g_dir_read_name(processes)) != NULL;) {
        if (!g_ascii_isdigit(*name) || !works_in(name, data) || !is_postgres(name))
            continue;
        left = true;
        kill((pid_t)g_ascii_strtoll(name, NULL, 10), SIGQUIT);
    }
    if (left || processes == NULL)
        return;
    g_autofree char *pid_file = g_build_filename(data, "postmaster.pid", NULL);
    g_autofree char *socket_file = g_build_filename(socket_folder, ".s.PGSQL.5432.lock", NULL);
    unlink(pid_file);
    unlink(socket_file);
}
