/* How far a learner is from a session, and what the journey's ticket costs. */
#ifndef SQL_DISTANCE_H
#define SQL_DISTANCE_H

#include "sql/model.h"

#include <stdbool.h>

typedef struct {
    int32_t km;   /* tenths */
    int64_t cout; /* cents, return ticket */
} Distance;

/* From commune `depart` to commune `arrivee`: trajets.csv in the pair's direction, else in the other, else 0 in the
 * same commune, else great circle (R = 6371.0 km) x 1.3 rounded to 0.1 km in the same zone, else false: unreachable.
 * Contract, section 2, Place. */
bool distance_between(const Model *model, int32_t depart, int32_t arrivee, Distance *distance);

/* Great circle x 1.3 rounded to 0.1 km, in tenths of km, whatever the zones and trajets.csv. */
int32_t distance_straight(const Model *model, int32_t depart, int32_t arrivee);

#endif
