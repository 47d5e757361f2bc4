/* Why learners are not served: see explain.h. */
#include "plan/explain.h"

void explain_plan(Draft *draft, const ResultProof *proof, ModelPlan *plan)
{
    (void)proof;
    GArray *rows = g_array_new(FALSE, TRUE, sizeof(ModelPlanNonCouvert));
    for (int32_t b = 0; b < draft->problem->model->n_besoins; b++) {
        if (draft->left[b] <= 0)
            continue;
        ModelPlanNonCouvert row = {b, draft->left[b], MOTIF_NON_TRANCHE,
                                   model_plan_text(plan, "Aucune raison unique n'a pu être établie.")};
        g_array_append_val(rows, row);
    }
    plan->n_non_couverts = (int32_t)rows->len;
    plan->non_couverts = model_plan_own(plan, g_array_free(rows, FALSE));
}
