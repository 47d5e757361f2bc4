/* The workbook of one SIAE: its sessions, who goes when and where, what it pays, what is not served and why. Of other
 * SIAE it tells only how many learners share a session. It shares pages with the OPCO's workbook (export/opco.h). */
#ifndef EXPORT_SIAE_H
#define EXPORT_SIAE_H

#include "export/classeur.h"

void siae_synthese(const Classeur *classeur, Sheet *sheet); /* the year on one page */
void siae_journees(const Classeur *classeur, Sheet *sheet); /* one line a training day and session */
void siae_besoins(const Classeur *classeur, Sheet *sheet);  /* one line a need: served where, or why not */

#endif
