/* Personal data of learners in a file, by the names of its columns and by what its cells look like (contract, section
 * 1: they have no place here). */
#ifndef INGEST_PERSONAL_H
#define INGEST_PERSONAL_H

#include "ingest/constat.h"
#include "ingest/tables.h"

/* True when a column of that name in that file holds personal data of learners. */
bool personal_name(const TablesFile *file, const char *name);

/* Whether a cell of that file holds a number of social security (NIR, with its key), a mail address, a telephone number
 * or, in a file about learners, a birth date. column: what the cell was read as, NULL where its column is unknown.
 * Contacts of structures (siae.csv, organismes.csv) are none. */
bool personal_cell(const TablesFile *file, const TablesColumn *column, const char *text, ConstatId *constat);

#endif
