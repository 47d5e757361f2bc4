/* The planning problem as a mixed-integer program that any solver reads: the exact model, indexed by group size.
 *
 * Given slot, start and group size Q all money of a learner is a constant, so seats and sessions are the only unknowns:
 *   y<slot>_<AAAAMMJJ>_<Q>_<k>                     sessions of Q learners that start that day
 *   n<slot>_<AAAAMMJJ>_<Q>_<k>_<besoin>_<montage>  learners in them (u...: those of them that pay an odd cent)
 *   f<class>_<enveloppe>                           euros that a class of charges takes from an enveloppe
 * slot, besoin, montage: positions, named in the file's comments. k tells equal sessions apart where a rule speaks of
 * one session alone; otherwise k = 1 stands for all of them. Every rule of contract, section 2, is a row. */
#ifndef PLAN_MPS_H
#define PLAN_MPS_H

#include "plan/problem.h"

typedef struct {
    /* < 0: minimise -points. Else minimise the weighted cost, in euros, of plans with at least so many points. */
    int64_t points;
    /* True: the rule of odd cents is held exactly (a model about three times as large). False: each learner's charges
     * and reste à charge are the lesser of those at the two shares, so no plan is lost and the optimum errs, by at most
     * a cent a learner and payer, towards too good: its bounds hold. */
    bool odd_cents;
} MpsForm;

/* Writes the model to path, whole or not at all. FAULT_OUTPUT. */
bool mps_write(const Problem *problem, const MpsForm *form, const char *path, GError **error);

#endif
