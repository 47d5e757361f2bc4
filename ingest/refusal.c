/* Refusals: see refusal.h. */
#include "ingest/refusal.h"

#include <glib.h>

bool refusal_set(Refusal *refusal, ConstatId constat, const char *detail)
{
    refusal->constat = constat;
    g_strlcpy(refusal->detail, detail, sizeof refusal->detail);
    const char *end;
    if (!g_utf8_validate(refusal->detail, -1, &end)) /* a letter was cut */
        refusal->detail[end - refusal->detail] = '\0';
    return false;
}
