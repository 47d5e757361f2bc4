/* Exchanges of learners between sessions: see search_exchange.h. */
#include "plan/search_exchange.h"

#include "plan/pricing_seat.h"
#include "plan/search_build.h"

#include <string.h>

/* Sessions of a formation between which a step exchanges at most. */
#define MOST_SESSIONS 24
/* Arcs of a chain at most. */
#define MOST_ARCS 6
/* Sessions exchanged between at a time where all of a formation take part. */
#define MOST_TOGETHER 256
/* Cents that a point is worth at most here: sums over a chain stay far within 64 bits. */
#define MOST_POINT INT64_C(1000000000000)
#define NEVER (INT64_MAX / 4)

/* A learner who leaves node `from` for node `to`: seats[seat] of the session, or of a besoin not served. */
typedef struct {
    int64_t cents; /* what the move costs, sessions' sizes apart; NEVER: none is possible */
    int32_t who;   /* seat, or besoin */
    bool banned;
} Arc;

/* Nodes are sessions, then what is left empty, then who is not served. */
typedef struct {
    Search *search;
    Draft *draft;
    int64_t point; /* cents */
    const int32_t *places;
    int32_t n, n_nodes;
    Arc *arcs; /* [from * n_nodes + to] */
    int64_t *distance;
    int32_t *before, *seen, *cycle;
    ProblemSlice besoins;
} Exchange;

static Arc *arc(const Exchange *x, int32_t from, int32_t to)
{
    return &x->arcs[from * x->n_nodes + to];
}

static DraftSession *session_of(const Exchange *x, int32_t node)
{
    return draft_session(x->draft, x->places[node]);
}

static const ProblemSlot *slot_of(const Exchange *x, int32_t node)
{
    return &x->search->problem->slots[session_of(x, node)->slot];
}

/* What a learner pays and costs in a session under a montage: annexe + reste à charge; NEVER when the montage is not
 * his there. */
static int64_t seat_cents(const Exchange *x, int32_t node, const ProblemLink *link, int32_t montage)
{
    const Problem *p = x->search->problem;
    const ProblemProfile *profile = &p->profiles[link->profile];
    int32_t extra = link->extra, k = 0;
    while (k < profile->n && profile->montages[k] != montage)
        extra += p->financements[profile->montages[k++]].n;
    if (k == profile->n)
        return NEVER;
    const DraftSession *session = session_of(x, node);
    const PricingGroup group = pricing_seat_group(p, NULL, NULL, slot_of(x, node),
                                                  slot_of(x, node)->starts[session->start].season, session->measure.q);
    const int64_t *peds;
    return link->annexe + pricing_seat_dear_rac(&group, link, montage, extra, &peds);
}

/* The montage under which a learner pays and costs least. */
static int32_t best_montage(const Exchange *x, int32_t node, const ProblemLink *link, int64_t *cents)
{
    const ProblemProfile *profile = &x->search->problem->profiles[link->profile];
    int32_t best = MODEL_NONE;
    *cents = NEVER;
    for (int32_t k = 0; k < profile->n; k++) {
        int64_t some = seat_cents(x, node, link, profile->montages[k]);
        if (some < *cents) {
            *cents = some;
            best = profile->montages[k];
        }
    }
    return best;
}

static bool meet(const ProblemStart *a, const ProblemStart *b)
{
    return a->debut <= b->fin && b->debut <= a->fin;
}

/* The besoin's link in a session that its learner may join, as far as this is known without the rest of the chain; or
 * NULL. from: the session he leaves, or MODEL_NONE. */
static const ProblemLink *may_join(const Exchange *x, int32_t besoin, int32_t from, int32_t to)
{
    const ProblemSlot *slot = slot_of(x, to);
    int32_t start = session_of(x, to)->start, link = problem_link(x->search->problem, slot, besoin);
    if (link == MODEL_NONE || !problem_open(slot, link, start))
        return NULL;
    bool leaves =
        from != MODEL_NONE && meet(&slot_of(x, from)->starts[session_of(x, from)->start], &slot->starts[start]);
    if (!leaves && draft_absents_left(x->draft, slot->links[link].siae, slot, start) < 1)
        return NULL;
    return &slot->links[link];
}

static void offer(Arc *at, int64_t cents, int32_t who)
{
    if (!at->banned && cents < at->cents) {
        at->cents = cents;
        at->who = who;
    }
}

static void clear_arc(const Exchange *x, int32_t from, int32_t to)
{
    arc(x, from, to)->cents = NEVER;
}

/* Learners of one session who may leave for another. */
static void weigh_pair(const Exchange *x, int32_t from, int32_t to)
{
    const DraftSession *session = session_of(x, from);
    const ProblemSlot *slot = slot_of(x, from);
    clear_arc(x, from, to);
    x->search->work += 2 * session->n_seats;
    for (int32_t i = 0; i < session->n_seats; i++) {
        const ProblemLink *link = &slot->links[session->seats[i].link];
        const ProblemLink *there = may_join(x, link->besoin, from, to);
        if (there == NULL)
            continue;
        int64_t cents = seat_cents(x, to, there, session->seats[i].montage);
        if (cents < NEVER)
            offer(arc(x, from, to), cents - seat_cents(x, from, link, session->seats[i].montage), i);
    }
}

/* What a session's learners and free seats are worth to those outside. */
static void weigh_rest(const Exchange *x, int32_t node)
{
    const Problem *p = x->search->problem;
    const DraftSession *session = session_of(x, node);
    const ProblemSlot *slot = slot_of(x, node);
    int32_t empty = x->n, unserved = x->n + 1;
    int64_t stagiaire = p->model->offres[slot->offre].cout_stagiaire;
    clear_arc(x, node, empty);
    clear_arc(x, empty, node);
    clear_arc(x, node, unserved);
    clear_arc(x, unserved, node);
    x->search->work += 2 * session->n_seats + x->besoins.n;
    if (session->measure.q < slot->q_max)
        offer(arc(x, node, empty), stagiaire, MODEL_NONE);
    if (session->measure.q > slot->q_min)
        offer(arc(x, empty, node), -stagiaire, MODEL_NONE);
    for (int32_t i = 0; i < session->n_seats; i++) {
        const ProblemLink *link = &slot->links[session->seats[i].link];
        offer(arc(x, node, unserved),
              x->point * p->points[link->besoin] - seat_cents(x, node, link, session->seats[i].montage), i);
    }
    for (int32_t i = 0; i < x->besoins.n; i++) {
        int32_t besoin = p->besoins_by_formation[x->besoins.first + i];
        if (x->draft->left[besoin] == 0 || !search_state_may_seat(x->search, besoin))
            continue;
        const ProblemLink *link = may_join(x, besoin, MODEL_NONE, node);
        int64_t cents = NEVER;
        if (link != NULL && best_montage(x, node, link, &cents) != MODEL_NONE)
            offer(arc(x, unserved, node), cents - x->point * p->points[besoin], besoin);
    }
}

static void weigh(const Exchange *x, int32_t node)
{
    for (int32_t other = 0; other < x->n; other++) {
        if (other == node)
            continue;
        weigh_pair(x, node, other);
        weigh_pair(x, other, node);
    }
    weigh_rest(x, node);
}

/* One round of Bellman and Ford's method over all arcs. True when a distance fell. */
static bool relax(const Exchange *x)
{
    bool any = false;
    for (int32_t from = 0; from < x->n_nodes; from++)
        for (int32_t to = 0; to < x->n_nodes; to++) {
            int64_t cents = arc(x, from, to)->cents;
            if (cents < NEVER && x->distance[from] + cents < x->distance[to]) {
                x->distance[to] = x->distance[from] + cents;
                x->before[to] = from;
                any = true;
            }
        }
    return any;
}

/* A cycle of predecessors through nodes not seen before, each node then followed by the one it gives a learner to;
 * their number, 0: none from here. */
static int32_t find_cycle(const Exchange *x, int32_t from)
{
    int32_t node = from, n = 0;
    while (node != MODEL_NONE && x->seen[node] == 0) {
        x->seen[node] = from + 1;
        node = x->before[node];
    }
    if (node == MODEL_NONE || x->seen[node] != from + 1)
        return 0;
    int32_t first = node;
    do {
        x->cycle[n++] = node;
        node = x->before[node];
    } while (node != first);
    for (int32_t i = 0; i < n / 2; i++) {
        int32_t other = x->cycle[i];
        x->cycle[i] = x->cycle[n - 1 - i];
        x->cycle[n - 1 - i] = other;
    }
    return n;
}

/* A session's part in a cycle. */
typedef struct {
    int32_t place;
    Undo before;
    ProblemSeat *seats; /* after */
    int32_t n_seats;
} Part;

/* Seats without a learner of seats[out] (MODEL_NONE: nobody leaves) and with one more of (link, montage) (link
 * MODEL_NONE: nobody comes); their number. */
static int32_t change_seats(const DraftSession *session, int32_t out, int32_t link, int32_t montage, ProblemSeat *seats)
{
    int32_t n = 0;
    bool done = link == MODEL_NONE;
    for (int32_t i = 0; i < session->n_seats; i++) {
        ProblemSeat seat = session->seats[i];
        seat.effectif -= i == out;
        if (!done && (seat.link > link || (seat.link == link && seat.montage >= montage))) {
            if (seat.link == link && seat.montage == montage)
                seat.effectif++;
            else
                seats[n++] = (ProblemSeat){link, montage, 1};
            done = true;
        }
        if (seat.effectif > 0)
            seats[n++] = seat;
    }
    if (!done)
        seats[n++] = (ProblemSeat){link, montage, 1};
    return n;
}

/* What becomes of the session cycle[i] of n. */
static Part part_of(const Exchange *x, int32_t n, int32_t i)
{
    int32_t node = x->cycle[i], from = x->cycle[(i + n - 1) % n], to = x->cycle[(i + 1) % n];
    const DraftSession *session = session_of(x, node);
    const ProblemSlot *slot = slot_of(x, node);
    int32_t out = to == x->n ? MODEL_NONE : arc(x, node, to)->who, in = MODEL_NONE, montage = MODEL_NONE;
    if (from < x->n) {
        const DraftSession *left = session_of(x, from);
        const ProblemSeat *seat = &left->seats[arc(x, from, node)->who];
        in = problem_link(x->search->problem, slot, slot_of(x, from)->links[seat->link].besoin);
        montage = seat->montage;
    } else if (from == x->n + 1) {
        int64_t cents;
        in = problem_link(x->search->problem, slot, arc(x, from, node)->who);
        montage = best_montage(x, node, &slot->links[in], &cents);
    }
    Part part = {x->places[node], {session->slot, session->start, NULL, session->n_seats}, NULL, 0};
    part.before.seats = g_memdup2(session->seats, sizeof(ProblemSeat) * (gsize)session->n_seats);
    part.seats = g_new(ProblemSeat, session->n_seats + 1);
    part.n_seats = change_seats(session, out, in, montage, part.seats);
    return part;
}

/* Puts the parts' sessions in, from the last on, as they were or as they become; the number of those not put in. */
static int32_t put_in(Draft *draft, const Part *parts, int32_t n, bool changed)
{
    for (int32_t i = n; i > 0; i--) {
        const Part *part = &parts[i - 1];
        int32_t place =
            draft_insert(draft, part->before.slot, part->before.start, changed ? part->seats : part->before.seats,
                         changed ? part->n_seats : part->before.n_seats);
        g_assert(place == part->place || (changed && place == MODEL_NONE));
        if (place == MODEL_NONE)
            return i;
    }
    return 0;
}

/* Others have come to depend on a session of the cycle (apres), by a move made before: its learners stay. */
static bool has_dependents(const Exchange *x, int32_t n)
{
    bool any = false;
    for (int32_t i = 0; i < n; i++)
        any = any || (x->cycle[i] < x->n && search_build_has_dependents(x->draft, x->places[x->cycle[i]]));
    return any;
}

/* Makes the cycle's moves, if every rule allows and the score rises. */
static bool apply(const Exchange *x, int32_t n)
{
    if (has_dependents(x, n))
        return false;
    Part parts[MOST_ARCS];
    int32_t n_parts = 0;
    for (int32_t i = 0; i < n; i++)
        if (x->cycle[i] < x->n)
            parts[n_parts++] = part_of(x, n, i);
    SearchScore before = search_state_score(x->draft);
    for (int32_t i = 0; i < n_parts; i++)
        draft_remove(x->draft, parts[i].place);
    int32_t out = put_in(x->draft, parts, n_parts, true);
    bool gained = out == 0 && search_state_gain(x->search, before, x->draft) > 0;
    if (!gained) {
        for (int32_t i = out; i < n_parts; i++)
            draft_remove(x->draft, parts[i].place);
        put_in(x->draft, parts, n_parts, false);
    }
    for (int32_t i = 0; i < n_parts; i++) {
        if (gained)
            search_build_record(x->search, parts[i].place, parts[i].place, &parts[i].before);
        else
            g_free(parts[i].before.seats);
        g_free(parts[i].seats);
    }
    return gained;
}

/* After a cycle's moves: what its sessions, and those not served, now are to the others. */
static void weigh_again(const Exchange *x, int32_t n)
{
    bool rest = false;
    for (int32_t i = 0; i < n; i++) {
        rest = rest || x->cycle[i] == x->n + 1;
        if (x->cycle[i] < x->n)
            weigh(x, x->cycle[i]);
    }
    for (int32_t node = 0; node < x->n && rest; node++)
        weigh_rest(x, node);
}

/* Applies or bans each cycle of predecessors. False: there is none. */
static bool use_cycles(const Exchange *x)
{
    bool any = false;
    memset(x->seen, 0, sizeof *x->seen * (size_t)x->n_nodes);
    for (int32_t from = 0; from < x->n_nodes; from++) {
        int32_t n = x->seen[from] == 0 ? find_cycle(x, from) : 0;
        if (n == 0)
            continue;
        any = true;
        if (n <= MOST_ARCS && apply(x, n)) {
            weigh_again(x, n);
            continue;
        }
        for (int32_t i = 0; i < n; i++) {
            Arc *at = arc(x, x->cycle[i], x->cycle[(i + 1) % n]);
            if (x->cycle[i] == x->n) /* who leaves an empty seat has no part in what failed */
                continue;
            at->banned = true;
            at->cents = NEVER;
        }
    }
    return any;
}

static void exchange(Search *search, int32_t formation, const int32_t *places, int32_t n)
{
    int32_t n_nodes = n + 2;
    gsize nodes = (gsize)n_nodes;
    g_autofree Arc *arcs = g_new0(Arc, nodes * nodes);
    g_autofree int64_t *distance = g_new(int64_t, nodes);
    g_autofree int32_t *before = g_new(int32_t, 3 * nodes);
    double point = (double)search->prices->w_points / (double)MAX(search->prices->w_cost, 1);
    Exchange x = {.search = search,
                  .draft = search->draft,
                  .point = (int64_t)MIN(point, (double)MOST_POINT),
                  .places = places,
                  .n = n,
                  .n_nodes = n_nodes,
                  .arcs = arcs,
                  .distance = distance,
                  .before = before,
                  .seen = before + nodes,
                  .cycle = before + 2 * nodes,
                  .besoins = search->problem->formation_besoins[formation]};
    for (gsize i = 0; i < nodes * nodes; i++)
        arcs[i].cents = NEVER;
    arc(&x, n, n + 1)->cents = 0;
    for (int32_t from = 0; from < n; from++) {
        for (int32_t to = 0; to < n; to++)
            if (to != from)
                weigh_pair(&x, from, to);
        weigh_rest(&x, from);
    }
    /* it ends: each cycle found gains or is banned */
    for (bool any = true; any && !search_state_stops(search);) {
        any = false;
        memset(distance, 0, sizeof *distance * nodes);
        for (int32_t i = 0; i < n_nodes; i++)
            before[i] = MODEL_NONE;
        for (int32_t round = 1; round < MOST_ARCS && !any && relax(&x); round++)
            any = use_cycles(&x);
    }
}

static bool takes_part(Search *search, int32_t place)
{
    const DraftSession *s = draft_session(search->draft, place);
    return search->problem->slots[s->slot].fixee == MODEL_NONE && search_state_may_go(search, s) &&
           !search_build_has_dependents(search->draft, place);
}

void search_exchange(Search *search)
{
    int32_t places[MOST_SESSIONS];
    for (guint f = 0; f < search->formations->len; f++) {
        int32_t formation = g_array_index(search->formations, int32_t, f), n = 0;
        const GArray *list = search->draft->of_formation[formation];
        int32_t held = (int32_t)list->len;
        for (int32_t i = held; i > 0 && n < MOST_SESSIONS; i--) {
            int32_t place = g_array_index(list, int32_t, i - 1);
            bool some = held <= MOST_SESSIONS || i > held - MOST_SESSIONS / 2 ||
                        search_state_below(search, held) < MOST_SESSIONS;
            if (some && takes_part(search, place))
                places[n++] = place;
        }
        if (n > 0)
            exchange(search, formation, places, n);
    }
}

void search_exchange_all(Search *search, bool (*stop)(void *), void *user)
{
    search->stop = stop;
    search->user = user;
    g_array_set_size(search->removed, 0);
    g_array_set_size(search->inserted, 0);
    for (int32_t f = 0; f < search->problem->model->n_formations && !search_state_stops(search); f++) {
        g_autoptr(GArray) list = g_array_copy(search->draft->of_formation[f]);
        int32_t places[MOST_TOGETHER], n = 0;
        for (guint i = 0; i < list->len; i++) {
            if (takes_part(search, g_array_index(list, int32_t, i)))
                places[n++] = g_array_index(list, int32_t, i);
            if (n == MOST_TOGETHER || (n > 0 && i + 1 == list->len)) {
                exchange(search, f, places, n);
                n = 0;
            }
        }
    }
    if (search_better(search->draft, search->best))
        draft_follow(search->best, search->draft);
}
