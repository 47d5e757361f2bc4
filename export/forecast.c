/* Envelopes month by month: see forecast.h. */
#include "export/forecast.h"

#include "config/calendar.h"

#include <stdlib.h>

static gint by_start(gconstpointer a, gconstpointer b, gpointer data)
{
    const ModelPlan *plan = data;
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    int32_t start_x = plan->sessions[plan->charges[x].session].debut;
    int32_t start_y = plan->sessions[plan->charges[y].session].debut;
    /* charges are sorted by session, which sessions are by code, and by need */
    return start_x != start_y ? (start_x < start_y ? -1 : 1) : (x > y) - (x < y);
}

static void add(ForecastPart *part, int64_t ferme, int64_t conditionnel)
{
    part->ferme += ferme;
    part->conditionnel += conditionnel;
}

Forecast *forecast_new(const Figures *figures)
{
    const Model *model = figures->model;
    const ModelPlan *plan = figures->plan;
    Forecast *forecast = g_new0(Forecast, 1);
    forecast->n_months = figures->n_months;
    forecast->parts = g_new0(ForecastPart, (gsize)model->n_enveloppes * (gsize)figures->n_months);
    forecast->enveloppes = g_new0(ForecastPart, model->n_enveloppes);
    forecast->months = g_new0(ForecastPart, figures->n_months);
    g_autofree int32_t *order = g_new(int32_t, plan->n_charges + 1);
    for (int32_t i = 0; i < plan->n_charges; i++)
        order[i] = i;
    g_qsort_with_data(order, plan->n_charges, sizeof *order, by_start, (gpointer)(uintptr_t)plan);
    for (int32_t i = 0; i < plan->n_charges; i++) {
        const ModelPlanCharge *charge = &plan->charges[order[i]];
        ForecastPart *enveloppe = &forecast->enveloppes[charge->enveloppe];
        int64_t certain = MAX(model->enveloppes[charge->enveloppe].montant_acquis - enveloppe->ferme, 0);
        int64_t ferme = MIN(charge->montant, certain);
        int year, month;
        calendar_split(plan->sessions[charge->session].debut, &year, &month, NULL);
        int m = (year - figures->months[0].year) * 12 + month - figures->months[0].month;
        add(&forecast->parts[charge->enveloppe * forecast->n_months + m], ferme, charge->montant - ferme);
        add(enveloppe, ferme, charge->montant - ferme);
        add(&forecast->months[m], ferme, charge->montant - ferme);
    }
    return forecast;
}

void forecast_free(Forecast *forecast)
{
    if (forecast == NULL)
        return;
    g_free(forecast->parts);
    g_free(forecast->enveloppes);
    g_free(forecast->months);
    g_free(forecast);
}
