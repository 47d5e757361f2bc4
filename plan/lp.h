/* Linear programs, solved by GLPK's simplex: the only file that knows GLPK is lp.c.
 *
 * Form: maximise c x subject to row bounds lower <= a x <= upper and column bounds. Signs of duals: the dual of a row
 * is the change of the optimum per unit of its bound, so >= 0 for a row bound from above that binds. A program is made,
 * solved and freed by one thread. The status of a call and the status of the mathematics are one value here: only
 * LP_OPTIMAL makes values and duals meaningful, and even then they are floating point: nothing is proven by them. */
#ifndef PLAN_LP_H
#define PLAN_LP_H

#include <stdbool.h>
#include <stdint.h>

typedef enum {
    LP_OPTIMAL,
    LP_INFEASIBLE,
    LP_UNBOUNDED,
    LP_FAILED, /* the solver gave up, ran out of iterations or memory, or the program was not one: a coefficient that is
                  not finite, a bound that is no number or on the wrong side of everything, a position given twice */
} LpStatus;

typedef struct Lp Lp;

Lp *lp_new(void);
void lp_free(Lp *lp);

/* Gives back what the solver keeps for the calling thread; its programs must be freed. Last act of a thread with LPs.
 */
void lp_end_thread(void);

/* Rows and columns are numbered from 0 in order of addition. Bounds: -INFINITY, INFINITY for none. */
int32_t lp_add_row(Lp *lp, double lower, double upper);
/* The coefficients of a row in columns that exist already. */
void lp_fill_row(Lp *lp, int32_t row, int32_t n, const int32_t *columns, const double *values);
int32_t lp_add_column(Lp *lp, double objective, double lower, double upper, int32_t n, const int32_t *rows,
                      const double *values);
void lp_set_objective(Lp *lp, int32_t column, double objective);
void lp_set_row(Lp *lp, int32_t row, double lower, double upper);
void lp_set_column(Lp *lp, int32_t column, double lower, double upper);

/* Solves, warm from the last basis. */
LpStatus lp_solve(Lp *lp);

double lp_value(const Lp *lp);
double lp_primal(const Lp *lp, int32_t column);
double lp_dual(const Lp *lp, int32_t row);

#endif
