/* The files prisme reads, as data: which columns, of which kind, within which bounds. Source: contract, section 1. */
#ifndef INGEST_TABLES_H
#define INGEST_TABLES_H

#include "ingest/field.h"

#include <stdbool.h>
#include <stddef.h>

/* The input files, each behind those it names. */
typedef enum {
    TABLES_CAMPAGNE,
    TABLES_COMMUNES,
    TABLES_FRAIS,
    TABLES_SIAE,
    TABLES_ORGANISMES,
    TABLES_FORMATIONS,
    TABLES_AXES,
    TABLES_OFFRES,
    TABLES_BESOINS,
    TABLES_MONTAGES,
    TABLES_FINANCEMENTS,
    TABLES_ENVELOPPES,
    TABLES_PRIORITES,
    TABLES_TRAJETS,
    TABLES_FERMETURES,
    TABLES_SESSIONS_FIXEES,
    TABLES_AFFECTATIONS_FIXEES,
    TABLES_N
} TablesId;

/* What a cell holds → the C type at the column's offset in the row. */
typedef enum {
    /* texts: const char * */
    KIND_CODE,          /* const char *: a code, kept as written */
    KIND_TEXT,          /* const char * */
    KIND_INSEE,         /* const char *: commune */
    KIND_REGION,        /* const char * */
    KIND_SIRET,         /* const char * */
    KIND_NDA,           /* const char * */
    KIND_CERTIFICATION, /* const char *: a text that may be an RNCP or RS number */
    KIND_FORMACODE,     /* const char *: a text, Formacodes if it is as it should */
    KIND_IDCC,          /* const char *: a text, an IDCC of 4 digits if it is as it should */
    KIND_AMOUNT,        /* int64_t: a number */
    KIND_NUMBER,        /* int32_t: a number */
    KIND_DEGREES,       /* double; bounds in degrees */
    KIND_YES_NO,        /* bool */
    KIND_DATE,          /* int32_t: a day */
    KIND_WORD,          /* int32_t: a word of a vocabulary */
    KIND_WORDS,         /* uint32_t: list of such words, bit i = word i */
    KIND_TEXTS,         /* const char *const *: list of texts, sorted, distinct, NULL-ended */
    KIND_REFERENCE,     /* int32_t: names a row of the file `target` */
    KIND_REFERENCES,    /* const int32_t *: list of such, ascending, distinct; int32_t count at count_offset */
    KIND_LATE, /* a text that only the whole file, or another cell, can explain: kept aside (Rows.late); in a key,
                  int32_t: the position it is found to name */
} TablesKind;

typedef struct {
    const char *name;
    TablesKind kind;
    size_t offset;
    bool key;           /* part of the row's key, in this order */
    bool optional;      /* the column may be missing, a cell empty */
    const char *absent; /* optional: the cell text an empty cell stands for; NULL = "", MODEL_NONE or an empty list */
    FieldNumber number; /* KIND_AMOUNT, KIND_NUMBER, KIND_DEGREES */
    const Vocabulary *words;
    int target;          /* KIND_REFERENCE, KIND_REFERENCES */
    size_t count_offset; /* KIND_REFERENCES */
} TablesColumn;

typedef struct {
    const char *name; /* "besoins.csv" */
    bool optional;    /* the file may be missing */
    bool repeats;     /* rows with equal keys are all meant: the key only orders them */
    size_t row_size;
    const TablesColumn *columns;
    int n_columns;
} TablesFile;

/* The input file of an id. */
const TablesFile *tables_file(TablesId id);

/* The first key column when it alone is the key and holds a text (the files that others can name); else NULL. */
const TablesColumn *tables_text_key(const TablesFile *file);

/* The position of a column by its name, or -1. */
int tables_column(const TablesFile *file, const char *name);

/* Where a column's value stands in a row. */
const void *tables_at(const TablesColumn *column, const void *row);

/* True when the column holds a text. */
bool tables_is_text(const TablesColumn *column);

/* The text at a column of a text kind. */
const char *tables_string(const TablesColumn *column, const void *row);

/* Orders two rows of the same file by one column: texts in byte order, numbers by value. References and degrees as
 * numbers, lists by length then elements; KIND_LATE outside a key is always equal. */
int tables_compare(const TablesColumn *column, const void *a, const void *b);

/* Orders two rows by the file's key columns. */
int tables_compare_keys(const TablesFile *file, const void *a, const void *b);

#endif
