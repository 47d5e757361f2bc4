/* Records of a CSV text, with the line each began at. The only user of libcsv. */
#ifndef INGEST_CSV_H
#define INGEST_CSV_H

#include "ingest/constat.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Csv Csv;

/* Gives up to size bytes of UTF-8: their number, 0 at the end, -1 with *error. */
typedef gssize (*CsvRead)(void *data, char *buffer, size_t size, GError **error);

typedef enum {
    CSV_RECORD, /* cells hold a record of at least one cell */
    CSV_FAULTY, /* what stands at `line` is no record; reading goes on behind it */
    CSV_ENDED,  /* nothing more */
    CSV_BROKEN, /* the reader failed: *error is set */
} CsvResult;

typedef struct {
    int64_t line;       /* where the record begins, 1...; any of LF, CRLF and a lone CR ends a line */
    int64_t fault_line; /* CSV_FAULTY: where it stopped making sense */
    ConstatId constat;  /* CSV_FAULTY */
    char **cells;       /* NUL-ended, without NUL inside; writable; valid until the next csv_next() */
    int n_cells;
    bool cut; /* the text ends in this record without a line end */
} CsvRecord;

/* Longest cell and longest record, in bytes; beyond, the record is a fault. */
#define CSV_CELL_MAX 65536
#define CSV_RECORD_MAX 1048576

/* Begins reading; the first block is read at once. NULL with the reader's error. Free with csv_close(). */
Csv *csv_open(CsvRead read, void *data, GError **error);
void csv_close(Csv *csv);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Csv, csv_close)

/* The first bytes of the text, from which the delimiter is told. Only before csv_next(). */
const char *csv_peek(const Csv *csv, size_t *n);

/* Sets the delimiter (';' at first). Only before csv_next(). */
void csv_delimiter(Csv *csv, char delimiter);

/* The next record. A quote that is never closed costs the line it opened on, not the lines behind it. */
CsvResult csv_next(Csv *csv, CsvRecord *record, GError **error);

#endif
