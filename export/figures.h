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

/* Learners asked for, and what is served of them. */
typedef struct {
    int64_t demande;
    FiguresSum servi;
} FiguresShare;

/* An OPCO as the campaign knows it: members, envelopes, or both. */
typedef struct {
    const char *name; /* "" = the SIAE without one */
    FiguresShare share;
    int64_t montant, acquis, engage;  /* of its envelopes */
    int32_t n_enveloppes, n_sessions; /* sessions with a learner of its SIAE */
} FiguresOpco;

/* A month of the plan. */
typedef struct {
    int year, month;            /* 1..12 */
    int64_t sessions, effectif; /* that start in it */
} FiguresMonth;

/* Rows by group: those of group g are rows[first[g]] .. rows[first[g + 1] - 1], ascending positions. */
typedef struct {
    int32_t *first, *rows;
} FiguresGroups;

typedef struct {
    const Model *model;
    const ModelPlan *plan;
    int64_t *engage;                /* of each envelope: charged to it */
    FiguresShare *besoins;          /* of each need */
    FiguresShare *siae;             /* of each SIAE */
    FiguresShare *axes;             /* of each axe */
    FiguresShare *formations;       /* of each formation */
    int32_t *formation_sessions;    /* of each formation: sessions of the plan */
    FiguresSum *sessions;           /* of each session of the plan */
    int32_t *first;                 /* of each session: its first affectation, and one more for the end */
    int32_t *first_charge;          /* of each session: its first charge, and one more for the end */
    int32_t *first_non_couvert;     /* of each need: its first row of non_couverts, and one more for the end */
    FiguresGroups besoins_by_siae;  /* needs of each SIAE */
    FiguresGroups by_siae, by_opco; /* affectations of each SIAE, of the SIAE of each OPCO */
    int32_t *opco_of_siae;          /* position in opcos */
    int32_t *opco_of_enveloppe;
    FiguresOpco *opcos; /* byte order of name */
    int32_t n_opcos;
    FiguresMonth *months; /* from the first session's to the last one's, none left out */
    int32_t n_months;
    FiguresShare types[TYPE_N];  /* of each type of SIAE */
    int64_t not_served[MOTIF_N]; /* learners, by motif */
    FiguresShare total;
} Figures;

/* model and plan must outlive the result. Free with figures_free(). */
Figures *figures_new(const Model *model, const ModelPlan *plan);
void figures_free(Figures *figures);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Figures, figures_free)

/* sum += more. */
void figures_add(FiguresSum *sum, const FiguresSum *more);

/* The sums of one affectation. */
FiguresSum figures_of_affectation(const ModelPlanAffectation *row);

/* Whether an offer is of the need's course, open to its SIAE and within its rayon_km. */
bool figures_open(const Model *model, const ModelBesoin *besoin, const ModelOffre *offre);

/* cost = pedagogique + annexe. */
int64_t figures_cost(const FiguresSum *sum);

/* Cost of one learner, halves up; 0 for no learners. */
int64_t figures_each(const FiguresSum *sum);

#endif
