/* A file of the folder as tables of cells, whatever its form. What every reader (CSV, workbook, ...) delivers, and all
 * that the rest of ingest knows of it. A new form is one SourceForm and one line in source.c. */
#ifndef INGEST_SOURCE_H
#define INGEST_SOURCE_H

#include "ingest/constat.h"
#include "ingest/tables.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* How a cell was written; the text says what in every case. */
typedef enum {
    SOURCE_TEXT,   /* as typed; all cells of a CSV */
    SOURCE_NUMBER, /* a number of a workbook: plain decimals with a point, no exponent, rounded to 15 significant digits
                      ("1234.5", "-3"); zeros it should begin with are lost */
    SOURCE_DATE,   /* a date of a workbook: AAAA-MM-JJ, then " HH:MM:SS" unless midnight */
    /* what stands in these cells is no value: */
    SOURCE_ERROR,      /* the error a formula gives ("#N/A") */
    SOURCE_UNCOMPUTED, /* a formula nobody has computed ("=") */
    SOURCE_LOST,       /* a number of more than 15 digits: the program that wrote it has lost the last ones */
} SourceKind;

typedef enum {
    SOURCE_RECORD,  /* a row of at least one cell, which may be blank */
    SOURCE_FAULTY,  /* what stands at `line` is no row: `constat` says why; reading goes on behind it */
    SOURCE_REFUSED, /* the file is of no use from `line` on: `constat` says why; nothing more is read of it */
    SOURCE_ENDED,   /* nothing more */
    SOURCE_BROKEN,  /* the file cannot be read: *error is set (FAULT_INPUT) */
} SourceResult;

typedef struct {
    int64_t line;       /* 1..., as the sender's program numbers rows: of a text the line the row begins on */
    int64_t fault_line; /* SOURCE_FAULTY: where it stopped making sense */
    ConstatId constat;  /* SOURCE_FAULTY, SOURCE_REFUSED */
    const char *detail; /* of the constat ({1}), or NULL; static or valid until the next call */
    char **cells;       /* valid UTF-8 without NUL, "" = empty; cell i stands in column i (0 = A); the reader of the row
                           may write into them; valid until the next call */
    const uint8_t *kinds; /* SourceKind of each cell; NULL: all SOURCE_TEXT */
    int n_cells;          /* up to the last cell that is there */
    bool cut;             /* a text ends in this row without a line end */
} SourceRecord;

/* What a filled form says of itself; the texts live as long as its source. */
typedef struct {
    const char *campagne, *siae; /* codes */
    int64_t version;             /* of the forms of a SIAE for a campaign the highest replaces the others altogether */
    bool answered;               /* once read: there are needs, or the word that there are none */
} SourceOrigin;

/* One form of file. `book` is what its open() gave; the functions may assume that calls come in order. */
typedef struct {
    const char *name;                               /* "CSV", for people */
    bool (*recognizes)(const char *head, size_t n); /* by the file's first n (<= 4096) bytes, never by its name */
    /* NULL with *error, or NULL without it when the file is refused: then refusal->constat (and detail) say why. */
    void *(*open)(const char *path, SourceRecord *refusal, GError **error);
    void (*close)(void *book);
    /* Tables in the file, in its order (sheets; hidden ones too: the caller chooses), >= 1. A name of NULL: the file's
     * own name names the table. NULL functions: one table named by the file. */
    int (*n_tables)(void *book);
    const char *(*table_name)(void *book, int table);
    bool (*table_hidden)(void *book, int table); /* NULL: none is */
    /* Its rows are no rows of the table but fill cells that are empty there (a public list). NULL: they are rows. */
    bool (*completes)(void *book);
    /* Its form cannot say everything a row needs (a catalogue): what is missing of a row is to be completed, no fault.
     */
    bool partial;
    /* A table that says itself whose it is (a filled form). False, or NULL: the names of file and sheet say it. */
    bool (*origin)(void *book, int table, SourceOrigin *origin);
    /* Goes to the first row of a table; may be called again, for the same or another. `file`: what the table should
     * hold (a text tells its delimiter by the column names); NULL when that is not known. */
    bool (*start)(void *book, int table, const TablesFile *file, GError **error);
    SourceResult (*next)(void *book, SourceRecord *record, GError **error);
    /* Something odd about the file as a whole, to be warned of once it was read. NULL: nothing ever. */
    bool (*oddity)(void *book, ConstatId *constat);
    const char *(*sha256)(void *book); /* of the file's bytes; NULL: source.c reads the file once for it */
} SourceForm;

extern const SourceForm source_csv_form; /* recognizes everything that is no other form */

typedef struct Source Source;

/* True when the file at path is no text, which holds one table and is named by it. False with FAULT_INPUT when the
 * machine cannot read it. */
bool source_has_tables(const char *path, GError **error);

/* Opens the file at path by its content. NULL with *error when the machine cannot read it, or without it when the file
 * is refused (see SourceForm.open). Free with source_close(). */
Source *source_open(const char *path, SourceRecord *refusal, GError **error);
void source_close(Source *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Source, source_close)

const char *source_sha256(const Source *source);
int source_n_tables(const Source *source);
const char *source_table_name(const Source *source, int table);
bool source_table_hidden(const Source *source, int table);
bool source_completes(const Source *source);
bool source_is_partial(const Source *source);
bool source_origin(const Source *source, int table, SourceOrigin *origin);
bool source_start(Source *source, int table, const TablesFile *file, GError **error);
bool source_oddity(const Source *source, ConstatId *constat);
SourceResult source_next(Source *source, SourceRecord *record, GError **error);

#endif
