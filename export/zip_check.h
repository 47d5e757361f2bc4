/* Reads a finished workbook back: the writing library reports neither a full disk nor a temporary file cut short. */
#ifndef EXPORT_ZIP_CHECK_H
#define EXPORT_ZIP_CHECK_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Inflates every part of the package and compares its size and checksum with the directory's; in every XML part each
 * tag must close and the part must end with its root; sheet i must hold cells[i] cells, and there must be n_sheets
 * sheets. FAULT_OUTPUT, with the part at fault. */
bool zip_check_workbook(const char *path, const int64_t *cells, int n_sheets, GError **error);

#endif
