/* The plan stage: bounds and prices, searches, proof, explanation, verification, store. See plan.h. */
#include "plan/plan.h"

#include "config/calendar.h"
#include "config/fault.h"
#include "config/log.h"
#include "plan/check.h"
#include "plan/conflict.h"
#include "plan/explain.h"
#include "plan/mps.h"
#include "plan/optimize.h"
#include "plan/result.h"
#include "plan/resume.h"
#include "sql/store_campaign.h"
#include "sql/store_plan.h"

static bool verify(const Model *model, const ModelPlan *plan, GError **error)
{
    g_autoptr(GPtrArray) violations = check_plan(model, plan);
    if (violations->len == 0)
        return true;
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < violations->len; i++)
        g_string_append_printf(text, "\n  %s", (const char *)violations->pdata[i]);
    g_set_error(error, FAULT, FAULT_NO_PLAN, "the plan made breaks %u rules and is not kept:%s", violations->len,
                text->str);
    g_string_free(text, TRUE);
    return false;
}

static bool all_fixed_held(const Problem *problem, const Draft *draft, GError **error)
{
    const Model *m = problem->model;
    if (draft->fixed_held == m->n_sessions_fixees)
        return true;
    g_autofree char *conflict = conflict_of_fixed(problem);
    int32_t first = 0;
    while (draft->held[m->n_offres + first] > 0)
        first++;
    if (conflict != NULL)
        g_set_error(error, FAULT, FAULT_NO_PLAN, "no plan found that holds the fixed sessions as given: %s", conflict);
    else
        g_set_error(error, FAULT, FAULT_NO_PLAN,
                    "no plan found that holds fixed session '%s' as given: its learners, days, absences or enveloppes "
                    "do not go together with the other fixed sessions",
                    m->sessions_fixees[first].session);
    return false;
}

/* The day the campaign speaks from. */
static int32_t date_of(const Model *model, int32_t today)
{
    return model->campagne.date_plan != MODEL_NONE ? model->campagne.date_plan : today;
}

ModelPlan *plan_make(const Model *model, const Settings *settings, int32_t today, const ModelPlan *previous,
                     const Model *previous_model, GError **error)
{
    g_autoptr(Problem) problem = problem_new(model, date_of(model, today), error);
    if (problem == NULL)
        return NULL;
    OptimizeResult best = optimize(problem, settings);
    g_autoptr(ModelPlan) plan = NULL;
    if (all_fixed_held(problem, best.draft, error)) {
        if (previous != NULL)
            resume_previous(best.draft, previous, previous_model);
        plan = result_plan(best.draft, &best.proof);
        explain_plan(best.draft, &best.proof, plan);
    }
    draft_free(best.draft);
    g_free(best.preuve);
    if (plan == NULL || !verify(model, plan, error))
        return NULL;
    return g_steal_pointer(&plan);
}

bool plan_run(Db *db, const Settings *settings, const char *campagne, int32_t today, int32_t *numero, GError **error)
{
    int32_t chargement = store_campaign_latest(db, campagne, error);
    if (chargement < 0)
        return false;
    g_autoptr(Model) model = store_campaign_load(db, campagne, 0, error);
    if (model == NULL)
        return false;
    if (model->n_besoins == 0) {
        g_set_error(error, FAULT, FAULT_INPUT, "campaign '%s' has no need yet: nothing to plan", campagne);
        return false;
    }
    g_autoptr(Model) previous_model = NULL;
    g_autoptr(GError) no_plan = NULL;
    g_autoptr(ModelPlan) previous = store_plan_load(db, campagne, 0, &previous_model, NULL, &no_plan);
    if (previous == NULL && !g_error_matches(no_plan, FAULT, FAULT_NO_PLAN)) {
        g_propagate_error(error, g_steal_pointer(&no_plan));
        return false;
    }
    g_autoptr(ModelPlan) plan = plan_make(model, settings, today, previous, previous_model, error);
    if (plan == NULL || !store_plan_save(db, model, chargement, plan, numero, error)) {
        g_prefix_error(error, "campaign '%s': ", campagne);
        return false;
    }
    const ModelBilan *b = &plan->bilan;
    log_info("plan %d of %s: %" G_GINT64_FORMAT " sessions, %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
             " learners, %" G_GINT64_FORMAT " points of at most %" G_GINT64_FORMAT,
             *numero, campagne, b->sessions, b->effectif_servi, b->effectif_demande, b->points, b->points_borne);
    return true;
}

bool plan_mps(Db *db, const char *campagne, int32_t today, int64_t points, const char *path, GError **error)
{
    g_autoptr(Model) model = store_campaign_load(db, campagne, 0, error);
    if (model == NULL)
        return false;
    MpsForm form = {.points = points, .odd_cents = false};
    g_autoptr(Problem) problem = problem_new(model, date_of(model, today), error);
    if (problem != NULL)
        return mps_write(problem, &form, path, error);
    g_prefix_error(error, "campagne '%s': ", campagne);
    return false;
}
