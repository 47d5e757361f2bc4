/* Meetings, groups and positions: see mps_group.h. */
#include "plan/mps_group.h"

#include "config/calendar.h"
#include "plan/mps_days.h"

static void note_limits(MpsMeeting *meeting)
{
    const Problem *p = meeting->problem;
    meeting->reste_max = g_new0(int64_t, p->model->n_siae + 1);
    meeting->class_max = g_new0(int64_t, p->n_classes + 1);
    for (int32_t s = 0; s < p->model->n_siae; s++) {
        int64_t most = p->model->siae[s].reste_a_charge_max;
        meeting->reste_max[s] = most == MODEL_NONE ? INT64_MAX : most;
    }
    for (int32_t c = 0; c < p->n_classes; c++) {
        const ProblemFund *fund = &p->funds[p->classes[c].fund];
        for (int32_t i = 0; i < fund->n; i++)
            if (p->classes[c].mask >> i & 1U)
                meeting->class_max[c] += p->model->enveloppes[fund->enveloppes[i]].montant;
    }
}

MpsMeeting *mps_group_new(const Problem *problem, bool odd_cents)
{
    MpsMeeting *meeting = g_new0(MpsMeeting, 1);
    meeting->problem = problem;
    meeting->odd_cents = odd_cents;
    meeting->open = g_array_new(FALSE, TRUE, sizeof(MpsOpen));
    meeting->houses = g_array_new(FALSE, TRUE, sizeof(MpsHouse));
    meeting->groups = g_array_new(FALSE, TRUE, sizeof(MpsGroup));
    meeting->positions = g_array_new(FALSE, TRUE, sizeof(MpsPosition));
    meeting->house_of = g_new0(int32_t, problem->model->n_siae + 1);
    note_limits(meeting);
    return meeting;
}

void mps_group_free(MpsMeeting *meeting)
{
    if (meeting == NULL)
        return;
    g_array_free(meeting->open, TRUE);
    g_array_free(meeting->houses, TRUE);
    g_array_free(meeting->groups, TRUE);
    g_array_free(meeting->positions, TRUE);
    g_free(meeting->house_of);
    g_free(meeting->reste_max);
    g_free(meeting->class_max);
    g_free(meeting);
}

int32_t mps_group_date(int32_t day)
{
    int year, month, date;
    calendar_split(day, &year, &month, &date);
    return (year * 100 + month) * 100 + date;
}

void mps_group_name(const MpsMeeting *meeting, int32_t q, int32_t copy, char name[64])
{
    g_snprintf(name, 64, "%d_%d_%d_%d", meeting->slot_at, mps_group_date(meeting->start->debut), q, copy);
}

int32_t mps_group_wanted(const MpsMeeting *meeting, int32_t above)
{
    int32_t next = G_MAXINT32;
    for (guint i = 0; i < meeting->open->len; i++) {
        int32_t wanted = g_array_index(meeting->open, MpsOpen, i).min_siae;
        if (wanted > above)
            next = MIN(next, wanted);
    }
    return next;
}

/* Learners that a fixed session holds of a link, under one montage or any (MODEL_NONE). */
static int32_t forced_of(const ProblemSlot *slot, int32_t link, int32_t montage)
{
    int32_t n = 0;
    for (int32_t i = 0; i < slot->n_forced; i++)
        if (slot->forced[i].link == link && (montage == MODEL_NONE || slot->forced[i].montage == montage))
            n += slot->forced[i].effectif;
    return n;
}

static void open_links(MpsMeeting *m)
{
    const Model *model = m->problem->model;
    m->most_wanted = 1;
    m->least_wanted = G_MAXINT32;
    for (int32_t i = 0; i < m->slot->n_links; i++) {
        int32_t besoin = m->slot->links[i].besoin;
        const ModelBesoin *b = &model->besoins[besoin];
        int32_t absents = mps_days_most(m->problem, MPS_SIAE, b->siae);
        int32_t free = b->effectif - m->problem->promised[besoin] + forced_of(m->slot, i, MODEL_NONE);
        MpsOpen open = {i, besoin, b->siae, MIN(free, absents), model->axes[b->axe].min_siae};
        if (open.most <= 0 || !problem_open(m->slot, i, m->start_at))
            continue;
        g_array_append_val(m->open, open);
        m->most_wanted = MAX(m->most_wanted, open.min_siae);
        m->least_wanted = MIN(m->least_wanted, open.min_siae);
        if (m->house_of[b->siae] == 0) {
            MpsHouse house = {b->siae, 0, 0};
            g_array_append_val(m->houses, house);
            m->house_of[b->siae] = (int32_t)m->houses->len;
        }
        MpsHouse *house = &g_array_index(m->houses, MpsHouse, m->house_of[b->siae] - 1);
        house->sum += open.most;
        house->most = MIN(house->sum, absents);
    }
}

void mps_group_meet(MpsMeeting *meeting, int32_t slot, int32_t start)
{
    MpsMeeting *m = meeting;
    const Problem *p = m->problem;
    for (guint i = 0; i < m->houses->len; i++)
        m->house_of[g_array_index(m->houses, MpsHouse, i).siae] = 0;
    g_array_set_size(m->open, 0);
    g_array_set_size(m->houses, 0);
    g_array_set_size(m->groups, 0);
    m->slot_at = slot;
    m->start_at = start;
    m->slot = &p->slots[slot];
    m->start = &m->slot->starts[start];
    open_links(m);
    m->most = 0;
    for (guint i = 0; i < m->houses->len; i++)
        m->most += g_array_index(m->houses, MpsHouse, i).most;
    int32_t most_held = mps_days_most(p, MPS_ORGANISME, p->model->offres[m->slot->offre].organisme);
    most_held = MIN(m->slot->capacity, most_held);
    for (int32_t q = m->slot->q_min; q <= MIN(m->slot->q_max, m->most); q++) {
        int32_t held = MIN(most_held, m->most / q);
        MpsGroup group = {.q = q, .odd = (int32_t)(problem_pedagogy(p, m->slot->offre, q) % q)};
        group.exact = m->odd_cents && group.odd > 0;
        bool together = !group.exact && m->most_wanted == 1;
        group.copies = together ? MIN(held, 1) : held;
        group.sessions = together ? held : 1;
        for (group.copy = 1; group.copy <= group.copies; group.copy++) {
            mps_group_name(m, q, group.copy, group.name);
            g_array_append_val(m->groups, group);
        }
    }
}

/* Adds what a financement pays at both shares to its class; a share at which no enveloppe is open cannot be paid. */
static void charge(const MpsMeeting *m, MpsPosition *position, int32_t class, const int64_t pays[2])
{
    for (int up = 0; up < 2; up++)
        if (class == MODEL_NONE && pays[up] > 0)
            position->payable[up] = false;
    if (class == MODEL_NONE || (pays[0] == 0 && pays[1] == 0))
        return;
    int32_t at = 0;
    while (at < position->n_charges && position->charges_class[at] != class)
        at++;
    if (at == position->n_charges) {
        position->charges_class[at] = class;
        position->charges[0][at] = position->charges[1][at] = 0;
        position->n_charges++;
    }
    for (int up = 0; up < 2; up++)
        position->charges[up][at] += m->odd_cents ? pays[up] : MIN(pays[0], pays[1]);
}

/* The position of a montage of a besoin's profile, whose extras begin at `extra`; false when nobody can ever sit there.
 */
static bool position_at(const MpsMeeting *m, const MpsGroup *group, const MpsOpen *open, int32_t montage, int32_t extra,
                        MpsPosition *position)
{
    const Problem *p = m->problem;
    const ProblemLink *link = &m->slot->links[open->link];
    ProblemSlice f = p->financements[montage];
    int64_t share = problem_pedagogy(p, m->slot->offre, group->q) / group->q;
    const int64_t *peds =
        f.n == 0 ? NULL : &p->peds[m->slot->ped[(group->q - m->slot->q_min) * p->model->n_montages + montage]];
    *position = (MpsPosition){.open = open, .montage = montage, .annexe = link->annexe};
    position->house = &g_array_index(m->houses, MpsHouse, m->house_of[open->siae] - 1);
    position->forced = forced_of(m->slot, open->link, montage);
    for (int up = 0; up < 2; up++) {
        position->payable[up] = up == 0 || group->odd > 0;
        position->reste[up] = share + up + link->annexe;
    }
    for (int32_t i = 0; i < f.n; i++) {
        int64_t pays[2];
        for (int up = 0; up < 2; up++) {
            pays[up] = peds[up * f.n + i] + p->extras[extra + i];
            position->reste[up] -= pays[up] - p->wages[extra + i];
        }
        if (group->odd == 0)
            pays[1] = pays[0];
        int32_t fund = problem_fund(p, open->siae, f.first + i);
        charge(m, position, problem_class(p, m->start->season, fund, p->model->besoins[open->besoin].axe), pays);
    }
    if (group->odd == 0)
        position->reste[1] = position->reste[0];
    if (!m->odd_cents)
        position->reste[0] = position->reste[1] = MIN(position->reste[0], position->reste[1]);
    for (int up = 0; up < 2; up++) {
        position->payable[up] = position->payable[up] && position->reste[up] <= m->reste_max[open->siae];
        for (int32_t c = 0; c < position->n_charges; c++)
            position->payable[up] =
                position->payable[up] && position->charges[up][c] <= m->class_max[position->charges_class[c]];
    }
    return position->payable[0] || position->payable[1];
}

void mps_group_seat(MpsMeeting *meeting, const MpsGroup *group)
{
    const Problem *p = meeting->problem;
    g_array_set_size(meeting->positions, 0);
    for (guint i = 0; i < meeting->open->len; i++) {
        const MpsOpen *open = &g_array_index(meeting->open, MpsOpen, i);
        const ProblemLink *link = &meeting->slot->links[open->link];
        const ProblemProfile *profile = &p->profiles[link->profile];
        int32_t extra = link->extra;
        for (int32_t k = 0; k < profile->n; k++) {
            MpsPosition position;
            if (position_at(meeting, group, open, profile->montages[k], extra, &position))
                g_array_append_val(meeting->positions, position);
            extra += p->financements[profile->montages[k]].n;
        }
    }
}
