/* Exact pricing of sessions: see pricing.h. */
#include "plan/pricing_rank.h"

/* What a start costs in pricing_work(), beside its seats. */
#define START_WORK 16

struct Pricing {
    const Problem *problem;
    PricingRank rank;
    int32_t *active; /* links that may be seated at all */
    int32_t *taken;  /* by link: learners seated in the session at hand */
    int32_t *siae_taken, *stagiaire_taken;
    int32_t *siae_cap; /* by SIAE: absents allowed at the start at hand, -1 = not yet asked */
    GArray *touched;   /* SIAE whose siae_cap was asked */
    int32_t *levels;   /* distinct min_siae of the active links */
    ProblemSeat *work; /* the session being filled */
    int32_t n_work;
    int64_t *spent;    /* by class: cents the session at hand charges (only where room is limited) */
    int64_t *siae_rac; /* by SIAE: reste à charge of the session at hand (only where rac_room is limited) */
    GArray *spent_at;  /* classes with spent > 0 */
};

int64_t pricing_work(const Pricing *pricing)
{
    return pricing->rank.done;
}

Pricing *pricing_new(const Problem *problem)
{
    const Model *m = problem->model;
    int32_t links = 0, seats = 0;
    for (int32_t i = 0; i < problem->n_slots; i++) {
        links = MAX(links, problem->slots[i].n_links);
        seats = MAX(seats, problem->slots[i].q_max);
    }
    Pricing *pricing = g_new0(Pricing, 1);
    pricing->problem = problem;
    pricing_rank_init(&pricing->rank, problem);
    pricing->active = g_new0(int32_t, links + 1);
    pricing->taken = g_new0(int32_t, links + 1);
    pricing->siae_taken = g_new0(int32_t, m->n_siae + 1);
    pricing->siae_cap = g_new0(int32_t, m->n_siae + 1);
    pricing->stagiaire_taken = g_new0(int32_t, problem->n_stagiaires + 1);
    pricing->touched = g_array_new(FALSE, FALSE, sizeof(int32_t));
    pricing->levels = g_new0(int32_t, m->n_axes + 1);
    pricing->work = g_new0(ProblemSeat, seats + 1);
    pricing->spent = g_new0(int64_t, problem->n_classes + 1);
    pricing->siae_rac = g_new0(int64_t, m->n_siae + 1);
    pricing->spent_at = g_array_new(FALSE, FALSE, sizeof(int32_t));
    for (int32_t i = 0; i < m->n_siae; i++)
        pricing->siae_cap[i] = -1;
    return pricing;
}

void pricing_free(Pricing *pricing)
{
    if (pricing == NULL)
        return;
    pricing_rank_clear(&pricing->rank);
    g_free(pricing->active);
    g_free(pricing->taken);
    g_free(pricing->siae_taken);
    g_free(pricing->siae_cap);
    g_free(pricing->stagiaire_taken);
    g_array_free(pricing->touched, TRUE);
    g_free(pricing->levels);
    g_free(pricing->work);
    g_free(pricing->spent);
    g_free(pricing->siae_rac);
    g_array_free(pricing->spent_at, TRUE);
    g_free(pricing);
}

static int32_t left_of(const Problem *p, const PricingLimits *limits, int32_t besoin)
{
    return limits->left != NULL ? limits->left[besoin] : p->model->besoins[besoin].effectif - p->promised[besoin];
}

static int32_t cap_of_siae(Pricing *pricing, const PricingLimits *limits, const ProblemSlot *slot, int32_t start,
                           int32_t siae)
{
    int32_t *cap = &pricing->siae_cap[siae];
    if (*cap >= 0)
        return *cap;
    int32_t most = pricing->problem->model->siae[siae].absents_max;
    *cap = limits->absents != NULL ? limits->absents(limits->context, siae, slot, start)
           : most != MODEL_NONE    ? most
                                   : G_MAXINT32;
    int64_t rac = pricing->problem->model->siae[siae].reste_a_charge_max, least = pricing->rank.least_rac[siae];
    if (rac != MODEL_NONE && least > 0 && least < INT64_MAX && rac / least < *cap)
        *cap = (int32_t)(rac / least);
    g_array_append_val(pricing->touched, siae);
    return *cap;
}

/* How many of n learners the session at hand can still pay for. */
static int32_t affordable(const Pricing *pricing, const PricingGroup *group, const PricingRanked *seat, int32_t n)
{
    const Problem *p = pricing->problem;
    const PricingLimits *limits = group->limits;
    const ProblemLink *link = &group->slot->links[seat->link];
    int32_t montage = p->profiles[link->profile].montages[seat->option];
    ProblemSlice f = p->financements[montage];
    const int64_t *peds;
    int64_t rac = pricing_seat_dear_rac(group, link, montage, seat->extra, &peds), most = n;
    if (rac > 0)
        most = MIN(most, (limits->rac_room[link->siae] - pricing->siae_rac[link->siae]) / rac);
    for (int32_t i = 0; i < f.n && most > 0; i++) {
        int64_t paid = peds[i] + p->extras[seat->extra + i];
        int32_t class = problem_class(p, group->season, problem_fund(p, link->siae, f.first + i), link->axe);
        if (paid > 0 && class != MODEL_NONE)
            most = MIN(most, (limits->room[class] - pricing->spent[class]) / paid);
    }
    return (int32_t)MAX(most, 0);
}

static void spend(Pricing *pricing, const PricingGroup *group, const PricingRanked *seat, int32_t n)
{
    const Problem *p = pricing->problem;
    const ProblemLink *link = &group->slot->links[seat->link];
    int32_t montage = p->profiles[link->profile].montages[seat->option];
    ProblemSlice f = p->financements[montage];
    const int64_t *peds;
    pricing->siae_rac[link->siae] += n * pricing_seat_dear_rac(group, link, montage, seat->extra, &peds);
    for (int32_t i = 0; i < f.n; i++) {
        int64_t paid = peds[i] + p->extras[seat->extra + i];
        int32_t class = problem_class(p, group->season, problem_fund(p, link->siae, f.first + i), link->axe);
        if (paid == 0 || class == MODEL_NONE)
            continue;
        if (pricing->spent[class] == 0)
            g_array_append_val(pricing->spent_at, class);
        pricing->spent[class] += n * paid;
    }
}

static void take(Pricing *pricing, const ProblemSlot *slot, int32_t link, int32_t montage, int32_t n)
{
    const Problem *p = pricing->problem;
    int32_t besoin = slot->links[link].besoin;
    pricing->taken[link] += n;
    pricing->siae_taken[slot->links[link].siae] += n;
    if (p->stagiaire[besoin] != MODEL_NONE)
        pricing->stagiaire_taken[p->stagiaire[besoin]] += n;
    pricing->work[pricing->n_work++] = (ProblemSeat){link, montage, n};
}

static void release(Pricing *pricing, const ProblemSlot *slot)
{
    const Problem *p = pricing->problem;
    for (int32_t i = 0; i < pricing->n_work; i++) {
        const ProblemLink *link = &slot->links[pricing->work[i].link];
        pricing->taken[pricing->work[i].link] = 0;
        pricing->siae_taken[link->siae] = 0;
        pricing->siae_rac[link->siae] = 0;
        if (p->stagiaire[link->besoin] != MODEL_NONE)
            pricing->stagiaire_taken[p->stagiaire[link->besoin]] = 0;
    }
    for (guint i = 0; i < pricing->spent_at->len; i++)
        pricing->spent[g_array_index(pricing->spent_at, int32_t, i)] = 0;
    g_array_set_size(pricing->spent_at, 0);
    pricing->n_work = 0;
}

/* What a session at hand is filled for. */
typedef struct {
    const PricingGroup *group;
    int32_t start, level;
} Filling;

/* Seats of the i-th ranked link that may still be taken, at most `most`. */
static int32_t free_seats(Pricing *pricing, const Filling *filling, int32_t i, const PricingRanked *seat, int32_t most)
{
    const Problem *p = pricing->problem;
    const PricingLimits *limits = filling->group->limits;
    const ProblemSlot *slot = filling->group->slot;
    const ProblemLink *link = &slot->links[seat->link];
    int32_t besoin = link->besoin, siae = link->siae, id = p->stagiaire[besoin];
    if (p->model->axes[link->axe].min_siae > filling->level)
        return 0;
    int32_t n = MIN(most, left_of(p, limits, besoin) - pricing->taken[seat->link]);
    if (n > 0 && id != MODEL_NONE && pricing->stagiaire_taken[id] > 0)
        return 0;
    if (n > 0)
        n = MIN(n, cap_of_siae(pricing, limits, slot, filling->start, siae) - pricing->siae_taken[siae]);
    if (n > 0 && id != MODEL_NONE && limits->allows != NULL &&
        !limits->allows(limits->context, slot, filling->start, besoin))
        return 0;
    if (n <= 0 || !filling->group->limited)
        return n;
    int32_t paid = affordable(pricing, filling->group, seat, n);
    if (paid < n)
        pricing_rank_follow(&pricing->rank, filling->group->prices, slot, filling->start, i);
    return paid;
}

static void seat_learners(Pricing *pricing, const Filling *filling, const PricingRanked *seat, int32_t n)
{
    const ProblemProfile *profile = &pricing->problem->profiles[filling->group->slot->links[seat->link].profile];
    take(pricing, filling->group->slot, seat->link, profile->montages[seat->option], n);
    if (filling->group->limited)
        spend(pricing, filling->group, seat, n);
}

/* Position of a montage in a link's profile, and its extras. */
static int32_t option_of(const Problem *p, const ProblemLink *link, int32_t montage, int32_t *extra)
{
    const ProblemProfile *profile = &p->profiles[link->profile];
    int32_t k = 0;
    *extra = link->extra;
    while (profile->montages[k] != montage)
        *extra += p->financements[profile->montages[k++]].n;
    return k;
}

static const PricingRanked *next_seat(Pricing *pricing, const Filling *filling, int32_t i)
{
    return pricing_rank_open(&pricing->rank, filling->group->prices, filling->group->slot, filling->start, i);
}

/* Fills the start with up to q learners from the seats in order, and says how many; less than q: it cannot hold q.
 * *value: the sum of the ranked ones' values. */
static int32_t fill(Pricing *pricing, const Filling *filling, int64_t *value)
{
    const ProblemSlot *slot = filling->group->slot;
    const PricingRanked *seat;
    int32_t q = filling->group->q, seated = 0, siae = 0;
    *value = 0;
    for (int32_t i = 0; i < slot->n_forced; i++) {
        const ProblemSeat *forced = &slot->forced[i];
        PricingRanked held = {.link = forced->link};
        held.option = option_of(pricing->problem, &slot->links[forced->link], forced->montage, &held.extra);
        siae += pricing->siae_taken[slot->links[forced->link].siae] == 0;
        seat_learners(pricing, filling, &held, forced->effectif);
        pricing->taken[forced->link] = 0; /* promised: not of those that are left */
        seated += forced->effectif;
    }
    for (int32_t i = 0; siae < filling->level && seated < q && (seat = next_seat(pricing, filling, i)) != NULL; i++) {
        if (pricing->siae_taken[slot->links[seat->link].siae] > 0 || free_seats(pricing, filling, i, seat, 1) < 1)
            continue;
        seat_learners(pricing, filling, seat, 1);
        *value += seat->value;
        seated++;
        siae++;
    }
    if (siae < filling->level)
        return 0;
    for (int32_t i = 0; seated < q && (seat = next_seat(pricing, filling, i)) != NULL; i++) {
        int32_t some = free_seats(pricing, filling, i, seat, q - seated);
        if (some < 1)
            continue;
        seat_learners(pricing, filling, seat, some);
        *value += some * seat->value;
        seated += some;
    }
    return seated;
}

static int compare_work(const void *a, const void *b)
{
    const ProblemSeat *x = a, *y = b;
    if (x->link != y->link)
        return x->link < y->link ? -1 : 1;
    return (x->montage > y->montage) - (x->montage < y->montage);
}

/* The filled session as seats under montages, merged and in order. */
static void write_session(Pricing *pricing, const PricingPrices *prices, const ProblemSlot *slot,
                          PricingSession *session)
{
    int32_t n = 0;
    session->value = session->reduced;
    for (int32_t i = 0; i < pricing->n_work; i++) {
        session->value += prices->y[slot->links[pricing->work[i].link].besoin] * pricing->work[i].effectif;
        session->seats[n++] = pricing->work[i];
    }
    qsort(session->seats, (size_t)n, sizeof(ProblemSeat), compare_work);
    session->n_seats = 0;
    for (int32_t i = 0; i < n; i++) {
        ProblemSeat *last = session->n_seats == 0 ? NULL : &session->seats[session->n_seats - 1];
        if (last != NULL && compare_work(last, &session->seats[i]) == 0)
            last->effectif += session->seats[i].effectif;
        else
            session->seats[session->n_seats++] = session->seats[i];
    }
}

static void ask_again(Pricing *pricing)
{
    for (guint i = 0; i < pricing->touched->len; i++)
        pricing->siae_cap[g_array_index(pricing->touched, int32_t, i)] = -1;
    g_array_set_size(pricing->touched, 0);
}

/* What forced learners are worth at group size q, less y; PRICING_IMPOSSIBLE when their montage cannot be paid. After
 * pricing_rank_size(): their reste à charge counts among the least of their SIAE. */
static int64_t forced_value(Pricing *pricing, const PricingGroup *group)
{
    const Problem *p = pricing->problem;
    const PricingPrices *prices = group->prices;
    const PricingLimits *limits = group->limits;
    const ProblemSlot *slot = group->slot;
    int64_t value = 0;
    for (int32_t i = 0; i < slot->n_forced; i++) {
        const ProblemSeat *seat = &slot->forced[i];
        const ProblemLink *link = &slot->links[seat->link];
        int32_t extra;
        option_of(p, link, seat->montage, &extra);
        int64_t *least_rac = &pricing->rank.least_rac[link->siae];
        int64_t one = pricing_seat_value(group, link, seat->montage, extra, least_rac);
        if (one == PRICING_IMPOSSIBLE)
            return PRICING_IMPOSSIBLE;
        one += prices->w_points * p->points[link->besoin] - prices->w_cost * link->annexe - prices->y[link->besoin];
        one += limits->bonus != NULL ? limits->bonus[seat->link] : 0;
        value += one * seat->effectif;
    }
    return value;
}

/* Distinct min_siae of the active and forced links that a session may answer, ascending; 1 always among them. */
static int32_t list_levels(Pricing *pricing, const ProblemSlot *slot, int32_t n_active)
{
    const Model *m = pricing->problem->model;
    int32_t n = 0, at_least = 1;
    pricing->levels[n++] = 1;
    for (int32_t i = 0; i < n_active + slot->n_forced; i++) {
        int32_t link = i < n_active ? pricing->active[i] : slot->forced[i - n_active].link;
        int32_t level = m->axes[slot->links[link].axe].min_siae, at = 0;
        if (i >= n_active)
            at_least = MAX(at_least, level);
        if (level > slot->q_max)
            continue;
        while (at < n && pricing->levels[at] != level)
            at++;
        if (at == n)
            pricing->levels[n++] = level;
    }
    int32_t kept = 0;
    for (int32_t i = 0; i < n; i++)
        if (pricing->levels[i] >= at_least)
            pricing->levels[kept++] = pricing->levels[i];
    return kept;
}

static int32_t list_active(Pricing *pricing, const PricingLimits *limits, const ProblemSlot *slot, int32_t *learners)
{
    int32_t n = 0;
    *learners = 0;
    for (int32_t i = limits->link_phase; i < slot->n_links; i += MAX(1, limits->link_stride)) {
        int32_t besoin = slot->links[i].besoin, left = left_of(pricing->problem, limits, besoin);
        if (left <= 0 || (limits->among != NULL && !limits->among[besoin]))
            continue;
        pricing->active[n++] = i;
        *learners += left;
    }
    return n;
}

/* What a start costs whoever else sits in it: the organisme's days, the forced learners' absences. */
static int64_t start_price(Pricing *pricing, const PricingPrices *prices, const ProblemSlot *slot, int32_t start)
{
    const Model *m = pricing->problem->model;
    int64_t price = 0;
    if (prices->presences.n > 0)
        price = pricing_days_value(pricing->problem, &prices->presences, m->offres[slot->offre].organisme,
                                   &slot->starts[start]);
    for (int32_t i = 0; i < slot->n_forced; i++) {
        int32_t besoin = slot->links[slot->forced[i].link].besoin;
        price +=
            slot->forced[i].effectif * (pricing_rank_off(&pricing->rank, prices, slot, slot->forced[i].link, start) -
                                        pricing_steps_most(&prices->steps, besoin));
    }
    return price;
}

/* No q learners of the (season, Q) are worth more, at any start; forced ones apart. */
static int64_t most_value(Pricing *pricing, const PricingLimits *limits, const ProblemSlot *slot, int32_t q)
{
    int64_t value = 0;
    for (int32_t i = 0, n = 0; i < pricing->rank.n_seats && n < q; i++) {
        const PricingRanked *seat = pricing_rank_best(&pricing->rank, i);
        int32_t some = MIN(q - n, left_of(pricing->problem, limits, slot->links[seat->link].besoin));
        value += some * seat->value;
        n += some;
    }
    return value;
}

/* A session of the season, of size q, is to replace the best so far. Sizes come from the largest down, which is most
 * often the best and spares the others their starts. */
static bool beats(const ProblemSlot *slot, int32_t season, int32_t q, int64_t value, const PricingSession *best)
{
    if (value != best->reduced)
        return value > best->reduced;
    return q < best->q && slot->starts[best->start].season == season;
}

/* Prices every start of one season at group size q; keeps in best what beats it. Returns the most learners seated at
 * a start; q when none was tried, because none could be better. */
static int32_t price_size(Pricing *pricing, const PricingPrices *prices, const PricingLimits *limits,
                          const ProblemSlot *slot, int32_t season, int32_t q, int32_t n_active, int32_t n_levels,
                          PricingSession *best)
{
    const PricingGroup group = pricing_seat_group(pricing->problem, prices, limits, slot, season, q);
    pricing_rank_size(&pricing->rank, &group, pricing->active, n_active);
    int64_t base = forced_value(pricing, &group);
    if (base == PRICING_IMPOSSIBLE)
        return 0;
    base -= prices->w_cost * problem_pedagogy(pricing->problem, slot->offre, q);
    base += limits->size_bonus != NULL ? limits->size_bonus[q] : 0;
    int32_t forced = 0, most_seated = 0, tried = 0;
    for (int32_t i = 0; i < slot->n_forced; i++)
        forced += slot->forced[i].effectif;
    int64_t most = most_value(pricing, limits, slot, q - forced);
    for (int32_t s = 0; s < slot->n_starts; s++) {
        if (slot->starts[s].season != season ||
            (limits->stride > 0 && s % limits->stride != limits->phase && s != limits->also))
            continue;
        if (limits->allows != NULL && !limits->allows(limits->context, slot, s, -1))
            continue;
        int64_t start_base = base - start_price(pricing, prices, slot, s);
        start_base += limits->start_bonus != NULL ? limits->start_bonus[s] : 0;
        pricing_rank_begin_start(&pricing->rank);
        pricing->rank.done += START_WORK;
        for (int32_t l = 0; l < n_levels && (best->q == 0 || beats(slot, season, q, start_base + most, best)); l++) {
            Filling filling = {&group, s, pricing->levels[l]};
            int64_t value;
            int32_t seated = fill(pricing, &filling, &value);
            tried++;
            most_seated = MAX(most_seated, seated);
            if (seated == q && beats(slot, season, q, start_base + value, best)) {
                best->reduced = start_base + value;
                best->start = s;
                best->q = q;
                write_session(pricing, prices, slot, best);
            }
            release(pricing, slot);
        }
        ask_again(pricing);
    }
    return tried > 0 ? most_seated : q;
}

/* Prices the sizes of one season, from the largest down. Where a good session will do, sizes that nobody fills are
 * skipped, and so are the smaller ones once some were no better, save the one asked for. A fixed session must be held:
 * whatever its size. */
static void price_season(Pricing *pricing, const PricingPrices *prices, const PricingLimits *limits,
                         const ProblemSlot *slot, int32_t season, int32_t n_active, int32_t n_levels, int32_t least,
                         int32_t most, PricingSession *best)
{
    bool any_good = limits->worse > 0 && slot->fixee == MODEL_NONE;
    int32_t worse = 0, q = most;
    for (; q >= least; q--) {
        int64_t before = best->reduced;
        int32_t seated = price_size(pricing, prices, limits, slot, season, q, n_active, n_levels, best);
        if (!any_good)
            continue;
        if (seated < q)
            q = seated + 1;
        else if (best->reduced == before && ++worse == limits->worse)
            break;
    }
    if (limits->also_q >= least && limits->also_q < q)
        price_size(pricing, prices, limits, slot, season, limits->also_q, n_active, n_levels, best);
}

bool pricing_best(Pricing *pricing, const PricingPrices *prices, const PricingLimits *limits, int32_t slot,
                  PricingSession *session)
{
    const ProblemSlot *row = &pricing->problem->slots[slot];
    session->slot = slot;
    session->reduced = session->value = PRICING_IMPOSSIBLE;
    session->q = 0;
    pricing_rank_begin(&pricing->rank);
    int32_t learners, forced = 0;
    int32_t n_active = list_active(pricing, limits, row, &learners);
    for (int32_t i = 0; i < row->n_forced; i++)
        forced += row->forced[i].effectif;
    int32_t n_levels = list_levels(pricing, row, n_active), done = -1;
    /* starts are few and seasons fewer: each season is priced when its first start is met */
    for (int32_t s = 0; s < row->n_starts; s++) {
        int32_t season = row->starts[s].season;
        bool fresh = season != done;
        for (int32_t before = 0; fresh && before < s; before++)
            fresh = row->starts[before].season != season;
        if (!fresh)
            continue;
        done = season;
        price_season(pricing, prices, limits, row, season, n_active, n_levels, MAX(row->q_min, forced),
                     MIN(row->q_max, learners + forced), session);
    }
    return session->q > 0;
}
