/* Ruins: see search_ruin.h. */
#include "plan/search_ruin.h"

#include "plan/search_build.h"

/* Ruins of one SIAE's sessions, for every 8 others; how many of them at most. */
#define SIAE_RUINS 12
#define MOST_OUT 8
/* Sessions looked at to find one that charges the same fund. */
#define MOST_TRIES 32

/* A besoin that sits in a session, chosen evenly of its seats. */
static int32_t sitting(Search *search, int32_t slot, const ProblemSeat *seats, int32_t n_seats)
{
    return search->problem->slots[slot].links[seats[search_state_below(search, n_seats)].link].besoin;
}

static int32_t sitting_at(Search *search, int32_t place)
{
    const DraftSession *session = draft_session(search->draft, place);
    return sitting(search, session->slot, session->seats, session->n_seats);
}

/* What a session was made of takes part in the step. */
static void take_part(Search *search, int32_t slot, int32_t start, const ProblemSeat *seats, int32_t n_seats)
{
    search_build_list(search, slot);
    search->candidates[slot].before = start;
    search_build_touch(search, sitting(search, slot, seats, n_seats), slot);
    search_build_admit(search, slot, seats, n_seats);
}

static void take_out(Search *search, int32_t place)
{
    DraftSession *session = draft_session(search->draft, place);
    take_part(search, session->slot, session->start, session->seats, session->n_seats);
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
    return search_state_may_go(search, draft_session(search->draft, place));
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

/* The seats without one learner of a SIAE, or of the besoin unless that is MODEL_NONE; their number, or 0 when the
 * session cannot stand so. */
static int32_t seats_without(const Problem *p, const DraftSession *session, int32_t siae, int32_t besoin,
                             ProblemSeat *rest)
{
    int32_t n = 0;
    bool done = false;
    for (int32_t i = 0; i < session->n_seats; i++) {
        int32_t of = p->slots[session->slot].links[session->seats[i].link].besoin;
        rest[n] = session->seats[i];
        if (!done && (besoin == MODEL_NONE ? p->model->besoins[of].siae == siae : of == besoin)) {
            rest[n].effectif--;
            done = true;
        }
        n += rest[n].effectif > 0;
    }
    return session->measure.q > p->slots[session->slot].q_min ? n : 0;
}

void search_ruin_lighten(Search *search, int32_t place, int32_t siae, int32_t besoin)
{
    Draft *draft = search->draft;
    const DraftSession *session = draft_session(draft, place);
    Undo before = {session->slot, session->start, NULL, session->n_seats};
    g_autofree ProblemSeat *rest = g_new(ProblemSeat, session->n_seats);
    int32_t n = seats_without(search->problem, session, siae, besoin, rest);
    if (n == 0 || search_build_has_dependents(draft, place)) {
        search_ruin_place(search, place);
        return;
    }
    before.seats = g_memdup2(session->seats, sizeof *rest * (gsize)before.n_seats);
    draft_remove(draft, place);
    int32_t fresh = draft_insert(draft, before.slot, before.start, rest, n);
    if (fresh == MODEL_NONE) {
        fresh = draft_insert(draft, before.slot, before.start, before.seats, before.n_seats);
        g_assert(fresh == place);
        g_free(before.seats);
        search_ruin_place(search, place);
        return;
    }
    take_part(search, before.slot, before.start, before.seats, before.n_seats);
    search_build_record(search, place, fresh, &before);
    g_array_append_val(search->lightened, fresh);
}

int32_t search_ruin_random(Search *search)
{
    int32_t n = (int32_t)search->draft->sessions->len;
    for (int32_t tries = 0; n > 0 && tries < 64; tries++) {
        int32_t place = search_state_below(search, n);
        if (draft_session(search->draft, place)->slot != MODEL_NONE && may_go(search, place))
            return place;
    }
    return MODEL_NONE;
}

bool search_ruin_same_fund(const Problem *problem, const SessionMeasure *a, const SessionMeasure *b)
{
    for (int32_t i = 0; i < a->n_charges; i++)
        for (int32_t k = 0; k < b->n_charges; k++)
            if (problem->classes[a->charges[i].key].fund == problem->classes[b->charges[k].key].fund)
                return true;
    return false;
}

void search_ruin_around(Search *search, int32_t besoin, const SearchRuinAround *around)
{
    const Problem *p = search->problem;
    const GArray *list = search->draft->of_formation[p->model->besoins[besoin].formation];
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(int32_t));
    g_autoptr(GArray) slots = g_array_new(FALSE, FALSE, sizeof(int32_t));
    for (guint i = 0; i < list->len; i++) {
        int32_t place = g_array_index(list, int32_t, i), slot = draft_session(search->draft, place)->slot;
        if (problem_link(p, &p->slots[slot], besoin) == MODEL_NONE ||
            (!around->fixed && p->slots[slot].fixee != MODEL_NONE))
            continue;
        g_array_append_val(places, place);
        g_array_append_val(slots, slot);
    }
    int32_t n = around->half ? MIN(around->most, (int32_t)places->len / 2) : around->most;
    for (; n > 0 && places->len > 0; n--) {
        const int32_t *rest = (const int32_t *)(void *)slots->data;
        int32_t at = search_build_near(search, besoin, rest, (int32_t)slots->len, around->tries);
        search_ruin_place(search, g_array_index(places, int32_t, at));
        g_array_remove_index_fast(places, (guint)at);
        g_array_remove_index_fast(slots, (guint)at);
    }
}

/* Up to n sessions of a list of the draft, chosen by chance. */
static void ruin_some(Search *search, GArray *list, int32_t n)
{
    g_autoptr(GArray) places = g_array_copy(list); /* going out, they leave the list */
    for (; n > 0 && places->len > 0; n--) {
        guint at = (guint)search_state_below(search, (int32_t)places->len);
        search_ruin_place(search, g_array_index(places, int32_t, at));
        g_array_remove_index_fast(places, at);
    }
}

void search_ruin_formation(Search *search, int32_t formation)
{
    ProblemSlice besoins = search->problem->formation_besoins[formation];
    ruin_some(search, search->draft->of_formation[formation], INT32_MAX);
    if (besoins.n > 0)
        search_build_touch(search,
                           search->problem->besoins_by_formation[besoins.first + search_state_below(search, besoins.n)],
                           MODEL_NONE);
}

/* Up to n sessions that charge the same fund as this one. */
static void ruin_payers(Search *search, int32_t place, int32_t n)
{
    for (int32_t tries = 0; n > 0 && tries < MOST_TRIES; tries++) {
        int32_t other = search_ruin_random(search);
        if (other == MODEL_NONE || other == place ||
            !search_ruin_same_fund(search->problem, &draft_session(search->draft, place)->measure,
                                   &draft_session(search->draft, other)->measure))
            continue;
        search_ruin_place(search, other);
        n--;
        if (draft_session(search->draft, place)->slot == MODEL_NONE)
            return; /* it came after the other */
    }
}

int32_t search_ruin_unserved(Search *search)
{
    int32_t n = search->problem->model->n_besoins;
    int32_t from = n > 0 ? search_state_below(search, n) : 0;
    for (int32_t i = 0; i < n; i++) {
        int32_t besoin = (from + i) % n;
        if (search->draft->left[besoin] > 0 && search->problem->besoin_slots[besoin].n > 0 &&
            search_state_may_seat(search, besoin))
            return besoin;
    }
    return MODEL_NONE;
}

int32_t search_ruin_seated(Search *search)
{
    int32_t place = search_ruin_random(search);
    return place == MODEL_NONE ? MODEL_NONE : sitting_at(search, place);
}

void search_ruin(Search *search)
{
    int32_t place = search_ruin_random(search);
    int32_t kind = search_state_below(search, 8 + SIAE_RUINS);
    int32_t besoin = kind < 3 || kind >= 8 ? search_ruin_unserved(search) : MODEL_NONE;
    if (place == MODEL_NONE && besoin == MODEL_NONE)
        return; /* no session found, nobody left out: there may be no SIAE */
    if (besoin != MODEL_NONE)
        search_build_touch(search, besoin, MODEL_NONE);
    if (kind >= 8) {
        int32_t siae = besoin == MODEL_NONE ? search_state_below(search, search->problem->model->n_siae)
                                            : search->problem->model->besoins[besoin].siae;
        ruin_some(search, search->draft->of_siae[siae], 1 + search_state_below(search, MOST_OUT));
        return;
    }
    if (kind == 0 && besoin != MODEL_NONE)
        search_ruin_around(search, besoin, &(SearchRuinAround){MOST_OUT, true, true, SEARCH_BUILD_NEAR});
    if (place == MODEL_NONE || draft_session(search->draft, place)->slot == MODEL_NONE)
        return;
    int32_t more = search_state_below(search, kind >= 5 ? 4 : 3);
    if (kind >= 5)
        search_ruin_around(search, sitting_at(search, place),
                           &(SearchRuinAround){more, false, true, SEARCH_BUILD_NEAR});
    else if (kind > 0)
        ruin_payers(search, place, more);
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
    search_ruin_formation(search, formation);
    const GArray *plan = plans->pdata[search_state_below(search, (int32_t)plans->len)];
    int32_t n;
    const MasterColumn *columns = master_columns(colgen_master(search->colgen, formation), &n);
    for (guint i = 0; i < plan->len; i++) {
        const MasterColumn *c = &columns[g_array_index(plan, int32_t, i)];
        if (!search_state_may_hold(search, c->slot, c->seats, c->n_seats) ||
            search_ruin_short(search->draft, &p->slots[c->slot], c->seats, c->n_seats) != MODEL_NONE)
            continue;
        int32_t place = draft_insert(search->draft, c->slot, c->start, c->seats, c->n_seats);
        if (place != MODEL_NONE)
            g_array_append_val(search->inserted, place);
    }
    return true;
}

bool search_ruin_swap(Search *search)
{
    int32_t place = search_ruin_random(search), besoin = search_ruin_unserved(search);
    bool swapped = false;
    if (besoin != MODEL_NONE)
        swapped = swap_formation(search, search->problem->model->besoins[besoin].formation);
    if (place != MODEL_NONE && draft_session(search->draft, place)->slot != MODEL_NONE &&
        search_state_below(search, 2) == 0)
        swapped = swap_formation(search, search_state_formation(search, draft_session(search->draft, place)->slot)) ||
                  swapped;
    return swapped;
}
