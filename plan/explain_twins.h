/* Besoins that proofs do not tell apart: what was found for one is tried first, or not again, for its twins. */
#ifndef PLAN_EXPLAIN_TWINS_H
#define PLAN_EXPLAIN_TWINS_H

#include "plan/draft.h"

/* Twins differ in their references only: same SIAE, formation, axe, statut, attestation, dates, places and points, as
 * many learners left in the draft, no stagiaire. A cent may part them (odd cents go by reference), so what must be
 * exact is proven again. */
typedef struct ExplainTwins ExplainTwins;
ExplainTwins *explain_twins_new(const Draft *draft);
void explain_twins_free(ExplainTwins *twins);

/* What was added for a twin of the besoin, as the draft is now; NULL: nothing. */
gconstpointer explain_twins_find(const ExplainTwins *twins, int32_t besoin);

/* value is not NULL and outlives the twins. A besoin with a stagiaire has none and is passed over. */
void explain_twins_add(ExplainTwins *twins, int32_t besoin, gconstpointer value);
void explain_twins_clear(ExplainTwins *twins);

#endif
