/* Every session of a slot: see every_session.h. */
#include "tests/lib/every_session.h"

#include "plan/session.h"

static int32_t learners(const ProblemSeat *seats, int32_t n_seats)
{
    int32_t q = 0;
    for (int32_t i = 0; i < n_seats; i++)
        q += seats[i].effectif;
    return q;
}

static bool keeps_forced(const ProblemSlot *slot, const ProblemSeat *seats, int32_t n_seats)
{
    for (int32_t f = 0; f < slot->n_forced; f++) {
        int32_t there = 0;
        for (int32_t i = 0; i < n_seats; i++)
            if (seats[i].link == slot->forced[f].link && seats[i].montage == slot->forced[f].montage)
                there += seats[i].effectif;
        if (there < slot->forced[f].effectif)
            return false;
    }
    return true;
}

bool every_session_holds(const Problem *problem, const ProblemSlot *slot, int32_t start, const int32_t *left,
                         const ProblemSeat *seats, int32_t n_seats)
{
    const Problem *p = problem;
    const Model *m = p->model;
    int32_t q = learners(seats, n_seats), n_siae = 0;
    if (q < slot->q_min || q > slot->q_max || !keeps_forced(slot, seats, n_seats))
        return false;
    g_autofree int32_t *of_siae = g_new0(int32_t, m->n_siae + 1);
    g_autofree int32_t *of_stagiaire = g_new0(int32_t, p->n_stagiaires + 1);
    g_autofree int32_t *added = g_new0(int32_t, m->n_besoins + 1);
    for (int32_t f = 0; f < slot->n_forced; f++)
        added[slot->links[slot->forced[f].link].besoin] -= slot->forced[f].effectif;
    for (int32_t i = 0; i < n_seats; i++) {
        int32_t besoin = slot->links[seats[i].link].besoin, siae = m->besoins[besoin].siae, n = seats[i].effectif;
        if (!problem_open(slot, seats[i].link, start))
            return false;
        n_siae += of_siae[siae] == 0;
        of_siae[siae] += n;
        added[besoin] += n;
        if (p->stagiaire[besoin] != MODEL_NONE && (of_stagiaire[p->stagiaire[besoin]] += n) > 1)
            return false;
    }
    for (int32_t i = 0; i < n_seats; i++)
        if (m->axes[m->besoins[slot->links[seats[i].link].besoin].axe].min_siae > n_siae)
            return false;
    for (int32_t i = 0; i < m->n_siae; i++)
        if (m->siae[i].absents_max != MODEL_NONE && of_siae[i] > m->siae[i].absents_max)
            return false;
    for (int32_t i = 0; i < m->n_besoins; i++)
        if (added[i] > (left != NULL ? left[i] : m->besoins[i].effectif - p->promised[i]))
            return false;
    return true;
}

typedef struct {
    const Problem *problem;
    const ProblemSlot *slot;
    int32_t start;
    const int32_t *left;
    GArray *options; /* ProblemSeat: what sits there now, effectif 0 included */
    GArray *seats;   /* ProblemSeat */
    EverySessionFound *found;
    void *user;
} Walk;

static void judge(Walk *walk)
{
    g_array_set_size(walk->seats, 0);
    for (guint i = 0; i < walk->options->len; i++)
        if (g_array_index(walk->options, ProblemSeat, i).effectif > 0)
            g_array_append_val(walk->seats, g_array_index(walk->options, ProblemSeat, i));
    const ProblemSeat *seats = (const ProblemSeat *)(void *)walk->seats->data;
    int32_t n = (int32_t)walk->seats->len;
    if (n > 0 && every_session_holds(walk->problem, walk->slot, walk->start, walk->left, seats, n))
        walk->found(walk->user, learners(seats, n), seats, n);
}

/* Seats up to `rest` more learners in the options from i on, in every way. */
static void walk_on(Walk *walk, guint i, int32_t rest)
{
    if (i == walk->options->len) {
        judge(walk);
        return;
    }
    ProblemSeat *option = &g_array_index(walk->options, ProblemSeat, i);
    int32_t besoin = walk->slot->links[option->link].besoin, before = option->effectif;
    int32_t most = MIN(rest, walk->problem->model->besoins[besoin].effectif - before);
    for (int32_t n = 0; n <= most; n++) {
        option->effectif = before + n;
        walk_on(walk, i + 1, rest - n);
    }
    option->effectif = before;
}

void every_session(const Problem *problem, const ProblemSlot *slot, int32_t start, const int32_t *left,
                   EverySessionFound *found, void *user)
{
    Walk walk = {problem, slot, start, left, NULL, NULL, found, user};
    walk.options = g_array_new(FALSE, FALSE, sizeof(ProblemSeat));
    walk.seats = g_array_new(FALSE, FALSE, sizeof(ProblemSeat));
    int32_t rest = slot->q_max;
    for (int32_t l = 0; l < slot->n_links; l++) {
        const ProblemProfile *profile = &problem->profiles[slot->links[l].profile];
        for (int32_t k = 0; k < profile->n; k++) {
            ProblemSeat option = {l, profile->montages[k], 0};
            for (int32_t f = 0; f < slot->n_forced; f++)
                if (slot->forced[f].link == l && slot->forced[f].montage == option.montage)
                    option.effectif += slot->forced[f].effectif;
            rest -= option.effectif;
            g_array_append_val(walk.options, option);
        }
    }
    if (rest >= 0)
        walk_on(&walk, 0, rest);
    g_array_free(walk.options, TRUE);
    g_array_free(walk.seats, TRUE);
}

bool every_session_bearable(const Problem *problem, const ProblemSlot *slot, const ProblemSeat *seats, int32_t n_seats)
{
    const Model *m = problem->model;
    for (int32_t s = 0; s < m->n_siae; s++) {
        int64_t reste = 0;
        for (int32_t i = 0; i < n_seats; i++) {
            SessionRacs racs = session_racs(problem, slot, seats, n_seats, i);
            if (m->besoins[slot->links[seats[i].link].besoin].siae == s)
                reste += racs.n * MAX(racs.floor, racs.ceiling);
        }
        if (m->siae[s].reste_a_charge_max != MODEL_NONE && reste > m->siae[s].reste_a_charge_max)
            return false;
    }
    return true;
}
