/* Why a file is refused, while it is still being opened. */
#ifndef INGEST_REFUSAL_H
#define INGEST_REFUSAL_H

#include "ingest/constat.h"

typedef struct {
    ConstatId constat;
    char detail[120]; /* {1} of the constat */
} Refusal;

/* Fills refusal, cutting detail to its room; false. */
bool refusal_set(Refusal *refusal, ConstatId constat, const char *detail);

#endif
