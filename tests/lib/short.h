/* How many cases a test walks through. */
#ifndef TESTS_LIB_SHORT_H
#define TESTS_LIB_SHORT_H

#include <glib.h>
#include <stdint.h>

/* n, or a fifth of it where PRISME_TEST_SHORT is set, one at least: under valgrind programs run thirty times as long.
 */
static inline uint32_t short_of(uint32_t n)
{
    return g_getenv("PRISME_TEST_SHORT") != NULL ? MAX(n / 5, 1) : n;
}

#endif
