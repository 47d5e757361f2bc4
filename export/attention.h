/* What of a plan needs a decision: at most one sentence of each kind, most pressing first. */
#ifndef EXPORT_ATTENTION_H
#define EXPORT_ATTENTION_H

#include "export/classeur.h"

/* French sentences (owned texts); empty when nothing needs a decision. Never NULL. */
GPtrArray *attention_points(const Classeur *classeur);

/* How many learners are not served, and why first; NULL when all are. Owned by the caller. */
char *attention_not_served(const Classeur *classeur);

#endif
