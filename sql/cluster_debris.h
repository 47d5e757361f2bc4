/* What a server that was killed leaves behind, and keeps the next one from starting. */
#ifndef SQL_CLUSTER_DEBRIS_H
#define SQL_CLUSTER_DEBRIS_H

#include <stdbool.h>
#include <sys/types.h>

/* The process number of the postmaster that runs in data (a real path); 0 when the one of the pid file is dead, or is
 * some other program that got its number. */
pid_t cluster_debris_postmaster(const char *data);

/* With no postmaster in data: ends the backends it left (they block every start while they live); when none is left,
 * removes the pid files. To be called again until the server starts. With a postmaster alive, does nothing. */
void cluster_debris_clear(const char *data, const char *socket_folder);

#endif
