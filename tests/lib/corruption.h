/* Deliberate faults in a valid plan: each must be caught by the C checker and by the verification in SQL. */
#ifndef TESTS_CORRUPTION_H
#define TESTS_CORRUPTION_H

#include "sql/model.h"

#include <stdbool.h>

typedef struct {
    const char *name;  /* what is done to the plan */
    const char *regle; /* the rule broken: column `regle` of sql/query/verify_*.sql, or a constraint of the schema */
    /* Breaks the rule in plan, a copy made by corruption_copy(), with every figure that follows from the fault made
     * right again, so that the rule named is broken alone where this plan allows. False when this plan has nothing to
     * break that way (plan may be changed all the same). */
    bool (*corrupt)(const Model *model, ModelPlan *plan);
} Corruption;

extern const Corruption corruption_table[];
extern const int corruption_count;

/* A copy of plan that shares nothing with it. Free with model_plan_free(). */
ModelPlan *corruption_copy(const ModelPlan *plan);

#endif
