/* The catalogue's texts: see constat.h. */
#include "ingest/constat.h"

#include <glib.h>

static const struct {
    const char *code, *problem, *remedy;
} constats[CONSTAT_N] = {
#define CONSTAT_TEXTS(id, code, problem, remedy) {code, problem, remedy},
    CONSTATS(CONSTAT_TEXTS)
#undef CONSTAT_TEXTS
};

const char *constat_code(ConstatId id)
{
    g_assert((int)id >= 0 && id < CONSTAT_N);
    return constats[id].code;
}

const char *constat_problem(ConstatId id)
{
    g_assert((int)id >= 0 && id < CONSTAT_N);
    return constats[id].problem;
}

const char *constat_remedy(ConstatId id)
{
    g_assert((int)id >= 0 && id < CONSTAT_N);
    return constats[id].remedy;
}
