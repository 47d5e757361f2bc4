/* The volume algorithm for one formation: see volume.h. */
#include "plan/volume.h"

#include <math.h>
#include <string.h>

/* Rounds of the first call, and of later ones, which start near the end. */
#define FIRST_ROUNDS 60
#define ROUNDS 15
/* The average forgets at this rate. */
#define FORGET 0.1
/* A step aims at a bound lower by this part. */
#define AIM 0.03
/* Shares below this leave the average. */
#define NEGLIGIBLE 1e-3

struct Volume {
    const Problem *problem;
    ProblemSlice besoins, slots;
    double *y, *best_y; /* by besoin of the formation, in points */
    double *excess;     /* learners the average seats, less those there are */
    GArray *shares;     /* double: by column of the master */
    bool warm;
    ProblemSeat *seats;
};

Volume *volume_new(const Problem *problem, int32_t formation)
{
    Volume *volume = g_new0(Volume, 1);
    volume->problem = problem;
    volume->besoins = problem->formation_besoins[formation];
    volume->slots = problem->formation_slots[formation];
    volume->y = g_new0(double, volume->besoins.n + 1);
    volume->best_y = g_new0(double, volume->besoins.n + 1);
    volume->excess = g_new0(double, volume->besoins.n + 1);
    volume->shares = g_array_new(FALSE, TRUE, sizeof(double));
    int32_t most = 0;
    for (int32_t i = 0; i < volume->slots.n; i++)
        most = MAX(most, problem->slots[problem->slots_by_formation[volume->slots.first + i]].q_max);
    volume->seats = g_new0(ProblemSeat, most + 1);
    return volume;
}

void volume_free(Volume *volume)
{
    if (volume == NULL)
        return;
    g_free(volume->y);
    g_free(volume->best_y);
    g_free(volume->excess);
    g_free(volume->seats);
    g_array_free(volume->shares, TRUE);
    g_free(volume);
}

static int32_t besoin_at(const Volume *volume, int32_t i)
{
    return volume->problem->besoins_by_formation[volume->besoins.first + i];
}

static void set_prices(const Volume *volume, const double *y, PricingPrices *prices)
{
    for (int32_t i = 0; i < volume->besoins.n; i++)
        prices->y[besoin_at(volume, i)] = (int64_t)(y[i] * (double)prices->w_points);
}

/* Prices every slot at prices->y; the answer's sessions, weighted by `weight`, join the average. Returns the bound that
 * these y prove. */
static int64_t answer(Volume *volume, Master *master, Pricing *pricing, const PricingPrices *prices, double weight)
{
    const Problem *p = volume->problem;
    static const PricingLimits unlimited = {0};
    int64_t bound = 0;
    for (int32_t i = 0; i < volume->besoins.n; i++)
        bound += prices->y[besoin_at(volume, i)] * p->model->besoins[besoin_at(volume, i)].effectif;
    for (int32_t i = 0; i < volume->slots.n; i++) {
        int32_t slot = p->slots_by_formation[volume->slots.first + i], at;
        bool must = p->slots[slot].fixee != MODEL_NONE;
        PricingSession session = {.seats = volume->seats};
        if (p->slots[slot].capacity <= 0 || !pricing_best(pricing, prices, &unlimited, slot, &session) ||
            (!must && session.reduced <= 0))
            continue;
        bound += p->slots[slot].capacity * session.reduced;
        if (!master_add(master, slot, session.start, session.seats, session.n_seats, &at))
            continue;
        if ((guint)at >= volume->shares->len)
            g_array_set_size(volume->shares, (guint)at + 1);
        g_array_index(volume->shares, double, at) += weight * p->slots[slot].capacity;
    }
    return bound;
}

static int compare_besoins(const void *key, const void *row)
{
    int32_t a = *(const int32_t *)key, b = *(const int32_t *)row;
    return (a > b) - (a < b);
}

/* The average's excess of demand by besoin; returns the sum of its squares. Where y is 0 a lack is no reason to move.
 */
static double measure_excess(Volume *volume, const Master *master)
{
    const Problem *p = volume->problem;
    const int32_t *rows = &p->besoins_by_formation[volume->besoins.first];
    for (int32_t i = 0; i < volume->besoins.n; i++)
        volume->excess[i] = -p->model->besoins[rows[i]].effectif;
    int32_t n;
    const MasterColumn *columns = master_columns(master, &n);
    for (guint c = 0; c < volume->shares->len; c++) {
        double share = g_array_index(volume->shares, double, c);
        for (int32_t k = 0; share > 0 && k < columns[c].n_seats; k++) {
            int32_t besoin = p->slots[columns[c].slot].links[columns[c].seats[k].link].besoin;
            const int32_t *at = bsearch(&besoin, rows, (size_t)volume->besoins.n, sizeof *rows, compare_besoins);
            volume->excess[at - rows] += share * columns[c].seats[k].effectif;
        }
    }
    double squares = 1e-9;
    for (int32_t i = 0; i < volume->besoins.n; i++) {
        if (volume->best_y[i] <= 0 && volume->excess[i] < 0)
            volume->excess[i] = 0;
        squares += volume->excess[i] * volume->excess[i];
    }
    return squares;
}

static void forget(Volume *volume)
{
    for (guint c = 0; c < volume->shares->len; c++) {
        double *share = &g_array_index(volume->shares, double, c);
        *share = *share < NEGLIGIBLE ? 0 : *share * (1 - FORGET);
    }
}

MasterResult volume_solve(Volume *volume, Master *master, Pricing *pricing, PricingPrices *prices)
{
    MasterResult result = {true, false, 0, INT64_MAX};
    int32_t rounds = volume->warm ? ROUNDS : FIRST_ROUNDS, failures = 0;
    double step = volume->warm ? 0.5 : 1;
    for (int32_t round = 0; round < rounds; round++) {
        set_prices(volume, round == 0 ? volume->best_y : volume->y, prices);
        if (volume->warm)
            forget(volume);
        int64_t bound = answer(volume, master, pricing, prices, volume->warm ? FORGET : 1);
        volume->warm = true;
        if (bound < result.bound) {
            result.bound = bound;
            if (round > 0)
                memcpy(volume->best_y, volume->y, sizeof(double) * (size_t)volume->besoins.n);
            step = fmin(2, step * 1.2);
            failures = 0;
        } else if (++failures == 3) {
            step *= 0.6;
            failures = 0;
        }
        double squares = measure_excess(volume, master);
        double aim = AIM * fabs((double)result.bound) / (double)MAX(prices->w_points, 1);
        for (int32_t i = 0; i < volume->besoins.n; i++)
            volume->y[i] = fmax(0, volume->best_y[i] + step * aim / squares * volume->excess[i]);
    }
    set_prices(volume, volume->best_y, prices);
    for (guint c = 0; c < volume->shares->len; c++)
        master_set_share(master, (int32_t)c, g_array_index(volume->shares, double, c));
    return result;
}
