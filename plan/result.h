/* From a draft to a plan: session codes, accounts to the cent, enveloppes charged, bilan. */
#ifndef PLAN_RESULT_H
#define PLAN_RESULT_H

#include "plan/draft.h"

/* What the search proved, for the bilan. */
typedef struct {
    int64_t points_borne, cout_pondere_borne;
    const char *arret;  /* ModelPlan.arret */
    const char *preuve; /* ModelPlan.preuve; NULL: none */
} ResultProof;

/* The plan of a draft that holds every fixed session. New sessions are called <offre>-<AAAAMMJJ>, then -2, -3... where
 * that is taken. non_couverts are left to explain.h. The same set of sessions gives the same plan, in whatever order
 * the draft came by them. */
ModelPlan *result_plan(const Draft *draft, const ResultProof *proof);

#endif
