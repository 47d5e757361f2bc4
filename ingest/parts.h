/* Which files, and which sheets of them, hold the tables of a folder. */
#ifndef INGEST_PARTS_H
#define INGEST_PARTS_H

#include "ingest/reject.h"
#include "ingest/tables.h"

#include <glib.h>

/* One table of one file. The file TABLE.csv is the coordinator's; TABLE-SENDER.csv, with '-', '_' or a blank, adds the
 * rows of a sender; a last "-v2" or " (2)" numbers a later version of the same. A workbook names tables by its sheets,
 * else by its own name. complement-TABLE.csv fills empty cells of the rows of others. */
typedef struct {
    char *path;
    char *file;                     /* its name as the report tells it: in UTF-8, whatever its bytes are */
    char *name;                     /* the file, and its sheet where it has several */
    char *sheet;                    /* NULL where it has one */
    char *sender;                   /* folded; "" = the coordinator */
    int64_t version;                /* 0 = none was given */
    int table;                      /* of the source */
    bool whole;                     /* of two versions the later replaces the earlier altogether (a form) */
    char *campagne, *siae, *sha256; /* of a form: what it says, and its bytes; else NULL */
    bool completes;                 /* its rows fill empty cells of the table's own (source_completes()) */
    bool replaced;                  /* by a later whole version: not read */
    int32_t account;                /* in the report */
} Part;

/* The parts of each table in the folder at path; free with parts_free(). What is missing, named twice or of no table
 * goes to the report. accounts[id]: of each table's own file. NULL with FAULT_INPUT when the machine cannot read the
 * folder or one of its files. */
GPtrArray **parts_find(const char *path, IngestReport *report, const int32_t *accounts, GError **error);
void parts_free(GPtrArray **parts);

/* A file's name without its ending. Caller frees. */
char *parts_stem(const char *name);

/* What a name without its ending says: the table, the sender (folded, caller frees) and the version; false when it is
 * no table's. */
bool parts_name(const char *stem, TablesId *id, char **sender, int64_t *version);

#endif
