/* Pricing: the best session of a slot at given prices.
 *
 * At fixed prices, slot, start and group size Q every learner's value under every montage is a constant, so the best
 * session is made of the Q best seats. The caps (learners left of a besoin, absents of a SIAE, one seat for a
 * stagiaire) are laminar, so taking seats by value is optimal. For min_siae, sessions are split by the largest k among
 * their learners' axes: with k fixed only besoins with min_siae <= k may sit, and at least k SIAE must: the best seats
 * of the k SIAE whose best seat is worth most are forced, the rest is greedy (an exchange argument makes this optimal).
 * Forced learners of fixed sessions take their seats first.
 *
 * Days have prices too: a learner of a SIAE absent on a day, a session of an organisme on a day. They move values by
 * start and SIAE only, so the ranking is redone for the starts they touch and all of the above holds.
 *
 * Value of a session = sum over learners of (w_points x points - w_cost x (A + reste à charge) - rac_price x reste à
 * charge - sum of class_price x charges - y) - w_cost x P. Prices are integers in a fixed point that the caller
 * chooses, so values are exact: a bound made of them is a proof. A learner's share is floor(P / Q) or one cent more;
 * each learner gets the better of the two for every montage (reste à charge may fall when the share rises), so that a
 * value is never below the true one, and above it by some cents at most. */
#ifndef PLAN_PRICING_H
#define PLAN_PRICING_H

#include "plan/problem.h"

typedef struct {
    int32_t owner, day; /* a SIAE or an organisme; a day */
    int64_t price;      /* >= 0 */
} PricingDay;

/* Day prices, sorted by owner and day. */
typedef struct {
    PricingDay *days;
    int32_t n;
    ProblemSlice *of; /* by owner: its slice of days */
} PricingDays;

/* The price of a mixed-integer rounding cut (Gomory 1960; Nemhauser and Wolsey 1988) of a SIAE's reste à charge: with
 * r0 = reste_a_charge_max mod divisor, every plan has
 *   sum over its learners of cut_of(reste à charge) <= cut_of(reste_a_charge_max), where
 *   cut_of(r) = floor(r / divisor) x (divisor - r0) + max(0, r mod divisor - r0) <= r. */
typedef struct {
    int32_t siae;
    int64_t divisor, r0;
    int64_t price; /* >= 0, of one unit of cut_of() */
} PricingCut;

typedef struct {
    PricingCut *cuts; /* by siae, divisor */
    int32_t n;
    ProblemSlice *of; /* by SIAE */
} PricingCuts;

/* The price of the rule "besoin only after another" (apres) on a day: a session of the later besoin that starts on or
 * before the day pays it; one of the earlier besoin that ends before the day earns it. */
typedef struct {
    int32_t besoin, day;
    bool earns;
    int64_t price; /* >= 0 */
    int32_t other; /* the besoin at the other end of the order */
} PricingStep;

typedef struct {
    PricingStep *steps; /* by besoin, day, earns, other */
    int32_t n;
    ProblemSlice *of; /* by besoin */
} PricingSteps;

typedef struct {
    int64_t unit;           /* the fixed point: this many make one of what is counted (a point, or a cent) */
    int64_t w_points;       /* value of a point */
    int64_t w_cost;         /* value of a cent of weighted cost */
    int64_t *enveloppe;     /* by enveloppe: value of a cent of it, >= 0 */
    int64_t *class_price;   /* by class: the least of its enveloppes' (pricing_prices_settle) */
    int64_t *rac_price;     /* by SIAE: value of a cent of its reste à charge, >= 0, on top of w_cost */
    int64_t *y;             /* by besoin: value of one of its learners elsewhere */
    PricingDays absences;   /* by SIAE: of one of its learners in training on a day */
    PricingDays presences;  /* by organisme: of one of its sessions on a day */
    PricingDays stagiaires; /* by stagiaire: of one of its needs in training on a day */
    PricingCuts cuts;
    PricingSteps steps;
} PricingPrices;

PricingPrices *pricing_prices_new(const Problem *problem);
void pricing_prices_free(PricingPrices *prices);
void pricing_prices_copy(const Problem *problem, PricingPrices *target, const PricingPrices *source);

/* The same prices, y apart. */
bool pricing_prices_equal(const Problem *problem, const PricingPrices *a, const PricingPrices *b);

/* Replaces day prices by n rows in any order (copied; each (owner, day) at most once; owners 0..n_owners-1). */
void pricing_set_days(PricingDays *days, const PricingDay *rows, int32_t n, int32_t n_owners);

/* Replaces cuts by n rows in any order (copied). */
void pricing_set_cuts(PricingCuts *cuts, const PricingCut *rows, int32_t n, int32_t n_siae);

static inline int64_t pricing_cut_of(const PricingCut *cut, int64_t cents)
{
    return cents / cut->divisor * (cut->divisor - cut->r0) + MAX(0, cents % cut->divisor - cut->r0);
}

/* What a SIAE pays at the cuts' prices for one learner's reste à charge. */
static inline int64_t pricing_cuts_value(const PricingCuts *cuts, int32_t siae, int64_t rac)
{
    int64_t value = 0;
    for (int32_t i = 0; i < cuts->of[siae].n; i++) {
        const PricingCut *cut = &cuts->cuts[cuts->of[siae].first + i];
        value += cut->price * pricing_cut_of(cut, rac);
    }
    return value;
}

/* Replaces steps by n rows in any order (copied). */
void pricing_set_steps(PricingSteps *steps, const PricingStep *rows, int32_t n, int32_t n_besoins);

/* What a besoin's learner may earn by steps at most, and how much less it has at a start. */
int64_t pricing_steps_most(const PricingSteps *steps, int32_t besoin);
int64_t pricing_steps_off(const PricingSteps *steps, int32_t besoin, const ProblemStart *start);

/* What the owner pays for all training days of a start. */
int64_t pricing_days_value(const Problem *problem, const PricingDays *days, int32_t owner, const ProblemStart *start);

/* Moves target's prices towards center's by `part` of the way (0: none, 1: all of it). */
void pricing_prices_blend(const Problem *problem, PricingPrices *target, const PricingPrices *center, double part);

/* Derives class_price from enveloppe. */
void pricing_prices_settle(const Problem *problem, PricingPrices *prices);

/* Adds to *sum what the limits of the rules that formations share are worth: price x limit over enveloppes, restes à
 * charge, cuts and days. False: too large to say. */
bool pricing_prices_worth(const Problem *problem, const PricingPrices *prices, int64_t *sum);

/* *sum += a x b; false: too large to say. */
static inline bool pricing_add(int64_t *sum, int64_t a, int64_t b)
{
    int64_t product;
    return !__builtin_mul_overflow(a, b, &product) && !__builtin_add_overflow(*sum, product, sum);
}

/* A price as a multiple of 1 / unit, rounded, within 0 .. limit. */
static inline int64_t pricing_fixed(double price, double unit, int64_t limit)
{
    double fixed = price * unit + 0.5;
    return fixed >= (double)limit ? limit : fixed > 0 ? (int64_t)fixed : 0;
}

/* Within these a session's value cannot overflow: the price of a cent (w_cost, class_price, rac_price), w_points, and
 * the price of a day. */
typedef struct {
    int64_t cent, point, day;
} PricingRange;
PricingRange pricing_range(const Problem *problem);

/* What limits a session beyond the problem itself; all pointers may be NULL: no limit. With limited money (room and
 * rac_room, both or none) sessions are good at best, not proven best. */
typedef struct {
    int32_t worse;  /* > 0: a good session will do, sizes are tried from the largest down until so many are no better */
    int32_t also_q; /* with `worse`: one more size to try, or 0 */
    const int32_t
        *left; /* by besoin: learners that may still be seated beside those promised to fixed sessions; NULL: all */
    const bool *among;               /* by besoin: may sit at all; NULL: any */
    int32_t stride, phase;           /* only every stride-th start from phase on is looked at; stride 0: all */
    int32_t also;                    /* with a stride: one more start to look at, or MODEL_NONE */
    int32_t link_stride, link_phase; /* likewise of the links */
    const int64_t *room;             /* by class: cents that may still be charged */
    const int64_t *rac_room;         /* by SIAE: cents of reste à charge left to it */
    const int64_t *bonus;       /* by link of the slot priced: value of a seat beyond the prices'; may be negative */
    const int64_t *start_bonus; /* by start of the slot priced: the same of a session */
    const int64_t *size_bonus;  /* by group size, from 0: the same of a session */
    /* Learners of a SIAE that may still be absent on every training day of a start. */
    int32_t (*absents)(const void *context, int32_t siae, const ProblemSlot *slot, int32_t start);
    /* False when the start is impossible for the slot (besoin < 0), or for a besoin with stagiaire. */
    bool (*allows)(const void *context, const ProblemSlot *slot, int32_t start, int32_t besoin);
    const void *context;
} PricingLimits;

typedef struct {
    int64_t value;   /* as defined above, y apart */
    int64_t reduced; /* value less y */
    int32_t slot, start, q;
    int32_t n_seats;
    ProblemSeat *seats; /* room for slot->q_max: ascending link, then montage */
} PricingSession;

/* Scratch memory of one thread, reused over calls. */
typedef struct Pricing Pricing;
Pricing *pricing_new(const Problem *problem);
void pricing_free(Pricing *pricing);

/* Work done since pricing_new(): seats valued and looked at. A measure of time that is the same on every machine. */
int64_t pricing_work(const Pricing *pricing);

/* The session of the slot with the largest reduced value; false when it can hold none. session->seats: room for
 * slot->q_max seats. Equal values: the earliest season, then the smallest Q, then the earliest start. */
bool pricing_best(Pricing *pricing, const PricingPrices *prices, const PricingLimits *limits, int32_t slot,
                  PricingSession *session);

#endif
