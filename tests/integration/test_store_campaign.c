/* Campaigns in the database: what is saved comes back exactly, or nothing was saved. */
#include "config/fault.h"
#include "sql/db_query.h"
#include "sql/store_campaign.h"
#include "tests/lib/model_compare.h"
#include "tests/lib/region.h"
#include "tests/lib/testdb.h"

#include <string.h>

static char besoins_csv[] = "besoins.csv", siae_csv[] = "siae.csv";

/* Two files whose digests are all made of one hexadecimal digit. */
static void make_sources(StoreSource sources[2], char digests[2][65], char digit)
{
    static char *const files[] = {siae_csv, besoins_csv};
    for (int i = 0; i < 2; i++) {
        memset(digests[i], digit, 64);
        digests[i][64] = '\0';
        sources[i] = (StoreSource){.fichier = files[i], .sha256 = digests[i], .lignes = 7, .rejets = 1};
    }
}

static bool try_save(Db *db, const Model *model, char digit, int32_t *numero, bool *unchanged, GError **error)
{
    StoreSource sources[2];
    char digests[2][65];
    make_sources(sources, digests, digit);
    return store_campaign_save(db, model, sources, 2, numero, unchanged, error);
}

static int32_t save(Db *db, const Model *model, char digit, bool expect_unchanged)
{
    g_autoptr(GError) error = NULL;
    int32_t numero = -1;
    bool unchanged = !expect_unchanged;
    bool saved = try_save(db, model, digit, &numero, &unchanged, &error);
    g_assert_no_error(error);
    g_assert_true(saved);
    g_assert_true(unchanged == expect_unchanged);
    return numero;
}

static Model *load(Db *db, const char *campagne, int32_t numero)
{
    g_autoptr(GError) error = NULL;
    Model *model = store_campaign_load(db, campagne, numero, &error);
    g_assert_no_error(error);
    g_assert_nonnull(model);
    return model;
}

static void assert_same(const Model *a, const Model *b)
{
    g_autofree char *difference = model_compare(a, b);
    g_assert_cmpstr(difference, ==, NULL);
}

static int64_t all_rows(Db *db)
{
    return testdb_number(db, "select (select count(*) from prisme.campagne) + (select count(*) from prisme.chargement)"
                             " + (select count(*) from prisme.commune) + (select count(*) from prisme.besoin)"
                             " + (select count(*) from prisme.besoin_public)");
}

static void test_round_trip(void)
{
    for (uint64_t seed = 1; seed <= 60; seed++) {
        g_autoptr(Db) db = testdb_open_empty();
        g_autoptr(Model) model = region_tiny(seed);
        g_assert_cmpint(save(db, model, 'a', false), ==, 1);
        g_autoptr(Model) back = load(db, model->campagne.code, 0);
        assert_same(model, back);
    }
}

static void test_round_trip_region(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(Model) model = region_make(1, region_size_find("region"));
    save(db, model, 'a', false);
    g_autoptr(Model) back = load(db, model->campagne.code, 0);
    assert_same(model, back);
}

static void test_unchanged(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(Model) model = region_tiny(1);
    g_assert_cmpint(save(db, model, 'a', false), ==, 1);
    int64_t rows = all_rows(db);
    g_assert_cmpint(save(db, model, 'a', true), ==, 1);
    g_assert_cmpint(all_rows(db), ==, rows);
}

static void test_next_load(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(GError) error = NULL;
    g_autoptr(Model) first = region_tiny(1);
    g_autoptr(Model) second = region_tiny(2);
    second->campagne.code = first->campagne.code;
    g_assert_cmpint(store_campaign_latest(db, first->campagne.code, &error), ==, 0);
    g_assert_cmpint(save(db, first, 'a', false), ==, 1);
    g_assert_cmpint(save(db, second, 'b', false), ==, 2);
    g_assert_cmpint(save(db, first, 'a', false), ==, 3); /* only the latest counts as unchanged */
    g_assert_cmpint(store_campaign_latest(db, first->campagne.code, &error), ==, 3);
    g_autoptr(Model) one = load(db, first->campagne.code, 1);
    g_autoptr(Model) two = load(db, first->campagne.code, 2);
    assert_same(first, one);
    assert_same(second, two);
}

static void test_side_by_side(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(Model) guadeloupe = region_tiny(3);
    g_autoptr(Model) martinique = region_tiny(4);
    guadeloupe->campagne.code = "2026-GUADELOUPE";
    martinique->campagne.code = "2026-MARTINIQUE";
    g_assert_cmpint(save(db, guadeloupe, 'a', false), ==, 1);
    g_assert_cmpint(save(db, martinique, 'a', false), ==, 1);
    g_autoptr(Model) back = load(db, "2026-GUADELOUPE", 0);
    assert_same(guadeloupe, back);
}

static void test_absent(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(Model) model = region_tiny(1);
    save(db, model, 'a', false);
    static const struct {
        const char *campagne;
        int32_t numero;
    } cases[] = {{"NOWHERE", 0}, {"NOWHERE", 1}, {NULL, 2}, {NULL, -1}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        const char *campagne = cases[i].campagne != NULL ? cases[i].campagne : model->campagne.code;
        g_assert_null(store_campaign_load(db, campagne, cases[i].numero, &error));
        g_assert_error(error, FAULT, FAULT_INPUT);
    }
}

static void test_texts(void)
{
    static const char *const texts[] = {"Île-d'Yeu — « œuvre »", "a;b\"c\\d", "tab\there",
                                        "line\nbreak",           "=1+1",      " x "};
    g_autoptr(Db) db = testdb_open_empty();
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(Model) model = region_tiny(5);
        ModelSiae *rows = g_memdup2(model->siae, sizeof(ModelSiae) * (size_t)model->n_siae);
        model_own(model, rows);
        rows[0].raison_sociale = texts[i];
        model->siae = rows;
        save(db, model, (char)('0' + (int)i), false);
        g_autoptr(Model) back = load(db, model->campagne.code, 0);
        assert_same(model, back);
    }
}

/* The server goes away while rows travel: nothing of the load stays, the one before does. */
static void test_killed(void)
{
    g_autoptr(Db) watcher = testdb_open_empty();
    g_autoptr(Model) model = region_tiny(6);
    save(watcher, model, 'a', false);
    int64_t rows = all_rows(watcher);
    testdb_execute(watcher, "create function prisme.test_kill() returns trigger language plpgsql as "
                            "$$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$");
    static const char *const at[] = {"chargement", "chargement_source", "commune", "besoin", "montage_axe"};
    for (size_t i = 0; i < G_N_ELEMENTS(at); i++) {
        g_autofree char *make = g_strdup_printf("create trigger test_kill before insert on prisme.%s "
                                                "for each statement execute function prisme.test_kill()",
                                                at[i]);
        g_autofree char *drop = g_strdup_printf("drop trigger test_kill on prisme.%s", at[i]);
        testdb_execute(watcher, make);
        g_autoptr(Db) db = testdb_open();
        g_autoptr(GError) error = NULL;
        int32_t numero;
        bool unchanged;
        g_assert_false(try_save(db, model, 'b', &numero, &unchanged, &error));
        g_assert_error(error, FAULT, FAULT_DATABASE);
        testdb_execute(watcher, drop);
        g_assert_cmpint(all_rows(watcher), ==, rows);
    }
    testdb_execute(watcher, "drop function prisme.test_kill()");
    g_assert_cmpint(save(watcher, model, 'b', false), ==, 2);
}

/* What no file may hold, as a change to a sound row of a table, and how the database refuses it. */
typedef struct {
    const char *table, *change, *state;
} Refusal;

#define CHECK "(23514)"
#define UNKNOWN "(23503)"
#define TWICE "(23505)"
#define MISSING "(23502)"
#define OF_TYPE "(22P02)"

static const Refusal refusals[] = {
    {"chargement_source", "{\"fichier\": \"x.csv\", \"sha256\": \"abc\"}", CHECK},
    {"chargement_source", "{\"fichier\": \"x.csv\", \"rejets\": 8}", CHECK},
    {"commune", "{\"code_insee\": \"9712\"}", CHECK},
    {"commune", "{\"code_insee\": \"2C004\"}", CHECK},
    {"commune", "{\"code_insee\": \"97199\", \"latitude\": 90.1}", CHECK},
    {"commune", "{\"code_insee\": \"97199\", \"longitude\": \"NaN\"}", CHECK},
    {"commune", "{\"code_insee\": \"97199\", \"zone\": null}", MISSING},
    {"frais", "{\"opco\": \"X\", \"bareme_km\": -1}", CHECK},
    {"frais", "{\"opco\": \"X\", \"forfait_jour\": -1}", CHECK},
    {"siae", "{\"code\": \"X\"}", TWICE}, /* siret and type of another */
    {"siae", "{\"code\": \"\", \"siret\": \"00000000000000\"}", CHECK},
    {"siae", "{\"code\": \"X\", \"siret\": \"1234567890123\"}", CHECK},
    {"siae", "{\"code\": \"X\", \"siret\": \"1234567890123A\"}", CHECK},
    {"siae", "{\"code\": \"X\", \"siret\": \"00000000000000\", \"type\": \"aci\"}", CHECK},
    {"siae", "{\"code\": \"X\", \"siret\": \"00000000000000\", \"commune\": \"97199\"}", UNKNOWN},
    {"siae", "{\"code\": \"X\", \"siret\": \"00000000000000\", \"commune\": null}", MISSING},
    {"siae", "{\"code\": \"X\", \"siret\": \"00000000000000\", \"effectif\": -5}", CHECK},
    {"siae", "{\"code\": \"X\", \"siret\": \"00000000000000\", \"reste_a_charge_max\": -5}", CHECK},
    {"organisme", "{\"siret\": \"00000000000000\", \"qualiopi\": null}", MISSING},
    {"organisme", "{\"siret\": \"00000000000000\", \"sessions_simultanees\": -1}", CHECK},
    {"formation", "{\"code\": \"X\", \"nature\": \"autre\"}", CHECK},
    {"formation", "{\"code\": \"X\", \"heures\": 0}", CHECK},
    {"formation", "{\"code\": \"X\", \"jours\": 0}", CHECK},
    {"formation", "{\"code\": \"X\", \"jours_par_semaine\": 6}", CHECK},
    {"formation", "{\"code\": \"X\", \"effectif_min\": 0}", CHECK},
    {"formation", "{\"code\": \"X\", \"effectif_min\": 9, \"effectif_max\": 8}", CHECK},
    {"axe", "{\"code\": \"X\", \"min_siae\": 0}", CHECK},
    {"offre", "{\"code\": \"X\", \"formation\": \"?\"}", UNKNOWN},
    {"offre", "{\"code\": \"X\", \"organisme\": \"00000000000000\"}", UNKNOWN},
    {"offre", "{\"code\": \"X\", \"siae\": \"?\"}", UNKNOWN},
    {"offre", "{\"code\": \"X\", \"commune\": null, \"modalite\": \"mixte\"}", CHECK},
    {"offre", "{\"code\": \"X\", \"modalite\": \"visio\"}", CHECK},
    {"offre", "{\"code\": \"X\", \"cout_groupe\": -1}", CHECK},
    {"offre", "{\"code\": \"X\", \"date_debut\": \"2026-05-02\", \"date_fin\": \"2026-05-01\"}", CHECK},
    {"offre", "{\"code\": \"X\", \"date_fin\": \"2100-01-01\"}", CHECK},
    {"offre", "{\"code\": \"X\", \"sessions_max\": -1}", CHECK},
    {"besoin", "{\"reference\": \"X\", \"siae\": \"?\"}", UNKNOWN},
    {"besoin", "{\"reference\": \"X\", \"formation\": \"?\"}", UNKNOWN},
    {"besoin", "{\"reference\": \"X\", \"axe\": \"?\"}", UNKNOWN},
    {"besoin", "{\"reference\": \"X\", \"axe\": null}", MISSING},
    {"besoin", "{\"reference\": \"X\", \"commune\": \"97199\"}", UNKNOWN},
    {"besoin", "{\"reference\": \"X\", \"effectif\": 0}", CHECK},
    {"besoin", "{\"reference\": \"X\", \"effectif\": 2, \"stagiaire\": \"P\"}", CHECK},
    {"besoin", "{\"reference\": \"X\", \"priorite\": 5}", CHECK},
    {"besoin", "{\"reference\": \"X\", \"statut\": \"stage\"}", CHECK},
    {"besoin", "{\"reference\": \"X\", \"date_debut\": \"2026-05-02\", \"date_fin\": \"2026-05-01\"}", CHECK},
    {"besoin", "{\"reference\": \"X\", \"date_debut\": \"2026-02-30\"}", "(22008)"},
    {"besoin_public", "{\"public\": \"\"}", CHECK},
    {"besoin_public", "{\"besoin\": \"?\"}", UNKNOWN},
    {"besoin_apres", "{\"apres\": \"?\"}", UNKNOWN},
    {"besoin_apres", "{\"besoin\": \"SEUL\"}", UNKNOWN},
    {"montage", "{\"code\": \"X\", \"types\": [\"ACI\", \"SCOP\"]}", CHECK},
    {"montage", "{\"code\": \"X\", \"statuts\": [\"benevole\"]}", CHECK},
    {"montage", "{\"code\": \"X\", \"effectif_min\": 500, \"effectif_max\": 499}", CHECK},
    {"montage_axe", "{\"axe\": \"?\"}", UNKNOWN},
    {"financement", "{\"rang\": -1}", CHECK},
    {"financement", "{\"rang\": 99, \"taux_pedagogie\": 10001}", CHECK},
    {"financement", "{\"rang\": 99, \"montage\": \"?\"}", UNKNOWN},
    {"financement", "{\"rang\": 99, \"taux_annexes\": \"50%\"}", OF_TYPE},
    {"enveloppe", "{\"code\": \"X\", \"opco\": \"\"}", CHECK},
    {"enveloppe", "{\"code\": \"X\", \"montant\": -1}", CHECK},
    {"enveloppe", "{\"code\": \"X\", \"axe\": \"?\"}", UNKNOWN},
    {"enveloppe", "{\"code\": \"X\", \"debut_min\": \"2026-05-02\", \"debut_max\": \"2026-05-01\"}", CHECK},
    {"priorite", "{\"rang\": 99, \"critere\": \"age\"}", CHECK},
    {"priorite", "{\"rang\": 99, \"points\": -1}", CHECK},
    {"trajet", "{\"depart\": \"97199\"}", UNKNOWN},
    {"session_fixee", "{\"session\": \"X\", \"offre\": \"?\"}", UNKNOWN},
    {"affectation_fixee", "{\"effectif\": 0}", CHECK},
    {"affectation_fixee", "{\"montage\": \"?\"}", UNKNOWN},
};

/* A region that has rows in every table. */
static Model *full_region(void)
{
    for (uint64_t seed = 1; seed < 5000; seed++) {
        g_autoptr(Model) model = region_tiny(seed);
        bool publics = false, apres = false, axes = false;
        for (int32_t i = 0; i < model->n_besoins; i++) {
            publics |= model->besoins[i].publics[0] != NULL;
            apres |= model->besoins[i].n_apres > 0;
        }
        for (int32_t i = 0; i < model->n_montages; i++)
            axes |= model->montages[i].n_axes > 0;
        if (publics && apres && axes && model->n_trajets > 0 && model->n_priorites > 0 && model->n_enveloppes > 0 &&
            model->n_affectations_fixees > 0 && model->n_fermetures > 0)
            return g_steal_pointer(&model);
    }
    g_assert_not_reached();
}

/* A row of table with `change` made to it; the first fault, or NULL. Caller frees. */
static char *insert_changed(Db *db, const char *table, const char *change)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *sql = g_strdup_printf(
        "insert into prisme.%s select (jsonb_populate_record(r, '%s')).* from prisme.%s r order by r limit 1", table,
        change, table);
    db_execute(db, "test", sql, NULL, 0, &error);
    return error != NULL ? g_strdup(error->message) : NULL;
}

static void test_refusals(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(Model) model = full_region();
    save(db, model, 'a', false);
    for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++) {
        const Refusal *refusal = &refusals[i];
        g_autofree char *fault = insert_changed(db, refusal->table, refusal->change);
        if (fault == NULL || strstr(fault, refusal->state) == NULL)
            g_error("prisme.%s took %s: %s", refusal->table, refusal->change, fault != NULL ? fault : "no error");
    }
    /* The rows that were changed are sound: a change that is none of these passes. */
    static const char *const sound[][2] = {
        {"siae", "{\"code\": \"X\", \"siret\": \"00000000000000\"}"},
        {"besoin", "{\"reference\": \"X\", \"stagiaire\": \"another\", \"effectif\": 1}"},
        {"offre", "{\"code\": \"X\"}"},
        {"financement", "{\"rang\": 99}"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(sound); i++) {
        g_autofree char *fault = insert_changed(db, sound[i][0], sound[i][1]);
        g_assert_cmpstr(fault, ==, NULL);
    }
    /* X is there now, but another's: no need of this stagiaire comes after it. */
    g_autofree char *foreign = insert_changed(db, "besoin_apres", "{\"apres\": \"X\"}");
    g_assert_nonnull(foreign);
    g_assert_nonnull(strstr(foreign, UNKNOWN));
}

static void test_closures(void)
{
    static const char *const values[] = {"'siae', null, null, null", "'siae', null, null, '97199'",
                                         "'commune', 'X', null, null", "'autre', null, null, null"};
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(Model) model = region_tiny(1);
    save(db, model, 'a', false);
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *sql =
            g_strdup_printf("insert into prisme.fermeture (chargement_id, objet, siae, organisme, commune, du, au) "
                            "select id, %s, '2026-05-01', '2026-05-01' from prisme.chargement",
                            values[i]);
        g_assert_false(db_execute(db, "test", sql, NULL, 0, &error));
        g_assert_error(error, FAULT, FAULT_DATABASE);
    }
}

/* A model that breaks a rule is refused as a whole, and the message says which campaign. */
static void test_refused_model(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    for (int i = 0; i < 2; i++) {
        g_autoptr(Model) model = full_region();
        g_autoptr(GError) error = NULL;
        ModelAffectationFixee *last =
            g_memdup2(model->affectations_fixees, sizeof(ModelAffectationFixee) * (size_t)model->n_affectations_fixees);
        ModelSiae *first = g_memdup2(model->siae, sizeof(ModelSiae) * (size_t)model->n_siae);
        model->affectations_fixees = model_own(model, last);
        model->siae = model_own(model, first);
        if (i == 0)
            last[model->n_affectations_fixees - 1].effectif = 0;
        else
            first[0].raison_sociale = "\xff"; /* not UTF-8 */
        int32_t numero;
        bool unchanged;
        g_assert_false(try_save(db, model, 'a', &numero, &unchanged, &error));
        g_assert_error(error, FAULT, FAULT_DATABASE);
        g_assert_nonnull(strstr(error->message, model->campagne.code));
        g_assert_cmpint(all_rows(db), ==, 0);
    }
}

static void test_immutable(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(Model) model = region_tiny(1);
    save(db, model, 'a', false);
    g_autoptr(DbRows) tables = db_query(db, "test",
                                        "select table_name::text from information_schema.columns where table_schema = "
                                        "'prisme' and column_name = 'chargement_id' order by 1",
                                        NULL, 0, NULL);
    g_assert_cmpint(db_rows_count(tables), >=, 20);
    for (int32_t i = 0; i < db_rows_count(tables); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *sql =
            g_strdup_printf("update prisme.%s set chargement_id = chargement_id", db_rows_text(tables, i, 0));
        g_assert_false(db_execute(db, "test", sql, NULL, 0, &error));
        g_assert_error(error, FAULT, FAULT_DATABASE);
    }
}

static void test_purge(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(Model) model = region_tiny(2);
    save(db, model, 'a', false);
    save(db, model, 'b', false);
    testdb_execute(db, "delete from prisme.chargement where numero = 1");
    g_autoptr(Model) back = load(db, model->campagne.code, 0);
    assert_same(model, back);
    testdb_execute(db, "delete from prisme.chargement");
    testdb_execute(db, "delete from prisme.campagne");
    g_assert_cmpint(all_rows(db), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store campaign/a saved model comes back exactly", test_round_trip);
    g_test_add_func("/store campaign/so does a whole region", test_round_trip_region);
    g_test_add_func("/store campaign/the same files again change nothing", test_unchanged);
    g_test_add_func("/store campaign/other files are the next load", test_next_load);
    g_test_add_func("/store campaign/campaigns live side by side", test_side_by_side);
    g_test_add_func("/store campaign/what is not there is an input fault", test_absent);
    g_test_add_func("/store campaign/any text comes back", test_texts);
    g_test_add_func("/store campaign/a server lost on the way leaves nothing", test_killed);
    g_test_add_func("/store campaign/the database refuses what no file may hold", test_refusals);
    g_test_add_func("/store campaign/a closure names exactly what it closes", test_closures);
    g_test_add_func("/store campaign/a refused model leaves nothing", test_refused_model);
    g_test_add_func("/store campaign/loads are never changed", test_immutable);
    g_test_add_func("/store campaign/a load goes as a whole", test_purge);
    return g_test_run();
}
