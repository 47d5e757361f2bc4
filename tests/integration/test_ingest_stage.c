/* The ingest stage on a real database: loaded once, again, changed, in any order, and not at all. */
#include "config/fault.h"
#include "tests/lib/input_folder.h"
#include "tests/lib/model_compare.h"
#include "tests/lib/testdb.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
    Db *db;
    InputFolder *folder;
    char *sortie, *rejets;
} Stage;

static void set_up(Stage *it, gconstpointer data)
{
    (void)data;
    it->db = testdb_open_empty();
    it->folder = input_folder_new();
    it->sortie = testdb_folder();
    it->rejets = g_build_filename(it->sortie, "rejets.csv", NULL);
}

static void tear_down(Stage *it, gconstpointer data)
{
    (void)data;
    db_free(it->db);
    input_folder_free(it->folder);
    g_free(it->sortie);
    g_free(it->rejets);
}

/* Runs the stage; the code of its error, 0 when it went well. */
static int run(const Stage *it, char **campagne)
{
    g_autoptr(GError) error = NULL;
    Settings settings = *testdb_settings();
    settings.seuil_rejets = 20;
    bool good = ingest_run(it->db, &settings, it->folder->path, it->sortie, NULL, campagne, &error);
    g_assert_true(good == (error == NULL));
    return good ? 0 : error->code;
}

static int64_t n_loads(const Stage *it)
{
    return testdb_number(it->db, "select count(*)::int8 from prisme.chargement");
}

static void clean_folder(Stage *it, gconstpointer data)
{
    (void)data;
    g_autofree char *campagne = NULL;
    g_assert_cmpint(run(it, &campagne), ==, 0);
    g_assert_cmpstr(campagne, ==, "G27");
    g_assert_false(g_file_test(it->rejets, G_FILE_TEST_EXISTS));
    g_autoptr(Model) stored = store_campaign_load(it->db, "G27", 0, NULL);
    g_autoptr(Model) read = NULL;
    g_autofree char *verdict = input_folder_verdict(it->folder, 0, &read), *difference = model_compare(read, stored);
    g_assert_cmpstr(verdict, ==, "");
    g_assert_cmpstr(difference, ==, NULL);
    g_assert_cmpint(testdb_number(it->db, "select count(*)::int8 from prisme.chargement_source"), ==, 17);
    g_assert_cmpint(
        testdb_number(it->db, "select lignes::int8 from prisme.chargement_source where fichier = 'besoins.csv'"), ==,
        5);
}

static void same_folder_twice(Stage *it, gconstpointer data)
{
    (void)data;
    g_assert_cmpint(run(it, NULL), ==, 0);
    g_assert_cmpint(run(it, NULL), ==, 0);
    g_assert_cmpint(n_loads(it), ==, 1);
    input_folder_set(it->folder, "besoins.csv", 2, "effectif", "3");
    g_assert_cmpint(run(it, NULL), ==, 0);
    g_assert_cmpint(n_loads(it), ==, 2);
}

static void rejects_are_set_aside(Stage *it, gconstpointer data)
{
    (void)data;
    input_folder_set(it->folder, "besoins.csv", 6, "effectif", "0");
    g_assert_cmpint(run(it, NULL), ==, 0);
    g_assert_true(g_file_test(it->rejets, G_FILE_TEST_IS_REGULAR));
    g_assert_cmpint(testdb_number(it->db, "select count(*)::int8 from prisme.besoin"), ==, 4);
    g_assert_cmpint(
        testdb_number(it->db, "select rejets::int8 from prisme.chargement_source where fichier = 'besoins.csv'"), ==,
        1);
    input_folder_set(it->folder, "besoins.csv", 6, "effectif", "4");
    g_assert_cmpint(run(it, NULL), ==, 0); /* nothing to report: what was reported is no longer true */
    g_assert_false(g_file_test(it->rejets, G_FILE_TEST_EXISTS));
}

static void nothing_is_loaded(Stage *it, gconstpointer data)
{
    (void)data;
    input_folder_set(it->folder, "besoins.csv", 5, "effectif", "0");
    input_folder_set(it->folder, "besoins.csv", 6, "effectif", "0");
    g_assert_cmpint(run(it, NULL), ==, FAULT_INPUT);
    g_assert_true(g_file_test(it->rejets, G_FILE_TEST_IS_REGULAR));
    g_assert_cmpint(n_loads(it), ==, 0);
}

static void rejets_cannot_be_written(Stage *it, gconstpointer data)
{
    (void)data;
    g_assert_cmpint(g_mkdir(it->rejets, 0700), ==, 0);
    input_folder_set(it->folder, "besoins.csv", 6, "effectif", "0");
    g_assert_cmpint(run(it, NULL), ==, FAULT_OUTPUT);
    g_assert_cmpint(n_loads(it), ==, 0);
    g_autoptr(GDir) dir = g_dir_open(it->sortie, 0, NULL);
    g_assert_cmpstr(g_dir_read_name(dir), ==, "rejets.csv");
    g_assert_null(g_dir_read_name(dir));
}

/* Without a folder of its own for them, the rejects go beside the input; an input that takes no file is loaded, and the
 * whole report is said instead. */
static void rejets_beside_the_input(Stage *it, gconstpointer data)
{
    (void)data;
    g_autofree char *beside = g_build_filename(it->folder->path, "rejets.csv", NULL);
    g_free(it->sortie);
    it->sortie = NULL;
    input_folder_set(it->folder, "besoins.csv", 6, "effectif", "0");
    g_assert_cmpint(run(it, NULL), ==, 0);
    g_assert_true(g_file_test(beside, G_FILE_TEST_IS_REGULAR));
    g_assert_cmpint(g_unlink(beside), ==, 0);
    g_assert_cmpint(g_mkdir(beside, 0700), ==, 0);
    input_folder_set(it->folder, "besoins.csv", 2, "effectif", "3");
    g_assert_cmpint(run(it, NULL), ==, 0);
    g_assert_cmpint(n_loads(it), ==, 2);
    input_folder_set(it->folder, "besoins.csv", 6, "effectif", "4"); /* the folder in its place cannot be removed */
    g_assert_cmpint(run(it, NULL), ==, 0);
    g_assert_cmpint(n_loads(it), ==, 3);
    g_assert_cmpint(g_rmdir(beside), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/ingest stage/a clean folder is loaded whole", Stage, NULL, set_up, clean_folder, tear_down);
    g_test_add("/ingest stage/the same folder twice is one load", Stage, NULL, set_up, same_folder_twice, tear_down);
    g_test_add("/ingest stage/rejects are set aside and reported until mended", Stage, NULL, set_up,
               rejects_are_set_aside, tear_down);
    g_test_add("/ingest stage/above the threshold nothing is loaded", Stage, NULL, set_up, nothing_is_loaded,
               tear_down);
    g_test_add("/ingest stage/without its report nothing is loaded", Stage, NULL, set_up, rejets_cannot_be_written,
               tear_down);
    g_test_add("/ingest stage/rejects go beside the input, or are said", Stage, NULL, set_up, rejets_beside_the_input,
               tear_down);
    return g_test_run();
}
