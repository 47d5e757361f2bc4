/* Random steps from plan to plan: the same region planned otherwise, well or badly. */
#ifndef TESTS_LIB_MUTATION_H
#define TESTS_LIB_MUTATION_H

#include "sql/model.h"
#include "tests/lib/region_random.h"

/* A plan that differs from `plan` by one choice (a learner more or less, another montage, another start, a session
 * more or less), sensible two times in three; its figures follow from its choices. Free with model_plan_free(). */
ModelPlan *mutation_of(const Model *model, const ModelPlan *plan, RegionRandom *random);

#endif
