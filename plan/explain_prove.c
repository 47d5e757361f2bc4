/* Proofs of motifs by trial: see explain_prove.h. */
#include "plan/explain_prove.h"

/* Groups tried for a nearer session once one is found. */
#define MOST_GROUPS 100

/* Days after the besoin's and the offre's in which other starts are tried. */
#define MORE_DAYS 90

typedef struct {
    int32_t besoin, n; /* learners that might come along */
    int64_t annexe;
    const int32_t *montages;
    int32_t n_montages;
} Companion;

struct ExplainProver {
    Draft *draft;
    GArray **places;   /* by slot: its sessions' places */
    int32_t besoin;    /* for which reaches hold, or MODEL_NONE */
    GArray *reaches;   /* ExplainReach, for each slot of its formation */
    GArray *pool;      /* Companion */
    GArray *last_pool; /* that of the start before */
    uint32_t last_broken;
    int32_t last_season;
};

/* What is looked for, and what was found. */
typedef struct {
    int32_t besoin;
    uint32_t waived;
    ExplainMode mode;
    ExplainSession *session;
    uint32_t fixed;  /* bits broken by the offre and the dates at hand, before anyone is seated */
    int32_t montage; /* of the besoin's learner: position in its reach */
    bool seatable;
    int32_t groups; /* tried since one was found */
    bool found;
    int64_t gap; /* of the session found: how far it is from keeping the rules waived */
} Aim;

void explain_session_clear(ExplainSession *session)
{
    explain_trial_clear(&session->trial);
}

static void list_places(ExplainProver *prover)
{
    const Draft *draft = prover->draft;
    for (int32_t slot = 0; slot < draft->problem->n_slots; slot++)
        g_array_set_size(prover->places[slot], 0);
    for (int32_t place = 0; place < (int32_t)draft->sessions->len; place++)
        if (draft_session(draft, place)->slot != MODEL_NONE)
            g_array_append_val(prover->places[draft_session(draft, place)->slot], place);
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
    prover->places = g_new0(GArray *, draft->problem->n_slots + 1);
    for (int32_t slot = 0; slot < draft->problem->n_slots; slot++)
        prover->places[slot] = g_array_new(FALSE, FALSE, sizeof(int32_t));
    prover->reaches = g_array_new(FALSE, TRUE, sizeof(ExplainReach));
    g_array_set_clear_func(prover->reaches, clear_reach);
    prover->pool = g_array_new(FALSE, TRUE, sizeof(Companion));
    prover->last_pool = g_array_new(FALSE, TRUE, sizeof(Companion));
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

/* Broken rules that are not waived for this aim. */
static bool is_broken(const Aim *aim, uint32_t broken)
{
    return (broken & ~aim->waived) != 0;
}

/* How far a trial is from keeping the rule waived, in the rule's own unit; 0 where nothing can be nearer. */
static int64_t gap_of(const Aim *aim, const ExplainTrial *trial, const ExplainReach *reach, uint32_t broken)
{
    const Problem *p = trial->draft->problem;
    const ModelBesoin *b = &p->model->besoins[aim->besoin];
    if (aim->mode == EXPLAIN_JOINED)
        return p->slots[trial->slot].q_min - trial->q;
    if (aim->mode == EXPLAIN_FEWEST)
        return __builtin_popcount(broken);
    switch (aim->waived) {
    case 1U << MOTIF_HORS_RAYON:
        return reach->km;
    case 1U << MOTIF_HORS_PERIODE:
        return MAX(0, b->date_debut - trial->start.debut) + MAX(0, trial->start.fin - b->date_fin);
    case 1U << MOTIF_GROUPE_INSUFFISANT:
        return p->slots[trial->slot].q_min - trial->q;
    case 1U << MOTIF_MUTUALISATION_IMPOSSIBLE:
        return trial->wanted - trial->n_siae;
    case 1U << MOTIF_RESTE_A_CHARGE:
        return trial->rac;
    case 1U << MOTIF_ENVELOPPE_EPUISEE:
        return trial->missing;
    default:
        return 0;
    }
}

/* True when a nearer session than any of this start of this offre is known already: journeys, dates and the rules
 * broken so far tell before any trial. */
static bool is_farther(const Aim *aim, const ExplainTrial *trial, const ExplainReach *reach, uint32_t broken)
{
    if (aim->found && aim->groups > MOST_GROUPS)
        return true;
    bool early =
        aim->waived == 1U << MOTIF_HORS_RAYON || aim->waived == 1U << MOTIF_HORS_PERIODE || aim->mode == EXPLAIN_FEWEST;
    return aim->found && early && gap_of(aim, trial, reach, broken) >= aim->gap;
}

/* Keeps a session that breaks nothing else, when it is the nearest yet; true when none can be nearer. The trial's draft
 * is as when its rules were looked at. */
static bool found(Aim *aim, ExplainTrial *trial, const ExplainReach *reach, int32_t place, int32_t q)
{
    trial->exact = true;
    uint32_t broken = aim->fixed | explain_trial_broken(trial, q);
    int64_t gap = gap_of(aim, trial, reach, broken);
    trial->exact = false;
    if (aim->found && gap >= aim->gap)
        return false;
    if (aim->found)
        explain_session_clear(aim->session);
    *aim->session = (ExplainSession){.broken = broken, .place = place, .trial = *trial, .reach = *reach};
    aim->session->cost = explain_trial_cost(trial);
    if (place != MODEL_NONE) { /* taken out, but its measure is still there */
        const SessionMeasure *before = &draft_session(trial->draft, place)->measure;
        aim->session->cost -= before->cost + before->rac;
    }
    aim->session->trial.start.jours = NULL;
    aim->session->trial.seats = g_array_copy(trial->seats);
    aim->session->reach.montages = NULL;
    if (aim->montage >= reach->n_near)
        aim->session->reach.change = EXPLAIN_CONDITIONS;
    aim->found = true;
    aim->gap = gap;
    return gap <= (aim->mode == EXPLAIN_FEWEST ? 2 : 0);
}

/* ---- an existing session, with one more learner ---- */

static bool fits_with(Aim *aim, ExplainTrial *trial, const ExplainReach *reach, int32_t place)
{
    for (int32_t i = 0; i < reach->n_montages; i++) {
        aim->montage = i;
        explain_trial_add(trial, aim->besoin, reach->montages[i], reach->annexe);
        if (!is_broken(aim, explain_trial_broken(trial, 0)) && found(aim, trial, reach, place, 0))
            return true;
        explain_trial_drop(trial, aim->besoin, reach->montages[i]);
    }
    return false;
}

static bool try_join(ExplainProver *prover, Aim *aim, int32_t place, const ExplainReach *reach)
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
    ExplainTrial trial = {.draft = draft, .besoin = aim->besoin, .slot = session->slot, .held = true, .start = *start};
    if (is_broken(aim, broken) || is_farther(aim, &trial, reach, broken))
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

/* Who of the learners not served might sit in the trial's session beside the besoin's: alone none breaks a rule not
 * waived. */
static void gather(ExplainProver *prover, const Aim *aim, const ExplainTrial *trial, int32_t start,
                   const ExplainReach *reach)
{
    const Draft *draft = prover->draft;
    const Problem *p = draft->problem;
    const ProblemSlot *slot = &p->slots[trial->slot];
    g_array_set_size(prover->pool, 0);
    for (int32_t i = 0; i < slot->n_links; i++) {
        const ProblemLink *link = &slot->links[i];
        int32_t besoin = link->besoin;
        if (besoin == trial->besoin || draft->left[besoin] <= 0)
            continue;
        bool open = start != MODEL_NONE ? problem_open(slot, i, start)
                                        : explain_reach_dates(p->model, besoin, trial->start.jours, slot->n_jours);
        if (!open || is_broken(aim, explain_trial_learner(trial, besoin, 1)))
            continue;
        const ProblemProfile *profile = &p->profiles[link->profile];
        Companion companion = {besoin, 1, link->annexe, profile->montages, profile->n};
        while (companion.n < draft->left[besoin] &&
               !is_broken(aim, explain_trial_learner(trial, besoin, companion.n + 1)))
            companion.n++;
        g_array_append_val(prover->pool, companion);
    }
    if (draft->left[trial->besoin] > 1) {
        Companion own = {trial->besoin, draft->left[trial->besoin] - 1, reach->annexe, reach->montages,
                         reach->n_montages};
        g_array_append_val(prover->pool, own);
    }
}

static bool is_seated(const ExplainTrial *trial, int32_t siae)
{
    for (guint i = 0; i < trial->seats->len; i++)
        if (trial->draft->problem->model->besoins[g_array_index(trial->seats, ExplainSeat, i).besoin].siae == siae)
            return true;
    return false;
}

static bool seat_companion(const Aim *aim, ExplainTrial *trial, const Companion *companion, int32_t q)
{
    uint32_t filling = 1U << MOTIF_GROUPE_INSUFFISANT | 1U << MOTIF_MUTUALISATION_IMPOSSIBLE;
    for (int32_t m = 0; m < companion->n_montages; m++) {
        explain_trial_add(trial, companion->besoin, companion->montages[m], companion->annexe);
        if (!is_broken(aim, explain_trial_broken(trial, q) & ~filling))
            return true;
        explain_trial_drop(trial, companion->besoin, companion->montages[m]);
    }
    return false;
}

/* Seats companions one by one towards a group of q: first new SIAE, while the axes want more, then anyone. */
static void fill(ExplainProver *prover, const Aim *aim, ExplainTrial *trial, int32_t q)
{
    const Model *m = prover->draft->problem->model;
    for (int32_t pass = 0; pass < 2; pass++)
        for (guint i = 0; i < prover->pool->len && trial->q < q; i++) {
            const Companion *c = &g_array_index(prover->pool, Companion, i);
            if (pass == 0 && (trial->n_siae >= trial->wanted || is_seated(trial, m->besoins[c->besoin].siae)))
                continue;
            int32_t most = c->n;
            for (guint k = 0; k < trial->seats->len; k++) {
                const ExplainSeat *seat = &g_array_index(trial->seats, ExplainSeat, k);
                most -= seat->besoin == c->besoin ? seat->effectif : 0;
            }
            most += c->besoin == aim->besoin; /* the learner at stake is not one of them */
            bool seated = true;
            for (int32_t n = pass == 0 ? MIN(most, 1) : most; n > 0 && seated && trial->q < q; n--)
                seated = seat_companion(aim, trial, c, q);
            if (!seated)
                explain_trial_broken(trial, q); /* the figures of who is seated */
        }
}

/* True when learners who are missing would complete the group: they may be of as many other SIAE as are wanted. */
static bool completes(const Aim *aim, const ExplainTrial *trial, int32_t q, uint32_t broken)
{
    uint32_t filling = 1U << MOTIF_GROUPE_INSUFFISANT | 1U << MOTIF_MUTUALISATION_IMPOSSIBLE;
    return aim->mode == EXPLAIN_JOINED && (broken & 1U << MOTIF_GROUPE_INSUFFISANT) != 0 &&
           !is_broken(aim, broken & ~filling) && q - trial->q >= trial->wanted - trial->n_siae;
}

/* Tries a group of q. aim->seatable: whether the besoin's own learner could sit in it. */
static bool try_group(ExplainProver *prover, Aim *aim, ExplainTrial *trial, const ExplainReach *reach, int32_t q)
{
    aim->seatable = false;
    aim->groups += aim->found;
    uint32_t filling = 1U << MOTIF_GROUPE_INSUFFISANT | 1U << MOTIF_MUTUALISATION_IMPOSSIBLE;
    for (int32_t m = 0; m < reach->n_montages; m++) {
        g_array_set_size(trial->seats, 0);
        aim->montage = m;
        explain_trial_add(trial, aim->besoin, reach->montages[m], reach->annexe);
        uint32_t broken = explain_trial_broken(trial, q);
        if (is_broken(aim, broken & ~filling) || is_farther(aim, trial, reach, aim->fixed | (broken & ~filling)))
            continue;
        aim->seatable = true;
        Aim rest = *aim;
        if (aim->mode == EXPLAIN_FEWEST) /* nobody comes along who breaks more */
            rest.waived = aim->fixed | broken | filling;
        fill(prover, &rest, trial, q);
        if (aim->mode == EXPLAIN_JOINED) {
            if (completes(aim, trial, q, explain_trial_broken(trial, q)) && found(aim, trial, reach, MODEL_NONE, q))
                return true;
        } else if (!is_broken(aim, explain_trial_broken(trial, 0)) && found(aim, trial, reach, MODEL_NONE, 0)) {
            return true;
        }
    }
    return false;
}

/* Groups of the largest size (shares are least), of the least (charges are least), and some between. */
static bool try_range(ExplainProver *prover, Aim *aim, ExplainTrial *trial, const ExplainReach *reach, int32_t least,
                      int32_t most)
{
    int32_t step = MAX(1, (most - least + 1) / 3);
    for (int32_t q = most; q > least; q -= step) {
        if (try_group(prover, aim, trial, reach, q))
            return true;
        if (!aim->seatable) /* nor would larger shares let it */
            return false;
    }
    return try_group(prover, aim, trial, reach, least);
}

static bool try_sizes(ExplainProver *prover, Aim *aim, ExplainTrial *trial, const ExplainReach *reach)
{
    const ProblemSlot *slot = &prover->draft->problem->slots[trial->slot];
    int32_t most = 1, least = slot->q_min;
    for (guint i = 0; i < prover->pool->len; i++)
        most += g_array_index(prover->pool, Companion, i).n;
    most = MIN(most, prover->draft->problem->model->offres[slot->offre].effectif_max);
    if (aim->mode == EXPLAIN_JOINED)
        return try_group(prover, aim, trial, reach, slot->q_min);
    if (most >= least && aim->waived != 1U << MOTIF_GROUPE_INSUFFISANT &&
        try_range(prover, aim, trial, reach, least, most))
        return true;
    most = MIN(most, least - 1);
    return (aim->waived & 1U << MOTIF_GROUPE_INSUFFISANT) != 0 && most > 0 &&
           try_range(prover, aim, trial, reach, 1, most);
}

static bool same_pool(const GArray *a, const GArray *b)
{
    bool same = a->len == b->len;
    for (guint i = 0; same && i < a->len; i++) {
        const Companion *x = &g_array_index(a, Companion, i), *y = &g_array_index(b, Companion, i);
        same = x->besoin == y->besoin && x->n == y->n;
    }
    return same;
}

static bool try_new(ExplainProver *prover, Aim *aim, int32_t slot, const ProblemStart *start, int32_t position,
                    const ExplainReach *reach)
{
    const Problem *p = prover->draft->problem;
    ExplainTrial trial = {.draft = prover->draft, .besoin = aim->besoin, .slot = slot, .start = *start};
    uint32_t broken = reach->broken | explain_trial_opening(&trial) | explain_trial_learner(&trial, aim->besoin, 1);
    if (position == MODEL_NONE || !explain_reach_dates(p->model, aim->besoin, start->jours, p->slots[slot].n_jours))
        broken |= 1U << MOTIF_HORS_PERIODE;
    if (is_broken(aim, broken) || is_farther(aim, &trial, reach, broken))
        return false;
    gather(prover, aim, &trial, position, reach);
    /* weeks with the same people and money give the same answer, dates apart */
    if (position > 0 && aim->waived != 1U << MOTIF_HORS_PERIODE && broken == prover->last_broken &&
        start->season == prover->last_season && same_pool(prover->pool, prover->last_pool))
        return false;
    aim->fixed = broken;
    trial.seats = g_array_new(FALSE, FALSE, sizeof(ExplainSeat));
    bool done = try_sizes(prover, aim, &trial, reach);
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

static bool has_open_start(const ExplainProver *prover, const Aim *aim, int32_t slot)
{
    const ProblemSlot *row = &prover->draft->problem->slots[slot];
    for (int32_t s = 0; s < row->n_starts; s++)
        if (explain_reach_dates(prover->draft->problem->model, aim->besoin, row->starts[s].jours, row->n_jours))
            return true;
    return false;
}

/* New sessions on days the offre does not have: in the besoin's period, else ever. */
static void try_new_dates(ExplainProver *prover, Aim *aim, int32_t slot, const ExplainReach *reach)
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

static bool try_slot(ExplainProver *prover, Aim *aim, int32_t slot, const ExplainReach *reach)
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
    Aim aim = {besoin, waived, mode, session, 0, 0, false, 0, false, 0};
    g_assert(prover->draft->left[besoin] > 0);
    set_besoin(prover, besoin);
    for (int32_t i = 0; i < slots.n && mode != EXPLAIN_OTHER_DATES; i++) {
        const ExplainReach *reach = &g_array_index(prover->reaches, ExplainReach, i);
        if (!is_broken(&aim, reach->broken) && try_slot(prover, &aim, p->slots_by_formation[slots.first + i], reach))
            return true;
    }
    for (int32_t i = 0; i < slots.n && mode != EXPLAIN_FEWEST && !aim.found && (waived & 1U << MOTIF_HORS_PERIODE) != 0;
         i++) {
        int32_t slot = p->slots_by_formation[slots.first + i];
        const ExplainReach *reach = &g_array_index(prover->reaches, ExplainReach, i);
        if (p->slots[slot].fixee == MODEL_NONE && !is_broken(&aim, reach->broken) &&
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
        seats[i] = (ProblemSeat){problem_link(slot, seat->besoin), seat->montage, seat->effectif};
    }
    if (session->place != MODEL_NONE)
        draft_remove(draft, session->place);
    int32_t place = draft_insert(draft, session->trial.slot, start, seats, (int32_t)from->len);
    g_assert(place != MODEL_NONE);
    list_places(prover);
}
