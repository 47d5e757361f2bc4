/* What prisme says on stderr: one line a fact, English, control characters shown as `?`. cron hears only warnings; a
 * terminal hears facts and progress. */
#ifndef CONFIG_LOG_H
#define CONFIG_LOG_H

#include <glib.h>
#include <stdbool.h>

/* Facts are printed when verbose or stderr is a terminal; never when quiet (then warnings only). */
void log_setup(bool verbose, bool quiet);

/* A fact: "plan: 52 sessions, 1439 points of at most 1445". */
void log_info(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* Something a human should act on; always printed, prefixed "prisme: warning: ". */
void log_warning(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* The fault that ends the program, prefixed "prisme: "; called by main() alone. */
void log_fault(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* Rewrites the progress line; only on a terminal. log_progress(NULL) clears it. Any other call clears it first. */
void log_progress(const char *format, ...) G_GNUC_PRINTF(1, 2);

#endif
