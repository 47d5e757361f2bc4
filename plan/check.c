/* The plan checker's door: see check.h. */
#include "plan/check.h"

#include "plan/check_state.h"

/* A table without rows to read counts as empty, after a violation. */
static void keep_readable(CheckState *state, const char *table, const void *rows, int32_t *n)
{
    if (*n == 0 || (*n > 0 && rows != NULL))
        return;
    check_state_fault(state, CHECK_FORM, MODEL_NONE, MODEL_NONE, "table %s illisible (%d lignes annoncées)", table, *n);
    *n = 0;
}

GPtrArray *check_plan(const Model *model, const ModelPlan *plan)
{
    ModelPlan readable = *plan;
    CheckState state = {.model = model, .plan = &readable};
    state.violations = g_ptr_array_new_with_free_func(g_free);
    state.days = g_array_new(FALSE, FALSE, sizeof(int32_t));
    state.due = g_array_new(FALSE, FALSE, sizeof(CheckDue));
    state.served = g_new0(int64_t, (gsize)model->n_besoins + 1);
    keep_readable(&state, "sessions", readable.sessions, &readable.n_sessions);
    keep_readable(&state, "affectations", readable.affectations, &readable.n_affectations);
    keep_readable(&state, "charges", readable.charges, &readable.n_charges);
    keep_readable(&state, "non_couverts", readable.non_couverts, &readable.n_non_couverts);

    check_form_read(&state);
    check_days_verify(&state);
    check_group_verify(&state);
    check_rules_verify(&state);
    check_money_verify(&state);
    check_charges_verify(&state);
    check_totals_verify(&state);

    g_free(state.rows);
    g_free(state.sessions);
    g_free(state.served);
    g_array_unref(state.due);
    g_array_unref(state.days);
    return state.violations;
}
