/* What a learner costs and who pays it: the clauses of Money (contract, section 2) as functions. */
#ifndef PLAN_TARIFF_H
#define PLAN_TARIFF_H

#include "sql/model.h"

#include <stdbool.h>

/* A: annexes of one learner of the SIAE in a session of the offre, km tenths and ticket (cents) away. Cents. */
int64_t tariff_annexe(const Model *model, int32_t siae, int32_t offre, int32_t km, int64_t ticket);

/* True if a montage with financements may pay for the besoin: an organisme with qualiopi, and for a formation that is
 * an obligation an attestation. */
bool tariff_is_payable(const Model *model, int32_t besoin, bool qualiopi);

/* True if every condition of the montage holds for a besoin that is payable or not. */
bool tariff_montage_holds(const Model *model, int32_t montage, int32_t besoin, bool payable);

/* What n financements (in order of rang) pay of a pedagogy share; paid[n], cents. heures in hundredths. */
void tariff_pedagogy(const ModelFinancement *financements, int32_t n, int32_t heures, int64_t share, int64_t *paid);

/* What they pay of the annexes A and the wage W: paid[n] = both, wage[n] = the wage's part. Cents. */
void tariff_extras(const ModelFinancement *financements, int32_t n, int64_t annexe, int64_t salaire, int64_t *paid,
                   int64_t *wage);

/* Points of one learner of a besoin. */
int64_t tariff_points(const Model *model, int32_t besoin);

#endif
