/* Are two Models the same campaign, to the last field? */
#ifndef TESTS_LIB_MODEL_COMPARE_H
#define TESTS_LIB_MODEL_COMPARE_H

#include "sql/model.h"

/* The first difference as a text ("besoins[3].effectif: 4 / 5"), or NULL when there is none. Caller frees. */
char *model_compare(const Model *a, const Model *b);

#endif
