/* Rules between cells, rows and files: one change to a clean folder, and all that must be said of it. */
#include "tests/lib/input_folder.h"

#include <string.h>

typedef struct {
    const char *file;
    int line; /* 0: `column` is a line to add */
    const char *column, *value;
} Change;

typedef struct {
    const char *name;
    Change changes[4];
    const char *verdict; /* with a threshold of 100 % */
} Rule;

static const Rule rules[] = {
    /* dates and bounds within a row */
    {"campagne ends before it begins",
     {{"campagne.csv", 2, "date_fin", "2027-01-03"}},
     "campagne.csv:0:! campagne.csv:2:date_fin! -> 4"},
    {"campagne of one day", {{"campagne.csv", 2, "date_fin", "2027-01-04"}}, ""},
    {"two campagnes",
     {{"campagne.csv", 0, "G28;01;2027-01-04;2027-12-31;;", NULL}},
     "campagne.csv:0:! campagne.csv:2:! campagne.csv:3:! -> 4"},
    {"offre ends before it begins", {{"offres.csv", 4, "date_fin", "2027-01-31"}}, "offres.csv:4:date_fin!"},
    {"besoin ends before it begins", {{"besoins.csv", 6, "date_fin", "2027-01-03"}}, "besoins.csv:6:date_fin!"},
    {"enveloppe window turned", {{"enveloppes.csv", 3, "debut_min", "2028-01-01"}}, "enveloppes.csv:3:debut_max!"},
    {"closure turned", {{"fermetures.csv", 2, "au", "2027-07-31"}}, "fermetures.csv:2:au!"},
    {"montant_acquis above montant",
     {{"enveloppes.csv", 2, "montant_acquis", "10000,01"}},
     "enveloppes.csv:2:montant_acquis!"},
    {"formation min above max",
     {{"formations.csv", 3, "effectif_min", "13"}},
     "formations.csv:3:effectif_max! offres.csv:3:formation! besoins.csv:4:formation! besoins.csv:5:formation! "
     "sessions_fixees.csv:3:offre! affectations_fixees.csv:3:besoin! affectations_fixees.csv:3:session!"},
    {"offre min above its own max", {{"offres.csv", 4, "effectif_min", "9"}}, "offres.csv:4:effectif_max!"},
    {"offre min above the formation's max",
     {{"offres.csv", 4, "effectif_min", "11"}, {"offres.csv", 4, "effectif_max", ""}},
     "offres.csv:4:effectif_max!"},
    {"montage min above max",
     {{"montages.csv", 3, "effectif_min", "50,01"}},
     "montages.csv:3:effectif_max! financements.csv:2:montage! financements.csv:3:montage! "
     "affectations_fixees.csv:2:montage!"},
    /* places */
    {"presentiel without commune",
     {{"offres.csv", 2, "commune", ""}},
     "offres.csv:2:commune! sessions_fixees.csv:2:offre! affectations_fixees.csv:2:session!"},
    {"mixte without commune", {{"offres.csv", 4, "commune", ""}}, "offres.csv:4:commune!"},
    {"afest without commune", {{"offres.csv", 3, "modalite", "afest"}}, ""},
    {"lost zero of a commune",
     {{"communes.csv", 0, "01004;Ambérieu;45,9;5,3;", NULL}, {"besoins.csv", 6, "commune", "1004"}},
     "besoins.csv:6:commune?"},
    /* who must be known */
    {"unknown commune of a SIAE", {{"siae.csv", 3, "commune", "75056"}}, "siae.csv:3:commune! besoins.csv:6:siae!"},
    {"opco without frais, with a row for every other", {{"siae.csv", 3, "opco", "INCONNU"}}, ""},
    {"opco without frais, and no row for every other",
     {{"frais.csv", 2, "opco", "AUTRE"}},
     "siae.csv:3:opco! besoins.csv:6:siae!"},
    {"no opco, and no row for every other",
     {{"frais.csv", 2, "opco", "AUTRE"}, {"siae.csv", 3, "opco", ""}},
     "siae.csv:3:opco! besoins.csv:6:siae!"},
    {"the opco's frais row rejected",
     {{"frais.csv", 3, "bareme_km", "x"}},
     "frais.csv:3:bareme_km! siae.csv:2:opco! siae.csv:4:opco! offres.csv:4:siae! besoins.csv:2:siae! "
     "besoins.csv:3:siae! besoins.csv:4:apres! besoins.csv:4:siae! besoins.csv:5:siae! fermetures.csv:2:code! "
     "affectations_fixees.csv:2:besoin! affectations_fixees.csv:3:besoin!"},
    {"a financement rejected takes its montage",
     {{"financements.csv", 2, "taux_pedagogie", "100,01"}},
     "montages.csv:3:code! financements.csv:2:taux_pedagogie! financements.csv:3:montage! "
     "affectations_fixees.csv:2:montage!"},
    {"closure of somebody unknown", {{"fermetures.csv", 2, "code", "S9"}}, "fermetures.csv:2:code!"},
    {"closure of an organisme named as a siae", {{"fermetures.csv", 3, "objet", "siae"}}, "fermetures.csv:3:code!"},
    /* keys */
    {"same siret and type",
     {{"siae.csv", 4, "type", "ACI"}},
     "siae.csv:2:siret! siae.csv:4:siret! offres.csv:4:siae! besoins.csv:2:siae! besoins.csv:3:siae! "
     "besoins.csv:4:apres! besoins.csv:4:siae! besoins.csv:5:siae! fermetures.csv:2:code! "
     "affectations_fixees.csv:2:besoin! affectations_fixees.csv:3:besoin!"},
    {"the same row twice", {{"axes.csv", 0, "A2;Mutualisation;2", NULL}}, "axes.csv:4:code?"},
    {"the same row twice, otherwise written", {{"axes.csv", 0, " A2 ;Mutualisation;2,0", NULL}}, "axes.csv:4:code?"},
    {"the same key twice",
     {{"axes.csv", 0, "A2;Mutualisation;3", NULL}},
     "axes.csv:3:code! axes.csv:4:code! besoins.csv:3:axe! besoins.csv:4:apres! montages.csv:3:axes! "
     "financements.csv:2:montage! financements.csv:3:montage! affectations_fixees.csv:2:montage!"},
    {"a wrong row takes the others of its key",
     {{"trajets.csv", 0, "97120;97110;loin;", NULL}},
     "trajets.csv:2:depart! trajets.csv:3:km!"},
    {"the way back is another key", {{"trajets.csv", 0, "97110;97120;26;31", NULL}}, ""},
    {"equal needs but for apres",
     {{"besoins.csv", 0, "B3;S1;F2;1;;A1;;oui;2027-01-04;2027-12-31;;;;P1;", NULL}},
     "besoins.csv:4:reference! besoins.csv:7:reference!"},
    {"the same closure twice",
     {{"fermetures.csv", 0, "siae;S1;2027-08-01;2027-08-15", NULL}},
     "fermetures.csv:5:objet?"},
    {"the same priorite twice adds up", {{"priorites.csv", 0, "public;RSA;2", NULL}}, ""},
    {"the same rang twice",
     {{"financements.csv", 3, "rang", "1"}},
     "montages.csv:3:code! financements.csv:2:montage! financements.csv:3:montage! "
     "affectations_fixees.csv:2:montage!"},
    {"the same fixed learners twice",
     {{"affectations_fixees.csv", 0, "X1;B1;2;M2", NULL}},
     "affectations_fixees.csv:2:session! affectations_fixees.csv:4:session!"},
    /* stagiaire and apres */
    {"stagiaire of two", {{"besoins.csv", 3, "effectif", "2"}}, "besoins.csv:3:stagiaire! besoins.csv:4:apres!"},
    {"stagiaire named by a mail address",
     {{"besoins.csv", 3, "stagiaire", "p1@exemple.fr"}, {"besoins.csv", 4, "apres", ""}},
     "besoins.csv:3:stagiaire! -> 4"},
    {"stagiaire named by what may be an address",
     {{"besoins.csv", 3, "stagiaire", "p1@"}, {"besoins.csv", 4, "apres", ""}},
     "besoins.csv:3:stagiaire!"},
    {"stagiaire named by a NIR with its key",
     {{"besoins.csv", 3, "stagiaire", "2 85 05 97 120 001 71"}, {"besoins.csv", 4, "apres", ""}},
     "besoins.csv:3:stagiaire! -> 4"},
    {"stagiaire named by a NIR with a wrong key",
     {{"besoins.csv", 3, "stagiaire", "2 85 05 97 120 001 42"}, {"besoins.csv", 4, "apres", ""}},
     "besoins.csv:3:stagiaire!"},
    {"apres without stagiaire", {{"besoins.csv", 4, "stagiaire", ""}}, "besoins.csv:4:apres!"},
    {"apres somebody unknown", {{"besoins.csv", 4, "apres", "B2|B9"}}, "besoins.csv:4:apres!"},
    {"apres itself", {{"besoins.csv", 4, "apres", "B3"}}, "besoins.csv:4:apres!"},
    {"apres another stagiaire", {{"besoins.csv", 4, "stagiaire", "P2"}}, "besoins.csv:4:apres!"},
    {"apres the same stagiaire name of another SIAE", {{"besoins.csv", 4, "siae", "S3"}}, "besoins.csv:4:apres!"},
    {"apres in a loop", {{"besoins.csv", 3, "apres", "B3"}}, "besoins.csv:3:apres! besoins.csv:4:apres!"},
    {"apres a rejected need", {{"besoins.csv", 3, "priorite", "5"}}, "besoins.csv:3:priorite! besoins.csv:4:apres!"},
    {"apres of a chain whose head is rejected",
     {{"besoins.csv", 0, "B7;S1;F1;1;;A1;;;2027-01-04;2027-12-31;;;;P1;B3", NULL}, {"besoins.csv", 3, "axe", "A9"}},
     "besoins.csv:3:axe! besoins.csv:4:apres! besoins.csv:7:apres!"},
    {"apres a need further down",
     {{"besoins.csv", 3, "apres", "B8"}, {"besoins.csv", 0, "B8;S1;F1;1;;A1;;;2027-01-04;2027-12-31;;;;P1;", NULL}},
     ""},
    /* priorites */
    {"a priorite that is none", {{"priorites.csv", 2, "valeur", "5"}}, "priorites.csv:2:valeur!"},
    {"any public", {{"priorites.csv", 3, "valeur", "INVENTÉ"}}, ""},
    {"a nature that is none", {{"priorites.csv", 4, "valeur", "utile"}}, "priorites.csv:4:valeur!"},
    {"an axe that is none", {{"priorites.csv", 5, "valeur", "A9"}}, "priorites.csv:5:valeur!"},
    {"any filiere", {{"priorites.csv", 6, "valeur", "BTP"}}, ""},
    {"a formation that is none", {{"priorites.csv", 7, "valeur", "F9"}}, "priorites.csv:7:valeur!"},
    {"any zone", {{"priorites.csv", 8, "valeur", "MARS"}}, ""},
    {"a type that is none", {{"priorites.csv", 9, "valeur", "SCOP"}}, "priorites.csv:9:valeur!"},
    /* fixed sessions */
    {"fixed on a Saturday",
     {{"sessions_fixees.csv", 2, "date_debut", "2027-02-27"}},
     "sessions_fixees.csv:2:date_debut! affectations_fixees.csv:2:session!"},
    {"fixed on a national holiday",
     {{"sessions_fixees.csv", 2, "date_debut", "2027-03-29"}},
     "sessions_fixees.csv:2:date_debut! affectations_fixees.csv:2:session!"},
    {"fixed on the commune's holiday",
     {{"sessions_fixees.csv", 2, "date_debut", "2027-05-27"}},
     "sessions_fixees.csv:2:date_debut! affectations_fixees.csv:2:session!"},
    {"fixed on the region's holiday, distanciel",
     {{"sessions_fixees.csv", 3, "date_debut", "2027-05-27"}},
     "sessions_fixees.csv:3:date_debut! affectations_fixees.csv:3:session!"},
    {"fixed on a closure of the organisme",
     {{"sessions_fixees.csv", 3, "date_debut", "2027-05-10"}},
     "sessions_fixees.csv:3:date_debut! affectations_fixees.csv:3:session!"},
    {"fixed on a closure of the commune",
     {{"sessions_fixees.csv", 2, "date_debut", "2027-05-18"}},
     "sessions_fixees.csv:2:date_debut! affectations_fixees.csv:2:session!"},
    {"fixed on a closure of another commune", {{"sessions_fixees.csv", 3, "date_debut", "2027-05-18"}}, ""},
    {"fixed outside the offer's window", {{"sessions_fixees.csv", 2, "date_debut", "2027-07-01"}}, ""},
    /* fixed learners */
    {"fixed for another formation",
     {{"affectations_fixees.csv", 2, "besoin", "B4"},
      {"affectations_fixees.csv", 2, "montage", "M3"},
      {"affectations_fixees.csv", 3, "effectif", "1"}},
     "affectations_fixees.csv:2:besoin!"},
    {"fixed in an offer of another SIAE", {{"offres.csv", 2, "siae", "S2"}}, "affectations_fixees.csv:2:besoin!"},
    {"fixed in an offer of another opco", {{"offres.csv", 3, "opco", "AKTO"}}, "affectations_fixees.csv:3:besoin!"},
    {"montage of another opco", {{"montages.csv", 3, "opco", "AKTO"}}, "affectations_fixees.csv:2:montage!"},
    {"montage of other types", {{"montages.csv", 3, "types", "GEIQ|EBE"}}, "affectations_fixees.csv:2:montage!"},
    {"montage of other natures", {{"montages.csv", 3, "natures", "base"}}, "affectations_fixees.csv:2:montage!"},
    {"montage of another statut", {{"montages.csv", 3, "statuts", "permanent"}}, "affectations_fixees.csv:2:montage!"},
    {"montage of another axe", {{"montages.csv", 3, "axes", "A2"}}, "affectations_fixees.csv:2:montage!"},
    {"montage for larger SIAE", {{"montages.csv", 3, "effectif_min", "12,51"}}, "affectations_fixees.csv:2:montage!"},
    {"montage for smaller SIAE", {{"montages.csv", 3, "effectif_max", "12,49"}}, "affectations_fixees.csv:2:montage!"},
    {"montage for as large SIAE",
     {{"montages.csv", 3, "effectif_min", "12,5"}, {"montages.csv", 3, "effectif_max", "12,5"}},
     ""},
    {"montage with bounds, SIAE of unknown size",
     {{"siae.csv", 2, "effectif", ""}},
     "affectations_fixees.csv:2:montage!"},
    {"obligation without attestation",
     {{"besoins.csv", 5, "attestation", "non"}},
     "affectations_fixees.csv:3:montage!"},
    {"obligation without attestation, the SIAE pays",
     {{"besoins.csv", 5, "attestation", "non"}, {"affectations_fixees.csv", 3, "montage", "M1"}},
     ""},
    {"organisme without qualiopi",
     {{"organismes.csv", 2, "qualiopi", "non"}},
     "affectations_fixees.csv:2:montage! affectations_fixees.csv:3:montage!"},
    {"more fixed than needed",
     {{"affectations_fixees.csv", 3, "effectif", "4"}},
     "affectations_fixees.csv:3:effectif!"},
    {"more fixed than needed in all",
     {{"affectations_fixees.csv", 0, "X1;B1;2;M3", NULL}},
     "affectations_fixees.csv:2:effectif! affectations_fixees.csv:4:effectif!"},
    {"as many fixed as needed", {{"affectations_fixees.csv", 0, "X1;B1;1;M3", NULL}}, ""},
};

static void each_rule(gconstpointer data)
{
    const Rule *rule = data;
    g_autoptr(InputFolder) folder = input_folder_new();
    for (size_t i = 0; i < G_N_ELEMENTS(rule->changes) && rule->changes[i].file != NULL; i++) {
        const Change *change = &rule->changes[i];
        if (change->line == 0)
            input_folder_add(folder, change->file, change->column);
        else
            input_folder_set(folder, change->file, change->line, change->column, change->value);
    }
    g_autofree char *verdict = input_folder_verdict(folder, 100, NULL);
    g_assert_cmpstr(verdict, ==, rule->verdict);
}

static void a_long_chain(void)
{
    g_autoptr(InputFolder) folder = input_folder_new();
    g_autofree char *head = input_folder_get(folder, "besoins.csv");
    g_autoptr(GString) text = g_string_new(head);
    for (int i = 0; i < 20000; i++)
        g_string_append_printf(text, "C%05d;S1;F1;1;;A1;;;2027-01-04;2027-12-31;;;;P7;C%05d\n", i, i + 1);
    g_string_append(text, "C20000;S1;F1;1;;A1;;;2027-01-04;2027-12-31;;;;P7;\n");
    input_folder_put(folder, "besoins.csv", text->str, (gssize)text->len);
    g_autofree char *good = input_folder_verdict(folder, 0, NULL);
    g_assert_cmpstr(good, ==, "");
    input_folder_set(folder, "besoins.csv", 20007, "apres", "C00000");
    g_autofree char *loop = input_folder_verdict(folder, 0, NULL);
    g_assert_true(g_str_has_prefix(loop, "besoins.csv:7:apres! besoins.csv:8:apres!"));
    g_assert_true(g_str_has_suffix(loop, "besoins.csv:20007:apres! -> 4"));
}

/* Which of several rows of a key is the first must not matter. */
static void order_of_rows(void)
{
    g_autoptr(InputFolder) one = input_folder_new(), other = input_folder_new();
    input_folder_put(one, "axes.csv", "code;libelle\nA1;Socle\nA3;x\nA3;y\nA2;M\n", -1);
    input_folder_put(other, "axes.csv", "libelle;code\nM;A2\ny;A3\nSocle;A1\nx;A3\n", -1);
    g_autoptr(Model) a = NULL, b = NULL;
    g_autofree char *verdict_one = input_folder_verdict(one, 100, &a),
                    *verdict_other = input_folder_verdict(other, 100, &b);
    g_assert_cmpstr(verdict_one, ==, "axes.csv:3:code! axes.csv:4:code!");
    g_assert_cmpstr(verdict_other, ==, "axes.csv:3:code! axes.csv:5:code!");
    g_assert_cmpint(a->n_axes, ==, 2);
    g_assert_cmpint(b->n_axes, ==, 2);
    g_assert_cmpstr(a->axes[1].code, ==, "A2");
    g_assert_cmpstr(b->axes[1].code, ==, "A2");
}

static void threshold(void)
{
    g_autoptr(InputFolder) folder = input_folder_new();
    input_folder_set(folder, "besoins.csv", 6, "effectif", "0");
    g_autofree char *above = input_folder_verdict(folder, 19, NULL), *at = input_folder_verdict(folder, 20, NULL);
    g_assert_cmpstr(above, ==, "besoins.csv:6:effectif! -> 4");
    g_assert_cmpstr(at, ==, "besoins.csv:6:effectif!");
}

static void no_need_left(void)
{
    g_autoptr(InputFolder) folder = input_folder_new();
    for (int line = 2; line <= 6; line++)
        input_folder_set(folder, "besoins.csv", line, "effectif", "0");
    g_autofree char *none = input_folder_verdict(folder, 100, NULL);
    g_assert_true(g_str_has_suffix(none, " -> 4"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++) {
        g_autofree char *path = g_strconcat("/ingest rules/", rules[i].name, NULL);
        g_test_add_data_func(path, &rules[i], each_rule);
    }
    g_test_add_func("/ingest rules/a chain of apres of any length, and a loop", a_long_chain);
    g_test_add_func("/ingest rules/the order of rows does not matter", order_of_rows);
    g_test_add_func("/ingest rules/above the threshold nothing is read", threshold);
    g_test_add_func("/ingest rules/without a valid need nothing is read", no_need_left);
    return g_test_run();
}
