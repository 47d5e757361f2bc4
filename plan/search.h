/* The search for integer plans: large neighbourhood search over sessions, led by the prices of column generation.
 *
 * Each step takes a few related sessions out of the draft (ruin) and builds sessions again one by one, best reduced
 * value first (recreate; Schrimpf et al. 2000, Pisinger and Ropke 2007), keeping worse drafts by simulated annealing;
 * or it puts in a whole formation plan; or holds a session first and makes room for it (ejection); or it chooses some
 * sessions together by column generation (dive). Now and then learners change places between sessions. Every draft is
 * exact and valid, so the search may be stopped at any step.
 */
#ifndef PLAN_SEARCH_H
#define PLAN_SEARCH_H

#include "plan/colgen.h"
#include "plan/draft.h"
#include "plan/share.h"

typedef struct Search Search;

/* An empty draft and a deterministic generator. */
Search *search_new(const Problem *problem, uint32_t seed);
void search_free(Search *search);

/* What leads a search. */
typedef struct {
    const PricingPrices *prices; /* w_points and w_cost set the trade of points against cents */
    int64_t point;     /* what a point is worth where the other prices come from; w_points may be more, so that points
                          come first */
    int32_t exchanged; /* one step in so many exchanges learners between sessions */
    int32_t dived;     /* one step in so many chooses some sessions near a learner by column generation; 0: none */
} SearchLead;

/* Leads the search from now on (copied). */
void search_set_lead(Search *search, const SearchLead *lead);

/* Builds sessions wherever they are worth it: the first plan. stop() (may be NULL) is asked at each session. */
void search_construct(Search *search, bool (*stop)(void *), void *user);

/* Lets steps try the whole formation plans that column generation found (may be NULL: none); read, never changed. */
void search_set_plans(Search *search, const Colgen *colgen);

/* Lets steps change only what the share (borrowed) says, and use no more than one half (0 or 1) of what enveloppes and
 * organismes leave: two searches from the same draft, on a side of the region each, then work beside one another and
 * what they find fits together, save rarely (draft_halve(), search_join()). */
void search_set_share(Search *search, const Share *share, int32_t half);

/* Runs steps until `work` more is done (seats valued, as in pricing_work(), what exchanges look at, dives' masters);
 * what may be lost goes from `from` to `to` (cents of score) meanwhile. stop() (may be NULL) is asked at each session.
 * False when it said so. */
bool search_run(Search *search, int64_t work, double from, double to, bool (*stop)(void *), void *user);

/* Tries what the region is worth with the last whole plan of a formation that column generation found: holds it first,
 * takes out what is in its way, and searches around it (half of `work`), then freely (the other half), both from
 * `worst` down. Goes on from the best draft. A session that only pays once much else has moved is not found by single
 * steps. search_set_plans() comes before; no share is set. False: stop() said so. */
bool search_probe(Search *search, int32_t formation, int64_t work, double worst, bool (*stop)(void *), void *user);

/* The best draft so far: most points, then least cost + reste à charge, all fixed sessions held if ever they were. */
const Draft *search_best(const Search *search);

/* Goes on from a draft (copied), which also becomes the best if it is better. */
void search_adopt(Search *search, const Draft *draft);

/* The same, forgetting what was best before, and any share. */
void search_restart(Search *search, const Draft *draft);

/* What two searches with a share each hold now, in one draft: b's sessions of its share and a's others, where the whole
 * region's limits hold, as far as the rules allow. A new draft; the caller frees it. */
Draft *search_join(const Search *a, const Search *b);

/* True when a is better than b: more fixed sessions held, more points, then less weighted cost. */
bool search_better(const Draft *a, const Draft *b);

#endif
