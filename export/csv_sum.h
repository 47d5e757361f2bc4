/* A CSV file of ours read back, for the page that reconciles it: rows, sums of columns, checksum. */
#ifndef EXPORT_CSV_SUM_H
#define EXPORT_CSV_SUM_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* A column to add up: its name in the header, and the sum of its numbers in hundredths. */
typedef struct {
    const char *column;
    int64_t sum;
} CsvSumColumn;

typedef struct {
    int64_t rows;    /* without the header */
    char sha256[65]; /* of its bytes */
} CsvSumFile;

/* Reads a file as csv_write.h writes it. Cells of columns must be numbers of at most two decimals. FAULT_OUTPUT when
 * the file cannot be read, lacks a column or holds something else. */
bool csv_sum_read(const char *path, CsvSumColumn *columns, int n_columns, CsvSumFile *file, GError **error);

#endif
