/* The input tables as data: which column of the database is which field of the Model. Private to sql/.
 *
 * One row a column, in the order of copy_*.sql and load_*.sql; saving and loading walk the same rows. */
#ifndef SQL_STORE_TABLE_H
#define SQL_STORE_TABLE_H

#include "sql/db_query.h"
#include "sql/model.h"

/* Saves every table of model as rows of the load chargement_id, in an order that meets every reference. */
bool store_table_save(Db *db, const Model *model, int32_t chargement_id, GError **error);

/* Fills the empty tables of model with the rows of the load chargement_id. */
bool store_table_load(Db *db, Model *model, int32_t chargement_id, GError **error);

#endif
