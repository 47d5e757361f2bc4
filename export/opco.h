/* The workbook of one OPCO: what it is asked to fund. Of the learners of other OPCO it tells only how many share a
 * session. */
#ifndef EXPORT_OPCO_H
#define EXPORT_OPCO_H

#include "export/classeur.h"
#include "export/regional.h"

void opco_actions(const Classeur *classeur, Sheet *sheet);    /* one line a session with learners of the OPCO */
void opco_stagiaires(const Classeur *classeur, Sheet *sheet); /* one line a learner */
void opco_pieces(const Classeur *classeur, Sheet *sheet);     /* one line a request: a session and a SIAE */

/* Whether an affectation or a charge of this need belongs to the workbook's OPCO. */
bool opco_holds(const Classeur *classeur, int32_t besoin);

/* What the OPCO's learners of a session amount to, and the codes behind it: texts joined by ", ", each once, in the
 * order met. Ended by opco_action_clear(). */
typedef struct {
    FiguresSum sum; /* effectif 0: the OPCO has no learner there */
    char *dispositifs, *axes, *enveloppes;
} OpcoAction;
OpcoAction opco_action(const Classeur *classeur, int32_t session);
void opco_action_clear(OpcoAction *action);

#endif
