/* The rows of a folder → a Model. */
#ifndef INGEST_BUILD_H
#define INGEST_BUILD_H

#include "ingest/folder.h"

/* Keeps only the kept rows, in key order. moved[row], for each row as read: its new place, or MODEL_NONE. */
void build_settle(Rows *rows, int32_t *moved);

/* Sorts what was kept, turns what rows name into positions, and hands over the Model (which the folder then no longer
 * has; its rows are gone too). Every mandatory file was read and no kept row names one that was not. */
Model *build_model(Folder *folder);

#endif
