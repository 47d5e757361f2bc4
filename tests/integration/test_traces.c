/* What loads leave behind: what changed between two of them, what disappeared, and the removal of a campaign. */
#include "config/fault.h"
#include "export/rapport.h"
#include "ingest/ingest.h"
#include "sql/store_etat.h"
#include "sql/store_purge.h"
#include "tests/lib/input_folder.h"
#include "tests/lib/printed.h"
#include "tests/lib/testdb.h"

#include <glib/gstdio.h>
#include <string.h>

static bool print_load(Db *db, const void *numero, GError **error)
{
    return store_etat_print_load(db, "G27", GPOINTER_TO_INT(numero), error);
}

static char *load_of(Db *db, int32_t numero, GError **error)
{
    return printed(print_load, db, GINT_TO_POINTER(numero), error);
}

static bool purge(Db *db, const void *confirmer, GError **error)
{
    return store_purge(db, "G27", confirmer != NULL, error);
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
    g_autofree char *first = load_of(db, 1, &error);
    assert_row(first, "Premier chargement");
    assert_row(first, "besoins.csv 5 0 0 lu ");
    input_folder_set(folder, "besoins.csv", 2, "publics", "QPV");
    input_folder_set(folder, "besoins.csv", 6, "reference", "B6");
    input_folder_set(folder, "axes.csv", 2, "libelle", "Socle commun");
    input_folder_add(folder, "besoins.csv", "B7;S2;F1;x;2;A1;;;2027-01-04;2027-12-31;;;;;");
    ingest(db, folder, sortie);
    g_autofree char *second = load_of(db, 2, &error), *rejets = input_folder_get(sortie, "rejets.csv"),
                    *rapport = input_folder_get(sortie, "rapport-besoins.csv");
    assert_row(second, "besoins.csv 6 1 0 lu ");
    assert_row(second, "besoins.csv 5 1 1 1");
    assert_row(second, "axes.csv 2 0 1 0");
    assert_row(second, "siae.csv 3 0 0 0");
    assert_row(second, "disparu : besoins.csv B5");
    assert_row(rejets, "besoins.csv;;reference;B5;présent dans le chargement précédent");
    g_assert_nonnull(strstr(rejets, "A-DISPARU"));
    g_assert_nonnull(strstr(rapport, "A-DISPARU"));
    g_assert_null(load_of(db, 3, &error));
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

#define CATALOGUE                                                                                                      \
    "<lheo xmlns=\"http://lheo.gouv.fr/2.3\"><offres><formation numero=\"C1\"><intitule-formation>CACES"               \
    "</intitule-formation><domaine-formation><code-FORMACODE>31768</code-FORMACODE></domaine-formation><certifiante>1" \
    "</certifiante><action><modalites-enseignement>0</modalites-enseignement><lieu-de-formation><code-INSEE-commune>"  \
    "97120</code-INSEE-commune></lieu-de-formation><modalites-entrees-sorties>0</modalites-entrees-sorties><session "  \
    "numero=\"S1\"><periode><debut>20270301</debut><fin>20270305</fin></periode></session><nombre-heures-centre>28"    \
    "</nombre-heures-centre></action><organisme-formation-responsable><numero-activite>01973000009</numero-activite>"  \
    "<SIRET>90000000500018</SIRET><raison-sociale>NOUVEL OF</raison-sociale></organisme-formation-responsable>"        \
    "</formation></offres></lheo>"

/* Rows a catalogue cannot say wholly are held by the load and listed, until a later delivery completes them. */
static void incomplete_rows_are_held(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(InputFolder) folder = input_folder_new(), sortie = input_folder_new();
    g_autoptr(GError) error = NULL;
    ingest(db, folder, sortie);
    int64_t n = testdb_number(db, "select count(*)::int8 from prisme.offre");
    input_folder_put(folder, "carif.xml", CATALOGUE, -1);
    ingest(db, folder, sortie);
    g_autofree char *held = load_of(db, 2, &error);
    assert_row(held, "Lignes incomplètes, gardées sans être planifiées : 2");
    assert_row(held,
               "formations.csv C1 : il manque effectif_max, effectif_min, jours (connu : domaine Formacode 31768, "
               "formacode 31768, heures 28, intitule CACES, nature certifiante)");
    assert_row(held,
               "offres.csv S1 : il manque cout_groupe, cout_stagiaire, formation C1 (incomplet) (connu : commune "
               "97120, date_debut 2027-03-01, date_fin 2027-03-01, modalite presentiel, organisme 90000000500018");
    assert_row(held, "organismes.csv 3 1 0 0");
    assert_row(held, "carif.xml, offres 1 0 1 lu ");
    g_assert_cmpint(testdb_number(db, "select count(*)::int8 from prisme.offre"), ==, 2 * n);
    input_folder_put(folder, "complement-formations.csv", "code;jours;effectif_min;effectif_max\nC1;4;4;8\n", -1);
    ingest(db, folder, sortie);
    g_autofree char *priced = load_of(db, 3, &error);
    assert_row(priced, "Lignes incomplètes, gardées sans être planifiées : 1");
    assert_row(priced, "offres.csv S1 : il manque cout_groupe, cout_stagiaire (connu : commune");
    input_folder_put(folder, "complement-offres.csv", "code;cout_groupe;cout_stagiaire\nS1;3 200,00 €;0\n", -1);
    ingest(db, folder, sortie);
    g_autofree char *whole = load_of(db, 4, &error);
    g_assert_no_error(error);
    g_assert_null(strstr(whole, "incomplète"));
    assert_row(whole, "offres.csv 4 1 0 0");
    g_assert_cmpint(testdb_number(db, "select cout_groupe from prisme.offre where code = 'S1'"), ==, 320000);
    input_folder_remove(folder, "complement-offres.csv");
    ingest(db, folder, sortie);
    g_autofree char *rejets = input_folder_get(sortie, "rejets.csv");
    g_assert_nonnull(strstr(rejets, "A-INCOMPLET"));
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
    g_autofree char *first = load_of(db, 1, &error);
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
    g_autofree char *dry = printed(purge, db, NULL, &error);
    assert_row(dry, "5 besoins");
    assert_row(dry, "1 plans");
    g_assert_cmpint(testdb_number(db, "select count(*)::int8 from prisme.besoin"), ==, 5);
    g_autofree char *done = printed(purge, db, db, &error);
    g_assert_no_error(error);
    assert_row(done, "2 dont avec un pseudonyme");
    static const char *const tables[] = {"chargement", "chargement_source", "besoin", "besoin_public", "siae", "plan"};
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autofree char *count = g_strdup_printf("select count(*)::int8 from prisme.%s", tables[i]);
        g_assert_cmpint(testdb_number(db, count), ==, 0);
    }
    g_assert_cmpint(testdb_number(db, "select count(*)::int8 from prisme.campagne"), ==, 1);
    g_assert_null(printed(purge, db, db, &error));
    g_assert_error(error, FAULT, FAULT_INPUT);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/traces/loads are compared row by row", loads_are_compared);
    g_test_add_func("/traces/a row that is there and wrong is not gone", wrong_is_not_gone);
    g_test_add_func("/traces/incomplete rows are held, listed and completed later", incomplete_rows_are_held);
    g_test_add_func("/traces/refused files are traced and stop nobody", refused_parts_are_traced);
    g_test_add_func("/traces/without its report nothing is loaded", without_its_report_nothing_is_loaded);
    g_test_add_func("/traces/a campaign is removed whole, or only counted", campaigns_are_purged);
    return g_test_run();
}
