/* The first page of a workbook made for one reader, an OPCO or a SIAE: figures that stand alone, a sentence, small
 * tables side by side, a guide to the other pages. */
#ifndef EXPORT_FRONT_H
#define EXPORT_FRONT_H

#include "export/classeur.h"

/* Columns: a table in A..D, another in F..I; E keeps them apart. */
enum {
    FRONT_NAME,
    FRONT_1,
    FRONT_2,
    FRONT_3,
    FRONT_GAP,
    FRONT_RIGHT_NAME,
    FRONT_RIGHT_1,
    FRONT_RIGHT_2,
    FRONT_RIGHT_3,
    FRONT_N_COLUMNS
};

/* A figure that stands alone. */
typedef struct {
    const char *label;
    SheetStyle style; /* SHEET_CARD_INTEGER or SHEET_CARD_AMOUNT */
    int64_t value;    /* cents where an amount */
    char *note;       /* freed by front_begin() */
    const char *name; /* of its cell, for formulas */
} FrontCard;
#define FRONT_N_CARDS 6

/* Head, cards and the prose below them; returns the row where tables may begin. */
int front_begin(const Classeur *classeur, Sheet *sheet, const char *title, const char *note, FrontCard *cards,
                const char *prose);

/* A heading and the header of a table of four columns, the first of them, of texts, FRONT_NAME or FRONT_RIGHT_NAME, the
 * last of numbers, those between of cells of a style; returns the row below. */
int front_table(Sheet *sheet, int row, int first, const char *heading, const char *const titles[4], SheetStyle style);

/* What the pages after the first one tell, with links to them; then the page is set for print. One text a page. */
void front_end(Sheet *sheet, int row, const ClasseurPage *pages, const char *const *texts);

#endif
