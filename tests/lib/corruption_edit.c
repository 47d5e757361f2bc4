/* A plan as its choices, and back: see corruption_edit.h. */
#include "tests/lib/corruption_edit.h"

LedgerSession *corruption_edit_session(GPtrArray *sessions, guint i)
{
    return g_ptr_array_index(sessions, i);
}

LedgerChoice *corruption_edit_choice(const LedgerSession *session, guint i)
{
    return &g_array_index(session->choices, LedgerChoice, i);
}

/* Choices that became alike are one. */
static void merge(LedgerSession *session)
{
    for (guint c = session->choices->len; c-- > 1;)
        for (guint d = 0; d < c; d++)
            if (corruption_edit_choice(session, c)->besoin == corruption_edit_choice(session, d)->besoin &&
                corruption_edit_choice(session, c)->montage == corruption_edit_choice(session, d)->montage) {
                corruption_edit_choice(session, d)->effectif += corruption_edit_choice(session, c)->effectif;
                g_array_remove_index(session->choices, c);
                break;
            }
}

bool corruption_edit_settle(const Model *model, ModelPlan *plan, GPtrArray *sessions)
{
    for (guint i = sessions->len; i-- > 0;) {
        merge(corruption_edit_session(sessions, i));
        if (corruption_edit_session(sessions, i)->choices->len == 0)
            g_ptr_array_remove_index(sessions, i);
    }
    ModelPlan *by = ledger_plan(model, sessions, plan->date_plan), old = *plan;
    *plan = *by;
    *by = old;
    plan->bilan.points_borne = MAX(plan->bilan.points_borne, plan->bilan.points);
    model_plan_free(by);
    return true;
}
