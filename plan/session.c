/* A session in exact cents: see session.h. */
#include "plan/session.h"

#include <stdlib.h>

void session_measure_clear(SessionMeasure *measure)
{
    g_free(measure->charges);
    g_free(measure->racs);
    *measure = (SessionMeasure){0};
}

/* Of `effectif` learners that sit after `before` others, how many pay the odd cent. */
static int64_t odd_cents(int64_t odd, int64_t before, int64_t effectif)
{
    return CLAMP(odd - before, 0, effectif);
}

static SessionSeat account(const Problem *p, const ProblemSlot *slot, const ProblemSeat *seat, int32_t q,
                           int64_t before, int64_t *paid)
{
    const ProblemLink *link = &slot->links[seat->link];
    const ProblemProfile *profile = &p->profiles[link->profile];
    ProblemSlice f = p->financements[seat->montage];
    int32_t k = 0, extra = link->extra;
    while (profile->montages[k] != seat->montage)
        extra += p->financements[profile->montages[k++]].n;
    const int64_t *peds =
        f.n == 0 ? NULL : &p->peds[slot->ped[(q - slot->q_min) * p->model->n_montages + seat->montage]];
    int64_t pedagogy = problem_pedagogy(p, slot->offre, q), n = seat->effectif;
    int64_t up = odd_cents(pedagogy % q, before, n);
    SessionSeat result = {.pedagogique = n * (pedagogy / q) + up, .annexe = n * link->annexe};
    for (int32_t i = 0; i < f.n; i++) {
        int64_t pays = (n - up) * peds[i] + up * peds[f.n + i] + n * p->extras[extra + i];
        result.finance += pays;
        result.remuneration += n * p->wages[extra + i];
        if (paid != NULL)
            paid[i] = pays;
    }
    result.reste_a_charge = result.pedagogique + result.annexe + result.remuneration - result.finance;
    return result;
}

static void add_amount(SessionAmount **amounts, int32_t *n, int32_t *room, int32_t key, int64_t cents)
{
    if (cents == 0)
        return;
    int32_t at = *n;
    while (at > 0 && (*amounts)[at - 1].key > key)
        at--;
    if (at > 0 && (*amounts)[at - 1].key == key) {
        (*amounts)[at - 1].cents += cents;
        return;
    }
    if (*n == *room) {
        *room = MAX(8, 2 * *room);
        *amounts = g_renew(SessionAmount, *amounts, *room);
    }
    for (int32_t i = *n; i > at; i--)
        (*amounts)[i] = (*amounts)[i - 1];
    (*amounts)[at] = (SessionAmount){key, cents};
    ++*n;
}

static int32_t count(const ProblemSeat *seats, int32_t n_seats)
{
    int32_t q = 0;
    for (int32_t i = 0; i < n_seats; i++)
        q += seats[i].effectif;
    return q;
}

bool session_measure(const Problem *problem, const ProblemSlot *slot, int32_t start, const ProblemSeat *seats,
                     int32_t n_seats, SessionMeasure *measure)
{
    const Problem *p = problem;
    measure->q = count(seats, n_seats);
    measure->points = measure->cost = measure->rac = 0;
    measure->n_charges = measure->n_racs = 0;
    int64_t before = 0;
    int64_t paid[PROBLEM_MAX_FINANCEMENTS];
    for (int32_t i = 0; i < n_seats; i++) {
        int32_t besoin = slot->links[seats[i].link].besoin;
        const ModelBesoin *b = &p->model->besoins[besoin];
        ProblemSlice f = p->financements[seats[i].montage];
        SessionSeat seat = account(p, slot, &seats[i], measure->q, before, paid);
        before += seats[i].effectif;
        measure->points += seats[i].effectif * p->points[besoin];
        measure->cost += seat.pedagogique + seat.annexe;
        measure->rac += seat.reste_a_charge;
        add_amount(&measure->racs, &measure->n_racs, &measure->room_racs, b->siae, seat.reste_a_charge);
        for (int32_t k = 0; k < f.n; k++) {
            if (paid[k] == 0)
                continue;
            int32_t class = problem_class(p, slot->starts[start].season, problem_fund(p, b->siae, f.first + k), b->axe);
            if (class == MODEL_NONE)
                return false;
            add_amount(&measure->charges, &measure->n_charges, &measure->room_charges, class, paid[k]);
        }
    }
    return true;
}

SessionSeat session_seat(const Problem *problem, const ProblemSlot *slot, const ProblemSeat *seats, int32_t n_seats,
                         int32_t i, int64_t *paid)
{
    return account(problem, slot, &seats[i], count(seats, n_seats), count(seats, i), paid);
}

SessionRacs session_racs(const Problem *problem, const ProblemSlot *slot, const ProblemSeat *seats, int32_t n_seats,
                         int32_t i)
{
    int64_t q = count(seats, n_seats), odd = problem_pedagogy(problem, slot->offre, (int32_t)q) % q;
    ProblemSeat one = {seats[i].link, seats[i].montage, 1};
    SessionRacs racs = {.n = seats[i].effectif, .up = (int32_t)odd_cents(odd, count(seats, i), seats[i].effectif)};
    racs.ceiling = account(problem, slot, &one, (int32_t)q, 0, NULL).reste_a_charge;
    racs.floor = account(problem, slot, &one, (int32_t)q, q, NULL).reste_a_charge;
    return racs;
}
