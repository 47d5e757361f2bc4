/* LHEO, the French standard for training offers (http://lheo.gouv.fr/2.3), as Carif-Oref export it: the tables
 * organismes, formations and offres, one offer a session. What LHEO does not say (prices of a group, sizes of groups,
 * days, nature) stays empty, to be completed. Names, addresses and contacts of people are not read. */
#ifndef INGEST_SOURCE_LHEO_H
#define INGEST_SOURCE_LHEO_H

#include "ingest/source.h"

extern const SourceForm source_lheo_form;

#endif
