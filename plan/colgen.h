/* Bounds and prices of a whole region, by nested column generation.
 *
 * The outer master (outer.h) mixes answers of formations under the rules they share; its duals are prices; each
 * formation answers with its best solution at these prices (master.h, or branch.h for whole plans). At any prices,
 * whatever the LP solver did, Lagrange's relaxation proves points <= L   and   cost + reste à charge >= w_points x
 * target - L, L = sum of formations' bounds + sum of price x capacity over enveloppes, limited SIAE and days. Large
 * regions take their prices from descent.h. */
#ifndef PLAN_COLGEN_H
#define PLAN_COLGEN_H

#include "plan/draft.h"
#include "plan/master.h"

typedef struct Colgen Colgen;

/* threads >= 1: how many solve formations at once; never changes a result. */
Colgen *colgen_new(const Problem *problem, int32_t threads);
void colgen_free(Colgen *colgen);

typedef struct {
    int64_t bound;         /* points stage: >= points of every plan; cost stage: <= weighted cost of every plan with at
                              least the target. Proven. */
    double value;          /* of the outer LP: where the bound converges to */
    int32_t iterations;    /* outer ones done */
    bool converged;        /* value and bound met */
    PricingPrices *prices; /* those that prove the bound, y included; owned by the Colgen, until the next run */
    const PricingPrices *lead; /* prices to lead a search; likewise */
} ColgenResult;

/* Work of pricing done so far, by all workers: the same whatever their number. */
int64_t colgen_work(const Colgen *colgen);

/* How much work a stage may do. */
typedef struct {
    int32_t iterations; /* outer ones */
    bool whole;         /* formations answer with whole plans, by branch and bound: a tighter bound, slower; starts from
                           the prices of the same stage's last run */
    int32_t nodes;      /* of each formation's tree, when whole */
    int64_t tree_work;  /* pricing work of one whose plan and bound lie apart, at prices that may prove more; 0: none */
    int64_t work;       /* seats valued (pricing_work()) after which no iteration begins; 0: no limit */
    const int64_t *enough; /* ends when the bound is at most (points) or at least (cost) so much; NULL: goes on */
    bool patient;          /* goes on long after the bound last rose or fell: the bound is wanted, not the prices */
    bool (*stop)(void *);  /* asked between iterations; may be NULL */
    double (*pace)(void *user, double done); /* as clock_pace(), for large regions; may be NULL */
    void *user;
} ColgenEffort;

ColgenResult colgen_points(Colgen *colgen, const ColgenEffort *effort);

/* The cost stage, with at least `target` points. */
ColgenResult colgen_cost(Colgen *colgen, int64_t target, const ColgenEffort *effort);

/* Columns that the last solution of the outer master takes, and how much of each (OuterShare);
 * borrowed, until the next run. */
const GArray *colgen_shares(const Colgen *colgen);

/* Takes a plan of the region for an answer of each formation, in mixes and in whole plans: the outer master then has a
 * solution as good as the plan from its first round on. Regions led by the descent have no use for it. */
void colgen_learn(Colgen *colgen, const Draft *draft);

/* The proof of the best bound of the last stage (same target), over its runs; the caller frees it, and a second call
 * gives NULL. NULL when nothing was proven. */
PreuveStage *colgen_preuve(Colgen *colgen);

/* Whole plans of a formation found so far, each a GArray of int32_t: columns of its master. Grows with runs. */
const GPtrArray *colgen_plans(const Colgen *colgen, int32_t formation);

/* The master of a formation, with all columns it has priced; NULL when it has no besoin or no slot. */
const Master *colgen_master(const Colgen *colgen, int32_t formation);

#endif
