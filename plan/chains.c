/* Chains of search: see chains.h. */
#include "plan/chains.h"

#include "config/log.h"
#include "plan/crew.h"
#include "plan/search_exchange.h"
#include "plan/share.h"

/* Chains of search, each with its own seed. */
#define CHAINS 2
/* Times that twins meet in a run and go on from the best of them, and that sides are cut anew. */
#define MEETINGS 4
#define CUTS 32
/* Besoins of the largest region that twins search. */
#define MOST_TWINS 500
/* Sides are worth it when at most one session in so many lies on neither: these cannot be changed meanwhile. */
#define CROSSING 5
/* Cuts looked at to find that out. */
#define TRIED 4

G_STATIC_ASSERT(CHAINS == 2 && CHAINS == SHARE_SIDES);

typedef struct {
    Search *search;
    const Chains *chains;
    int64_t work;
    double from, to;
    ProblemSlice probed; /* formations */
} Chain;

struct Chains {
    const Problem *problem;
    Crew *crew;
    bool (*stop)(void *);
    double (*pace)(void *user, double done);
    void *user;
    double share; /* of the run's time, that the part at hand may use up */
    ChainsWay way;
    Chain chains[CHAINS];
    Shares *shares;
    Draft *best; /* CHAINS_SIDES: of what both held together */
};

Chains *chains_new(const Problem *problem, bool threads, bool (*stop)(void *), double (*pace)(void *user, double done),
                   void *user)
{
    Chains *chains = g_new0(Chains, 1);
    chains->problem = problem;
    chains->crew = crew_new(threads ? CHAINS : 1);
    chains->stop = stop;
    chains->pace = pace;
    chains->user = user;
    chains->way = problem->model->n_besoins <= MOST_TWINS ? CHAINS_TWINS : CHAINS_ALONE;
    for (uint32_t i = 0; i < CHAINS; i++)
        chains->chains[i] = (Chain){.search = search_new(problem, i + 1), .chains = chains};
    chains->shares = share_new(problem);
    chains->best = draft_new(problem);
    return chains;
}

void chains_free(Chains *chains)
{
    if (chains == NULL)
        return;
    for (int32_t i = 0; i < CHAINS; i++)
        search_free(chains->chains[i].search);
    share_free(chains->shares);
    crew_free(chains->crew);
    draft_free(chains->best);
    g_free(chains);
}

ChainsWay chains_way(const Chains *chains)
{
    return chains->way;
}

static int32_t active(const Chains *chains)
{
    return chains->way == CHAINS_ALONE ? 1 : CHAINS;
}

void chains_set_plans(Chains *chains, const Colgen *colgen)
{
    for (int32_t i = 0; i < CHAINS; i++)
        search_set_plans(chains->chains[i].search, colgen);
}

const Draft *chains_best(const Chains *chains)
{
    const Draft *best = chains->way == CHAINS_SIDES ? chains->best : search_best(chains->chains[0].search);
    for (int32_t i = 1; i < CHAINS && chains->way == CHAINS_TWINS; i++)
        if (search_better(search_best(chains->chains[i].search), best))
            best = search_best(chains->chains[i].search);
    return best;
}

/* A job of the crew: every active chain, worker i doing each crew_size()-th from i on. */
typedef struct {
    Chains *chains;
    void (*body)(Chain *chain);
} Job;

static void do_part(void *user, int32_t worker)
{
    Job *job = user;
    for (int32_t i = worker; i < active(job->chains); i += crew_size(job->chains->crew))
        job->body(&job->chains->chains[i]);
}

static void run_all(Chains *chains, void (*body)(Chain *chain))
{
    crew_run(chains->crew, do_part, &(Job){chains, body});
}

/* Twins go on from the best of their drafts. */
static void meet(Chains *chains)
{
    const Draft *best = chains_best(chains);
    for (int32_t i = 0; i < CHAINS; i++)
        if (search_best(chains->chains[i].search) != best)
            search_adopt(chains->chains[i].search, best);
}

/* Each chain works on its side of the region. */
static void part(Chains *chains, int32_t turn)
{
    share_cut(chains->shares, chains->problem, turn);
    for (int32_t i = 0; i < CHAINS; i++)
        search_set_share(chains->chains[i].search, &chains->shares->sides[i], i);
}

/* Both sides go on from what they hold together; the best of it is kept, and gone on from where a fixed session did not
 * fit (draft_halve()). */
static void join(Chains *chains)
{
    Draft *joined = search_join(chains->chains[0].search, chains->chains[1].search);
    if (search_better(joined, chains->best))
        draft_copy(chains->best, joined);
    const Draft *next = joined->fixed_held < chains->best->fixed_held ? chains->best : joined;
    for (int32_t i = 0; i < CHAINS; i++)
        search_restart(chains->chains[i].search, next);
    draft_free(joined);
}

/* Every chain goes on from this draft and knows no better. */
static void restart(Chains *chains, const Draft *draft)
{
    for (int32_t i = 0; i < CHAINS; i++)
        search_restart(chains->chains[i].search, draft);
    draft_copy(chains->best, draft);
}

static void set_lead(Chains *chains, const SearchLead *lead)
{
    for (int32_t i = 0; i < CHAINS; i++)
        search_set_lead(chains->chains[i].search, lead);
}

/* What a point is worth in cents. */
static double cents_of(const SearchLead *lead)
{
    return (double)lead->point / (double)MAX(lead->prices->w_cost, 1);
}

/* Few of the plan's sessions lie on neither side of the cuts looked at. */
static bool cuts_well(Chains *chains, const Draft *plan)
{
    int32_t crossing = 0, held = 0;
    for (int32_t turn = 0; turn < TRIED; turn++) {
        share_cut(chains->shares, chains->problem, turn);
        for (int32_t place = 0; place < (int32_t)plan->sessions->len; place++) {
            const DraftSession *s = draft_session(plan, place);
            if (s->slot == MODEL_NONE)
                continue;
            held++;
            crossing += share_side(chains->shares, chains->problem, s->slot, s->seats, s->n_seats) == MODEL_NONE;
        }
    }
    return crossing * CROSSING <= held;
}

void chains_construct(Chains *chains, const SearchLead *lead)
{
    set_lead(chains, lead);
    for (int32_t i = 0; i < active(chains); i++)
        search_construct(chains->chains[i].search, chains->stop, chains->user);
    const Draft *first = search_best(chains->chains[0].search);
    if (chains->way == CHAINS_TWINS || !cuts_well(chains, first))
        return;
    restart(chains, first);
    chains->way = CHAINS_SIDES;
}

void chains_construct_again(Chains *chains, const SearchLead *lead)
{
    Search *search = chains->chains[0].search;
    Draft *best = draft_new(chains->problem), *empty = draft_new(chains->problem);
    draft_copy(best, chains_best(chains));
    set_lead(chains, lead);
    search_restart(search, empty);
    search_construct(search, chains->stop, chains->user);
    if (search_better(search_best(search), best))
        draft_copy(best, search_best(search));
    restart(chains, best);
    draft_free(best);
    draft_free(empty);
}

/* Exchanges learners between all sessions of the best draft; every chain goes on from there. */
static void exchange_all(Chains *chains)
{
    Search *search = chains->chains[0].search;
    search_restart(search, chains_best(chains));
    search_exchange_all(search, chains->stop, chains->user);
    restart(chains, search_best(search));
}

/* The part at hand must end: so that the later ones, which lose less, have their time. */
static bool is_late(void *user)
{
    const Chains *chains = ((const Chain *)user)->chains;
    return (chains->stop != NULL && chains->stop(chains->user)) ||
           (chains->pace != NULL && chains->pace(chains->user, chains->share) > chains->share);
}

static void run_one(Chain *chain)
{
    search_run(chain->search, chain->work, chain->from, chain->to, is_late, chain);
}

void chains_run(Chains *chains, const SearchLead *lead, double worst, int64_t work, int64_t enough)
{
    double cents = cents_of(lead);
    set_lead(chains, lead);
    int32_t parts = chains->way == CHAINS_TWINS ? MEETINGS : CUTS;
    for (int32_t done = 0; done < parts && chains_best(chains)->points < enough; done++) {
        if (chains->stop != NULL && chains->stop(chains->user))
            break;
        chains->share = (done + 1) / (double)parts;
        if (chains->way == CHAINS_SIDES)
            part(chains, done);
        for (int32_t i = 0; i < CHAINS; i++) {
            chains->chains[i].work = work / parts / active(chains);
            chains->chains[i].from = worst * cents * (parts - done) / parts;
            chains->chains[i].to = worst * cents * (parts - done - 1) / parts;
        }
        run_all(chains, run_one);
        if (chains->way == CHAINS_TWINS)
            meet(chains);
        else if (chains->way == CHAINS_SIDES)
            join(chains);
        const Draft *best = chains_best(chains);
        log_progress("plan: %" G_GINT64_FORMAT " points, %.2f €", best->points, (double)(best->cost + best->rac) / 100);
    }
    if (lead->dived == 0) /* dives go on from where that was done, and exchange learners themselves */
        exchange_all(chains);
}

static void probe_some(Chain *chain)
{
    for (int32_t i = 0; i < chain->probed.n; i++)
        search_probe(chain->search, chain->probed.first + i, chain->work / chain->probed.n, chain->from,
                     chain->chains->stop, chain->chains->user);
}

void chains_probe(Chains *chains, const SearchLead *lead, int64_t work)
{
    g_assert(chains->way == CHAINS_TWINS);
    int32_t n = chains->problem->model->n_formations;
    set_lead(chains, lead);
    for (int32_t i = 0; i < CHAINS; i++) {
        chains->chains[i].probed = (ProblemSlice){n * i / CHAINS, n * (i + 1) / CHAINS - n * i / CHAINS};
        chains->chains[i].work = work / CHAINS;
        chains->chains[i].from = cents_of(lead);
    }
    run_all(chains, probe_some);
    meet(chains);
}
