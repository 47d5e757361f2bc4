/* What is asked and served of each public (RSA, QPV...), and which head-counts are too small to be published: they
 * could point at persons. */
#ifndef EXPORT_PUBLICS_H
#define EXPORT_PUBLICS_H

#include "export/figures.h"

typedef struct {
    const char *name; /* code of the public */
    int64_t asked, served;
    bool few;    /* so few are asked that not even this is published */
    bool hidden; /* what is served is not published: too few, or too few left unserved */
} Publics;

/* Array of Publics, one of each public of the needs, by name. least: head-counts under it are suppressed. */
GArray *publics_list(const Figures *figures, int32_t least);

#endif
