/* What a part of a region's plans leaves of absents_max: learners whom every plan of the part seats in a slot are
 * absent on the days that all its sessions have, and other slots' sessions may seat so many fewer of their SIAE. Sums
 * by day say so on average only; here no single session may break it. */
#ifndef PLAN_CAPS_H
#define PLAN_CAPS_H

#include "plan/preuve.h"

typedef struct Caps Caps;

/* limits: MasterRow. */
Caps *caps_new(const Problem *problem, const GArray *limits);
void caps_free(Caps *caps);

/* PricingLimits.absents, the context being Caps: what those seated for certain in other slots leave a session of this
 * slot on the days of the start. */
int32_t caps_absents(const void *caps, int32_t siae, const ProblemSlot *slot, int32_t start);

/* A session keeps within the caps. */
bool caps_allow(const Caps *caps, int32_t slot, int32_t start, const ProblemSeat *seats, int32_t n_seats);

#endif
