/* A database for a test program: one embedded cluster in a temporary folder, started at the first call, stopped and
 * removed when the program ends, be it by a failed assertion. */
#ifndef TESTS_LIB_TESTDB_H
#define TESTS_LIB_TESTDB_H

#include "sql/db.h"

/* A new folder under /tmp (g_free it), removed with all it holds, and its server stopped, when the program ends. */
char *testdb_folder(void);

/* Settings that name the program's cluster (defaults elsewhere); they live as long as the program. PG* variables are
 * unset and fsync is off (PRISME_TEST_NO_FSYNC). */
const Settings *testdb_settings(void);

/* A connection to it; asserts that it works. */
Db *testdb_open(void);

/* A connection to it, all campaigns deleted. */
Db *testdb_open_empty(void);

/* Runs one statement given as text, asserting that it works: a test's own tampering. Rows as in sql/db_query.h. */
void testdb_execute(Db *db, const char *sql);

/* The first cell of its first row, as int8 (cast it in the statement). */
int64_t testdb_number(Db *db, const char *sql);

#endif
