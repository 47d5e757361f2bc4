/* Deliberate faults in a valid plan: each must be caught by the C checker and by the verification in SQL. */
#ifndef TESTS_CORRUPTION_H
#define TESTS_CORRUPTION_H

#include "sql/model.h"

#include <stdbool.h>

typedef struct {
    const char *name;  /* what is done to the plan */
    const char *regle; /* the rule broken, in the words of the column `regle` of sql/query/verify_*.sql */
    /* Breaks the rule in plan, a copy made by corruption_copy(); false when this plan has nothing to break that way
     * (the plan may then be changed all the same: throw the copy away). */
    bool (*corrupt)(const Model *model, ModelPlan *plan);
} Corruption;

extern const Corruption corruptions[];
extern const int n_corruptions;

/* A copy of plan that shares nothing with it. Free with model_plan_free(). */
ModelPlan *corruption_copy(const ModelPlan *plan);

#endif
