/* Certificates of tiny regions, and of a large formation, judged by tests/integration/preuve.py with the checker that
 * shares no code with plan/: as they are written, and after mutations of multipliers, claims and input data against the
 * true optimum. */
#include "plan/plan.h"
#include "tests/lib/exhaustive.h"
#include "tests/lib/model_csv.h"
#include "tests/lib/region.h"
#include "tests/lib/region_random.h"
#include "tests/lib/scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PYTHON "/usr/bin/python3"
#define JUDGE "tests/integration/preuve.py"
#define SEEDS 100
#define MORE_SEEDS 600   /* of these only regions whose certificate has parts */
#define DATA_MUTATIONS 4 /* of each region */
#define MULTIPLIER_MUTATIONS "1600"
#define PARTED_REGIONS 35
#define PARTED_MUTATIONS "300"
#define NODES 300000

static const Settings settings = {.delai = 0, .effort = 1, .fils = 1};

static int32_t date_of(const Model *model)
{
    return model->campagne.date_plan != MODEL_NONE ? model->campagne.date_plan : model->campagne.date_debut;
}

/* region-NAME: the input files. */
static void write_region(const char *folder, const char *name, const Model *model)
{
    g_autofree char *base = g_strdup_printf("region-%s", name), *path = g_build_filename(folder, base, NULL);
    g_autoptr(GError) error = NULL;
    model_csv_write(model, path, &error);
    g_assert_no_error(error);
}

static void append(const char *folder, const char *file, const char *format, ...) G_GNUC_PRINTF(3, 4);
static void append(const char *folder, const char *file, const char *format, ...)
{
    g_autofree char *path = g_build_filename(folder, file, NULL);
    FILE *handle = fopen(path, "ae");
    g_assert_nonnull(handle);
    va_list arguments;
    va_start(arguments, format);
    vfprintf(handle, format, arguments);
    va_end(arguments);
    g_assert_cmpint(fclose(handle), ==, 0);
}

/* A line of cases.txt: region, certificate, then the truth: most points, and least cost with the target; -1: not known,
 * -2: no such plan. */
static void write_case(const char *folder, const char *region, const char *proof, const Model *model, int64_t target)
{
    ExhaustiveResult best, least;
    exhaustive_solve(model, date_of(model), NODES, &best);
    exhaustive_cheapest(model, date_of(model), target, NODES, &least);
    int64_t points = !best.complete ? -1 : best.feasible ? best.points : -2;
    int64_t cost = !least.complete ? -1 : least.plan != NULL && least.points >= target ? least.cout_pondere : -2;
    append(folder, "cases.txt", "%s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", region, proof, points, cost);
    exhaustive_clear(&best);
    exhaustive_clear(&least);
}

/* NULL: there is no plan. */
static ModelPlan *make_plan(const Model *model)
{
    g_autoptr(GError) error = NULL;
    return plan_make(model, &settings, date_of(model), NULL, NULL, &error);
}

/* The certificate of a plan, and what bilan says of it: proof-NAME. */
static void write_proof(const char *folder, const char *name, const ModelPlan *plan)
{
    g_autofree char *base = g_strdup_printf("proof-%s", name), *path = g_build_filename(folder, base, NULL);
    g_assert_nonnull(plan->preuve);
    g_assert_true(g_file_set_contents(path, plan->preuve, -1, NULL));
    append(folder, "bilans.txt", "%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", name,
           plan->bilan.points, plan->bilan.points_borne, plan->bilan.cout_pondere_borne);
}

/* Any row of a table, in a copy that may be changed. */
#define ANY(m, table, Row)                                                                                             \
    (&((Row *)(uintptr_t)(m->table = model_own(m, g_memdup2(m->table, sizeof(Row) * (size_t)m->n_##table))))           \
         [region_random_between(random, 0, m->n_##table - 1)])

/* Changes one figure of the region; what it was stays possible too. */
static void change(Model *m, RegionRandom *random)
{
    switch (region_random_between(random, 0, 9)) {
    case 0:
        if (m->n_enveloppes > 0)
            ANY(m, enveloppes, ModelEnveloppe)->montant += region_random_between(random, 0, 100000);
        break;
    case 1:
        ANY(m, besoins, ModelBesoin)->priorite = (int32_t)region_random_between(random, 1, 4);
        break;
    case 2:
        ANY(m, offres, ModelOffre)->cout_groupe = region_random_between(random, 0, 60000);
        break;
    case 3:
        ANY(m, offres, ModelOffre)->cout_stagiaire = region_random_between(random, 0, 20000);
        break;
    case 4:
        ANY(m, siae, ModelSiae)->absents_max =
            region_random_chance(random, 50) ? MODEL_NONE : (int32_t)region_random_between(random, 0, 4);
        break;
    case 5:
        ANY(m, siae, ModelSiae)->reste_a_charge_max =
            region_random_chance(random, 50) ? MODEL_NONE : region_random_between(random, 0, 80000);
        break;
    case 6:
        ANY(m, organismes, ModelOrganisme)->sessions_simultanees =
            region_random_chance(random, 50) ? MODEL_NONE : (int32_t)region_random_between(random, 0, 2);
        break;
    case 7:
        ANY(m, axes, ModelAxe)->min_siae = (int32_t)region_random_between(random, 1, 3);
        break;
    case 8:
        ANY(m, offres, ModelOffre)->date_fin += (int32_t)region_random_between(random, -14, 14);
        break;
    default:
        ANY(m, besoins, ModelBesoin)->date_fin += (int32_t)region_random_between(random, -14, 14);
        break;
    }
}

static bool is_parted(const ModelPlan *plan)
{
    const char *stage = strstr(plan->preuve, "\"borne\":"), *next = strchr(stage, ',');
    return g_str_has_prefix(next, ",\"sur\":");
}

static void add_region(const char *folder, uint64_t seed)
{
    g_autoptr(Model) model = region_tiny(seed);
    g_autofree char *name = g_strdup_printf("%" G_GUINT64_FORMAT, seed);
    g_autoptr(ModelPlan) plan = make_plan(model);
    if (plan == NULL || (seed >= SEEDS && !is_parted(plan)))
        return;
    write_proof(folder, name, plan);
    write_region(folder, name, model);
    write_case(folder, name, name, model, plan->bilan.points);
    RegionRandom random = {seed + 1};
    for (int32_t i = 0; i < DATA_MUTATIONS; i++) {
        g_autoptr(Model) other = region_tiny(seed);
        change(other, &random);
        change(other, &random);
        g_autoptr(GPtrArray) breaches = region_validate(other);
        if (breaches->len > 0)
            continue;
        g_autofree char *mutant = g_strdup_printf("%s-%d", name, i);
        write_region(folder, mutant, other);
        write_case(folder, mutant, name, other, plan->bilan.points);
    }
}

static void judge(const char *folder, const char *mutations)
{
    char *argv[] = {(char *)(uintptr_t)PYTHON, (char *)(uintptr_t)JUDGE, (char *)(uintptr_t)folder,
                    (char *)(uintptr_t)mutations, NULL};
    g_autofree char *out = NULL, *err = NULL;
    int status = 1;
    g_autoptr(GError) error = NULL;
    g_spawn_sync(NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err, &status, &error);
    g_assert_no_error(error);
    g_test_message("%s%s", out, err);
    g_assert_cmpint(status, ==, 0);
}

static void test_tiny(void)
{
    char *folder = scratch_new();
    for (uint64_t seed = 0; seed < MORE_SEEDS; seed++)
        add_region(folder, seed);
    judge(folder, MULTIPLIER_MUTATIONS);
    scratch_remove(folder);
}

/* The cost is proven in several parts that have plans. */
static bool is_cost_parted(const ModelPlan *plan)
{
    const char *first = strstr(plan->preuve, "\"au_moins\"");
    return first != NULL && strstr(first + 1, "\"au_moins\"") != NULL;
}

/* Regions whose days bind: where whole formations' prices leave a gap their plans are parted, or trees count groups of
 * a size. Their optimum is not known: the truth is that the plan is possible. */
static void test_parts(void)
{
    static const RegionSize size = {.name = "parted",
                                    .n_siae = 6,
                                    .n_besoins = 15,
                                    .n_learners = 35,
                                    .n_communes = 6,
                                    .n_formations = 3,
                                    .n_organismes = 4,
                                    .n_regions = 1,
                                    .tight = true};
    char *folder = scratch_new();
    int costs = 0;
    for (uint64_t seed = 0; seed < PARTED_REGIONS; seed++) {
        g_autoptr(Model) model = region_make(seed, &size);
        g_autoptr(ModelPlan) plan = make_plan(model);
        g_assert_nonnull(plan);
        if (!is_parted(plan) && strstr(plan->preuve, "\"groupe\"") == NULL)
            continue;
        costs += is_cost_parted(plan);
        g_autofree char *name = g_strdup_printf("%" G_GUINT64_FORMAT, seed);
        write_proof(folder, name, plan);
        write_region(folder, name, model);
        append(folder, "cases.txt", "%s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", name, name, plan->bilan.points,
               plan->bilan.cout_pondere);
    }
    g_test_message("%d costs proven in parts", costs);
    g_assert_cmpint(costs, >, 0);
    judge(folder, PARTED_MUTATIONS);
    scratch_remove(folder);
}

/* A region whose parts are proven by what they leave of absents_max: without it the checker finds less than is claimed.
 */
static void test_caps(void)
{
    const Settings more = {.effort = 10, .fils = 1};
    char *folder = scratch_new();
    g_autoptr(Model) model = region_make(5, region_size_find("small"));
    g_autoptr(GError) error = NULL;
    g_autoptr(ModelPlan) plan = plan_make(model, &more, date_of(model), NULL, NULL, &error);
    g_assert_no_error(error);
    g_assert_true(is_parted(plan));
    write_proof(folder, "capped", plan);
    write_region(folder, "capped", model);
    append(folder, "cases.txt", "capped capped -1 -1\n");
    judge(folder, "0");
    scratch_remove(folder);
}

/* So many besoins of one formation that prices come from descent.h: the certificate has no tree. */
static void test_large(void)
{
    static const RegionSize size = {.name = "one",
                                    .n_siae = 20,
                                    .n_besoins = 210,
                                    .n_learners = 400,
                                    .n_communes = 20,
                                    .n_formations = 1,
                                    .n_organismes = 6,
                                    .n_regions = 1};
    char *folder = scratch_new();
    g_autoptr(Model) model = region_make(1, &size);
    g_autoptr(ModelPlan) plan = make_plan(model);
    g_assert_nonnull(plan);
    write_proof(folder, "large", plan);
    g_assert_null(strstr(plan->preuve, "\"sur\""));
    write_region(folder, "large", model);
    append(folder, "cases.txt", "large large -1 -1\n");
    judge(folder, "0");
    scratch_remove(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/preuve/no certificate of a tiny region proves more than is true", test_tiny);
    g_test_add_func("/preuve/no certificate in parts proves more than a plan shows possible", test_parts);
    g_test_add_func("/preuve/a certificate may rest on learners who are sure to sit in long sessions", test_caps);
    g_test_add_func("/preuve/the certificate of a large formation proves its bounds", test_large);
    return g_test_run();
}
