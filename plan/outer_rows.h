/* Rows of the outer master that are made only when a solution breaks them: what a day, a stagiaire, an order of besoins
 * allows, and rounding cuts of the reste à charge. Every row is a sum over sessions, so its price is a constant of a
 * seat or of a session (pricing.h). */
#ifndef PLAN_OUTER_ROWS_H
#define PLAN_OUTER_ROWS_H

#include "plan/master.h"

typedef enum {
    ROW_ABSENCE,   /* learners of SIAE `owner` in training on `day` <= absents_max */
    ROW_PRESENCE,  /* sessions of organisme `owner` on `day` <= sessions_simultanees */
    ROW_STAGIAIRE, /* sessions of stagiaire `owner` on `day` <= 1 */
    ROW_APRES,     /* sessions of besoin `owner` that start up to `day` <= those of `other` that end before */
    ROW_CUT,       /* PricingCut of SIAE `owner` */
} OuterRowKind;

typedef struct {
    OuterRowKind kind;
    int32_t owner, other, day; /* those the kind speaks of; 0 else */
    int64_t divisor;           /* of a cut; 0 else */
} OuterRow;

/* Right-hand side, and what one session of a column uses of it. */
double outer_row_limit(const Problem *problem, const OuterRow *row);
double outer_row_use(const Problem *problem, const OuterRow *row, const MasterColumn *column);

typedef struct {
    const MasterColumn *column;
    double x;
} OuterShare;

/* Appends to rows (OuterRow) the rules that a solution breaks most, a few for each owner, none twice.
 * shares: OuterShare. */
void outer_rows_find(const Problem *problem, const GArray *shares, GArray *rows);

/* Sets the prices of rows from their duals (in what prices->unit counts, >= 0 up to rounding). */
void outer_rows_prices(const Problem *problem, const GArray *rows, const double *duals, PricingPrices *prices);

#endif
