/* How much room texts take in cells, and sentences over several cells as high as they need: programs do not agree on
 * the height of wrapped rows, so it is always set.
 *
 * Widths are those of columns: digits of the default font at 11 points. What a text takes is the most it takes in
 * Calibri and in DejaVu Sans, where that is its stand-in. */
#ifndef EXPORT_SHEET_PROSE_H
#define EXPORT_SHEET_PROSE_H

#include "export/sheet.h"

/* The width of a text, line feeds left out and invalid bytes counted, at `size` points; bold text is told as a point
 * larger. */
double sheet_prose_width(const char *text, int size);

/* The lines a text takes, broken at blanks and behind hyphens, or anywhere in longer words, and at line feeds (at those
 * only where width is 0); *longest: the width of the longest of them, at most `width` unless that is 0. */
int sheet_prose_lines(const char *text, int size, double width, double *longest);

/* A text over the cells of a row, column to last_column, whose widths were set; sets the row's height and returns it,
 * in points. A text of one line stands in its first cell alone, the others being left as they are. */
double sheet_prose(Sheet *sheet, int row, int column, int last_column, const char *text);

#endif
