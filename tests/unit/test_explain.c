/* Motifs are true: what each names is changed, and nothing else; then one more learner is served. */
#include "plan/plan.h"
#include "tests/lib/ledger.h"
#include "tests/lib/region.h"
#include "tests/lib/relaxation.h"

#define SEEDS 400

typedef struct {
    int32_t rows, yes, no, too_large;
} Tally;

static int32_t date_plan_of(const Model *model)
{
    return model->campagne.date_plan != MODEL_NONE ? model->campagne.date_plan : model->campagne.date_debut;
}

static ModelPlan *make_plan(const Model *model)
{
    const Settings settings = {.effort = 2, .fils = 1};
    g_autoptr(GError) error = NULL;
    ModelPlan *plan = plan_make(model, &settings, date_plan_of(model), NULL, NULL, &error);
    g_assert_no_error(error);
    return plan;
}

/* Some way to change what the motif names serves one more learner, all others kept. */
static RelaxationAnswer is_true(const Model *model, const ModelPlan *plan, const ModelPlanNonCouvert *row)
{
    RelaxationAnswer answer = RELAXATION_NO;
    for (int way = 0; way < RELAXATION_WAYS && answer != RELAXATION_YES; way++) {
        g_autoptr(Model) relaxed = relaxation_new(model, row->besoin, row->motif, way);
        if (relaxed == NULL)
            break;
        RelaxationAnswer again = relaxation_keeps_all(relaxed, plan, row->besoin);
        answer = again == RELAXATION_NO ? answer : again;
    }
    return answer;
}

static RelaxationAnswer is_arbitrage(const Model *model, const ModelPlan *plan, const ModelPlanNonCouvert *row)
{
    int64_t elsewhere = 0;
    RelaxationAnswer keeps = relaxation_keeps_points(model, plan, row->besoin, &elsewhere);
    if (keeps == RELAXATION_TOO_LARGE)
        return keeps;
    return keeps == RELAXATION_NO && elsewhere >= 0 ? RELAXATION_YES : RELAXATION_NO;
}

static void count_row(const Model *model, const ModelPlan *plan, const ModelPlanNonCouvert *row, uint64_t seed,
                      Tally *tally)
{
    tally->rows++;
    if (row->motif == MOTIF_NON_TRANCHE)
        return;
    RelaxationAnswer answer =
        row->motif == MOTIF_ARBITRAGE ? is_arbitrage(model, plan, row) : is_true(model, plan, row);
    tally->yes += answer == RELAXATION_YES;
    tally->no += answer == RELAXATION_NO;
    tally->too_large += answer == RELAXATION_TOO_LARGE;
    if (answer == RELAXATION_NO)
        g_test_message("seed %" G_GUINT64_FORMAT ", %s: %s is false: %s", seed, model->besoins[row->besoin].reference,
                       vocabulary_word(&vocabulary_motif, (int)row->motif), row->detail);
}

static void test_true_on_tiny(void)
{
    Tally tallies[MOTIF_N] = {{0}};
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        g_autoptr(Model) model = region_tiny(seed);
        g_autoptr(ModelPlan) plan = make_plan(model);
        for (int32_t i = 0; i < plan->n_non_couverts; i++)
            count_row(model, plan, &plan->non_couverts[i], seed, &tallies[plan->non_couverts[i].motif]);
    }
    for (int i = 0; i < MOTIF_N; i++)
        g_test_message("%-24s %4d rows: %4d true, %d false, %d too large to tell",
                       vocabulary_word(&vocabulary_motif, i), tallies[i].rows, tallies[i].yes, tallies[i].no,
                       tallies[i].too_large);
    for (int i = 0; i < MOTIF_N; i++) {
        g_assert_cmpint(tallies[i].no, ==, 0);
        g_assert_cmpint(tallies[i].too_large * 2, <=, tallies[i].rows);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/explain/every motif of tiny regions is true", test_true_on_tiny);
    return g_test_run();
}
