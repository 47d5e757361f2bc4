/* What the parts of column generation share: colgen.c leads the stages, colgen_ask.c asks the formations, colgen_part.c
 * keeps to a part of their plans. */
#ifndef PLAN_COLGEN_STATE_H
#define PLAN_COLGEN_STATE_H

#include "plan/colgen.h"
#include "plan/crew.h"
#include "plan/descent.h"
#include "plan/outer.h"

/* A formation's answer of one round, and what it proves. */
typedef struct {
    OuterAnswer *answer;  /* NULL: none */
    int64_t bound, value; /* of its tree, and of the best plan in it */
    PreuveNode *proof;    /* owned */
} Reply;

struct Colgen {
    const Problem *problem;
    Master **masters; /* by formation; NULL: no slot or no besoin */
    Crew *crew;
    int32_t *worker;              /* by formation: who makes, solves and frees its master */
    Pricing **pricing;            /* by worker */
    Reply *replies;               /* by formation: of the round at hand */
    PricingPrices *prices, *best; /* at hand; those of the best bound */
    Descent *descent;
    const PricingPrices *lead;    /* the descent's of the points stage, or NULL */
    double smoothing;             /* of the round at hand */
    bool large;                   /* descent leads; there are no masters */
    bool stage_known, cost_stage; /* which stage `best` speaks of, once there is one */
    GArray *rows;                 /* OuterRow: made for the outer master, kept between stages */
    bool whole;                   /* formations are asked for whole plans */
    int32_t nodes;                /* of a formation's tree, a round */
    int64_t tree_work;            /* of a tree that is to go deeper */
    bool deeper;                  /* this round's trees are */
    Caps *caps;                   /* of the part at hand; NULL: none */
    GArray *limits;               /* MasterRow: of the part at hand */
    int64_t tolerance;            /* fixed point: how near a formation's bound is near enough */
    GPtrArray **known;            /* by formation: GArray of columns, the whole plans found */
    PreuveStage *proof;           /* see colgen_preuve() */
    MasterNode **part;            /* by formation: what colgen_part_set() leaves of its plans; NULL: all */
    GArray *shares;               /* see colgen_shares() */
    Outer *outer;                 /* of the last run; may be NULL */
    GPtrArray *mixes, *plans;     /* OuterAnswer: columns of the outer master, kept between stages */
};

#endif
