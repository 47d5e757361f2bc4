/* Plans in the database: what is saved comes back exactly, under its number, and is never changed. */
#include "config/fault.h"
#include "sql/db_query.h"
#include "sql/store_plan.h"
#include "tests/lib/corruption.h"
#include "tests/lib/delivery.h"
#include "tests/lib/first_come.h"
#include "tests/lib/model_compare.h"
#include "tests/lib/plan_text.h"
#include "tests/lib/region.h"
#include "tests/lib/testdb.h"

#include <string.h>

static int32_t save_plan(Db *db, const Model *model, int32_t load, const ModelPlan *plan)
{
    g_autoptr(GError) error = NULL;
    int32_t numero = 0;
    store_plan_save(db, model, load, plan, &numero, &error);
    g_assert_no_error(error);
    return numero;
}

static void assert_comes_back(Db *db, const Model *model, int32_t load, const ModelPlan *plan, int32_t numero,
                              int32_t asked)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Model) model_back = NULL;
    int32_t load_back;
    g_autoptr(ModelPlan) back = store_plan_load(db, model->campagne.code, asked, &model_back, &load_back, &error);
    g_assert_no_error(error);
    g_assert_cmpint(back->numero, ==, numero);
    g_assert_cmpint(load_back, ==, load);
    g_autofree char *difference = model_compare(model, model_back);
    g_assert_cmpstr(difference, ==, NULL);
    g_autofree char *said = plan_text(model, plan), *read = plan_text(model_back, back);
    g_assert_cmpstr(said, ==, read);
}

static void round_trip(Db *db, const Model *model)
{
    g_autoptr(ModelPlan) plan = first_come_plan(model);
    g_assert_nonnull(plan);
    int32_t load = delivery_save(db, model), numero = save_plan(db, model, load, plan);
    assert_comes_back(db, model, load, plan, numero, numero);
    assert_comes_back(db, model, load, plan, numero, 0);
}

static void test_round_trip_tiny(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    for (uint64_t seed = 1; seed <= 80; seed++) {
        g_autoptr(Model) model = region_tiny(seed);
        round_trip(db, model);
    }
}

static void test_round_trip_small(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    for (uint64_t seed = 1; seed <= 8; seed++) {
        g_autoptr(Model) model = region_make(seed, region_size_find("small"));
        round_trip(db, model);
    }
}

static void test_numbers(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(Model) model = region_make(1, region_size_find("small"));
    g_autoptr(ModelPlan) plan = first_come_plan(model);
    int32_t first = delivery_save(db, model);
    g_assert_cmpint(save_plan(db, model, first, plan), ==, 1);
    g_assert_cmpint(save_plan(db, model, first, plan), ==, 2);
    int32_t second = delivery_save(db, model);
    g_assert_cmpint(save_plan(db, model, second, plan), ==, 3);
    g_assert_cmpint(save_plan(db, model, first, plan), ==, 4);
    assert_comes_back(db, model, first, plan, 2, 2);
    assert_comes_back(db, model, second, plan, 3, 3);
    assert_comes_back(db, model, first, plan, 4, 0);

    model->campagne.code = "AUTRE";
    g_assert_cmpint(save_plan(db, model, delivery_save(db, model), plan), ==, 1);
}

static int64_t plan_rows(Db *db)
{
    return testdb_number(
        db, "select (select count(*) from prisme.plan) + (select count(*) from prisme.plan_session)"
            " + (select count(*) from prisme.plan_seance) + (select count(*) from prisme.plan_affectation)"
            " + (select count(*) from prisme.plan_charge) + (select count(*) from prisme.plan_non_couvert)");
}

static void test_refused(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(Model) model = region_make(2, region_size_find("small"));
    g_autoptr(ModelPlan) plan = first_come_plan(model), wrong = corruption_copy(plan);
    int32_t load = delivery_save(db, model), numero;
    wrong->bilan.points_borne = wrong->bilan.points - 1;
    wrong->bilan.sessions++;

    g_autoptr(GError) error = NULL;
    g_assert_false(store_plan_save(db, model, load, wrong, &numero, &error));
    g_assert_error(error, FAULT, FAULT_NO_PLAN);
    g_assert_nonnull(strstr(error->message, "2 violations"));
    g_assert_nonnull(strstr(error->message, "\n  bilan : sessions"));
    g_assert_nonnull(strstr(error->message, "\n  borne des points : "));
    g_assert_cmpint(plan_rows(db), ==, 0);
    g_assert_cmpint(save_plan(db, model, load, plan), ==, 1);
}

static void test_absent(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(Model) model = region_tiny(1), back = NULL;
    g_autoptr(ModelPlan) plan = first_come_plan(model);
    g_autoptr(GError) error = NULL;
    int32_t numero;

    g_assert_false(store_plan_save(db, model, 7, plan, &numero, &error));
    g_assert_error(error, FAULT, FAULT_DATABASE);
    g_clear_error(&error);
    g_assert_null(store_plan_load(db, "NULLE PART", 0, &back, NULL, &error));
    g_assert_error(error, FAULT, FAULT_NO_PLAN);
    g_clear_error(&error);
    save_plan(db, model, delivery_save(db, model), plan);
    g_assert_null(store_plan_load(db, model->campagne.code, 2, &back, NULL, &error));
    g_assert_error(error, FAULT, FAULT_NO_PLAN);
    g_assert_null(back);
}

static void test_immutable(void)
{
    static const char *const attempts[] = {
        "update prisme.plan set points = points + 1",
        "update prisme.plan_affectation set km = km + 1",
        "delete from prisme.plan",
        "delete from prisme.plan_charge",
        "truncate prisme.plan_non_couvert",
        ("insert into prisme.plan_seance select plan_id, chargement_id, session, max(jour) + 1 from prisme.plan_seance"
         " group by plan_id, chargement_id, session"),
    };
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(Model) model = region_make(3, region_size_find("small"));
    g_autoptr(ModelPlan) plan = first_come_plan(model);
    int32_t load = delivery_save(db, model), numero = save_plan(db, model, load, plan);
    for (size_t i = 0; i < G_N_ELEMENTS(attempts); i++) {
        g_autoptr(GError) error = NULL;
        g_test_message("%s", attempts[i]);
        g_assert_false(db_execute(db, "attempt", attempts[i], NULL, 0, &error));
        g_assert_error(error, FAULT, FAULT_DATABASE);
    }
    assert_comes_back(db, model, load, plan, numero, numero);
}

static void test_goes_with_its_load(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(Model) model = region_make(4, region_size_find("small"));
    g_autoptr(ModelPlan) plan = first_come_plan(model);
    save_plan(db, model, delivery_save(db, model), plan);
    int64_t one = plan_rows(db);
    int32_t second = delivery_save(db, model);
    save_plan(db, model, second, plan);
    g_assert_cmpint(plan_rows(db), ==, 2 * one);
    testdb_execute(db, "delete from prisme.chargement where numero = 1");
    g_assert_cmpint(plan_rows(db), ==, one);
    assert_comes_back(db, model, second, plan, 2, 0);
    testdb_execute(db, "delete from prisme.campagne");
    g_assert_cmpint(plan_rows(db), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store plan/plans of tiny regions come back", test_round_trip_tiny);
    g_test_add_func("/store plan/plans of small regions come back", test_round_trip_small);
    g_test_add_func("/store plan/numbered in the campaign, over its loads", test_numbers);
    g_test_add_func("/store plan/a refused plan leaves nothing", test_refused);
    g_test_add_func("/store plan/what is not there is said", test_absent);
    g_test_add_func("/store plan/never changed", test_immutable);
    g_test_add_func("/store plan/goes with its load", test_goes_with_its_load);
    return g_test_run();
}
