/* The workbook of one OPCO: see opco.h. */
#include "export/opco.h"

#include <string.h>

const ClasseurPage opco_pages[] = {
    {"Actions", opco_actions},
    {"Stagiaires", opco_stagiaires},
    {"Enveloppes", regional_enveloppes},
    {"Pièces", opco_pieces},
    {NULL, NULL},
};

bool opco_holds(const Classeur *classeur, int32_t besoin)
{
    const Figures *figures = classeur->figures;
    return figures->opco_of_siae[figures->model->besoins[besoin].siae] == classeur->opco;
}

static void add_once(GPtrArray *texts, const char *text)
{
    for (guint i = 0; i < texts->len; i++)
        if (strcmp(texts->pdata[i], text) == 0)
            return;
    g_ptr_array_add(texts, g_strdup(text));
}

static char *join(GPtrArray *texts)
{
    g_ptr_array_add(texts, NULL);
    char *text = g_strjoinv(", ", (char **)texts->pdata);
    g_ptr_array_unref(texts);
    return text;
}

OpcoAction opco_action(const Classeur *classeur, int32_t session)
{
    const Figures *figures = classeur->figures;
    const Model *model = figures->model;
    const ModelPlan *plan = figures->plan;
    OpcoAction action = {0};
    GPtrArray *dispositifs = g_ptr_array_new_with_free_func(g_free);
    GPtrArray *axes = g_ptr_array_new_with_free_func(g_free);
    GPtrArray *enveloppes = g_ptr_array_new_with_free_func(g_free);
    for (int32_t i = figures->first[session]; i < figures->first[session + 1]; i++) {
        const ModelPlanAffectation *row = &plan->affectations[i];
        if (!opco_holds(classeur, row->besoin))
            continue;
        FiguresSum one = figures_of_affectation(row);
        figures_add(&action.sum, &one);
        add_once(axes, model->axes[model->besoins[row->besoin].axe].libelle);
    }
    for (int32_t i = figures->first_charge[session]; i < figures->first_charge[session + 1]; i++) {
        const ModelPlanCharge *row = &plan->charges[i];
        if (!opco_holds(classeur, row->besoin))
            continue;
        add_once(dispositifs, model->enveloppes[row->enveloppe].dispositif);
        add_once(enveloppes, model->enveloppes[row->enveloppe].code);
    }
    action.dispositifs = join(dispositifs);
    action.axes = join(axes);
    action.enveloppes = join(enveloppes);
    return action;
}

void opco_action_clear(OpcoAction *action)
{
    g_free(action->dispositifs);
    g_free(action->axes);
    g_free(action->enveloppes);
}
