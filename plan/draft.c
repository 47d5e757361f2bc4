/* A plan under construction: see draft.h. */
#include "plan/draft.h"

#include <string.h>

#define NO_LIMIT (INT64_MAX / 4)
/* Besoins of a region up to which one more group size is looked at after one that is no better: there is time for it.
 */
#define SMALL 500

static void clear_session(gpointer data)
{
    DraftSession *session = data;
    g_free(session->seats);
    session_measure_clear(&session->measure);
}

static void refresh_room(Draft *draft, int32_t fund)
{
    ProblemSlice classes = draft->purse->classes_of_fund[fund];
    for (int32_t c = classes.first; c < classes.first + classes.n; c++)
        draft->room[c] = purse_room(draft->purse, c);
    draft->is_stale[fund] = false;
}

static GArray **lists_new(int32_t n)
{
    GArray **lists = g_new(GArray *, n + 1);
    for (int32_t i = 0; i < n; i++)
        lists[i] = g_array_new(FALSE, FALSE, sizeof(int32_t));
    return lists;
}

static void lists_free(GArray **lists, int32_t n)
{
    for (int32_t i = 0; i < n; i++)
        g_array_free(lists[i], TRUE);
    g_free(lists);
}

Draft *draft_new(const Problem *problem)
{
    const Model *m = problem->model;
    Draft *draft = g_new0(Draft, 1);
    draft->problem = problem;
    draft->sessions = g_array_new(FALSE, TRUE, sizeof(DraftSession));
    g_array_set_clear_func(draft->sessions, clear_session);
    draft->free_places = g_array_new(FALSE, FALSE, sizeof(int32_t));
    draft->of_formation = lists_new(m->n_formations);
    draft->of_siae = lists_new(m->n_siae);
    draft->changed = g_array_new(FALSE, FALSE, sizeof(int32_t));
    draft->is_changed = g_array_new(FALSE, TRUE, sizeof(bool));
    draft->left = g_new0(int32_t, m->n_besoins + 1);
    draft->session_of = g_new0(int32_t, m->n_besoins + 1);
    for (int32_t b = 0; b < m->n_besoins; b++) {
        draft->left[b] = m->besoins[b].effectif - problem->promised[b];
        draft->session_of[b] = MODEL_NONE;
    }
    draft->held = g_new0(int32_t, problem->n_slots + 1);
    draft->n_days = problem->last_day - problem->first_day + 1;
    draft->absent = g_new0(int32_t, (gsize)m->n_siae * (gsize)draft->n_days + 1);
    draft->busy = g_new0(int32_t, (gsize)m->n_organismes * (gsize)draft->n_days + 1);
    draft->rac_left = g_new0(int64_t, m->n_siae + 1);
    for (int32_t s = 0; s < m->n_siae; s++)
        draft->rac_left[s] = m->siae[s].reste_a_charge_max == MODEL_NONE ? NO_LIMIT : m->siae[s].reste_a_charge_max;
    draft->purse = purse_new(problem);
    draft->room = g_new0(int64_t, problem->n_classes + 1);
    draft->is_stale = g_new0(bool, problem->n_funds + 1);
    for (int32_t f = 0; f < problem->n_funds; f++)
        refresh_room(draft, f);
    return draft;
}

void draft_free(Draft *draft)
{
    if (draft == NULL)
        return;
    g_array_free(draft->sessions, TRUE);
    g_array_free(draft->free_places, TRUE);
    lists_free(draft->of_formation, draft->problem->model->n_formations);
    lists_free(draft->of_siae, draft->problem->model->n_siae);
    g_array_free(draft->changed, TRUE);
    g_array_free(draft->is_changed, TRUE);
    g_free(draft->left);
    g_free(draft->session_of);
    g_free(draft->held);
    g_free(draft->absent);
    g_free(draft->busy);
    g_free(draft->rac_left);
    g_free(draft->room);
    g_free(draft->is_stale);
    purse_free(draft->purse);
    session_measure_clear(&draft->scratch);
    g_free(draft);
}

/* ---- rules ---- */

static int32_t *absent_row(const Draft *draft, int32_t siae)
{
    return &draft->absent[(gsize)siae * (gsize)draft->n_days];
}

static int32_t *busy_row(const Draft *draft, int32_t organisme)
{
    return &draft->busy[(gsize)organisme * (gsize)draft->n_days];
}

static int32_t most_on_days(const Draft *draft, const int32_t *row, const ProblemSlot *slot, int32_t start)
{
    int32_t most = 0;
    for (int32_t i = 0; i < slot->n_jours; i++)
        most = MAX(most, row[slot->starts[start].jours[i] - draft->problem->first_day]);
    return most;
}

int32_t draft_absents_left(const Draft *draft, int32_t siae, const ProblemSlot *slot, int32_t start)
{
    int32_t most = draft->problem->model->siae[siae].absents_max;
    if (most == MODEL_NONE)
        return G_MAXINT32;
    int32_t left = most - most_on_days(draft, absent_row(draft, siae), slot, start);
    return MAX(0, left);
}

static int32_t absents_left(const void *context, int32_t siae, const ProblemSlot *slot, int32_t start)
{
    return draft_absents_left(context, siae, slot, start);
}

static bool organisme_free(const Draft *draft, const ProblemSlot *slot, int32_t start)
{
    int32_t organisme = draft->problem->model->offres[slot->offre].organisme;
    int32_t most = draft->problem->model->organismes[organisme].sessions_simultanees;
    return most == MODEL_NONE || most_on_days(draft, busy_row(draft, organisme), slot, start) < most;
}

static bool share_a_day(const ProblemSlot *a, int32_t start_a, const ProblemSlot *b, int32_t start_b)
{
    const ProblemStart *x = &a->starts[start_a], *y = &b->starts[start_b];
    if (x->fin < y->debut || y->fin < x->debut)
        return false;
    for (int32_t i = 0, k = 0; i < a->n_jours && k < b->n_jours;) {
        if (x->jours[i] == y->jours[k])
            return true;
        if (x->jours[i] < y->jours[k])
            i++;
        else
            k++;
    }
    return false;
}

static bool stagiaire_free(const Draft *draft, const ProblemSlot *slot, int32_t start, int32_t besoin)
{
    const Problem *p = draft->problem;
    ProblemSlice others = p->stagiaire_besoins[p->stagiaire[besoin]];
    for (int32_t i = 0; i < others.n; i++) {
        int32_t place = draft->session_of[p->besoins_by_stagiaire[others.first + i]];
        if (place == MODEL_NONE)
            continue;
        const DraftSession *held = draft_session(draft, place);
        if (share_a_day(slot, start, &p->slots[held->slot], held->start))
            return false;
    }
    return true;
}

/* Every need named in apres is served and over; every served follower starts later. */
static bool in_order(const Draft *draft, const ProblemSlot *slot, int32_t start, int32_t besoin)
{
    const Problem *p = draft->problem;
    const ModelBesoin *b = &p->model->besoins[besoin];
    for (int32_t i = 0; i < b->n_apres; i++) {
        int32_t place = draft->session_of[b->apres[i]];
        if (place == MODEL_NONE)
            return false;
        const DraftSession *before = draft_session(draft, place);
        if (p->slots[before->slot].starts[before->start].fin >= slot->starts[start].debut)
            return false;
    }
    ProblemSlice followers = p->followers[besoin];
    for (int32_t i = 0; i < followers.n; i++) {
        int32_t place = draft->session_of[p->followers_rows[followers.first + i]];
        if (place == MODEL_NONE)
            continue;
        const DraftSession *after = draft_session(draft, place);
        if (p->slots[after->slot].starts[after->start].debut <= slot->starts[start].fin)
            return false;
    }
    return true;
}

static bool allows(const void *context, const ProblemSlot *slot, int32_t start, int32_t besoin)
{
    const Draft *draft = context;
    if (besoin < 0)
        return organisme_free(draft, slot, start);
    return stagiaire_free(draft, slot, start, besoin) && in_order(draft, slot, start, besoin);
}

PricingLimits draft_limits(Draft *draft)
{
    for (int32_t f = 0; f < draft->problem->n_funds; f++)
        if (draft->is_stale[f])
            refresh_room(draft, f);
    return (PricingLimits){.worse = draft->problem->model->n_besoins <= SMALL ? 2 : 1,
                           .left = draft->left,
                           .room = draft->room,
                           .rac_room = draft->rac_left,
                           .absents = absents_left,
                           .allows = allows,
                           .context = draft};
}

static int32_t siae_of(const Problem *p, const ProblemSlot *slot, const ProblemSeat *seat)
{
    return p->model->besoins[slot->links[seat->link].besoin].siae;
}

/* Learners of seats[i]'s SIAE in the session when i is that SIAE's first seat, else 0. */
static int32_t learners_of_siae(const Problem *p, const ProblemSlot *slot, const ProblemSeat *seats, int32_t n_seats,
                                int32_t i)
{
    int32_t siae = siae_of(p, slot, &seats[i]), n = 0;
    for (int32_t k = 0; k < n_seats; k++) {
        if (siae_of(p, slot, &seats[k]) != siae)
            continue;
        if (k < i)
            return 0;
        n += seats[k].effectif;
    }
    return n;
}

static uint32_t group_violations(const Draft *draft, const ProblemSlot *slot, int32_t start, const ProblemSeat *seats,
                                 int32_t n_seats)
{
    const Problem *p = draft->problem;
    uint32_t broken = 0;
    int32_t q = 0, n_siae = 0, wanted = 1;
    for (int32_t i = 0; i < n_seats; i++) {
        int32_t besoin = slot->links[seats[i].link].besoin;
        int32_t together = learners_of_siae(p, slot, seats, n_seats, i);
        q += seats[i].effectif;
        n_siae += together > 0;
        wanted = MAX(wanted, p->model->axes[p->model->besoins[besoin].axe].min_siae);
        if (together > 0 && together > draft_absents_left(draft, siae_of(p, slot, &seats[i]), slot, start))
            broken |= 1U << MOTIF_SIAE_SATUREE;
        if (p->stagiaire[besoin] == MODEL_NONE)
            continue;
        bool twice = false;
        for (int32_t k = 0; k < i; k++)
            twice = twice || p->stagiaire[slot->links[seats[k].link].besoin] == p->stagiaire[besoin];
        if (twice || !stagiaire_free(draft, slot, start, besoin))
            broken |= 1U << MOTIF_STAGIAIRE_OCCUPE;
        if (!in_order(draft, slot, start, besoin))
            broken |= 1U << MOTIF_APRES_NON_SERVI;
    }
    if (q > p->model->offres[slot->offre].effectif_max)
        broken |= 1U << MOTIF_CAPACITE;
    if (q < slot->q_min)
        broken |= 1U << MOTIF_GROUPE_INSUFFISANT;
    if (n_siae < wanted)
        broken |= 1U << MOTIF_MUTUALISATION_IMPOSSIBLE;
    return broken;
}

/* Measures the session into draft->scratch and says which money rules it would break. */
static uint32_t money_violations(Draft *draft, const ProblemSlot *slot, int32_t start, const ProblemSeat *seats,
                                 int32_t n_seats)
{
    uint32_t broken = 0;
    SessionMeasure *m = &draft->scratch;
    if (!session_measure(draft->problem, slot, start, seats, n_seats, m))
        return 1U << MOTIF_ENVELOPPE_EPUISEE;
    for (int32_t i = 0; i < m->n_racs; i++)
        if (m->racs[i].cents > draft->rac_left[m->racs[i].key])
            broken |= 1U << MOTIF_RESTE_A_CHARGE;
    int32_t charged = 0;
    while (charged < m->n_charges && purse_add(draft->purse, m->charges[charged].key, m->charges[charged].cents))
        charged++;
    if (charged < m->n_charges)
        broken |= 1U << MOTIF_ENVELOPPE_EPUISEE;
    while (charged-- > 0)
        purse_remove(draft->purse, m->charges[charged].key, m->charges[charged].cents);
    return broken;
}

uint32_t draft_violations(Draft *draft, int32_t slot, int32_t start, const ProblemSeat *seats, int32_t n_seats,
                          bool first_only)
{
    const ProblemSlot *row = &draft->problem->slots[slot];
    uint32_t broken = 0;
    if (draft->held[slot] >= row->capacity)
        broken |= 1U << MOTIF_CAPACITE;
    if (!organisme_free(draft, row, start))
        broken |= 1U << MOTIF_ORGANISME_SATURE;
    if (first_only && broken != 0)
        return broken;
    broken |= group_violations(draft, row, start, seats, n_seats);
    /* a group of a size never priced has no table of pedagogy */
    if ((first_only && broken != 0) || (broken & (1U << MOTIF_CAPACITE | 1U << MOTIF_GROUPE_INSUFFISANT)) != 0)
        return broken;
    return broken | money_violations(draft, row, start, seats, n_seats);
}

/* ---- changes ---- */

/* Adds a place to a list, or takes it out. */
static void list_place(GArray *list, int32_t place, int32_t sign)
{
    if (sign > 0) {
        g_array_append_val(list, place);
        return;
    }
    guint at = 0;
    while (g_array_index(list, int32_t, at) != place)
        at++;
    g_array_remove_index_fast(list, at);
}

static void list_session(Draft *draft, const DraftSession *session, int32_t place, int32_t sign)
{
    const Problem *p = draft->problem;
    const ProblemSlot *slot = &p->slots[session->slot];
    list_place(draft->of_formation[p->model->offres[slot->offre].formation], place, sign);
    for (int32_t i = 0; i < session->n_seats; i++)
        if (learners_of_siae(p, slot, session->seats, session->n_seats, i) > 0)
            list_place(draft->of_siae[siae_of(p, slot, &session->seats[i])], place, sign);
    bool *is_changed = &g_array_index(draft->is_changed, bool, place);
    if (!*is_changed)
        g_array_append_val(draft->changed, place);
    *is_changed = true;
}

/* Adds (sign 1) or takes back (sign -1) what a held session uses of the shared rules. */
static void account(Draft *draft, const DraftSession *session, int32_t place, int32_t sign)
{
    const Problem *p = draft->problem;
    const ProblemSlot *slot = &p->slots[session->slot];
    const ProblemStart *start = &slot->starts[session->start];
    int32_t *busy = busy_row(draft, p->model->offres[slot->offre].organisme);
    for (int32_t i = 0; i < slot->n_jours; i++)
        busy[start->jours[i] - p->first_day] += sign;
    for (int32_t i = 0; i < slot->n_forced; i++)
        draft->left[slot->links[slot->forced[i].link].besoin] += sign * slot->forced[i].effectif;
    for (int32_t i = 0; i < session->n_seats; i++) {
        int32_t besoin = slot->links[session->seats[i].link].besoin;
        int32_t *absent = absent_row(draft, p->model->besoins[besoin].siae);
        draft->left[besoin] -= sign * session->seats[i].effectif;
        g_assert(sign < 0 || draft->left[besoin] >= 0);
        if (p->stagiaire[besoin] != MODEL_NONE)
            draft->session_of[besoin] = sign > 0 ? place : MODEL_NONE;
        for (int32_t k = 0; k < slot->n_jours; k++)
            absent[start->jours[k] - p->first_day] += sign * session->seats[i].effectif;
    }
    const SessionMeasure *m = &session->measure;
    for (int32_t i = 0; i < m->n_racs; i++)
        if (draft->rac_left[m->racs[i].key] < NO_LIMIT)
            draft->rac_left[m->racs[i].key] -= sign * m->racs[i].cents;
    draft->held[session->slot] += sign;
    draft->fixed_held += slot->fixee != MODEL_NONE ? sign : 0;
    draft->points += sign * m->points;
    draft->cost += sign * m->cost;
    draft->rac += sign * m->rac;
    list_session(draft, session, place, sign);
}

/* Rooms are found when they are next asked for: most changes are taken back before. */
static void forget_rooms(Draft *draft, const SessionMeasure *measure)
{
    for (int32_t i = 0; i < measure->n_charges; i++)
        draft->is_stale[draft->problem->classes[measure->charges[i].key].fund] = true;
}

/* Room for places up to this one. */
static void make_room(Draft *draft, guint len)
{
    if (len <= draft->sessions->len)
        return;
    g_array_set_size(draft->sessions, len);
    g_array_set_size(draft->is_changed, len);
}

/* Holds a session that breaks no rule at a free place; the measure is exchanged for a spare one. */
static void hold(Draft *draft, int32_t place, int32_t slot, int32_t start, const ProblemSeat *seats, int32_t n_seats,
                 SessionMeasure *measure)
{
    for (int32_t i = 0; i < measure->n_charges; i++) {
        bool paid = purse_add(draft->purse, measure->charges[i].key, measure->charges[i].cents);
        g_assert(paid);
    }
    forget_rooms(draft, measure);
    DraftSession *session = draft_session(draft, place);
    SessionMeasure spare = session->measure;
    session->slot = slot;
    session->start = start;
    session->n_seats = n_seats;
    session->seats = g_renew(ProblemSeat, session->seats, n_seats);
    memcpy(session->seats, seats, sizeof *seats * (size_t)n_seats);
    session->measure = *measure;
    *measure = spare;
    account(draft, session, place, 1);
}

int32_t draft_insert(Draft *draft, int32_t slot, int32_t start, const ProblemSeat *seats, int32_t n_seats)
{
    if (draft_violations(draft, slot, start, seats, n_seats, true) != 0)
        return MODEL_NONE;
    int32_t place = (int32_t)draft->sessions->len;
    if (draft->free_places->len > 0) {
        place = g_array_index(draft->free_places, int32_t, draft->free_places->len - 1);
        g_array_set_size(draft->free_places, draft->free_places->len - 1);
    }
    make_room(draft, (guint)place + 1);
    hold(draft, place, slot, start, seats, n_seats, &draft->scratch);
    return place;
}

void draft_remove(Draft *draft, int32_t place)
{
    DraftSession *session = draft_session(draft, place);
    g_assert(session->slot != MODEL_NONE);
    account(draft, session, place, -1);
    for (int32_t i = 0; i < session->measure.n_charges; i++)
        purse_remove(draft->purse, session->measure.charges[i].key, session->measure.charges[i].cents);
    forget_rooms(draft, &session->measure);
    session->slot = MODEL_NONE;
    session->n_seats = 0;
    g_array_append_val(draft->free_places, place);
}

void draft_dependents(const Draft *draft, int32_t place, GArray *places)
{
    const Problem *p = draft->problem;
    const DraftSession *session = draft_session(draft, place);
    const ProblemSlot *slot = &p->slots[session->slot];
    for (int32_t i = 0; i < session->n_seats; i++) {
        ProblemSlice followers = p->followers[slot->links[session->seats[i].link].besoin];
        for (int32_t k = 0; k < followers.n; k++) {
            int32_t other = draft->session_of[p->followers_rows[followers.first + k]];
            bool known = other == MODEL_NONE || other == place;
            for (guint a = 0; !known && a < places->len; a++)
                known = g_array_index(places, int32_t, a) == other;
            if (known)
                continue;
            draft_dependents(draft, other, places);
            g_array_append_val(places, other);
        }
    }
}

int draft_compare(const DraftSession *x, const DraftSession *y)
{
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    for (int32_t i = 0; i < MIN(x->n_seats, y->n_seats); i++) {
        const ProblemSeat *s = &x->seats[i], *t = &y->seats[i];
        if (s->link != t->link)
            return s->link < t->link ? -1 : 1;
        if (s->montage != t->montage)
            return s->montage < t->montage ? -1 : 1;
        if (s->effectif != t->effectif)
            return s->effectif < t->effectif ? -1 : 1;
    }
    return (x->n_seats > y->n_seats) - (x->n_seats < y->n_seats);
}

/* Of n left, what the other half takes; odd ones go by turns. */
static int64_t other_half(int64_t n, int32_t half, int32_t turn)
{
    return n <= 0 ? 0 : n / 2 + (n % 2 != 0 && (half ^ (turn & 1)) != 0);
}

void draft_halve(Draft *draft, int32_t half)
{
    const Problem *p = draft->problem;
    const Model *m = p->model;
    for (int32_t o = 0; o < m->n_organismes; o++) {
        int32_t *row = busy_row(draft, o), most = m->organismes[o].sessions_simultanees;
        for (int32_t d = 0; most != MODEL_NONE && d < draft->n_days; d++)
            row[d] += (int32_t)other_half(most - row[d], half, o);
    }
    for (int32_t e = 0; e < m->n_enveloppes; e++)
        draft->purse->left[e] -= other_half(draft->purse->left[e], half, e);
    for (int32_t f = 0; f < p->n_funds; f++)
        draft->is_stale[f] = true;
    draft->all_changed = true;
}

static void copy_list(GArray *target, const GArray *source)
{
    g_array_set_size(target, 0);
    g_array_append_vals(target, source->data, source->len);
}

static void copy_lists(GArray **target, GArray *const *source, int32_t n)
{
    for (int32_t i = 0; i < n; i++)
        copy_list(target[i], source[i]);
}

void draft_copy(Draft *target, const Draft *source)
{
    const Problem *p = source->problem;
    const Model *m = p->model;
    g_array_set_size(target->sessions, 0);
    g_array_set_size(target->sessions, source->sessions->len);
    g_array_set_size(target->is_changed, 0);
    g_array_set_size(target->is_changed, source->sessions->len);
    g_array_set_size(target->changed, 0);
    target->all_changed = true;
    copy_lists(target->of_formation, source->of_formation, m->n_formations);
    copy_lists(target->of_siae, source->of_siae, m->n_siae);
    for (guint i = 0; i < source->sessions->len; i++) {
        const DraftSession *from = draft_session(source, (int32_t)i);
        DraftSession *to = draft_session(target, (int32_t)i);
        *to = *from;
        to->seats = g_memdup2(from->seats, sizeof *from->seats * (gsize)from->n_seats);
        to->measure.charges = g_memdup2(from->measure.charges, sizeof(SessionAmount) * (gsize)from->measure.n_charges);
        to->measure.room_charges = from->measure.n_charges;
        to->measure.racs = g_memdup2(from->measure.racs, sizeof(SessionAmount) * (gsize)from->measure.n_racs);
        to->measure.room_racs = from->measure.n_racs;
    }
    copy_list(target->free_places, source->free_places);
    memcpy(target->left, source->left, sizeof *source->left * (size_t)m->n_besoins);
    memcpy(target->session_of, source->session_of, sizeof *source->session_of * (size_t)m->n_besoins);
    memcpy(target->held, source->held, sizeof *source->held * (size_t)p->n_slots);
    memcpy(target->absent, source->absent, sizeof *source->absent * (size_t)m->n_siae * (size_t)source->n_days);
    memcpy(target->busy, source->busy, sizeof *source->busy * (size_t)m->n_organismes * (size_t)source->n_days);
    memcpy(target->rac_left, source->rac_left, sizeof *source->rac_left * (size_t)m->n_siae);
    memcpy(target->room, source->room, sizeof *source->room * (size_t)p->n_classes);
    memcpy(target->is_stale, source->is_stale, sizeof *source->is_stale * (size_t)p->n_funds);
    purse_copy(target->purse, source->purse);
    target->points = source->points;
    target->cost = source->cost;
    target->rac = source->rac;
    target->fixed_held = source->fixed_held;
}

static bool is_same(const DraftSession *x, const DraftSession *y)
{
    return x->slot == y->slot && (x->slot == MODEL_NONE || draft_compare(x, y) == 0);
}

/* Takes the sessions out that differ, or puts them in. */
static void follow_changes(Draft *follower, const Draft *leader, bool out)
{
    for (guint i = 0; i < leader->changed->len; i++) {
        int32_t place = g_array_index(leader->changed, int32_t, i);
        const DraftSession *to = draft_session(leader, place), *held = draft_session(follower, place);
        if (is_same(held, to))
            continue;
        if (out && held->slot != MODEL_NONE) {
            draft_remove(follower, place);
        } else if (!out && to->slot != MODEL_NONE) {
            bool paid = session_measure(leader->problem, &leader->problem->slots[to->slot], to->start, to->seats,
                                        to->n_seats, &follower->scratch);
            g_assert(paid);
            hold(follower, place, to->slot, to->start, to->seats, to->n_seats, &follower->scratch);
        }
    }
}

void draft_follow(Draft *follower, Draft *leader)
{
    if (leader->all_changed || leader->changed->len > leader->sessions->len / 2) {
        draft_copy(follower, leader);
    } else {
        guint known = follower->sessions->len;
        make_room(follower, leader->sessions->len);
        for (guint place = known; place < follower->sessions->len; place++)
            draft_session(follower, (int32_t)place)->slot = MODEL_NONE;
        follow_changes(follower, leader, true);
        follow_changes(follower, leader, false);
        copy_list(follower->free_places, leader->free_places);
    }
    for (guint i = 0; i < leader->changed->len; i++)
        g_array_index(leader->is_changed, bool, g_array_index(leader->changed, int32_t, i)) = false;
    g_array_set_size(leader->changed, 0);
    leader->all_changed = false;
}
