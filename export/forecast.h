/* What the plan draws from each envelope month by month, and how much of it is certain. */
#ifndef EXPORT_FORECAST_H
#define EXPORT_FORECAST_H

#include "export/figures.h"

/* Cents charged to an envelope for the sessions that begin in a month. What of the envelope is acquired pays the
 * sessions that begin first (then by code, then by need): that part is firm, the rest waits for the envelope's
 * balance. */
typedef struct {
    int64_t ferme, conditionnel;
} ForecastPart;

typedef struct {
    ForecastPart *parts; /* n_enveloppes x n_months, by envelope */
    ForecastPart *enveloppes, *months;
    int32_t n_months; /* those of figures */
} Forecast;

/* Free with forecast_free(). */
Forecast *forecast_new(const Figures *figures);
void forecast_free(Forecast *forecast);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Forecast, forecast_free)

#endif
