/* The export stage: see export.h. */
#include "export/export.h"

#include "config/log.h"
#include "export/classeur.h"
#include "export/csv_plan.h"
#include "export/output.h"
#include "sql/store_plan.h"

bool export_write(const Model *model, const ModelPlan *plan, const Settings *settings, const char *sortie,
                  GError **error)
{
    g_autoptr(Figures) figures = figures_new(model, plan);
    g_autoptr(Output) output = output_open(sortie, error);
    if (output == NULL)
        return false;
    for (const CsvPlan *file = csv_plan_outputs; file->name != NULL; file++)
        if (!csv_plan_write(file, figures, output_add(output, file->name), error))
            return false;
    g_autoptr(GArray) classeurs = classeur_list(figures, settings);
    for (guint i = 0; i < classeurs->len; i++) {
        const ClasseurFile *file = &g_array_index(classeurs, ClasseurFile, i);
        if (!classeur_write(file, output_add(output, file->file), output_stage(output), error))
            return false;
    }
    return output_commit(output, error);
}

bool export_run(Db *db, const Settings *settings, const char *campagne, int32_t numero, const char *sortie,
                GError **error)
{
    g_autoptr(Model) model = NULL;
    g_autoptr(ModelPlan) plan = store_plan_load(db, campagne, numero, &model, NULL, error);
    if (plan == NULL || !export_write(model, plan, settings, sortie, error))
        return false;
    log_info("export: plan %d of campaign '%s' written to '%s'", plan->numero, campagne, sortie);
    return true;
}
