/* Continuity from one plan to the next: see resume.h. */
#include "plan/resume.h"

#include "plan/search.h"

#include <stdlib.h>

typedef struct {
    int32_t slot, start, debut;
    GArray *seats; /* ProblemSeat */
} Held;

/* The slot and start of a session of the previous plan, or false when there is no such start any more. */
static bool find_start(const Problem *p, const Model *old, const ModelPlanSession *session, Held *held)
{
    held->slot = session->fixee != MODEL_NONE ? model_find_session_fixee(p->model, session->code) : MODEL_NONE;
    if (held->slot != MODEL_NONE)
        held->slot += p->model->n_offres;
    else
        held->slot = model_find_offre(p->model, old->offres[session->offre].code);
    if (held->slot == MODEL_NONE)
        return false;
    const ProblemSlot *slot = &p->slots[held->slot];
    for (int32_t s = 0; s < slot->n_starts; s++)
        if (slot->starts[s].debut == session->debut) {
            held->start = s;
            held->debut = session->debut;
            return true;
        }
    return false;
}

static int compare_seats(const void *a, const void *b)
{
    const ProblemSeat *x = a, *y = b;
    if (x->link != y->link)
        return x->link < y->link ? -1 : 1;
    return (x->montage > y->montage) - (x->montage < y->montage);
}

static bool has_montage(const Problem *p, const ProblemLink *link, int32_t montage)
{
    const ProblemProfile *profile = &p->profiles[link->profile];
    for (int32_t i = 0; i < profile->n; i++)
        if (profile->montages[i] == montage)
            return true;
    return false;
}

static bool find_seats(const Problem *p, const Model *old, const ModelPlan *previous, int32_t session, Held *held)
{
    const ProblemSlot *slot = &p->slots[held->slot];
    for (int32_t i = 0; i < previous->n_affectations; i++) {
        const ModelPlanAffectation *a = &previous->affectations[i];
        if (a->session != session)
            continue;
        int32_t besoin = model_find_besoin(p->model, old->besoins[a->besoin].reference);
        ProblemSeat seat = {MODEL_NONE, model_find_montage(p->model, old->montages[a->montage].code), a->effectif};
        if (besoin != MODEL_NONE)
            seat.link = problem_link(p, slot, besoin);
        if (seat.link == MODEL_NONE || seat.montage == MODEL_NONE || !problem_open(slot, seat.link, held->start) ||
            !has_montage(p, &slot->links[seat.link], seat.montage))
            return false;
        g_array_append_val(held->seats, seat);
    }
    g_array_sort(held->seats, compare_seats);
    return true;
}

/* A fixed session's given learners are all among the seats. */
static bool keeps_forced(const ProblemSlot *slot, const GArray *seats)
{
    for (int32_t f = 0; f < slot->n_forced; f++) {
        bool kept = false;
        for (guint i = 0; i < seats->len; i++) {
            const ProblemSeat *seat = &g_array_index(seats, ProblemSeat, i);
            kept = kept || (seat->link == slot->forced[f].link && seat->montage == slot->forced[f].montage &&
                            seat->effectif >= slot->forced[f].effectif);
        }
        if (!kept)
            return false;
    }
    return true;
}

static int compare_starts(const void *a, const void *b)
{
    const Held *x = a, *y = b;
    return (x->debut > y->debut) - (x->debut < y->debut);
}

static bool within_besoins(const Draft *draft, const ProblemSlot *slot, const GArray *seats)
{
    for (guint i = 0; i < seats->len;) {
        int32_t link = g_array_index(seats, ProblemSeat, i).link, learners = 0;
        for (; i < seats->len && g_array_index(seats, ProblemSeat, i).link == link; i++)
            learners += g_array_index(seats, ProblemSeat, i).effectif;
        if (learners > draft->left[slot->links[link].besoin])
            return false;
    }
    return true;
}

static void clear_held(gpointer data)
{
    g_array_free(((Held *)data)->seats, TRUE);
}

bool resume_previous(Draft *draft, const ModelPlan *previous, const Model *previous_model)
{
    const Problem *p = draft->problem;
    g_autoptr(GArray) sessions = g_array_new(FALSE, TRUE, sizeof(Held));
    g_array_set_clear_func(sessions, clear_held);
    bool stands = true;
    for (int32_t i = 0; i < previous->n_sessions && stands; i++) {
        Held held = {.seats = g_array_new(FALSE, FALSE, sizeof(ProblemSeat))};
        stands = find_start(p, previous_model, &previous->sessions[i], &held) &&
                 find_seats(p, previous_model, previous, i, &held) && keeps_forced(&p->slots[held.slot], held.seats);
        g_array_append_val(sessions, held);
    }
    if (!stands)
        return false;
    /* predecessors of `apres` come before their followers */
    g_array_sort(sessions, compare_starts);
    Draft *again = draft_new(p);
    for (guint i = 0; i < sessions->len && stands; i++) {
        const Held *held = &g_array_index(sessions, Held, i);
        stands = within_besoins(again, &p->slots[held->slot], held->seats) &&
                 draft_insert(again, held->slot, held->start, (const ProblemSeat *)(void *)held->seats->data,
                              (int32_t)held->seats->len) != MODEL_NONE;
    }
    stands = stands && !search_better(draft, again);
    if (stands)
        draft_copy(draft, again);
    draft_free(again);
    return stands;
}
