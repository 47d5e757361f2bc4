/* What field.c lends to field_code.c. */
#ifndef INGEST_FIELD_PRIVATE_H
#define INGEST_FIELD_PRIVATE_H

#include "ingest/field.h"

/* Fills note; FIELD_BAD. first and second may be NULL. */
FieldResult field_bad(FieldNote *note, ConstatId constat, const char *first, const char *second);

/* The length of the blank text begins with (space, no-break, narrow, ...); 0 when it begins with none. */
size_t field_blank(const char *text);

#endif
