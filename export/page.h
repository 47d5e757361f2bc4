/* The plan as one web page, for those who open a link rather than a file: figures, map, calendar, tables. It shows what
 * the regional workbook may show, loads nothing, and reads without its script too. */
#ifndef EXPORT_PAGE_H
#define EXPORT_PAGE_H

#include "export/classeur.h"
#include "export/html.h"

/* What a section is written from. */
typedef struct {
    const Classeur *classeur; /* the region's */
    Html *html;
    GString *style;        /* rules of this page, behind those of page.css */
    int32_t *by_start;     /* the plan's sessions in the order of first days, then codes */
    const char **filieres; /* the filières that have a colour of their own, PAGE_N_COLOURS - 1 at most */
    int n_filieres;
} Page;

/* Colours that stay apart for the colour-blind, classes c0..c7 of page.css; the last is for all others. */
#define PAGE_N_COLOURS 8

typedef struct {
    const char *id, *title;
    void (*write)(Page *page);
} PageSection;

void page_synthese(Page *page); /* six figures, what is proven, what needs a decision, bars */
void page_map(Page *page);      /* sessions and SIAE where they are */
void page_calendar(Page *page); /* sessions along the campaign */
void page_sessions(Page *page); /* the tables */
void page_siae(Page *page);
void page_opcos(Page *page);
void page_formations(Page *page);
void page_zones(Page *page);
void page_publics(Page *page);
void page_sharing(Page *page);
void page_unmet(Page *page);

/* The colour of a filière: 0..PAGE_N_COLOURS - 1. */
int page_colour(const Page *page, const char *filiere);

/* The page's file beside a regional workbook: its name with another ending. Owned by the caller. */
char *page_file(const char *workbook);

/* Writes the page to path; classeur: the region's. FAULT_OUTPUT. */
bool page_write(const Classeur *classeur, const char *path, GError **error);

#endif
