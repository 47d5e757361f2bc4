/* A Model saved as a load of its campaign, for tests of plans. */
#ifndef TESTS_LIB_DELIVERY_H
#define TESTS_LIB_DELIVERY_H

#include "sql/db.h"
#include "sql/model.h"

/* Saves model as a new delivery, whatever was saved before, and asserts that it works. Returns the load's number. */
int32_t delivery_save(Db *db, const Model *model);

#endif
