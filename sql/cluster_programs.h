/* Where PostgreSQL's own programs are. */
#ifndef SQL_CLUSTER_PROGRAMS_H
#define SQL_CLUSTER_PROGRAMS_H

#include <glib.h>

/* The folder of postgres, initdb, pg_ctl and pg_isready for the data folder `data` (which need not exist): the version
 * that made it, else the one pg_config names, else the newest of /usr/lib/postgresql. Caller frees. NULL with
 * FAULT_DATABASE when there is none. */
char *cluster_programs_find(const char *data, GError **error);

#endif
