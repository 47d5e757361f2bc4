/* Deliberate faults in a valid plan: see corruption.h. */
#include "tests/lib/corruption.h"

#include "tests/lib/corruption_choices.h"
#include "tests/lib/corruption_figures.h"
#include "tests/lib/corruption_funding.h"

ModelPlan *corruption_copy(const ModelPlan *plan)
{
    ModelPlan *copy = model_plan_new();
    copy->numero = plan->numero;
    copy->date_plan = plan->date_plan;
    copy->bilan = plan->bilan;
    copy->arret = model_plan_text(copy, plan->arret);

    ModelPlanSession *sessions = g_memdup2(plan->sessions, (gsize)plan->n_sessions * sizeof *sessions);
    for (int32_t i = 0; i < plan->n_sessions; i++) {
        sessions[i].code = model_plan_text(copy, sessions[i].code);
        sessions[i].jours = model_plan_own(
            copy, g_memdup2(plan->sessions[i].jours, (gsize)plan->sessions[i].n_jours * sizeof(int32_t)));
    }
    copy->sessions = model_plan_own(copy, sessions);
    copy->n_sessions = plan->n_sessions;

    copy->affectations =
        model_plan_own(copy, g_memdup2(plan->affectations, (gsize)plan->n_affectations * sizeof *plan->affectations));
    copy->n_affectations = plan->n_affectations;
    copy->charges = model_plan_own(copy, g_memdup2(plan->charges, (gsize)plan->n_charges * sizeof *plan->charges));
    copy->n_charges = plan->n_charges;

    ModelPlanNonCouvert *rows = g_memdup2(plan->non_couverts, (gsize)plan->n_non_couverts * sizeof *rows);
    for (int32_t i = 0; i < plan->n_non_couverts; i++)
        rows[i].detail = model_plan_text(copy, rows[i].detail);
    copy->non_couverts = model_plan_own(copy, rows);
    copy->n_non_couverts = plan->n_non_couverts;
    return copy;
}

#define FIGURES_ROW(name, rule, words) {words, rule, corruption_figures_##name},
#define CHOICES_ROW(name, rule, words) {words, rule, corruption_choices_##name},
#define FUNDING_ROW(name, rule, words) {words, rule, corruption_funding_##name},

const Corruption corruption_table[] = {CORRUPTION_FIGURES(FIGURES_ROW) CORRUPTION_CHOICES(CHOICES_ROW)
                                           CORRUPTION_FUNDING(FUNDING_ROW)};
const int corruption_count = (int)G_N_ELEMENTS(corruption_table);
