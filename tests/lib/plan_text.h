/* A plan as text, one line a row, every field: equal texts are equal plans. */
#ifndef TESTS_LIB_PLAN_TEXT_H
#define TESTS_LIB_PLAN_TEXT_H

#include "sql/model.h"

/* The plan's lines, its number left out. Free with g_free(). */
char *plan_text(const Model *model, const ModelPlan *plan);

#endif
