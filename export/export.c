/* The export stage: see export.h. */
#include "export/export.h"

#include "config/fault.h"
#include "config/log.h"
#include "export/classeur.h"
#include "export/csv_plan.h"
#include "export/output.h"
#include "export/page.h"
#include "sql/store_plan.h"

/* The proof of the bounds, for those who check them: as it was stored. */
static bool write_preuve(const ModelPlan *plan, Output *output, GError **error)
{
    if (plan->preuve == NULL)
        return true;
    const char *path = output_add(output, "preuve.json");
    g_autoptr(GError) cause = NULL;
    if (!g_file_set_contents(path, plan->preuve, -1, &cause))
        g_set_error(error, FAULT, FAULT_OUTPUT, "%s", cause->message);
    return cause == NULL;
}

static bool write_set(const Model *model, const ModelPlan *plan, const ClasseurPrevious *previous,
                      const StoreOrigin *origin, const Settings *settings, const char *sortie, GError **error)
{
    g_autoptr(Controls) controls = controls_new(origin);
    g_autoptr(Figures) figures = figures_new(model, plan);
    g_autoptr(Output) output = output_open(sortie, error);
    if (output == NULL)
        return false;
    for (const CsvPlan *file = csv_plan_outputs; file->name != NULL; file++) {
        const char *path = output_add(output, file->name);
        if (!csv_plan_write(file, figures, path, error) || !controls_read(controls, file->name, path, error))
            return false;
    }
    g_autoptr(GArray) classeurs = classeur_list(figures, settings, previous, controls);
    for (guint i = 0; i < classeurs->len; i++) {
        const ClasseurFile *file = &g_array_index(classeurs, ClasseurFile, i);
        if (!classeur_write(file, output_add(output, file->file), output_stage(output), error))
            return false;
    }
    const ClasseurFile *regional = &g_array_index(classeurs, ClasseurFile, 0);
    g_autofree char *page = page_file(regional->file);
    if (!page_write(&regional->classeur, output_add(output, page), error))
        return false;
    return write_preuve(plan, output, error) && output_commit(output, error);
}

bool export_write(const Model *model, const ModelPlan *plan, const Settings *settings, const char *sortie,
                  GError **error)
{
    return write_set(model, plan, NULL, NULL, settings, sortie, error);
}

/* What a stored plan is written from. */
typedef struct {
    Model *model;
    ModelPlan *plan;
    ClasseurPrevious previous; /* numero 0: the plan is the first */
    StoreOrigin *origin;
} Stored;

static void stored_clear(Stored *stored)
{
    store_origin_free(stored->origin);
    model_plan_free(stored->plan);
    model_free(stored->model);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Stored, stored_clear)

static bool read_stored(Db *db, const char *campagne, int32_t numero, Stored *stored, GError **error)
{
    stored->plan = store_plan_load(db, campagne, numero, &stored->model, NULL, error);
    if (stored->plan == NULL)
        return false;
    if (stored->plan->numero > 1) {
        g_autoptr(Model) model = NULL;
        g_autoptr(ModelPlan) plan = store_plan_load(db, campagne, stored->plan->numero - 1, &model, NULL, error);
        if (plan == NULL)
            return false;
        stored->previous = (ClasseurPrevious){plan->numero, model->n_besoins, plan->bilan};
    }
    stored->origin = store_origin_load(db, campagne, stored->plan->numero, error);
    return stored->origin != NULL;
}

bool export_run(Db *db, const Settings *settings, const char *campagne, int32_t numero, const char *sortie,
                GError **error)
{
    g_auto(Stored) stored = {0};
    if (!db_begin_snapshot(db, error))
        return false;
    bool read = read_stored(db, campagne, numero, &stored, error);
    db_rollback(db); /* nothing was written */
    if (!read || !write_set(stored.model, stored.plan, stored.previous.numero > 0 ? &stored.previous : NULL,
                            stored.origin, settings, sortie, error))
        return false;
    log_info("export: plan %d of campaign '%s' written to '%s'", stored.plan->numero, campagne, sortie);
    return true;
}
