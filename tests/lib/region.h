/* Regions for tests and benchmarks: whole Models from a seed, built in memory; equal seeds give equal Models. */
#ifndef TESTS_LIB_REGION_H
#define TESTS_LIB_REGION_H

#include "sql/model.h"

/* A region of at most 7 needs and 8 learners, 4 offers, 3 SIAE and 4 weeks: small enough for exhaustive search,
 * made so that over a few hundred seeds every rule of the contract occurs and binds. Its fixed sessions can stand. Free
 * with model_free(). */
Model *region_tiny(uint64_t seed);

/* One formation, 100 offers, 1,000 needs, money and sessions for all: everybody can be served, only the cost of groups
 * and journeys is to be chosen (a location problem). Free with model_free(). */
Model *region_location(uint64_t seed);

/* How large a region region_make() makes; every count >= 1 unless said. */
typedef struct {
    const char *name; /* word for command lines: "small", "region", ... */
    int32_t n_siae, n_besoins;
    int32_t n_learners; /* aimed at; met within 5 % */
    int32_t n_communes, n_formations, n_organismes;
    int32_t n_regions; /* regions side by side in one Model, each a land mass with its own organismes */
    int32_t n_fixed;   /* fixed sessions wished for, >= 0 */
    bool tight;        /* most SIAE limit absents and reste à charge so that these bind before the enveloppes */
} RegionSize;

/* small, region, stress, nation, tight (small); ended by a NULL name. */
extern const RegionSize region_sizes[];

/* The size of that name, or NULL. */
const RegionSize *region_size_find(const char *name);

/* A realistic region: courses, prices, rates and weights of OPCO as in the field, clustered communes, islands, windows
 * of weeks to months, PIC IAE envelopes of 30 to 40 % of what all needs would cost (tight: 60 to 75 %). Free with
 * model_free(). */
Model *region_make(uint64_t seed, const RegionSize *size);

/* Every breach of the invariants of sql/model.h and of the contract's input rules, as texts (owned by the array), empty
 * when the Model is sound. */
GPtrArray *region_validate(const Model *model);

#endif
