/* The embedded PostgreSQL: it is made, started and found again whatever happened to it before. */
#include "config/fault.h"
#include "sql/cluster.h"
#include "sql/cluster_debris.h"
#include "sql/db_query.h"
#include "tests/lib/testdb.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static Db *open_at(const char *folder, GError **error)
{
    static char nothing[] = "";
    Settings settings = {.connexion = nothing, .dossier = (char *)(uintptr_t)folder};
    return db_open(&settings, error);
}

static void assert_works(const char *folder)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = open_at(folder, &error);
    g_assert_no_error(error);
    g_assert_cmpint(testdb_number(db, "select 1::bigint"), ==, 1);
}

/* One committed campaign more; how many there are now. */
static int64_t commit_one(const char *folder)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = open_at(folder, &error);
    g_assert_no_error(error);
    testdb_execute(db, "insert into prisme.campagne (code) select 'C' || count(*) from prisme.campagne");
    return testdb_number(db, "select count(*) from prisme.campagne");
}

/* The cluster that tests share which leave it in order. */
static const char *shared(void)
{
    return testdb_settings()->dossier;
}

static char *data_of(const char *folder)
{
    return g_build_filename(folder, "data", NULL);
}

static pid_t postmaster_of(const char *folder)
{
    g_autofree char *data = data_of(folder);
    return cluster_debris_postmaster(data);
}

static int kill_all(const char *folder)
{
    g_autofree char *data = data_of(folder);
    g_autoptr(GDir) processes = g_dir_open("/proc", 0, NULL);
    int n = 0;
    for (const char *name; (name = g_dir_read_name(processes)) != NULL;) {
        g_autofree char *link = g_strdup_printf("/proc/%s/cwd", name);
        g_autofree char *cwd = g_ascii_isdigit(*name) ? g_file_read_link(link, NULL) : NULL;
        if (g_strcmp0(cwd, data) == 0 && kill((pid_t)atoi(name), SIGKILL) == 0)
            n++;
    }
    return n;
}

/* Runs f in a process of its own, which does not outlive this one; its pid. */
static pid_t fork_call(void (*f)(const void *), const void *data)
{
    pid_t pid = fork();
    g_assert_cmpint(pid, >=, 0);
    if (pid != 0)
        return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    f(data);
    _exit(0);
}

static int wait_for(pid_t pid)
{
    int status;
    g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/* In a child: exit 0 if the database opens, its fault's code and the message on stderr otherwise. */
static void child_open(const void *folder)
{
    g_autoptr(GError) error = NULL;
    Db *db = open_at(folder, &error);
    if (db == NULL) {
        g_printerr("%s\n", error->message);
        _exit(error->code);
    }
    _exit(0);
}

/* ---- making, starting, stopping ---- */

static void test_new(void)
{
    g_autofree char *parent = testdb_folder();
    g_autofree char *folder = g_build_filename(parent, "a", "b", NULL);
    g_assert_cmpint(g_chmod(parent, 0755), ==, 0);
    g_unsetenv("PRISME_TEST_NO_FSYNC");
    assert_works(folder);
    g_autoptr(Db) db = open_at(folder, NULL);
    static const char *const settings[][2] = {{"listen_addresses", ""},
                                              {"fsync", "on"},
                                              {"data_checksums", "on"},
                                              {"server_encoding", "UTF8"},
                                              {"full_page_writes", "on"}};
    for (size_t i = 0; i < G_N_ELEMENTS(settings); i++) {
        g_autoptr(DbRows) rows =
            db_query(db, "test", "select current_setting($1)", DB_VALUES(db_text(settings[i][0])), NULL);
        g_assert_cmpstr(db_rows_text(rows, 0, 0), ==, settings[i][1]);
    }
    struct stat at;
    g_assert_cmpint(stat(folder, &at), ==, 0);
    g_assert_cmpint(at.st_mode & 0777, ==, 0700);
    g_assert_cmpint((int)at.st_uid, !=, 0);
    g_assert_true(cluster_stop(folder, NULL)); /* its parent is the one testdb watches */
    g_setenv("PRISME_TEST_NO_FSYNC", "1", TRUE);
}

static void test_stop(void)
{
    g_autofree char *empty = testdb_folder();
    const char *folder = shared();
    g_autoptr(GError) error = NULL;
    g_assert_true(cluster_stop("/nonexistent/prisme", &error));
    g_assert_true(cluster_stop(empty, &error));
    int64_t before = commit_one(folder);
    g_assert_cmpint(postmaster_of(folder), >, 1);
    g_assert_true(cluster_stop(folder, &error));
    g_assert_cmpint(postmaster_of(folder), ==, 0);
    g_assert_true(cluster_stop(folder, &error));
    g_assert_no_error(error);
    g_assert_cmpint(commit_one(folder), ==, before + 1);
}

static void test_stop_cuts_clients(void)
{
    const char *folder = shared();
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = open_at(folder, &error);
    g_assert_true(cluster_stop(folder, &error));
    g_assert_no_error(error);
    g_assert_false(db_begin(db, &error));
    g_assert_error(error, FAULT, FAULT_DATABASE);
}

static void test_same_server(void)
{
    const char *folder = shared();
    assert_works(folder);
    pid_t first = postmaster_of(folder);
    assert_works(folder);
    g_assert_cmpint(postmaster_of(folder), ==, first);
}

static void test_lock_is_free(void)
{
    const char *folder = shared();
    g_autofree char *path = g_build_filename(folder, "lock", NULL);
    assert_works(folder);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    g_assert_cmpint(fd, >=, 0);
    g_assert_cmpint(flock(fd, LOCK_EX | LOCK_NB), ==, 0); /* a server that inherited it would hold it for ever */
    close(fd);
}

static void test_five_at_once(void)
{
    for (int round = 0; round < 2; round++) {
        g_autofree char *folder = testdb_folder();
        pid_t children[5];
        for (size_t i = 0; i < G_N_ELEMENTS(children); i++)
            children[i] = fork_call(child_open, folder);
        for (size_t i = 0; i < G_N_ELEMENTS(children); i++)
            g_assert_cmpint(wait_for(children[i]), ==, 0);
        g_assert_cmpint(kill_all(folder), >, 0);
        for (size_t i = 0; i < G_N_ELEMENTS(children); i++) /* and after a crash */
            children[i] = fork_call(child_open, folder);
        for (size_t i = 0; i < G_N_ELEMENTS(children); i++)
            g_assert_cmpint(wait_for(children[i]), ==, 0);
    }
}

/* ---- crashes ---- */

static void test_kill_postmaster(void)
{
    const char *folder = shared();
    int64_t before = commit_one(folder);
    for (int64_t i = 1; i <= 5; i++) {
        g_assert_cmpint(commit_one(folder), ==, before + i);
        g_assert_cmpint(kill(postmaster_of(folder), SIGKILL), ==, 0);
    }
    g_assert_cmpint(commit_one(folder), ==, before + 6);
}

static void test_kill_all(void)
{
    const char *folder = shared();
    int64_t before = commit_one(folder);
    for (int64_t i = 1; i <= 3; i++) {
        g_assert_cmpint(commit_one(folder), ==, before + i);
        g_assert_cmpint(kill_all(folder), >, 0);
    }
    g_assert_cmpint(commit_one(folder), ==, before + 4);
}

static void child_spin(const void *folder)
{
    g_autoptr(Db) db = open_at(folder, NULL);
    db_script(db, "test", "select count(*) from generate_series(1, 1000000) a, generate_series(1, 1000000) b", NULL);
}

/* A backend that computes does not notice that its postmaster died, and blocks every start while it lives. */
static void test_orphan(void)
{
    const char *folder = shared();
    int64_t before = commit_one(folder);
    pid_t spinning = fork_call(child_spin, folder);
    g_autoptr(Db) db = open_at(folder, NULL);
    while (testdb_number(db, "select count(*) from pg_stat_activity where query like '%generate_series%' "
                             "and pid <> pg_backend_pid() and state = 'active'") == 0)
        g_usleep(20000);
    g_assert_cmpint(kill(postmaster_of(folder), SIGKILL), ==, 0);
    g_assert_cmpint(commit_one(folder), ==, before + 1);
    wait_for(spinning);
}

static void child_wait(const void *account)
{
    if (geteuid() == 0 && setuid(*(const uid_t *)account) != 0)
        _exit(99);
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* setuid() took it back */
    for (;;)
        pause();
}

/* The pid file of a dead server names a process that lives: of the same account, then of another. */
static void test_stale_pid_file(void)
{
    const char *folder = shared();
    g_autofree char *pid_file = g_build_filename(folder, "data", "postmaster.pid", NULL);
    int64_t before = commit_one(folder);
    struct stat at;
    g_assert_cmpint(stat(pid_file, &at), ==, 0);
    for (int i = 0; i < 2; i++) {
        const uid_t foreign = 0, *const account = i == 0 && geteuid() == 0 ? &at.st_uid : &foreign;
        pid_t other = fork_call(child_wait, account);
        g_autofree char *text = NULL;
        gsize length;
        g_assert_true(g_file_get_contents(pid_file, &text, &length, NULL));
        g_assert_cmpint(kill_all(folder), >, 0);
        g_autofree char *stale = g_strdup_printf("%d%s", (int)other, strchr(text, '\n'));
        g_assert_true(g_file_set_contents(pid_file, stale, -1, NULL));
        g_assert_cmpint(chown(pid_file, at.st_uid, at.st_gid), ==, 0);
        g_assert_cmpint(commit_one(folder), ==, before + 1 + i);
        g_assert_cmpint(kill(other, SIGKILL), ==, 0); /* it was left in peace */
        g_assert_cmpint(wait_for(other), ==, -SIGKILL);
    }
}

static void test_lost_socket(void)
{
    const char *folder = shared();
    g_autofree char *socket = g_build_filename(folder, ".s.PGSQL.5432", NULL);
    int64_t before = commit_one(folder);
    g_assert_cmpint(unlink(socket), ==, 0);
    g_assert_cmpint(commit_one(folder), ==, before + 1);
}

static void test_half_made(void)
{
    g_autofree char *folder = testdb_folder();
    g_autofree char *fresh = g_build_filename(folder, "data.tmp", NULL);
    g_autofree char *file = g_build_filename(fresh, "PG_VERSION", NULL);
    if (geteuid() == 0) {
        const struct passwd *postgres = getpwnam("postgres");
        g_assert_cmpint(chown(folder, postgres->pw_uid, postgres->pw_gid), ==, 0);
    }
    g_assert_cmpint(g_mkdir(fresh, 0777), ==, 0);
    g_assert_cmpint(g_chmod(fresh, 0777), ==, 0);
    g_assert_true(g_file_set_contents(file, "15\n", -1, NULL));
    g_assert_cmpint(commit_one(folder), ==, 1);
    g_assert_false(g_file_test(fresh, G_FILE_TEST_EXISTS));
}

/* prisme itself is killed while it makes the cluster; the next one finds it made or makes it again. */
static void test_killed_while_making(void)
{
    static const guint delays[] = {20, 200, 400, 700, 1100}; /* milliseconds */
    for (size_t i = 0; i < G_N_ELEMENTS(delays); i++) {
        g_autofree char *folder = testdb_folder();
        pid_t child = fork_call(child_open, folder);
        g_usleep(delays[i] * 1000);
        kill(child, SIGKILL);
        wait_for(child);
        g_assert_cmpint(commit_one(folder), ==, 1);
        g_assert_true(cluster_stop(folder, NULL));
    }
}

/* ---- folders ---- */

static void test_long_path(void)
{
    g_autofree char *parent = testdb_folder();
    g_autofree char *name = g_strnfill(120, 'x');
    g_autofree char *folder = g_build_filename(parent, name, NULL);
    g_autoptr(GError) error = NULL;
    g_assert_cmpint(g_chmod(parent, 0755), ==, 0);
    g_assert_cmpint(commit_one(folder), ==, 1);
    g_autofree char *socket = cluster_start(folder, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(strlen(socket), <=, 93);
    struct stat at;
    g_assert_cmpint(lstat(socket, &at), ==, 0);
    g_assert_true(S_ISDIR(at.st_mode) && (at.st_mode & 0777) == 0700);
    g_assert_true(cluster_stop(folder, NULL));
    g_assert_false(g_file_test(socket, G_FILE_TEST_EXISTS));
    /* the same name taken by something else is refused, not used */
    g_assert_cmpint(symlink(parent, socket), ==, 0);
    g_assert_null(cluster_start(folder, &error));
    g_assert_error(error, FAULT, FAULT_DATABASE);
    g_assert_nonnull(strstr(error->message, socket));
    g_assert_cmpint(unlink(socket), ==, 0);
}

static void test_odd_names(void)
{
    static const char *const names[] = {"with blank", "quote'\"s", "a,b", "été$HOME`id`"};
    g_autofree char *parent = testdb_folder();
    g_assert_cmpint(g_chmod(parent, 0755), ==, 0);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *folder = g_build_filename(parent, names[i], NULL);
        g_assert_cmpint(commit_one(folder), ==, 1);
        g_assert_true(cluster_stop(folder, NULL));
    }
}

static void test_moved(void)
{
    g_autofree char *parent = testdb_folder();
    g_autofree char *before = g_build_filename(parent, "before", NULL),
                    *after = g_build_filename(parent, "after", NULL);
    g_assert_cmpint(g_chmod(parent, 0755), ==, 0);
    g_assert_cmpint(commit_one(before), ==, 1);
    g_assert_true(cluster_stop(before, NULL));
    g_assert_cmpint(g_rename(before, after), ==, 0);
    g_assert_cmpint(commit_one(after), ==, 2);
    g_assert_true(cluster_stop(after, NULL));
}

static void test_environment(void)
{
    static const char *const hostile[][2] = {{"PGPORT", "1"},
                                             {"PGOPTIONS", "-c nonsense=1"},
                                             {"PGSSLMODE", "verify-full"},
                                             {"PGDATA", "/nonexistent"},
                                             {"PGUSER", "somebody"},
                                             {"PGDATABASE", "somewhere"},
                                             {"PGPASSFILE", "/nonexistent"},
                                             {"LC_ALL", "fr_FR.UTF-8"},
                                             {"PGCHANNELBINDING", "require"}};
    const char *folder = shared();
    int64_t before = commit_one(folder);
    g_assert_true(cluster_stop(folder, NULL));
    for (size_t i = 0; i < G_N_ELEMENTS(hostile); i++)
        g_setenv(hostile[i][0], hostile[i][1], TRUE);
    g_assert_cmpint(commit_one(folder), ==, before + 1);
    for (size_t i = 0; i < G_N_ELEMENTS(hostile); i++)
        g_unsetenv(hostile[i][0]);
    g_assert_cmpint(commit_one(folder), ==, before + 2);
}

/* ---- accounts (these need root) ---- */

static bool root_only(void)
{
    if (geteuid() == 0)
        return true;
    g_test_skip("needs root");
    return false;
}

static void assert_refused(const char *folder, const char *words)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(cluster_start(folder, &error));
    g_assert_error(error, FAULT, FAULT_DATABASE);
    if (strstr(error->message, words) == NULL)
        g_error("'%s' does not say '%s'", error->message, words);
}

static void test_closed_parent(void)
{
    if (!root_only())
        return;
    g_autofree char *parent = testdb_folder(); /* mode 700, of root */
    g_autofree char *folder = g_build_filename(parent, "state", NULL);
    g_autofree char *remedy = g_strdup_printf("chmod o+x %s", parent);
    assert_refused(folder, remedy);
    g_assert_cmpint(g_chmod(parent, 0711), ==, 0);
    g_assert_cmpint(commit_one(folder), ==, 1);
    g_assert_true(cluster_stop(folder, NULL));
}

static void test_foreign_folder(void)
{
    if (!root_only())
        return;
    g_autofree char *folder = testdb_folder();
    g_autofree char *file = g_build_filename(folder, "precious", NULL);
    g_assert_true(g_file_set_contents(file, "x", -1, NULL));
    assert_refused(folder, "not empty");
    struct stat at;
    g_assert_cmpint(stat(folder, &at), ==, 0);
    g_assert_cmpint((int)at.st_uid, ==, 0);
}

static void become(const char *name)
{
    const struct passwd *entry = getpwnam(name);
    if (entry == NULL || setgroups(0, NULL) != 0 || setgid(entry->pw_gid) != 0 || setuid(entry->pw_uid) != 0)
        _exit(99);
}

/* As cron runs it: no variable but PATH, no terminal, a folder of its own. */
static void child_ordinary(const void *folder)
{
    become("nobody");
    clearenv();
    g_setenv("PATH", "/usr/bin:/bin", TRUE);
    child_open(folder);
}

static void child_stranger(const void *folder)
{
    become("postgres");
    child_open(folder);
}

static void test_ordinary_user(void)
{
    if (!root_only())
        return;
    g_autofree char *folder = testdb_folder();
    const struct passwd *nobody = getpwnam("nobody");
    g_assert_cmpint(chown(folder, nobody->pw_uid, nobody->pw_gid), ==, 0);
    g_assert_cmpint(wait_for(fork_call(child_ordinary, folder)), ==, 0);
    struct stat at;
    g_autofree char *data = data_of(folder);
    g_assert_cmpint(stat(data, &at), ==, 0);
    g_assert_cmpint((int)at.st_uid, ==, (int)nobody->pw_uid);
    g_assert_cmpint(commit_one(folder), ==, 1); /* root comes in too, as that account */
    g_assert_cmpint(kill_all(folder), >, 0);
    g_assert_cmpint(commit_one(folder), ==, 2);
    g_assert_cmpint(wait_for(fork_call(child_ordinary, folder)), ==, 0);
    g_assert_cmpint(wait_for(fork_call(child_stranger, folder)), ==, FAULT_DATABASE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_settings(); /* PG* unset, no fsync */
    g_test_add_func("/cluster/a new folder becomes a private durable cluster", test_new);
    g_test_add_func("/cluster/stop and start keep the data", test_stop);
    g_test_add_func("/cluster/stop does not wait for clients", test_stop_cuts_clients);
    g_test_add_func("/cluster/a running server is used as it is", test_same_server);
    g_test_add_func("/cluster/the server does not hold the lock", test_lock_is_free);
    g_test_add_func("/cluster/five cold starts at once succeed", test_five_at_once);
    g_test_add_func("/cluster/kill -9 of the postmaster loses nothing", test_kill_postmaster);
    g_test_add_func("/cluster/kill -9 of every process loses nothing", test_kill_all);
    g_test_add_func("/cluster/an orphan backend is ended", test_orphan);
    g_test_add_func("/cluster/a stale pid file does not stop a start", test_stale_pid_file);
    g_test_add_func("/cluster/a deleted socket comes back", test_lost_socket);
    g_test_add_func("/cluster/a half made cluster is made again", test_half_made);
    g_test_add_func("/cluster/killed while making, made at the next start", test_killed_while_making);
    g_test_add_func("/cluster/a path too long for a socket works", test_long_path);
    g_test_add_func("/cluster/any folder name works", test_odd_names);
    g_test_add_func("/cluster/a moved folder works", test_moved);
    g_test_add_func("/cluster/variables for other servers change nothing", test_environment);
    g_test_add_func("/cluster/a closed parent folder is named with its remedy", test_closed_parent);
    g_test_add_func("/cluster/a folder with other things in it is left alone", test_foreign_folder);
    g_test_add_func("/cluster/an ordinary user with an empty environment", test_ordinary_user);
    return g_test_run();
}
