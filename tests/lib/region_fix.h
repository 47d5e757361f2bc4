/* Fixed sessions that can stand, for test regions. */
#ifndef TESTS_LIB_REGION_FIX_H
#define TESTS_LIB_REGION_FIX_H

#include "tests/lib/region_draft.h"

/* Appends up to `wanted` fixed sessions with their learners, each feasible by itself and with the others (contract,
 * section 2, Group); fewer where the draft's needs allow fewer. Learners sit under random montages whose conditions
 * hold; an envelope open on the session's first day only is added for each dispositif they use. */
void region_fix_sessions(RegionDraft *draft, RegionRandom *random, int wanted);

#endif
