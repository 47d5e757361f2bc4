/* What loads leave behind: what changed between two of them, what disappeared, and the removal of a campaign. */
#include "config/fault.h"
#include "export/rapport.h"
#include "ingest/ingest.h"
#include "sql/store_etat.h"
#include "sql/store_purge.h"
#include "tests/lib/input_folder.h"
#include "tests/lib/testdb.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef bool (*Printer)(Db *db, GError **error);

/* What a function writes to stdout; NULL when it fails. Caller frees. */
static char *printed(Printer print, Db *db, GError **error)
{
    g_autofree char *path = NULL;
    int file = g_file_open_tmp("prisme-traces-XXXXXX", &path, NULL), before = dup(STDOUT_FILENO);
    fflush(stdout);
    g_assert_cmpint(dup2(file, STDOUT_FILENO), ==, STDOUT_FILENO);
    bool ok = print(db, error);
    fflush(stdout);
    g_assert_cmpint(dup2(before, STDOUT_FILENO), ==, STDOUT_FILENO);
    close(file);
    close(before);
    char *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_unlink(path);
    if (!ok)
        g_clear_pointer(&text, g_free);
    return text;
}

static bool print_first(Db *db, GError **error)
{
    return store_etat_print_load(db, "G27", 1, error);
}
static bool print_second(Db *db, GError **error)
{
    return store_etat_print_load(db, "G27", 2, error);
}
static bool print_third(Db *db, GError **error)
{
    return store_etat_print_load(db, "G27", 3, error);
}
static bool purge_dry(Db *db, GError **error)
{
    return store_purge(db, "G27", false, error);
}
static bool purge(Db *db, GError **error)
{
    return store_purge(db, "G27", true, error);
}

/* A row of a table of etat, blanks made one. */
static void assert_row(const char *text, const char *row)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        g_auto(GStrv) words = g_strsplit(g_strstrip(*line), " ", -1);
        g_autoptr(GString) plain = g_string_new(NULL);
        for (char **word = words; *word != NULL; word++)
            if (**word != '\0')
                g_string_append_printf(plain, "%s%s", plain->len > 0 ? " " : "", *word);
        if (g_str_has_prefix(plain->str, row))
            return;
    }
    g_error("'%s' is not in\n%s", row, text);
}

static void ingest(Db *db, const InputFolder *folder, const InputFolder *sortie)
{
    g_autoptr(GError) error = NULL;
    Settings settings = {.seuil_rejets = 50, .sensibles_min = 2};
    bool good = ingest_run(db, &settings, folder->path, sortie->path, rapport_write, NULL, &error);
    g_assert_no_error(error);
    g_assert_true(good);
}

static void loads_are_compared(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(InputFolder) folder = input_folder_new(), sortie = input_folder_new();
    g_autoptr(GError) error = NULL;
    ingest(db, folder, sortie);
    g_autofree char *first = printed(print_first, db, &error);
    assert_row(first, "Premier chargement");
    assert_row(first, "besoins.csv 5 0 0 lu ");
    input_folder_set(folder, "besoins.csv", 2, "publics", "QPV");
    input_folder_set(folder, "besoins.csv", 6, "reference", "B6");
    input_folder_set(folder, "axes.csv", 2, "libelle", "Socle commun");
    input_folder_add(folder, "besoins.csv", "B7;S2;F1;x;2;A1;;;2027-01-04;2027-12-31;;;;;");
    ingest(db, folder, sortie);
    g_autofree char *second = printed(print_second, db, &error), *rejets = input_folder_get(sortie, "rejets.csv"),
                    *rapport = input_folder_get(sortie, "rapport-besoins.csv");
    assert_row(second, "besoins.csv 6 1 0 lu ");
    assert_row(second, "besoins.csv 5 1 1 1");
    assert_row(second, "axes.csv 2 0 1 0");
    assert_row(second, "siae.csv 3 0 0 0");
    assert_row(second, "disparu : besoins.csv B5");
    assert_row(rejets, "besoins.csv;;reference;B5;présent dans le chargement précédent");
    g_assert_nonnull(strstr(rejets, "A-DISPARU"));
    g_assert_nonnull(strstr(rapport, "A-DISPARU"));
    g_assert_null(printed(print_third, db, &error));
    g_assert_error(error, FAULT, FAULT_INPUT);
}

/* A row that is there and wrong is not gone. */
static void wrong_is_not_gone(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(InputFolder) folder = input_folder_new(), sortie = input_folder_new();
    ingest(db, folder, sortie);
    input_folder_set(folder, "besoins.csv", 6, "effectif", "beaucoup");
    ingest(db, folder, sortie);
    g_autofree char *rejets = input_folder_get(sortie, "rejets.csv");
    g_assert_nonnull(strstr(rejets, "E-NOMBRE-ILLISIBLE"));
    g_assert_null(strstr(rejets, "A-DISPARU"));
}

/* Refused parts are in the trace, with their hash, and do not stop the others. */
static void refused_parts_are_traced(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(InputFolder) folder = input_folder_new(), sortie = input_folder_new();
    g_autoptr(GError) error = NULL;
    input_folder_put(folder, "besoins-S2.csv", "reference;nom du salarié;siae\nS2-1;Dupont;S2\n", -1);
    ingest(db, folder, sortie);
    g_autofree char *first = printed(print_first, db, &error);
    assert_row(first, "besoins-S2.csv 0 0 0 refusé ");
    g_assert_null(strstr(first, "Dupont"));
    g_assert_cmpint(testdb_number(db, "select count(*)::int8 from prisme.besoin"), ==, 5);
}

/* The report with what disappeared cannot be written: nothing is loaded. */
static void without_its_report_nothing_is_loaded(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(InputFolder) folder = input_folder_new(), sortie = input_folder_new();
    g_autoptr(GError) error = NULL;
    Settings settings = {.seuil_rejets = 50};
    ingest(db, folder, sortie);
    input_folder_set(folder, "besoins.csv", 6, "reference", "B6");
    g_autofree char *blocked = g_build_filename(sortie->path, "rejets.csv", NULL);
    g_assert_cmpint(g_mkdir(blocked, 0700), ==, 0);
    g_assert_false(ingest_run(db, &settings, folder->path, sortie->path, rapport_write, NULL, &error));
    g_assert_error(error, FAULT, FAULT_OUTPUT);
    g_assert_cmpint(testdb_number(db, "select count(*)::int8 from prisme.chargement"), ==, 1);
    g_rmdir(blocked);
}

static void campaigns_are_purged(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(InputFolder) folder = input_folder_new(), sortie = input_folder_new();
    g_autoptr(GError) error = NULL;
    ingest(db, folder, sortie);
    testdb_execute(db,
                   "insert into prisme.plan (campagne_id, chargement_id, numero, date_plan, arret, version, points, "
                   "points_borne, cout, reste_a_charge, cout_pondere, cout_pondere_borne, remuneration, "
                   "effectif_demande, effectif_servi, sessions) select campagne_id, id, 1, '2026-01-02', 'effort', "
                   "'1', 1, 1, 0, 0, 0, 0, 0, 1, 0, 0 from prisme.chargement");
    testdb_execute(db, "insert into prisme.campagne (code) values ('AUTRE')");
    g_autofree char *dry = printed(purge_dry, db, &error);
    assert_row(dry, "5 besoins");
    assert_row(dry, "1 plans");
    g_assert_cmpint(testdb_number(db, "select count(*)::int8 from prisme.besoin"), ==, 5);
    g_autofree char *done = printed(purge, db, &error);
    g_assert_no_error(error);
    assert_row(done, "2 dont avec un pseudonyme");
    static const char *const tables[] = {"chargement", "chargement_source", "besoin", "besoin_public", "siae", "plan"};
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autofree char *count = g_strdup_printf("select count(*)::int8 from prisme.%s", tables[i]);
        g_assert_cmpint(testdb_number(db, count), ==, 0);
    }
    g_assert_cmpint(testdb_number(db, "select count(*)::int8 from prisme.campagne"), ==, 1);
    g_assert_null(printed(purge, db, &error));
    g_assert_error(error, FAULT, FAULT_INPUT);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/traces/loads are compared row by row", loads_are_compared);
    g_test_add_func("/traces/a row that is there and wrong is not gone", wrong_is_not_gone);
    g_test_add_func("/traces/refused files are traced and stop nobody", refused_parts_are_traced);
    g_test_add_func("/traces/without its report nothing is loaded", without_its_report_nothing_is_loaded);
    g_test_add_func("/traces/a campaign is removed whole, or only counted", campaigns_are_purged);
    return g_test_run();
}
