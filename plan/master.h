/* The restricted master of one formation: its best mix of sessions at fixed prices, by column generation.
 *
 *   max  sum of value(c) x(c)   over sessions c of the formation
 *   s.t. learners of besoin b in them <= effectif(b)              y(b) >= 0
 *        lower(s) <= sessions of slot s <= upper(s)               for each slot
 *        lower <= all sessions <= upper
 *        lower <= sessions of slot s at one start <= upper        for some (s, start): rows made by branching
 *        lower <= sessions of slot s of q learners or more <= upper   for some (s, q): likewise
 *        lower <= learners of b in slot s <= upper                for some (s, b): likewise
 * where value(c) is pricing.h's value without y. Root: upper(s) = capacity(s), lower(s) = 1 for a fixed session, else
 * 0. Every row keeps pricing exact: the duals are constants of a seat or of a session. So whatever multipliers the LP
 * gives, value of any plan of the node <= sum effectif(b) y(b) + sum over branching rows + best counts x best reduced
 * values holds, and is computed in integers. */
#ifndef PLAN_MASTER_H
#define PLAN_MASTER_H

#include "plan/caps.h"
#include "plan/preuve.h"
#include "plan/pricing.h"
#include "plan/session.h"

typedef struct {
    int32_t slot, start; /* slot: in problem->slots */
    ProblemSeat *seats;  /* owned */
    int32_t n_seats;
    SessionMeasure measure; /* exact */
    SessionRacs *racs;      /* by seat; owned */
    double x;               /* in the last solution */
} MasterColumn;

/* Bounds on a count. */
typedef struct {
    PreuveCount count;
    int32_t lower, upper;
} MasterRow;

/* A part of the formation's plans: bounds on counts of sessions and of seats. */
typedef struct {
    int32_t *lower, *upper; /* by slot of the formation */
    int32_t total_lower, total_upper;
    GArray *rows; /* MasterRow: a start's, a link's or a size's, each at most once */
} MasterNode;

typedef struct Master Master;

Master *master_new(const Problem *problem, int32_t formation);
void master_free(Master *master);

typedef struct {
    bool solved;   /* false: the LP solver failed; the bound below still holds */
    bool feasible; /* the solution uses no slack: it is a mix of sessions of the node */
    double value;  /* of the restricted LP at the prices, in what prices->unit counts */
    int64_t bound; /* no plan of the node is worth more, in fixed point: proven; INT64_MAX when nothing is */
} MasterResult;

/* The whole formation, and a copy of a node. Free with master_node_free(). */
MasterNode *master_node_root(const Master *master);
MasterNode *master_node_copy(const Master *master, const MasterNode *node);
void master_node_free(MasterNode *node);

/* Leaves in the node only plans in which a count is within bounds. */
void master_node_limit(const Master *master, MasterNode *node, const MasterRow *limit);

/* So much of a column. */
typedef struct {
    int32_t column;
    double x;
} MasterShare;

/* From now on no column that breaks the caps (borrowed; NULL: none) is taken or priced. */
void master_set_caps(Master *master, const Caps *caps);
const Caps *master_caps(const Master *master);

/* The mix of n columns is of the node; a whole plan (int32_t: columns, once for each session) is. */
bool master_node_allows_mix(const Master *master, const MasterNode *node, const MasterShare *mix, int32_t n);
bool master_node_allows(const Master *master, const MasterNode *node, const GArray *plan);

/* Solves the node to optimality at the prices (y is ignored on entry); afterwards prices->y holds the formation's y.
 * Stops early once the bound is at most `enough` (INT64_MIN: never). `pricing` is the thread's scratch. */
MasterResult master_solve(Master *master, Pricing *pricing, PricingPrices *prices, const MasterNode *node,
                          int64_t enough);

/* Moves the multipliers that proved the bound of the last master_solve(), and the bound, into a node without children.
 */
void master_preuve(Master *master, PreuveNode *node);

/* All columns ever priced; x of the last solution in each. *n of them. */
const MasterColumn *master_columns(const Master *master, int32_t *n);

/* Adds a session (copied) as a column, unless it is known; *at: its position. False when it charges a class without
 * enveloppe. */
bool master_add(Master *master, int32_t slot, int32_t start, const ProblemSeat *seats, int32_t n_seats, int32_t *at);

/* The exact value of a column at the prices, y apart, in fixed point. */
int64_t master_value(const Problem *problem, const PricingPrices *prices, const MasterColumn *column);

#endif
