/* Chains of search over a region, and what they do together: two over the whole of a small region, from the best of
 * both again and again; one alone over a larger region; and where few sessions cross a line on its map, one on each
 * side of the line, another each time. Their number, seeds and work never depend on the machine: threads only save
 * time. */
#ifndef PLAN_CHAINS_H
#define PLAN_CHAINS_H

#include "plan/search.h"

typedef struct Chains Chains;

typedef enum {
    CHAINS_TWINS, /* two over the whole region */
    CHAINS_ALONE, /* one */
    CHAINS_SIDES  /* one on each side of a line */
} ChainsWay;

/* stop() (may be NULL) is asked throughout, by several threads at once; pace() (may be NULL), as clock_pace(), keeps
 * the parts of a run to their share of the time. */
Chains *chains_new(const Problem *problem, bool threads, bool (*stop)(void *), double (*pace)(void *user, double done),
                   void *user);
void chains_free(Chains *chains);

/* Lets steps try the whole formation plans that column generation found; see search_set_plans(). */
void chains_set_plans(Chains *chains, const Colgen *colgen);

/* The first plan, so led. */
void chains_construct(Chains *chains, const SearchLead *lead);

/* Tries a plan made from nothing, too. */
void chains_construct_again(Chains *chains, const SearchLead *lead);

/* Searches so led, by simulated annealing from `worst` points of lead->point each down to nothing, for so much work
 * (search_run()) over all chains; no longer once a plan has `enough` points. Ends with exchanges among all sessions,
 * unless its steps are dives. */
void chains_run(Chains *chains, const SearchLead *lead, double worst, int64_t work, int64_t enough);

/* Holds each formation's whole plan first for once (search_probe()): so much work over all. Only twins do. */
void chains_probe(Chains *chains, const SearchLead *lead, int64_t work);

/* What the chains do: settled by chains_construct(), which looks at how the first plan lies on the map; twins are known
 * from the start. */
ChainsWay chains_way(const Chains *chains);

/* The best draft so far. */
const Draft *chains_best(const Chains *chains);

#endif
