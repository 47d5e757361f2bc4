/* A region cut in two: see share.h. */
#include "plan/share.h"

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

void share_cut(Shares *shares, const Problem *problem, int32_t turn)
{
    const Model *m = problem->model;
    g_autofree Position *positions = g_new0(Position, m->n_siae + 1);
    for (int32_t s = 0; s < m->n_siae; s++)
        positions[s] = (Position){position_of(m, m->siae[s].commune, turn), s, 0};
    for (int32_t b = 0; b < m->n_besoins; b++)
        positions[m->besoins[b].siae].besoins++;
    qsort(positions, (size_t)m->n_siae, sizeof *positions, compare_positions);
    g_autofree int32_t *side = g_new0(int32_t, m->n_siae + 1);
    double border = 0;
    for (int32_t i = 0, before = 0; i < m->n_siae; before += positions[i].besoins, i++) {
        side[positions[i].siae] = 2 * before >= m->n_besoins;
        border = 2 * before < m->n_besoins ? positions[i].at : border;
    }
    for (int32_t b = 0; b < m->n_besoins; b++)
        for (int32_t i = 0; i < SHARE_SIDES; i++)
            shares->sides[i].besoins[b] = side[m->besoins[b].siae] == i;
    for (int32_t k = 0; k < problem->n_slots; k++) {
        int32_t commune = m->offres[problem->slots[k].offre].commune;
        int32_t of = commune == MODEL_NONE ? (k + turn) % SHARE_SIDES : position_of(m, commune, turn) > border;
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
