/* A mixed-integer program written as a free-MPS file, column by column: first every row, then every column. It always
 * minimises; numbers are given in hundredths. Names have no blanks. A fault while writing is kept and told once, by
 * mps_file_close(). Format: https://lpsolve.sourceforge.net/5.5/mps-format.htm */
#ifndef PLAN_MPS_FILE_H
#define PLAN_MPS_FILE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct MpsFile MpsFile;

/* Opens a file beside path, which takes its place only when it is whole. FAULT_OUTPUT. */
MpsFile *mps_file_open(const char *path, GError **error);

/* A line for the human reader. */
void mps_file_comment(MpsFile *file, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* A row: type 'L', 'G', 'E', or 'N' for the objective, which comes first. */
void mps_file_row(MpsFile *file, char type, int64_t bound, const char *format, ...) G_GNUC_PRINTF(4, 5);

/* A column >= 0; most: a whole upper bound (not in hundredths), or -1. */
void mps_file_column(MpsFile *file, bool integer, int64_t most, const char *format, ...) G_GNUC_PRINTF(4, 5);

/* The last column's coefficient in a row; nothing when it is 0. At most one a row and column. */
void mps_file_put(MpsFile *file, int64_t coefficient, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* Ends the file, puts it in its place and frees. FAULT_OUTPUT: path is as before. */
bool mps_file_close(MpsFile *file, GError **error);

#endif
