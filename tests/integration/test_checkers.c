/* The checker in C and the verification in SQL, written apart, agree on plans good and bad: a random walk over plans.
 */
#include "config/fault.h"
#include "plan/check.h"
#include "sql/store_plan.h"
#include "tests/lib/corruption.h"
#include "tests/lib/delivery.h"
#include "tests/lib/first_come.h"
#include "tests/lib/mutation.h"
#include "tests/lib/region.h"
#include "tests/lib/testdb.h"

#include <stdlib.h>

/* Regions walked over, and steps in each; PRISME_TEST_WALKS=n: n regions. */
#define WALKS 6
#define STEPS 20

static Db *db;

/* What each says of a plan must be the same; true when both hold it for good. */
static bool agree(const Model *model, int32_t load, const ModelPlan *plan, const char *what, uint64_t seed)
{
    g_autoptr(GPtrArray) violations = check_plan(model, plan);
    g_autoptr(GError) error = NULL;
    int32_t numero;
    bool saved = store_plan_save(db, model, load, plan, &numero, &error);
    if (!saved)
        g_assert_true(error->code == FAULT_NO_PLAN || error->code == FAULT_DATABASE);
    if (saved != (violations->len == 0)) {
        for (guint i = 0; i < violations->len; i++)
            g_test_message("in C: %s", (const char *)violations->pdata[i]);
        g_test_message("in SQL: %s", saved ? "no violation" : error->message);
        g_error("%s, region %" G_GUINT64_FORMAT ": the two checkers disagree", what, seed);
    }
    return saved;
}

static void test_walks(void)
{
    const char *asked = g_getenv("PRISME_TEST_WALKS");
    uint64_t walks = asked != NULL ? g_ascii_strtoull(asked, NULL, 10) : WALKS;
    int good = 0, bad = 0;
    for (uint64_t seed = 1; seed <= walks; seed++) {
        g_autoptr(Model) model = region_tiny(seed);
        g_autoptr(ModelPlan) plan = first_come_plan(model);
        RegionRandom random = {seed};
        int32_t load = delivery_save(db, model);
        for (int k = 0; k < STEPS; k++) {
            g_autoptr(ModelPlan) next = mutation_of(model, plan, &random);
            if (!agree(model, load, next, "a random plan", seed)) {
                bad++;
                continue;
            }
            good++;
            model_plan_free(plan);
            plan = g_steal_pointer(&next);
        }
    }
    g_test_message("%d good plans, %d bad ones", good, bad);
    g_assert_cmpint(good, >, 0);
    g_assert_cmpint(bad, >, 0);
}

/* One fault of the table in each of a few regions that allow it. */
static void test_corruptions(void)
{
    for (uint64_t seed = 1; seed <= 3; seed++) {
        g_autoptr(Model) model = region_make(seed, region_size_find("small"));
        g_autoptr(ModelPlan) plan = first_come_plan(model);
        int32_t load = delivery_save(db, model);
        for (int i = (int)seed; i < corruption_count; i += 6) {
            g_autoptr(ModelPlan) wrong = corruption_copy(plan);
            if (corruption_table[i].corrupt(model, wrong))
                g_assert_false(agree(model, load, wrong, corruption_table[i].name, seed));
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    db = testdb_open();
    g_test_add_func("/checkers/agree on random plans", test_walks);
    g_test_add_func("/checkers/agree on deliberate faults", test_corruptions);
    int status = g_test_run();
    db_free(db);
    return status;
}
