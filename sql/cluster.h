/* The embedded PostgreSQL: a private cluster in one folder, on a Unix socket only, for whoever has no server.
 *
 * Its server is the account that owns the folder: the user itself, or `postgres` when root makes it. Only that account
 * and root can connect (peer authentication, socket folder 0700). It stays up after a run. */
#ifndef SQL_CLUSTER_H
#define SQL_CLUSTER_H

#include <glib.h>
#include <stdbool.h>

#define CLUSTER_ROLE "prisme"
#define CLUSTER_BASE "prisme"
#define CLUSTER_PORT "5432" /* part of the socket's name only: no TCP */

/* Makes the cluster if there is none, starts it if it does not answer, whatever the last crash left behind. Safe when
 * several processes do it at once. Returns the folder of its socket (caller frees), NULL with FAULT_DATABASE. */
char *cluster_start(const char *dossier, GError **error);

/* Stops the server, if one runs: clients are cut off, nothing committed is lost. FAULT_DATABASE. */
bool cluster_stop(const char *dossier, GError **error);

#endif
