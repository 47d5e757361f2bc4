/* Pricing against enumeration of every session of every slot of tiny regions, at random prices. */
#include "plan/pricing.h"
#include "plan/session.h"
#include "tests/lib/every_session.h"
#include "tests/lib/region.h"

#define SEEDS 1200
#define ROUNDS 3
#define NEVER INT64_MIN
#define UNPAYABLE (INT64_MIN / 4)

/* Day prices as given to pricing_set_days(). */
typedef struct {
    PricingDay rows[400];
    int32_t n;
} Days;

/* Cuts and steps as given to pricing_set_cuts() and pricing_set_steps(). */
typedef struct {
    PricingCut cuts[40];
    PricingStep steps[40];
    int32_t n_cuts, n_steps;
} Rules;

/* Limits of money, as draft_limits() has them. */
typedef struct {
    int64_t *room, *rac_room; /* by class, by SIAE */
} Money;

/* One slot at one start and size, every session of it being tried. */
typedef struct {
    const Problem *problem;
    const PricingPrices *prices;
    const PricingLimits *limits, *asked; /* the same said twice: without `among`, and as pricing is asked */
    const Days *absences, *presences, *stagiaires;
    const Rules *rules;
    const Money *money;
    const ProblemSlot *slot;
    int32_t start, q;
    int64_t best;  /* of all sessions, in every SIAE whatever the reste à charge */
    int64_t sound; /* of those that a SIAE can bear */
    int64_t tried;
    SessionMeasure measure;
} Trial;

static struct {
    int64_t slots, none, sessions, forced, limited, few, void_measures, exact, good, cut, stepped, followed, paid,
        short_of_money;
} tally;

static int64_t half_up(int64_t numerator, int64_t denominator)
{
    return (2 * numerator + denominator) / (2 * denominator);
}

static int64_t days_value(const Days *days, int32_t owner, const ProblemSlot *slot, const ProblemStart *start)
{
    int64_t value = 0;
    for (int32_t i = 0; i < days->n; i++)
        for (int32_t k = 0; k < slot->n_jours; k++)
            if (days->rows[i].owner == owner && days->rows[i].day == start->jours[k])
                value += days->rows[i].price;
    return value;
}

/* The least price of the enveloppes that may pay a charge of the besoin at the trial's start; -1: there is none. */
static int64_t price_of_charge(const Trial *trial, int32_t besoin, const char *dispositif)
{
    const Model *m = trial->problem->model;
    const ModelBesoin *b = &m->besoins[besoin];
    const ProblemStart *start = &trial->slot->starts[trial->start];
    int64_t least = -1;
    for (int32_t i = 0; i < m->n_enveloppes; i++) {
        const ModelEnveloppe *e = &m->enveloppes[i];
        if (g_strcmp0(e->opco, m->siae[b->siae].opco) != 0 || g_strcmp0(e->dispositif, dispositif) != 0 ||
            (e->axe != MODEL_NONE && e->axe != b->axe) || start->debut < e->debut_min || start->debut > e->debut_max ||
            (e->fin_max != MODEL_NONE && start->fin > e->fin_max))
            continue;
        least = least < 0 ? trial->prices->enveloppe[i] : MIN(least, trial->prices->enveloppe[i]);
    }
    return least;
}

/* What a SIAE pays for one learner's reste à charge by the mixed-integer rounding of its limit. */
static int64_t cuts_value(const Trial *trial, int32_t siae, int64_t reste)
{
    int64_t value = 0;
    for (int32_t i = 0; i < trial->rules->n_cuts; i++) {
        const PricingCut *cut = &trial->rules->cuts[i];
        int64_t over = reste % cut->divisor - cut->r0;
        if (cut->siae == siae)
            value += cut->price * (reste / cut->divisor * (cut->divisor - cut->r0) + (over > 0 ? over : 0));
        tally.cut += cut->siae == siae;
    }
    return value;
}

/* Money of one learner as the contract tells it: what is charged and what is left, at their prices. */
static int64_t money_value(const Trial *trial, const ProblemLink *link, int32_t montage, int64_t share)
{
    const Model *m = trial->problem->model;
    const ModelBesoin *b = &m->besoins[link->besoin];
    int64_t heures = m->formations[b->formation].heures;
    int64_t wage = half_up(heures * m->montages[montage].salaire_horaire, 100);
    int64_t left_share = share, left_annexe = link->annexe, left_wage = wage, value = 0;
    for (int32_t i = 0; i < m->n_financements; i++) { /* in order of rang */
        const ModelFinancement *f = &m->financements[i];
        if (f->montage != montage)
            continue;
        int64_t base = share * 100;
        if (f->plafond_horaire != MODEL_NONE)
            base = MIN(base, f->plafond_horaire * heures);
        int64_t ped = MIN(left_share, half_up(base * f->taux_pedagogie, 1000000));
        int64_t annexe = MIN(left_annexe, half_up(link->annexe * f->taux_annexes, 10000));
        int64_t salaire = MIN(left_wage, half_up(wage * f->taux_salaire, 10000));
        left_share -= ped;
        left_annexe -= annexe;
        left_wage -= salaire;
        if (ped + annexe + salaire == 0)
            continue;
        int64_t price = price_of_charge(trial, link->besoin, f->dispositif);
        if (price < 0)
            return UNPAYABLE;
        value -= price * (ped + annexe + salaire);
    }
    int64_t reste = left_share + left_annexe, most = m->siae[b->siae].reste_a_charge_max;
    if (most != MODEL_NONE && reste > most)
        return UNPAYABLE;
    return value - (trial->prices->w_cost + trial->prices->rac_price[b->siae]) * reste -
           cuts_value(trial, b->siae, reste);
}

/* Prices by stagiaire and by order of besoins, of one learner at the trial's start. */
static int64_t rules_value(const Trial *trial, int32_t besoin)
{
    const ProblemStart *start = &trial->slot->starts[trial->start];
    int32_t stagiaire = trial->problem->stagiaire[besoin];
    int64_t value = 0;
    if (stagiaire != MODEL_NONE)
        value -= days_value(trial->stagiaires, stagiaire, trial->slot, start);
    for (int32_t i = 0; i < trial->rules->n_steps; i++) {
        const PricingStep *step = &trial->rules->steps[i];
        if (step->besoin == besoin && step->earns && start->fin < step->day)
            value += step->price;
        if (step->besoin == besoin && !step->earns && start->debut <= step->day)
            value -= step->price;
        tally.stepped += step->besoin == besoin;
    }
    return value;
}

static int64_t learner_value(const Trial *trial, int32_t at, int32_t montage)
{
    const Problem *p = trial->problem;
    const PricingPrices *prices = trial->prices;
    const ProblemLink *link = &trial->slot->links[at];
    const ModelOffre *o = &p->model->offres[trial->slot->offre];
    int64_t pedagogy = o->cout_groupe + o->cout_stagiaire * trial->q;
    int64_t money = money_value(trial, link, montage, pedagogy / trial->q);
    if (pedagogy % trial->q != 0)
        money = MAX(money, money_value(trial, link, montage, pedagogy / trial->q + 1));
    if (money == UNPAYABLE)
        return UNPAYABLE;
    int32_t siae = p->model->besoins[link->besoin].siae;
    return money + prices->w_points * p->points[link->besoin] - prices->w_cost * link->annexe -
           prices->y[link->besoin] -
           days_value(trial->absences, siae, trial->slot, &trial->slot->starts[trial->start]) +
           rules_value(trial, link->besoin) + (trial->limits->bonus != NULL ? trial->limits->bonus[at] : 0);
}

static int64_t session_base(const Trial *trial)
{
    const ModelOffre *o = &trial->problem->model->offres[trial->slot->offre];
    const ProblemStart *start = &trial->slot->starts[trial->start];
    return -trial->prices->w_cost * (o->cout_groupe + o->cout_stagiaire * trial->q) -
           days_value(trial->presences, o->organisme, trial->slot, start) +
           (trial->limits->start_bonus != NULL ? trial->limits->start_bonus[trial->start] : 0) +
           (trial->limits->size_bonus != NULL ? trial->limits->size_bonus[trial->q] : 0);
}

/* The value of a session to the cent, less y; NEVER when a charge has no enveloppe. */
static int64_t exact_value(Trial *trial, const ProblemSeat *seats, int32_t n_seats)
{
    const PricingPrices *prices = trial->prices;
    SessionMeasure *measure = &trial->measure;
    if (!session_measure(trial->problem, trial->slot, trial->start, seats, n_seats, measure))
        return NEVER;
    int64_t pedagogy = problem_pedagogy(trial->problem, trial->slot->offre, trial->q);
    int64_t value = prices->w_points * measure->points - prices->w_cost * (measure->cost + measure->rac);
    g_assert_cmpint(measure->q, ==, trial->q);
    g_assert_cmpint(measure->cost, >=, pedagogy);
    for (int32_t i = 0; i < measure->n_charges; i++)
        value -= prices->class_price[measure->charges[i].key] * measure->charges[i].cents;
    for (int32_t i = 0; i < measure->n_racs; i++)
        value -= prices->rac_price[measure->racs[i].key] * measure->racs[i].cents;
    value += session_base(trial) + prices->w_cost * pedagogy; /* P counts in the cost already */
    for (int32_t i = 0; i < n_seats; i++) {
        int32_t besoin = trial->slot->links[seats[i].link].besoin, siae = trial->problem->model->besoins[besoin].siae;
        SessionRacs racs = session_racs(trial->problem, trial->slot, seats, n_seats, i);
        value += seats[i].effectif * rules_value(trial, besoin) -
                 (racs.n - racs.up) * cuts_value(trial, siae, racs.floor) -
                 racs.up * cuts_value(trial, siae, racs.ceiling);
        int64_t day = days_value(trial->absences, trial->problem->model->besoins[besoin].siae, trial->slot,
                                 &trial->slot->starts[trial->start]);
        int64_t bonus = trial->limits->bonus != NULL ? trial->limits->bonus[seats[i].link] : 0;
        value += seats[i].effectif * (bonus - day - prices->y[besoin]);
    }
    return value;
}

/* What a session is worth with the better share for each, less y; UNPAYABLE when nothing can pay a learner. */
static int64_t better_value(const Trial *trial, const ProblemSeat *seats, int32_t n_seats)
{
    int64_t value = session_base(trial);
    for (int32_t i = 0; i < n_seats; i++) {
        int64_t one = learner_value(trial, seats[i].link, seats[i].montage);
        if (one == UNPAYABLE)
            return UNPAYABLE;
        value += seats[i].effectif * one;
    }
    return value;
}

static void on_session(void *user, int32_t q, const ProblemSeat *seats, int32_t n_seats)
{
    Trial *trial = user;
    trial->q = q;
    int64_t value = better_value(trial, seats, n_seats);
    if (value == UNPAYABLE)
        return;
    int64_t exact = exact_value(trial, seats, n_seats);
    tally.void_measures += exact == NEVER;
    trial->best = MAX(trial->best, value);
    if (every_session_bearable(trial->problem, trial->slot, seats, n_seats)) {
        g_assert_cmpint(exact, <=, value);
        trial->sound = MAX(trial->sound, value);
    }
    trial->tried++;
}

/* A session that pricing returned: keeps the rules, is worth what it says, and to the cent no more. */
static void check_session(Trial *trial, const PricingSession *session)
{
    trial->start = session->start;
    trial->q = session->q;
    int64_t y = 0;
    int32_t learners = 0;
    for (int32_t i = 0; i < session->n_seats; i++) {
        const ProblemSeat *seat = &session->seats[i];
        g_assert_cmpint(seat->effectif, >=, 1);
        g_assert_true(i == 0 || seat[-1].link < seat->link ||
                      (seat[-1].link == seat->link && seat[-1].montage < seat->montage));
        learners += seat->effectif;
        y += trial->prices->y[trial->slot->links[seat->link].besoin] * seat->effectif;
    }
    g_assert_cmpint(learners, ==, session->q);
    g_assert_true(every_session_holds(trial->problem, trial->slot, session->start, trial->limits->left, session->seats,
                                      session->n_seats));
    int64_t value = better_value(trial, session->seats, session->n_seats);
    g_assert_cmpint(session->reduced, ==, value);
    g_assert_cmpint(session->value, ==, value + y);
    if (every_session_bearable(trial->problem, trial->slot, session->seats, session->n_seats))
        g_assert_cmpint(exact_value(trial, session->seats, session->n_seats), <=, session->reduced);
}

/* The start is one of those that the limits let pricing look at. */
static bool is_asked(const PricingLimits *asked, int32_t start)
{
    return asked->stride == 0 || start % asked->stride == asked->phase || start == asked->also;
}

/* A good session is a session, worth no more than the best, and most often that; always where the best one's size is
 * asked for. */
static void check_good(Trial *trial, Pricing *pricing, int32_t slot, const PricingSession *best, bool any)
{
    g_autofree ProblemSeat *seats = g_new0(ProblemSeat, trial->slot->q_max + 1);
    PricingSession good = {.seats = seats};
    PricingLimits asked = *trial->asked;
    asked.worse = 1;
    bool found = pricing_best(pricing, trial->prices, &asked, slot, &good);
    g_assert_true(any || !found);
    if (!found)
        return;
    g_assert_true(is_asked(trial->asked, good.start));
    g_assert_cmpint(good.reduced, <=, best->reduced);
    check_session(trial, &good);
    tally.good += good.reduced == best->reduced;
    asked.also_q = best->q;
    g_assert_true(pricing_best(pricing, trial->prices, &asked, slot, &good));
    g_assert_cmpint(good.reduced, ==, best->reduced);
}

/* Where money is limited: the same session while there is enough of it; else nearly always one that can be paid, in
 * which a learner whom the best montage leaves out may sit under another. */
static void check_money(const Trial *trial, Pricing *pricing, int32_t slot, const PricingSession *best, bool any)
{
    const Problem *p = trial->problem;
    g_autofree ProblemSeat *seats = g_new0(ProblemSeat, trial->slot->q_max + 1);
    PricingSession session = {.seats = seats};
    PricingLimits asked = *trial->asked;
    asked.room = trial->money->room;
    asked.rac_room = trial->money->rac_room;
    for (int32_t c = 0; c < p->n_classes; c++)
        trial->money->room[c] = INT64_MAX / 4;
    for (int32_t s = 0; s < p->model->n_siae; s++)
        trial->money->rac_room[s] = INT64_MAX / 4;
    g_assert_true(pricing_best(pricing, trial->prices, &asked, slot, &session) == any);
    if (!any)
        return;
    g_assert_cmpint(session.reduced, ==, best->reduced);
    SessionMeasure measure = {0};
    bool known = session_measure(p, trial->slot, session.start, session.seats, session.n_seats, &measure);
    for (int32_t i = 0; known && i < measure.n_charges; i++)
        trial->money->room[measure.charges[i].key] = measure.charges[i].cents * (i % 2 + 1) / 3;
    if (pricing_best(pricing, trial->prices, &asked, slot, &session) && trial->slot->n_forced == 0) {
        g_assert_cmpint(session.reduced, <=, best->reduced);
        g_assert_true(session_measure(p, trial->slot, session.start, session.seats, session.n_seats, &measure));
        /* good at best: rounded, the share not looked at may charge a class a cent more, and two financements of a
         * montage the same class */
        bool paid = true;
        for (int32_t i = 0; i < measure.n_charges; i++)
            paid = paid && measure.charges[i].cents <= trial->money->room[measure.charges[i].key];
        tally.paid += paid;
        tally.short_of_money++;
        for (int32_t i = 1; i < session.n_seats; i++)
            tally.followed += session.seats[i].link == session.seats[i - 1].link;
    }
    session_measure_clear(&measure);
}

static void compare_slot(Trial *trial, Pricing *pricing, int32_t slot)
{
    trial->slot = &trial->problem->slots[slot];
    int64_t best = NEVER, sound = NEVER;
    trial->tried = 0;
    for (int32_t s = 0; s < trial->slot->n_starts; s++) {
        if (!is_asked(trial->asked, s))
            continue;
        trial->start = s;
        trial->best = trial->sound = NEVER;
        every_session(trial->problem, trial->slot, s, trial->limits->left, on_session, trial);
        best = MAX(best, trial->best);
        sound = MAX(sound, trial->sound);
    }
    g_autofree ProblemSeat *seats = g_new0(ProblemSeat, trial->slot->q_max + 1);
    PricingSession session = {.seats = seats};
    bool found = pricing_best(pricing, trial->prices, trial->asked, slot, &session);
    g_assert_true(found || sound == NEVER);
    if (found) {
        g_assert_true(is_asked(trial->asked, session.start));
        g_assert_cmpint(session.slot, ==, slot);
        g_assert_cmpint(session.reduced, >=, sound);
        g_assert_cmpint(session.reduced, <=, best);
        check_session(trial, &session);
    }
    check_good(trial, pricing, slot, &session, found);
    check_money(trial, pricing, slot, &session, found);
    tally.exact += found && session.reduced == sound;
    tally.slots++;
    tally.none += !found;
    tally.sessions += trial->tried;
    tally.forced += found && trial->slot->n_forced > 0;
}

/* ---- random prices and limits ---- */

static int64_t some(GRand *rand, int32_t most)
{
    return g_rand_int_range(rand, 0, 3) == 0 ? 0 : g_rand_int_range(rand, 0, most + 1);
}

static void random_days(GRand *rand, const Problem *p, int32_t n_owners, Days *days)
{
    days->n = 0;
    if (g_rand_boolean(rand))
        return;
    for (int32_t owner = n_owners - 1; owner >= 0; owner--)
        for (int32_t day = p->first_day; day <= p->last_day; day++)
            if (g_rand_int_range(rand, 0, 4) == 0 && days->n < (int32_t)G_N_ELEMENTS(days->rows))
                days->rows[days->n++] = (PricingDay){owner, day, g_rand_int_range(rand, 0, 100000)};
}

static void random_rules(GRand *rand, const Problem *p, Rules *rules)
{
    const Model *m = p->model;
    *rules = (Rules){0};
    for (int32_t s = m->n_siae - 1; s >= 0 && rules->n_cuts < (int32_t)G_N_ELEMENTS(rules->cuts); s--)
        if (m->siae[s].reste_a_charge_max > 0 && g_rand_boolean(rand)) {
            int64_t divisor = g_rand_int_range(rand, 1, (gint32)MIN(2 * m->siae[s].reste_a_charge_max, 1000000) + 1);
            PricingCut cut = {s, divisor, m->siae[s].reste_a_charge_max % divisor, g_rand_int_range(rand, 0, 20)};
            rules->cuts[rules->n_cuts++] = cut;
        }
    for (int32_t b = m->n_besoins - 1; b >= 0; b--)
        if (p->stagiaire[b] != MODEL_NONE && rules->n_steps < (int32_t)G_N_ELEMENTS(rules->steps) &&
            g_rand_boolean(rand)) {
            PricingStep step = {b, g_rand_int_range(rand, p->first_day, p->last_day + 1), g_rand_boolean(rand),
                                g_rand_int_range(rand, 0, 500000), MODEL_NONE};
            rules->steps[rules->n_steps++] = step;
        }
}

static void random_prices(GRand *rand, const Problem *p, PricingPrices *prices, Days *absences, Days *presences,
                          Days *stagiaires, Rules *rules)
{
    const Model *m = p->model;
    prices->w_points = some(rand, 1000000);
    prices->w_cost = some(rand, 20);
    for (int32_t i = 0; i < m->n_enveloppes; i++)
        prices->enveloppe[i] = some(rand, 30);
    for (int32_t i = 0; i < m->n_siae; i++)
        prices->rac_price[i] = some(rand, 20);
    for (int32_t i = 0; i < m->n_besoins; i++)
        prices->y[i] = some(rand, 2000000);
    random_days(rand, p, m->n_siae, absences);
    random_days(rand, p, m->n_organismes, presences);
    pricing_set_days(&prices->absences, absences->rows, absences->n, m->n_siae);
    pricing_set_days(&prices->presences, presences->rows, presences->n, m->n_organismes);
    random_days(rand, p, p->n_stagiaires, stagiaires);
    pricing_set_days(&prices->stagiaires, stagiaires->rows, stagiaires->n, p->n_stagiaires);
    random_rules(rand, p, rules);
    pricing_set_cuts(&prices->cuts, rules->cuts, rules->n_cuts, m->n_siae);
    pricing_set_steps(&prices->steps, rules->steps, rules->n_steps, m->n_besoins);
    pricing_prices_settle(p, prices);
}

static void compare_region(uint64_t seed)
{
    g_autoptr(Model) model = region_tiny(seed);
    g_autoptr(GError) error = NULL;
    int32_t today = model->campagne.date_plan != MODEL_NONE ? model->campagne.date_plan : model->campagne.date_debut;
    g_autoptr(Problem) problem = problem_new(model, today, &error);
    if (problem == NULL)
        return; /* told by other tests */
    g_autoptr(GRand) rand = g_rand_new_with_seed((guint32)seed);
    Pricing *pricing = pricing_new(problem);
    PricingPrices *prices = pricing_prices_new(problem);
    Days *absences = g_new0(Days, 1), *presences = g_new0(Days, 1), *stagiaires = g_new0(Days, 1);
    Rules rules;
    g_autofree int64_t *room = g_new0(int64_t, problem->n_classes + 1);
    g_autofree int64_t *rac_room = g_new0(int64_t, model->n_siae + 1);
    const Money money = {room, rac_room};
    for (int32_t round = 0; round < ROUNDS; round++) {
        random_prices(rand, problem, prices, absences, presences, stagiaires, &rules);
        g_test_message("seed %" G_GUINT64_FORMAT ", round %d", seed, round);
        for (int32_t slot = 0; slot < problem->n_slots; slot++) {
            const ProblemSlot *row = &problem->slots[slot];
            g_autofree int32_t *left = g_new0(int32_t, model->n_besoins + 1);
            g_autofree bool *among = g_new0(bool, model->n_besoins + 1);
            g_autofree int64_t *bonus = g_new0(int64_t, row->n_links + 1);
            g_autofree int64_t *start_bonus = g_new0(int64_t, row->n_starts + 1);
            g_autofree int64_t *size_bonus = g_new0(int64_t, row->q_max + 1);
            for (int32_t i = 0; i < model->n_besoins; i++)
                left[i] = g_rand_int_range(rand, 0, model->besoins[i].effectif - problem->promised[i] + 1);
            for (int32_t i = 0; i < row->n_links; i++)
                bonus[i] = g_rand_int_range(rand, -1000000, 1000001);
            for (int32_t i = 0; i < row->n_starts; i++)
                start_bonus[i] = g_rand_int_range(rand, -1000000, 1000001);
            for (int32_t i = 0; i <= row->q_max; i++)
                size_bonus[i] = g_rand_int_range(rand, -1000000, 1000001);
            PricingLimits limits = {.left = round > 0 && g_rand_boolean(rand) ? left : NULL,
                                    .bonus = round > 0 && g_rand_boolean(rand) ? bonus : NULL,
                                    .start_bonus = round > 0 && g_rand_boolean(rand) ? start_bonus : NULL,
                                    .size_bonus = round > 0 && g_rand_boolean(rand) ? size_bonus : NULL};
            tally.limited += limits.left != NULL;
            /* who is not among them has nobody left */
            for (int32_t i = 0; i < model->n_besoins; i++) {
                among[i] = limits.left == NULL || g_rand_int_range(rand, 0, 4) > 0;
                left[i] = among[i] ? left[i] : 0;
            }
            g_autofree int32_t *all = g_memdup2(left, sizeof *left * (gsize)(model->n_besoins + 1));
            for (int32_t i = 0; i < model->n_besoins; i++)
                all[i] = among[i] ? left[i] : model->besoins[i].effectif - problem->promised[i];
            bool few = limits.left != NULL && g_rand_int_range(rand, 0, 3) > 0;
            PricingLimits asked = limits;
            asked.left = few ? all : limits.left;
            asked.among = few ? among : NULL;
            asked.stride = round > 0 && g_rand_int_range(rand, 0, 6) == 0 ? g_rand_int_range(rand, 1, 3) : 0;
            asked.phase = asked.stride > 0 ? g_rand_int_range(rand, 0, asked.stride) : 0;
            asked.also = g_rand_int_range(rand, MODEL_NONE, MAX(row->n_starts, 1));
            if (few && g_rand_int_range(rand, 0, 6) == 0) { /* who is left out by links instead */
                asked.among = NULL;
                asked.link_stride = 2;
                asked.link_phase = g_rand_int_range(rand, 0, 2);
                memset(left, 0, sizeof *left * (gsize)model->n_besoins);
                for (int32_t i = asked.link_phase; i < row->n_links; i += 2)
                    left[row->links[i].besoin] = all[row->links[i].besoin];
            }
            tally.few += few;
            Trial trial = {.problem = problem, .prices = prices, .limits = &limits, .asked = &asked};
            trial.absences = absences;
            trial.presences = presences;
            trial.stagiaires = stagiaires;
            trial.rules = &rules;
            trial.money = &money;
            compare_slot(&trial, pricing, slot);
            session_measure_clear(&trial.measure);
        }
    }
    g_free(absences);
    g_free(presences);
    g_free(stagiaires);
    pricing_prices_free(prices);
    pricing_free(pricing);
}

static void test_enumeration(void)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++)
        compare_region(seed);
    g_test_message("%" G_GINT64_FORMAT " slots priced (%" G_GINT64_FORMAT " hold no session, %" G_GINT64_FORMAT
                   " have forced learners, %" G_GINT64_FORMAT " limited learners), %" G_GINT64_FORMAT
                   " sessions tried, %" G_GINT64_FORMAT " of them not payable to the cent; %" G_GINT64_FORMAT
                   " slots exact, %" G_GINT64_FORMAT " good ones best, %" G_GINT64_FORMAT " cuts, %" G_GINT64_FORMAT
                   " steps met, %" G_GINT64_FORMAT " besoins under two montages; %" G_GINT64_FORMAT
                   " of %" G_GINT64_FORMAT " sessions short of money can be paid",
                   tally.slots, tally.none, tally.forced, tally.limited, tally.sessions, tally.void_measures,
                   tally.exact, tally.good, tally.cut, tally.stepped, tally.followed, tally.paid, tally.short_of_money);
    g_assert_cmpint(tally.exact * 100, >, (tally.slots - tally.none) * 97);
    g_assert_cmpint(tally.good * 100, >, (tally.slots - tally.none) * 80);
    g_assert_cmpint(tally.few, >, SEEDS);
    g_assert_cmpint(tally.cut, >, SEEDS);
    g_assert_cmpint(tally.stepped, >, SEEDS);
    g_assert_cmpint(tally.followed, >, 20);
    g_assert_cmpint(tally.paid * 100, >, tally.short_of_money * 95);
    g_assert_cmpint(tally.slots - tally.none, >, SEEDS);
    g_assert_cmpint(tally.forced, >, SEEDS / 10);
    g_assert_cmpint(tally.sessions, >, SEEDS * 75);
}

/* Which price differs; MEMBERS: none but a learner's y. */
enum { UNIT, POINTS, COST, ENVELOPPE, RAC, ABSENCE, PRESENCE, STAGIAIRE, CUT, STEP, MEMBERS };

static void change(PricingPrices *prices, int member)
{
    const PricingDay day = {0, 7, 2};
    const PricingCut cut = {0, 100, 10, 2};
    const PricingStep step = {0, 7, true, 2, 1};
    switch (member) {
    case UNIT:
        prices->unit++;
        break;
    case POINTS:
        prices->w_points++;
        break;
    case COST:
        prices->w_cost++;
        break;
    case ENVELOPPE:
        prices->enveloppe[0]++;
        break;
    case RAC:
        prices->rac_price[0]++;
        break;
    case ABSENCE:
        pricing_set_days(&prices->absences, &day, 1, 1);
        break;
    case PRESENCE:
        pricing_set_days(&prices->presences, &day, 1, 1);
        break;
    case STAGIAIRE:
        pricing_set_days(&prices->stagiaires, &day, 1, 1);
        break;
    case CUT:
        pricing_set_cuts(&prices->cuts, &cut, 1, 1);
        break;
    case STEP:
        pricing_set_steps(&prices->steps, &step, 1, 1);
        break;
    default:
        prices->y[0]++;
    }
}

/* One row each: another price in the same place differs, too. */
static void test_equal(void)
{
    g_autoptr(Model) model = region_tiny(1);
    g_autoptr(GError) error = NULL;
    g_autoptr(Problem) problem = problem_new(model, model->campagne.date_debut, &error);
    g_assert_no_error(error);
    g_assert_cmpint(model->n_enveloppes, >, 0);
    for (int member = 0; member <= MEMBERS; member++) {
        PricingPrices *a = pricing_prices_new(problem), *b = pricing_prices_new(problem);
        change(a, member);
        g_assert_cmpint(pricing_prices_equal(problem, a, b), ==, member == MEMBERS);
        pricing_prices_copy(problem, b, a);
        g_assert_true(pricing_prices_equal(problem, a, b));
        int64_t *price = member == ABSENCE     ? &b->absences.days[0].price
                         : member == PRESENCE  ? &b->presences.days[0].price
                         : member == STAGIAIRE ? &b->stagiaires.days[0].price
                         : member == CUT       ? &b->cuts.cuts[0].price
                         : member == STEP      ? &b->steps.steps[0].price
                                               : &b->w_cost;
        ++*price;
        g_assert_false(pricing_prices_equal(problem, a, b));
        pricing_prices_free(a);
        pricing_prices_free(b);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/pricing/the best session of a slot is the best of all sessions", test_enumeration);
    g_test_add_func("/pricing/prices are the same until one of them differs, a learner's apart", test_equal);
    return g_test_run();
}
