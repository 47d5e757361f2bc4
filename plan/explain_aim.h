/* What a proof looks for, and the nearest session found. */
#ifndef PLAN_EXPLAIN_AIM_H
#define PLAN_EXPLAIN_AIM_H

#include "plan/explain_reach.h"
#include "plan/explain_trial.h"

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

typedef struct {
    int32_t besoin;
    uint32_t waived;
    ExplainMode mode;
    ExplainSession *session; /* the one found */
    uint32_t fixed;          /* bits broken by the offre and the dates at hand, before anyone is seated */
    int32_t montage;         /* of the besoin's learner: position in its reach */
    bool seatable;           /* in the group last tried, under some montage */
    int32_t groups;          /* tried since one was found */
    bool found;
    int64_t gap; /* of the session found: how far it is from keeping the rules waived */
} ExplainAim;

/* True when some of these rules is not waived. */
static inline bool explain_aim_broken(const ExplainAim *aim, uint32_t broken)
{
    return (broken & ~aim->waived) != 0;
}

/* True when a nearer session than any of this start of this offre is known already: journeys, dates and the rules
 * broken so far tell before any trial. */
bool explain_aim_farther(const ExplainAim *aim, const ExplainTrial *trial, const ExplainReach *reach, uint32_t broken);

/* Keeps a session that breaks nothing that is not waived, when it is the nearest yet; true when none can be nearer.
 * place: the session of the draft that it replaces, taken out, or MODEL_NONE; q as for explain_trial_broken(). */
bool explain_aim_found(ExplainAim *aim, ExplainTrial *trial, const ExplainReach *reach, int32_t place, int32_t q);

#endif
