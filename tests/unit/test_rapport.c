/* What senders are told: the reports as data, and as the files they receive. */
#include "export/rapport.h"
#include "ingest/sender.h"
#include "ingest/xlsx.h"
#include "tests/lib/input_folder.h"

#include <glib/gstdio.h>
#include <string.h>

/* ---- as data ---- */

static GString *heard; /* one line a report */

static bool hear(const RapportFichier *fichier, const char *sortie, GError **error)
{
    (void)sortie, (void)error;
    g_string_append_printf(heard, "%s %d", fichier->nom, fichier->n_constats);
    for (guint t = 0; t < fichier->tables->len; t++) {
        const RapportTable *table = fichier->tables->pdata[t];
        g_string_append_printf(heard, " %u%s", table->lignes->len, table->abregee ? "~" : "");
        for (guint i = 0; i < table->constats->len; i++) {
            const RapportConstat *it = &g_array_index(table->constats, RapportConstat, i);
            g_string_append_printf(heard, " %d.%d:%s=%s", (int)it->ligne, it->cellule, it->code, it->valeur);
        }
    }
    g_string_append_c(heard, '\n');
    return true;
}

static char *told_to_senders(const InputFolder *folder, int32_t seuil_rejets)
{
    g_autoptr(IngestReport) report = NULL;
    g_autoptr(Model) model = ingest_read(folder->path, seuil_rejets, &report, NULL);
    heard = g_string_new(NULL);
    g_assert_true(sender_tell_all(report, hear, folder->path, NULL));
    return g_string_free(g_steal_pointer(&heard), FALSE);
}

static void assert_line(const char *text, const char *line)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    if (!g_strv_contains((const char *const *)lines, line))
        g_error("'%s' is not in\n%s", line, text);
}

static void each_file_its_own(void)
{
    g_autoptr(InputFolder) folder = input_folder_new();
    input_folder_set(folder, "besoins.csv", 6, "effectif", "=2+2");
    input_folder_set(folder, "besoins.csv", 6, "date_fin", "");
    g_autofree char *told = told_to_senders(folder, 50);
    assert_line(told, "rapport-besoins 2 6 6.10:E-CELLULE-VIDE= 6.4:E-NOMBRE-ILLISIBLE==2+2");
    assert_line(told, "rapport-siae 0 0");
}

static void personal_data_are_not_copied(void)
{
    g_autoptr(InputFolder) folder = input_folder_new();
    input_folder_put(folder, "besoins-S2.csv",
                     "reference;siae;formation;effectif;axe;date_debut;date_fin;note\n"
                     "S2-1;S9;F1;deux;A1;2027-01-04;2027-12-31;\n"
                     "S2-2;S2;F1;3;A1;2027-01-04;2027-12-31;0690 12 34 56\n",
                     -1);
    input_folder_put(folder, "besoins-S3.csv", "reference;nom stagiaire;siae\nS3-1;Dupont;S3\n", -1);
    g_autofree char *told = told_to_senders(folder, 50);
    assert_line(told, "rapport-besoins-S2 1 0 3.8:E-PERSONNEL-TELEPHONE=");
    g_assert_null(strstr(told, "0690"));
    g_assert_null(strstr(told, "deux"));
    g_assert_null(strstr(told, "Dupont"));
    g_assert_nonnull(strstr(told, "E-PERSONNEL-COLONNE"));
}

static void hopeless_files_are_set_aside(void)
{
    g_autoptr(InputFolder) folder = input_folder_new();
    g_autoptr(Model) model = NULL;
    input_folder_put(folder, "besoins-S2.csv",
                     "reference;siae;formation;effectif;axe;date_debut;date_fin\n"
                     "S2-1;S2;F1;deux;A1;2027-01-04;2027-12-31\n"
                     "S2-2;S2;F1;trois;A1;2027-01-04;2027-12-31\n"
                     "S2-3;S2;F1;3;A1;2027-01-04;2027-12-31\n",
                     -1);
    g_autofree char *verdict = input_folder_verdict(folder, 50, &model);
    g_assert_cmpstr(verdict, ==, "besoins-S2.csv:0:! besoins-S2.csv:2:effectif! besoins-S2.csv:3:effectif!");
    g_assert_cmpint(model->n_besoins, ==, 5);
    g_autofree char *told = told_to_senders(folder, 50);
    g_assert_nonnull(strstr(told, "0.0:E-SEUIL-DEPASSE="));
}

static void long_tables_are_abridged(void)
{
    g_autoptr(InputFolder) folder = input_folder_new();
    g_autoptr(GString) text = g_string_new("depart;arrivee;km\n");
    for (int i = 0; i < SENDER_ROWS_MAX; i++)
        g_string_append(text, "97120;97110;25,5\n");
    g_string_append(text, "97120;97199;25,5\n");
    input_folder_put(folder, "trajets.csv", text->str, -1);
    g_autofree char *told = told_to_senders(folder, 100);
    g_assert_nonnull(strstr(told, "rapport-trajets 20000 "));
    g_assert_nonnull(strstr(told, "20002.2:E-REFERENCE-INCONNUE=97199"));
}

static void same_stems(void)
{
    static const char *const files[] = {"form.xlsm", "form.xlsx", "form-xlsx.xlsx"};
    g_autoptr(InputFolder) folder = input_folder_new();
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
        input_folder_put(folder, files[i], "PK\3\4", -1);
    g_autofree char *told = told_to_senders(folder, 50);
    assert_line(told, "rapport-form 1 0 0.0:E-XLSX-ABIME=");
    assert_line(told, "rapport-form-xlsx 1 0 0.0:E-XLSX-ABIME=");
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "form.xlsx", -1),
                    *third = g_strdup_printf("rapport-form-xlsx-%.8s 1 0 0.0:E-XLSX-ABIME=", sum);
    assert_line(told, third);
}

/* The longest names a file can have, alike but for their last letter. */
static void long_names(void)
{
    g_autoptr(InputFolder) folder = input_folder_new(), sortie = input_folder_new();
    g_autoptr(IngestReport) report = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) stem = g_string_new("besoins-");
    while (stem->len < 248)
        g_string_append(stem, "\u00E9");
    for (char last = 'a'; last <= 'b'; last++) {
        g_autofree char *file = g_strdup_printf("%s%cxy.csv", stem->str, last);
        g_assert_cmpuint(strlen(file), ==, 255);
        input_folder_put(folder, file, "reference;siae\n", -1);
    }
    g_autoptr(Model) model = ingest_read(folder->path, 50, &report, NULL);
    g_assert_true(sender_tell_all(report, rapport_write, sortie->path, &error));
    g_autoptr(GDir) dir = g_dir_open(sortie->path, 0, NULL);
    int reports = 0;
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;)
        if (g_str_has_prefix(name, "rapport-")) {
            g_assert_true(g_utf8_validate(name, -1, NULL));
            reports++;
        }
    g_assert_cmpint(reports, ==, 4);
}

/* ---- as files ---- */

static RapportFichier *example(void)
{
    RapportFichier *fichier = rapport_new("besoins-S2.csv", "rapport-besoins-S2");
    RapportTable *table = rapport_table(fichier, NULL);
    const RapportConstat constats[] = {
        {2, 2, "effectif", "=1+1", "E-NOMBRE-ILLISIBLE", g_strdup("nombre illisible"), g_strdup("écrire 12"), false},
        {2, 2, "effectif", "=1+1", "A-APOSTROPHE", g_strdup("apostrophe"), g_strdup("vérifier"), true},
        {3, 0, "", "", "E-CSV-GUILLEMET-OUVERT", g_strdup("guillemet ouvert"), g_strdup("le refermer"), false},
        {5, 3, "axe", "", "E-CELLULE-VIDE", g_strdup("cellule vide"), g_strdup("la remplir"), false},
    };
    const char *const rows[][3] = {{"reference", "effectif", NULL}, {"B1", "=1+1", NULL}, {"B3", "2", NULL}};
    const int64_t lines[] = {1, 2, 5};
    g_array_append_vals(table->constats, constats, G_N_ELEMENTS(constats));
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        RapportLigne ligne = {lines[i], g_strdupv((char **)(guintptr)rows[i])};
        g_array_append_val(table->lignes, ligne);
    }
    fichier->n_constats = (int)G_N_ELEMENTS(constats);
    return fichier;
}

/* A sheet as "line:cell,cell" a row, with spaces between. */
static char *sheet_text(Xlsx *xlsx, const char *name)
{
    GString *text = g_string_new(NULL);
    SourceRecord record;
    int sheet = xlsx_sheet_find(xlsx, name);
    g_assert_cmpint(sheet, >=, 0);
    xlsx_start(xlsx, sheet);
    while (xlsx_next(xlsx, &record) == SOURCE_RECORD) {
        g_string_append_printf(text, "%d:", (int)record.line);
        for (int i = 0; i < record.n_cells; i++)
            g_string_append_printf(text, "%s%s", i > 0 ? "," : "", record.cells[i] != NULL ? record.cells[i] : "");
        g_string_append_c(text, ' ');
    }
    return g_string_free(text, FALSE);
}

static void files_are_written(void)
{
    g_autoptr(InputFolder) folder = input_folder_new();
    g_autoptr(RapportFichier) fichier = example();
    g_autoptr(GError) error = NULL;
    g_assert_true(rapport_write(fichier, folder->path, &error));
    g_autofree char *csv = input_folder_get(folder, "rapport-besoins-S2.csv");
    g_assert_cmpstr(csv, ==,
                    "feuille;ligne;colonne;valeur;code;gravite;probleme;remede\n"
                    ";2;effectif;'=1+1;E-NOMBRE-ILLISIBLE;rejet;nombre illisible;écrire 12\n"
                    ";2;effectif;'=1+1;A-APOSTROPHE;avertissement;apostrophe;vérifier\n"
                    ";3;;;E-CSV-GUILLEMET-OUVERT;rejet;guillemet ouvert;le refermer\n"
                    ";5;axe;;E-CELLULE-VIDE;rejet;cellule vide;la remplir\n");
    g_autofree char *path = g_build_filename(folder->path, "rapport-besoins-S2.xlsx", NULL), *bytes = NULL;
    Refusal fault;
    gsize n;
    g_autoptr(Xlsx) xlsx = xlsx_open(path, &fault, &error);
    g_assert_nonnull(xlsx);
    g_autofree char *copy = sheet_text(xlsx, "Votre tableau"), *list = sheet_text(xlsx, "Constats");
    g_assert_nonnull(strstr(copy, "1:reference,effectif"));
    g_assert_nonnull(strstr(copy, "2:B1,=1+1"));
    g_assert_nonnull(strstr(copy, "5:B3,2"));
    g_assert_nonnull(strstr(list, "E-CSV-GUILLEMET-OUVERT"));
    g_assert_true(g_file_get_contents(path, &bytes, &n, NULL));
    g_assert_nonnull(memmem(bytes, n, "comments1.xml", 13));
}

static void equal_reports_are_equal_files(void)
{
    g_autoptr(InputFolder) a = input_folder_new(), b = input_folder_new();
    g_autoptr(RapportFichier) one = example(), other = example();
    gsize n_a, n_b;
    g_autofree char *bytes_a = NULL, *bytes_b = NULL,
                    *path_a = g_build_filename(a->path, "rapport-besoins-S2.xlsx", NULL),
                    *path_b = g_build_filename(b->path, "rapport-besoins-S2.xlsx", NULL);
    g_assert_true(rapport_write(one, a->path, NULL) && rapport_write(other, b->path, NULL));
    g_assert_true(g_file_get_contents(path_a, &bytes_a, &n_a, NULL));
    g_assert_true(g_file_get_contents(path_b, &bytes_b, &n_b, NULL));
    g_assert_true(n_a == n_b && memcmp(bytes_a, bytes_b, n_a) == 0);
}

static void clean_files_lose_their_report(void)
{
    g_autoptr(InputFolder) folder = input_folder_new();
    g_autoptr(RapportFichier) fichier = example();
    g_autofree char *csv = g_build_filename(folder->path, "rapport-besoins-S2.csv", NULL),
                    *xlsx = g_build_filename(folder->path, "rapport-besoins-S2.xlsx", NULL);
    g_assert_true(rapport_write(fichier, folder->path, NULL));
    fichier->n_constats = 0;
    g_assert_true(rapport_write(fichier, folder->path, NULL));
    g_assert_false(g_file_test(csv, G_FILE_TEST_EXISTS));
    g_assert_false(g_file_test(xlsx, G_FILE_TEST_EXISTS));
    g_assert_true(rapport_write(fichier, folder->path, NULL));
}

static void a_place_that_takes_no_file(void)
{
    g_autoptr(RapportFichier) fichier = example();
    g_autoptr(GError) error = NULL;
    g_assert_false(rapport_write(fichier, "/nonexistent", &error));
    g_assert_nonnull(error);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rapport/each file of the folder has its own", each_file_its_own);
    g_test_add_func("/rapport/nothing of a file with personal data is repeated", personal_data_are_not_copied);
    g_test_add_func("/rapport/a sender's mostly wrong file is set aside, the others count",
                    hopeless_files_are_set_aside);
    g_test_add_func("/rapport/of a long table only what is spoken of is copied", long_tables_are_abridged);
    g_test_add_func("/rapport/files that differ in their endings", same_stems);
    g_test_add_func("/rapport/files of the longest names", long_names);
    g_test_add_func("/rapport/the list and the copy, rows at their places, no formula", files_are_written);
    g_test_add_func("/rapport/equal reports are equal files", equal_reports_are_equal_files);
    g_test_add_func("/rapport/a clean file loses its report", clean_files_lose_their_report);
    g_test_add_func("/rapport/a place that takes no file is a fault", a_place_that_takes_no_file);
    return g_test_run();
}
