/* The export stage on a real database: what it writes is one state of it, whatever others do meanwhile. */
#include "export/export.h"
#include "sql/store_plan.h"
#include "tests/lib/delivery.h"
#include "tests/lib/first_come.h"
#include "tests/lib/region.h"
#include "tests/lib/scratch.h"
#include "tests/lib/testdb.h"

#include <string.h>

typedef struct {
    Db *db;
    const char *campagne, *folder;
    GError *error;
} Export;

static gpointer run(gpointer data)
{
    Export *it = data;
    const Settings settings = {.depot_jours = 30, .petits_effectifs = 5};
    return GINT_TO_POINTER(export_run(it->db, &settings, it->campagne, 0, it->folder, &it->error));
}

/* Files of a folder, by name. */
static GHashTable *contents(const char *folder)
{
    GHashTable *files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        char *text;
        gsize length;
        g_assert_true(g_file_get_contents(path, &text, &length, NULL));
        g_hash_table_insert(files, g_strdup(name), g_bytes_new_take(text, length));
    }
    return files;
}

static void assert_same(const char *folder, const char *other)
{
    g_autoptr(GHashTable) files = contents(folder), others = contents(other);
    GHashTableIter iter;
    gpointer name, bytes;
    g_assert_cmpuint(g_hash_table_size(files), >, 7);
    g_assert_cmpuint(g_hash_table_size(files), ==, g_hash_table_size(others));
    for (g_hash_table_iter_init(&iter, files); g_hash_table_iter_next(&iter, &name, &bytes);) {
        g_test_message("%s", (char *)name);
        g_assert_true(g_hash_table_contains(others, name));
        g_assert_true(g_bytes_equal(bytes, g_hash_table_lookup(others, name)));
    }
}

/* Exports the campaign's latest plan while another removes it, having held the export up before it reads `table`. */
static void purge_before(const char *table, const Model *model, const ModelPlan *plan)
{
    g_autoptr(Db) db = testdb_open_empty(), reader = testdb_open();
    g_autoptr(GError) error = NULL;
    int32_t load = delivery_save(db, model), numero;
    for (int i = 0; i < 2; i++)
        g_assert_true(store_plan_save(db, model, load, plan, &numero, &error));
    char *alone = scratch_new(), *amid = scratch_new();
    Export quiet = {.db = db, .campagne = model->campagne.code, .folder = alone}, disturbed = quiet;
    g_assert_true(GPOINTER_TO_INT(run(&quiet)));

    g_autofree char *lock = g_strdup_printf("lock table prisme.%s in access exclusive mode", table);
    g_autofree char *waits =
        g_strdup_printf("select count(*) from pg_locks where not granted and relation = 'prisme.%s'::regclass", table);
    g_assert_true(db_begin(db, &error));
    testdb_execute(db, lock);
    disturbed.db = reader;
    disturbed.folder = amid;
    GThread *thread = g_thread_new("export", run, &disturbed);
    while (testdb_number(db, waits) == 0)
        g_usleep(1000);
    testdb_execute(db, "delete from prisme.campagne");
    g_assert_true(db_commit(db, &error));
    bool good = GPOINTER_TO_INT(g_thread_join(thread));
    g_assert_no_error(disturbed.error);
    g_assert_true(good);
    g_assert_cmpint(testdb_number(db, "select count(*) from prisme.plan"), ==, 0);
    assert_same(alone, amid);
    scratch_remove(alone);
    scratch_remove(amid);
}

static void test_one_state(void)
{
    static const char *const tables[] = {"plan_session", "plan_charge", "plan_non_couvert", "chargement_source"};
    g_autoptr(Model) model = region_make(4, region_size_find("small"));
    g_autoptr(ModelPlan) plan = first_come_plan(model);
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_test_message("%s", tables[i]);
        purge_before(tables[i], model, plan);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/export stage/a campaign removed meanwhile is exported whole", test_one_state);
    return g_test_run();
}
