/* Clusters that end with the test program: see testdb.h. */
#include "tests/lib/testdb.h"

#include "sql/cluster.h"
#include "sql/db_query.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static struct {
    int fds[64]; /* write ends; their closing tells the watchers that the program ended */
    pid_t watchers[64];
    int n;
    pid_t owner;
} state;

/* Waits until every copy of the write end is closed, however the program ended, then clears up. */
static void watch(int fd, const char *folder)
{
    char byte;
    setsid();
    while (read(fd, &byte, 1) > 0)
        ;
    cluster_stop(folder, NULL);
    execl("/bin/rm", "rm", "-rf", "--", folder, (char *)NULL);
    _exit(1);
}

static void finish(void)
{
    if (getpid() != state.owner)
        return;
    for (int i = 0; i < state.n; i++)
        close(state.fds[i]);
    for (int i = 0; i < state.n; i++)
        waitpid(state.watchers[i], NULL, 0);
}

char *testdb_folder(void)
{
    g_assert_cmpint(state.n, <, (int)G_N_ELEMENTS(state.fds));
    char *folder = g_strdup("/tmp/prisme-test-XXXXXX");
    g_assert_nonnull(g_mkdtemp(folder));
    int ends[2];
    g_assert_cmpint(pipe2(ends, O_CLOEXEC), ==, 0);
    pid_t watcher = fork();
    g_assert_cmpint(watcher, >=, 0);
    if (watcher == 0) {
        close(ends[1]);
        for (int i = 0; i < state.n; i++)
            close(state.fds[i]);
        watch(ends[0], folder);
    }
    close(ends[0]);
    if (state.owner != getpid()) {
        state.owner = getpid();
        atexit(finish);
    }
    state.fds[state.n] = ends[1];
    state.watchers[state.n++] = watcher;
    return folder;
}

const Settings *testdb_settings(void)
{
    static const char *const foreign[] = {"PGHOST", "PGHOSTADDR", "PGPORT",    "PGSERVICE",
                                          "PGUSER", "PGDATABASE", "PGOPTIONS", "PGPASSWORD"};
    static char nothing[] = "";
    static Settings settings;
    if (settings.dossier == NULL) {
        for (size_t i = 0; i < G_N_ELEMENTS(foreign); i++)
            g_unsetenv(foreign[i]);
        g_setenv("PRISME_TEST_NO_FSYNC", "1", TRUE);
        settings = (Settings){.connexion = nothing, .dossier = testdb_folder(), .effort = 1, .fils = 1};
    }
    return &settings;
}

Db *testdb_open(void)
{
    g_autoptr(GError) error = NULL;
    Db *db = db_open(testdb_settings(), &error);
    g_assert_no_error(error);
    g_assert_nonnull(db);
    return db;
}

Db *testdb_open_empty(void)
{
    Db *db = testdb_open();
    testdb_execute(db, "delete from prisme.campagne");
    return db;
}

void testdb_execute(Db *db, const char *sql)
{
    g_autoptr(GError) error = NULL;
    db_execute(db, "test", sql, NULL, 0, &error);
    g_assert_no_error(error);
}

int64_t testdb_number(Db *db, const char *sql)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(DbRows) rows = db_query(db, "test", sql, NULL, 0, &error);
    g_assert_no_error(error);
    return db_rows_int8(rows, 0, 0);
}
