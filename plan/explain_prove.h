/* Proofs of motifs: for one more learner of a besoin, a session that breaks the rules of one motif only. */
#ifndef PLAN_EXPLAIN_PROVE_H
#define PLAN_EXPLAIN_PROVE_H

#include "plan/explain_reach.h"
#include "plan/explain_trial.h"

/* Prover over one draft, which it changes and puts back as it was. */
typedef struct ExplainProver ExplainProver;
ExplainProver *explain_prover_new(Draft *draft);
void explain_prover_free(ExplainProver *prover);

/* What a proof may suppose. */
typedef enum {
    EXPLAIN_STRICT,      /* nothing: a smaller group would have to pay for itself, and so on */
    EXPLAIN_JOINED,      /* learners of other SIAE would come to fill the group, and pay their shares themselves */
    EXPLAIN_OTHER_DATES, /* with hors_periode waived: offres that have starts for the besoin would have others too */
    EXPLAIN_FEWEST /* nothing; of all sessions one that breaks the fewest kinds of rules is looked for, two being few
                      enough */
} ExplainMode;

/* A session with one more learner of the besoin beside all other sessions of the draft, every learner of the draft
 * kept.
 */
typedef struct {
    uint32_t broken;    /* bits of the rules it breaks */
    int32_t place;      /* the session joined, or MODEL_NONE: a new one */
    ExplainTrial trial; /* its seats and figures; start.jours is void */
    ExplainReach reach; /* of the besoin to its offre; montages void */
    bool new_dates;     /* the offre has no such start: its window, or the campaign's dates, would have to change; */
    bool has_dates;     /* though it has some for the besoin */
    int64_t cost;       /* weighted cents it adds to the draft */
} ExplainSession;

void explain_session_clear(ExplainSession *session);

/* Every rule a session can break, offres reserved to others apart. */
#define EXPLAIN_ALL (((1U << MOTIF_ARBITRAGE) - 1) & ~(1U << MOTIF_AUCUNE_OFFRE))

/* Looks for a session in which one more learner of the besoin (draft->left > 0) sits and that breaks no rule but those
 * of `waived` (bits 1 << motif; 0: it could simply be served). False: none found. */
bool explain_prove(ExplainProver *prover, int32_t besoin, uint32_t waived, ExplainMode mode, ExplainSession *session);

/* Puts a session found with nothing waived into the draft; the prover then knows the new draft. */
void explain_prover_insert(ExplainProver *prover, const ExplainSession *session);

#endif
