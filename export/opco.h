/* The workbook of one OPCO: what it is asked to fund. Of the learners of other OPCO it tells only how many share a
 * session. The pages from Actions on serve a SIAE's workbook too (export/siae.h), which then tells of its learners
 * only; they read nothing that classeur_holds() does not let through, and no free text of the planner. */
#ifndef EXPORT_OPCO_H
#define EXPORT_OPCO_H

#include "export/classeur.h"
#include "export/regional.h"
#include "export/sheet_table.h"

void opco_synthese(const Classeur *classeur, Sheet *sheet);    /* the file on one page, and how to read it */
void opco_actions(const Classeur *classeur, Sheet *sheet);     /* one line a session with learners of the OPCO */
void opco_stagiaires(const Classeur *classeur, Sheet *sheet);  /* one line a learner */
void opco_imputations(const Classeur *classeur, Sheet *sheet); /* one line a charge: which enveloppe pays what */
void opco_pieces(const Classeur *classeur, Sheet *sheet);      /* one line a request: a session and a SIAE */

/* A text; what the inputs do not tell is left to be filled in, as what only the SIAE knows. */
void opco_text_or_fill_in(SheetTable *table, const char *text);

/* What the workbook's learners of a session amount to, and the codes behind it: texts joined by ", ", each once, in the
 * order met. Ended by opco_action_clear(). */
typedef struct {
    FiguresSum sum;
    char *dispositifs, *axes, *enveloppes;
} OpcoAction;
OpcoAction opco_action(const Classeur *classeur, int32_t session);
void opco_action_clear(OpcoAction *action);

#define OPCO_SOON 30 /* days */

/* A request for funding: the learners of one SIAE in one session for whom something is financed. */
typedef struct {
    int32_t session, siae;
    int32_t limit; /* the day by which it is to be filed */
    FiguresSum sum;
} OpcoRequest;

/* Array of OpcoRequest, ordered by session and SIAE. */
GArray *opco_requests(const Classeur *classeur);

#endif
