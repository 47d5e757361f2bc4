/* Rules and cents of a session that is only tried: see explain_trial.h. */
#include "plan/explain_trial.h"

#include "config/money.h"
#include "plan/tariff.h"

#include <string.h>

static const Problem *problem_of(const ExplainTrial *t)
{
    return t->draft->problem;
}

static const ProblemSlot *slot_of(const ExplainTrial *t)
{
    return &problem_of(t)->slots[t->slot];
}

static ExplainSeat *seat_at(const ExplainTrial *t, guint i)
{
    return &g_array_index(t->seats, ExplainSeat, i);
}

void explain_trial_clear(ExplainTrial *trial)
{
    g_array_free(trial->seats, TRUE);
    trial->seats = NULL;
}

void explain_trial_add(ExplainTrial *trial, int32_t besoin, int32_t montage, int64_t annexe)
{
    guint at = 0;
    while (at < trial->seats->len && (seat_at(trial, at)->besoin < besoin ||
                                      (seat_at(trial, at)->besoin == besoin && seat_at(trial, at)->montage < montage)))
        at++;
    ExplainSeat seat = {besoin, montage, 1, annexe};
    if (at < trial->seats->len && seat_at(trial, at)->besoin == besoin && seat_at(trial, at)->montage == montage)
        seat_at(trial, at)->effectif++;
    else
        g_array_insert_val(trial->seats, at, seat);
}

void explain_trial_drop(ExplainTrial *trial, int32_t besoin, int32_t montage)
{
    for (guint i = 0; i < trial->seats->len; i++) {
        if (seat_at(trial, i)->besoin != besoin || seat_at(trial, i)->montage != montage)
            continue;
        if (--seat_at(trial, i)->effectif == 0)
            g_array_remove_index(trial->seats, i);
        return;
    }
    g_assert_not_reached();
}

/* ---- days ---- */

/* The most of a draft's counters by day over the trial's days; days the draft does not know count nothing. */
static int32_t most_on_days(const ExplainTrial *t, const int32_t *counters, int32_t owner)
{
    const Problem *p = problem_of(t);
    int32_t most = 0;
    for (int32_t i = 0; i < slot_of(t)->n_jours; i++) {
        int32_t day = t->start.jours[i];
        if (day >= p->first_day && day <= p->last_day)
            most = MAX(most, counters[(gsize)owner * (gsize)t->draft->n_days + (gsize)(day - p->first_day)]);
    }
    return most;
}

static bool shares_a_day(const ExplainTrial *t, const DraftSession *held)
{
    const ProblemSlot *slot = &problem_of(t)->slots[held->slot];
    const int32_t *other = slot->starts[held->start].jours;
    for (int32_t i = 0, k = 0; i < slot_of(t)->n_jours && k < slot->n_jours;) {
        if (t->start.jours[i] == other[k])
            return true;
        if (t->start.jours[i] < other[k])
            i++;
        else
            k++;
    }
    return false;
}

static bool is_busy(const ExplainTrial *t, int32_t besoin)
{
    const Problem *p = problem_of(t);
    ProblemSlice others = p->stagiaire_besoins[p->stagiaire[besoin]];
    for (int32_t i = 0; i < others.n; i++) {
        int32_t place = t->draft->session_of[p->besoins_by_stagiaire[others.first + i]];
        if (place != MODEL_NONE && shares_a_day(t, draft_session(t->draft, place)))
            return true;
    }
    return false;
}

static const ProblemStart *start_of(const ExplainTrial *t, int32_t besoin)
{
    int32_t place = t->draft->session_of[besoin];
    if (place == MODEL_NONE)
        return NULL;
    const DraftSession *held = draft_session(t->draft, place);
    return &problem_of(t)->slots[held->slot].starts[held->start];
}

static bool is_out_of_order(const ExplainTrial *t, int32_t besoin)
{
    const Problem *p = problem_of(t);
    const ModelBesoin *b = &p->model->besoins[besoin];
    for (int32_t i = 0; i < b->n_apres; i++) {
        const ProblemStart *before = start_of(t, b->apres[i]);
        if (before == NULL || before->fin >= t->start.debut)
            return true;
    }
    ProblemSlice followers = p->followers[besoin];
    for (int32_t i = 0; i < followers.n; i++) {
        const ProblemStart *after = start_of(t, p->followers_rows[followers.first + i]);
        if (after != NULL && after->debut <= t->start.fin)
            return true;
    }
    return false;
}

/* ---- rules ---- */

uint32_t explain_trial_opening(const ExplainTrial *trial)
{
    const Problem *p = problem_of(trial);
    int32_t organisme = p->model->offres[slot_of(trial)->offre].organisme;
    int32_t most = p->model->organismes[organisme].sessions_simultanees;
    uint32_t broken = 0;
    if (!trial->held && trial->draft->held[trial->slot] >= slot_of(trial)->capacity)
        broken |= 1U << MOTIF_CAPACITE;
    if (most != MODEL_NONE && most_on_days(trial, trial->draft->busy, organisme) >= most)
        broken |= 1U << MOTIF_ORGANISME_SATURE;
    return broken;
}

uint32_t explain_trial_learner(const ExplainTrial *trial, int32_t besoin, int32_t together)
{
    const Problem *p = problem_of(trial);
    int32_t siae = p->model->besoins[besoin].siae;
    int32_t most = p->model->siae[siae].absents_max;
    uint32_t broken = 0;
    if (most != MODEL_NONE && most_on_days(trial, trial->draft->absent, siae) + together > most)
        broken |= 1U << MOTIF_SIAE_SATUREE;
    if (broken != 0 && siae != p->model->besoins[trial->besoin].siae)
        broken |= EXPLAIN_OTHERS;
    if (p->stagiaire[besoin] == MODEL_NONE)
        return broken;
    uint32_t person = 0;
    if (is_busy(trial, besoin))
        person |= 1U << MOTIF_STAGIAIRE_OCCUPE;
    if (is_out_of_order(trial, besoin))
        person |= 1U << MOTIF_APRES_NON_SERVI;
    return broken | person | (person != 0 && besoin != trial->besoin ? EXPLAIN_OTHERS : 0);
}

static uint32_t group_broken(ExplainTrial *t)
{
    const Problem *p = problem_of(t);
    uint32_t broken = 0;
    t->q = t->n_siae = 0;
    t->wanted = 1;
    for (guint i = 0; i < t->seats->len; i++) {
        int32_t besoin = seat_at(t, i)->besoin, siae = p->model->besoins[besoin].siae, together = 0;
        bool first = true;
        for (guint k = 0; k < t->seats->len; k++) {
            int32_t other = seat_at(t, k)->besoin;
            bool same = p->model->besoins[other].siae == siae;
            together += same ? seat_at(t, k)->effectif : 0;
            first = first && !(same && k < i);
            if (k < i && p->stagiaire[other] != MODEL_NONE && p->stagiaire[other] == p->stagiaire[besoin])
                broken |=
                    1U << MOTIF_STAGIAIRE_OCCUPE | (besoin != t->besoin && other != t->besoin ? EXPLAIN_OTHERS : 0);
        }
        t->q += seat_at(t, i)->effectif;
        t->n_siae += first;
        t->wanted = MAX(t->wanted, p->model->axes[p->model->besoins[besoin].axe].min_siae);
        broken |= explain_trial_learner(t, besoin, together);
    }
    if (t->q > p->model->offres[slot_of(t)->offre].effectif_max)
        broken |= 1U << MOTIF_CAPACITE;
    if (t->q < slot_of(t)->q_min)
        broken |= 1U << MOTIF_GROUPE_INSUFFISANT;
    if (t->n_siae < t->wanted)
        broken |= 1U << MOTIF_MUTUALISATION_IMPOSSIBLE;
    return broken;
}

/* ---- money ---- */

typedef struct {
    int32_t fund, class, dispositif; /* MODEL_NONE: no such fund, no enveloppe open */
    int32_t siae;                    /* one of those it is charged for */
    int64_t cents;
} Charge;

typedef struct {
    int32_t siae;
    int64_t cents;
} Rest;

/* The enveloppes of a fund that are open on the trial's dates for an axe. */
static uint64_t open_mask(const ExplainTrial *t, int32_t fund, int32_t axe)
{
    const Problem *p = problem_of(t);
    uint64_t mask = 0;
    for (int32_t i = 0; i < p->funds[fund].n; i++) {
        const ModelEnveloppe *e = &p->model->enveloppes[p->funds[fund].enveloppes[i]];
        if (t->start.debut >= e->debut_min && t->start.debut <= e->debut_max &&
            (e->fin_max == MODEL_NONE || t->start.fin <= e->fin_max) && (e->axe == MODEL_NONE || e->axe == axe))
            mask |= (uint64_t)1 << i;
    }
    return mask;
}

static int32_t class_of(const ExplainTrial *t, int32_t fund, int32_t axe)
{
    const Problem *p = problem_of(t);
    if (fund == MODEL_NONE || t->start.season != MODEL_NONE)
        return problem_class(p, t->start.season, fund, axe);
    /* dates of no season: a known class of open enveloppes, perhaps not all of them, is on the safe side */
    uint64_t mask = open_mask(t, fund, axe);
    int32_t best = MODEL_NONE;
    ProblemSlice classes = t->draft->purse->classes_of_fund[fund];
    for (int32_t c = classes.first; c < classes.first + classes.n; c++) {
        uint64_t of = p->classes[c].mask;
        if ((of & ~mask) == 0 && (best == MODEL_NONE || (of & p->classes[best].mask) == p->classes[best].mask))
            best = c;
    }
    return best;
}

static void add_charge(GArray *charges, Charge charge)
{
    for (guint i = 0; i < charges->len; i++) {
        Charge *known = &g_array_index(charges, Charge, i);
        if (known->fund == charge.fund && known->class == charge.class && known->dispositif == charge.dispositif) {
            known->cents += charge.cents;
            return;
        }
    }
    g_array_append_val(charges, charge);
}

static void add_rest(GArray *rests, int32_t siae, int64_t cents)
{
    for (guint i = 0; i < rests->len; i++)
        if (g_array_index(rests, Rest, i).siae == siae) {
            g_array_index(rests, Rest, i).cents += cents;
            return;
        }
    Rest rest = {siae, cents};
    g_array_append_val(rests, rest);
}

/* The accounts of a seat, `up` of its learners paying the odd cent. Contract, section 2, Money. */
static void account(const ExplainTrial *t, const ExplainSeat *seat, int64_t share, int64_t up, GArray *charges,
                    GArray *rests)
{
    const Problem *p = problem_of(t);
    const Model *m = p->model;
    const ModelBesoin *b = &m->besoins[seat->besoin];
    int32_t heures = m->formations[b->formation].heures;
    ProblemSlice f = p->financements[seat->montage];
    int64_t low[PROBLEM_MAX_FINANCEMENTS], high[PROBLEM_MAX_FINANCEMENTS], extra[PROBLEM_MAX_FINANCEMENTS],
        wage[PROBLEM_MAX_FINANCEMENTS];
    int64_t n = seat->effectif, rest = n * (share + seat->annexe) + up;
    if (f.n > 0) {
        const ModelFinancement *financements = &m->financements[f.first];
        tariff_pedagogy(financements, f.n, heures, share, low);
        tariff_pedagogy(financements, f.n, heures, share + 1, high);
        tariff_extras(financements, f.n, seat->annexe, money_hours(heures, m->montages[seat->montage].salaire_horaire),
                      extra, wage);
    }
    for (int32_t i = 0; i < f.n; i++) {
        int64_t pays = (n - up) * low[i] + up * high[i] + n * extra[i];
        rest -= pays - n * wage[i];
        if (pays == 0)
            continue;
        int32_t fund = problem_fund(p, b->siae, f.first + i);
        add_charge(charges, (Charge){fund, class_of(t, fund, b->axe), p->dispositif[f.first + i], b->siae, pays});
    }
    add_rest(rests, b->siae, rest);
}

static int64_t take_accounts(const ExplainTrial *t, int32_t q, GArray *charges, GArray *rests)
{
    int64_t pedagogy = problem_pedagogy(problem_of(t), slot_of(t)->offre, q), before = 0;
    for (guint i = 0; i < t->seats->len; i++) {
        const ExplainSeat *seat = seat_at(t, i);
        int64_t up = CLAMP(pedagogy % q - before, 0, (int64_t)seat->effectif);
        account(t, seat, pedagogy / q, up, charges, rests);
        before += seat->effectif;
    }
    return pedagogy;
}

/* Charges what fits to a class: all, or, where the trial is exact, as much as can be; returns what was charged. */
static int64_t charge_some(const ExplainTrial *t, int32_t class, int64_t cents)
{
    Purse *purse = t->draft->purse;
    if (class == MODEL_NONE)
        return 0;
    if (purse_add(purse, class, cents))
        return cents;
    if (!t->exact)
        return 0;
    int64_t room = purse_room(purse, class);
    bool fits = purse_add(purse, class, room);
    g_assert(fits);
    return room;
}

/* Charges all; what cannot be is told in the trial. */
static uint32_t charge_all(ExplainTrial *t, GArray *charges)
{
    const Problem *p = problem_of(t);
    uint32_t broken = 0;
    g_autofree int64_t *charged = g_new0(int64_t, charges->len + 1);
    t->n_shortages = 0;
    t->missing = 0;
    for (guint i = 0; i < charges->len; i++) {
        const Charge *c = &g_array_index(charges, Charge, i);
        charged[i] = charge_some(t, c->class, c->cents);
        if (charged[i] == c->cents)
            continue;
        uint64_t mask = c->class != MODEL_NONE ? p->classes[c->class].mask : 0;
        if (t->n_shortages < EXPLAIN_SHORTAGES)
            t->shortages[t->n_shortages] = (ExplainShortage){c->fund, c->dispositif, mask, c->cents - charged[i]};
        t->n_shortages++;
        t->missing += c->cents - charged[i];
        broken |= 1U << MOTIF_ENVELOPPE_EPUISEE;
        if (p->opco[c->siae] != p->opco[p->model->besoins[t->besoin].siae])
            broken |= EXPLAIN_OTHERS;
    }
    for (guint i = charges->len; i > 0; i--)
        if (charged[i - 1] > 0)
            purse_remove(t->draft->purse, g_array_index(charges, Charge, i - 1).class, charged[i - 1]);
    return broken;
}

static uint32_t money_broken(ExplainTrial *t, int32_t q)
{
    uint32_t broken = 0;
    g_autoptr(GArray) charges = g_array_new(FALSE, FALSE, sizeof(Charge));
    g_autoptr(GArray) rests = g_array_new(FALSE, FALSE, sizeof(Rest));
    take_accounts(t, q, charges, rests);
    t->rac = 0;
    for (guint i = 0; i < rests->len; i++) {
        const Rest *rest = &g_array_index(rests, Rest, i);
        int64_t over = rest->cents - t->draft->rac_left[rest->siae];
        if (over <= 0)
            continue;
        broken |= 1U << MOTIF_RESTE_A_CHARGE;
        if (rest->siae == problem_of(t)->model->besoins[t->besoin].siae)
            t->rac = over;
        else
            broken |= EXPLAIN_OTHERS;
    }
    return broken | charge_all(t, charges);
}

uint32_t explain_trial_broken(ExplainTrial *trial, int32_t q)
{
    uint32_t broken = group_broken(trial);
    ++*trial->work;
    g_assert(trial->q > 0);
    return broken | money_broken(trial, MAX(q, trial->q));
}

int64_t explain_trial_cost(ExplainTrial *trial)
{
    g_autoptr(GArray) charges = g_array_new(FALSE, FALSE, sizeof(Charge));
    g_autoptr(GArray) rests = g_array_new(FALSE, FALSE, sizeof(Rest));
    group_broken(trial);
    int64_t cost = take_accounts(trial, trial->q, charges, rests);
    for (guint i = 0; i < trial->seats->len; i++)
        cost += seat_at(trial, i)->effectif * seat_at(trial, i)->annexe;
    for (guint i = 0; i < rests->len; i++)
        cost += g_array_index(rests, Rest, i).cents;
    return cost;
}
