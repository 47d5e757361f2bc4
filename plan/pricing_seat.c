/* What one learner is worth to pricing: see pricing_seat.h. */
#include "plan/pricing_seat.h"

/* What the learner of a link is worth under a montage at a share, pedagogy and annexes apart; IMPOSSIBLE: cannot be
 * paid. peds: what its financements pay of the share. */
static int64_t share_value(const Problem *p, const PricingPrices *prices, const PricingLimits *limits,
                           const ProblemLink *link, const ModelBesoin *b, int32_t season, ProblemSlice f, int64_t share,
                           const int64_t *peds, int32_t extra, int64_t *least_rac)
{
    const int64_t *extras = &p->extras[extra], *wages = &p->wages[extra];
    int64_t value = 0, rac = share + link->annexe;
    for (int32_t i = 0; i < f.n; i++) {
        int64_t paid = peds[i] + extras[i];
        rac -= paid - wages[i];
        if (paid == 0)
            continue;
        int32_t class = problem_class(p, season, problem_fund(p, b->siae, f.first + i), b->axe);
        if (class == MODEL_NONE || (limits->room != NULL && limits->room[class] < paid))
            return PRICING_IMPOSSIBLE;
        value -= prices->class_price[class] * paid;
    }
    int64_t most = p->model->siae[b->siae].reste_a_charge_max;
    if ((most != MODEL_NONE && rac > most) || (limits->rac_room != NULL && limits->rac_room[b->siae] < rac))
        return PRICING_IMPOSSIBLE;
    *least_rac = MIN(*least_rac, rac);
    if (prices->cuts.n > 0)
        value -= pricing_cuts_value(&prices->cuts, b->siae, rac);
    return value - (prices->w_cost + prices->rac_price[b->siae]) * rac;
}

/* The better of the two shares of a group of q. */
int64_t pricing_seat_value(const Problem *p, const PricingPrices *prices, const PricingLimits *limits,
                           const ProblemSlot *slot, const ProblemLink *link, int32_t season, int32_t q, int32_t montage,
                           int32_t extra, int64_t *least_rac)
{
    const ModelBesoin *b = &p->model->besoins[link->besoin];
    ProblemSlice f = p->financements[montage];
    int64_t pedagogy = problem_pedagogy(p, slot->offre, q);
    const int64_t *peds = f.n == 0 ? NULL : &p->peds[slot->ped[(q - slot->q_min) * p->model->n_montages + montage]];
    int64_t value = share_value(p, prices, limits, link, b, season, f, pedagogy / q, peds, extra, least_rac);
    if (pedagogy % q == 0)
        return value;
    const int64_t *more = f.n == 0 ? NULL : peds + f.n;
    int64_t dearer = share_value(p, prices, limits, link, b, season, f, pedagogy / q + 1, more, extra, least_rac);
    return MAX(value, dearer);
}

/* One learner's charges at the dearer share of a group of q: paid to each financement, and the reste à charge. */
int64_t pricing_seat_dear_rac(const Problem *p, const ProblemSlot *slot, const ProblemLink *link, int32_t montage,
                              int32_t extra, int32_t q, const int64_t **peds)
{
    ProblemSlice f = p->financements[montage];
    int64_t pedagogy = problem_pedagogy(p, slot->offre, q), rac = pedagogy / q + (pedagogy % q != 0) + link->annexe;
    *peds = f.n == 0
                ? NULL
                : &p->peds[slot->ped[(q - slot->q_min) * p->model->n_montages + montage] + (pedagogy % q != 0) * f.n];
    for (int32_t i = 0; i < f.n; i++)
        rac -= (*peds)[i] + p->extras[extra + i] - p->wages[extra + i];
    return rac;
}
