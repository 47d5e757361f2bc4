/* Enveloppes as an incremental maximum flow (Ford and Fulkerson; breadth first): see purse.h. */
#include "plan/purse.h"

#include <string.h>

static int32_t flow_cells(const Problem *p)
{
    int32_t cells = 0;
    for (int32_t c = 0; c < p->n_classes; c++)
        cells += p->funds[p->classes[c].fund].n;
    return cells;
}

Purse *purse_new(const Problem *problem)
{
    const Problem *p = problem;
    Purse *purse = g_new0(Purse, 1);
    purse->problem = p;
    purse->left = g_new0(int64_t, p->model->n_enveloppes + 1);
    for (int32_t e = 0; e < p->model->n_enveloppes; e++)
        purse->left[e] = p->model->enveloppes[e].montant;
    purse->flow = g_new0(int64_t, flow_cells(p) + 1);
    purse->first_flow = g_new0(int32_t, p->n_classes + 1);
    purse->classes_of_fund = g_new0(ProblemSlice, p->n_funds + 1);
    for (int32_t c = 0, cell = 0; c < p->n_classes; c++) {
        ProblemSlice *slice = &purse->classes_of_fund[p->classes[c].fund];
        if (slice->n++ == 0)
            slice->first = c;
        purse->first_flow[c] = cell;
        cell += p->funds[p->classes[c].fund].n;
    }
    return purse;
}

void purse_free(Purse *purse)
{
    if (purse == NULL)
        return;
    g_free(purse->left);
    g_free(purse->flow);
    g_free(purse->first_flow);
    g_free(purse->classes_of_fund);
    g_free(purse);
}

void purse_copy(Purse *target, const Purse *source)
{
    const Problem *p = source->problem;
    memcpy(target->left, source->left, sizeof *source->left * (size_t)p->model->n_enveloppes);
    memcpy(target->flow, source->flow, sizeof *source->flow * (size_t)flow_cells(p));
}

/* Charges what fits without moving anything; returns the rest. */
static int64_t fill(Purse *purse, int32_t class, int64_t cents)
{
    const ProblemClass *c = &purse->problem->classes[class];
    const ProblemFund *fund = &purse->problem->funds[c->fund];
    for (int32_t i = 0; i < fund->n && cents > 0; i++) {
        if (!(c->mask >> i & 1U))
            continue;
        int64_t *left = &purse->left[fund->enveloppes[i]];
        int64_t part = MIN(*left, cents);
        *left -= part;
        purse->flow[purse->first_flow[class] + i] += part;
        cents -= part;
    }
    return cents;
}

typedef struct {
    int32_t from_class; /* class that reached this enveloppe */
    int32_t through;    /* enveloppe by which that class was reached, or MODEL_NONE for the class at the root */
} Step;

/* Moves up to cents along one augmenting path from class; returns what was charged, 0 when there is no path. */
static int64_t augment(Purse *purse, int32_t class, int64_t cents)
{
    const Problem *p = purse->problem;
    int32_t f = p->classes[class].fund;
    const ProblemFund *fund = &p->funds[f];
    ProblemSlice classes = purse->classes_of_fund[f];
    Step step[PROBLEM_MAX_FUND];
    int32_t queue[PROBLEM_MAX_FUND], head = 0, tail = 0, end = MODEL_NONE;
    uint64_t seen = 0;
    for (int32_t i = 0; i < fund->n; i++)
        if (p->classes[class].mask >> i & 1U) {
            step[i] = (Step){class, MODEL_NONE};
            seen |= (uint64_t)1 << i;
            queue[tail++] = i;
        }
    while (head < tail && end == MODEL_NONE) {
        int32_t at = queue[head++];
        if (purse->left[fund->enveloppes[at]] > 0) {
            end = at;
            break;
        }
        for (int32_t c = classes.first; c < classes.first + classes.n; c++) {
            if (purse->flow[purse->first_flow[c] + at] == 0)
                continue;
            uint64_t fresh = p->classes[c].mask & ~seen;
            for (int32_t i = 0; fresh != 0 && i < fund->n; i++)
                if (fresh >> i & 1U) {
                    step[i] = (Step){c, at};
                    queue[tail++] = i;
                }
            seen |= fresh;
        }
    }
    if (end == MODEL_NONE)
        return 0;
    int64_t part = MIN(cents, purse->left[fund->enveloppes[end]]);
    for (int32_t i = end; step[i].through != MODEL_NONE; i = step[i].through)
        part = MIN(part, purse->flow[purse->first_flow[step[i].from_class] + step[i].through]);
    purse->left[fund->enveloppes[end]] -= part;
    for (int32_t i = end; i != MODEL_NONE; i = step[i].through) {
        purse->flow[purse->first_flow[step[i].from_class] + i] += part;
        if (step[i].through != MODEL_NONE)
            purse->flow[purse->first_flow[step[i].from_class] + step[i].through] -= part;
    }
    return part;
}

int64_t purse_room(Purse *purse, int32_t class)
{
    const ProblemFund *fund = &purse->problem->funds[purse->problem->classes[class].fund];
    int64_t most = 0;
    for (int32_t i = 0; i < fund->n; i++)
        most += purse->left[fund->enveloppes[i]];
    int64_t rest = fill(purse, class, most);
    for (int64_t part = 1; part > 0 && rest > 0; rest -= part)
        part = augment(purse, class, rest);
    purse_remove(purse, class, most - rest);
    return most - rest;
}

bool purse_add(Purse *purse, int32_t class, int64_t cents)
{
    int64_t rest = fill(purse, class, cents);
    while (rest > 0) {
        int64_t part = augment(purse, class, rest);
        if (part == 0) {
            purse_remove(purse, class, cents - rest);
            return false;
        }
        rest -= part;
    }
    return true;
}

void purse_remove(Purse *purse, int32_t class, int64_t cents)
{
    const ProblemFund *fund = &purse->problem->funds[purse->problem->classes[class].fund];
    for (int32_t i = fund->n - 1; i >= 0 && cents > 0; i--) {
        int64_t *flow = &purse->flow[purse->first_flow[class] + i];
        int64_t part = MIN(*flow, cents);
        *flow -= part;
        purse->left[fund->enveloppes[i]] += part;
        cents -= part;
    }
    g_assert(cents == 0);
}
