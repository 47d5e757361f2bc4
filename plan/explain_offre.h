/* The same problem with one more offre for each formation that lacks one: what `aucune_offre` names. */
#ifndef PLAN_EXPLAIN_OFFRE_H
#define PLAN_EXPLAIN_OFFRE_H

#include "plan/explain_prove.h"

typedef struct ExplainOffre ExplainOffre;

/* True when some offre of the besoin's formation is open to its SIAE. */
bool explain_offre_open(const Model *model, int32_t besoin);

/* Adds, for each formation of a besoin to which none is open, an offre open to all at any time of the campaign, without
 * journey, price or least group. */
ExplainOffre *explain_offre_new(const Draft *draft);
void explain_offre_free(ExplainOffre *offre);

/* True when one more learner of the besoin can sit with that offre, beside everything in the draft. */
bool explain_offre_serves(ExplainOffre *offre, int32_t besoin);

#endif
