/* A region cut in two: see share.h. */
#include "plan/share.h"

#include <math.h>

/* Part of the besoins on either side. */
#define LEAST_PART 0.35

/* Directions of the cuts, (latitude, longitude). */
static const struct {
    int32_t latitude, longitude;
} directions[] = {{1, 0}, {0, 1}, {1, 1}, {1, -1}, {2, 1}, {1, -2}, {1, 2}, {2, -1}};

typedef struct {
    double at; /* along the direction */
    int32_t siae, besoins;
} Position;

Shares *share_new(const Problem *problem)
{
    Shares *shares = g_new0(Shares, 1);
    for (int32_t i = 0; i < SHARE_SIDES; i++) {
        shares->sides[i].besoins = g_new0(bool, problem->model->n_besoins + 1);
        shares->sides[i].slots = g_new0(bool, problem->n_slots + 1);
    }
    return shares;
}

void share_free(Shares *shares)
{
    for (int32_t i = 0; i < SHARE_SIDES; i++) {
        g_free(shares->sides[i].besoins);
        g_free(shares->sides[i].slots);
    }
    g_free(shares);
}

static int compare_positions(const void *a, const void *b)
{
    const Position *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return (x->siae > y->siae) - (x->siae < y->siae);
}

static double position_of(const Model *m, int32_t commune, int32_t turn)
{
    size_t direction = (size_t)turn % G_N_ELEMENTS(directions);
    return m->communes[commune].latitude * directions[direction].latitude +
           m->communes[commune].longitude * directions[direction].longitude;
}

/* The first position beyond the cut: where the SIAE lie farthest apart, with a fair part of the besoins on each side.
 */
static int32_t first_beyond(const Position *positions, int32_t n, int32_t besoins)
{
    int32_t first = n;
    double widest = -1;
    for (int32_t i = 1, before = positions[0].besoins; i < n; before += positions[i].besoins, i++) {
        double gap = positions[i].at - positions[i - 1].at;
        if (before >= LEAST_PART * besoins && before <= (1 - LEAST_PART) * besoins && gap > widest) {
            widest = gap;
            first = i;
        }
    }
    return first;
}

void share_cut(Shares *shares, const Problem *problem, int32_t turn)
{
    const Model *m = problem->model;
    g_autofree Position *positions = g_new0(Position, m->n_siae + 1);
    for (int32_t s = 0; s < m->n_siae; s++)
        positions[s] = (Position){position_of(m, m->siae[s].commune, turn), s, 0};
    for (int32_t b = 0; b < m->n_besoins; b++)
        positions[m->besoins[b].siae].besoins++;
    qsort(positions, (size_t)m->n_siae, sizeof *positions, compare_positions);
    int32_t first = first_beyond(positions, m->n_siae, m->n_besoins);
    double border = first < m->n_siae ? positions[first].at : INFINITY;
    g_autofree int32_t *side = g_new0(int32_t, m->n_siae + 1);
    for (int32_t i = first; i < m->n_siae; i++)
        side[positions[i].siae] = 1;
    for (int32_t b = 0; b < m->n_besoins; b++)
        for (int32_t i = 0; i < SHARE_SIDES; i++)
            shares->sides[i].besoins[b] = side[m->besoins[b].siae] == i;
    for (int32_t k = 0; k < problem->n_slots; k++) {
        int32_t commune = m->offres[problem->slots[k].offre].commune;
        int32_t of = commune == MODEL_NONE ? (k + turn) % SHARE_SIDES : position_of(m, commune, turn) >= border;
        for (int32_t i = 0; i < SHARE_SIDES; i++)
            shares->sides[i].slots[k] = of == i;
    }
}

int32_t share_side(const Shares *shares, const Problem *problem, int32_t slot, const ProblemSeat *seats,
                   int32_t n_seats)
{
    int32_t side = shares->sides[0].slots[slot] ? 0 : 1;
    for (int32_t i = 0; i < n_seats; i++)
        if (!shares->sides[side].besoins[problem->slots[slot].links[seats[i].link].besoin])
            return MODEL_NONE;
    return side;
}
