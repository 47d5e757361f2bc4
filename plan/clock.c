/* Time limits of stages: see clock.h. */
#include "plan/clock.h"

void clock_begin(Clock *clock, gint64 end, double part)
{
    clock->begin = g_get_monotonic_time();
    clock->deadline = end == 0 ? 0 : clock->begin + (gint64)((double)MAX(end - clock->begin, 0) * part);
    g_atomic_int_set(&clock->over, 0);
}

bool clock_over(void *user)
{
    Clock *clock = user;
    if (clock->deadline == 0)
        return false;
    if (g_atomic_int_get(&clock->over) == 0 && g_get_monotonic_time() >= clock->deadline) {
        g_atomic_int_set(&clock->over, 1);
        g_atomic_int_set(&clock->struck, 1);
    }
    return g_atomic_int_get(&clock->over) != 0;
}

double clock_pace(void *user, double done)
{
    Clock *clock = user;
    if (clock->deadline == 0)
        return done;
    gint64 now = g_get_monotonic_time();
    double gone = now >= clock->deadline ? 1 : (double)(now - clock->begin) / (double)(clock->deadline - clock->begin);
    if (gone <= done)
        return done;
    g_atomic_int_set(&clock->struck, 1);
    return gone;
}
