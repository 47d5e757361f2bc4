/* Prices and their range: see pricing.h. */
#include "plan/pricing.h"

#include <stdlib.h>
#include <string.h>

static void clear_days(PricingDays *days)
{
    g_free(days->days);
    g_free(days->of);
    *days = (PricingDays){0};
}

static int compare_days(const void *a, const void *b)
{
    const PricingDay *x = a, *y = b;
    if (x->owner != y->owner)
        return x->owner < y->owner ? -1 : 1;
    return (x->day > y->day) - (x->day < y->day);
}

void pricing_set_days(PricingDays *days, const PricingDay *rows, int32_t n, int32_t n_owners)
{
    PricingDays fresh = {g_memdup2(rows, sizeof *rows * (gsize)n), n, g_new0(ProblemSlice, n_owners + 1)};
    if (n > 0)
        qsort(fresh.days, (size_t)n, sizeof *rows, compare_days);
    for (int32_t i = 0; i < n; i++) {
        ProblemSlice *slice = &fresh.of[fresh.days[i].owner];
        if (slice->n++ == 0)
            slice->first = i;
    }
    clear_days(days);
    *days = fresh;
}

static int compare_cuts(const void *a, const void *b)
{
    const PricingCut *x = a, *y = b;
    if (x->siae != y->siae)
        return x->siae < y->siae ? -1 : 1;
    return (x->divisor > y->divisor) - (x->divisor < y->divisor);
}

void pricing_set_cuts(PricingCuts *cuts, const PricingCut *rows, int32_t n, int32_t n_siae)
{
    PricingCuts fresh = {g_memdup2(rows, sizeof *rows * (gsize)n), n, g_new0(ProblemSlice, n_siae + 1)};
    if (n > 0)
        qsort(fresh.cuts, (size_t)n, sizeof *rows, compare_cuts);
    for (int32_t i = 0; i < n; i++) {
        ProblemSlice *slice = &fresh.of[fresh.cuts[i].siae];
        if (slice->n++ == 0)
            slice->first = i;
    }
    g_free(cuts->cuts);
    g_free(cuts->of);
    *cuts = fresh;
}

static int compare_steps(const void *a, const void *b)
{
    const PricingStep *x = a, *y = b;
    if (x->besoin != y->besoin)
        return x->besoin < y->besoin ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    if (x->earns != y->earns)
        return x->earns ? 1 : -1;
    return (x->other > y->other) - (x->other < y->other);
}

void pricing_set_steps(PricingSteps *steps, const PricingStep *rows, int32_t n, int32_t n_besoins)
{
    PricingSteps fresh = {g_memdup2(rows, sizeof *rows * (gsize)n), n, g_new0(ProblemSlice, n_besoins + 1)};
    if (n > 0)
        qsort(fresh.steps, (size_t)n, sizeof *rows, compare_steps);
    for (int32_t i = 0; i < n; i++) {
        ProblemSlice *slice = &fresh.of[fresh.steps[i].besoin];
        if (slice->n++ == 0)
            slice->first = i;
    }
    g_free(steps->steps);
    g_free(steps->of);
    *steps = fresh;
}

int64_t pricing_steps_most(const PricingSteps *steps, int32_t besoin)
{
    int64_t most = 0;
    for (int32_t i = 0; i < steps->of[besoin].n; i++) {
        const PricingStep *step = &steps->steps[steps->of[besoin].first + i];
        most += step->earns ? step->price : 0;
    }
    return most;
}

int64_t pricing_steps_off(const PricingSteps *steps, int32_t besoin, const ProblemStart *start)
{
    int64_t off = 0;
    for (int32_t i = 0; i < steps->of[besoin].n; i++) {
        const PricingStep *step = &steps->steps[steps->of[besoin].first + i];
        off += (step->earns ? start->fin >= step->day : start->debut <= step->day) ? step->price : 0;
    }
    return off;
}

int64_t pricing_days_value(const Problem *problem, const PricingDays *days, int32_t owner, const ProblemStart *start)
{
    ProblemSlice slice = days->of[owner];
    int32_t low = slice.first, end = slice.first + slice.n;
    for (int32_t high = end; low < high;) {
        int32_t middle = low + (high - low) / 2;
        if (days->days[middle].day < start->debut)
            low = middle + 1;
        else
            high = middle;
    }
    int64_t value = 0;
    for (; low < end && days->days[low].day <= start->fin; low++)
        if (problem_on_day(problem, start, days->days[low].day))
            value += days->days[low].price;
    return value;
}

PricingPrices *pricing_prices_new(const Problem *problem)
{
    PricingPrices *prices = g_new0(PricingPrices, 1);
    prices->unit = 1;
    prices->enveloppe = g_new0(int64_t, problem->model->n_enveloppes + 1);
    prices->class_price = g_new0(int64_t, problem->n_classes + 1);
    prices->rac_price = g_new0(int64_t, problem->model->n_siae + 1);
    prices->y = g_new0(int64_t, problem->model->n_besoins + 1);
    pricing_set_days(&prices->absences, NULL, 0, problem->model->n_siae);
    pricing_set_days(&prices->presences, NULL, 0, problem->model->n_organismes);
    pricing_set_days(&prices->stagiaires, NULL, 0, problem->n_stagiaires);
    pricing_set_cuts(&prices->cuts, NULL, 0, problem->model->n_siae);
    pricing_set_steps(&prices->steps, NULL, 0, problem->model->n_besoins);
    return prices;
}

void pricing_prices_free(PricingPrices *prices)
{
    if (prices == NULL)
        return;
    g_free(prices->enveloppe);
    g_free(prices->class_price);
    g_free(prices->rac_price);
    g_free(prices->y);
    clear_days(&prices->absences);
    clear_days(&prices->presences);
    clear_days(&prices->stagiaires);
    g_free(prices->steps.steps);
    g_free(prices->steps.of);
    g_free(prices->cuts.cuts);
    g_free(prices->cuts.of);
    g_free(prices);
}

void pricing_prices_copy(const Problem *problem, PricingPrices *target, const PricingPrices *source)
{
    target->unit = source->unit;
    target->w_points = source->w_points;
    target->w_cost = source->w_cost;
    memcpy(target->enveloppe, source->enveloppe, sizeof(int64_t) * (size_t)problem->model->n_enveloppes);
    memcpy(target->class_price, source->class_price, sizeof(int64_t) * (size_t)problem->n_classes);
    memcpy(target->rac_price, source->rac_price, sizeof(int64_t) * (size_t)problem->model->n_siae);
    memcpy(target->y, source->y, sizeof(int64_t) * (size_t)problem->model->n_besoins);
    pricing_set_days(&target->absences, source->absences.days, source->absences.n, problem->model->n_siae);
    pricing_set_days(&target->presences, source->presences.days, source->presences.n, problem->model->n_organismes);
    pricing_set_days(&target->stagiaires, source->stagiaires.days, source->stagiaires.n, problem->n_stagiaires);
    pricing_set_steps(&target->steps, source->steps.steps, source->steps.n, problem->model->n_besoins);
    pricing_set_cuts(&target->cuts, source->cuts.cuts, source->cuts.n, problem->model->n_siae);
}

static bool same_values(const int64_t *a, const int64_t *b, int32_t n)
{
    return memcmp(a, b, sizeof *a * (gsize)n) == 0;
}

static bool same_days(const PricingDays *a, const PricingDays *b)
{
    return a->n == b->n && (a->n == 0 || memcmp(a->days, b->days, sizeof *a->days * (gsize)a->n) == 0);
}

bool pricing_prices_equal(const Problem *problem, const PricingPrices *a, const PricingPrices *b)
{
    const Model *m = problem->model;
    bool same = a->unit == b->unit && a->w_points == b->w_points && a->w_cost == b->w_cost && a->cuts.n == b->cuts.n &&
                a->steps.n == b->steps.n && same_days(&a->absences, &b->absences) &&
                same_days(&a->presences, &b->presences) && same_days(&a->stagiaires, &b->stagiaires) &&
                same_values(a->enveloppe, b->enveloppe, m->n_enveloppes) &&
                same_values(a->rac_price, b->rac_price, m->n_siae);
    for (int32_t i = 0; i < a->cuts.n && same; i++)
        same = compare_cuts(&a->cuts.cuts[i], &b->cuts.cuts[i]) == 0 && a->cuts.cuts[i].price == b->cuts.cuts[i].price;
    for (int32_t i = 0; i < a->steps.n && same; i++)
        same = compare_steps(&a->steps.steps[i], &b->steps.steps[i]) == 0 &&
               a->steps.steps[i].price == b->steps.steps[i].price;
    return same;
}

void pricing_prices_settle(const Problem *problem, PricingPrices *prices)
{
    for (int32_t c = 0; c < problem->n_classes; c++) {
        const ProblemFund *fund = &problem->funds[problem->classes[c].fund];
        int64_t least = INT64_MAX;
        for (int32_t i = 0; i < fund->n; i++)
            if (problem->classes[c].mask >> i & 1U)
                least = MIN(least, prices->enveloppe[fund->enveloppes[i]]);
        prices->class_price[c] = least;
    }
}

/* ---- blending ---- */

static int64_t between(int64_t a, int64_t b, double part)
{
    return a + (int64_t)((double)(b - a) * part);
}

/* Rows of a sorted list at their part, then those of another: equal keys (as `compare` has it) become one row. */
typedef struct {
    gsize size;
    int (*compare)(const void *, const void *);
    int64_t *(*price)(void *row);
} ListKind;

static int64_t *price_of_day(void *row)
{
    return &((PricingDay *)row)->price;
}

static int64_t *price_of_cut(void *row)
{
    return &((PricingCut *)row)->price;
}

static int64_t *price_of_step(void *row)
{
    return &((PricingStep *)row)->price;
}

static const ListKind DAYS = {sizeof(PricingDay), compare_days, price_of_day};
static const ListKind CUTS = {sizeof(PricingCut), compare_cuts, price_of_cut};
static const ListKind STEPS = {sizeof(PricingStep), compare_steps, price_of_step};

/* Merges n_a rows at 1 - part and n_b rows at part. Returns the rows, *n of them; the caller frees. */
static void *blend_rows(const ListKind *kind, const void *a, int32_t n_a, const void *b, int32_t n_b, double part,
                        int32_t *n)
{
    char *rows = g_malloc0_n((gsize)n_a + (gsize)n_b + 1, kind->size);
    const char *x = a, *y = b;
    *n = 0;
    for (int32_t i = 0, k = 0; i < n_a || k < n_b;) {
        char *row = rows + (gsize)*n * kind->size;
        int order = i == n_a ? 1 : k == n_b ? -1 : kind->compare(x, y);
        memcpy(row, order <= 0 ? x : y, kind->size);
        int64_t *price = kind->price(row), other = 0;
        if (order == 0)
            memcpy(&other, (const char *)y + ((char *)price - row), sizeof other);
        *price = order <= 0 ? between(*price, other, part) : between(0, *price, part);
        if (order <= 0) {
            i++;
            x += kind->size;
        }
        if (order >= 0) {
            k++;
            y += kind->size;
        }
        *n += *price > 0;
    }
    return rows;
}

static void blend_days(PricingDays *target, const PricingDays *center, double part, int32_t n_owners)
{
    int32_t n;
    g_autofree PricingDay *rows = blend_rows(&DAYS, target->days, target->n, center->days, center->n, part, &n);
    pricing_set_days(target, rows, n, n_owners);
}

void pricing_prices_blend(const Problem *problem, PricingPrices *target, const PricingPrices *center, double part)
{
    const Model *m = problem->model;
    for (int32_t e = 0; e < m->n_enveloppes; e++)
        target->enveloppe[e] = between(target->enveloppe[e], center->enveloppe[e], part);
    for (int32_t s = 0; s < m->n_siae; s++)
        target->rac_price[s] = between(target->rac_price[s], center->rac_price[s], part);
    target->w_points = between(target->w_points, center->w_points, part);
    blend_days(&target->absences, &center->absences, part, m->n_siae);
    blend_days(&target->presences, &center->presences, part, m->n_organismes);
    blend_days(&target->stagiaires, &center->stagiaires, part, problem->n_stagiaires);
    int32_t n;
    g_autofree PricingCut *cuts =
        blend_rows(&CUTS, target->cuts.cuts, target->cuts.n, center->cuts.cuts, center->cuts.n, part, &n);
    pricing_set_cuts(&target->cuts, cuts, n, m->n_siae);
    g_autofree PricingStep *steps =
        blend_rows(&STEPS, target->steps.steps, target->steps.n, center->steps.steps, center->steps.n, part, &n);
    pricing_set_steps(&target->steps, steps, n, m->n_besoins);
    pricing_prices_settle(problem, target);
}

PricingRange pricing_range(const Problem *problem)
{
    int64_t most_cents = 1, most_points = 1, most_days = 1;
    for (int32_t i = 0; i < problem->n_slots; i++) {
        const ProblemSlot *slot = &problem->slots[i];
        if (slot->q_max < slot->q_min)
            continue;
        int64_t annexe = 0, points = 0, extra = 0;
        for (int32_t k = 0; k < slot->n_links; k++) {
            const ProblemLink *link = &slot->links[k];
            const ProblemProfile *profile = &problem->profiles[link->profile];
            annexe = MAX(annexe, link->annexe);
            points = MAX(points, problem->points[link->besoin]);
            for (int32_t o = 0, at = link->extra; o < profile->n; o++) {
                int64_t sum = 0;
                for (int32_t f = 0; f < problem->financements[profile->montages[o]].n; f++)
                    sum += problem->extras[at++];
                extra = MAX(extra, sum);
            }
        }
        /* P counts in w_cost, in what is charged and in reste à charge; so do annexes; extras are charged */
        int64_t cents =
            4 * problem_pedagogy(problem, slot->offre, slot->q_max) + slot->q_max * (4 * (annexe + 1) + extra);
        most_cents = MAX(most_cents, cents);
        most_points = MAX(most_points, points * slot->q_max);
        most_days = MAX(most_days, (int64_t)slot->n_jours * (slot->q_max + 1));
    }
    int64_t most = (int64_t)1 << 58;
    return (PricingRange){most / most_cents, most / most_points, most / most_days};
}

/* Limits of a kind of days, by owner. */
typedef enum { DAYS_ABSENCES, DAYS_PRESENCES, DAYS_STAGIAIRES } DaysKind;

static bool add_days(const Model *m, const PricingDays *days, DaysKind kind, int64_t *sum)
{
    bool known = true;
    for (int32_t i = 0; i < days->n && known; i++) {
        int32_t owner = days->days[i].owner;
        int64_t limit = kind == DAYS_ABSENCES    ? m->siae[owner].absents_max
                        : kind == DAYS_PRESENCES ? m->organismes[owner].sessions_simultanees
                                                 : 1;
        known = pricing_add(sum, days->days[i].price, limit);
    }
    return known;
}

bool pricing_prices_worth(const Problem *problem, const PricingPrices *prices, int64_t *sum)
{
    const Model *m = problem->model;
    bool known = true;
    for (int32_t e = 0; e < m->n_enveloppes && known; e++)
        known = pricing_add(sum, prices->enveloppe[e], m->enveloppes[e].montant);
    for (int32_t s = 0; s < m->n_siae && known; s++)
        known = prices->rac_price[s] == 0 || pricing_add(sum, prices->rac_price[s], m->siae[s].reste_a_charge_max);
    for (int32_t i = 0; i < prices->cuts.n && known; i++) {
        const PricingCut *cut = &prices->cuts.cuts[i];
        known = pricing_add(sum, cut->price, pricing_cut_of(cut, m->siae[cut->siae].reste_a_charge_max));
    }
    return known && add_days(m, &prices->absences, DAYS_ABSENCES, sum) &&
           add_days(m, &prices->presences, DAYS_PRESENCES, sum) &&
           add_days(m, &prices->stagiaires, DAYS_STAGIAIRES, sum);
}
