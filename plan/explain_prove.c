/* Proofs of motifs by trial: see explain_prove.h. */
#include "plan/explain_prove.h"

#include "plan/explain_group.h"

/* Days after the besoin's and the offre's in which other starts are tried. */
#define MORE_DAYS 90

struct ExplainProver {
    Draft *draft;
    GArray **places;   /* by slot: its sessions' places */
    int32_t besoin;    /* for which reaches hold, or MODEL_NONE */
    GArray *reaches;   /* ExplainReach, for each slot of its formation */
    GArray *pool;      /* ExplainCompanion */
    GArray *last_pool; /* that of the start before */
    uint32_t last_broken;
    int32_t last_season;
    int64_t work, most_work; /* trials */
};

/* Sessions of a slot in an order that owes nothing to their places: the draft of a resumed plan has others. */
static int compare_places(const void *a, const void *b, void *user)
{
    const Draft *draft = user;
    return draft_compare(draft_session(draft, *(const int32_t *)a), draft_session(draft, *(const int32_t *)b));
}

static void list_places(ExplainProver *prover)
{
    const Draft *draft = prover->draft;
    for (int32_t slot = 0; slot < draft->problem->n_slots; slot++)
        g_array_set_size(prover->places[slot], 0);
    for (int32_t place = 0; place < (int32_t)draft->sessions->len; place++)
        if (draft_session(draft, place)->slot != MODEL_NONE)
            g_array_append_val(prover->places[draft_session(draft, place)->slot], place);
    for (int32_t slot = 0; slot < draft->problem->n_slots; slot++)
        g_array_sort_with_data(prover->places[slot], compare_places, prover->draft);
}

static void clear_reach(gpointer data)
{
    explain_reach_clear(data);
}

ExplainProver *explain_prover_new(Draft *draft)
{
    ExplainProver *prover = g_new0(ExplainProver, 1);
    prover->draft = draft;
    prover->besoin = MODEL_NONE;
    prover->most_work = INT64_MAX;
    prover->places = g_new0(GArray *, draft->problem->n_slots + 1);
    for (int32_t slot = 0; slot < draft->problem->n_slots; slot++)
        prover->places[slot] = g_array_new(FALSE, FALSE, sizeof(int32_t));
    prover->reaches = g_array_new(FALSE, TRUE, sizeof(ExplainReach));
    g_array_set_clear_func(prover->reaches, clear_reach);
    prover->pool = g_array_new(FALSE, TRUE, sizeof(ExplainCompanion));
    prover->last_pool = g_array_new(FALSE, TRUE, sizeof(ExplainCompanion));
    list_places(prover);
    return prover;
}

void explain_prover_free(ExplainProver *prover)
{
    for (int32_t slot = 0; slot < prover->draft->problem->n_slots; slot++)
        g_array_free(prover->places[slot], TRUE);
    g_free(prover->places);
    g_array_free(prover->reaches, TRUE);
    g_array_free(prover->pool, TRUE);
    g_array_free(prover->last_pool, TRUE);
    g_free(prover);
}

void explain_prover_allow(ExplainProver *prover, int64_t trials)
{
    prover->most_work = prover->work + trials;
}

/* ---- an existing session, with one more learner ---- */

static bool fits_with(ExplainAim *aim, ExplainTrial *trial, const ExplainReach *reach, int32_t place)
{
    for (int32_t i = 0; i < reach->n_montages; i++) {
        aim->montage = i;
        explain_trial_add(trial, aim->besoin, reach->montages[i], reach->annexe);
        if (!explain_aim_broken(aim, explain_trial_broken(trial, 0)) && explain_aim_found(aim, trial, reach, place, 0))
            return true;
        explain_trial_drop(trial, aim->besoin, reach->montages[i]);
    }
    return false;
}

static bool try_join(ExplainProver *prover, ExplainAim *aim, int32_t place, const ExplainReach *reach)
{
    Draft *draft = prover->draft;
    const Problem *p = draft->problem;
    const DraftSession *session = draft_session(draft, place);
    const ProblemSlot *slot = &p->slots[session->slot];
    const ProblemStart *start = &slot->starts[session->start];
    uint32_t broken = reach->broken;
    if (!explain_reach_dates(p->model, aim->besoin, start->jours, slot->n_jours))
        broken |= 1U << MOTIF_HORS_PERIODE;
    if (session->measure.q >= p->model->offres[slot->offre].effectif_max)
        broken |= 1U << MOTIF_CAPACITE;
    ExplainTrial trial = {.draft = draft,
                          .besoin = aim->besoin,
                          .slot = session->slot,
                          .held = true,
                          .start = *start,
                          .work = &prover->work};
    if (prover->work > prover->most_work || explain_aim_broken(aim, broken) ||
        explain_aim_farther(aim, &trial, reach, broken))
        return false;
    aim->fixed = broken;
    trial.seats = g_array_new(FALSE, FALSE, sizeof(ExplainSeat));
    int32_t held_start = session->start, n_seats = session->n_seats;
    g_autofree ProblemSeat *seats = g_memdup2(session->seats, sizeof *seats * (gsize)n_seats);
    for (int32_t i = 0; i < n_seats; i++) {
        const ProblemLink *link = &slot->links[seats[i].link];
        ExplainSeat seat = {link->besoin, seats[i].montage, seats[i].effectif, link->annexe};
        g_array_append_val(trial.seats, seat);
    }
    draft_remove(draft, place);
    bool done = fits_with(aim, &trial, reach, place);
    int32_t again = draft_insert(draft, trial.slot, held_start, seats, n_seats);
    g_assert(again == place);
    explain_trial_clear(&trial);
    return done;
}

/* ---- a new session ---- */

static bool same_pool(const GArray *a, const GArray *b)
{
    bool same = a->len == b->len;
    for (guint i = 0; same && i < a->len; i++) {
        const ExplainCompanion *x = &g_array_index(a, ExplainCompanion, i), *y = &g_array_index(b, ExplainCompanion, i);
        same = x->besoin == y->besoin && x->n == y->n;
    }
    return same;
}

static bool is_open(const Problem *p, const ProblemSlot *slot, int32_t besoin, int32_t start)
{
    int32_t link = problem_link(p, slot, besoin);
    return link != MODEL_NONE ? problem_open(slot, link, start)
                              : explain_reach_dates(p->model, besoin, slot->starts[start].jours, slot->n_jours);
}

static bool try_new(ExplainProver *prover, ExplainAim *aim, int32_t slot, const ProblemStart *start, int32_t position,
                    const ExplainReach *reach)
{
    const Problem *p = prover->draft->problem;
    ExplainTrial trial = {
        .draft = prover->draft, .besoin = aim->besoin, .slot = slot, .start = *start, .work = &prover->work};
    uint32_t broken = reach->broken | explain_trial_opening(&trial) | explain_trial_learner(&trial, aim->besoin, 1);
    if (position == MODEL_NONE || !is_open(p, &p->slots[slot], aim->besoin, position))
        broken |= 1U << MOTIF_HORS_PERIODE;
    if (prover->work > prover->most_work || explain_aim_broken(aim, broken) ||
        explain_aim_farther(aim, &trial, reach, broken))
        return false;
    explain_group_gather(prover->pool, aim, &trial, position, reach);
    /* weeks with the same people and money give the same answer, dates apart */
    if (position > 0 && aim->waived != 1U << MOTIF_HORS_PERIODE && broken == prover->last_broken &&
        start->season == prover->last_season && same_pool(prover->pool, prover->last_pool))
        return false;
    aim->fixed = broken;
    trial.seats = g_array_new(FALSE, FALSE, sizeof(ExplainSeat));
    bool done = explain_group_try(prover->pool, aim, &trial, reach);
    explain_trial_clear(&trial);
    if (done)
        return true;
    GArray *pool = prover->pool;
    prover->pool = prover->last_pool;
    prover->last_pool = pool;
    prover->last_broken = broken;
    prover->last_season = position == MODEL_NONE ? MODEL_NONE : start->season;
    return false;
}

static bool has_open_start(const ExplainProver *prover, const ExplainAim *aim, int32_t slot)
{
    const ProblemSlot *row = &prover->draft->problem->slots[slot];
    for (int32_t s = 0; s < row->n_starts; s++)
        if (is_open(prover->draft->problem, row, aim->besoin, s))
            return true;
    return false;
}

/* New sessions on days the offre does not have: in the besoin's period, else ever. */
static void try_new_dates(ExplainProver *prover, ExplainAim *aim, int32_t slot, const ExplainReach *reach)
{
    const Problem *p = prover->draft->problem;
    const ModelBesoin *b = &p->model->besoins[aim->besoin];
    const ModelOffre *o = &p->model->offres[p->slots[slot].offre];
    int32_t first = p->date_plan + p->model->campagne.gel_jours;
    const int32_t periods[][2] = {{MAX(b->date_debut, first), b->date_fin},
                                  {first, MAX(b->date_fin, o->date_fin) + MORE_DAYS}};
    for (size_t i = 0; i < G_N_ELEMENTS(periods); i++) {
        int32_t *jours;
        GArray *starts = explain_reach_starts(p, p->slots[slot].offre, periods[i][0], periods[i][1], &jours);
        for (guint s = 0; s < starts->len && !aim->found; s++)
            try_new(prover, aim, slot, &g_array_index(starts, ProblemStart, s), MODEL_NONE, reach);
        g_array_free(starts, TRUE);
        g_free(jours);
        if (aim->found) {
            aim->session->new_dates = true;
            aim->session->has_dates = aim->mode == EXPLAIN_OTHER_DATES;
            return;
        }
    }
}

/* ---- all of them ---- */

static void set_besoin(ExplainProver *prover, int32_t besoin)
{
    const Problem *p = prover->draft->problem;
    ProblemSlice slots = p->formation_slots[p->model->besoins[besoin].formation];
    if (prover->besoin == besoin)
        return;
    prover->besoin = besoin;
    g_array_set_size(prover->reaches, 0);
    for (int32_t i = 0; i < slots.n; i++) {
        ExplainReach reach = explain_reach(p, besoin, p->slots[p->slots_by_formation[slots.first + i]].offre);
        g_array_append_val(prover->reaches, reach);
    }
}

static bool try_slot(ExplainProver *prover, ExplainAim *aim, int32_t slot, const ExplainReach *reach)
{
    const ProblemSlot *row = &prover->draft->problem->slots[slot];
    for (guint i = 0; i < prover->places[slot]->len; i++)
        if (try_join(prover, aim, g_array_index(prover->places[slot], int32_t, i), reach))
            return true;
    prover->last_season = MODEL_NONE;
    for (int32_t s = 0; s < row->n_starts && row->fixee == MODEL_NONE; s++)
        if (try_new(prover, aim, slot, &row->starts[s], s, reach))
            return true;
    return false;
}

bool explain_prove(ExplainProver *prover, int32_t besoin, uint32_t waived, ExplainMode mode, ExplainSession *session)
{
    const Problem *p = prover->draft->problem;
    ProblemSlice slots = p->formation_slots[p->model->besoins[besoin].formation];
    ExplainAim aim = {besoin, waived, mode, session, 0, 0, false, 0, false, 0};
    g_assert(prover->draft->left[besoin] > 0);
    set_besoin(prover, besoin);
    for (int32_t i = 0; i < slots.n && mode != EXPLAIN_OTHER_DATES; i++) {
        const ExplainReach *reach = &g_array_index(prover->reaches, ExplainReach, i);
        if (!explain_aim_broken(&aim, reach->broken) &&
            try_slot(prover, &aim, p->slots_by_formation[slots.first + i], reach))
            return true;
    }
    for (int32_t i = 0; i < slots.n && mode != EXPLAIN_FEWEST && !aim.found && (waived & 1U << MOTIF_HORS_PERIODE) != 0;
         i++) {
        int32_t slot = p->slots_by_formation[slots.first + i];
        const ExplainReach *reach = &g_array_index(prover->reaches, ExplainReach, i);
        if (p->slots[slot].fixee == MODEL_NONE && !explain_aim_broken(&aim, reach->broken) &&
            has_open_start(prover, &aim, slot) == (mode == EXPLAIN_OTHER_DATES))
            try_new_dates(prover, &aim, slot, reach);
    }
    return aim.found;
}

void explain_prover_insert(ExplainProver *prover, const ExplainSession *session)
{
    Draft *draft = prover->draft;
    const ProblemSlot *slot = &draft->problem->slots[session->trial.slot];
    const GArray *from = session->trial.seats;
    g_autofree ProblemSeat *seats = g_new0(ProblemSeat, from->len);
    int32_t start = 0;
    while (slot->starts[start].debut != session->trial.start.debut)
        start++;
    for (guint i = 0; i < from->len; i++) {
        const ExplainSeat *seat = &g_array_index(from, ExplainSeat, i);
        seats[i] = (ProblemSeat){problem_link(draft->problem, slot, seat->besoin), seat->montage, seat->effectif};
    }
    if (session->place != MODEL_NONE)
        draft_remove(draft, session->place);
    int32_t place = draft_insert(draft, session->trial.slot, start, seats, (int32_t)from->len);
    g_assert(place != MODEL_NONE);
    list_places(prover);
}
