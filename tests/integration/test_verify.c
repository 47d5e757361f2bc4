/* The verification in SQL: valid plans pass, every deliberate fault is named, the calendar is the one of config. */
#include "config/calendar.h"
#include "config/fault.h"
#include "sql/db_query.h"
#include "sql/store_plan.h"
#include "tests/lib/corruption.h"
#include "tests/lib/delivery.h"
#include "tests/lib/first_come.h"
#include "tests/lib/region.h"
#include "tests/lib/testdb.h"

#include <string.h>

/* Tiny regions looked at for one that a fault can be done to. */
#define SEEDS 4000

/* Of them, those in which a fault may break other rules too: in the next it must break its own alone. */
#define TRIES 30

static Db *db;

/* A region, its plan, and the load it is saved as. */
typedef struct {
    Model *model;
    ModelPlan *plan;
    int32_t load; /* 0: not saved yet */
} Case;

static Case *case_new(Model *model)
{
    Case *c = g_new0(Case, 1);
    c->model = model;
    c->plan = first_come_plan(model);
    return c;
}

static void case_free(Case *c)
{
    model_free(c->model);
    model_plan_free(c->plan);
    g_free(c);
}

static Case *tiny(uint64_t seed)
{
    static GPtrArray *cases;
    if (cases == NULL) {
        cases = g_ptr_array_new_with_free_func((GDestroyNotify)case_free);
        g_ptr_array_set_size(cases, SEEDS);
    }
    if (cases->pdata[seed] == NULL)
        cases->pdata[seed] = case_new(region_tiny(seed));
    return cases->pdata[seed];
}

/* Each case is a delivery of its own, whatever its campaign. */
static int32_t load_of(Case *c)
{
    if (c->load == 0)
        c->load = delivery_save(db, c->model);
    return c->load;
}

/* Saves a plan of a case; the fault's message, or NULL when it was saved. */
static char *save(Case *c, const ModelPlan *plan)
{
    g_autoptr(GError) error = NULL;
    int32_t numero;
    if (store_plan_save(db, c->model, load_of(c), plan, &numero, &error))
        return NULL;
    g_assert_nonnull(error);
    g_assert_true(error->domain == FAULT);
    return g_strdup(error->message);
}

static void assert_saved(Case *c)
{
    g_autofree char *fault = save(c, c->plan);
    g_assert_cmpstr(fault, ==, NULL);
}

static void test_valid_tiny(void)
{
    int n = 0;
    for (uint64_t seed = 0; seed < SEEDS && n < 40; seed++) {
        g_assert_nonnull(tiny(seed)->plan);
        if (tiny(seed)->plan->n_sessions == 0)
            continue;
        assert_saved(tiny(seed));
        n++;
    }
    g_assert_cmpint(n, ==, 40);
}

static void test_valid_small(void)
{
    for (uint64_t seed = 1; seed <= 6; seed++) {
        Case *c = case_new(region_make(seed, region_size_find("small")));
        g_assert_nonnull(c->plan);
        g_assert_cmpint(c->plan->n_charges, >, 0);
        assert_saved(c);
        case_free(c);
    }
}

/* The public holidays of the schema are those of config/calendar.h, in all zones, on every day prisme accepts. */
static void test_holidays(void)
{
    static const char *const communes[CALENDAR_N_ZONES] = {
        [CALENDAR_NATIONAL] = "14118",     [CALENDAR_ALSACE_MOSELLE] = "67482", [CALENDAR_GUADELOUPE] = "97105",
        [CALENDAR_MARTINIQUE] = "97209",   [CALENDAR_GUYANE] = "97302",         [CALENDAR_LA_REUNION] = "97411",
        [CALENDAR_SAINT_PIERRE] = "97502", [CALENDAR_MAYOTTE] = "97611",        [CALENDAR_SAINT_BARTHELEMY] = "97701",
        [CALENDAR_SAINT_MARTIN] = "97801",
    };
    for (int zone = 0; zone < CALENDAR_N_ZONES; zone++) {
        g_autofree char *sql = g_strdup_printf("select f.f from generate_series(2000, 2099) y,"
                                               " prisme.jours_feries(y, prisme.departement('%s')) f order by 1",
                                               communes[zone]);
        g_autoptr(GError) error = NULL;
        g_autoptr(DbRows) rows = db_query(db, "holidays", sql, NULL, 0, &error);
        g_assert_no_error(error);
        int32_t n = 0;
        for (int32_t day = CALENDAR_FIRST; day <= CALENDAR_LAST; day++)
            if (calendar_is_holiday(day, calendar_zone_of_commune(communes[zone]))) {
                g_assert_cmpint(n, <, db_rows_count(rows));
                g_assert_cmpint(db_rows_date(rows, n++, 0), ==, day);
            }
        g_assert_cmpint(n, ==, db_rows_count(rows));
    }
}

/* Rules seldom or never broken without another: an amount has its place in a balance, a learner in a sum. */
static const struct {
    const char *regle, *also;
} companions[] = {
    {"coût pédagogique", "reste à charge"},    {"coût annexe", "reste à charge"},
    {"rémunération", "financement"},           {"financement", "reste à charge"},
    {"session fixée", "affectation fixée"},    {"effectif du besoin", "non couverts"},
    {"période de début", "période du besoin"}, {"stagiaire occupé", "ordre des besoins"},
    {"ordre des besoins", "stagiaire occupé"},
};

static bool accompanies(const char *line, const char *regle)
{
    if (g_str_has_prefix(line, regle))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(companions); i++)
        if (strcmp(companions[i].regle, regle) == 0 && g_str_has_prefix(line, companions[i].also))
            return true;
    return false;
}

/* True when the fault names no other rule than `regle` and its companions. */
static bool alone(const char *fault, const char *regle)
{
    g_auto(GStrv) lines = g_strsplit(fault, "\n  ", -1);
    bool only = true;
    for (char **line = lines + 1; lines[0] != NULL && *line != NULL; line++)
        only = only && accompanies(*line, regle);
    return only;
}

static void test_corruption(gconstpointer data)
{
    const Corruption *corruption = data;
    int done = 0;
    bool purely = false;
    for (uint64_t seed = 0; seed < SEEDS && !purely && done < TRIES; seed++) {
        g_autoptr(ModelPlan) plan = corruption_copy(tiny(seed)->plan);
        if (!corruption->corrupt(tiny(seed)->model, plan))
            continue;
        g_autofree char *fault = save(tiny(seed), plan);
        bool caught = fault != NULL && strstr(fault, corruption->regle) != NULL;
        purely = purely || (caught && alone(fault, corruption->regle));
        if (!caught || !purely)
            g_test_message("seed %" G_GUINT64_FORMAT ": %s", seed, fault != NULL ? fault : "nothing is caught");
        if (!caught)
            g_test_fail();
        done++;
    }
    g_assert_cmpint(done, >, 0);
    if (!purely)
        g_test_fail();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    db = testdb_open();
    g_test_add_func("/verify/plans of tiny regions hold", test_valid_tiny);
    g_test_add_func("/verify/plans of small regions hold", test_valid_small);
    g_test_add_func("/verify/holidays are those of the calendar", test_holidays);
    for (int i = 0; i < corruption_count; i++) {
        g_autofree char *path =
            g_strdup_printf("/verify/caught/%s: %s", corruption_table[i].regle, corruption_table[i].name);
        g_test_add_data_func(path, &corruption_table[i], test_corruption);
    }
    int status = g_test_run();
    db_free(db);
    return status;
}
