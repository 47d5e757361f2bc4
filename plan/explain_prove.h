/* Proofs of motifs: for one more learner of a besoin, a session that breaks the rules of one motif only. */
#ifndef PLAN_EXPLAIN_PROVE_H
#define PLAN_EXPLAIN_PROVE_H

#include "plan/explain_aim.h"

/* Prover over one draft, which it changes and puts back as it was. */
typedef struct ExplainProver ExplainProver;
ExplainProver *explain_prover_new(Draft *draft);
void explain_prover_free(ExplainProver *prover);

/* From now on proofs may take so many trials in all, then find nothing more; unlimited at first. */
void explain_prover_allow(ExplainProver *prover, int64_t trials);

/* Every rule a session can break, offres reserved to others apart. */
#define EXPLAIN_ALL (((1U << MOTIF_ARBITRAGE) - 1) & ~(1U << MOTIF_AUCUNE_OFFRE))

/* Looks for a session in which one more learner of the besoin (draft->left > 0) sits and that breaks no rule but those
 * of `waived` (bits 1 << motif; 0: it could simply be served). False: none found. */
bool explain_prove(ExplainProver *prover, int32_t besoin, uint32_t waived, ExplainMode mode, ExplainSession *session);

/* Puts a session found with nothing waived into the draft; the prover then knows the new draft. */
void explain_prover_insert(ExplainProver *prover, const ExplainSession *session);

#endif
