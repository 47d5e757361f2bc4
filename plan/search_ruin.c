/* Ruins: see search_ruin.h. */
#include "plan/search_ruin.h"

#include "plan/search_build.h"

/* Ruins of one SIAE's sessions, for every 8 others; how many of them at most. */
#define SIAE_RUINS 12
#define MOST_OUT 8

static void take_out(Search *search, int32_t place)
{
    DraftSession *session = draft_session(search->draft, place);
    search_build_list(search, session->slot);
    search->candidates[session->slot].before = session->start;
    search_build_touch(search, search_state_formation(search, session->slot));
    search_build_admit(search, session->slot, session->seats, session->n_seats);
    guint known = 0;
    while (known < search->inserted->len && g_array_index(search->inserted, int32_t, known) != place)
        known++;
    if (known < search->inserted->len) {
        g_array_remove_index(search->inserted, known); /* put in by this very step: nothing to restore */
    } else {
        Undo undo = {session->slot, session->start,
                     g_memdup2(session->seats, sizeof(ProblemSeat) * (gsize)session->n_seats), session->n_seats};
        g_array_append_val(search->removed, undo);
    }
    draft_remove(search->draft, place);
}

static bool may_go(const Search *search, int32_t place)
{
    return search_state_may(search, search_state_formation(search, draft_session(search->draft, place)->slot));
}

void search_ruin_place(Search *search, int32_t place)
{
    if (draft_session(search->draft, place)->slot == MODEL_NONE)
        return;
    g_autoptr(GArray) dependents = g_array_new(FALSE, FALSE, sizeof(int32_t));
    draft_dependents(search->draft, place, dependents);
    if (!may_go(search, place))
        return;
    for (guint i = 0; i < dependents->len; i++)
        if (!may_go(search, g_array_index(dependents, int32_t, i)))
            return;
    for (guint i = 0; i < dependents->len; i++)
        take_out(search, g_array_index(dependents, int32_t, i));
    take_out(search, place);
}

/* A random held session, or MODEL_NONE. */
static int32_t random_place(Search *search)
{
    int32_t n = (int32_t)search->draft->sessions->len;
    for (int32_t tries = 0; n > 0 && tries < 64; tries++) {
        int32_t place = search_state_below(search, n);
        if (draft_session(search->draft, place)->slot != MODEL_NONE && may_go(search, place))
            return place;
    }
    return MODEL_NONE;
}

static bool charges_fund_of(const Problem *p, const DraftSession *a, const DraftSession *b)
{
    for (int32_t i = 0; i < a->measure.n_charges; i++)
        for (int32_t k = 0; k < b->measure.n_charges; k++)
            if (p->classes[a->measure.charges[i].key].fund == p->classes[b->measure.charges[k].key].fund)
                return true;
    return false;
}

bool search_ruin_seats(const Problem *p, const DraftSession *session, int32_t siae)
{
    for (int32_t i = 0; i < session->n_seats; i++)
        if (p->model->besoins[p->slots[session->slot].links[session->seats[i].link].besoin].siae == siae)
            return true;
    return false;
}

/* Up to n of these places, chosen by chance. */
static void ruin_some(Search *search, GArray *places, int32_t n)
{
    for (; n > 0 && places->len > 0; n--) {
        guint at = (guint)search_state_below(search, (int32_t)places->len);
        search_ruin_place(search, g_array_index(places, int32_t, at));
        g_array_remove_index_fast(places, at);
    }
}

/* Up to n sessions of a formation. */
static void ruin_formation(Search *search, int32_t formation, int32_t n)
{
    g_autoptr(GArray) related = g_array_new(FALSE, FALSE, sizeof(int32_t));
    for (int32_t place = 0; place < (int32_t)search->draft->sessions->len; place++) {
        int32_t slot = draft_session(search->draft, place)->slot;
        if (slot != MODEL_NONE && search_state_formation(search, slot) == formation)
            g_array_append_val(related, place);
    }
    ruin_some(search, related, MIN(n, (int32_t)related->len / 2));
}

/* Up to n sessions with learners of a SIAE: its absents and its reste à charge tie them together. */
static void ruin_siae(Search *search, int32_t siae, int32_t n)
{
    g_autoptr(GArray) related = g_array_new(FALSE, FALSE, sizeof(int32_t));
    for (int32_t place = 0; place < (int32_t)search->draft->sessions->len; place++) {
        const DraftSession *s = draft_session(search->draft, place);
        if (s->slot != MODEL_NONE && search_ruin_seats(search->problem, s, siae))
            g_array_append_val(related, place);
    }
    ruin_some(search, related, n);
}

/* Up to n more sessions that share something with the one at `place`: its formation, or a fund. */
static void ruin_related(Search *search, int32_t place, int32_t n, bool same_formation)
{
    g_autoptr(GArray) related = g_array_new(FALSE, FALSE, sizeof(int32_t));
    const DraftSession *seed = draft_session(search->draft, place);
    int32_t formation = search_state_formation(search, seed->slot);
    for (int32_t other = 0; other < (int32_t)search->draft->sessions->len; other++) {
        const DraftSession *s = draft_session(search->draft, other);
        if (other == place || s->slot == MODEL_NONE)
            continue;
        if (same_formation ? search_state_formation(search, s->slot) == formation
                           : charges_fund_of(search->problem, seed, s))
            g_array_append_val(related, other);
    }
    ruin_some(search, related, n);
}

/* A random besoin with learners not served, or MODEL_NONE. */
int32_t search_ruin_unserved(Search *search)
{
    int32_t n = search->problem->model->n_besoins;
    int32_t from = n > 0 ? search_state_below(search, n) : 0;
    for (int32_t i = 0; i < n; i++) {
        int32_t besoin = (from + i) % n;
        if (search->draft->left[besoin] > 0 &&
            search_state_may(search, search->problem->model->besoins[besoin].formation))
            return besoin;
    }
    return MODEL_NONE;
}

void search_ruin(Search *search)
{
    int32_t place = random_place(search);
    int32_t kind = search_state_below(search, 8 + SIAE_RUINS);
    if (kind >= 8) {
        int32_t besoin = search_ruin_unserved(search);
        int32_t siae = besoin == MODEL_NONE ? search_state_below(search, search->problem->model->n_siae)
                                            : search->problem->model->besoins[besoin].siae;
        if (besoin != MODEL_NONE)
            search_build_touch(search, search->problem->model->besoins[besoin].formation);
        ruin_siae(search, siae, 1 + search_state_below(search, MOST_OUT));
        return;
    }
    if (kind < 3) {
        int32_t besoin = search_ruin_unserved(search);
        if (besoin != MODEL_NONE) {
            int32_t formation = search->problem->model->besoins[besoin].formation;
            search_build_touch(search, formation);
            if (kind == 0)
                ruin_formation(search, formation, MOST_OUT);
        }
    }
    if (place == MODEL_NONE)
        return;
    if (draft_session(search->draft, place)->slot == MODEL_NONE)
        return;
    if (kind != 0) {
        bool same = kind >= 5;
        ruin_related(search, place, search_state_below(search, same ? 4 : 3), same);
    }
    search_ruin_place(search, place);
}

int32_t search_ruin_short(const Draft *draft, const ProblemSlot *slot, const ProblemSeat *seats, int32_t n_seats)
{
    for (int32_t i = 0; i < n_seats;) {
        int32_t link = seats[i].link, learners = 0;
        for (; i < n_seats && seats[i].link == link; i++)
            learners += seats[i].effectif;
        for (int32_t f = 0; f < slot->n_forced; f++)
            learners -= slot->forced[f].link == link ? slot->forced[f].effectif : 0;
        if (learners > draft->left[slot->links[link].besoin])
            return slot->links[link].besoin;
    }
    return MODEL_NONE;
}

/* Puts a whole plan of a formation, one that column generation found, in the place of the one held. False: none known.
 */
static bool swap_formation(Search *search, int32_t formation)
{
    const Problem *p = search->problem;
    const GPtrArray *plans = colgen_plans(search->colgen, formation);
    if (plans->len == 0)
        return false;
    for (int32_t place = 0; place < (int32_t)search->draft->sessions->len; place++) {
        int32_t slot = draft_session(search->draft, place)->slot;
        if (slot != MODEL_NONE && search_state_formation(search, slot) == formation)
            search_ruin_place(search, place);
    }
    search_build_touch(search, formation);
    const GArray *plan = plans->pdata[search_state_below(search, (int32_t)plans->len)];
    int32_t n;
    const MasterColumn *columns = master_columns(colgen_master(search->colgen, formation), &n);
    for (guint i = 0; i < plan->len; i++) {
        const MasterColumn *c = &columns[g_array_index(plan, int32_t, i)];
        if (search_ruin_short(search->draft, &p->slots[c->slot], c->seats, c->n_seats) != MODEL_NONE)
            continue;
        int32_t place = draft_insert(search->draft, c->slot, c->start, c->seats, c->n_seats);
        if (place != MODEL_NONE)
            g_array_append_val(search->inserted, place);
    }
    return true;
}

bool search_ruin_swap(Search *search)
{
    int32_t place = random_place(search), besoin = search_ruin_unserved(search);
    bool swapped = false;
    if (besoin != MODEL_NONE)
        swapped = swap_formation(search, search->problem->model->besoins[besoin].formation);
    if (place != MODEL_NONE && draft_session(search->draft, place)->slot != MODEL_NONE &&
        search_state_below(search, 2) == 0)
        swapped = swap_formation(search, search_state_formation(search, draft_session(search->draft, place)->slot)) ||
                  swapped;
    return swapped;
}
