/* The sentence beside a motif: what blocks, with its figures, in plain French. It names no SIAE. */
#ifndef PLAN_EXPLAIN_DETAIL_H
#define PLAN_EXPLAIN_DETAIL_H

#include "plan/explain_prove.h"

/* The sentence for a motif proven by a session (draft as it was when it was found). plan gives the sessions' codes.
 * Owned by the caller. */
char *explain_detail(const Draft *draft, const ModelPlan *plan, int32_t besoin, VocabularyMotif motif,
                     const ExplainSession *session);

/* Sentences of motifs that need no session. Owned by the caller. */
/* enough: one more offre would do. */
char *explain_detail_no_offre(const Model *model, int32_t besoin, bool enough);
char *explain_detail_arbitrage(int64_t points, int64_t most);
char *explain_detail_worthless(int64_t cost);
char *explain_detail_missed(const Draft *draft, const ModelPlan *plan, const ExplainSession *session);
char *explain_detail_several(uint32_t broken); /* bits 1 << motif */
char *explain_detail_unknown(const Model *model);

#endif
