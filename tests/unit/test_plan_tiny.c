/* The planner against exhaustive search on tiny regions: its plans hold every rule, and its bounds enclose the truth.
 */
#include "config/fault.h"
#include "plan/check.h"
#include "plan/plan.h"
#include "tests/lib/exhaustive.h"
#include "tests/lib/region.h"
#include "tests/lib/short.h"

#define SEEDS short_of(300)
#define NODES 2000000

static const Settings settings = {.delai = 0, .effort = 5, .fils = 1};

static struct {
    int32_t regions, none, skipped, points_optimal, cost_optimal, points_proven, cost_proven;
} tally;

static void compare(uint64_t seed)
{
    g_autoptr(Model) model = region_tiny(seed);
    g_autoptr(GError) error = NULL;
    int32_t today = model->campagne.date_debut;
    g_autoptr(ModelPlan) plan = plan_make(model, &settings, today, NULL, NULL, &error);
    ExhaustiveResult best, least;
    exhaustive_solve(model, model->campagne.date_plan != MODEL_NONE ? model->campagne.date_plan : today, NODES, &best);
    g_test_message("seed %" G_GUINT64_FORMAT, seed);
    tally.regions++;
    if (plan == NULL) { /* only where no plan keeps the fixed sessions */
        g_assert_error(error, FAULT, FAULT_NO_PLAN);
        g_assert_false(best.feasible);
        tally.none++;
        exhaustive_clear(&best);
        return;
    }
    g_assert_no_error(error);
    g_autoptr(GPtrArray) violations = check_plan(model, plan);
    for (guint i = 0; i < violations->len; i++)
        g_test_message("%s", (const char *)g_ptr_array_index(violations, i));
    g_assert_cmpuint(violations->len, ==, 0);
    const ModelBilan *bilan = &plan->bilan;
    exhaustive_cheapest(model, plan->date_plan, bilan->points, NODES, &least);
    if (best.complete) {
        g_assert_true(best.feasible);
        g_assert_cmpint(bilan->points, <=, best.points);
        g_assert_cmpint(best.points, <=, bilan->points_borne);
        if (bilan->points == best.points)
            g_assert_cmpint(bilan->cout_pondere, >=, best.cout_pondere);
        tally.points_optimal += bilan->points == best.points;
        tally.cost_optimal += bilan->points == best.points && bilan->cout_pondere == best.cout_pondere;
        tally.points_proven += bilan->points_borne == best.points;
        tally.cost_proven += bilan->points == best.points && bilan->cout_pondere_borne == best.cout_pondere;
    } else {
        tally.skipped++;
    }
    if (least.complete)
        g_assert_cmpint(bilan->cout_pondere_borne, <=, least.cout_pondere);
    exhaustive_clear(&best);
    exhaustive_clear(&least);
}

static void test_tiny(void)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++)
        compare(seed);
    g_test_message(
        "%d regions (%d without plan, %d not searched whole): points optimal in %d, cost too in %d; bound of "
        "points exact in %d, of cost in %d",
        tally.regions, tally.none, tally.skipped, tally.points_optimal, tally.cost_optimal, tally.points_proven,
        tally.cost_proven);
    int32_t searched = tally.regions - tally.none - tally.skipped;
    g_assert_cmpint(searched, >, SEEDS * 9 / 10);
    g_assert_cmpint(tally.points_optimal * 100, >=, searched * 95);
}

/* A copy of a table of the Model, to be changed. */
#define COPY(model, table, Row)                                                                                        \
    ((Row *)(uintptr_t)((model)->table =                                                                               \
                            model_own(model, g_memdup2((model)->table, sizeof(Row) * (size_t)(model)->n_##table))))

/* A fixed session holds learners of a SIAE whose montage pays all; one of its other besoins pays all itself, and may do
 * so once. */
static void test_fixed_pay_nothing(void)
{
    g_autoptr(Model) model = region_tiny(256);
    g_assert_cmpint(model->n_affectations_fixees, >, 0);
    const ModelAffectationFixee *held = &model->affectations_fixees[0];
    ModelBesoin *besoins = COPY(model, besoins, ModelBesoin);
    int32_t other = model->n_besoins - 1 - (held->besoin == model->n_besoins - 1);
    ModelBesoin *first = &besoins[held->besoin], *second = &besoins[other];
    first->effectif = 0;
    for (int32_t i = 0; i < model->n_affectations_fixees; i++)
        first->effectif +=
            model->affectations_fixees[i].besoin == held->besoin ? model->affectations_fixees[i].effectif : 0;
    first->statut = STATUT_PARCOURS;
    second->statut = STATUT_PERMANENT;
    second->siae = first->siae;
    second->formation = first->formation;
    second->commune = first->commune;
    second->rayon_km = first->rayon_km;
    second->date_debut = first->date_debut;
    second->date_fin = first->date_fin;
    COPY(model, montages, ModelMontage)[held->montage].statuts = 1U << STATUT_PARCOURS;
    ModelFinancement *financements = COPY(model, financements, ModelFinancement);
    for (int32_t i = 0; i < model->n_financements; i++)
        if (financements[i].montage == held->montage) {
            financements[i].taux_pedagogie = financements[i].taux_annexes = 10000;
            financements[i].plafond_horaire = MODEL_NONE;
        }
    ModelEnveloppe *enveloppes = COPY(model, enveloppes, ModelEnveloppe);
    for (int32_t i = 0; i < model->n_enveloppes; i++)
        enveloppes[i].montant += 1000000;
    COPY(model, siae, ModelSiae)[first->siae].reste_a_charge_max = 30000;
    g_autoptr(GPtrArray) breaches = region_validate(model);
    g_assert_cmpuint(breaches->len, ==, 0);
    g_autoptr(GError) error = NULL;
    g_autoptr(ModelPlan) plan = plan_make(model, &settings, model->campagne.date_debut, NULL, NULL, &error);
    g_assert_no_error(error);
    ExhaustiveResult best;
    exhaustive_solve(model, plan->date_plan, NODES, &best);
    g_assert_true(best.complete);
    g_assert_cmpint(plan->bilan.points, ==, best.points);
    g_assert_cmpint(plan->bilan.points_borne, >=, best.points);
    exhaustive_clear(&best);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/plan/tiny regions: valid, and the bounds enclose the optimum", test_tiny);
    g_test_add_func("/plan/learners of a fixed session who pay nothing leave their SIAE's room to others",
                    test_fixed_pay_nothing);
    return g_test_run();
}
