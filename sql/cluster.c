/* The embedded PostgreSQL: see cluster.h.
 *
 * A folder holds: data (the cluster; made as data.tmp, renamed when whole), lock, pg_ctl.log, postgres.log, and the
 * server's socket unless the folder's name is too long for one. `pg_ctl status` believes the pid file, which outlives
 * every kill -9; so the truth is asked of pg_isready, and a start that fails first clears away what is dead. */
#include "sql/cluster.h"

#include "config/aside.h"
#include "config/fault.h"
#include "config/log.h"
#include "sql/account.h"
#include "sql/cluster_debris.h"
#include "sql/cluster_programs.h"
#include "texts.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* A socket's path has at most 107 bytes, "/.s.PGSQL.5432" takes 14. */
#define SOCKET_FOLDER_MAX 93

#define PAUSE (200 * G_TIME_SPAN_MILLISECOND)
#define LOCK_PATIENCE (180 * G_TIME_SPAN_SECOND)     /* another process makes or starts the cluster */
#define START_PATIENCE (60 * G_TIME_SPAN_SECOND)     /* a server that does not come up at all */
#define RECOVERY_PATIENCE (900 * G_TIME_SPAN_SECOND) /* a server that replays its journal after a crash */

typedef struct {
    char *dossier; /* real path */
    char *data, *fresh, *lock, *pg_ctl_log, *server_log;
    char *socket; /* folder */
    Account *account;
    char *bin; /* folder of initdb, pg_ctl, ... */
    int lock_fd;
} Cluster;

static void cluster_free(Cluster *cluster)
{
    if (cluster == NULL)
        return;
    if (cluster->lock_fd >= 0)
        close(cluster->lock_fd);
    char *texts[] = {cluster->dossier,    cluster->data,       cluster->fresh,  cluster->lock,
                     cluster->pg_ctl_log, cluster->server_log, cluster->socket, cluster->bin};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
    account_free(cluster->account);
    g_free(cluster);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Cluster, cluster_free)

/* ---- the folder and its account ---- */

static bool is_empty(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    return dir != NULL && g_dir_read_name(dir) == NULL;
}

/* Root never runs a server: a folder of root's, new or empty, is given to `postgres`; another's stays with its owner.
 * Several processes may be doing the same at this moment. */
static Account *choose_account(const char *dossier, GError **error)
{
    struct stat at;
    g_autofree char *data = g_build_filename(dossier, "data", NULL);
    if (lstat(data, &at) != 0 && stat(dossier, &at) != 0) {
        g_set_error(error, FAULT, FAULT_DATABASE, "unreadable folder '%s' of the embedded database: %s", dossier,
                    g_strerror(errno));
        return NULL;
    }
    if (geteuid() != 0 && at.st_uid != geteuid()) {
        g_autoptr(Account) owner = account_of_uid(at.st_uid, NULL);
        g_set_error(error, FAULT, FAULT_DATABASE,
                    "folder '%s' of the embedded database belongs to '%s': run prisme as that account or as root, or "
                    "name another folder (PRISME_DATA)",
                    dossier, owner != NULL ? owner->name : "another");
        return NULL;
    }
    if (at.st_uid != 0)
        return account_of_uid(at.st_uid, error);
    g_autoptr(Account) account = account_of_name("postgres", error);
    if (account == NULL)
        return NULL;
    bool empty = is_empty(dossier);
    if (!empty && stat(dossier, &at) == 0 && at.st_uid == account->uid)
        return g_steal_pointer(&account); /* just done by another process */
    if (!empty) {
        g_set_error(error, FAULT, FAULT_DATABASE,
                    "folder '%s' belongs to root and is not empty: the embedded database runs as account 'postgres'; "
                    "name a new or empty folder (PRISME_DATA), or 'chown -R postgres:' this one",
                    dossier);
        return NULL;
    }
    if (chown(dossier, account->uid, account->gid) != 0 || chmod(dossier, 0700) != 0) {
        g_set_error(error, FAULT, FAULT_DATABASE, "could not give folder '%s' to account 'postgres': %s", dossier,
                    g_strerror(errno));
        return NULL;
    }
    return g_steal_pointer(&account);
}

static bool usable(const char *folder, int mode)
{
    return faccessat(AT_FDCWD, folder, mode, AT_EACCESS) == 0;
}

/* Under the account's rights. The first folder on the way that stops it is named. */
static bool check_passable(const Cluster *cluster, GError **error)
{
    if (usable(cluster->dossier, R_OK | W_OK | X_OK))
        return true;
    for (char *end = strchr(cluster->dossier + 1, '/'); end != NULL; end = strchr(end + 1, '/')) {
        g_autofree char *parent = g_strndup(cluster->dossier, (gsize)(end - cluster->dossier));
        if (!usable(parent, X_OK)) {
            g_set_error(error, FAULT, FAULT_DATABASE,
                        "folder '%s' is closed to account '%s', which runs the embedded database in '%s': "
                        "'chmod o+x %s', or name another folder (PRISME_DATA)",
                        parent, cluster->account->name, cluster->dossier, parent);
            return false;
        }
    }
    g_set_error(error, FAULT, FAULT_DATABASE, "folder '%s' of the embedded database is closed to account '%s'",
                cluster->dossier, cluster->account->name);
    return false;
}

/* libpq takes a comma for the next host, the server's options pass through a shell. */
static bool can_hold_socket(const char *folder)
{
    return strlen(folder) <= SOCKET_FOLDER_MAX &&
           strspn(folder, "/-_.+" G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS) == strlen(folder);
}

/* The socket's folder: the cluster's, or where its name will not do one in /tmp named after it. Never one that depends
 * on the environment: a login and cron must find the same. Under the account's rights. */
static bool make_socket_folder(Cluster *cluster, GError **error)
{
    if (can_hold_socket(cluster->dossier)) {
        cluster->socket = g_strdup(cluster->dossier);
        return true;
    }
    g_autofree char *sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, cluster->dossier, -1);
    cluster->socket = g_strdup_printf("/tmp/prisme-%.16s", sha256);
    struct stat at;
    if ((mkdir(cluster->socket, 0700) == 0 || errno == EEXIST) && lstat(cluster->socket, &at) == 0 &&
        S_ISDIR(at.st_mode) && at.st_uid == cluster->account->uid && (at.st_mode & 077) == 0)
        return true;
    g_set_error(error, FAULT, FAULT_DATABASE,
                "could not make folder '%s' for the socket of the embedded database: it must be a folder of account "
                "'%s' with mode 700",
                cluster->socket, cluster->account->name);
    return false;
}

/* ---- PostgreSQL's programs ---- */

/* Runs bin/program as the cluster's account; arguments after it, NULL-ended. */
static bool run(const Cluster *cluster, const char *program, const char *const *arguments, const char *stdin_path,
                int keep_fd, int *status, GError **error)
{
    g_autofree char *path = g_build_filename(cluster->bin, program, NULL);
    g_autoptr(GPtrArray) argv = g_ptr_array_new();
    g_ptr_array_add(argv, path);
    for (; *arguments != NULL; arguments++)
        g_ptr_array_add(argv, (gpointer)(uintptr_t)*arguments);
    g_ptr_array_add(argv, NULL);
    return account_run(cluster->account, (const char *const *)argv->pdata, NULL, stdin_path, cluster->pg_ctl_log,
                       keep_fd, status, error);
}

/* The last lines of a log, in one. */
static char *tail(const char *path)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return g_strdup("");
    g_auto(GStrv) lines = g_strsplit(g_strchomp(text), "\n", -1);
    guint n = g_strv_length(lines);
    return g_strjoinv(" | ", lines + (n > 4 ? n - 4 : 0));
}

/* ---- one process at a time ---- */

static bool take_lock(Cluster *cluster, GError **error)
{
    /* Closed on exec: a server that inherited it would hold it for ever. */
    cluster->lock_fd = open(cluster->lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (cluster->lock_fd < 0) {
        g_set_error(error, FAULT, FAULT_DATABASE, "could not open '%s': %s", cluster->lock, g_strerror(errno));
        return false;
    }
    for (gint64 end = g_get_monotonic_time() + LOCK_PATIENCE; g_get_monotonic_time() < end; g_usleep(PAUSE))
        if (flock(cluster->lock_fd, LOCK_EX | LOCK_NB) == 0)
            return true;
    g_set_error(error, FAULT, FAULT_DATABASE, "another process still starts the embedded database in '%s' (lock '%s')",
                cluster->dossier, cluster->lock);
    return false;
}

/* ---- making ---- */

static bool write_file(const char *path, const char *text, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (g_file_set_contents(path, text, -1, &cause))
        return true;
    g_set_error(error, FAULT, FAULT_DATABASE, "could not write '%s': %s", path, cause->message);
    return false;
}

/* Only the account and root come in, both as the one role. */
static bool write_access_rules(const Cluster *cluster, GError **error)
{
    g_autofree char *hba = g_build_filename(cluster->fresh, "pg_hba.conf", NULL);
    g_autofree char *ident = g_build_filename(cluster->fresh, "pg_ident.conf", NULL);
    g_autofree char *names =
        g_strdup_printf("prisme %s " CLUSTER_ROLE "\nprisme root " CLUSTER_ROLE "\n", cluster->account->name);
    return write_file(hba, "local all all peer map=prisme\n", error) && write_file(ident, names, error);
}

static bool test_without_fsync(void)
{
    return g_strcmp0(g_getenv("PRISME_TEST_NO_FSYNC"), "1") == 0;
}

static bool make_steps(const Cluster *cluster, int *status, GError **error)
{
    const char *const clear[] = {"/bin/rm", "-rf", "--", cluster->fresh, NULL};
    const char *const initdb[] = {"-U",
                                  CLUSTER_ROLE,
                                  "--auth-local=peer",
                                  "--auth-host=reject",
                                  "-E",
                                  "UTF8",
                                  "--locale=C.UTF-8",
                                  "--data-checksums",
                                  "-D",
                                  cluster->fresh,
                                  test_without_fsync() ? "--no-sync" : NULL,
                                  NULL};
    const char *const single[] = {"--single", "-D", cluster->fresh, "postgres", NULL};
    g_autofree char *base = g_build_filename(cluster->dossier, "base.sql", NULL);
    if (!account_run(cluster->account, clear, NULL, NULL, NULL, -1, status, error) ||
        !run(cluster, "initdb", initdb, NULL, cluster->lock_fd, status, error))
        return false;
    if (*status != 0)
        return true;
    if (!write_file(base, text_query_cluster_base, error) || !write_access_rules(cluster, error))
        return false;
    bool ok = run(cluster, "postgres", single, base, cluster->lock_fd, status, error);
    unlink(base);
    return ok;
}

/* A half-made data.tmp is a killed predecessor's. initdb holds the lock too, so that it cannot outlive its prisme and
 * write beside the next one. */
static bool make(const Cluster *cluster, GError **error)
{
    int status = 0;
    log_info("database: making the embedded cluster in '%s'", cluster->dossier);
    if (!make_steps(cluster, &status, error))
        return false;
    if (status != 0) {
        g_autofree char *last = tail(cluster->pg_ctl_log);
        g_set_error(error, FAULT, FAULT_DATABASE, "could not make the embedded database in '%s': %s", cluster->dossier,
                    last);
        return false;
    }
    if (rename(cluster->fresh, cluster->data) != 0) {
        g_set_error(error, FAULT, FAULT_DATABASE, "could not rename '%s' to '%s': %s", cluster->fresh, cluster->data,
                    g_strerror(errno));
        return false;
    }
    aside_sync(cluster->dossier);
    return true;
}

/* ---- starting ---- */

/* pg_isready's exit status: whether the server answers. */
enum { READY = 0, REJECTING = 1 /* it starts, recovers or stops */, SILENT = 2 };

static int ask(const Cluster *cluster, GError **error)
{
    const char *const arguments[] = {"-q",         "-h", cluster->socket, "-p", CLUSTER_PORT, "-U",
                                     CLUSTER_ROLE, "-d", CLUSTER_BASE,    "-t", "5",          NULL};
    int status = SILENT;
    return run(cluster, "pg_isready", arguments, NULL, -1, &status, error) ? status : -1;
}

/* The server's settings travel on its command line, so that a folder that was moved or restored works as it is. pg_ctl
 * gives -D and -l to a shell without care for their quotes and dollars: PGDATA and stdout do the same. */
static bool launch(const Cluster *cluster, int *status, GError **error)
{
    g_autofree char *options =
        g_strdup_printf("-c unix_socket_directories=%s -c unix_socket_permissions=0700 -c listen_addresses= "
                        "-c port=" CLUSTER_PORT " -c log_checkpoints=off -c client_connection_check_interval=2s%s",
                        cluster->socket, test_without_fsync() ? " -c fsync=off" : "");
    g_autofree char *variable = g_strdup_printf("PGDATA=%s", cluster->data);
    g_autofree char *pg_ctl = g_build_filename(cluster->bin, "pg_ctl", NULL);
    const char *const arguments[] = {pg_ctl, "start", "-w", "-t", "60", "-s", "-o", options, NULL};
    return account_run(cluster->account, arguments, variable, NULL, cluster->server_log, -1, status, error);
}

/* A postmaster whose socket was deleted (a cleaner of /tmp, a moved folder) can be reached by nobody. */
static void end_unreachable(const Cluster *cluster)
{
    g_autofree char *socket = g_build_filename(cluster->socket, ".s.PGSQL." CLUSTER_PORT, NULL);
    pid_t postmaster = cluster_debris_postmaster(cluster->data);
    if (postmaster != 0 && !g_file_test(socket, G_FILE_TEST_EXISTS))
        kill(postmaster, SIGINT); /* fast shutdown */
}

static bool start(const Cluster *cluster, GError **error)
{
    const gint64 begin = g_get_monotonic_time();
    for (int tries = 0;; tries++) {
        int state = ask(cluster, error);
        if (state < 0)
            return false;
        if (state == READY)
            return true;
        if (g_get_monotonic_time() - begin > (state == REJECTING ? RECOVERY_PATIENCE : START_PATIENCE))
            break;
        int status = 0;
        if (state != REJECTING && !launch(cluster, &status, error))
            return false;
        if (state != REJECTING && status == 0)
            continue;
        if (state != REJECTING)
            cluster_debris_clear(cluster->data, cluster->socket);
        if (tries % 5 == 4)
            end_unreachable(cluster);
        g_usleep(PAUSE);
    }
    g_autofree char *last = tail(cluster->server_log);
    g_set_error(error, FAULT, FAULT_DATABASE, "could not start the embedded database in '%s': %s", cluster->dossier,
                last);
    return false;
}

/* ---- the two calls ---- */

/* Under the account's rights. */
static bool ensure(Cluster *cluster, GError **error)
{
    bool made = g_file_test(cluster->data, G_FILE_TEST_IS_DIR);
    int state = made ? ask(cluster, error) : SILENT;
    if (state < 0 || state == READY)
        return state == READY;
    if (!take_lock(cluster, error))
        return false;
    if (!g_file_test(cluster->data, G_FILE_TEST_IS_DIR) && !make(cluster, error))
        return false;
    return start(cluster, error);
}

static bool stop_server(const Cluster *cluster, GError **error)
{
    const char *const arguments[] = {"stop", "-D", cluster->data, "-m", "fast", "-w", "-t", "60", "-s", NULL};
    int status = 0;
    if (cluster_debris_postmaster(cluster->data) == 0) {
        cluster_debris_clear(cluster->data, cluster->socket);
        return true;
    }
    if (!run(cluster, "pg_ctl", arguments, NULL, -1, &status, error))
        return false;
    if (status == 0 || cluster_debris_postmaster(cluster->data) == 0)
        return true;
    g_autofree char *last = tail(cluster->pg_ctl_log);
    g_set_error(error, FAULT, FAULT_DATABASE, "could not stop the embedded database in '%s': %s", cluster->dossier,
                last);
    return false;
}

/* Under the account's rights. */
static bool stop(Cluster *cluster, GError **error)
{
    if (g_file_test(cluster->data, G_FILE_TEST_IS_DIR) && !(take_lock(cluster, error) && stop_server(cluster, error)))
        return false;
    if (strcmp(cluster->socket, cluster->dossier) != 0)
        rmdir(cluster->socket);
    return true;
}

static Cluster *cluster_of(const char *dossier, GError **error)
{
    g_autoptr(Cluster) cluster = g_new0(Cluster, 1);
    cluster->lock_fd = -1;
    g_autofree char *real = realpath(dossier, NULL);
    if (real == NULL) {
        g_set_error(error, FAULT, FAULT_DATABASE, "unreachable folder '%s' of the embedded database: %s", dossier,
                    g_strerror(errno));
        return NULL;
    }
    cluster->dossier = g_strdup(real);
    cluster->account = choose_account(real, error);
    if (cluster->account == NULL)
        return NULL;
    const struct {
        char **path;
        const char *name;
    } names[] = {{&cluster->data, "data"},
                 {&cluster->fresh, "data.tmp"},
                 {&cluster->lock, "lock"},
                 {&cluster->pg_ctl_log, "pg_ctl.log"},
                 {&cluster->server_log, "postgres.log"}};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        *names[i].path = g_build_filename(real, names[i].name, NULL);
    return g_steal_pointer(&cluster);
}

/* Opens the folder's cluster and does `action` with the rights of its account. */
static Cluster *with_account(const char *dossier, bool (*action)(Cluster *, GError **), GError **error)
{
    g_autoptr(Cluster) cluster = cluster_of(dossier, error);
    AccountCaller *caller = cluster != NULL ? account_take(cluster->account, error) : NULL;
    if (caller == NULL)
        return NULL;
    bool ok = check_passable(cluster, error) && make_socket_folder(cluster, error) &&
              (cluster->bin = cluster_programs_find(cluster->data, error)) != NULL && action(cluster, error);
    account_restore(caller);
    return ok ? g_steal_pointer(&cluster) : NULL;
}

/* The folder itself is its account's alone; folders on the way to it are ordinary ones. */
static bool make_folder(const char *dossier, GError **error)
{
    g_autofree char *parent = g_path_get_dirname(dossier);
    if (g_mkdir_with_parents(parent, 0755) == 0 && (mkdir(dossier, 0700) == 0 || errno == EEXIST))
        return true;
    g_set_error(error, FAULT, FAULT_DATABASE, "could not make folder '%s' of the embedded database: %s", dossier,
                g_strerror(errno));
    return false;
}

char *cluster_start(const char *dossier, GError **error)
{
    g_autofree char *absolute = g_canonicalize_filename(dossier, NULL);
    if (!make_folder(absolute, error))
        return NULL;
    g_autoptr(Cluster) cluster = with_account(absolute, ensure, error);
    return cluster != NULL ? g_steal_pointer(&cluster->socket) : NULL;
}

bool cluster_stop(const char *dossier, GError **error)
{
    if (!g_file_test(dossier, G_FILE_TEST_EXISTS))
        return true;
    g_autoptr(Cluster) cluster = with_account(dossier, stop, error);
    return cluster != NULL;
}
