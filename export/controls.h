/* The totals that the page Contrôles compares: the same figure as the database adds it up, as the CSV files beside the
 * workbook add up, as the workbook's tables do, and as the plan's bilan says. */
#ifndef EXPORT_CONTROLS_H
#define EXPORT_CONTROLS_H

#include "export/csv_sum.h"
#include "sql/model.h"
#include "sql/store_origin.h"

/* One figure. */
typedef struct {
    const char *label;
    bool amount;         /* cents, else a count */
    size_t base, bilan;  /* offsets in StoreOriginTotals and in ModelBilan, the latter or CONTROLS_NONE */
    const char *file;    /* CSV file */
    const char *columns; /* of it to add up: "cout_pedagogique+cout_annexe"; "" = its rows are counted */
    const char *table;   /* a column of the regional workbook: "Sessions[Jours]"; "Sessions" = its rows */
} ControlsRow;
#define CONTROLS_NONE ((size_t)-1)
#define CONTROLS_N 19
extern const ControlsRow controls_rows[CONTROLS_N];

/* A CSV file of the set. */
typedef struct {
    const char *name;
    CsvSumFile sum;
} ControlsFile;

typedef struct {
    const StoreOrigin *origin; /* NULL: the plan does not come from the database */
    GArray *files;             /* of ControlsFile, in the order they were read */
    int64_t csv[CONTROLS_N];   /* cents, or counts */
} Controls;

/* origin may be NULL; it must outlive the result. Free with controls_free(). */
Controls *controls_new(const StoreOrigin *origin);
void controls_free(Controls *controls);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Controls, controls_free)

/* Reads the CSV file of that name, written at path. name must outlive controls. FAULT_OUTPUT. */
bool controls_read(Controls *controls, const char *name, const char *path, GError **error);

/* One checksum of the files read: SHA-256 of theirs, written one after the other. Owned by the caller. */
char *controls_checksum(const Controls *controls);

/* What the database, and the bilan, say of figure `row`; false where they say nothing. */
bool controls_base(const Controls *controls, int row, int64_t *value);
bool controls_bilan(const ModelBilan *bilan, int row, int64_t *value);

#endif
