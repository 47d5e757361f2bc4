/* Reproducible chance: the same seed gives the same draws on every machine (splitmix64). */
#ifndef TESTS_LIB_REGION_RANDOM_H
#define TESTS_LIB_REGION_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    uint64_t state;
} RegionRandom;

/* The next 64 bits. */
uint64_t region_random_next(RegionRandom *random);

/* A whole number in lo..hi, both included. */
int64_t region_random_between(RegionRandom *random, int64_t lo, int64_t hi);

/* True percent times in a hundred. */
bool region_random_chance(RegionRandom *random, int percent);

/* One of n positions, weights[i] times as likely as a weight of 1. The sum of the weights is > 0. */
int region_random_weighted(RegionRandom *random, const int *weights, int n);

/* A number in [0, 1). */
double region_random_unit(RegionRandom *random);

/* Puts the n positions 0..n-1 in a random order. */
void region_random_shuffle(RegionRandom *random, int32_t *positions, int32_t n);

#endif
