/* The verification of a stored plan in SQL: queries that recompute everything from the inputs of its load. */
#ifndef SQL_VERIFY_H
#define SQL_VERIFY_H

#include "sql/db.h"

#include <stdint.h>

/* Verifies plan `id` (prisme.plan.id) in the connection's transaction, uncommitted rows included, with every query of
 * sql/query/verify_*.sql. Returns the violations, "<rule> : <what, where>" in French, in order of query (owned strings;
 * element free function set), empty when the plan holds. NULL with FAULT_DATABASE. */
GPtrArray *verify_plan(Db *db, int32_t id, GError **error);

#endif
