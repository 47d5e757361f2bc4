/* Seats in order of value: see pricing_rank.h. */
#include "plan/pricing_rank.h"

#include <string.h>

/* Links of a slot, each once for every montage of its profile. */
static int32_t count_choices(const Problem *p, const ProblemSlot *slot)
{
    int32_t n = 0;
    for (int32_t i = 0; i < slot->n_links; i++)
        n += p->profiles[slot->links[i].profile].n;
    return n;
}

void pricing_rank_init(PricingRank *rank, const Problem *problem)
{
    int32_t starts = 0, links = 0, choices = 0, n_siae = problem->model->n_siae;
    for (int32_t i = 0; i < problem->n_slots; i++) {
        starts = MAX(starts, problem->slots[i].n_starts);
        links = MAX(links, problem->slots[i].n_links);
        choices = MAX(choices, count_choices(problem, &problem->slots[i]));
    }
    *rank = (PricingRank){.problem = problem, .n_asked = (gsize)starts * (gsize)n_siae + 1};
    rank->choices = g_new0(PricingRanked, choices + 1);
    rank->of = g_new0(ProblemSlice, links + 1);
    rank->seats = g_new0(PricingRanked, links + 1);
    rank->order = g_new0(PricingRanked, choices + 1);
    rank->later = g_new0(PricingRanked, choices + 1);
    rank->least_rac = g_new(int64_t, n_siae + 1);
    rank->absence = g_new(int64_t, rank->n_asked);
    rank->asked = g_new0(uint32_t, rank->n_asked);
}

void pricing_rank_clear(PricingRank *rank)
{
    g_free(rank->choices);
    g_free(rank->of);
    g_free(rank->seats);
    g_free(rank->order);
    g_free(rank->later);
    g_free(rank->least_rac);
    g_free(rank->absence);
    g_free(rank->asked);
}

void pricing_rank_begin(PricingRank *rank)
{
    if (++rank->call == 0) { /* the marks begin anew */
        memset(rank->asked, 0, rank->n_asked * sizeof *rank->asked);
        rank->call = 1;
    }
}

static bool is_before(const PricingRanked *x, const PricingRanked *y)
{
    if (x->value != y->value)
        return x->value > y->value;
    return x->link != y->link ? x->link < y->link : x->option < y->option;
}

static void sift_down(PricingRanked *heap, int32_t n, int32_t at)
{
    PricingRanked seat = heap[at];
    for (int32_t child; (child = 2 * at + 1) < n; at = child) {
        child += child + 1 < n && is_before(&heap[child + 1], &heap[child]);
        if (!is_before(&heap[child], &seat))
            break;
        heap[at] = heap[child];
    }
    heap[at] = seat;
}

static void push_later(PricingRank *rank, const PricingRanked *seat)
{
    int32_t at = rank->n_later++;
    for (int32_t parent; at > 0 && is_before(seat, &rank->later[parent = (at - 1) / 2]); at = parent)
        rank->later[at] = rank->later[parent];
    rank->later[at] = *seat;
}

static void pop_later(PricingRank *rank)
{
    rank->order[rank->n_order++] = rank->later[0];
    rank->later[0] = rank->later[--rank->n_later];
    if (rank->n_later > 0)
        sift_down(rank->later, rank->n_later, 0);
}

const PricingRanked *pricing_rank_best(PricingRank *rank, int32_t i)
{
    while (rank->n_seats - rank->n_heap <= i) {
        PricingRanked best = rank->seats[0];
        rank->seats[0] = rank->seats[--rank->n_heap];
        sift_down(rank->seats, rank->n_heap, 0);
        rank->seats[rank->n_heap] = best;
        rank->done += 2;
    }
    return &rank->seats[rank->n_seats - 1 - i];
}

void pricing_rank_size(PricingRank *rank, const PricingGroup *group, const int32_t *active, int32_t n_active)
{
    const Problem *p = rank->problem;
    const PricingPrices *prices = group->prices;
    const PricingLimits *limits = group->limits;
    const ProblemSlot *slot = group->slot;
    int32_t n = 0, n_choices = 0;
    for (int32_t i = 0; i < n_active; i++)
        rank->least_rac[slot->links[active[i]].siae] = INT64_MAX;
    for (int32_t i = 0; i < n_active; i++) {
        const ProblemLink *link = &slot->links[active[i]];
        const ProblemProfile *profile = &p->profiles[link->profile];
        int64_t *least_rac = &rank->least_rac[link->siae];
        int64_t worth = prices->w_points * p->points[link->besoin] - prices->w_cost * link->annexe -
                        prices->y[link->besoin] + pricing_steps_most(&prices->steps, link->besoin);
        worth += limits->bonus != NULL ? limits->bonus[active[i]] : 0;
        ProblemSlice *of = &rank->of[active[i]];
        PricingRanked best = {.value = PRICING_IMPOSSIBLE};
        of->first = n_choices;
        for (int32_t k = 0, extra = link->extra; k < profile->n;
             extra += p->financements[profile->montages[k]].n, k++) {
            int64_t value = pricing_seat_value(group, link, profile->montages[k], extra, least_rac);
            if (value == PRICING_IMPOSSIBLE)
                continue;
            PricingRanked seat = {worth + value, active[i], k, extra, false};
            if (group->limited)
                rank->choices[n_choices++] = seat;
            if (seat.value > best.value)
                best = seat;
        }
        of->n = n_choices - of->first;
        if (best.value > PRICING_IMPOSSIBLE)
            rank->seats[n++] = best;
    }
    rank->done += 4 * (group->limited ? n_choices : n);
    rank->n_seats = rank->n_heap = n;
    for (int32_t i = n / 2; i > 0; i--)
        sift_down(rank->seats, n, i - 1);
}

static int64_t absence_of(PricingRank *rank, const PricingPrices *prices, int32_t siae, const ProblemSlot *slot,
                          int32_t start)
{
    gsize at = (gsize)start * (gsize)rank->problem->model->n_siae + (gsize)siae;
    if (rank->asked[at] != rank->call) {
        rank->asked[at] = rank->call;
        rank->absence[at] = pricing_days_value(rank->problem, &prices->absences, siae, &slot->starts[start]);
    }
    return rank->absence[at];
}

int64_t pricing_rank_off(PricingRank *rank, const PricingPrices *prices, const ProblemSlot *slot, int32_t link,
                         int32_t start)
{
    const Problem *p = rank->problem;
    int32_t besoin = slot->links[link].besoin;
    int64_t off = 0;
    if (prices->absences.n > 0)
        off = absence_of(rank, prices, slot->links[link].siae, slot, start);
    if (p->stagiaire[besoin] == MODEL_NONE)
        return off;
    const ProblemStart *at = &slot->starts[start];
    return off + pricing_days_value(p, &prices->stagiaires, p->stagiaire[besoin], at) +
           pricing_steps_off(&prices->steps, besoin, at);
}

void pricing_rank_begin_start(PricingRank *rank)
{
    rank->n_read = rank->n_later = rank->n_order = 0;
}

const PricingRanked *pricing_rank_open(PricingRank *rank, const PricingPrices *prices, const ProblemSlot *slot,
                                       int32_t start, int32_t i)
{
    while (rank->n_order <= i) {
        const PricingRanked *next = rank->n_read < rank->n_seats ? pricing_rank_best(rank, rank->n_read) : NULL;
        if (next == NULL && rank->n_later == 0)
            return NULL;
        if (next == NULL || (rank->n_later > 0 && is_before(&rank->later[0], next))) {
            pop_later(rank);
            continue;
        }
        rank->n_read++;
        rank->done++;
        if (!problem_open(slot, next->link, start))
            continue;
        PricingRanked seat = *next;
        seat.value -= pricing_rank_off(rank, prices, slot, seat.link, start);
        push_later(rank, &seat);
    }
    return &rank->order[i];
}

void pricing_rank_follow(PricingRank *rank, const PricingPrices *prices, const ProblemSlot *slot, int32_t start,
                         int32_t i)
{
    PricingRanked *seat = &rank->order[i];
    if (seat->followed)
        return;
    seat->followed = true;
    PricingRanked next = *seat;
    int64_t off = pricing_rank_off(rank, prices, slot, seat->link, start);
    bool any = false;
    for (int32_t k = 0; k < rank->of[seat->link].n; k++) {
        PricingRanked choice = rank->choices[rank->of[seat->link].first + k];
        choice.value -= off;
        if (is_before(seat, &choice) && (!any || is_before(&choice, &next))) {
            next = choice;
            any = true;
        }
    }
    if (!any)
        return;
    int32_t at = rank->n_order;
    if (is_before(&rank->order[at - 1], &next)) {
        push_later(rank, &next);
        return;
    }
    for (; is_before(&next, &rank->order[at - 1]); at--)
        rank->order[at] = rank->order[at - 1];
    rank->order[at] = next;
    rank->n_order++;
}
