/* A campaign of four SIAE of three kinds of OPCO and a valid plan of it, small enough to be read: tests of what is
 * written of a plan. */
#ifndef TESTS_LIB_SMALL_PLAN_H
#define TESTS_LIB_SMALL_PLAN_H

#include "sql/model.h"

/* One session shared by "OPCO Un" and "OPCO Deux & Cie", one of the SIAE without OPCO; one need not served at all, one
 * served in part. Free with model_free(). */
Model *small_plan_model(void);

/* The plan, number 3 of 2027-01-04. Free with model_plan_free(). */
ModelPlan *small_plan(void);

/* A plan of the same campaign that serves nobody, number 1, every need told with a motif. */
ModelPlan *small_plan_nothing(void);

#endif
