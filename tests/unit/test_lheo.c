/* Catalogues of a Carif-Oref in LHEO 2.3: what they say, what they leave to be completed, and what is refused. */
#include "config/calendar.h"
#include "ingest/source.h"
#include "tests/lib/input_folder.h"
#include "tests/lib/testdb.h"

#include <string.h>

#define SESSION(numero, begin, end)                                                                                    \
    "<session numero=\"" numero "\"><periode><debut>" begin "</debut><fin>" end                                        \
    "</fin></periode><adresse-inscription><adresse><code-INSEE-commune>75056</code-INSEE-commune></adresse>"           \
    "</adresse-inscription></session>"
#define PLACE(commune)                                                                                                 \
    "<lieu-de-formation><coordonnees><nom>X</nom><adresse><ligne>1 rue</ligne><code-INSEE-commune>" commune            \
    "</code-INSEE-commune></adresse><telfixe><numtel>0102030405</numtel></telfixe></coordonnees></lieu-de-formation>"
#define HOURS(centre) "<nombre-heures-centre>" centre "</nombre-heures-centre>"
#define ACTION(place, mode, entries, sessions, hours)                                                                  \
    "<action><modalites-enseignement>" mode "</modalites-enseignement>" place "<modalites-entrees-sorties>" entries    \
    "</modalites-entrees-sorties>" sessions "<prix-total-TTC>1200.00</prix-total-TTC>" hours "</action>"
#define RESPONSIBLE(siret, name)                                                                                       \
    "<organisme-formation-responsable><numero-activite>01973000009</"                                                  \
    "numero-activite><SIRET-organisme-formation><SIRET>" siret                                                         \
    "</SIRET></SIRET-organisme-formation><nom-organisme>x</nom-organisme><raison-sociale>" name                        \
    "</raison-sociale><contact-organisme><coordonnees><nom>DUPONT</nom><courriel>a@b.fr</courriel></coordonnees>"      \
    "</contact-organisme></organisme-formation-responsable>"
#define FORMATION(numero, title, inside)                                                                               \
    "<formation numero=\"" numero "\"><domaine-formation><code-FORMACODE ref=\"V13\">31768</code-FORMACODE>"           \
    "<code-FORMACODE>31795</code-FORMACODE></domaine-formation><intitule-formation>" title                             \
    "</intitule-formation><certifiante>1</certifiante><contact-formation><nom>DURAND</nom>"                            \
    "</contact-formation><certification>"                                                                              \
    "<code-RNCP>34095</code-RNCP></certification>" inside "</formation>"
#define LHEO(inside)                                                                                                   \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<lheo xmlns=\"http://lheo.gouv.fr/2.3\"><offres>\n" inside            \
    "</offres></lheo>\n"

#define CATALOGUE                                                                                                      \
    LHEO(FORMATION("C1", "CACES R489 &amp; plus",                                                                      \
                   ACTION(PLACE("97120"), "0", "0",                                                                    \
                          SESSION("S1", "20270301", "20270305") SESSION("S2", "20270405", "20270409"), HOURS("28"))    \
                       RESPONSIBLE("90000000300013", "FORMA SA"))                                                      \
             FORMATION("C2", "Bureautique",                                                                            \
                       ACTION(PLACE("97105") PLACE("97110"), "2", "1", SESSION("S3", "20270201", "99999999"),          \
                              HOURS("14")) ACTION(PLACE("97105"), "1", "0", SESSION("S4", "20270510", "20270511"),     \
                                                  HOURS("21")) RESPONSIBLE("90000000500018", "NOUVEL OF")))

/* The rows of a table of the catalogue: cells by '|', rows by a line. */
static char *rows_of(const char *text, const char *table)
{
    g_autofree char *folder = testdb_folder(), *path = g_build_filename(folder, "export.xml", NULL);
    SourceRecord record;
    g_autoptr(GError) error = NULL;
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    g_autoptr(Source) source = source_open(path, &record, &error);
    g_assert_no_error(error);
    g_assert_nonnull(source);
    GString *out = g_string_new(NULL);
    for (int i = 0; i < source_n_tables(source); i++) {
        SourceResult result;
        if (strcmp(source_table_name(source, i), table) != 0)
            continue;
        g_assert_true(source_start(source, i, NULL, &error));
        while ((result = source_next(source, &record, &error)) == SOURCE_RECORD) {
            for (int c = 0; c < record.n_cells; c++)
                g_string_append_printf(out, "%s|", record.cells[c]);
            g_string_append_c(out, '\n');
        }
        if (result == SOURCE_REFUSED)
            g_string_append(out, constat_code(record.constat));
    }
    return g_string_free(out, FALSE);
}

static void what_it_says(void)
{
    static const char *const tables[][2] = {
        {"organismes", "siret|nda|raison_sociale|\n90000000300013|01973000009|FORMA SA|\n"
                       "90000000500018|01973000009|NOUVEL OF|\n"},
        {"formations", "code|intitule|domaine|nature|heures|jours|effectif_min|effectif_max|certification|formacode|\n"
                       "C1|CACES R489 & plus|Formacode 31768|certifiante|28||||RNCP34095|31768|\n"
                       "C2|Bureautique|Formacode 31768|certifiante|||||RNCP34095|31768|\n"},
        {"offres",
         "code|organisme|formation|commune|modalite|cout_groupe|cout_stagiaire|date_debut|date_fin|sessions_max|\n"
         "S1|90000000300013|C1|97120|presentiel|||2027-03-01|2027-03-01|1|\n"
         "S2|90000000300013|C1|97120|presentiel|||2027-04-05|2027-04-05|1|\n"
         "S3|90000000500018|C2||distanciel|||2027-02-01|||\n"
         "S4|90000000500018|C2|97105|mixte|||2027-05-10|2027-05-10|1|\n"}};
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autofree char *rows = rows_of(CATALOGUE, tables[i][0]);
        g_assert_cmpstr(rows, ==, tables[i][1]);
    }
}

/* What one formation leaves out is not taken from the next, be they on one line. */
static void formations_are_apart(void)
{
    g_autofree char *rows =
        rows_of("<lheo><offres><formation numero=\"A\"><action>" SESSION(
                    "S1", "20270301",
                    "20270305") "</action></formation>"
                                "<formation numero=\"B\"><action>" SESSION(
                                    "S2", "20270301",
                                    "20270305") "</action>" RESPONSIBLE("90000000300013",
                                                                        "FORMA SA") "</formation></offres></lheo>",
                "offres");
    g_assert_nonnull(strstr(rows, "\nS1||A|"));
    g_assert_nonnull(strstr(rows, "\nS2|90000000300013|B|"));
}

static void what_is_refused(void)
{
    static const char *const texts[][2] = {
        {"<?xml version=\"1.0\"?>\n<!DOCTYPE lheo [<!ENTITY a \"b\">]><lheo>&a;</lheo>", "E-LHEO-DTD"},
        {"<lheo><offres><formation>", "E-LHEO-ABIME"},
        {"<lheo><offres></lheo>", "E-LHEO-ABIME"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *rows = rows_of(texts[i][0], "offres");
        g_assert_cmpstr(rows, ==, texts[i][1]);
    }
}

/* What the catalogue leaves empty is told, a line a row, and no reject; the coordinator's files complete it. */
static void completed(void)
{
    g_autoptr(InputFolder) folder = input_folder_new();
    g_autoptr(Model) before = NULL, alone = NULL, model = NULL;
    g_autofree char *clean = input_folder_verdict(folder, 0, &before);
    input_folder_put(folder, "carif.xml",
                     LHEO(FORMATION("C1", "CACES",
                                    ACTION(PLACE("97120"), "0", "0", SESSION("S1", "20270301", "20270305"), HOURS("28"))
                                        RESPONSIBLE("90000000500018", "NOUVEL OF"))),
                     -1);
    g_autofree char *incomplete = input_folder_verdict(folder, 0, &alone);
    g_test_message("%s", incomplete);
    g_assert_cmpstr(incomplete, ==, "carif.xml, formations:2:? carif.xml, offres:2:?");
    g_assert_nonnull(alone);
    g_assert_cmpint(alone->n_offres, ==, before->n_offres);
    g_assert_cmpint(alone->n_formations, ==, before->n_formations);
    g_assert_cmpint(alone->n_organismes, ==, before->n_organismes + 1);
    input_folder_put(folder, "complement-formations.csv", "Code;Jours;effectif_min;effectif_max\nC1;4;4;8\n", -1);
    input_folder_put(folder, "complement-offres.csv", "code;cout_groupe;cout_stagiaire\nS1;3 200,00;0\n", -1);
    g_autofree char *verdict = input_folder_verdict(folder, 0, &model);
    g_test_message("%s", verdict);
    g_assert_null(strchr(verdict, '!'));
    g_assert_cmpint(model->n_offres, ==, before->n_offres + 1);
    const ModelOffre *offre = &model->offres[model_find_offre(model, "S1")];
    g_assert_cmpint(offre->cout_groupe, ==, 320000);
    g_assert_cmpint(offre->effectif_max, ==, 8);
    g_assert_cmpint(offre->date_debut, ==, calendar_day(2027, 3, 1));
    g_assert_cmpstr(model->organismes[offre->organisme].raison_sociale, ==, "NOUVEL OF");
    g_assert_cmpint(model->formations[offre->formation].heures, ==, 2800);
    input_folder_put(folder, "complement-offres.csv", "offre;cout_groupe\nS1;3200\n", -1);
    g_autofree char *unkeyed = input_folder_verdict(folder, 0, NULL);
    g_assert_nonnull(strstr(unkeyed, "complement-offres.csv:0:code!"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lheo/organismes, formations and sessions are rows", what_it_says);
    g_test_add_func("/lheo/formations are apart", formations_are_apart);
    g_test_add_func("/lheo/damage and tricks refuse the file", what_is_refused);
    g_test_add_func("/lheo/what it leaves empty is told, and completed", completed);
    return g_test_run();
}
