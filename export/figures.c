/* Sums of a plan: see figures.h. */
#include "export/figures.h"

void figures_add(FiguresSum *sum, const FiguresSum *more)
{
    sum->effectif += more->effectif;
    sum->pedagogique += more->pedagogique;
    sum->annexe += more->annexe;
    sum->remuneration += more->remuneration;
    sum->finance += more->finance;
    sum->reste += more->reste;
}

Figures *figures_new(const Model *model, const ModelPlan *plan)
{
    Figures *figures = g_new0(Figures, 1);
    figures->model = model;
    figures->plan = plan;
    figures->engage = g_new0(int64_t, model->n_enveloppes);
    figures->by_besoin = g_new0(FiguresSum, model->n_besoins);
    figures->by_session = g_new0(FiguresSum, plan->n_sessions);
    figures->first = g_new0(int32_t, plan->n_sessions + 1);
    for (int32_t i = 0; i < plan->n_charges; i++)
        figures->engage[plan->charges[i].enveloppe] += plan->charges[i].montant;
    for (int32_t i = 0; i < plan->n_affectations; i++) {
        const ModelPlanAffectation *row = &plan->affectations[i];
        FiguresSum sum = {row->effectif,     row->cout_pedagogique, row->cout_annexe,
                          row->remuneration, row->finance,          row->reste_a_charge};
        figures_add(&figures->by_besoin[row->besoin], &sum);
        figures_add(&figures->by_session[row->session], &sum);
        figures_add(&figures->total, &sum);
        figures->first[row->session + 1] = i + 1;
    }
    for (int32_t s = 0; s < plan->n_sessions; s++)
        if (figures->first[s + 1] == 0)
            figures->first[s + 1] = figures->first[s];
    return figures;
}

void figures_free(Figures *figures)
{
    if (figures == NULL)
        return;
    g_free(figures->engage);
    g_free(figures->by_besoin);
    g_free(figures->by_session);
    g_free(figures->first);
    g_free(figures);
}
