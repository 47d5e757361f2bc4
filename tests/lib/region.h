/* Regions for tests and benchmarks: whole Models from a seed, built in memory; equal seeds give equal Models. */
#ifndef TESTS_LIB_REGION_H
#define TESTS_LIB_REGION_H

#include "sql/model.h"

/* A region of at most 7 needs and about 9 learners, 4 offers, 3 SIAE and 4 weeks: small enough for exhaustive search,
 * made so that over a few hundred seeds every rule of the contract occurs and binds. Its fixed sessions can stand. Free
 * with model_free(). */
Model *region_tiny(uint64_t seed);

/* Every breach of the invariants of sql/model.h and of the contract's input rules, as texts (owned by the array), empty
 * when the Model is sound. */
GPtrArray *region_validate(const Model *model);

#endif
