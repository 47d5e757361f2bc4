/* Workbook packages made part by part, for tests of odd ones. */
#ifndef TESTS_LIB_PACKAGE_H
#define TESTS_LIB_PACKAGE_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    const char *name, *bytes;
    gssize n; /* -1: a text */
} PackagePart;

/* Writes a zip of these parts to path; password NULL: in clear. */
void package_write(const char *path, const PackagePart *parts, int n, const char *password);

/* What of a workbook of one sheet is not as usual; NULL: as usual (no shared strings, one plain style). */
typedef struct {
    const char *rows;     /* inside sheetData */
    const char *strings;  /* inside sst */
    const char *styles;   /* inside styleSheet */
    const char *book;     /* the whole of workbook.xml */
    const char *sheet;    /* the whole of the sheet's part */
    const char *relation; /* of the sheet: its target */
    const char *saved;    /* moment */
} PackageBook;

void package_book(const char *path, const PackageBook *book);

#endif
