/* Files written aside and put in their place (config/aside.h). */
#include "config/aside.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    char *folder, *path, *aside;
} Place;

static Place place_new(void)
{
    Place place = {.folder = g_dir_make_tmp("prisme-aside-XXXXXX", NULL)};
    g_assert_nonnull(place.folder);
    place.path = g_build_filename(place.folder, "a.csv", NULL);
    place.aside = aside_name(place.path);
    return place;
}

static void place_free(Place *place)
{
    g_unlink(place->path);
    g_unlink(place->aside);
    g_assert_cmpint(g_rmdir(place->folder), ==, 0);
    g_free(place->folder);
    g_free(place->path);
    g_free(place->aside);
}

static void write_text(const char *path, const char *text)
{
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void test_name(void)
{
    Place place = place_new();
    g_autofree char *expected = g_strconcat(place.folder, "/.a.csv.tmp", NULL), *here = aside_name("b.csv");
    g_assert_cmpstr(place.aside, ==, expected);
    g_assert_cmpstr(here, ==, "./.b.csv.tmp");
    place_free(&place);
}

/* A file, a pipe, a link to somebody else's file: none is there to be opened. */
static void test_nothing_lies_there(void)
{
    Place place = place_new();
    g_autofree char *victim = g_build_filename(place.folder, "victim", NULL), *text = NULL;
    write_text(victim, "kept");
    for (int kind = 0; kind < 3; kind++) {
        GStatBuf status;
        if (kind == 0)
            write_text(place.aside, "left");
        else
            g_assert_cmpint(kind == 1 ? mkfifo(place.aside, 0666) : symlink(victim, place.aside), ==, 0);
        g_autofree char *again = aside_name(place.path);
        g_assert_cmpstr(again, ==, place.aside);
        g_assert_cmpint(g_lstat(again, &status), !=, 0);
    }
    g_assert_true(g_file_get_contents(victim, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "kept");
    g_assert_cmpint(g_unlink(victim), ==, 0);
    place_free(&place);
}

static void test_place(void)
{
    Place place = place_new();
    g_autofree char *text = NULL;
    write_text(place.path, "old");
    write_text(place.aside, "new");
    g_assert_true(aside_sync(place.aside) && aside_sync(place.folder));
    g_assert_true(aside_place(place.aside, place.path));
    g_assert_true(g_file_get_contents(place.path, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "new");
    g_assert_false(g_file_test(place.aside, G_FILE_TEST_EXISTS));
    errno = 0;
    g_assert_false(aside_sync(place.aside));
    g_assert_cmpint(errno, ==, ENOENT);
    errno = 0;
    g_assert_false(aside_place(place.aside, place.path));
    g_assert_cmpint(errno, ==, ENOENT);
    place_free(&place);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/aside/the name is hidden, beside the file", test_name);
    g_test_add_func("/aside/nothing lies there to be written through", test_nothing_lies_there);
    g_test_add_func("/aside/a whole file takes its place", test_place);
    return g_test_run();
}
