/* Output folders replaced as a whole (export/output.h), with every call that changes the disk killed or failed once. */
#include "config/fault.h"
#include "export/output.h"
#include "tests/lib/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- the calls that change the disk, stood in for the C library's ---- */

static struct {
    int calls;   /* made so far */
    int kill_at; /* the process dies before the n-th call, or after it when kill_after; 0 = never */
    bool kill_after;
    int fail_at;      /* the n-th call fails */
    int cause;        /* with this errno */
    bool no_exchange; /* renameat2() knows no RENAME_EXCHANGE */
} fault;

static long call(long number, long a, long b, long c, long d, long e)
{
    fault.calls++;
    if (fault.calls == fault.kill_at && !fault.kill_after)
        raise(SIGKILL);
    if (fault.calls == fault.fail_at) {
        errno = fault.cause;
        return -1;
    }
    long result = syscall(number, a, b, c, d, e);
    if (fault.calls == fault.kill_at)
        raise(SIGKILL);
    return result;
}

int mkdir(const char *path, mode_t mode)
{
    return (int)call(SYS_mkdirat, AT_FDCWD, (long)path, (long)mode, 0, 0);
}

int rename(const char *from, const char *to)
{
    return (int)call(SYS_renameat2, AT_FDCWD, (long)from, AT_FDCWD, (long)to, 0);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    if (fault.no_exchange) {
        errno = EINVAL;
        return -1;
    }
    return (int)call(SYS_renameat2, from_folder, (long)from, to_folder, (long)to, (long)flags);
}

int link(const char *from, const char *to)
{
    return (int)call(SYS_linkat, AT_FDCWD, (long)from, AT_FDCWD, (long)to, 0);
}

int unlink(const char *path)
{
    return (int)call(SYS_unlinkat, AT_FDCWD, (long)path, 0, 0, 0);
}

int rmdir(const char *path)
{
    return (int)call(SYS_unlinkat, AT_FDCWD, (long)path, AT_REMOVEDIR, 0, 0);
}

int fsync(int fd)
{
    return (int)call(SYS_fsync, fd, 0, 0, 0, 0);
}

int fchmod(int fd, mode_t mode)
{
    return (int)call(SYS_fchmod, fd, (long)mode, 0, 0, 0);
}

/* ---- a folder with an old set and a foreign file ---- */

typedef struct {
    char *root, *folder;
} Place;

static const char *const set[] = {"a.csv", "b.csv", "c.xlsx"};

static char *read_file(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    char *text = NULL;
    return g_file_get_contents(path, &text, NULL, NULL) ? text : g_strdup("(missing)");
}

static void write_file(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static bool write_set(const char *folder, const char *text, GError **error)
{
    g_autoptr(Output) output = output_open(folder, error);
    if (output == NULL)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(set); i++)
        if (!g_file_set_contents_full(output_add(output, set[i]), text, -1, G_FILE_SET_CONTENTS_NONE, 0644, error))
            return false;
    return output_commit(output, error);
}

static Place place_new(void)
{
    Place place = {scratch_new(), NULL};
    place.folder = g_build_filename(place.root, "sortie", NULL);
    g_assert_true(write_set(place.folder, "old", NULL));
    write_file(place.folder, "notes.txt", "foreign");
    return place;
}

static void place_free(Place *place)
{
    memset(&fault, 0, sizeof fault);
    scratch_remove(place->root);
    g_free(place->folder);
}

static int count_entries(const char *folder)
{
    int n = 0;
    GDir *dir = g_dir_open(folder, 0, NULL);
    g_assert_nonnull(dir);
    while (g_dir_read_name(dir) != NULL)
        n++;
    g_dir_close(dir);
    return n;
}

/* True when every file of the set holds `text`. */
static bool holds(const char *folder, const char *text)
{
    for (size_t i = 0; i < G_N_ELEMENTS(set); i++) {
        g_autofree char *found = read_file(folder, set[i]);
        if (strcmp(found, text) != 0)
            return false;
    }
    return true;
}

/* The folder holds one whole set, the foreign file and nothing else. */
static void assert_whole(const Place *place, int extra)
{
    g_autofree char *notes = read_file(place->folder, "notes.txt");
    g_assert_cmpstr(notes, ==, "foreign");
    g_assert_true(holds(place->folder, "old") || holds(place->folder, "new"));
    g_assert_cmpint(count_entries(place->folder), ==, (int)G_N_ELEMENTS(set) + 1 + extra);
}

/* ---- tests ---- */

static void test_new_folder(void)
{
    g_autoptr(GError) error = NULL;
    char *root = scratch_new();
    g_autofree char *folder = g_build_filename(root, "deep", "sortie", NULL);
    g_assert_true(write_set(folder, "new", &error));
    g_assert_no_error(error);
    g_assert_true(holds(folder, "new"));
    g_assert_cmpint(count_entries(folder), ==, (int)G_N_ELEMENTS(set));
    scratch_remove(root);
}

static void test_replaced(void)
{
    Place place = place_new();
    g_autofree char *notes = g_build_filename(place.folder, "notes.txt", NULL);
    struct stat before, after, folder;
    g_assert_cmpint(stat(notes, &before), ==, 0);
    g_assert_cmpint(chmod(place.folder, 0750), ==, 0);
    g_assert_true(write_set(place.folder, "new", NULL));
    g_assert_true(holds(place.folder, "new"));
    assert_whole(&place, 0);
    g_assert_cmpint(stat(notes, &after), ==, 0);
    g_assert_cmpuint(after.st_ino, ==, before.st_ino);
    g_assert_cmpuint(after.st_nlink, ==, 1);
    g_assert_cmpint(stat(place.folder, &folder), ==, 0);
    g_assert_cmpuint(folder.st_mode & 07777, ==, 0750);
    g_assert_cmpint(count_entries(place.root), ==, 1);
    place_free(&place);
}

static void test_not_committed(void)
{
    Place place = place_new();
    Output *output = output_open(place.folder, NULL);
    g_assert_nonnull(output);
    g_assert_true(g_file_set_contents(output_add(output, "a.csv"), "new", -1, NULL));
    output_free(output);
    g_assert_true(holds(place.folder, "old"));
    assert_whole(&place, 0);
    g_assert_cmpint(count_entries(place.root), ==, 1);

    g_autofree char *fresh = g_build_filename(place.root, "fresh", NULL);
    output = output_open(fresh, NULL);
    g_assert_nonnull(output);
    output_free(output);
    g_assert_false(g_file_test(fresh, G_FILE_TEST_EXISTS));
    place_free(&place);
}

static void test_locked(void)
{
    Place place = place_new();
    g_autoptr(GError) error = NULL;
    Output *output = output_open(place.folder, NULL);
    g_assert_nonnull(output);
    g_assert_false(write_set(place.folder, "new", &error));
    g_assert_error(error, FAULT, FAULT_LOCKED);
    output_free(output);
    g_assert_true(write_set(place.folder, "new", NULL));
    place_free(&place);
}

static void test_written_meanwhile(void)
{
    Place place = place_new();
    Output *output = output_open(place.folder, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(set); i++)
        g_assert_true(g_file_set_contents(output_add(output, set[i]), "new", -1, NULL));
    write_file(place.folder, "later.txt", "foreign too");
    g_assert_true(output_commit(output, NULL));
    output_free(output);
    g_autofree char *later = read_file(place.folder, "later.txt");
    g_assert_cmpstr(later, ==, "foreign too");
    assert_whole(&place, 1);
    place_free(&place);
}

static void test_symbolic_link(void)
{
    Place place = place_new();
    g_autofree char *link_path = g_build_filename(place.root, "link", NULL);
    g_assert_cmpint(symlink("sortie", link_path), ==, 0);
    g_assert_true(write_set(link_path, "new", NULL));
    g_assert_true(g_file_test(link_path, G_FILE_TEST_IS_SYMLINK));
    g_assert_true(holds(place.folder, "new"));
    assert_whole(&place, 0);
    g_assert_cmpint(count_entries(place.root), ==, 2);
    place_free(&place);
}

static void test_not_a_folder(void)
{
    Place place = place_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *file = g_build_filename(place.folder, "notes.txt", NULL);
    g_assert_false(write_set(file, "new", &error));
    g_assert_error(error, FAULT, FAULT_OUTPUT);
    assert_whole(&place, 0);
    place_free(&place);
}

static void test_folder_of_a_file_s_name(void)
{
    Place place = place_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *inner = g_build_filename(place.folder, set[1], NULL);
    g_assert_cmpint(unlink(inner), ==, 0);
    g_assert_cmpint(g_mkdir(inner, 0755), ==, 0);
    for (int attempt = 0; attempt < 2; attempt++) {
        g_clear_error(&error);
        g_assert_false(write_set(place.folder, "new", &error));
        g_assert_error(error, FAULT, FAULT_OUTPUT);
        g_assert_nonnull(strstr(error->message, "b.csv': Is a directory"));
        g_autofree char *first = read_file(place.folder, set[0]);
        g_assert_cmpstr(first, ==, "old");
        g_assert_cmpint(count_entries(place.folder), ==, (int)G_N_ELEMENTS(set) + 1);
    }
    g_assert_cmpint(rmdir(inner), ==, 0);
    g_assert_true(write_set(place.folder, "new", NULL));
    assert_whole(&place, 0);
    place_free(&place);
}

static char *home; /* where the program was started: ways may leave it */

/* The ways a folder cannot be exchanged; each still ends with the whole set. */
static void make_subfolder(const Place *place)
{
    g_autofree char *inner = g_build_filename(place->folder, "archive", NULL);
    g_assert_cmpint(g_mkdir(inner, 0755), ==, 0);
    write_file(inner, "kept.txt", "kept");
}

static void refuse_exchange(const Place *place)
{
    (void)place;
    fault.no_exchange = true;
}

static void work_inside(const Place *place)
{
    g_assert_cmpint(chdir(place->folder), ==, 0);
}

typedef struct {
    const char *name;
    void (*prepare)(const Place *place);
    int extra; /* entries more in the folder */
    bool exchanged;
} Way;

static const Way ways[] = {
    {"exchange", NULL, 0, true},
    {"file system without exchange", refuse_exchange, 0, false},
    {"subfolder", make_subfolder, 1, false},
    {"working folder", work_inside, 0, false},
};

static void test_ways(void)
{
    for (size_t w = 0; w < G_N_ELEMENTS(ways); w++) {
        Place place = place_new();
        struct stat before, after;
        g_assert_cmpint(stat(place.folder, &before), ==, 0);
        if (ways[w].prepare != NULL)
            ways[w].prepare(&place);
        g_assert_true(write_set(place.folder, "new", NULL));
        g_assert_true(holds(place.folder, "new"));
        assert_whole(&place, ways[w].extra);
        g_assert_cmpint(count_entries(place.root), ==, 1);
        g_assert_cmpint(stat(place.folder, &after), ==, 0);
        g_assert_cmpint(before.st_ino != after.st_ino, ==, ways[w].exchanged);
        g_assert_cmpint(chdir(home), ==, 0);
        place_free(&place);
    }
}

/* Kills a writer before and after its n-th call, for every n until one lives to its end. */
static void test_killed(gconstpointer data)
{
    const Way *way = data;
    for (int n = 1, lived = 0; lived < 2; n++) {
        Place place = place_new();
        if (way->prepare != NULL)
            way->prepare(&place);
        pid_t child = fork();
        g_assert_cmpint(child, >=, 0);
        if (child == 0) {
            fault.calls = 0;
            fault.kill_at = (n + 1) / 2;
            fault.kill_after = n % 2 == 0;
            _exit(write_set(place.folder, "new", NULL) ? 0 : 1);
        }
        int status = 0;
        g_assert_cmpint(waitpid(child, &status, 0), ==, child);
        g_assert_true(WIFEXITED(status) ? WEXITSTATUS(status) == 0 : WTERMSIG(status) == SIGKILL);
        lived += WIFEXITED(status) ? 1 : 0;
        if (way->exchanged)
            assert_whole(&place, way->extra);
        /* the next run, be it one that writes nothing, heals */
        g_autoptr(GError) error = NULL;
        Output *output = output_open(place.folder, &error);
        g_assert_no_error(error);
        output_free(output);
        assert_whole(&place, way->extra);
        g_assert_cmpint(count_entries(place.root), ==, 1);
        g_assert_true(write_set(place.folder, "new", &error));
        g_assert_no_error(error);
        g_assert_true(holds(place.folder, "new"));
        assert_whole(&place, way->extra);
        g_assert_cmpint(count_entries(place.root), ==, 1);
        g_assert_cmpint(chdir(home), ==, 0);
        place_free(&place);
        g_assert_cmpint(n, <, 400);
    }
}

/* Lets the n-th call fail, for every n: the writer says so and the folder is as before, or it found another way. */
static void test_failing(gconstpointer data)
{
    const Way *way = data;
    static const int causes[] = {ENOSPC, EIO, EACCES};
    for (size_t c = 0; c < G_N_ELEMENTS(causes); c++)
        for (int n = 1, reached = 1; reached; n++) {
            Place place = place_new();
            if (way->prepare != NULL)
                way->prepare(&place);
            g_autoptr(GError) error = NULL;
            fault.calls = 0;
            fault.fail_at = n;
            fault.cause = causes[c];
            bool fine = write_set(place.folder, "new", &error);
            reached = fault.calls >= n;
            fault.fail_at = 0;
            if (fine)
                g_assert_true(holds(place.folder, "new"));
            else
                g_assert_nonnull(error);
            if (way->exchanged && !fine)
                g_assert_true(holds(place.folder, "old"));
            Output *output = output_open(place.folder, NULL);
            g_assert_nonnull(output);
            output_free(output);
            assert_whole(&place, way->extra);
            g_assert_cmpint(count_entries(place.root), ==, 1);
            g_assert_cmpint(chdir(home), ==, 0);
            place_free(&place);
            g_assert_cmpint(n, <, 400);
        }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    home = g_get_current_dir();
    g_test_add_func("/output/a missing folder is made", test_new_folder);
    g_test_add_func("/output/a set replaces the old one and spares foreign files", test_replaced);
    g_test_add_func("/output/a set not committed leaves nothing", test_not_committed);
    g_test_add_func("/output/a second writer is refused", test_locked);
    g_test_add_func("/output/files that others write meanwhile are carried over", test_written_meanwhile);
    g_test_add_func("/output/a symbolic link to the folder stays one", test_symbolic_link);
    g_test_add_func("/output/a file in the folder's place is told", test_not_a_folder);
    g_test_add_func("/output/a folder in a file's place is told, and nothing moved", test_folder_of_a_file_s_name);
    g_test_add_func("/output/folders that cannot be exchanged get the whole set too", test_ways);
    for (size_t w = 0; w < G_N_ELEMENTS(ways); w++) {
        g_autofree char *killed =
            g_strdup_printf("/output/killed at any call, wholly before or after/%s", ways[w].name);
        g_autofree char *failing = g_strdup_printf("/output/any call may fail/%s", ways[w].name);
        g_test_add_data_func(killed, &ways[w], test_killed);
        g_test_add_data_func(failing, &ways[w], test_failing);
    }
    return g_test_run();
}
