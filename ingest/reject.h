/* What is wrong in a folder: the lines of rejets.csv. */
#ifndef INGEST_REJECT_H
#define INGEST_REJECT_H

#include "ingest/ingest.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum { REJECT_ROW, REJECT_WARNING } RejectGravity; /* gravite: rejet, avertissement */

typedef struct {
    int32_t file;        /* as reject_file() numbered it */
    int64_t line;        /* 1..., 0 = the whole file */
    const char *column;  /* "" = the whole row */
    const char *value;   /* shortened; "" where there is none or it must not be repeated */
    const char *problem; /* French */
    const char *remedy;  /* French */
    RejectGravity gravity;
} RejectLine;

/* Lines of one file that are told one by one; a last line says how many there were more. */
#define REJECT_TOLD_MAX 200000

/* One file of the folder. */
typedef struct {
    const char *name;
    char *sha256; /* NULL when it was not read */
    int64_t rows, rejected;
    int64_t told, untold; /* lines added; lines beyond REJECT_TOLD_MAX, only counted */
    bool refused;         /* as a whole */
} RejectFile;

IngestReport *reject_new(void);

/* Begins the account of a file; files are numbered in the order of these calls. */
int32_t reject_file(IngestReport *report, const char *name);
RejectFile *reject_file_at(const IngestReport *report, int32_t file);
int32_t reject_n_files(const IngestReport *report);

/* Adds one line. The texts are copied. A warning changes no count; the caller counts rows. */
void reject_add(IngestReport *report, int32_t file, int64_t line, RejectGravity gravity, const char *column,
                const char *value, const char *problem, const char *remedy);

/* The file is of no use as a whole; says so in a line. */
void reject_refuse(IngestReport *report, int32_t file, int64_t line, const char *column, const char *problem,
                   const char *remedy);

/* Every line, by file, line, column, ...: the order does not depend on when a fault was found. */
const RejectLine *reject_lines(IngestReport *report, int *n);

#endif
