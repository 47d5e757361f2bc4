/* The contract's CSV outputs (section 3): one row of the table a file. */
#ifndef EXPORT_CSV_PLAN_H
#define EXPORT_CSV_PLAN_H

#include "export/csv_write.h"
#include "export/figures.h"

typedef struct {
    const char *name;    /* "sessions.csv" */
    const char *columns; /* its header row */
    void (*rows)(CsvWrite *csv, const Figures *figures);
} CsvPlan;

/* The outputs, in the contract's order; ends with a name of NULL. */
extern const CsvPlan csv_plan_outputs[];

/* Writes one of them to path. FAULT_OUTPUT. */
bool csv_plan_write(const CsvPlan *output, const Figures *figures, const char *path, GError **error);

#endif
