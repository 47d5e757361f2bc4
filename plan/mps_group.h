/* The sessions of the exact model (mps.h): a *meeting* is a slot at one of its starts, a *group* a number of equal
 * sessions of a meeting, of Q learners each, a *position* a besoin under a montage in a group. */
#ifndef PLAN_MPS_GROUP_H
#define PLAN_MPS_GROUP_H

#include "plan/problem.h"

/* A besoin that may sit in a meeting, and how many of its learners at once. */
typedef struct {
    int32_t link, besoin, siae, most, min_siae;
} MpsOpen;

/* A SIAE in a meeting: its learners at most, and what its besoins alone would allow. */
typedef struct {
    int32_t siae, most, sum;
} MpsHouse;

typedef struct {
    int32_t q, copy, copies; /* k; how many k there are */
    int32_t sessions;        /* that one y may count: 1 where k tells sessions apart */
    int32_t odd;             /* learners of a session that pay a cent more */
    bool exact;              /* odd cents are held exactly here */
    char name[64];           /* <slot>_<AAAAMMJJ>_<Q>_<k> */
} MpsGroup;

/* What a learner pays, at the lesser share [0] and a cent more [1]; cents. Both the lesser where cents are relaxed. */
typedef struct {
    const MpsOpen *open;
    const MpsHouse *house;
    int32_t montage;
    int32_t forced; /* learners of a fixed session */
    int64_t annexe, reste[2];
    bool payable[2]; /* every charge has an enveloppe open; at least one holds */
    int32_t n_charges, charges_class[PROBLEM_MAX_FINANCEMENTS];
    int64_t charges[2][PROBLEM_MAX_FINANCEMENTS];
} MpsPosition;

typedef struct {
    const Problem *problem;
    bool odd_cents;
    int32_t slot_at, start_at;
    const ProblemSlot *slot;
    const ProblemStart *start;
    int32_t most;                      /* learners at once */
    int32_t most_wanted, least_wanted; /* min_siae of its besoins */
    GArray *open, *houses;             /* MpsOpen, ascending link; MpsHouse */
    GArray *groups;                    /* MpsGroup, ascending Q, copy */
    GArray *positions;                 /* MpsPosition of the last mps_group_seat(), as odd cents are paid */
    int32_t *house_of;                 /* by SIAE: position in houses + 1 */
    int64_t *reste_max;                /* by SIAE; INT64_MAX without limit */
    int64_t *class_max;                /* by class: all its enveloppes hold */
} MpsMeeting;

MpsMeeting *mps_group_new(const Problem *problem, bool odd_cents);
void mps_group_free(MpsMeeting *meeting);

/* Makes meeting that of a slot at a start, with its groups. */
void mps_group_meet(MpsMeeting *meeting, int32_t slot, int32_t start);

/* Fills meeting->positions for one of its groups: those where a learner can ever sit. */
void mps_group_seat(MpsMeeting *meeting, const MpsGroup *group);

/* Writes the name of the group's k-th copy. */
void mps_group_name(const MpsMeeting *meeting, int32_t q, int32_t copy, char name[64]);

/* The least min_siae above a number among the meeting's besoins; G_MAXINT32 = none. */
int32_t mps_group_wanted(const MpsMeeting *meeting, int32_t above);

/* A day as AAAAMMJJ. */
int32_t mps_group_date(int32_t day);

#endif
