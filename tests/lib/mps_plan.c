/* From a solver's columns to sessions: see mps_plan.h. */
#include "tests/lib/mps_plan.h"

#include "config/calendar.h"
#include "config/fault.h"
#include "plan/explain.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Learners of a column n... */
typedef struct {
    int32_t slot, date, q, copy, besoin, montage, effectif;
    int32_t start;
} Taken;

static gint compare(gconstpointer a, gconstpointer b)
{
    const Taken *x = a, *y = b;
    const int32_t by[][2] = {{x->date, y->date}, {x->slot, y->slot},     {x->q, y->q},
                             {x->copy, y->copy}, {x->besoin, y->besoin}, {x->montage, y->montage}};
    for (size_t i = 0; i < G_N_ELEMENTS(by); i++)
        if (by[i][0] != by[i][1])
            return by[i][0] < by[i][1] ? -1 : 1;
    return 0;
}

static bool same_group(const Taken *a, const Taken *b)
{
    return a->slot == b->slot && a->date == b->date && a->q == b->q && a->copy == b->copy;
}

static int32_t start_on(const ProblemSlot *slot, int32_t date)
{
    int32_t day = calendar_day(date / 10000, date / 100 % 100, date % 100);
    for (int32_t t = 0; t < slot->n_starts; t++)
        if (slot->starts[t].debut == day)
            return t;
    return MODEL_NONE;
}

static bool read_column(const Problem *p, const char *line, GArray *taken, GError **error)
{
    Taken row = {0};
    double value = 0;
    if (line[0] != 'n')
        return true;
    int n = sscanf(line + 1, "%d_%d_%d_%d_%d_%d %lf", &row.slot, &row.date, &row.q, &row.copy, &row.besoin,
                   &row.montage, &value);
    row.effectif = (int32_t)lround(value);
    if (n == 7 && row.slot >= 0 && row.slot < p->n_slots && row.besoin >= 0 && row.besoin < p->model->n_besoins &&
        row.montage >= 0 && row.montage < p->model->n_montages) {
        const ProblemSlot *slot = &p->slots[row.slot];
        row.start = start_on(slot, row.date);
        if (row.start != MODEL_NONE && problem_link(p, slot, row.besoin) != MODEL_NONE &&
            fabs(value - row.effectif) < 1e-4) {
            if (row.effectif > 0)
                g_array_append_val(taken, row);
            return true;
        }
    }
    g_set_error(error, FAULT, FAULT_INPUT, "'%s' is no column of the model with a whole value", line);
    return false;
}

static bool hold(Draft *draft, const Taken *group, const GArray *seats, GError **error)
{
    const ProblemSeat *rows = (const ProblemSeat *)(const void *)seats->data;
    int32_t n = (int32_t)seats->len;
    uint32_t broken = draft_violations(draft, group->slot, group->start, rows, n, false);
    if (draft_insert(draft, group->slot, group->start, rows, n) != MODEL_NONE)
        return true;
    g_autoptr(GString) rules = g_string_new(NULL);
    for (int motif = 0; motif < MOTIF_N; motif++)
        if (broken >> motif & 1U)
            g_string_append_printf(rules, " %s", vocabulary_word(&vocabulary_motif, motif));
    g_set_error(error, FAULT, FAULT_NO_PLAN, "session of slot %d on %d, %d learners, breaks:%s", group->slot,
                group->date, group->q, rules->str);
    return false;
}

/* Splits the learners of a group into its sessions of q. */
static bool hold_group(Draft *draft, const Taken *rows, guint n, GError **error)
{
    const ProblemSlot *slot = &draft->problem->slots[rows->slot];
    g_autoptr(GArray) seats = g_array_new(FALSE, FALSE, sizeof(ProblemSeat));
    int32_t seated = 0;
    for (guint i = 0; i < n; i++)
        for (int32_t left = rows[i].effectif; left > 0;) {
            int32_t part = MIN(left, rows->q - seated);
            ProblemSeat seat = {problem_link(draft->problem, slot, rows[i].besoin), rows[i].montage, part};
            g_array_append_val(seats, seat);
            left -= part;
            seated += part;
            if (seated < rows->q)
                continue;
            if (!hold(draft, rows, seats, error))
                return false;
            g_array_set_size(seats, 0);
            seated = 0;
        }
    if (seated == 0)
        return true;
    g_set_error(error, FAULT, FAULT_NO_PLAN, "slot %d on %d: %d learners too many or too few for groups of %d",
                rows->slot, rows->date, seated, rows->q);
    return false;
}

ModelPlan *mps_plan(const Problem *problem, const char *text, const ResultProof *proof, GError **error)
{
    g_autoptr(GArray) taken = g_array_new(FALSE, FALSE, sizeof(Taken));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL; line++)
        if (!read_column(problem, *line, taken, error))
            return NULL;
    g_array_sort(taken, compare);
    Draft *draft = draft_new(problem);
    bool good = true;
    for (guint i = 0, next; good && i < taken->len; i = next) {
        const Taken *first = &g_array_index(taken, Taken, i);
        for (next = i + 1; next < taken->len && same_group(first, &g_array_index(taken, Taken, next));)
            next++;
        good = hold_group(draft, first, next - i, error);
    }
    ModelPlan *plan = NULL;
    if (good) {
        plan = result_plan(draft, proof);
        explain_plan(draft, proof, plan);
    }
    draft_free(draft);
    return plan;
}
