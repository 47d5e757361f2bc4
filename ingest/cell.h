/* One cell → the field of a row its column says. */
#ifndef INGEST_CELL_H
#define INGEST_CELL_H

#include "ingest/rows.h"

/* Reads a clean, non-empty text, written as `kind`, into row. KIND_LATE cells set nothing. */
FieldResult cell_read(RowsContext *context, const TablesColumn *column, const char *text, SourceKind kind, void *row,
                      FieldNote *note);

/* Sets what an empty optional cell stands for. */
void cell_default(RowsContext *context, const TablesColumn *column, void *row);

/* The position of the row of file `target` that text names. */
FieldResult cell_reference(RowsContext *context, int target, const char *text, int32_t *position, FieldNote *note);

#endif
