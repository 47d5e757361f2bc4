/* What is wrong in a folder: the lines of rejets.csv. */
#ifndef INGEST_REJECT_H
#define INGEST_REJECT_H

#include "ingest/constat.h"
#include "ingest/ingest.h"
#include "ingest/tables.h"
#include "sql/store_campaign.h"

#include <stdbool.h>
#include <stdint.h>

/* Where something is wrong; what is left out is 0 or NULL. */
typedef struct {
    int32_t file;       /* as reject_file() numbered it */
    int32_t cell;       /* column of the sender's table, 1 = A; 0 = the whole row */
    int64_t line;       /* 1..., 0 = the whole file */
    const char *column; /* the column's name */
    const char *value;  /* of the cell; NULL where there is none or it must not be repeated */
} RejectPlace;

typedef struct {
    RejectPlace place; /* texts never NULL; the value is shortened */
    ConstatId constat;
    const char *first, *second; /* what the finder adds to the words of the constat */
} RejectLine;

/* Lines of one file that are told one by one; a last line says how many there were more. */
#define REJECT_TOLD_MAX 200000

/* One file of the folder. */
typedef struct {
    const char *name;
    char *sha256; /* NULL when it was not read */
    int64_t rows, rejected;
    int64_t told, untold;   /* lines added; lines beyond REJECT_TOLD_MAX, only counted */
    int64_t warnings;       /* of both */
    bool refused;           /* as a whole */
    bool secret;            /* refused for personal data: nothing of it may be repeated */
    char *path;             /* where it was found; NULL = nowhere */
    char *fichier;          /* of path: the file's name as it is told; NULL = nowhere */
    char *sheet;            /* of a file with several tables; else NULL */
    int table;              /* of the source */
    const TablesFile *file; /* what it was read as; NULL = unknown */
    char *siae;             /* a form that was read: whose; NULL: no form */
    bool answered;          /* such a form holds an answer */
    bool of_sender;         /* one of several files of its table: refused, it stops no other */
} RejectFile;

IngestReport *reject_new(void);

/* Begins the account of a file; files are numbered in the order of these calls. */
int32_t reject_file(IngestReport *report, const char *name);
void reject_rename(IngestReport *report, int32_t file, const char *name);
RejectFile *reject_file_at(const IngestReport *report, int32_t file);
int32_t reject_n_files(const IngestReport *report);

/* Adds one line. The texts are copied; first and second may be NULL. Changes no count; the caller counts rows. */
void reject_add(IngestReport *report, RejectPlace place, ConstatId constat, const char *first, const char *second);

/* The file is of no use as a whole; says so in a line. */
void reject_refuse(IngestReport *report, RejectPlace place, ConstatId constat, const char *first, const char *second);

/* Forgets what was said of a file's cells so far: nothing of them may be repeated. */
void reject_forget(IngestReport *report, int32_t file);

/* Every line, by file, line, column, ...: the order does not depend on when a fault was found. */
const RejectLine *reject_lines(IngestReport *report, int *n);

/* Warnings of a file, told or not. */
int64_t reject_count_warnings(const IngestReport *report, int32_t file);

/* Remembers the key of a row of a table's file that was told to be wrong or incomplete; true when it was. */
void reject_note_fallen(IngestReport *report, const char *file, const char *key);
bool reject_has_fallen(const IngestReport *report, const char *file, const char *key);

/* Remembers a cell of an incomplete row, to be kept in the load: see StoreIncomplet. */
void reject_note_incomplete(IngestReport *report, const char *file, const char *key, const char *column,
                            const char *value, bool waiting);
const StoreIncomplet *reject_incompletes(const IngestReport *report, int *n);

/* The words of a line. Caller frees. */
char *reject_problem(const RejectLine *line);
char *reject_remedy(const RejectLine *line);

#endif
