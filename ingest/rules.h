/* What rows must satisfy beyond their cells: between cells, between rows, between files. Source: contract, sections
 * 1, 2. */
#ifndef INGEST_RULES_H
#define INGEST_RULES_H

#include "ingest/folder.h"

/* The rules of one row whose cells are all good; completes what depends on other files (an offer's effectifs, a need's
 * commune, ...). The files it may name were read before. */
void rules_row(Folder *folder, TablesId id, int32_t row);

/* The rules of a file as a whole, once all its rows are read and repetitions settled. */
void rules_table(Folder *folder, TablesId id);

#endif
