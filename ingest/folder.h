/* A folder of input files in memory: the rows of each, before they are a Model. */
#ifndef INGEST_FOLDER_H
#define INGEST_FOLDER_H

#include "ingest/rows.h"
#include "sql/model.h"

typedef struct {
    Rows tables[TABLES_N];
    Model *model; /* owns every text and list of the rows */
    IngestReport *report;
    RowsContext context;
    int32_t sensibles_min; /* learners of a need that names a public of articles 9 and 10; 0: no limit */
} Folder;

/* Finds and reads every file of the folder at path, in the order of TablesId, applying the rules of rules.h to each
 * before the next is read: what a file names is final by then. False with FAULT_INPUT when the folder itself cannot be
 * read, or the machine cannot read a file of it. */
void folder_init(Folder *folder, IngestReport *report);
bool folder_read(Folder *folder, const char *path, GError **error);
void folder_clear(Folder *folder);

/* The typed rows of a file, as read. */
#define FOLDER_ROWS(folder, ID, Row) ((Row *)(void *)(folder)->tables[TABLES_##ID].data)

#endif
