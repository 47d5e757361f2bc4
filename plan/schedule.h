/* Days of sessions: which days an offre can use, and which training days follow from a start. */
#ifndef PLAN_SCHEDULE_H
#define PLAN_SCHEDULE_H

#include "sql/model.h"

/* Fills working[0 .. last - first] with 1 for each working day of the offre: Monday to Friday, no public holiday where
 * it is held (no commune: the region's days), no closure of its organisme or commune. Contract, section 2, Days. */
void schedule_working(const Model *model, int32_t offre, int32_t first, int32_t last, uint8_t *working);

/* The training days of a session that starts on `start`: in each week the first per_week working days from the start
 * (first week) or Monday (later weeks) on, until `jours` are reached. working as above for [first, last].
 * Writes them to days (room for jours); returns their number: less than jours when the session would end after `last`,
 * 0 when start is no working day. */
int32_t schedule_days(const uint8_t *working, int32_t first, int32_t last, int32_t start, int32_t jours,
                      int32_t per_week, int32_t *days);

#endif
