/* The pages of the regional workbook; each writes its sheet whole. */
#ifndef EXPORT_REGIONAL_H
#define EXPORT_REGIONAL_H

#include "export/classeur.h"

void regional_synthese(const Classeur *classeur, Sheet *sheet);      /* the plan on one page */
void regional_calendrier(const Classeur *classeur, Sheet *sheet);    /* sessions by weeks */
void regional_sessions(const Classeur *classeur, Sheet *sheet);      /* one line a session */
void regional_affectations(const Classeur *classeur, Sheet *sheet);  /* who sits where, who pays */
void regional_fiches(const Classeur *classeur, Sheet *sheet);        /* a block a session, to hand over */
void regional_opcos(const Classeur *classeur, Sheet *sheet);         /* one line an OPCO, with its envelopes */
void regional_axes(const Classeur *classeur, Sheet *sheet);          /* one line a strategic priority */
void regional_filieres(const Classeur *classeur, Sheet *sheet);      /* one line a filière and domaine */
void regional_formations(const Classeur *classeur, Sheet *sheet);    /* one line a course asked for */
void regional_zones(const Classeur *classeur, Sheet *sheet);         /* one line a land mass */
void regional_communes(const Classeur *classeur, Sheet *sheet);      /* one line a commune: zones blanches */
void regional_publics(const Classeur *classeur, Sheet *sheet);       /* one line a public, small counts left out */
void regional_siae(const Classeur *classeur, Sheet *sheet);          /* one line a SIAE */
void regional_non_couverts(const Classeur *classeur, Sheet *sheet);  /* why not, and what would change it */
void regional_mutualisation(const Classeur *classeur, Sheet *sheet); /* the same learners, each SIAE alone */
void regional_enveloppes(const Classeur *classeur, Sheet *sheet);    /* money used and left */
void regional_previsions(const Classeur *classeur, Sheet *sheet);    /* money used by month */
void regional_controles(const Classeur *classeur, Sheet *sheet);     /* the same totals by several ways */
void regional_hypotheses(const Classeur *classeur, Sheet *sheet);    /* what the plan rests on */

#endif
