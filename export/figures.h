/* What the outputs say of a plan beyond its rows: sums and groupings, computed once for CSV files and workbooks alike.
 * Amounts in cents. */
#ifndef EXPORT_FIGURES_H
#define EXPORT_FIGURES_H

#include "sql/model.h"

/* Sums over learners of the plan. */
typedef struct {
    int64_t effectif; /* learners served */
    int64_t pedagogique, annexe, remuneration, finance, reste;
} FiguresSum;

typedef struct {
    const Model *model;
    const ModelPlan *plan;
    int64_t *engage;        /* of each envelope: charged to it */
    FiguresSum *by_besoin;  /* of each need */
    FiguresSum *by_session; /* of each session of the plan */
    int32_t *first;         /* of each session: its first affectation; n_sessions + 1 of them */
    FiguresSum total;       /* of the plan */
} Figures;

/* model and plan must outlive the result. Free with figures_free(). */
Figures *figures_new(const Model *model, const ModelPlan *plan);
void figures_free(Figures *figures);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Figures, figures_free)

/* sum += more. */
void figures_add(FiguresSum *sum, const FiguresSum *more);

#endif
