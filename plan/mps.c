/* The exact model, row by row: see mps.h; what meetings, groups and positions are: mps_group.h.
 *
 * Rows, by first letter: L learners of a besoin, C sessions of a slot, K a class of charges, E an enveloppe, R reste à
 * charge of a SIAE, A its absents on a day, O sessions of an organisme on a day, T a stagiaire on a day, P a besoin
 * after another, PTS points; of a group: G its learners, B at most so many of a besoin, D of a SIAE, F learners of a
 * fixed session, S copies in order, H, M, N, Z several SIAE, U to Y odd cents. */
#include "plan/mps.h"

#include "plan/mps_days.h"
#include "plan/mps_file.h"
#include "plan/mps_group.h"

typedef struct {
    const Problem *p;
    const MpsForm *form;
    MpsFile *file;
    MpsMeeting *meeting;
    MpsDays *days[MPS_LIMITS];
    GArray **debuts; /* by besoin with apres: first days of the sessions it may sit in, ascending */
} Mps;

/* Called for each group of the model, meeting and its positions being the group's. */
typedef void GroupVisit(Mps *m, const MpsGroup *group);

static void each_group(Mps *m, GroupVisit *visit)
{
    for (int32_t s = 0; s < m->p->n_slots; s++)
        for (int32_t t = 0; t < m->p->slots[s].n_starts; t++) {
            mps_group_meet(m->meeting, s, t);
            for (guint i = 0; i < m->meeting->groups->len; i++) {
                const MpsGroup *group = &g_array_index(m->meeting->groups, MpsGroup, i);
                mps_group_seat(m->meeting, group);
                visit(m, group);
            }
        }
}

static const MpsOpen *open_at(const Mps *m, guint i)
{
    return &g_array_index(m->meeting->open, MpsOpen, i);
}

static const MpsHouse *house_at(const Mps *m, guint i)
{
    return &g_array_index(m->meeting->houses, MpsHouse, i);
}

static const MpsPosition *position_at(const Mps *m, guint i)
{
    return &g_array_index(m->meeting->positions, MpsPosition, i);
}

/* Learners of a besoin, or of a SIAE, that a group can hold. */
static int64_t room(const MpsGroup *group, int32_t most)
{
    return MIN(most, group->q * group->sessions);
}

/* A row of the group is needed that keeps a besoin, or a SIAE, within its limit in each session. */
static bool besoin_binds(const MpsGroup *group, const MpsOpen *open)
{
    return open->most < group->q;
}

static bool house_binds(const MpsGroup *group, const MpsHouse *house)
{
    return house->most < group->q && house->most < house->sum;
}

/* The besoin asks for more SIAE than others of the meeting do. */
static bool asks_more(const Mps *m, const MpsOpen *open)
{
    return open->min_siae > MAX(1, m->meeting->least_wanted);
}

/* Some learners ask for two SIAE, and this one could fill the group alone. */
static bool fills(const Mps *m, const MpsGroup *group, const MpsHouse *house)
{
    return house->most >= group->q && mps_group_wanted(m->meeting, 1) == 2;
}

/* ---- rows ---- */

static void position_rows(Mps *m, const MpsGroup *group, int32_t i)
{
    const MpsPosition *position = position_at(m, (guint)i);
    if (position->forced > 0)
        mps_file_row(m->file, 'G', 0, "F%s_%d_%d", group->name, position->open->besoin, position->montage);
    if (!group->exact)
        return;
    mps_file_row(m->file, position->payable[0] ? 'G' : 'E', 0, "W%s_%d", group->name, i);
    mps_file_row(m->file, 'L', 0, "X%s_%d", group->name, i);
    if (i == 0)
        return;
    mps_file_row(m->file, 'L', 100 * (int64_t)group->odd, "Y%s_%d", group->name, i);
    mps_file_row(m->file, 'G', 0, "V%s_%d", group->name, i);
}

static void group_rows(Mps *m, const MpsGroup *group)
{
    const MpsMeeting *meeting = m->meeting;
    mps_file_row(m->file, 'E', 0, "G%s", group->name);
    if (group->copy > 1)
        mps_file_row(m->file, 'L', 0, "S%s", group->name);
    for (guint i = 0; i < meeting->open->len; i++) {
        const MpsOpen *open = open_at(m, i);
        if (besoin_binds(group, open))
            mps_file_row(m->file, 'L', 0, "B%s_%d", group->name, open->besoin);
        if (asks_more(m, open))
            mps_file_row(m->file, 'L', 0, "N%s_%d", group->name, open->besoin);
    }
    for (guint i = 0; i < meeting->houses->len; i++) {
        const MpsHouse *house = house_at(m, i);
        if (house_binds(group, house))
            mps_file_row(m->file, 'L', 0, "D%s_%d", group->name, house->siae);
        if (fills(m, group, house))
            mps_file_row(m->file, 'L', 0, "M%s_%d", group->name, house->siae);
        if (meeting->most_wanted > 2)
            mps_file_row(m->file, 'L', 0, "Z%s_%d", group->name, house->siae);
    }
    for (int32_t k = mps_group_wanted(meeting, 2); k != G_MAXINT32; k = mps_group_wanted(meeting, k))
        mps_file_row(m->file, 'G', 0, "H%s_%d", group->name, k);
    if (group->exact)
        mps_file_row(m->file, 'E', 0, "U%s", group->name);
    for (guint i = 0; i < meeting->positions->len; i++)
        position_rows(m, group, (int32_t)i);
}

static void day_rows(Mps *m, MpsLimit limit, int32_t n, char letter)
{
    for (int32_t i = 0; i < n; i++)
        for (int32_t d = 0; d < m->days[limit][i].n; d++)
            mps_file_row(m->file, 'L', 100 * (int64_t)mps_days_most(m->p, limit, i), "%c%d_%d", letter, i,
                         mps_group_date(m->days[limit][i].days[d]));
}

static void money_rows(Mps *m)
{
    const Model *model = m->p->model;
    for (int32_t c = 0; c < m->p->n_classes; c++)
        mps_file_row(m->file, 'L', 0, "K%d", c);
    for (int32_t e = 0; e < model->n_enveloppes; e++)
        mps_file_row(m->file, 'L', model->enveloppes[e].montant, "E%d", e);
    for (int32_t s = 0; s < model->n_siae; s++)
        if (model->siae[s].reste_a_charge_max != MODEL_NONE)
            mps_file_row(m->file, 'L', model->siae[s].reste_a_charge_max, "R%d", s);
}

static void write_rows(Mps *m)
{
    const Model *model = m->p->model;
    mps_file_row(m->file, 'N', 0, "OBJECTIVE");
    if (m->form->points >= 0)
        mps_file_row(m->file, 'G', 100 * m->form->points, "PTS");
    for (int32_t b = 0; b < model->n_besoins; b++)
        mps_file_row(m->file, 'L', 100 * (int64_t)model->besoins[b].effectif, "L%d", b);
    for (int32_t s = 0; s < m->p->n_slots; s++)
        mps_file_row(m->file, m->p->slots[s].fixee == MODEL_NONE ? 'L' : 'E', 100 * (int64_t)m->p->slots[s].capacity,
                     "C%d", s);
    money_rows(m);
    day_rows(m, MPS_SIAE, model->n_siae, 'A');
    day_rows(m, MPS_ORGANISME, model->n_organismes, 'O');
    day_rows(m, MPS_STAGIAIRE, m->p->n_stagiaires, 'T');
    for (int32_t b = 0; b < model->n_besoins; b++)
        for (int32_t a = 0; a < model->besoins[b].n_apres; a++)
            for (guint d = 0; d < m->debuts[b]->len; d++)
                mps_file_row(m->file, 'L', 0, "P%d_%d_%d", b, model->besoins[b].apres[a],
                             mps_group_date(g_array_index(m->debuts[b], int32_t, d)));
    each_group(m, group_rows);
}

/* ---- columns ---- */

static void put_days(Mps *m, MpsLimit limit, int32_t subject, char letter)
{
    const MpsDays *days = &m->days[limit][subject];
    for (int32_t d = 0; d < days->n; d++)
        if (days->days[d] >= m->meeting->start->debut && days->days[d] <= m->meeting->start->fin &&
            problem_on_day(m->p, m->meeting->start, days->days[d]))
            mps_file_put(m->file, 100, "%c%d_%d", letter, subject, mps_group_date(days->days[d]));
}

/* Served by the first days of a besoin's sessions, it must be that those it is after have ended: on each such day, as
 * many are over as have begun. */
static void put_apres(Mps *m, int32_t besoin)
{
    const Problem *p = m->p;
    const ModelBesoin *b = &p->model->besoins[besoin];
    for (int32_t a = 0; a < b->n_apres; a++)
        for (guint d = 0; d < m->debuts[besoin]->len; d++) {
            int32_t day = g_array_index(m->debuts[besoin], int32_t, d);
            if (day >= m->meeting->start->debut)
                mps_file_put(m->file, 100, "P%d_%d_%d", besoin, b->apres[a], mps_group_date(day));
        }
    ProblemSlice followers = p->followers[besoin];
    for (int32_t i = 0; i < followers.n; i++) {
        int32_t after = p->followers_rows[followers.first + i];
        for (guint d = 0; after != besoin && d < m->debuts[after]->len; d++) {
            int32_t day = g_array_index(m->debuts[after], int32_t, d);
            if (day > m->meeting->start->fin)
                mps_file_put(m->file, -100, "P%d_%d_%d", after, besoin, mps_group_date(day));
        }
    }
}

static void put_money(Mps *m, const MpsPosition *position, const int64_t *charges, int64_t reste)
{
    for (int32_t i = 0; i < position->n_charges; i++)
        mps_file_put(m->file, charges[i], "K%d", position->charges_class[i]);
    if (m->p->model->siae[position->open->siae].reste_a_charge_max != MODEL_NONE)
        mps_file_put(m->file, reste, "R%d", position->open->siae);
}

/* u of n learners pay an odd cent (U: odd in all). z: the odd cents end here or before, so nobody here pays the lesser
 * share (X) unless z, nobody after pays an odd cent (Y) if z; once they have ended they have ended (V). */
static void odd_columns(Mps *m, const MpsGroup *group, int32_t i)
{
    const MpsPosition *position = position_at(m, (guint)i);
    int64_t more[PROBLEM_MAX_FINANCEMENTS], most = room(group, position->open->most);
    for (int32_t c = 0; c < position->n_charges; c++)
        more[c] = position->charges[1][c] - position->charges[0][c];
    int64_t reste = position->reste[1] - position->reste[0];
    mps_file_column(m->file, true, position->payable[1] ? MIN(most, group->odd) : 0, "u%s_%d_%d", group->name,
                    position->open->besoin, position->montage);
    if (m->form->points >= 0)
        mps_file_put(m->file, reste, "OBJECTIVE");
    mps_file_put(m->file, 100, "U%s", group->name);
    mps_file_put(m->file, -100, "W%s_%d", group->name, i);
    mps_file_put(m->file, -100, "X%s_%d", group->name, i);
    if (i > 0)
        mps_file_put(m->file, 100, "Y%s_%d", group->name, i);
    put_money(m, position, more, reste);
    mps_file_column(m->file, true, 1, "z%s_%d", group->name, i);
    mps_file_put(m->file, -100 * most, "X%s_%d", group->name, i);
    if (i > 0)
        mps_file_put(m->file, 100, "V%s_%d", group->name, i);
    if (i + 1 < (int32_t)m->meeting->positions->len) {
        mps_file_put(m->file, 100 * (int64_t)group->odd, "Y%s_%d", group->name, i + 1);
        mps_file_put(m->file, -100, "V%s_%d", group->name, i + 1);
    }
}

/* The rows of the group that a learner of the position counts in. */
static void put_group(Mps *m, const MpsGroup *group, const MpsPosition *position)
{
    const MpsOpen *open = position->open;
    mps_file_put(m->file, 100, "G%s", group->name);
    if (besoin_binds(group, open))
        mps_file_put(m->file, 100, "B%s_%d", group->name, open->besoin);
    if (asks_more(m, open))
        mps_file_put(m->file, 100, "N%s_%d", group->name, open->besoin);
    if (house_binds(group, position->house))
        mps_file_put(m->file, 100, "D%s_%d", group->name, open->siae);
    if (fills(m, group, position->house))
        mps_file_put(m->file, 100, "M%s_%d", group->name, open->siae);
    if (m->meeting->most_wanted > 2)
        mps_file_put(m->file, -100, "Z%s_%d", group->name, open->siae);
    if (position->forced > 0)
        mps_file_put(m->file, 100, "F%s_%d_%d", group->name, open->besoin, position->montage);
}

static void position_columns(Mps *m, const MpsGroup *group, int32_t i)
{
    const MpsPosition *position = position_at(m, (guint)i);
    const MpsOpen *open = position->open;
    int64_t points = 100 * m->p->points[open->besoin];
    mps_file_column(m->file, true, room(group, open->most), "n%s_%d_%d", group->name, open->besoin, position->montage);
    if (m->form->points >= 0) {
        mps_file_put(m->file, position->annexe + position->reste[0], "OBJECTIVE");
        mps_file_put(m->file, points, "PTS");
    } else {
        mps_file_put(m->file, -points, "OBJECTIVE");
    }
    mps_file_put(m->file, 100, "L%d", open->besoin);
    put_group(m, group, position);
    put_money(m, position, position->charges[0], position->reste[0]);
    put_days(m, MPS_SIAE, open->siae, 'A');
    if (m->p->stagiaire[open->besoin] != MODEL_NONE) {
        put_days(m, MPS_STAGIAIRE, m->p->stagiaire[open->besoin], 'T');
        put_apres(m, open->besoin);
    }
    if (!group->exact)
        return;
    mps_file_put(m->file, 100, "W%s_%d", group->name, i);
    mps_file_put(m->file, 100, "X%s_%d", group->name, i);
    odd_columns(m, group, i);
}

/* A session with learners who ask for k SIAE: two: no SIAE fills it alone (M); more: k of those with a learner (v, Z)
 * in all (H). h: there are such learners (N); where all besoins of the meeting ask for k, y stands for it. */
static void several_columns(Mps *m, const MpsGroup *group)
{
    const MpsMeeting *meeting = m->meeting;
    int32_t least = MAX(1, meeting->least_wanted);
    for (int32_t k = mps_group_wanted(meeting, least); k != G_MAXINT32; k = mps_group_wanted(meeting, k)) {
        mps_file_column(m->file, true, 1, "h%s_%d", group->name, k);
        for (guint i = 0; k == 2 && i < meeting->houses->len; i++)
            if (fills(m, group, house_at(m, i)))
                mps_file_put(m->file, 100, "M%s_%d", group->name, house_at(m, i)->siae);
        if (k > 2)
            mps_file_put(m->file, -100 * (int64_t)k, "H%s_%d", group->name, k);
        for (guint i = 0; i < meeting->open->len; i++) {
            const MpsOpen *open = open_at(m, i);
            if (open->min_siae == k)
                mps_file_put(m->file, -100 * room(group, open->most), "N%s_%d", group->name, open->besoin);
        }
    }
    for (guint i = 0; meeting->most_wanted > 2 && i < meeting->houses->len; i++) {
        int32_t siae = house_at(m, i)->siae;
        mps_file_column(m->file, true, 1, "v%s_%d", group->name, siae);
        mps_file_put(m->file, 100, "Z%s_%d", group->name, siae);
        for (int32_t k = mps_group_wanted(meeting, 2); k != G_MAXINT32; k = mps_group_wanted(meeting, k))
            mps_file_put(m->file, 100, "H%s_%d", group->name, k);
    }
}

static void session_column(Mps *m, const MpsGroup *group)
{
    const MpsMeeting *meeting = m->meeting;
    int32_t least = meeting->least_wanted;
    mps_file_column(m->file, true, group->sessions, "y%s", group->name);
    if (m->form->points >= 0)
        mps_file_put(m->file, problem_pedagogy(m->p, meeting->slot->offre, group->q), "OBJECTIVE");
    mps_file_put(m->file, 100, "C%d", meeting->slot_at);
    mps_file_put(m->file, -100 * (int64_t)group->q, "G%s", group->name);
    if (group->copy > 1)
        mps_file_put(m->file, 100, "S%s", group->name);
    if (group->copy < group->copies) {
        char next[64];
        mps_group_name(meeting, group->q, group->copy + 1, next);
        mps_file_put(m->file, -100, "S%s", next);
    }
    for (guint i = 0; i < meeting->open->len; i++)
        if (besoin_binds(group, open_at(m, i)))
            mps_file_put(m->file, -100 * (int64_t)open_at(m, i)->most, "B%s_%d", group->name, open_at(m, i)->besoin);
    for (guint i = 0; i < meeting->houses->len; i++) {
        const MpsHouse *house = house_at(m, i);
        if (house_binds(group, house))
            mps_file_put(m->file, -100 * (int64_t)house->most, "D%s_%d", group->name, house->siae);
        if (fills(m, group, house))
            mps_file_put(m->file, -100 * (int64_t)(least == 2 ? group->q - 1 : group->q), "M%s_%d", group->name,
                         house->siae);
    }
    if (least > 2)
        mps_file_put(m->file, -100 * (int64_t)least, "H%s_%d", group->name, least);
    if (group->exact)
        mps_file_put(m->file, -100 * (int64_t)group->odd, "U%s", group->name);
    for (guint i = 0; i < meeting->positions->len; i++)
        mps_file_put(m->file, -100 * (int64_t)position_at(m, i)->forced, "F%s_%d_%d", group->name,
                     position_at(m, i)->open->besoin, position_at(m, i)->montage);
    put_days(m, MPS_ORGANISME, m->p->model->offres[meeting->slot->offre].organisme, 'O');
}

static void group_columns(Mps *m, const MpsGroup *group)
{
    session_column(m, group);
    several_columns(m, group);
    for (guint i = 0; i < m->meeting->positions->len; i++)
        position_columns(m, group, (int32_t)i);
}

static void flow_columns(Mps *m)
{
    for (int32_t c = 0; c < m->p->n_classes; c++) {
        const ProblemFund *fund = &m->p->funds[m->p->classes[c].fund];
        for (int32_t i = 0; i < fund->n; i++) {
            if ((m->p->classes[c].mask >> i & 1U) == 0)
                continue;
            mps_file_column(m->file, false, -1, "f%d_%d", c, fund->enveloppes[i]);
            mps_file_put(m->file, -100, "K%d", c);
            mps_file_put(m->file, 100, "E%d", fund->enveloppes[i]);
        }
    }
}

/* ---- the whole ---- */

static gint compare_days(gconstpointer a, gconstpointer b)
{
    return *(const int32_t *)a - *(const int32_t *)b;
}

static void note_debuts(Mps *m)
{
    const Problem *p = m->p;
    for (int32_t b = 0; b < p->model->n_besoins; b++)
        if (p->model->besoins[b].n_apres > 0)
            m->debuts[b] = g_array_new(FALSE, FALSE, sizeof(int32_t));
    for (int32_t s = 0; s < p->n_slots; s++)
        for (int32_t i = 0; i < p->slots[s].n_links; i++) {
            GArray *debuts = m->debuts[p->slots[s].links[i].besoin];
            for (int32_t t = 0; debuts != NULL && t < p->slots[s].n_starts; t++)
                if (problem_open(&p->slots[s], i, t))
                    g_array_append_val(debuts, p->slots[s].starts[t].debut);
        }
    for (int32_t b = 0; b < p->model->n_besoins; b++) {
        if (m->debuts[b] == NULL)
            continue;
        g_array_sort(m->debuts[b], compare_days);
        guint n = 0;
        for (guint i = 0; i < m->debuts[b]->len; i++) {
            int32_t day = g_array_index(m->debuts[b], int32_t, i);
            if (n == 0 || g_array_index(m->debuts[b], int32_t, n - 1) != day)
                g_array_index(m->debuts[b], int32_t, n++) = day;
        }
        g_array_set_size(m->debuts[b], n);
    }
}

static void write_head(Mps *m)
{
    const Model *model = m->p->model;
    mps_file_comment(m->file, "campagne %s: %s", model->campagne.code,
                     m->form->points < 0 ? "least -points"
                                         : "least weighted cost in euros, with at least the points of row PTS");
    mps_file_comment(m->file, "odd cents: %s",
                     m->form->odd_cents ? "exact" : "relaxed, so that the optimum is never worse than the true one");
    for (int32_t s = 0; s < m->p->n_slots; s++)
        if (m->p->slots[s].fixee == MODEL_NONE)
            mps_file_comment(m->file, "slot %d offre %s", s, model->offres[s].code);
        else
            mps_file_comment(m->file, "slot %d session %s", s, model->sessions_fixees[m->p->slots[s].fixee].session);
    for (int32_t b = 0; b < model->n_besoins; b++)
        mps_file_comment(m->file, "besoin %d %s", b, model->besoins[b].reference);
    for (int32_t i = 0; i < model->n_montages; i++)
        mps_file_comment(m->file, "montage %d %s", i, model->montages[i].code);
    for (int32_t e = 0; e < model->n_enveloppes; e++)
        mps_file_comment(m->file, "enveloppe %d %s", e, model->enveloppes[e].code);
}

bool mps_write(const Problem *problem, const MpsForm *form, const char *path, GError **error)
{
    Mps m = {.p = problem, .form = form, .file = mps_file_open(path, error)};
    if (m.file == NULL)
        return false;
    const Model *model = problem->model;
    for (int limit = 0; limit < MPS_LIMITS; limit++)
        m.days[limit] = mps_days_new(problem, (MpsLimit)limit);
    m.debuts = g_new0(GArray *, model->n_besoins + 1);
    m.meeting = mps_group_new(problem, form->odd_cents);
    note_debuts(&m);
    write_head(&m);
    write_rows(&m);
    each_group(&m, group_columns);
    flow_columns(&m);
    for (int limit = 0; limit < MPS_LIMITS; limit++)
        mps_days_free(m.days[limit], problem, (MpsLimit)limit);
    for (int32_t b = 0; b < model->n_besoins; b++)
        if (m.debuts[b] != NULL)
            g_array_free(m.debuts[b], TRUE);
    g_free(m.debuts);
    mps_group_free(m.meeting);
    return mps_file_close(m.file, error);
}
