/* The report to the sender of a file: rapport-NAME.csv and rapport-NAME.xlsx, what is wrong and their own table with
 * the cells in question coloured. */
#ifndef EXPORT_RAPPORT_H
#define EXPORT_RAPPORT_H

#include "sql/rapport.h"

/* Puts both files into folder sortie, each aside, fsynced, renamed; where nothing is wrong, removes those of an earlier
 * run. Text of the sender never becomes a formula. FAULT_OUTPUT. */
bool rapport_write(const RapportFichier *fichier, const char *sortie, GError **error);

#endif
