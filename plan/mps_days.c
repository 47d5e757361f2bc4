/* Days that matter to a limit: see mps_days.h. */
#include "plan/mps_days.h"

#include <string.h>

/* A possible session. */
typedef struct {
    int32_t slot, start;
} Sitting;

static int32_t n_subjects(const Problem *p, MpsLimit limit)
{
    const int32_t n[MPS_LIMITS] = {p->model->n_siae, p->model->n_organismes, p->n_stagiaires};
    return n[limit];
}

int32_t mps_days_most(const Problem *problem, MpsLimit limit, int32_t subject)
{
    const Model *m = problem->model;
    int32_t most = 1;
    if (limit == MPS_SIAE)
        most = m->siae[subject].absents_max;
    else if (limit == MPS_ORGANISME)
        most = m->organismes[subject].sessions_simultanees;
    return most == MODEL_NONE ? G_MAXINT32 : most;
}

/* Learners or sessions that could at most be there on one day, were there no limit. */
static int64_t *demands(const Problem *p, MpsLimit limit)
{
    const Model *m = p->model;
    int64_t *demand = g_new0(int64_t, n_subjects(p, limit) + 1);
    for (int32_t b = 0; limit != MPS_ORGANISME && b < m->n_besoins; b++) {
        int32_t subject = limit == MPS_SIAE ? m->besoins[b].siae : p->stagiaire[b];
        if (subject != MODEL_NONE)
            demand[subject] += m->besoins[b].effectif;
    }
    for (int32_t s = 0; limit == MPS_ORGANISME && s < p->n_slots; s++)
        demand[m->offres[p->slots[s].offre].organisme] += p->slots[s].capacity;
    return demand;
}

static void add_sitting(GPtrArray *sittings, int32_t subject, Sitting sitting)
{
    GArray **list = (GArray **)(void *)&sittings->pdata[subject];
    if (*list == NULL)
        *list = g_array_new(FALSE, FALSE, sizeof(Sitting));
    guint n = (*list)->len;
    if (n > 0) {
        const Sitting *last = &g_array_index(*list, Sitting, n - 1);
        if (last->slot == sitting.slot && last->start == sitting.start)
            return;
    }
    g_array_append_val(*list, sitting);
}

static void free_list(gpointer list)
{
    if (list != NULL)
        g_array_free(list, TRUE);
}

/* By subject: the sessions that can concern it, NULL where its limit cannot bind. */
static GPtrArray *sittings_of(const Problem *p, MpsLimit limit)
{
    int32_t n = n_subjects(p, limit);
    GPtrArray *sittings = g_ptr_array_new_with_free_func(free_list);
    g_ptr_array_set_size(sittings, n);
    g_autofree int64_t *demand = demands(p, limit);
    for (int32_t s = 0; s < p->n_slots; s++) {
        const ProblemSlot *slot = &p->slots[s];
        int32_t organisme = p->model->offres[slot->offre].organisme;
        for (int32_t t = 0; t < slot->n_starts; t++) {
            Sitting sitting = {s, t};
            if (limit == MPS_ORGANISME && demand[organisme] > mps_days_most(p, limit, organisme))
                add_sitting(sittings, organisme, sitting);
            for (int32_t i = 0; limit != MPS_ORGANISME && i < slot->n_links; i++) {
                int32_t besoin = slot->links[i].besoin;
                int32_t subject = limit == MPS_SIAE ? p->model->besoins[besoin].siae : p->stagiaire[besoin];
                if (subject != MODEL_NONE && problem_open(slot, i, t) &&
                    demand[subject] > mps_days_most(p, limit, subject))
                    add_sitting(sittings, subject, sitting);
            }
        }
    }
    return sittings;
}

static bool subset(const uint64_t *a, const uint64_t *b, gsize words)
{
    for (gsize i = 0; i < words; i++)
        if ((a[i] & ~b[i]) != 0)
            return false;
    return true;
}

static MpsDays days_of(const Problem *p, const GArray *sittings)
{
    gsize words = sittings->len / 64 + 1;
    int32_t span = p->last_day - p->first_day + 1;
    g_autofree uint64_t *on = g_new0(uint64_t, words * (gsize)span);
    g_autofree int32_t *count = g_new0(int32_t, span);
    for (guint i = 0; i < sittings->len; i++) {
        const Sitting *s = &g_array_index(sittings, Sitting, i);
        for (int32_t k = 0; k < p->slots[s->slot].n_jours; k++) {
            int32_t day = p->slots[s->slot].starts[s->start].jours[k] - p->first_day;
            on[(gsize)day * words + i / 64] |= (uint64_t)1 << (i % 64);
            count[day]++;
        }
    }
    GArray *days = g_array_new(FALSE, FALSE, sizeof(int32_t));
    for (int32_t d = 0; d < span; d++) {
        bool kept = count[d] > 0;
        for (int32_t e = 0; kept && e < span; e++)
            if (count[e] > count[d] || (count[e] == count[d] && e < d))
                kept = !subset(&on[(gsize)d * words], &on[(gsize)e * words], words);
        int32_t day = p->first_day + d;
        if (kept)
            g_array_append_val(days, day);
    }
    MpsDays result = {NULL, (int32_t)days->len};
    result.days = (int32_t *)(void *)g_array_free(days, FALSE);
    return result;
}

MpsDays *mps_days_new(const Problem *problem, MpsLimit limit)
{
    int32_t n = n_subjects(problem, limit);
    MpsDays *days = g_new0(MpsDays, n + 1);
    g_autoptr(GPtrArray) sittings = sittings_of(problem, limit);
    for (int32_t i = 0; i < n; i++)
        if (sittings->pdata[i] != NULL)
            days[i] = days_of(problem, sittings->pdata[i]);
    return days;
}

void mps_days_free(MpsDays *days, const Problem *problem, MpsLimit limit)
{
    for (int32_t i = 0; days != NULL && i < n_subjects(problem, limit); i++)
        g_free(days[i].days);
    g_free(days);
}
