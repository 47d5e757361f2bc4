/* The days on which a limit a day has to be kept: those whose sessions are not all in training on another such day. */
#ifndef PLAN_MPS_DAYS_H
#define PLAN_MPS_DAYS_H

#include "plan/problem.h"

/* Whose limit a day: absents_max, sessions_simultanees, one session a stagiaire. */
typedef enum { MPS_SIAE, MPS_ORGANISME, MPS_STAGIAIRE, MPS_LIMITS } MpsLimit;

typedef struct {
    int32_t *days; /* ascending; n of them */
    int32_t n;
} MpsDays;

/* By position of the SIAE, organisme or stagiaire: enough days (none where no limit can bind). Equal days count once,
 * and a day whose sessions all train on another listed day is left out. Free with mps_days_free(). */
MpsDays *mps_days_new(const Problem *problem, MpsLimit limit);
void mps_days_free(MpsDays *days, const Problem *problem, MpsLimit limit);

/* Sessions or learners at most on a day; G_MAXINT32 = no limit. */
int32_t mps_days_most(const Problem *problem, MpsLimit limit, int32_t subject);

#endif
