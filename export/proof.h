/* What is proven of a plan, as a committee reads it. French sentences, owned by the caller. */
#ifndef EXPORT_PROOF_H
#define EXPORT_PROOF_H

#include "sql/model.h"

char *proof_points(const ModelBilan *bilan); /* how far from the most points possible */
char *proof_cost(const ModelBilan *bilan);   /* how far from the least weighted cost at that many points */

#endif
