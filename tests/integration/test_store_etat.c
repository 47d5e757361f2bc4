/* What `prisme etat` prints. */
#include "config/fault.h"
#include "sql/store_campaign.h"
#include "sql/store_etat.h"
#include "tests/lib/printed.h"
#include "tests/lib/region.h"
#include "tests/lib/testdb.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool print(Db *db, const void *campagne, GError **error)
{
    return store_etat_print(db, campagne, error);
}

static void assert_says(const char *text, const char *words)
{
    if (strstr(text, words) == NULL)
        g_error("'%s' is not in:\n%s", words, text);
}

static void save(Db *db, const char *code, char digit)
{
    g_autoptr(Model) model = region_tiny(1);
    g_autoptr(GError) error = NULL;
    char file[] = "besoins.csv", sha256[65] = "";
    memset(sha256, digit, 64);
    const StoreSource source = {.fichier = file, .sha256 = sha256, .lignes = 1234567, .rejets = 89};
    int32_t numero;
    bool unchanged;
    model->campagne.code = code;
    g_assert_true(store_campaign_save(db, model, &source, 1, &numero, &unchanged, &error));
}

static void test_empty(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(GError) error = NULL;
    g_autofree char *all = printed(print, db, NULL, &error);
    g_assert_cmpstr(all, ==, "Aucune campagne n'est chargée.\n");
    g_assert_null(printed(print, db, "GUA", &error));
    g_assert_error(error, FAULT, FAULT_INPUT);
}

static void test_loads(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(GError) error = NULL;
    save(db, "GUA", 'a');
    save(db, "GUA", 'b');
    save(db, "MTQ", 'a');
    g_autofree char *all = printed(print, db, NULL, &error);
    assert_says(all, "Campagne GUA");
    assert_says(all, "Campagne MTQ");
    assert_says(all, "1 234 567");
    g_assert_true(strstr(all, "Campagne GUA") < strstr(all, "Campagne MTQ"));
    g_autofree char *one = printed(print, db, "GUA", &error);
    assert_says(one, "aucun plan");
    g_assert_null(strstr(one, "MTQ"));
    g_auto(GStrv) lines = g_strsplit(one, "\n", -1);
    g_assert_true(g_str_has_prefix(g_strchug(lines[2]), "1 "));
    g_assert_true(g_str_has_prefix(g_strchug(lines[3]), "2 "));
    g_assert_cmpint(g_utf8_strlen(lines[2], -1), ==, g_utf8_strlen(lines[3], -1));
}

static void test_plans(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(GError) error = NULL;
    save(db, "GUA", 'a');
    testdb_execute(db,
                   "insert into prisme.plan (campagne_id, chargement_id, numero, date_plan, arret, version, points, "
                   "points_borne, cout, reste_a_charge, cout_pondere, cout_pondere_borne, remuneration, "
                   "effectif_demande, effectif_servi, sessions) select campagne_id, id, 1, '2026-01-02', 'effort', "
                   "'1', 1439, 1445, 123456789, 5000, 123461789, 123461700, 0, 700, 650, 52 "
                   "from prisme.chargement");
    g_autofree char *text = printed(print, db, "GUA", &error);
    g_assert_no_error(error);
    static const char *const words[] = {"1 439 / 1 445", "650 / 700", "1 234 568 €", "50 €", "effort épuisé", "52"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        assert_says(text, words[i]);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store etat/an empty database says so", test_empty);
    g_test_add_func("/store etat/campaigns and their loads in order", test_loads);
    g_test_add_func("/store etat/plans with their bounds", test_plans);
    return g_test_run();
}
