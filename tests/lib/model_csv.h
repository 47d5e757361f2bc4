/* A Model as the contract's input files: for round trips, permutation tests, and benchmarks that read a folder. */
#ifndef TESTS_LIB_MODEL_CSV_H
#define TESTS_LIB_MODEL_CSV_H

#include "sql/model.h"

#include <stdbool.h>

/* Writes every input file of model into folder, which is made when missing: columns in the contract's order, rows in
 * key order. priorites.csv is written only when the Model has one. FAULT_OUTPUT. */
bool model_csv_write(const Model *model, const char *folder, GError **error);

/* The same Model in another disguise, chosen by seed: rows, columns and the items of lists in a random order, columns
 * without any value left out. */
bool model_csv_write_permuted(const Model *model, const char *folder, uint64_t seed, GError **error);

/* All files in one text: equal texts are equal Models. Free with g_free(). */
char *model_csv_text(const Model *model);

#endif
