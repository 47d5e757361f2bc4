/* Building sessions again in a step of the search: see search_build.h. */
#include "plan/search_build.h"

#include <string.h>

/* Of a formation that a step touches, about so many slots and besoins take part beside those of sessions taken out,
 * about so many starts of a slot, and one in REBUILT of these slots' sessions is built anew: a step stays as short in a
 * large region as in a small one. The first plan looks at about so many links of a slot. */
#define SOME_SLOTS 8
#define SOME_BESOINS 32
#define SOME_STARTS 4
#define SOME_LINKS 128
#define REBUILT 8

void search_build_list(Search *search, int32_t slot)
{
    if (search->listed[slot] || search->problem->slots[slot].capacity <= 0 || !search_state_may_build(search, slot))
        return;
    search->listed[slot] = true;
    search->candidates[slot].priced = false;
    search->candidates[slot].failures = 0;
    search->candidates[slot].before = MODEL_NONE;
    g_array_append_val(search->slots, slot);
}

void search_build_admit_besoin(Search *search, int32_t besoin)
{
    if (search->among[besoin] || !search_state_may_seat(search, besoin))
        return;
    search->among[besoin] = true;
    g_array_append_val(search->besoins, besoin);
    double y = (double)search->prices->y[besoin] * search->all * (0.7 + 0.6 * g_rand_double(search->random));
    y += search->blur * (double)search->problem->points[besoin] * (2 * g_rand_double(search->random) - 1);
    search->lead->y[besoin] = (int64_t)y;
}

void search_build_admit(Search *search, int32_t slot, const ProblemSeat *seats, int32_t n_seats)
{
    for (int32_t i = 0; i < n_seats; i++)
        search_build_admit_besoin(search, search->problem->slots[slot].links[seats[i].link].besoin);
}

int32_t search_build_near(Search *search, int32_t besoin, const int32_t *slots, int32_t n, int32_t tries)
{
    int32_t nearest = 0, least = INT32_MAX;
    for (int32_t i = 0; i < tries; i++) {
        int32_t at = search_state_below(search, n), km = search_state_km(search, besoin, slots[at]);
        if (km < least) {
            nearest = at;
            least = km;
        }
    }
    return nearest;
}

/* Some besoins with learners left that may sit in a slot take part in the step. */
static void admit_left(Search *search, const ProblemSlot *slot)
{
    int32_t n = 0;
    for (int32_t i = 0; i < slot->n_links; i++)
        n += search->draft->left[slot->links[i].besoin] > 0;
    for (int32_t i = 0; i < slot->n_links; i++) {
        int32_t besoin = slot->links[i].besoin;
        if (search->draft->left[besoin] > 0 && (n <= SOME_BESOINS || search_state_below(search, n) < SOME_BESOINS))
            search_build_admit_besoin(search, besoin);
    }
}

void search_build_touch(Search *search, int32_t besoin, int32_t slot)
{
    const Problem *p = search->problem;
    int32_t formation = p->model->besoins[besoin].formation;
    const int32_t *slots = &p->slots_by_besoin[p->besoin_slots[besoin].first];
    int32_t n = p->besoin_slots[besoin].n;
    if (search->touched[formation] || formation == search->kept)
        return;
    search->touched[formation] = true;
    g_array_append_val(search->formations, formation);
    for (int32_t i = 0; i < MIN(n, SOME_SLOTS); i++)
        search_build_list(search,
                          slots[n <= SOME_SLOTS ? i : search_build_near(search, besoin, slots, n, SEARCH_BUILD_NEAR)]);
    if (slot == MODEL_NONE && n == 0)
        return;
    if (slot == MODEL_NONE)
        slot = slots[search_build_near(search, besoin, slots, n, SEARCH_BUILD_NEAR)];
    search_build_list(search, slot);
    admit_left(search, &p->slots[slot]);
}

void search_build_clear(Search *search)
{
    for (guint i = 0; i < search->slots->len; i++)
        search->listed[g_array_index(search->slots, int32_t, i)] = false;
    for (guint i = 0; i < search->formations->len; i++)
        search->touched[g_array_index(search->formations, int32_t, i)] = false;
    for (guint i = 0; i < search->besoins->len; i++)
        search->among[g_array_index(search->besoins, int32_t, i)] = false;
    g_array_set_size(search->slots, 0);
    g_array_set_size(search->formations, 0);
    g_array_set_size(search->besoins, 0);
    g_array_set_size(search->lightened, 0);
}

void search_build_some_starts(Search *search, int32_t slot, int32_t some, PricingLimits *limits)
{
    limits->stride = MAX(1, (search->problem->slots[slot].n_starts + some - 1) / some);
    limits->phase = search_state_below(search, limits->stride);
    limits->also = search->candidates[slot].before;
}

/* Limits a slot's pricing to some of its starts, and to the besoins that take part; where all do, the first plan, to
 * some of its links. */
static void thin(Search *search, int32_t slot, PricingLimits *limits)
{
    search_build_some_starts(search, slot, SOME_STARTS, limits);
    if (search->formations->len > 0) {
        limits->among = search->among;
        return;
    }
    limits->link_stride = MAX(1, (search->problem->slots[slot].n_links + SOME_LINKS - 1) / SOME_LINKS);
    limits->link_phase = search_state_below(search, limits->link_stride);
}

static bool price_candidate(Search *search, const PricingPrices *prices, int32_t slot)
{
    Candidate *c = &search->candidates[slot];
    if (c->priced)
        return c->found;
    PricingLimits limits = draft_limits(search->draft);
    thin(search, slot, &limits);
    c->priced = true;
    c->stale = false;
    c->found = search->draft->held[slot] < search->problem->slots[slot].capacity &&
               pricing_best(search->pricing, prices, &limits, slot, &c->session);
    return c->found;
}

/* The listed slot of the best candidate as far as known, or MODEL_NONE: by reduced value, fixed sessions first if so
 * told; but for these only what is worth more than it costs. */
static int32_t look(Search *search, const PricingPrices *prices, bool fixed_first)
{
    int32_t chosen = MODEL_NONE;
    for (guint i = 0; i < search->slots->len; i++) {
        int32_t slot = g_array_index(search->slots, int32_t, i);
        bool fixed = search->problem->slots[slot].fixee != MODEL_NONE;
        if (search->candidates[slot].failures > 2 || !price_candidate(search, prices, slot))
            continue;
        const PricingSession *s = &search->candidates[slot].session;
        if (fixed && fixed_first)
            return slot;
        if ((fixed || s->value > 0) &&
            (chosen == MODEL_NONE || s->reduced > search->candidates[chosen].session.reduced))
            chosen = slot;
    }
    return chosen;
}

/* The slot to build in next. While sessions are only added values at the same starts only fall, so a stale one is
 * priced again only when it leads (Minoux 1978). */
static int32_t choose(Search *search, const PricingPrices *prices, bool fixed_first)
{
    for (;;) {
        int32_t slot = look(search, prices, fixed_first);
        if (slot == MODEL_NONE || !search->candidates[slot].stale)
            return slot;
        search->candidates[slot].priced = false;
    }
}

/* After a session was added: what is listed is stale; where a besoin was served that others come after (apres), these
 * may now be worth more. */
static void age_candidates(Search *search, const DraftSession *added)
{
    const Problem *p = search->problem;
    bool opens = false;
    for (int32_t i = 0; i < added->n_seats; i++)
        opens = opens || p->followers[p->slots[added->slot].links[added->seats[i].link].besoin].n > 0;
    for (guint i = 0; i < search->slots->len; i++) {
        Candidate *c = &search->candidates[g_array_index(search->slots, int32_t, i)];
        c->stale = true;
        c->priced = c->priced && !opens;
    }
}

bool search_build_has_dependents(const Draft *draft, int32_t place)
{
    g_autoptr(GArray) dependents = g_array_new(FALSE, FALSE, sizeof(int32_t));
    draft_dependents(draft, place, dependents);
    return dependents->len > 0;
}

void search_build_record(Search *search, int32_t place, int32_t fresh, Undo *before)
{
    for (guint i = 0; i < search->inserted->len; i++)
        if (g_array_index(search->inserted, int32_t, i) == place) {
            g_array_index(search->inserted, int32_t, i) = fresh;
            g_free(before->seats);
            return;
        }
    g_array_append_val(search->inserted, fresh);
    g_array_append_val(search->removed, *before);
}

void search_build(Search *search, const PricingPrices *prices, bool fixed_first)
{
    for (guint i = 0; i < search->slots->len; i++) {
        Candidate *c = &search->candidates[g_array_index(search->slots, int32_t, i)];
        c->priced = false;
        c->failures = 0;
    }
    for (int32_t slot; (slot = choose(search, prices, fixed_first)) != MODEL_NONE;) {
        if (search->problem->slots[slot].fixee == MODEL_NONE && search_state_stops(search))
            break; /* fixed sessions are held whatever the hour */
        Candidate *c = &search->candidates[slot];
        int32_t place = draft_insert(search->draft, slot, c->session.start, c->session.seats, c->session.n_seats);
        c->priced = false;
        if (place == MODEL_NONE) {
            c->failures++;
            continue;
        }
        g_array_append_val(search->inserted, place);
        age_candidates(search, draft_session(search->draft, place));
    }
}

/* Builds one held session anew for the learners left over and its own; keeps whichever is better. */
static void rebuild(Search *search, int32_t place)
{
    Draft *draft = search->draft;
    const DraftSession *session = draft_session(draft, place);
    int32_t slot = session->slot, start = session->start, n_seats = session->n_seats;
    if (search_build_has_dependents(draft, place) || !search_state_may_go(search, session))
        return;
    SearchScore before = search_state_score(draft);
    ProblemSeat *seats = g_memdup2(session->seats, sizeof *seats * (gsize)n_seats);
    search_build_admit(search, slot, seats, n_seats);
    draft_remove(draft, place);
    PricingLimits limits = draft_limits(draft);
    limits.among = search->among;
    PricingSession *best = &search->candidates[slot].session;
    search->candidates[slot].priced = false;
    int32_t fresh = MODEL_NONE;
    if (pricing_best(search->pricing, search->free, &limits, slot, best))
        fresh = draft_insert(draft, slot, best->start, best->seats, best->n_seats);
    if (fresh != MODEL_NONE && search_state_gain(search, before, draft) > 0) {
        Undo undo = {slot, start, seats, n_seats};
        search_build_record(search, place, fresh, &undo);
        return;
    }
    if (fresh != MODEL_NONE)
        draft_remove(draft, fresh);
    int32_t again = draft_insert(draft, slot, start, seats, n_seats);
    g_assert(again == place);
    g_free(seats);
}

void search_build_again(Search *search)
{
    for (guint i = 0; i < search->lightened->len; i++) {
        int32_t place = g_array_index(search->lightened, int32_t, i);
        if (draft_session(search->draft, place)->slot != MODEL_NONE)
            rebuild(search, place);
    }
    for (guint f = 0; f < search->formations->len; f++) {
        GArray *list = search->draft->of_formation[g_array_index(search->formations, int32_t, f)];
        g_autoptr(GArray) places = g_array_copy(list); /* going out and in, they change places in the list */
        for (guint i = 0; i < places->len; i++) {
            int32_t place = g_array_index(places, int32_t, i);
            if (search->listed[draft_session(search->draft, place)->slot] && search_state_below(search, REBUILT) == 0)
                rebuild(search, place);
        }
    }
}
