/* The time a stage may take, where settings->delai limits it: a stage that is paced to end then reaches more than one
 * that is cut off. */
#ifndef PLAN_CLOCK_H
#define PLAN_CLOCK_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    gint64 begin, deadline; /* monotonic microseconds; deadline 0: none */
    gint over;              /* atomic: the deadline has passed */
    gint struck;            /* atomic: some stage was cut short, or hurried */
} Clock;

/* A stage begins and may take this part of the time until `end` (0: no deadline). */
void clock_begin(Clock *clock, gint64 end, double part);

/* The deadline has passed. clock: Clock. */
bool clock_over(void *clock);

/* How far a stage of which so much is done (0..1) must be: that, or the part of its time that is gone where that is
 * more. clock: Clock. */
double clock_pace(void *clock, double done);

#endif
