/* Ejection: see search_force.h. */
#include "plan/search_force.h"

#include "plan/search_build.h"
#include "plan/search_ruin.h"

/* Sessions taken out for one, at most. */
#define MOST_EJECTED 40
/* Points by which the learner it is for weighs more in the session to be. Values stay within 64 bits: pricing_range()
 * lets all points of a session be worth 2^58. */
#define WISHED 20
/* About so many starts of the slot are looked at. */
#define SOME_STARTS 8
/* About so many of its links, that of the learner it is for among them. */
#define SOME_LINKS 128
/* One ejection in so many is for one more learner in a held session. */
#define EXTENDED 2
/* Sessions looked at to find one that charges the same fund. */
#define MOST_TRIES 64

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
static bool is_in_the_way(const Problem *p, const Wish *wish, const DraftSession *held)
{
    const Model *m = p->model;
    if (wish->short_of != MODEL_NONE)
        return seats_besoin(p, held, wish->short_of);
    if (wish->broken & (1U << MOTIF_CAPACITE))
        return held->slot == wish->slot_id;
    if (wish->broken & (1U << MOTIF_ORGANISME_SATURE))
        return overlaps(p, held, wish->start) &&
               m->offres[p->slots[held->slot].offre].organisme == m->offres[wish->slot->offre].organisme;
    bool by_day = wish->broken & (1U << MOTIF_SIAE_SATUREE | 1U << MOTIF_STAGIAIRE_OCCUPE);
    return !by_day || overlaps(p, held, wish->start);
}

/* Sessions that may go, one of them chosen evenly; of whom it is to let a learner go: a SIAE, a besoin, or MODEL_NONE.
 */
typedef struct {
    int32_t place, n, siae, besoin;
} Choice;

static void consider(Search *search, const Wish *wish, int32_t place, Choice *choice)
{
    const DraftSession *s = draft_session(search->draft, place);
    if (s->slot != MODEL_NONE && search->problem->slots[s->slot].fixee == MODEL_NONE &&
        search_state_may_go(search, s) && is_in_the_way(search->problem, wish, s) &&
        search_state_below(search, ++choice->n) == 0)
        choice->place = place;
}

static void consider_list(Search *search, const Wish *wish, const GArray *places, Choice *choice)
{
    for (guint i = 0; i < places->len; i++)
        consider(search, wish, g_array_index(places, int32_t, i), choice);
}

/* The wish asks for more of a SIAE than the broken rule leaves it. */
static bool is_short(Search *search, const Wish *wish, int32_t siae)
{
    const Problem *p = search->problem;
    Draft *draft = search->draft;
    if (wish->broken & (1U << MOTIF_SIAE_SATUREE)) {
        int32_t n = 0;
        for (int32_t i = 0; i < wish->n_seats; i++)
            n += p->model->besoins[wish->slot->links[wish->seats[i].link].besoin].siae == siae ? wish->seats[i].effectif
                                                                                               : 0;
        return n > draft_absents_left(draft, siae, wish->slot, (int32_t)(wish->start - wish->slot->starts));
    }
    if (wish->broken & (1U << MOTIF_RESTE_A_CHARGE)) {
        for (int32_t i = 0; i < draft->scratch.n_racs; i++)
            if (draft->scratch.racs[i].key == siae)
                return draft->scratch.racs[i].cents > draft->rac_left[siae];
        return false;
    }
    return true;
}

/* Sessions with learners of the SIAE that the wish seats, where the broken rule limits these. */
static void consider_siae(Search *search, const Wish *wish, Choice *choice)
{
    const Model *m = search->problem->model;
    for (int32_t i = 0; i < wish->n_seats; i++) {
        int32_t siae = m->besoins[wish->slot->links[wish->seats[i].link].besoin].siae;
        if (!is_short(search, wish, siae))
            continue;
        int32_t before = choice->place;
        consider_list(search, wish, search->draft->of_siae[siae], choice);
        if (choice->place != before)
            choice->siae = siae;
    }
}

/* Sessions where a stagiaire that the wish seats sits already. */
static void consider_stagiaires(Search *search, const Wish *wish, Choice *choice)
{
    const Problem *p = search->problem;
    for (int32_t i = 0; i < wish->n_seats; i++) {
        int32_t stagiaire = p->stagiaire[wish->slot->links[wish->seats[i].link].besoin];
        ProblemSlice besoins = stagiaire == MODEL_NONE ? (ProblemSlice){0, 0} : p->stagiaire_besoins[stagiaire];
        for (int32_t k = 0; k < besoins.n; k++) {
            int32_t besoin = p->besoins_by_stagiaire[besoins.first + k], before = choice->place;
            if (search->draft->session_of[besoin] == MODEL_NONE)
                continue;
            consider(search, wish, search->draft->session_of[besoin], choice);
            if (choice->place != before)
                choice->besoin = besoin;
        }
    }
}

/* A session that charges a fund which the wish, measured last, charges too. */
static int32_t random_payer(Search *search)
{
    for (int32_t tries = 0; tries < MOST_TRIES; tries++) {
        int32_t place = search_ruin_random(search);
        if (place != MODEL_NONE &&
            search->problem->slots[draft_session(search->draft, place)->slot].fixee == MODEL_NONE &&
            search_ruin_same_fund(search->problem, &draft_session(search->draft, place)->measure,
                                  &search->draft->scratch))
            return place;
    }
    return MODEL_NONE;
}

static Choice in_the_way(Search *search, const Wish *wish)
{
    const Draft *draft = search->draft;
    const Model *m = search->problem->model;
    Choice choice = {MODEL_NONE, 0, MODEL_NONE, wish->short_of};
    if (wish->short_of != MODEL_NONE) {
        consider_list(search, wish, draft->of_siae[m->besoins[wish->short_of].siae], &choice);
    } else if (wish->broken & (1U << MOTIF_CAPACITE)) {
        consider_list(search, wish, draft->of_formation[m->offres[wish->slot->offre].formation], &choice);
    } else if (wish->broken & (1U << MOTIF_ORGANISME_SATURE)) {
        for (int32_t place = 0; place < (int32_t)draft->sessions->len; place++)
            consider(search, wish, place, &choice);
    } else if (wish->broken & (1U << MOTIF_ENVELOPPE_EPUISEE) && g_rand_boolean(search->random)) {
        choice.place = random_payer(search);
    } else if (wish->broken & (1U << MOTIF_STAGIAIRE_OCCUPE)) {
        consider_stagiaires(search, wish, &choice);
    } else if (!(wish->broken & (1U << MOTIF_APRES_NON_SERVI | 1U << MOTIF_MUTUALISATION_IMPOSSIBLE))) {
        consider_siae(search, wish, &choice); /* else nobody's going helps */
    }
    return choice;
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
        Choice choice = in_the_way(search, &wish);
        if (choice.place == MODEL_NONE)
            return false;
        if (choice.siae != MODEL_NONE || choice.besoin != MODEL_NONE)
            search_ruin_lighten(search, choice.place, choice.siae, choice.besoin);
        else
            search_ruin_place(search, choice.place);
    }
    return false;
}

/* A held session that has room for a learner of the besoin and may be changed, chosen evenly; MODEL_NONE: none. */
static int32_t roomy(Search *search, int32_t besoin)
{
    const Problem *p = search->problem;
    const GArray *list = search->draft->of_formation[p->model->besoins[besoin].formation];
    int32_t chosen = MODEL_NONE, n = 0;
    for (guint i = 0; i < list->len; i++) {
        int32_t place = g_array_index(list, int32_t, i);
        const DraftSession *s = draft_session(search->draft, place);
        int32_t link = problem_link(p, &p->slots[s->slot], besoin);
        if (p->slots[s->slot].fixee == MODEL_NONE && link != MODEL_NONE && s->measure.q < p->slots[s->slot].q_max &&
            problem_open(&p->slots[s->slot], link, s->start) && search_state_may_go(search, s) &&
            search_state_below(search, ++n) == 0)
            chosen = place;
    }
    return chosen;
}

/* The seats with one more learner of a link, under the montage of one who sits already, else any of its own. */
static ProblemSeat *with_one_more(Search *search, const DraftSession *session, int32_t link, int32_t *n)
{
    const Problem *p = search->problem;
    const ProblemProfile *profile = &p->profiles[p->slots[session->slot].links[link].profile];
    ProblemSeat *seats = g_new(ProblemSeat, session->n_seats + 1);
    ProblemSeat more = {link, profile->montages[search_state_below(search, profile->n)], 1};
    for (int32_t i = 0; i < session->n_seats; i++)
        if (session->seats[i].link == link)
            more.montage = session->seats[i].montage;
    bool done = false;
    *n = 0;
    for (int32_t i = 0; i < session->n_seats; i++) {
        const ProblemSeat *seat = &session->seats[i];
        bool same = seat->link == link && seat->montage == more.montage;
        if (!done && !same && (seat->link > link || (seat->link == link && seat->montage > more.montage))) {
            seats[(*n)++] = more;
            done = true;
        }
        seats[*n] = *seat;
        seats[(*n)++].effectif += same;
        done = done || same;
    }
    if (!done)
        seats[(*n)++] = more;
    return seats;
}

/* Asks for one more learner in a held session. */
static bool extend(Search *search, int32_t besoin)
{
    int32_t place = roomy(search, besoin), n;
    if (place == MODEL_NONE)
        return false;
    const DraftSession *held = draft_session(search->draft, place);
    int32_t slot = held->slot, start = held->start;
    g_autofree ProblemSeat *seats =
        with_one_more(search, held, problem_link(search->problem, &search->problem->slots[slot], besoin), &n);
    search_ruin_place(search, place);
    if (draft_session(search->draft, place)->slot != MODEL_NONE)
        return false;
    search_force_in(search, slot, start, seats, n);
    return true;
}

bool search_force(Search *search)
{
    const Problem *p = search->problem;
    int32_t besoin = search_ruin_unserved(search), chosen = MODEL_NONE, n = 0;
    if (besoin == MODEL_NONE)
        return false;
    if (search_state_below(search, EXTENDED) == 0 && extend(search, besoin))
        return true;
    ProblemSlice slots = p->besoin_slots[besoin];
    for (int32_t i = 0; i < slots.n; i++) {
        int32_t slot = p->slots_by_besoin[slots.first + i];
        if (p->slots[slot].fixee == MODEL_NONE && p->slots[slot].capacity > 0 && search_state_may_build(search, slot) &&
            search_state_below(search, ++n) == 0)
            chosen = slot;
    }
    if (chosen == MODEL_NONE)
        return false;
    const ProblemSlot *slot = &p->slots[chosen];
    int32_t link = problem_link(p, slot, besoin);
    search->bonus[link] = WISHED * search->prices->w_points;
    PricingLimits limits = {.among = search->share == NULL ? NULL : search->share->besoins, .bonus = search->bonus};
    search->candidates[chosen].before = MODEL_NONE;
    search_build_some_starts(search, chosen, SOME_STARTS, &limits);
    limits.link_stride = MAX(1, (slot->n_links + SOME_LINKS - 1) / SOME_LINKS);
    limits.link_phase = link % limits.link_stride;
    PricingSession *session = &search->candidates[chosen].session;
    bool found = pricing_best(search->pricing, search->prices, &limits, chosen, session);
    search->bonus[link] = 0;
    search->candidates[chosen].priced = false;
    if (!found)
        return false;
    search_build_list(search, chosen);
    search_build_touch(search, besoin, chosen);
    g_autofree ProblemSeat *seats = g_memdup2(session->seats, sizeof(ProblemSeat) * (gsize)session->n_seats);
    search_build_admit(search, chosen, seats, session->n_seats);
    search_force_in(search, chosen, session->start, seats, session->n_seats);
    return true;
}
