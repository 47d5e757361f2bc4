/* New sessions around one learner: see explain_group.h. */
#include "plan/explain_group.h"

/* What a group that is being filled still lacks. */
#define FILLING (1U << MOTIF_GROUPE_INSUFFISANT | 1U << MOTIF_MUTUALISATION_IMPOSSIBLE)

static int32_t min_siae_of(const Problem *p, int32_t besoin)
{
    return p->model->axes[p->model->besoins[besoin].axe].min_siae;
}

void explain_group_gather(GArray *pool, const ExplainAim *aim, const ExplainTrial *trial, int32_t start,
                          const ExplainReach *reach)
{
    const Draft *draft = trial->draft;
    const Problem *p = draft->problem;
    const ProblemSlot *slot = &p->slots[trial->slot];
    g_array_set_size(pool, 0);
    for (int32_t i = 0; i < slot->n_links; i++) {
        const ProblemLink *link = &slot->links[i];
        int32_t besoin = link->besoin;
        if (besoin == trial->besoin || draft->left[besoin] <= 0)
            continue;
        bool open = start != MODEL_NONE ? problem_open(slot, i, start)
                                        : explain_reach_dates(p->model, besoin, trial->start.jours, slot->n_jours);
        *trial->work += open;
        if (!open || explain_aim_broken(aim, explain_trial_learner(trial, besoin, 1)))
            continue;
        const ProblemProfile *profile = &p->profiles[link->profile];
        ExplainCompanion companion = {besoin, 1, min_siae_of(p, besoin), link->annexe, profile->montages, profile->n};
        while (companion.n < draft->left[besoin] &&
               !explain_aim_broken(aim, explain_trial_learner(trial, besoin, companion.n + 1)))
            companion.n++;
        g_array_append_val(pool, companion);
    }
    if (draft->left[trial->besoin] > 1) {
        ExplainCompanion own = {trial->besoin,
                                draft->left[trial->besoin] - 1,
                                min_siae_of(p, trial->besoin),
                                reach->annexe,
                                reach->montages,
                                reach->n_montages};
        g_array_append_val(pool, own);
    }
}

static bool is_seated(const ExplainTrial *trial, int32_t siae)
{
    for (guint i = 0; i < trial->seats->len; i++)
        if (trial->draft->problem->model->besoins[g_array_index(trial->seats, ExplainSeat, i).besoin].siae == siae)
            return true;
    return false;
}

static bool seat_companion(const ExplainAim *aim, ExplainTrial *trial, const ExplainCompanion *companion, int32_t q)
{
    for (int32_t m = 0; m < companion->n_montages; m++) {
        explain_trial_add(trial, companion->besoin, companion->montages[m], companion->annexe);
        if (!explain_aim_broken(aim, explain_trial_broken(trial, q) & ~FILLING))
            return true;
        explain_trial_drop(trial, companion->besoin, companion->montages[m]);
    }
    return false;
}

/* Seats companions whose axes want at most min_siae, one by one, towards a group of q: first new SIAE, while the axes
 * want more, then anyone. */
static void fill(const GArray *pool, const ExplainAim *aim, ExplainTrial *trial, int32_t q, int32_t min_siae)
{
    const Model *m = trial->draft->problem->model;
    for (int32_t pass = 0; pass < 2; pass++)
        for (guint i = 0; i < pool->len && trial->q < q; i++) {
            const ExplainCompanion *c = &g_array_index(pool, ExplainCompanion, i);
            if (c->min_siae > min_siae)
                continue;
            if (pass == 0 && (trial->n_siae >= trial->wanted || is_seated(trial, m->besoins[c->besoin].siae)))
                continue;
            int32_t most = c->n;
            for (guint k = 0; k < trial->seats->len; k++) {
                const ExplainSeat *seat = &g_array_index(trial->seats, ExplainSeat, k);
                most -= seat->besoin == c->besoin ? seat->effectif : 0;
            }
            most += c->besoin == aim->besoin; /* the learner at stake is not one of them */
            bool seated = true;
            for (int32_t n = pass == 0 ? MIN(most, 1) : most; n > 0 && seated && trial->q < q; n--)
                seated = seat_companion(aim, trial, c, q);
            if (!seated)
                explain_trial_broken(trial, q); /* the figures of who is seated */
        }
}

/* True when learners who are missing would complete the group: they may be of as many other SIAE as are wanted. */
static bool completes(const ExplainAim *aim, const ExplainTrial *trial, int32_t q, uint32_t broken)
{
    return aim->mode == EXPLAIN_JOINED && (broken & 1U << MOTIF_GROUPE_INSUFFISANT) != 0 &&
           !explain_aim_broken(aim, broken & ~FILLING) && q - trial->q >= trial->wanted - trial->n_siae;
}

/* Tries a group of q around one learner of the besoin. */
static bool try_seats(const GArray *pool, ExplainAim *aim, ExplainTrial *trial, const ExplainReach *reach, int32_t q,
                      int32_t min_siae)
{
    g_array_set_size(trial->seats, 0);
    explain_trial_add(trial, aim->besoin, reach->montages[aim->montage], reach->annexe);
    uint32_t broken = explain_trial_broken(trial, q);
    if (explain_aim_broken(aim, broken & ~FILLING) ||
        explain_aim_farther(aim, trial, reach, aim->fixed | (broken & ~FILLING)))
        return false;
    aim->seatable = true;
    ExplainAim rest = *aim;
    if (aim->mode == EXPLAIN_FEWEST) /* nobody comes along who breaks more */
        rest.waived = aim->fixed | broken | FILLING;
    fill(pool, &rest, trial, q, min_siae);
    if (aim->mode == EXPLAIN_JOINED)
        return completes(aim, trial, q, explain_trial_broken(trial, q)) &&
               explain_aim_found(aim, trial, reach, MODEL_NONE, q);
    return !explain_aim_broken(aim, explain_trial_broken(trial, 0)) &&
           explain_aim_found(aim, trial, reach, MODEL_NONE, 0);
}

/* The same under each montage, with companions whose axes want no more SIAE than the besoin's, then with any.
 * aim->seatable: whether the besoin's own learner could sit in it. */
static bool try_group(const GArray *pool, ExplainAim *aim, ExplainTrial *trial, const ExplainReach *reach, int32_t q)
{
    int32_t own = min_siae_of(trial->draft->problem, aim->besoin), most = own;
    for (guint i = 0; i < pool->len; i++)
        most = MAX(most, g_array_index(pool, ExplainCompanion, i).min_siae);
    aim->seatable = false;
    aim->groups += aim->found;
    for (aim->montage = 0; aim->montage < reach->n_montages; aim->montage++)
        if (try_seats(pool, aim, trial, reach, q, own) || (most > own && try_seats(pool, aim, trial, reach, q, most)))
            return true;
    return false;
}

/* Groups of the largest size (shares are least), of the least (charges are least), and some between. */
static bool try_range(const GArray *pool, ExplainAim *aim, ExplainTrial *trial, const ExplainReach *reach,
                      int32_t least, int32_t most)
{
    int32_t step = MAX(1, (most - least + 1) / 3);
    for (int32_t q = most; q > least; q -= step) {
        if (try_group(pool, aim, trial, reach, q))
            return true;
        if (!aim->seatable) /* nor would larger shares let it */
            return false;
    }
    return try_group(pool, aim, trial, reach, least);
}

bool explain_group_try(const GArray *pool, ExplainAim *aim, ExplainTrial *trial, const ExplainReach *reach)
{
    const ProblemSlot *slot = &trial->draft->problem->slots[trial->slot];
    int32_t most = 1, least = slot->q_min;
    for (guint i = 0; i < pool->len; i++)
        most += g_array_index(pool, ExplainCompanion, i).n;
    most = MIN(most, trial->draft->problem->model->offres[slot->offre].effectif_max);
    if (aim->mode == EXPLAIN_JOINED)
        return try_group(pool, aim, trial, reach, slot->q_min);
    if (most >= least && aim->waived != 1U << MOTIF_GROUPE_INSUFFISANT &&
        try_range(pool, aim, trial, reach, least, most))
        return true;
    most = MIN(most, least - 1);
    return (aim->waived & 1U << MOTIF_GROUPE_INSUFFISANT) != 0 && most > 0 &&
           try_range(pool, aim, trial, reach, 1, most);
}
