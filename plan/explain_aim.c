/* The nearest session of a proof: see explain_aim.h. */
#include "plan/explain_aim.h"

/* Groups tried for a nearer session once one is found. */
#define MOST_GROUPS 100

void explain_session_clear(ExplainSession *session)
{
    explain_trial_clear(&session->trial);
}

/* How far a trial is from keeping the rule waived, in the rule's own unit; 0 where nothing can be nearer. */
static int64_t gap_of(const ExplainAim *aim, const ExplainTrial *trial, const ExplainReach *reach, uint32_t broken)
{
    const Problem *p = trial->draft->problem;
    const ModelBesoin *b = &p->model->besoins[aim->besoin];
    if (aim->mode == EXPLAIN_JOINED)
        return p->slots[trial->slot].q_min - trial->q;
    if (aim->mode == EXPLAIN_FEWEST)
        return __builtin_popcount(broken);
    switch (aim->waived) {
    case 1U << MOTIF_HORS_RAYON:
        return reach->km;
    case 1U << MOTIF_HORS_PERIODE:
        return MAX(0, b->date_debut - trial->start.debut) + MAX(0, trial->start.fin - b->date_fin);
    case 1U << MOTIF_GROUPE_INSUFFISANT:
        return p->slots[trial->slot].q_min - trial->q;
    case 1U << MOTIF_MUTUALISATION_IMPOSSIBLE:
        return trial->wanted - trial->n_siae;
    case 1U << MOTIF_RESTE_A_CHARGE:
        return trial->rac;
    case 1U << MOTIF_ENVELOPPE_EPUISEE:
        return trial->missing;
    default:
        return 0;
    }
}

bool explain_aim_farther(const ExplainAim *aim, const ExplainTrial *trial, const ExplainReach *reach, uint32_t broken)
{
    if (aim->found && aim->groups > MOST_GROUPS)
        return true;
    bool early =
        aim->waived == 1U << MOTIF_HORS_RAYON || aim->waived == 1U << MOTIF_HORS_PERIODE || aim->mode == EXPLAIN_FEWEST;
    return aim->found && early && gap_of(aim, trial, reach, broken) >= aim->gap;
}

bool explain_aim_found(ExplainAim *aim, ExplainTrial *trial, const ExplainReach *reach, int32_t place, int32_t q)
{
    trial->exact = true;
    uint32_t broken = aim->fixed | explain_trial_broken(trial, q);
    int64_t gap = gap_of(aim, trial, reach, broken);
    trial->exact = false;
    if (aim->found && gap >= aim->gap)
        return false;
    if (aim->found)
        explain_session_clear(aim->session);
    *aim->session = (ExplainSession){.broken = broken, .place = place, .trial = *trial, .reach = *reach};
    aim->session->cost = explain_trial_cost(trial);
    if (place != MODEL_NONE) { /* taken out, but its measure is still there */
        const SessionMeasure *before = &draft_session(trial->draft, place)->measure;
        aim->session->cost -= before->cost + before->rac;
    }
    aim->session->trial.start.jours = NULL;
    aim->session->trial.work = NULL;
    aim->session->trial.seats = g_array_copy(trial->seats);
    aim->session->reach.montages = NULL;
    if (aim->montage >= reach->n_near)
        aim->session->reach.change = EXPLAIN_CONDITIONS;
    aim->found = true;
    aim->gap = gap;
    return gap <= (aim->mode == EXPLAIN_FEWEST ? 2 : 0);
}
