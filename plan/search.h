/* The search for integer plans: large neighbourhood search over sessions, led by the prices of column generation.
 *
 * Each step takes a few related sessions out of the draft (ruin) and builds sessions again one by one, best reduced
 * value first (recreate; Schrimpf et al. 2000, Pisinger and Ropke 2007), keeping worse drafts
 * by simulated annealing; or it puts in a whole formation plan; or holds a session first and makes room for it
 * (ejection). Every draft is exact and valid, so the search may be stopped at any step.
 */
#ifndef PLAN_SEARCH_H
#define PLAN_SEARCH_H

#include "plan/colgen.h"
#include "plan/draft.h"

typedef struct Search Search;

/* An empty draft and a deterministic generator. */
Search *search_new(const Problem *problem, uint32_t seed);
void search_free(Search *search);

/* Prices that lead the search from now on (copied): w_points and w_cost set the trade of points against cents. point:
 * what a point is worth where the other prices come from; w_points may be more, so that points come first. */
void search_set_prices(Search *search, const PricingPrices *prices, int64_t point);

/* Builds sessions wherever they are worth it: the first plan. stop() (may be NULL) is asked at each session. */
void search_construct(Search *search, bool (*stop)(void *), void *user);

/* Lets steps try the whole formation plans that column generation found (may be NULL: none); read, never changed. */
void search_set_plans(Search *search, const Colgen *colgen);

/* Lets steps change sessions of these formations only (by formation, borrowed; NULL: of all): searches with shares that
 * do not meet can work side by side and their drafts be merged (search_merge). */
void search_set_share(Search *search, const bool *formations);

/* Runs steps until `work` more units of pricing work are done; what may be lost goes from `from` to `to` (cents of
 * score) meanwhile. stop() (may be NULL) is asked at each session. False when it said so. */
bool search_run(Search *search, int64_t work, double from, double to, bool (*stop)(void *), void *user);

/* Tries what the region is worth with the whole plan of a formation that has most points, of those that column
 * generation found: holds it first, takes out what is in its way, and searches around it (half of `work`), then freely
 * (the other half), both from `worst` down. Goes on from the best draft. A session that only pays once much else has
 * moved is not found by single steps. search_set_plans() comes before; no share is set. False: stop() said so. */
bool search_probe(Search *search, int32_t formation, int64_t work, double worst, bool (*stop)(void *), void *user);

/* The best draft so far: most points, then least cost + reste à charge, all fixed sessions held if ever they were. */
const Draft *search_best(const Search *search);

/* Goes on from a draft (copied), which also becomes the best if it is better. */
void search_adopt(Search *search, const Draft *draft);

/* Both best drafts in one: b's sessions of b's share, a's others, as far as the rules allow. A new draft; the caller
 * frees it. */
Draft *search_merge(const Search *a, const Search *b);

/* True when a is better than b: more fixed sessions held, more points, then less weighted cost. */
bool search_better(const Draft *a, const Draft *b);

#endif
