/* The settings in force: defaults, then one file, then the environment, then options. The table in settings.c is the
 * one list of keys, with type, unit, default, bounds and meaning; config/prisme.conf shows every one, commented. */
#ifndef CONFIG_SETTINGS_H
#define CONFIG_SETTINGS_H

#include <glib.h>
#include <stdint.h>

typedef struct {
    /* [base] */
    char *connexion; /* libpq connection URI or keyword string; "" = PGSERVICE/PGHOST/... of the environment, else
                        embedded */
    char *dossier;   /* folder of the embedded cluster (PRISME_DATA wins); never "" once loaded */
    /* [ingest] */
    int32_t seuil_rejets;  /* % of a file's rows that may be rejected, 0..100; above, nothing is loaded */
    int32_t sensibles_min; /* learners of a need that names a public of RGPD articles 9 and 10, 1..100 */
    /* [plan] */
    int32_t delai;  /* seconds after which the search ends with the best verified plan; 0 = none */
    int32_t effort; /* units of search work, 1..1000; the deterministic way to end */
    int32_t fils;   /* threads; 0 = one a processor. Never changes the plan. */
    /* [export] */
    int32_t depot_jours;      /* days before a session's start by which its request is filed with the OPCO */
    int32_t petits_effectifs; /* published head-counts under this are suppressed */

    char **origins; /* where each value comes from, in the table's order; for settings_print() */
} Settings;

/* Loads the settings: `file` if given (then it must exist), else PRISME_CONFIG, else the first that exists of
 * $XDG_CONFIG_HOME/prisme/prisme.conf and /etc/prisme/prisme.conf, else defaults. Every fault of the file is found in
 * one pass and listed in the message. FAULT_SETTINGS. Free with settings_free(). */
Settings *settings_load(const char *file, GError **error);
void settings_free(Settings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Settings, settings_free)

/* Prints every setting to stdout: key, value, unit, where it comes from (default, file:line or environment variable),
 * meaning. A connection that may hold a password is hidden. */
void settings_print(const Settings *settings);

#endif
