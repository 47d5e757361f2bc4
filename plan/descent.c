/* First-order prices: see descent.h. */
#include "plan/descent.h"

#include "plan/session.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Steps of the first round, in what a price of its kind is worth: of a learner's price for each time the learner is
 * wanted, and of the price of a rule that formations share. The last round's are STEP_END times these. */
#define STEP_LEARNER 0.2
#define STEP_SHARED 0.1
#define STEP_END 0.01
/* Where the prices that end the run prove the bound, learners' steps shrink faster once steps are below the first of
 * these, by that power more: every answer moves them, and what they still jump by at the end is lost. */
#define SETTLE_BELOW 0.1
#define SETTLE_POWER 1.2
/* What the mean excess of a rule, and the mean of its square, keep of the rounds before (Kingma and Ba 2015); what is
 * added to the root of the latter. */
#define KEEP_MEAN 0.9
#define KEEP_SQUARE 0.95
#define SOFTEN 0.05
/* About so many starts of a slot are looked at in a round: a price moves as well by a good answer as by the best. */
#define SOME_STARTS 6
/* One such answer in so many looks at all group sizes; the size it finds is looked at in the next ones, too. */
#define ALL_SIZES 8
/* Learners of a session, about: what its organisme's day is worth. */
#define LEARNERS 8
/* The cost stage begins with a point worth this many times what it costs on the mean. */
#define DEAR 3

typedef struct {
    double price;        /* in what is counted */
    double worth;        /* what a price of its kind is about */
    double limit;        /* INFINITY: no rule */
    double use;          /* by the answers of the round */
    double mean, square; /* of its excess over rounds; not of besoins */
    double sum;          /* of its prices over the rounds of the stage */
} Rule;

/* besoin only after leader: sessions that start up to day need one that ended before. */
typedef struct {
    int32_t besoin, leader, day;
} Order;

struct Descent {
    const Problem *problem;
    PricingRange range;
    Crew *crew;
    Pricing **pricing;
    const int32_t *worker; /* by formation */
    GRand **random;        /* by formation: the order of its slots */
    int32_t *slots;        /* by formation_slots: in that order */
    double step;           /* of the round at hand, 1 at first */
    double step_learner;   /* the same for learners' prices */
    int32_t done;          /* rounds of the stage */
    bool large;            /* DescentEffort */
    int32_t n_days;
    Rule *rules;
    int32_t n_rules;
    /* positions of the first rule of each kind */
    int32_t enveloppes, siae, besoins, absences, presences, stagiaires, orders, points;
    GArray *order;      /* Order */
    ProblemSlice *of;   /* by besoin: its positions in by_besoin */
    int32_t *by_besoin; /* positions in order where it is the besoin or the leader */
    PricingPrices *prices, *average;
    PricingSession *answers; /* by slot */
    ProblemSeat *seats;
    SessionMeasure measure;
    bool begun, cost;
    double learners, days, spent; /* of the answers: learners, their training days, weighted cost */
    double points_worth;          /* points that a cent buys when all is free */
};

/* ---- rules ---- */

static int compare_int(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* One order a first day of a session that the later besoin may sit in. */
static void list_orders(Descent *descent, int32_t besoin, int32_t leader)
{
    const Problem *p = descent->problem;
    g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(int32_t));
    ProblemSlice slots = p->formation_slots[p->model->besoins[besoin].formation];
    for (int32_t i = 0; i < slots.n; i++) {
        const ProblemSlot *slot = &p->slots[p->slots_by_formation[slots.first + i]];
        int32_t link = problem_link(p, slot, besoin);
        for (int32_t s = 0; link != MODEL_NONE && s < slot->n_starts; s++)
            if (problem_open(slot, link, s))
                g_array_append_val(days, slot->starts[s].debut);
    }
    g_array_sort(days, compare_int);
    for (guint i = 0; i < days->len; i++) {
        Order order = {besoin, leader, g_array_index(days, int32_t, i)};
        if (i == 0 || order.day > g_array_index(days, int32_t, i - 1) + 6)
            g_array_append_val(descent->order, order);
    }
}

static void index_orders(Descent *descent)
{
    int32_t n = 0, n_besoins = descent->problem->model->n_besoins;
    descent->of = g_new0(ProblemSlice, n_besoins + 1);
    descent->by_besoin = g_new0(int32_t, 2 * descent->order->len + 1);
    for (guint i = 0; i < descent->order->len; i++) {
        const Order *o = &g_array_index(descent->order, Order, i);
        descent->of[o->besoin].n++;
        descent->of[o->leader].n++;
    }
    for (int32_t b = 0; b < n_besoins; b++) {
        descent->of[b].first = n;
        n += descent->of[b].n;
        descent->of[b].n = 0;
    }
    for (guint i = 0; i < descent->order->len; i++) {
        const Order *o = &g_array_index(descent->order, Order, i);
        descent->by_besoin[descent->of[o->besoin].first + descent->of[o->besoin].n++] = (int32_t)i;
        descent->by_besoin[descent->of[o->leader].first + descent->of[o->leader].n++] = (int32_t)i;
    }
}

static int32_t add_rules(Descent *descent, int32_t n)
{
    int32_t first = descent->n_rules;
    descent->n_rules += n;
    return first;
}

static void set_limits(Descent *descent)
{
    const Problem *p = descent->problem;
    const Model *m = p->model;
    descent->rules = g_new0(Rule, descent->n_rules + 1);
    for (int32_t i = 0; i < descent->n_rules; i++)
        descent->rules[i].limit = INFINITY;
    for (int32_t e = 0; e < m->n_enveloppes; e++)
        descent->rules[descent->enveloppes + e].limit = (double)m->enveloppes[e].montant;
    for (int32_t s = 0; s < m->n_siae; s++)
        if (m->siae[s].reste_a_charge_max != MODEL_NONE)
            descent->rules[descent->siae + s].limit = (double)m->siae[s].reste_a_charge_max;
    for (int32_t b = 0; b < m->n_besoins; b++)
        descent->rules[descent->besoins + b].limit = m->besoins[b].effectif;
    for (int32_t d = 0; d < descent->n_days; d++) {
        for (int32_t s = 0; s < m->n_siae; s++)
            if (m->siae[s].absents_max != MODEL_NONE)
                descent->rules[descent->absences + s * descent->n_days + d].limit = m->siae[s].absents_max;
        for (int32_t o = 0; o < m->n_organismes; o++)
            if (m->organismes[o].sessions_simultanees != MODEL_NONE)
                descent->rules[descent->presences + o * descent->n_days + d].limit =
                    m->organismes[o].sessions_simultanees;
        for (int32_t s = 0; s < p->n_stagiaires; s++)
            descent->rules[descent->stagiaires + s * descent->n_days + d].limit = 1;
    }
    for (guint i = 0; i < descent->order->len; i++)
        descent->rules[descent->orders + (int32_t)i].limit = 0;
}

Descent *descent_new(const Problem *problem, Crew *crew, Pricing **pricing, const int32_t *worker)
{
    const Model *m = problem->model;
    Descent *descent = g_new0(Descent, 1);
    descent->problem = problem;
    descent->range = pricing_range(problem);
    descent->crew = crew;
    descent->pricing = pricing;
    descent->worker = worker;
    descent->random = g_new0(GRand *, m->n_formations + 1);
    for (int32_t f = 0; f < m->n_formations; f++)
        descent->random[f] = g_rand_new_with_seed((uint32_t)f);
    descent->slots = g_memdup2(problem->slots_by_formation, sizeof(int32_t) * (gsize)problem->n_slots);
    descent->n_days = problem->last_day - problem->first_day + 1;
    descent->order = g_array_new(FALSE, FALSE, sizeof(Order));
    for (int32_t b = 0; b < m->n_besoins; b++)
        for (int32_t i = 0; i < m->besoins[b].n_apres; i++)
            list_orders(descent, b, m->besoins[b].apres[i]);
    index_orders(descent);
    descent->enveloppes = add_rules(descent, m->n_enveloppes);
    descent->siae = add_rules(descent, m->n_siae);
    descent->besoins = add_rules(descent, m->n_besoins);
    descent->absences = add_rules(descent, m->n_siae * descent->n_days);
    descent->presences = add_rules(descent, m->n_organismes * descent->n_days);
    descent->stagiaires = add_rules(descent, problem->n_stagiaires * descent->n_days);
    descent->orders = add_rules(descent, (int32_t)descent->order->len);
    descent->points = add_rules(descent, 1);
    set_limits(descent);
    descent->prices = pricing_prices_new(problem);
    descent->average = pricing_prices_new(problem);
    descent->answers = g_new0(PricingSession, problem->n_slots + 1);
    gsize seats = 0;
    for (int32_t i = 0; i < problem->n_slots; i++)
        seats += (gsize)MAX(problem->slots[i].q_max, 0) + 1;
    descent->seats = g_new0(ProblemSeat, seats + 1);
    seats = 0;
    for (int32_t i = 0; i < problem->n_slots; i++) {
        descent->answers[i].seats = &descent->seats[seats];
        seats += (gsize)MAX(problem->slots[i].q_max, 0) + 1;
    }
    return descent;
}

void descent_free(Descent *descent)
{
    if (descent == NULL)
        return;
    for (int32_t f = 0; f < descent->problem->model->n_formations; f++)
        g_rand_free(descent->random[f]);
    g_free(descent->random);
    g_free(descent->slots);
    g_array_free(descent->order, TRUE);
    g_free(descent->of);
    g_free(descent->by_besoin);
    g_free(descent->rules);
    pricing_prices_free(descent->prices);
    pricing_prices_free(descent->average);
    g_free(descent->answers);
    g_free(descent->seats);
    session_measure_clear(&descent->measure);
    g_free(descent);
}

/* ---- prices ---- */

static double scale_of(const Rule *rule)
{
    return fmax(rule->limit, 1);
}

static int64_t fixed(const Descent *descent, int32_t rule, int64_t limit)
{
    return pricing_fixed(descent->rules[rule].price, (double)descent->prices->unit, limit);
}

static void set_learner(Descent *descent, int32_t besoin)
{
    descent->prices->y[besoin] = fixed(descent, descent->besoins + besoin, INT64_C(1) << 52);
}

static void set_days(const Descent *descent, int32_t first, int32_t n_owners, int64_t limit, PricingDays *days)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(PricingDay));
    for (int32_t i = 0; i < n_owners * descent->n_days; i++) {
        PricingDay row = {i / descent->n_days, descent->problem->first_day + i % descent->n_days,
                          fixed(descent, first + i, limit)};
        if (row.price > 0)
            g_array_append_val(rows, row);
    }
    pricing_set_days(days, (const PricingDay *)(void *)rows->data, (int32_t)rows->len, n_owners);
}

static void set_prices(Descent *descent)
{
    const Problem *p = descent->problem;
    const Model *m = p->model;
    PricingPrices *prices = descent->prices;
    PricingRange range = descent->range;
    for (int32_t e = 0; e < m->n_enveloppes; e++)
        prices->enveloppe[e] = fixed(descent, descent->enveloppes + e, range.cent / 4);
    for (int32_t s = 0; s < m->n_siae; s++)
        prices->rac_price[s] = fixed(descent, descent->siae + s, range.cent / 4);
    for (int32_t b = 0; b < m->n_besoins; b++)
        set_learner(descent, b);
    set_days(descent, descent->absences, m->n_siae, range.day, &prices->absences);
    set_days(descent, descent->presences, m->n_organismes, range.day, &prices->presences);
    set_days(descent, descent->stagiaires, p->n_stagiaires, range.day, &prices->stagiaires);
    g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(PricingStep));
    for (guint i = 0; i < descent->order->len; i++) {
        const Order *o = &g_array_index(descent->order, Order, i);
        int64_t price = fixed(descent, descent->orders + (int32_t)i, range.day);
        PricingStep both[] = {{o->besoin, o->day, false, price, o->leader},
                              {o->leader, o->day, true, price, o->besoin}};
        if (price > 0)
            g_array_append_vals(steps, both, 2);
    }
    pricing_set_steps(&prices->steps, (const PricingStep *)(void *)steps->data, (int32_t)steps->len, m->n_besoins);
    prices->w_cost = descent->cost ? prices->unit : 0;
    prices->w_points = descent->cost ? fixed(descent, descent->points, range.point) : prices->unit;
    pricing_prices_settle(p, prices);
}

/* ---- answers ---- */

/* A slot's best session, or where a good one will do the best of some starts, that of its last answer among them. */
static bool answer(Descent *descent, int32_t slot, int32_t worker, bool good)
{
    PricingSession *answer = &descent->answers[slot];
    const ProblemSlot *row = &descent->problem->slots[slot];
    PricingLimits limits = {0};
    if (good) {
        limits.worse = (descent->done + slot) % ALL_SIZES != 0;
        limits.also_q = answer->q;
        limits.stride = MAX(1, (row->n_starts + SOME_STARTS - 1) / SOME_STARTS);
        limits.phase = (descent->done + slot) % limits.stride;
        limits.also = answer->q > 0 ? answer->start : MODEL_NONE;
    }
    if (row->capacity <= 0 || !pricing_best(descent->pricing[worker], descent->prices, &limits, slot, answer) ||
        (row->fixee == MODEL_NONE && answer->reduced <= 0))
        answer->q = 0;
    return answer->q > 0;
}

static void answer_part(void *user, int32_t worker)
{
    Descent *descent = user;
    for (int32_t i = worker; i < descent->problem->n_slots; i += crew_size(descent->crew))
        answer(descent, i, worker, false);
}

static void shuffle(GRand *random, int32_t *values, int32_t n)
{
    for (int32_t i = n - 1; i > 0; i--) {
        int32_t k = g_rand_int_range(random, 0, i + 1), value = values[i];
        values[i] = values[k];
        values[k] = value;
    }
}

/* Moves a learner's price as if the answers at hand wanted `learners` more of the besoin. */
static void move_learner(Descent *descent, int32_t besoin, double learners)
{
    Rule *rule = &descent->rules[descent->besoins + besoin];
    double step = STEP_LEARNER * descent->step_learner * rule->worth / scale_of(rule);
    rule->price = fmax(0, rule->price + step * learners);
    set_learner(descent, besoin);
}

/* The slots of a formation answer one after another; each moves the prices of the learners it wants, which the next
 * ones then see. A besoin wanted exactly as often as it has learners ends the round where it began. */
static void answer_in_turn(Descent *descent, int32_t formation, int32_t worker)
{
    const Problem *p = descent->problem;
    ProblemSlice besoins = p->formation_besoins[formation], slots = p->formation_slots[formation];
    for (int32_t i = 0; i < besoins.n; i++) {
        int32_t besoin = p->besoins_by_formation[besoins.first + i];
        move_learner(descent, besoin, -p->model->besoins[besoin].effectif);
    }
    shuffle(descent->random[formation], &descent->slots[slots.first], slots.n);
    for (int32_t i = 0; i < slots.n; i++) {
        int32_t at = descent->slots[slots.first + i];
        const ProblemSlot *slot = &p->slots[at];
        if (!answer(descent, at, worker, descent->large))
            continue;
        for (int32_t k = 0; k < descent->answers[at].n_seats; k++) {
            const ProblemSeat *seat = &descent->answers[at].seats[k];
            move_learner(descent, slot->links[seat->link].besoin, (double)seat->effectif * slot->capacity);
        }
    }
}

static void turn_part(void *user, int32_t worker)
{
    Descent *descent = user;
    for (int32_t f = 0; f < descent->problem->model->n_formations; f++)
        if (descent->worker[f] == worker)
            answer_in_turn(descent, f, worker);
}

/* The enveloppe that pays a class's charges: the cheapest. */
static int32_t payer_of(const Descent *descent, int32_t class)
{
    const Problem *p = descent->problem;
    const ProblemFund *fund = &p->funds[p->classes[class].fund];
    int32_t best = MODEL_NONE;
    for (int32_t i = 0; i < fund->n; i++) {
        int32_t e = fund->enveloppes[i];
        if ((p->classes[class].mask >> i & 1U) &&
            (best == MODEL_NONE ||
             descent->rules[descent->enveloppes + e].price < descent->rules[descent->enveloppes + best].price))
            best = e;
    }
    return best;
}

static void use_days(Descent *descent, int32_t first, int32_t owner, const ProblemSlot *slot, int32_t start, double n)
{
    const int32_t *jours = slot->starts[start].jours;
    Rule *rules = &descent->rules[first + owner * descent->n_days];
    for (int32_t d = 0; d < slot->n_jours; d++)
        rules[jours[d] - descent->problem->first_day].use += n;
}

static void use_seat(Descent *descent, const ProblemSlot *slot, int32_t start, const ProblemSeat *seat, double n)
{
    const Problem *p = descent->problem;
    int32_t besoin = slot->links[seat->link].besoin, siae = p->model->besoins[besoin].siae;
    double learners = n * seat->effectif;
    descent->rules[descent->besoins + besoin].use += learners;
    descent->learners += learners;
    descent->days += learners * slot->n_jours;
    if (p->model->siae[siae].absents_max != MODEL_NONE)
        use_days(descent, descent->absences, siae, slot, start, learners);
    if (p->stagiaire[besoin] == MODEL_NONE)
        return;
    use_days(descent, descent->stagiaires, p->stagiaire[besoin], slot, start, learners);
    const ProblemStart *at = &slot->starts[start];
    for (int32_t i = 0; i < descent->of[besoin].n; i++) {
        int32_t rule = descent->by_besoin[descent->of[besoin].first + i];
        const Order *o = &g_array_index(descent->order, Order, rule);
        descent->rules[descent->orders + rule].use +=
            learners * ((o->besoin == besoin && at->debut <= o->day) - (o->leader == besoin && at->fin < o->day));
    }
}

static void use_session(Descent *descent, int32_t at)
{
    const Problem *p = descent->problem;
    const PricingSession *answer = &descent->answers[at];
    const ProblemSlot *slot = &p->slots[at];
    double n = slot->capacity;
    int32_t organisme = p->model->offres[slot->offre].organisme;
    if (!session_measure(p, slot, answer->start, answer->seats, answer->n_seats, &descent->measure))
        return;
    const SessionMeasure *m = &descent->measure;
    for (int32_t i = 0; i < m->n_charges; i++)
        descent->rules[descent->enveloppes + payer_of(descent, m->charges[i].key)].use +=
            n * (double)m->charges[i].cents;
    for (int32_t i = 0; i < m->n_racs; i++)
        descent->rules[descent->siae + m->racs[i].key].use += n * (double)m->racs[i].cents;
    descent->rules[descent->points].use += n * (double)m->points;
    descent->spent += n * (double)(m->cost + m->rac);
    if (p->model->organismes[organisme].sessions_simultanees != MODEL_NONE)
        use_days(descent, descent->presences, organisme, slot, answer->start, n);
    for (int32_t i = 0; i < answer->n_seats; i++)
        use_seat(descent, slot, answer->start, &answer->seats[i], n);
}

/* Lagrange's value of the prices at hand and their answers. */
static int64_t lagrangian(const Descent *descent, int64_t target)
{
    const Problem *p = descent->problem;
    const Model *m = p->model;
    const PricingPrices *prices = descent->prices;
    int64_t sum = 0;
    bool known = pricing_prices_worth(p, prices, &sum);
    for (int32_t b = 0; b < m->n_besoins; b++)
        known = known && pricing_add(&sum, prices->y[b], m->besoins[b].effectif);
    for (int32_t i = 0; i < p->n_slots; i++) {
        if (p->slots[i].fixee != MODEL_NONE && descent->answers[i].q == 0)
            return INT64_MAX; /* a fixed session that cannot be: nothing to prove */
        if (descent->answers[i].q > 0)
            known = known && pricing_add(&sum, p->slots[i].capacity, descent->answers[i].reduced);
    }
    known = known && pricing_add(&sum, -prices->w_points, descent->cost ? target : 0);
    return known ? sum : INT64_MAX;
}

/* What the answers at hand use of every rule. */
static void use_answers(Descent *descent)
{
    for (int32_t i = 0; i < descent->n_rules; i++)
        descent->rules[i].use = 0;
    descent->learners = descent->days = descent->spent = 0;
    for (int32_t i = 0; i < descent->problem->n_slots; i++)
        if (descent->answers[i].q > 0)
            use_session(descent, i);
}

/* All slots answer at the same prices. */
static void ask(Descent *descent)
{
    set_prices(descent);
    crew_run(descent->crew, answer_part, descent);
}

/* ---- steps ---- */

/* What prices of each kind are about, from answers at hardly any prices: a learner's points over what it uses. */
static void set_worths(Descent *descent)
{
    const Problem *p = descent->problem;
    double cents = 1, rac = 1, points = descent->rules[descent->points].use;
    for (int32_t i = 0; i < p->model->n_enveloppes; i++)
        cents += descent->rules[descent->enveloppes + i].use;
    for (int32_t i = 0; i < p->model->n_siae; i++)
        rac += descent->rules[descent->siae + i].use;
    double learners = fmax(descent->learners, 1), days = fmax(descent->days, 1);
    for (int32_t i = 0; i < descent->points; i++) {
        Rule *rule = &descent->rules[i];
        rule->worth = points / (i < descent->siae                                    ? cents
                                : i < descent->besoins                               ? rac
                                : i < descent->absences || i >= descent->orders      ? learners
                                : i >= descent->presences && i < descent->stagiaires ? days / LEARNERS
                                                                                     : days);
    }
    for (int32_t b = 0; b < p->model->n_besoins; b++)
        descent->rules[descent->besoins + b].worth = fmax((double)p->points[b], points / learners / 4);
    descent->points_worth = points / fmax(descent->spent, 1);
}

/* First prices: learners that some session could hold are worth their points, everything else is free: the bound
 * begins at their sum. */
static void set_first_prices(Descent *descent)
{
    const Problem *p = descent->problem;
    for (int32_t i = 0; i < descent->points; i++)
        descent->rules[i].price = 0;
    g_autofree bool *reachable = problem_reachable(p);
    for (int32_t b = 0; b < p->model->n_besoins; b++)
        if (reachable[b])
            descent->rules[descent->besoins + b].price = (double)p->points[b];
}

/* Moves the price of a rule that formations share: by its mean excess, as a part of the limit, over the root of the
 * mean square, so that a step is as long where answers jump as where they hardly move. */
static void move_shared(Descent *descent, int32_t i)
{
    Rule *rule = &descent->rules[i];
    double excess = (rule->use - rule->limit) / scale_of(rule);
    if (i == descent->points)
        excess = -excess; /* points are asked for, not limited */
    bool idle = excess < 0 && rule->price <= 0 && rule->mean <= 0;
    rule->mean = KEEP_MEAN * rule->mean + (idle ? 0 : (1 - KEEP_MEAN) * excess);
    rule->square = KEEP_SQUARE * rule->square + (idle ? 0 : (1 - KEEP_SQUARE) * excess * excess);
    if (idle)
        return;
    double mean = rule->mean / (1 - pow(KEEP_MEAN, descent->done));
    double square = rule->square / (1 - pow(KEEP_SQUARE, descent->done));
    double step = STEP_SHARED * descent->step * rule->worth;
    rule->price = fmax(0, rule->price + step * mean / (sqrt(square) + SOFTEN));
}

static void move_round(Descent *descent)
{
    int32_t besoins_end = descent->besoins + descent->problem->model->n_besoins;
    set_prices(descent);
    descent->step_learner = descent->step;
    if (descent->large && descent->step < SETTLE_BELOW)
        descent->step_learner *= pow(descent->step / SETTLE_BELOW, SETTLE_POWER);
    crew_run(descent->crew, turn_part, descent);
    use_answers(descent);
    descent->done++;
    for (int32_t i = 0; i < descent->n_rules; i++)
        descent->rules[i].sum += descent->rules[i].price;
    for (int32_t i = 0; i < descent->n_rules; i++)
        if ((i < descent->besoins || i >= besoins_end) && !isinf(descent->rules[i].limit))
            move_shared(descent, i);
}

/* Where a stage begins: at first prices, or at those that ended the points stage, a point now worth `cents`. */
static void begin(Descent *descent, const DescentEffort *effort)
{
    Rule *points = &descent->rules[descent->points];
    descent->prices->unit = effort->unit;
    if (!descent->begun) {
        descent->begun = true;
        points->limit = INFINITY;
        ask(descent);
        use_answers(descent);
        set_worths(descent);
        set_first_prices(descent);
    }
    if (effort->cost) {
        double cents = descent->cost ? 1 : DEAR / descent->points_worth;
        for (int32_t i = 0; i < descent->points; i++) {
            descent->rules[i].price *= cents;
            descent->rules[i].worth *= cents;
        }
        if (!descent->cost)
            points->price = points->worth = cents;
        points->limit = (double)effort->target;
    }
    if (effort->cost != descent->cost || descent->done == 0) {
        descent->step = 1;
        descent->done = 0;
        for (int32_t i = 0; i < descent->n_rules; i++)
            descent->rules[i].mean = descent->rules[i].square = descent->rules[i].sum = 0;
    }
    descent->cost = effort->cost;
    descent->large = effort->large;
}

int64_t descent_run(Descent *descent, const DescentEffort *effort)
{
    begin(descent, effort);
    double first = descent->step, all = STEP_END / first, less = pow(all, 1.0 / MAX(effort->rounds, 1));
    for (int32_t i = 0; i < effort->rounds && (effort->stop == NULL || !effort->stop(effort->user)); i++) {
        move_round(descent);
        descent->step *= less;
        double done = (i + 1) / (double)effort->rounds, pace = done;
        if (effort->pace != NULL)
            pace = effort->pace(effort->user, done);
        if (pace > done)
            descent->step = fmin(descent->step, first * pow(all, pace));
    }
    ask(descent);
    return lagrangian(descent, effort->target);
}

const PricingPrices *descent_prices(const Descent *descent)
{
    return descent->prices;
}

const PricingPrices *descent_average(Descent *descent)
{
    g_autofree double *prices = g_new(double, descent->n_rules + 1);
    for (int32_t i = 0; i < descent->n_rules; i++) {
        prices[i] = descent->rules[i].price;
        descent->rules[i].price = descent->rules[i].sum / MAX(descent->done, 1);
    }
    set_prices(descent);
    pricing_prices_copy(descent->problem, descent->average, descent->prices);
    for (int32_t i = 0; i < descent->n_rules; i++)
        descent->rules[i].price = prices[i];
    set_prices(descent);
    return descent->average;
}
