/* Files as they really come: encodings, damage, habits, personal data; and rejets.csv, which tells of it. */
#include "config/fault.h"
#include "tests/lib/input_folder.h"
#include "tests/lib/model_compare.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static GString *replaced(const char *text, const char *from, const char *to)
{
    GString *out = g_string_new(text);
    g_string_replace(out, from, to, 0);
    return out;
}

/* ---- the same content in every dress ---- */

typedef GString *(*Dress)(const char *text);

static GString *with_mark(const char *text)
{
    GString *out = g_string_new("\xEF\xBB\xBF");
    return g_string_append(out, text);
}
static GString *with_crlf(const char *text)
{
    return replaced(text, "\n", "\r\n");
}
static GString *with_cr(const char *text)
{
    return replaced(text, "\n", "\r");
}
static GString *with_tabs(const char *text)
{
    return replaced(text, ";", "\t");
}
static GString *with_commas(const char *text)
{
    g_autoptr(GString) points = replaced(text, ",", ".");
    return replaced(points->str, ";", ",");
}
static GString *without_last_end(const char *text)
{
    return g_string_new_len(text, (gssize)strlen(text) - 1);
}
static GString *with_blank_lines(const char *text)
{
    g_autoptr(GString) body = replaced(text, "\n", "\n\n;;;\n");
    return g_string_prepend(g_steal_pointer(&body), "\n\n");
}
static GString *with_quotes(const char *text)
{
    g_autoptr(GString) cells = replaced(text, ";", "\";\"");
    g_autoptr(GString) lines = replaced(cells->str, "\n", "\"\n\"");
    g_string_truncate(lines, lines->len - 1);
    return g_string_prepend(g_steal_pointer(&lines), "\"");
}
static GString *in_encoding(const char *text, const char *encoding, const char *mark, gsize n_mark)
{
    gsize n;
    g_autoptr(GString) plain = replaced(text, "\xE2\x80\xAF", " ");
    g_autofree char *bytes = g_convert(plain->str, -1, encoding, "UTF-8", NULL, &n, NULL);
    g_assert_nonnull(bytes);
    GString *out = g_string_new_len(mark, (gssize)n_mark);
    return g_string_append_len(out, bytes, (gssize)n);
}
static GString *in_windows_1252(const char *text)
{
    return in_encoding(text, "WINDOWS-1252", "", 0);
}
static GString *in_utf16(const char *text)
{
    return in_encoding(text, "UTF-16LE", "\xFF\xFE", 2);
}
static GString *in_big_endian(const char *text)
{
    return in_encoding(text, "UTF-16BE", "\xFE\xFF", 2);
}

static const struct {
    const char *name;
    Dress dress;
} dresses[] = {
    {"byte order mark", with_mark},
    {"CRLF", with_crlf},
    {"CR", with_cr},
    {"tabs", with_tabs},
    {"commas", with_commas},
    {"no last line end", without_last_end},
    {"blank lines", with_blank_lines},
    {"quotes", with_quotes},
    {"Windows-1252", in_windows_1252},
    {"UTF-16LE", in_utf16},
    {"UTF-16BE", in_big_endian},
};

static void every_dress(void)
{
    g_autoptr(InputFolder) plain = input_folder_new();
    g_autoptr(Model) expected = NULL;
    g_autofree char *clean = input_folder_verdict(plain, 0, &expected);
    g_assert_cmpstr(clean, ==, "");
    for (size_t i = 0; i < G_N_ELEMENTS(dresses); i++) {
        g_autoptr(InputFolder) folder = input_folder_new();
        g_autoptr(GDir) dir = g_dir_open(folder->path, 0, NULL);
        for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
            g_autofree char *text = input_folder_get(folder, name);
            g_autoptr(GString) dressed = dresses[i].dress(text);
            input_folder_put(folder, name, dressed->str, (gssize)dressed->len);
        }
        g_autoptr(Model) model = NULL;
        g_autofree char *verdict = input_folder_verdict(folder, 0, &model);
        g_test_message("%s: %s", dresses[i].name, verdict);
        g_assert_cmpstr(verdict, ==, "");
        g_autofree char *difference = model_compare(expected, model);
        g_assert_cmpstr(difference, ==, NULL);
    }
}

/* ---- damage ---- */

#define TEXT(bytes) bytes, sizeof(bytes) - 1

static const struct {
    const char *name, *bytes; /* of axes.csv, which needs A1 and A2 */
    size_t n;
    const char *verdict; /* with a threshold of 100 % */
} damages[] = {
    {"empty", TEXT(""), "axes.csv:0:! -> 4"},
    {"a byte order mark and nothing else", TEXT("\xEF\xBB\xBF"), "axes.csv:0:! -> 4"},
    {"blank lines only", TEXT("\n\r\n \n"), "axes.csv:0:! -> 4"},
    {"no header", TEXT("A1;Socle;\nA2;M;2\n"), "axes.csv:0:! -> 4"},
    {"header with a broken quote", TEXT("code;\"libelle\nA1;Socle\n"), "axes.csv:1:! -> 4"},
    {"UTF-16 without a mark", TEXT("c\0o\0d\0e\0;\0l\0\n\0"), "axes.csv:1:! -> 4"},
    {"an image", TEXT("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), "axes.csv:0:! -> 4"},
    {"quote never closed", TEXT("code;libelle\nA1;\"Socle\nA2;M\nA3;x\n"), NULL},
    {"quote never closed on a row of no matter", TEXT("code;libelle\nA1;Socle\nA2;M\nA3;\"x\n"), "axes.csv:4:!"},
    {"text behind a quote", TEXT("code;libelle\nA1;Socle\nA3;\"x\"y\nA2;M\n"), "axes.csv:3:!"},
    {"NUL in a row", TEXT("code;libelle\nA1;Socle\nA3;x\0y\nA2;M\n"), "axes.csv:3:!"},
    {"a row with more cells", TEXT("code;libelle\nA1;Socle\nA2;M\nA3;x;y\n"), "axes.csv:4:!"},
    {"a row with more empty cells", TEXT("code;libelle\nA1;Socle;;\nA2;M;\n"), ""},
    {"a row with fewer cells", TEXT("code;libelle;min_siae\nA1;Socle\nA2;M\n"), ""},
    {"a row cut short at the end", TEXT("code;libelle;min_siae\nA1;Socle;\nA2;M;\nA3;x"), "axes.csv:4:!"},
    {"a code in several lines", TEXT("code;libelle\nA1;\"So\ncle\"\nA2;M\n"), ""},
    {"a byte of no letter in a text", TEXT("code;libelle\nA1;Soc\x81le\nA2;M\n"), "axes.csv:2:libelle?"},
    {"a byte of no letter in a code", TEXT("code;libelle\nA1;S\nA2;M\nA\x81;x\n"), "axes.csv:4:code!"},
    {"two encodings", TEXT("code;libelle\nA1;caf\xC3\xA9\nA2;caf\xE9\n"), "axes.csv:0:?"},
    {"an unknown column", TEXT("code;libelle;couleur\nA1;S;rouge\nA2;M;\n"), "axes.csv:1:couleur?"},
    {"an unnamed column", TEXT("code;libelle;\nA1;S;rouge\nA2;M;\n"), ""},
    {"lines counted in quotes and blanks", TEXT("code;libelle\n\n\"A1\";\"a\n\nb\"\n\r\nA2;M\nA3;\n"),
     "axes.csv:8:libelle!"},
};

static void each_damage(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(damages); i++) {
        g_autoptr(InputFolder) folder = input_folder_new();
        input_folder_put(folder, "axes.csv", damages[i].bytes, (gssize)damages[i].n);
        g_autofree char *verdict = input_folder_verdict(folder, 100, NULL);
        g_test_message("%s: %s", damages[i].name, verdict);
        if (damages[i].verdict != NULL)
            g_assert_cmpstr(verdict, ==, damages[i].verdict);
        else /* A1 is lost, A2 and A3 are not */
            g_assert_true(g_str_has_prefix(verdict, "axes.csv:2:! besoins.csv:2:axe! besoins.csv:4:axe!"));
    }
}

static void no_rows(void)
{
    static const struct {
        const char *file, *header;
        bool usable;
    } files[] = {
        {"besoins.csv", "reference;siae;formation;effectif;axe;date_debut;date_fin\n", true},
        {"campagne.csv", "code;region;date_debut;date_fin\n", false},
        {"trajets.csv", "depart;arrivee;km\n", true},
        {"enveloppes.csv", "code;opco;dispositif;montant;debut_min;debut_max\n", true},
        {"priorites.csv", "critere;valeur;points", true},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(InputFolder) folder = input_folder_new();
        g_autoptr(Model) model = NULL;
        input_folder_remove(folder, "affectations_fixees.csv");
        input_folder_put(folder, files[i].file, files[i].header, -1);
        g_autofree char *verdict = input_folder_verdict(folder, 100, &model);
        g_test_message("%s: %s", files[i].file, verdict);
        g_assert_true((model != NULL) == files[i].usable);
        if (model != NULL)
            g_assert_true(model->has_priorites);
    }
}

static void names_of_files(void)
{
    g_autoptr(InputFolder) folder = input_folder_new();
    g_autofree char *axes = input_folder_get(folder, "axes.csv");
    input_folder_remove(folder, "axes.csv");
    input_folder_put(folder, "Axes.CSV", axes, -1);
    g_autofree char *renamed = input_folder_verdict(folder, 0, NULL);
    g_assert_cmpstr(renamed, ==, "");
    input_folder_put(folder, "axes.csv", axes, -1);
    g_autofree char *twice = input_folder_verdict(folder, 100, NULL);
    g_assert_cmpstr(twice, ==, "axes.csv:0:! -> 4");
    input_folder_remove(folder, "Axes.CSV");
    input_folder_put(folder, "besoin.csv", "x\n", -1);
    input_folder_put(folder, "LISEZMOI.txt", "x\n", -1);
    input_folder_put(folder, "rejets.csv", "x\n", -1);
    input_folder_put(folder, "Bilan.csv", "x\n", -1);
    input_folder_put(folder, "preuve.json", "{}\n", -1);
    input_folder_put(folder, "rapport-besoins.xlsx", "x\n", -1);
    g_autofree char *stranger = input_folder_verdict(folder, 0, NULL);
    g_assert_cmpstr(stranger, ==, "besoin.csv:0:?");
    input_folder_put(folder, "Rapport de la SIAE.xlsx", "PK\3\4", -1);
    input_folder_put(folder, "bilan.xlsx", "PK\3\4", -1);
    g_autofree char *books = input_folder_verdict(folder, 0, NULL);
    g_assert_cmpstr(books, ==, "Rapport de la SIAE.xlsx:0:! besoin.csv:0:? bilan.xlsx:0:!");
    input_folder_remove(folder, "Rapport de la SIAE.xlsx");
    input_folder_remove(folder, "bilan.xlsx");
    input_folder_remove(folder, "trajets.csv");
    g_autofree char *path = g_build_filename(folder->path, "trajets.csv", NULL);
    g_assert_cmpint(g_mkdir(path, 0700), ==, 0);
    g_autofree char *is_folder = input_folder_verdict(folder, 0, NULL);
    g_assert_cmpstr(is_folder, ==, "trajets.csv:0:! besoin.csv:0:? -> 4");
}

/* Names come in other encodings too, from archives made elsewhere; two files are never told by one name. */
static void names_in_other_encodings(void)
{
    static const struct {
        const char *bytes, *reference, *told;
    } files[] = {{"besoins-\xE9t\xE9.csv", "X1", "besoins-\\351t\\351.csv"},
                 {"besoins-\xE0.csv", "X2", "besoins-\u00E0.csv"},
                 {"besoins-\u00E9t\u00E9.csv", "X3", "besoins-\u00E9t\u00E9.csv"},
                 {"besoins-\x81.csv", "X4", "besoins-\\201.csv"}};
    g_autoptr(InputFolder) folder = input_folder_new();
    g_autoptr(Model) model = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *text = g_strdup_printf("reference;siae;formation;effectif;axe;date_debut;date_fin\n"
                                                "%s;S2;F1;3;A1;2027-01-04;2027-12-31\n",
                                                files[i].reference);
        input_folder_put(folder, files[i].bytes, text, -1);
    }
    g_autofree char *clean = input_folder_verdict(folder, 0, &model);
    g_assert_cmpstr(clean, ==, "");
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_assert_cmpint(model_find_besoin(model, files[i].reference), >=, 0);
        input_folder_put(folder, files[i].bytes, "reference\n", -1);
        g_autofree char *verdict = input_folder_verdict(folder, 100, NULL),
                        *told = g_strdup_printf("%s:1:axe!", files[i].told);
        if (strstr(verdict, told) == NULL)
            g_error("'%s' is not in %s", told, verdict);
    }
}

static void without_optional_files(void)
{
    static const char *const optional[] = {"affectations_fixees.csv", "sessions_fixees.csv", "fermetures.csv",
                                           "trajets.csv", "priorites.csv"};
    g_autoptr(InputFolder) folder = input_folder_new();
    for (size_t i = 0; i < G_N_ELEMENTS(optional); i++)
        input_folder_remove(folder, optional[i]);
    g_autoptr(Model) model = NULL;
    g_autofree char *verdict = input_folder_verdict(folder, 0, &model);
    g_assert_cmpstr(verdict, ==, "");
    g_assert_false(model->has_priorites);
    g_assert_cmpint(model->n_trajets + model->n_fermetures + model->n_sessions_fixees, ==, 0);
}

/* ---- personal data ---- */

static void personal_columns(void)
{
    static const struct {
        const char *file, *column;
        bool refused;
    } columns[] = {
        {"besoins.csv", "nom", true},
        {"besoins.csv", "Nom", true},
        {"besoins.csv", "Prénom", true},
        {"besoins.csv", "nom_naissance", true},
        {"besoins.csv", "Nom du salarié", true},
        {"besoins.csv", "NOM-STAGIAIRE", true},
        {"besoins.csv", "NIR", true},
        {"besoins.csv", "N° de sécurité sociale", true},
        {"besoins.csv", "numero_securite_sociale", true},
        {"besoins.csv", "num_secu", true},
        {"besoins.csv", "date_naissance", true},
        {"besoins.csv", "Date de naissance", true},
        {"besoins.csv", "email", true},
        {"besoins.csv", "E-mail", true},
        {"besoins.csv", "mail", true},
        {"besoins.csv", "courriel", true},
        {"besoins.csv", "Téléphone", true},
        {"besoins.csv", "tel", true},
        {"besoins.csv", "portable", true},
        {"besoins.csv", "Adresse du bénéficiaire", true},
        {"besoins.csv", "adresse", true},
        {"siae.csv", "nom", true},
        {"siae.csv", "prenom", true},
        {"siae.csv", "email du stagiaire", true},
        {"offres.csv", "email", true},
        {"affectations_fixees.csv", "Nom des salariés", true},
        {"siae.csv", "email", false},
        {"organismes.csv", "telephone", false},
        {"offres.csv", "adresse", false},
        {"besoins.csv", "nom_formation", false},
        {"besoins.csv", "commentaire", false},
        {"besoins.csv", "nombre d'heures", false},
        {"besoins.csv", "renommée", false},
        {"besoins.csv", "détail", false},
        {"formations.csv", "souvenir", false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++) {
        g_autoptr(InputFolder) folder = input_folder_new();
        g_autofree char *text = input_folder_get(folder, columns[i].file);
        char *end = strchr(text, '\n');
        g_autofree char *header = g_strndup(text, (gsize)(end - text)),
                        *wider = g_strconcat(header, ";", columns[i].column, end, NULL), *wanted = NULL;
        input_folder_put(folder, columns[i].file, wider, -1);
        g_autofree char *verdict = input_folder_verdict(folder, 0, NULL);
        g_test_message("%s %s: %s", columns[i].file, columns[i].column, verdict);
        wanted = g_strdup_printf("%s:1:%s%s", columns[i].file, columns[i].column, columns[i].refused ? "! -> 4" : "?");
        g_assert_cmpstr(verdict, ==, wanted);
    }
}

/* ---- rejets.csv ---- */

static void rejets_are_written(void)
{
    g_autoptr(InputFolder) folder = input_folder_new();
    g_autoptr(IngestReport) report = NULL;
    input_folder_set(folder, "besoins.csv", 6, "effectif", "=2+2");
    input_folder_set(folder, "axes.csv", 1, "min_siae", "\"min \"\"siae\"");
    g_autoptr(Model) model = ingest_read(folder->path, 100, &report, NULL);
    g_assert_nonnull(model);
    g_assert_cmpint(ingest_report_count(report), ==, 2);
    g_autofree char *path = g_build_filename(folder->path, "rejets.csv", NULL);
    g_assert_true(ingest_report_write(report, path, NULL));
    g_autofree char *text = input_folder_get(folder, "rejets.csv");
    g_assert_cmpstr(text, ==,
                    "fichier;ligne;colonne;valeur;probleme;remede;gravite;code\n"
                    "axes.csv;1;\"min \"\"siae\";;colonne inconnue : elle n'est pas lue;vérifier son nom, ou "
                    "l'ignorer;avertissement;A-COLONNE-INCONNUE\n"
                    "besoins.csv;6;effectif;'=2+2;nombre illisible;écrire par exemple 1234,50 : ni lettre, ni "
                    "séparateur de milliers;rejet;E-NOMBRE-ILLISIBLE\n");
}

/* No cell gives orders to the terminal that shows it. */
static void control_characters_are_not_repeated(void)
{
    g_autoptr(InputFolder) folder = input_folder_new();
    g_autoptr(IngestReport) report = NULL;
    input_folder_set(folder, "besoins.csv", 6, "effectif", "\x1b[31m\x07\x7f");
    g_autoptr(Model) model = ingest_read(folder->path, 100, &report, NULL);
    g_assert_nonnull(model);
    g_autofree char *path = g_build_filename(folder->path, "rejets.csv", NULL);
    g_assert_true(ingest_report_write(report, path, NULL));
    g_autofree char *text = input_folder_get(folder, "rejets.csv");
    g_assert_nonnull(strstr(text, "[31m"));
    for (const char *c = text; *c != '\0'; c++)
        g_assert_true(*c == '\n' || !g_ascii_iscntrl(*c));
}

/* A folder in the place of a file is told in French, with the system's words beside. */
static void unreadable_file(void)
{
    g_autoptr(InputFolder) folder = input_folder_new();
    g_autoptr(IngestReport) report = NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *axes = g_build_filename(folder->path, "axes.csv", NULL);
    input_folder_remove(folder, "axes.csv");
    g_assert_cmpint(g_mkdir(axes, 0700), ==, 0);
    g_autoptr(Model) model = ingest_read(folder->path, 100, &report, &error);
    g_assert_error(error, FAULT, FAULT_INPUT);
    g_autofree char *path = g_build_filename(folder->path, "rejets.csv", NULL);
    g_assert_true(ingest_report_write(report, path, NULL));
    g_autofree char *text = input_folder_get(folder, "rejets.csv");
    g_assert_nonnull(strstr(text, ";fichier illisible (ce n'est pas un fichier);vérifier que c'est un fichier, et que "
                                  "prisme a le droit de le lire"));
    g_assert_cmpint(g_rmdir(axes), ==, 0);
}

/* A file that opens and cannot be read says nothing of its sender: an error, no line of the report. */
static void file_the_machine_cannot_read(void)
{
    g_autoptr(InputFolder) folder = input_folder_new();
    g_autoptr(IngestReport) report = NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *axes = g_build_filename(folder->path, "axes.csv", NULL);
    input_folder_remove(folder, "axes.csv");
    g_assert_cmpint(symlink("/proc/self/mem", axes), ==, 0); /* nothing is mapped where it begins */
    g_autoptr(Model) model = ingest_read(folder->path, 100, &report, &error);
    g_assert_null(model);
    g_assert_error(error, FAULT, FAULT_INPUT);
    g_assert_nonnull(strstr(error->message, "cannot read 'axes.csv'"));
    g_assert_cmpint(ingest_report_count(report), ==, 0);
}

/* A long cell is shortened at a whole letter. */
static void long_values_are_shortened(void)
{
    for (int before = 190; before < 202; before++) {
        g_autoptr(InputFolder) folder = input_folder_new();
        g_autoptr(GString) value = g_string_new(NULL);
        for (int i = 0; i < before; i++)
            g_string_append_c(value, 'x');
        g_string_append(value, "ééééééééé");
        input_folder_set(folder, "besoins.csv", 6, "effectif", value->str);
        g_autoptr(IngestReport) report = NULL;
        g_autoptr(Model) model = ingest_read(folder->path, 100, &report, NULL);
        g_assert_nonnull(model);
        g_autofree char *path = g_build_filename(folder->path, "rejets.csv", NULL);
        g_assert_true(ingest_report_write(report, path, NULL));
        g_autofree char *text = input_folder_get(folder, "rejets.csv");
        g_assert_true(g_utf8_validate(text, -1, NULL));
        g_assert_nonnull(strstr(text, "…;nombre illisible"));
    }
}

/* A large file that is wrong throughout is told in bounded space, and counted whole. */
static void many_rejects(void)
{
    g_autoptr(InputFolder) folder = input_folder_new();
    g_autoptr(IngestReport) report = NULL;
    g_autoptr(GString) text = g_string_new("depart;arrivee;km\n");
    for (int i = 0; i < 150000; i++)
        g_string_append(text, "x;y;z\n");
    input_folder_put(folder, "trajets.csv", text->str, (gssize)text->len);
    g_autoptr(Model) model = ingest_read(folder->path, 100, &report, NULL);
    g_assert_nonnull(model);
    g_assert_cmpint(ingest_report_count(report), ==, 200001);
    g_autofree char *path = g_build_filename(folder->path, "rejets.csv", NULL);
    g_assert_true(ingest_report_write(report, path, NULL));
    g_autofree char *written = input_folder_get(folder, "rejets.csv");
    g_assert_nonnull(strstr(written, "trajets.csv;;;;250000 autres constats"));
}

static void rejets_that_cannot_be_written(void)
{
    g_autoptr(InputFolder) folder = input_folder_new();
    g_autoptr(IngestReport) report = NULL;
    g_autoptr(GError) error = NULL;
    input_folder_set(folder, "besoins.csv", 6, "effectif", "x");
    g_autoptr(Model) model = ingest_read(folder->path, 100, &report, NULL);
    g_assert_nonnull(model);
    g_assert_false(ingest_report_write(report, "/nonexistent/rejets.csv", &error));
    g_assert_error(error, FAULT, FAULT_OUTPUT);
}

/* The stage up to its load: an unusable folder leaves rejets.csv, and nothing of an earlier run's. */
static void stage_without_load(void)
{
    g_autoptr(InputFolder) folder = input_folder_new();
    g_autoptr(InputFolder) sortie = input_folder_new();
    g_autofree char *deep = g_build_filename(sortie->path, "deep", NULL),
                    *rejets = g_build_filename(deep, "rejets.csv", NULL);
    g_autoptr(GError) refused = NULL, absent = NULL;
    Settings settings = {.seuil_rejets = 10};
    input_folder_remove(folder, "siae.csv");
    g_assert_false(ingest_run(NULL, &settings, folder->path, deep, NULL, NULL, &refused));
    g_assert_error(refused, FAULT, FAULT_INPUT);
    g_assert_nonnull(strstr(refused->message, "siae.csv"));
    g_assert_true(g_file_test(rejets, G_FILE_TEST_IS_REGULAR));
    g_assert_false(ingest_run(NULL, &settings, "/nonexistent", deep, NULL, NULL, &absent));
    g_assert_error(absent, FAULT, FAULT_INPUT);
    g_assert_false(g_file_test(rejets, G_FILE_TEST_EXISTS));
    g_rmdir(deep);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ingest files/one content in every dress is one region", every_dress);
    g_test_add_func("/ingest files/each damage costs what it must and no more", each_damage);
    g_test_add_func("/ingest files/files without rows", no_rows);
    g_test_add_func("/ingest files/names of files in any case, once, and no strangers unseen", names_of_files);
    g_test_add_func("/ingest files/names of files in any encoding", names_in_other_encodings);
    g_test_add_func("/ingest files/the optional files may be missing", without_optional_files);
    g_test_add_func("/ingest files/personal data refuse the file", personal_columns);
    g_test_add_func("/ingest files/rejets.csv holds every line, defused", rejets_are_written);
    g_test_add_func("/ingest files/no control character is repeated", control_characters_are_not_repeated);
    g_test_add_func("/ingest files/what is no file is told in French", unreadable_file);
    g_test_add_func("/ingest files/what the machine cannot read is an error", file_the_machine_cannot_read);
    g_test_add_func("/ingest files/long values are shortened at a whole letter", long_values_are_shortened);
    g_test_add_func("/ingest files/many rejects are told in bounded space", many_rejects);
    g_test_add_func("/ingest files/rejets.csv that cannot be written is a fault", rejets_that_cannot_be_written);
    g_test_add_func("/ingest files/an unusable folder leaves rejets.csv", stage_without_load);
    return g_test_run();
}
