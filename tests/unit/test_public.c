/* Public lists in the folder: communes as La Poste and geo.api publish them, training organisations as the State does.
 */
#include "tests/lib/input_folder.h"
#include "tests/lib/model_compare.h"

#include <string.h>

/* What the folder says of itself; its Model must be that of the clean one. */
static void assert_same(const InputFolder *folder, const char *wanted)
{
    g_autoptr(InputFolder) clean = input_folder_new();
    g_autoptr(Model) expected = NULL, model = NULL;
    g_autofree char *none = input_folder_verdict(clean, 0, &expected);
    g_autofree char *verdict = input_folder_verdict(folder, 0, &model);
    g_assert_cmpstr(verdict, ==, wanted);
    g_assert_nonnull(model);
    g_autofree char *difference = model_compare(expected, model);
    g_assert_cmpstr(difference, ==, NULL);
}

/* The communes of the folder's own file, one line each, through a format of code, name, latitude, longitude. */
static char *communes_as(const InputFolder *folder, const char *before, const char *between, const char *after,
                         char *(*one)(char **cells))
{
    g_autofree char *text = input_folder_get(folder, "communes.csv");
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GString *out = g_string_new(before);
    for (int i = 1; lines[i] != NULL && *lines[i] != '\0'; i++) {
        g_auto(GStrv) cells = g_strsplit(lines[i], ";", -1);
        for (int c = 2; c < 4; c++) /* published with points */
            g_strdelimit(cells[c], ",", '.');
        g_autofree char *entry = one(cells);
        g_string_append_printf(out, "%s%s", i > 1 ? between : "", entry);
    }
    return g_string_free(g_string_append(out, after), FALSE);
}

static char *hexasmal_line(char **cells)
{
    return g_strdup_printf("%s;%s;97100;;%s;%s,%s\n%s;%s;97190;LIEU DIT;%s;%s,%s\n", cells[0], cells[1], cells[1],
                           cells[2], cells[3], cells[0], cells[1], cells[1], cells[2], cells[3]);
}

static char *geo_object(char **cells)
{
    return g_strdup_printf(
        "{\"nom\":\"%s\",\"code\":\"%s\",\"codesPostaux\":[\"97100\"],\"centre\":{\"type\":\"Point\","
        "\"coordinates\":[%s,%s]},\"population\":12}",
        cells[1], cells[0], cells[3], cells[2]);
}

/* The zones of the clean folder's communes are not in public lists. */
static InputFolder *folder_without_zones(void)
{
    InputFolder *folder = input_folder_new();
    g_autofree char *text = input_folder_get(folder, "communes.csv");
    if (strstr(text, "zone") != NULL)
        input_folder_drop_column(folder, "communes.csv", "zone");
    return folder;
}

static void communes(const char *file, const char *text)
{
    g_autoptr(InputFolder) expected_folder = folder_without_zones(), folder = folder_without_zones();
    g_autoptr(Model) expected = NULL, model = NULL;
    g_autofree char *before = input_folder_verdict(expected_folder, 0, &expected);
    input_folder_remove(folder, "communes.csv");
    input_folder_put(folder, file, text, -1);
    g_autofree char *verdict = input_folder_verdict(folder, 0, &model);
    g_assert_cmpstr(verdict, ==, before);
    g_assert_true((model == NULL) == (expected == NULL));
    if (model != NULL) {
        g_autofree char *difference = model_compare(expected, model);
        g_assert_cmpstr(difference, ==, NULL);
    }
}

static void communes_of_la_poste(void)
{
    g_autoptr(InputFolder) folder = input_folder_new();
    g_autofree char *text = communes_as(
        folder, "#Code_commune_INSEE;Nom_commune;Code_postal;Ligne_5;Libellé_d_acheminement;coordonnees_gps\n", "", "",
        hexasmal_line);
    communes("laposte_hexasmal.csv", text);
}

static void communes_of_geo_api(void)
{
    g_autoptr(InputFolder) folder = input_folder_new();
    g_autofree char *text = communes_as(folder, "[", ",", "]", geo_object);
    communes("communes-01.json", text);
}

static void damaged_json(void)
{
    g_autofree char *levels = g_strnfill(1000000, '['), *deep = g_strdup_printf("[{\"nom\":\"[\",\"code\":%s", levels);
    const char *const texts[] = {deep, "[{\"nom\":\"Caen\",\"code\":\"14118\"", "[\"code\",\"nom\"]",
                                 "[{\"nom\":1,\"code\":[]},null,{\"centre\":3}]",
                                 "[{\"nom\":\"Caen\",\"code\":\"14118\",\"centre\":{\"coordinates\":[\"x\",null]}}]"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(InputFolder) folder = input_folder_new();
        g_autoptr(Model) model = NULL;
        input_folder_remove(folder, "communes.csv");
        input_folder_put(folder, "communes.json", texts[i], -1);
        g_autofree char *verdict = input_folder_verdict(folder, 0, &model);
        g_test_message("%s", verdict);
        g_assert_null(model);
        g_assert_nonnull(strstr(verdict, "communes.json"));
    }
}

#define LIST_HEADER                                                                                                    \
    "\"numeroDeclarationActivite\";\"numerosDeclarationActivitePrecedent\";\"denomination\";\"siren\";"                \
    "\"siretEtablissementDeclarant\";\"adressePhysiqueOrganismeFormation.ville\";\"certifications."                    \
    "actionsDeFormation\"\n"

static void organisations_are_completed(void)
{
    g_autoptr(InputFolder) folder = input_folder_new();
    g_autoptr(Model) clean = NULL, model = NULL;
    g_autofree char *none = input_folder_verdict(folder, 0, &clean);
    const ModelOrganisme *first = &clean->organismes[0];
    g_autofree char *list =
        g_strdup_printf(LIST_HEADER "\"11750000011\";\"\";\"AUTRE\";\"1\";\"99999999999999\";\"PARIS\";\"true\"\n"
                                    "\"%s\";\"\";\"UN AUTRE NOM\";\"2\";\"%s\";\"CAEN\";\"false\"\n",
                        first->nda, first->siret);
    g_autofree char *text = input_folder_get(folder, "organismes.csv");
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    int line = 0;
    for (int i = 1; lines[i] != NULL; i++)
        if (strstr(lines[i], first->siret) != NULL)
            line = i + 1;
    g_autofree char *fixed = input_folder_get(folder, "affectations_fixees.csv");
    input_folder_remove(folder, "affectations_fixees.csv"); /* they need qualiopi */
    input_folder_set(folder, "organismes.csv", line, "nda", "");
    input_folder_set(folder, "organismes.csv", line, "qualiopi", "");
    g_autofree char *missing = input_folder_verdict(folder, 100, NULL);
    g_assert_nonnull(strstr(missing, ":nda!"));
    input_folder_put(folder, "liste publique des OF.csv", list, -1);
    g_autofree char *verdict = input_folder_verdict(folder, 0, &model);
    g_assert_cmpstr(verdict, ==, "organismes.csv:0:?");
    g_assert_cmpstr(model->organismes[0].nda, ==, first->nda);
    g_assert_cmpstr(model->organismes[0].raison_sociale, ==, first->raison_sociale);
    g_assert_false(model->organismes[0].qualiopi);
    input_folder_put(folder, "affectations_fixees.csv", fixed, -1);
    /* what the coordinator wrote stands */
    input_folder_set(folder, "organismes.csv", line, "nda", first->nda);
    input_folder_set(folder, "organismes.csv", line, "qualiopi", first->qualiopi ? "oui" : "non");
    assert_same(folder, "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/public/communes of La Poste are communes", communes_of_la_poste);
    g_test_add_func("/public/communes of geo.api are communes", communes_of_geo_api);
    g_test_add_func("/public/a damaged JSON is refused", damaged_json);
    g_test_add_func("/public/the list of organisations fills what is empty", organisations_are_completed);
    return g_test_run();
}
