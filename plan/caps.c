/* What parts leave of absents_max: see caps.h. */
#include "plan/caps.h"

#include "plan/master.h"

/* Learners of one link that each plan seats. */
typedef struct {
    int32_t slot, link, siae, learners;
    GArray *days; /* int32_t, ascending: of all sessions that may seat them */
} Commitment;

struct Caps {
    const Problem *problem;
    GArray *list; /* Commitment */
};

static void clear_commitment(gpointer data)
{
    g_array_unref(((Commitment *)data)->days);
}

/* The days of every start that is open to the link; none when no start is. */
static GArray *common_days(const Problem *p, int32_t slot, int32_t link)
{
    const ProblemSlot *row = &p->slots[slot];
    GArray *days = g_array_new(FALSE, FALSE, sizeof(int32_t));
    bool first = true;
    for (int32_t s = 0; s < row->n_starts; s++) {
        const ProblemStart *start = &row->starts[s];
        if (!problem_open(row, link, s))
            continue;
        if (first)
            g_array_append_vals(days, start->jours, (guint)row->n_jours);
        for (guint i = 0; !first && i < days->len;) {
            int32_t day = g_array_index(days, int32_t, i);
            if (day >= start->debut && day <= start->fin && problem_on_day(p, start, day))
                i++;
            else
                g_array_remove_index(days, i);
        }
        first = false;
    }
    return days;
}

static void commit(Caps *caps, const MasterRow *limit)
{
    const Problem *p = caps->problem;
    const PreuveCount *count = &limit->count;
    for (guint i = 0; i < caps->list->len; i++) {
        Commitment *known = &g_array_index(caps->list, Commitment, i);
        if (known->slot == count->slot && known->link == count->link) {
            known->learners = MAX(known->learners, limit->lower);
            return;
        }
    }
    int32_t siae = p->model->besoins[p->slots[count->slot].links[count->link].besoin].siae;
    if (p->model->siae[siae].absents_max == MODEL_NONE)
        return;
    Commitment fresh = {count->slot, count->link, siae, limit->lower, common_days(p, count->slot, count->link)};
    g_array_append_val(caps->list, fresh);
}

Caps *caps_new(const Problem *problem, const GArray *limits)
{
    Caps *caps = g_new0(Caps, 1);
    caps->problem = problem;
    caps->list = g_array_new(FALSE, FALSE, sizeof(Commitment));
    g_array_set_clear_func(caps->list, clear_commitment);
    for (guint i = 0; limits != NULL && i < limits->len; i++) {
        const MasterRow *limit = &g_array_index(limits, MasterRow, i);
        if (limit->count.link != MODEL_NONE && limit->lower > 0)
            commit(caps, limit);
    }
    return caps;
}

void caps_free(Caps *caps)
{
    if (caps == NULL)
        return;
    g_array_unref(caps->list);
    g_free(caps);
}

static int compare_days(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

int32_t caps_absents(const void *user, int32_t siae, const ProblemSlot *slot, int32_t start)
{
    const Caps *caps = user;
    int32_t most = caps->problem->model->siae[siae].absents_max, taken = 0;
    if (most == MODEL_NONE)
        return INT32_MAX;
    bool any = false;
    for (guint i = 0; i < caps->list->len && !any; i++) {
        const Commitment *c = &g_array_index(caps->list, Commitment, i);
        any = c->siae == siae && &caps->problem->slots[c->slot] != slot;
    }
    const int32_t *jours = slot->starts[start].jours;
    for (int32_t d = 0; any && d < slot->n_jours; d++) {
        int32_t sum = 0;
        for (guint i = 0; i < caps->list->len; i++) {
            const Commitment *c = &g_array_index(caps->list, Commitment, i);
            if (c->siae == siae && &caps->problem->slots[c->slot] != slot &&
                g_array_binary_search(c->days, &jours[d], compare_days, NULL))
                sum += c->learners;
        }
        taken = MAX(taken, sum);
    }
    return MAX(0, most - taken);
}

bool caps_allow(const Caps *caps, int32_t slot, int32_t start, const ProblemSeat *seats, int32_t n_seats)
{
    const ProblemSlot *row = &caps->problem->slots[slot];
    const ModelBesoin *besoins = caps->problem->model->besoins;
    for (int32_t i = 0; i < n_seats && caps->list->len > 0; i++) {
        int32_t siae = besoins[row->links[seats[i].link].besoin].siae, learners = 0;
        for (int32_t k = 0; k < n_seats; k++)
            learners += besoins[row->links[seats[k].link].besoin].siae == siae ? seats[k].effectif : 0;
        if (learners > caps_absents(caps, siae, row, start))
            return false;
    }
    return true;
}
