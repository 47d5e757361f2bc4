/* What of a plan needs a decision: at most one sentence of each kind, most pressing first. */
#ifndef EXPORT_ATTENTION_H
#define EXPORT_ATTENTION_H

#include "export/classeur.h"

/* French sentences (owned texts); empty when nothing needs a decision. Never NULL. */
GPtrArray *attention_points(const Classeur *classeur);

#endif
