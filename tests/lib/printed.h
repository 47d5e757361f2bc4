/* What a function prints. */
#ifndef TESTS_LIB_PRINTED_H
#define TESTS_LIB_PRINTED_H

#include "sql/db.h"

typedef bool (*PrintedBy)(Db *db, const void *data, GError **error);

/* What print(db, data, error) writes to stdout; NULL when it fails. Caller frees. */
char *printed(PrintedBy print, Db *db, const void *data, GError **error);

#endif
