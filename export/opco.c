/* The workbook of one OPCO: see opco.h. */
#include "export/opco.h"

#include <string.h>

const ClasseurPage opco_pages[] = {
    {"Synthèse", opco_synthese},
    {"Actions", opco_actions},
    {"Stagiaires", opco_stagiaires},
    {"Enveloppes", regional_enveloppes},
    {"Imputations", opco_imputations},
    {"Pièces à fournir", opco_pieces},
    {NULL, NULL},
};

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
        if (!classeur_holds(classeur, row->besoin))
            continue;
        FiguresSum one = figures_of_affectation(row);
        figures_add(&action.sum, &one);
        add_once(axes, model->axes[model->besoins[row->besoin].axe].libelle);
    }
    for (int32_t i = figures->first_charge[session]; i < figures->first_charge[session + 1]; i++) {
        const ModelPlanCharge *row = &plan->charges[i];
        if (!classeur_holds(classeur, row->besoin))
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

static int by_session(gconstpointer a, gconstpointer b)
{
    const OpcoRequest *left = a, *right = b;
    int order = (left->session > right->session) - (left->session < right->session);
    return order != 0 ? order : (left->siae > right->siae) - (left->siae < right->siae);
}

GArray *opco_requests(const Classeur *classeur)
{
    const Figures *figures = classeur->figures;
    const ModelPlan *plan = figures->plan;
    GArray *requests = g_array_new(FALSE, FALSE, sizeof(OpcoRequest));
    int32_t n;
    const int32_t *rows = classeur_rows(classeur, &n);
    for (int32_t i = 0; i < n; i++) {
        const ModelPlanAffectation *row = &plan->affectations[rows[i]];
        int32_t siae = figures->model->besoins[row->besoin].siae;
        FiguresSum one = figures_of_affectation(row);
        guint at = requests->len;
        if (row->finance == 0)
            continue;
        /* rows are in the order of sessions: what is sought lies at the end */
        while (at > 0 && g_array_index(requests, OpcoRequest, at - 1).session == row->session &&
               g_array_index(requests, OpcoRequest, at - 1).siae != siae)
            at--;
        if (at > 0 && g_array_index(requests, OpcoRequest, at - 1).session == row->session) {
            figures_add(&g_array_index(requests, OpcoRequest, at - 1).sum, &one);
            continue;
        }
        OpcoRequest request = {row->session, siae, plan->sessions[row->session].debut - classeur->settings->depot_jours,
                               one};
        g_array_append_val(requests, request);
    }
    g_array_sort(requests, by_session);
    return requests;
}
