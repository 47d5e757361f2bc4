/* A temporary folder of input files, small and clean, to be damaged one cell at a time; and what ingest says of it. */
#ifndef TESTS_LIB_INPUT_FOLDER_H
#define TESTS_LIB_INPUT_FOLDER_H

#include "ingest/ingest.h"

typedef struct {
    char *path;
} InputFolder;

/* All 17 files, clean; every column of the contract is there. Removed with everything in it by input_folder_free(). */
InputFolder *input_folder_new(void);
void input_folder_free(InputFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(InputFolder, input_folder_free)

/* Writes n bytes as a file of the folder (-1: a text). */
void input_folder_put(const InputFolder *folder, const char *file, const char *bytes, gssize n);
void input_folder_remove(const InputFolder *folder, const char *file);

/* The file's text. Caller frees. */
char *input_folder_get(const InputFolder *folder, const char *file);

/* Puts value into the cell at line (the header is line 1) and column; line 1 renames the column. */
void input_folder_set(const InputFolder *folder, const char *file, int line, const char *column, const char *value);
/* Takes the column away; adds a line at the end. */
void input_folder_drop_column(const InputFolder *folder, const char *file, const char *column);
void input_folder_add(const InputFolder *folder, const char *file, const char *line);

/* What ingest_read() tells with that threshold: "file:line:column!" for each reject, "?" for each warning, parted by
 * spaces, then " -> " and the error's code when there is one. *model (may be NULL): what was read, freed by the
 * caller. */
char *input_folder_verdict(const InputFolder *folder, int32_t seuil_rejets, Model **model);

#endif
