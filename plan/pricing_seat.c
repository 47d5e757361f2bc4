/* What one learner is worth to pricing: see pricing_seat.h. */
#include "plan/pricing_seat.h"

PricingGroup pricing_seat_group(const Problem *problem, const PricingPrices *prices, const PricingLimits *limits,
                                const ProblemSlot *slot, int32_t season, int32_t q)
{
    int64_t pedagogy = problem_pedagogy(problem, slot->offre, q);
    return (PricingGroup){.problem = problem,
                          .prices = prices,
                          .limits = limits,
                          .slot = slot,
                          .season = season,
                          .q = q,
                          .share = pedagogy / q,
                          .split = pedagogy % q != 0,
                          .limited = limits != NULL && limits->room != NULL && limits->rac_room != NULL,
                          .ped = &slot->ped[(q - slot->q_min) * problem->model->n_montages]};
}

/* What a charge is worth with what its reste à charge is; IMPOSSIBLE: the SIAE cannot bear that. */
static int64_t rac_value(const PricingGroup *group, int32_t siae, int64_t value, int64_t rac, int64_t *least_rac)
{
    const PricingPrices *prices = group->prices;
    int64_t most = group->problem->model->siae[siae].reste_a_charge_max;
    if ((most != MODEL_NONE && rac > most) || (group->limits->rac_room != NULL && group->limits->rac_room[siae] < rac))
        return PRICING_IMPOSSIBLE;
    *least_rac = MIN(*least_rac, rac);
    if (prices->cuts.n > 0)
        value -= pricing_cuts_value(&prices->cuts, siae, rac);
    return value - (prices->w_cost + prices->rac_price[siae]) * rac;
}

/* Both shares in one pass: they differ by a cent in what they charge, and most of the time goes into finding the
 * enveloppes. */
int64_t pricing_seat_value(const PricingGroup *group, const ProblemLink *link, int32_t montage, int32_t extra,
                           int64_t *least_rac)
{
    const Problem *p = group->problem;
    ProblemSlice f = p->financements[montage];
    const int64_t *peds = f.n == 0 ? NULL : &p->peds[group->ped[montage]], *room = group->limits->room;
    int64_t value = 0, rac = group->share + link->annexe, more_value = 0, more_rac = rac + 1;
    bool possible = true, more_possible = group->split;
    for (int32_t i = 0; i < f.n; i++) {
        int64_t own = p->extras[extra + i], wage = p->wages[extra + i];
        int64_t paid = peds[i] + own, more = group->split ? peds[f.n + i] + own : 0;
        rac -= paid - wage;
        more_rac -= more - wage;
        if (paid == 0 && more == 0)
            continue;
        int32_t class = problem_class(p, group->season, problem_fund(p, link->siae, f.first + i), link->axe);
        int64_t left = class == MODEL_NONE ? 0 : room != NULL ? room[class] : INT64_MAX;
        possible = possible && left >= paid;
        more_possible = more_possible && left >= more;
        if (!possible && !more_possible)
            return PRICING_IMPOSSIBLE;
        int64_t price = class == MODEL_NONE ? 0 : group->prices->class_price[class];
        value -= price * paid;
        more_value -= price * more;
    }
    value = possible ? rac_value(group, link->siae, value, rac, least_rac) : PRICING_IMPOSSIBLE;
    if (!more_possible)
        return value;
    return MAX(value, rac_value(group, link->siae, more_value, more_rac, least_rac));
}

int64_t pricing_seat_dear_rac(const PricingGroup *group, const ProblemLink *link, int32_t montage, int32_t extra,
                              const int64_t **peds)
{
    const Problem *p = group->problem;
    ProblemSlice f = p->financements[montage];
    int64_t rac = group->share + group->split + link->annexe;
    *peds = f.n == 0 ? NULL : &p->peds[group->ped[montage] + (group->split ? f.n : 0)];
    for (int32_t i = 0; i < f.n; i++)
        rac -= (*peds)[i] + p->extras[extra + i] - p->wages[extra + i];
    return rac;
}
