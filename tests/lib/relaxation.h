/* A Model changed by what a motif names and by nothing else, and whether one more learner can then be served: the truth
 * of motifs (contract, section 3), found by exhaustive search. */
#ifndef TESTS_LIB_RELAXATION_H
#define TESTS_LIB_RELAXATION_H

#include "sql/model.h"

/* Ways to change what one motif names; relaxation_new() knows 0 .. RELAXATION_WAYS - 1 of each. */
#define RELAXATION_WAYS 3

/* The model so changed for a besoin (the original must outlive it), NULL when the motif has no such way. Free with
 * model_free(). */
Model *relaxation_new(const Model *model, int32_t besoin, VocabularyMotif motif, int way);

typedef enum { RELAXATION_NO, RELAXATION_YES, RELAXATION_TOO_LARGE } RelaxationAnswer;

/* Can `model` (of the same keys as the plan's) hold every session and learner of the plan, as given, and one more
 * learner of the besoin? */
RelaxationAnswer relaxation_keeps_all(const Model *model, const ModelPlan *plan, int32_t besoin);

/* Can `model` serve one more learner of the besoin than the plan, with as many points of all other besoins? *elsewhere
 * (may be NULL): the most points of the others when it is served, -1 when it cannot be at all. */
RelaxationAnswer relaxation_keeps_points(const Model *model, const ModelPlan *plan, int32_t besoin, int64_t *elsewhere);

/* Points of the plan's learners, those of the besoin apart. */
int64_t relaxation_points_elsewhere(const Model *model, const ModelPlan *plan, int32_t besoin);

#endif
