/* Ejection: see search_force.h. */
#include "plan/search_force.h"

#include "plan/search_build.h"
#include "plan/search_ruin.h"

/* Sessions taken out for one, at most. */
#define MOST_EJECTED 16
/* Points by which the learner it is for weighs more in the session to be. Values stay within 64 bits: pricing_range()
 * lets all points of a session be worth 2^58. */
#define WISHED 20
/* About so many starts of the slot are looked at. */
#define SOME_STARTS 8
/* One in so many of the sessions that charge anything makes room in an enveloppe, beside those of the same SIAE. */
#define PAYERS 4

static bool overlaps(const Problem *p, const DraftSession *a, const ProblemStart *b)
{
    const ProblemStart *start = &p->slots[a->slot].starts[a->start];
    return start->debut <= b->fin && b->debut <= start->fin;
}

/* A session that is not in the draft, and what of it a rule forbids. */
typedef struct {
    const ProblemSlot *slot;
    const ProblemStart *start;
    const ProblemSeat *seats;
    int32_t n_seats, slot_id;
    uint32_t broken;  /* draft_violations() */
    int32_t short_of; /* a besoin that has not the learners left, or MODEL_NONE */
} Wish;

static bool seats_besoin(const Problem *p, const DraftSession *session, int32_t besoin)
{
    for (int32_t i = 0; i < session->n_seats; i++)
        if (p->slots[session->slot].links[session->seats[i].link].besoin == besoin)
            return true;
    return false;
}

/* A held session stands in the way of a wish: it uses what the broken rule says is short. */
static bool is_in_the_way(Search *search, const Wish *wish, const DraftSession *held)
{
    const Problem *p = search->problem;
    const Model *m = p->model;
    if (wish->short_of != MODEL_NONE)
        return seats_besoin(p, held, wish->short_of);
    bool meets = overlaps(p, held, wish->start);
    if (wish->broken & (1U << MOTIF_CAPACITE))
        return held->slot == wish->slot_id;
    if (wish->broken & (1U << MOTIF_ORGANISME_SATURE))
        return meets && m->offres[p->slots[held->slot].offre].organisme == m->offres[wish->slot->offre].organisme;
    if (wish->broken & (1U << MOTIF_ENVELOPPE_EPUISEE)) {
        for (int32_t i = 0; i < wish->n_seats; i++)
            if (search_ruin_seats(p, held, m->besoins[wish->slot->links[wish->seats[i].link].besoin].siae))
                return true;
        return held->measure.n_charges > 0 && search_state_below(search, PAYERS) == 0;
    }
    if (wish->broken & (1U << MOTIF_APRES_NON_SERVI | 1U << MOTIF_MUTUALISATION_IMPOSSIBLE))
        return false; /* nobody's going helps */
    bool by_day = wish->broken & (1U << MOTIF_SIAE_SATUREE | 1U << MOTIF_STAGIAIRE_OCCUPE);
    for (int32_t i = 0; i < wish->n_seats && (meets || !by_day); i++) {
        int32_t siae = m->besoins[wish->slot->links[wish->seats[i].link].besoin].siae;
        if (((wish->broken & (1U << MOTIF_SIAE_SATUREE)) && m->siae[siae].absents_max == MODEL_NONE) ||
            ((wish->broken & (1U << MOTIF_RESTE_A_CHARGE)) && m->siae[siae].reste_a_charge_max == MODEL_NONE))
            continue;
        if (search_ruin_seats(p, held, siae))
            return true;
    }
    return false;
}

static int32_t in_the_way(Search *search, const Wish *wish)
{
    int32_t found = MODEL_NONE, n = 0;
    for (int32_t place = 0; place < (int32_t)search->draft->sessions->len; place++) {
        const DraftSession *s = draft_session(search->draft, place);
        if (s->slot != MODEL_NONE && search->problem->slots[s->slot].fixee == MODEL_NONE &&
            search_state_may(search, search_state_formation(search, s->slot)) && is_in_the_way(search, wish, s) &&
            search_state_below(search, ++n) == 0)
            found = place;
    }
    return found;
}

bool search_force_in(Search *search, int32_t slot, int32_t start, const ProblemSeat *seats, int32_t n_seats)
{
    const ProblemSlot *row = &search->problem->slots[slot];
    Wish wish = {row, &row->starts[start], seats, n_seats, slot, 0, MODEL_NONE};
    for (int32_t out = 0; out < MOST_EJECTED; out++) {
        wish.short_of = search_ruin_short(search->draft, row, seats, n_seats);
        if (wish.short_of == MODEL_NONE) {
            int32_t place = draft_insert(search->draft, slot, start, seats, n_seats);
            if (place != MODEL_NONE) {
                g_array_append_val(search->inserted, place);
                return true;
            }
            wish.broken = draft_violations(search->draft, slot, start, seats, n_seats, true);
        }
        int32_t place = in_the_way(search, &wish);
        if (place == MODEL_NONE)
            return false;
        search_ruin_place(search, place);
    }
    return false;
}

bool search_force(Search *search)
{
    const Problem *p = search->problem;
    int32_t besoin = search_ruin_unserved(search), chosen = MODEL_NONE, n = 0;
    if (besoin == MODEL_NONE)
        return false;
    int32_t formation = p->model->besoins[besoin].formation;
    ProblemSlice slots = p->formation_slots[formation];
    for (int32_t i = 0; i < slots.n; i++) {
        int32_t slot = p->slots_by_formation[slots.first + i];
        if (p->slots[slot].fixee == MODEL_NONE && p->slots[slot].capacity > 0 &&
            problem_link(&p->slots[slot], besoin) != MODEL_NONE && search_state_below(search, ++n) == 0)
            chosen = slot;
    }
    if (chosen == MODEL_NONE)
        return false;
    const ProblemSlot *slot = &p->slots[chosen];
    int32_t link = problem_link(slot, besoin);
    search->bonus[link] = WISHED * search->prices->w_points;
    int32_t stride = MAX(1, (slot->n_starts + SOME_STARTS - 1) / SOME_STARTS);
    PricingLimits limits = {
        .bonus = search->bonus, .stride = stride, .phase = search_state_below(search, stride), .also = MODEL_NONE};
    PricingSession *session = &search->candidates[chosen].session;
    bool found = pricing_best(search->pricing, search->prices, &limits, chosen, session);
    search->bonus[link] = 0;
    search->candidates[chosen].priced = false;
    if (!found)
        return false;
    search_build_list(search, chosen);
    search_build_touch(search, formation);
    g_autofree ProblemSeat *seats = g_memdup2(session->seats, sizeof(ProblemSeat) * (gsize)session->n_seats);
    search_build_admit(search, chosen, seats, session->n_seats);
    search_force_in(search, chosen, session->start, seats, session->n_seats);
    return true;
}
