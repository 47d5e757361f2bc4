/* From where learners are asked, commune by commune or land mass by land mass, and where nobody can reach a session. */
#ifndef EXPORT_TERRITOIRES_H
#define EXPORT_TERRITOIRES_H

#include "export/figures.h"

/* What is asked from a commune, or from the communes of a land mass. */
typedef struct {
    int32_t commune;            /* or the first of them */
    int64_t communes, blanches; /* from which learners are asked; of them, where none can reach a session */
    int64_t far, sessions;      /* learners who can reach none of their course; sessions held there */
    FiguresShare share;
} Territoire;

/* One of each commune of the model, in its order. Caller frees. */
Territoire *territoires_new(const Figures *figures);

/* Sorts those of a model by land mass and adds up those of one; without those where nobody asks and nothing is held.
 * Returns how many are left. */
int32_t territoires_gather(const Model *model, Territoire *places);

/* Tenths of km to the nearest session held somewhere, whatever its course; MODEL_NONE when none can be reached. places:
 * of communes, in the order of the model. */
int32_t territoires_nearest(const Model *model, const Territoire *places, int32_t commune);

/* The name of a commune's land mass. */
const char *territoires_zone(const ModelCommune *commune);

#endif
