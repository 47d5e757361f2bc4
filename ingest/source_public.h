/* Public lists as they are published: the columns of a table among many others, under names of their own. */
#ifndef INGEST_SOURCE_PUBLIC_H
#define INGEST_SOURCE_PUBLIC_H

#include "ingest/source.h"

/* CSV: La Poste's base of postal codes (hexasmal) with coordinates, as communes; the State's list of training
 * organisations, which completes organismes. */
extern const SourceForm source_public_form;

/* JSON of geo.api.gouv.fr/communes with `centre`, as communes; its lines are the ranks in the list, from 2. */
extern const SourceForm source_geo_form;

#endif
