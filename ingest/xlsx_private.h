/* A workbook while it is read: shared by xlsx.c (rows), xlsx_book.c (what it says of itself) and xlsx_strings.c. */
#ifndef INGEST_XLSX_PRIVATE_H
#define INGEST_XLSX_PRIVATE_H

#include "ingest/xlsx.h"
#include "ingest/xlsx_format.h"
#include "ingest/xml.h"

typedef struct {
    char *name;
    char *part; /* "xl/worksheets/sheet1.xml" */
    bool hidden;
} XlsxSheet;

/* The workbook's texts, each kept once. */
typedef struct {
    GString *text;  /* every string and its NUL */
    GArray *starts; /* uint32_t: of each string in text */
    bool read;
} XlsxStrings;

/* The row being read. */
typedef struct {
    GString *text;    /* its cells, each NUL-ended; text->str[0] is NUL: the empty cell */
    guint *starts;    /* of each cell in text, XLSX_COLUMNS_MAX of them */
    uint8_t *kinds;   /* SourceKind */
    char **cells;     /* as delivered */
    int n_cells;      /* up to the last filled one */
    int64_t line;     /* its number, 1... */
    int64_t previous; /* the one before */
} XlsxRow;

/* The cell being read. */
typedef struct {
    int column;
    char type; /* s: shared string, i: inline, t: text of a formula, b, e, d, n */
    int style;
    bool formula, valued; /* it has a formula; it has a value */
    bool collecting;      /* inside v, or t outside rPh */
    bool phonetic;        /* inside rPh */
    GString *value;
} XlsxCell;

struct Xlsx {
    XlsxZip *zip;
    GArray *sheets; /* XlsxSheet */
    char *styles;   /* part names; NULL = none */
    char *strings_at;
    bool date1904;
    GArray *formats; /* uint8_t: XlsxFormat of each style of cells */
    XlsxStrings strings;
    char *saved;
    Xml *xml; /* of the started sheet; NULL: none, or a fault before */
    bool in_data;
    Refusal fault;
    XlsxRow row;
    XlsxCell cell;
};

/* Begins to read a part as XML; NULL with *fault. */
Xml *xlsx_part_open(XlsxZip *zip, const char *name, const XmlHandler *handler, void *data, Refusal *fault);
/* Reads a whole part; false with *fault. *handle: the open Xml meanwhile, if not NULL. */
bool xlsx_part_read(XlsxZip *zip, const char *name, const XmlHandler *handler, void *data, Xml **handle,
                    Refusal *fault);

/* Sheets, their parts, the date system and the formats of cells; false with *fault. */
bool xlsx_book_read(Xlsx *xlsx, Refusal *fault);

/* Reads the shared strings, once; false with *fault. */
bool xlsx_strings_read(Xlsx *xlsx, Refusal *fault);
/* A shared string, or NULL. */
const char *xlsx_strings_at(const XlsxStrings *strings, int64_t index);

/* Undoes _x000D_ and its like, in place from `start` on: how workbooks write control characters. */
void xlsx_strings_unescape(GString *text, gsize start);

#endif
