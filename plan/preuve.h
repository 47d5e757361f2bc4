/* What a bound rests on: the multipliers of a stage's best bound, recorded while it is proven, and their text, from
 * which anyone can work the bound out again (plan/PREUVE.md). */
#ifndef PLAN_PREUVE_H
#define PLAN_PREUVE_H

#include "plan/pricing.h"

/* What branches count: sessions of a slot, all of them or those at a start or those of `size` learners at least, or
 * learners of a link in them. At most one of start, link and size is not MODEL_NONE; slot MODEL_NONE: all sessions of a
 * formation. */
typedef struct {
    int32_t slot, start, link, size; /* slot: in problem->slots */
} PreuveCount;

/* The dual of a branching row. */
typedef struct {
    PreuveCount count;
    int64_t dual;
} PreuveDual;

/* A part of a formation's plans. A leaf is proven by its multipliers; a node with children by theirs. */
typedef struct PreuveNode PreuveNode;
struct PreuveNode {
    int64_t bound;           /* no plan of the part is worth more; INT64_MAX: not known */
    int64_t *y;              /* by besoin of the formation, >= 0; NULL: not known */
    GArray *duals;           /* PreuveDual; NULL: none */
    PreuveCount count;       /* with children: what they differ in */
    int32_t below;           /* the first has at most so many of it, the second more */
    PreuveNode *children[2]; /* both or none */
};

PreuveNode *preuve_node_new(void);
void preuve_node_free(PreuveNode *node);

/* Gives the node two children without multipliers that differ in a count. */
void preuve_node_split(PreuveNode *node, PreuveCount count, int32_t below);

/* Keeps at each node what proves more: its own multipliers, or its children. Returns the bound. */
int64_t preuve_node_settle(PreuveNode *node);

/* The proof of a stage, for all plans or for a part of them: by multipliers, or by those of two parts that make it up.
 */
typedef struct PreuveStage PreuveStage;
struct PreuveStage {
    bool cost;
    int64_t target;          /* cost stage: of plans with at least so many points */
    int64_t bound;           /* points, or cents of weighted cost */
    int64_t value;           /* Lagrange's, fixed point: less proves more */
    PricingPrices *prices;   /* owned */
    PreuveNode **formations; /* by formation, owned, settled; NULL: prices->y is all */
    int32_t n_formations;
    PreuveCount count; /* with children: what these differ in, as in a node */
    int32_t below;
    PreuveStage *children[2]; /* both or none; owned */
    const PreuveStage *empty; /* cost stage: no plan of the part has the target's points, as this points stage proves;
                                 borrowed; NULL: not known */
};

/* prices are copied; formations stay with their owner until the caller moves them in. */
PreuveStage *preuve_stage_new(const Problem *problem, const PricingPrices *prices);
void preuve_stage_free(PreuveStage *stage);

/* Gives the stage two parts, taken over, that differ in a count. */
void preuve_stage_split(PreuveStage *stage, PreuveCount count, int32_t below, PreuveStage *most, PreuveStage *more);

/* Swaps the multipliers and bounds of two stages without children. */
void preuve_stage_swap(PreuveStage *a, PreuveStage *b);

/* A part of the cost stage in which no plan has the target's points, as a points stage proves (borrowed). */
PreuveStage *preuve_stage_void(const PreuveStage *points);

/* The bound of a stage: by its own multipliers or by its parts, whichever proves more. INT64_MAX: a void part's cost.
 */
int64_t preuve_stage_bound(const PreuveStage *stage);

/* What holds without any search: points are at most those of all learners that some session could hold; a cost is at
 * least 0. */
PreuveStage *preuve_stage_plain(const Problem *problem, bool cost, int64_t target, int64_t bound);

/* Both proofs as the text of preuve.json; the caller frees it. Equal proofs give equal bytes. */
char *preuve_text(const Problem *problem, const PreuveStage *points, const PreuveStage *cost);

#endif
