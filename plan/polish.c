/* Last touches: see polish.h. */
#include "plan/polish.h"

static bool try_start(Draft *draft, int32_t slot, int32_t start, const ProblemSeat *seats, int32_t n_seats,
                      int64_t cost, int64_t rac)
{
    const ProblemSlot *row = &draft->problem->slots[slot];
    for (int32_t i = 0; i < n_seats; i++)
        if (!problem_open(row, seats[i].link, start))
            return false;
    int32_t place = draft_insert(draft, slot, start, seats, n_seats);
    if (place == MODEL_NONE)
        return false;
    const SessionMeasure *m = &draft_session(draft, place)->measure;
    if (m->cost == cost && m->rac == rac)
        return true;
    draft_remove(draft, place);
    return false;
}

static bool move_earlier(Draft *draft, int32_t place)
{
    DraftSession *session = draft_session(draft, place);
    int32_t slot = session->slot, start = session->start, n_seats = session->n_seats;
    int64_t cost = session->measure.cost, rac = session->measure.rac;
    if (draft->problem->slots[slot].fixee != MODEL_NONE || start == 0)
        return false;
    g_autofree ProblemSeat *seats = g_memdup2(session->seats, sizeof *seats * (gsize)n_seats);
    draft_remove(draft, place);
    for (int32_t earlier = 0; earlier <= start; earlier++)
        if (try_start(draft, slot, earlier, seats, n_seats, cost, rac))
            return earlier < start;
    g_assert_not_reached(); /* its own start fits */
}

void polish_earliest(Draft *draft)
{
    for (bool moved = true; moved;) {
        moved = false;
        for (int32_t place = 0; place < (int32_t)draft->sessions->len; place++)
            if (draft_session(draft, place)->slot != MODEL_NONE)
                moved = move_earlier(draft, place) || moved;
    }
}
