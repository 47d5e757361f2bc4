/* The faults prisme reports, one code each; a code is also the exit status of the program. */
#ifndef CONFIG_FAULT_H
#define CONFIG_FAULT_H

#include <glib.h>

/* The GError domain of prisme. `error->code` is a Fault; main() prints the message once and exits with the code.
 * Messages: no capital, no full stop, the fault first, the subject quoted. Context is added by g_prefix_error(). */
#define FAULT fault_quark()

typedef enum {
    FAULT_NONE = 0,     /* done */
    FAULT_BUG = 1,      /* `prisme check` found violations; anywhere else a bug */
    FAULT_USAGE = 2,    /* the command line is wrong */
    FAULT_SETTINGS = 3, /* the settings are wrong or unreadable */
    FAULT_INPUT = 4,    /* the input is unusable; nothing was loaded */
    FAULT_DATABASE = 5, /* the database cannot be reached, or refused something */
    FAULT_NO_PLAN = 6,  /* no plan satisfies the fixed sessions, or a plan failed its verification */
    FAULT_OUTPUT = 7,   /* a file could not be written whole */
    FAULT_LOCKED = 8,   /* another run holds the lock */
} Fault;

GQuark fault_quark(void);

#endif
