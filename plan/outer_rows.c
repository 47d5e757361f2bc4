/* Lazily made rows of the outer master: see outer_rows.h. */
#include "plan/outer_rows.h"

#include <math.h>
#include <string.h>

/* New rows of an owner at a time, and the days between them. */
#define DAYS_AT_ONCE 3
#define DAYS_APART 10
/* Learners by which a cut must be broken. */
#define LEAST_CUT 0.01
/* Divisors tried: a learner's reste à charge over 1 .. SMALLER, the whole limit over 1 .. PARTS. */
#define SMALLER 6
#define PARTS 12
/* A cut steeper than this many cents for one learner would tell floor from ceiling shares, which pricing does not. */
#define LEAST_SLOPE 64
/* Of the range of prices of a cent that one cut may take. */
#define CUT_RANGE 256

static PricingCut cut_of(const Problem *p, int32_t siae, int64_t divisor)
{
    return (PricingCut){siae, divisor, p->model->siae[siae].reste_a_charge_max % divisor, 0};
}

/* A cut's row counts in this many cents. */
static double cut_scale(const PricingCut *cut)
{
    return (double)(cut->divisor - cut->r0);
}

double outer_row_limit(const Problem *problem, const OuterRow *row)
{
    const Model *m = problem->model;
    switch (row->kind) {
    case ROW_ABSENCE:
        return m->siae[row->owner].absents_max;
    case ROW_PRESENCE:
        return m->organismes[row->owner].sessions_simultanees;
    case ROW_STAGIAIRE:
        return 1;
    case ROW_APRES:
        return 0;
    case ROW_CUT: {
        PricingCut cut = cut_of(problem, row->owner, row->divisor);
        return (double)pricing_cut_of(&cut, m->siae[row->owner].reste_a_charge_max) / cut_scale(&cut);
    }
    }
    g_assert_not_reached();
}

/* What the learners of one seat use. */
static double seat_use(const Problem *p, const OuterRow *row, const ProblemStart *start, int32_t besoin,
                       const SessionRacs *racs)
{
    switch (row->kind) {
    case ROW_ABSENCE:
        return p->model->besoins[besoin].siae == row->owner ? racs->n : 0;
    case ROW_STAGIAIRE:
        return p->stagiaire[besoin] == row->owner;
    case ROW_APRES:
        return (besoin == row->owner && start->debut <= row->day) - (besoin == row->other && start->fin < row->day);
    case ROW_CUT: {
        if (p->model->besoins[besoin].siae != row->owner)
            return 0;
        PricingCut cut = cut_of(p, row->owner, row->divisor);
        return ((double)(racs->n - racs->up) * (double)pricing_cut_of(&cut, racs->floor) +
                (double)racs->up * (double)pricing_cut_of(&cut, racs->ceiling)) /
               cut_scale(&cut);
    }
    case ROW_PRESENCE:
        break;
    }
    g_assert_not_reached();
}

double outer_row_use(const Problem *problem, const OuterRow *row, const MasterColumn *column)
{
    const ProblemSlot *slot = &problem->slots[column->slot];
    const ProblemStart *start = &slot->starts[column->start];
    bool by_day = row->kind <= ROW_STAGIAIRE;
    if (by_day && (row->day < start->debut || row->day > start->fin || !problem_on_day(problem, start, row->day)))
        return 0;
    if (row->kind == ROW_PRESENCE)
        return problem->model->offres[slot->offre].organisme == row->owner;
    double use = 0;
    for (int32_t i = 0; i < column->n_seats; i++)
        use += seat_use(problem, row, start, slot->links[column->seats[i].link].besoin, &column->racs[i]);
    return use;
}

/* ---- days ---- */

static bool known(const GArray *rows, const OuterRow *row)
{
    for (guint i = 0; i < rows->len; i++) {
        const OuterRow *r = &g_array_index(rows, OuterRow, i);
        if (r->kind == row->kind && r->owner == row->owner && r->other == row->other && r->day == row->day &&
            r->divisor == row->divisor)
            return true;
    }
    return false;
}

/* Whom a column's days of a kind count for: its i-th seat's SIAE or stagiaire, or its organisme. MODEL_NONE: nobody. */
static int32_t owner_of(const Problem *p, OuterRowKind kind, const MasterColumn *column, int32_t seat)
{
    const ProblemSlot *slot = &p->slots[column->slot];
    if (kind == ROW_PRESENCE)
        return p->model->offres[slot->offre].organisme;
    int32_t besoin = slot->links[column->seats[seat].link].besoin;
    return kind == ROW_ABSENCE ? p->model->besoins[besoin].siae : p->stagiaire[besoin];
}

/* usage[owner * n_days + day - first_day]: what the shares use. */
static void measure(const Problem *p, OuterRowKind kind, const GArray *shares, double *usage)
{
    gsize n_days = (gsize)(p->last_day - p->first_day + 1);
    for (guint i = 0; i < shares->len; i++) {
        const OuterShare *share = &g_array_index(shares, OuterShare, i);
        const MasterColumn *column = share->column;
        const ProblemSlot *slot = &p->slots[column->slot];
        const int32_t *jours = slot->starts[column->start].jours;
        for (int32_t s = 0; s < (kind == ROW_PRESENCE ? 1 : column->n_seats); s++) {
            int32_t owner = owner_of(p, kind, column, s);
            double use = share->x * (kind == ROW_ABSENCE ? column->seats[s].effectif : 1);
            for (int32_t d = 0; d < slot->n_jours && owner != MODEL_NONE; d++)
                usage[(gsize)owner * n_days + (gsize)(jours[d] - p->first_day)] += use;
        }
    }
}

static int32_t limit_of(const Problem *p, OuterRowKind kind, int32_t owner)
{
    return kind == ROW_ABSENCE    ? p->model->siae[owner].absents_max
           : kind == ROW_PRESENCE ? p->model->organismes[owner].sessions_simultanees
                                  : 1;
}

/* The worst broken days of one owner, apart from each other. */
static void find_days(const Problem *p, OuterRowKind kind, int32_t owner, double *use, GArray *rows)
{
    int32_t n_days = p->last_day - p->first_day + 1, limit = limit_of(p, kind, owner);
    for (int32_t n = 0; limit != MODEL_NONE && n < DAYS_AT_ONCE; n++) {
        int32_t worst = 0;
        for (int32_t d = 1; d < n_days; d++)
            worst = use[d] > use[worst] ? d : worst;
        if (use[worst] <= limit + 1e-6)
            break;
        OuterRow row = {.kind = kind, .owner = owner, .day = p->first_day + worst};
        if (!known(rows, &row))
            g_array_append_val(rows, row);
        for (int32_t d = MAX(0, worst - DAYS_APART); d <= MIN(n_days - 1, worst + DAYS_APART); d++)
            use[d] = 0;
    }
}

static void find_all_days(const Problem *p, OuterRowKind kind, int32_t n_owners, const GArray *shares, GArray *rows)
{
    gsize n_days = (gsize)(p->last_day - p->first_day + 1);
    g_autofree double *usage = g_new0(double, n_days *(gsize)n_owners + 1);
    measure(p, kind, shares, usage);
    for (int32_t owner = 0; owner < n_owners; owner++)
        find_days(p, kind, owner, &usage[(gsize)owner * n_days], rows);
}

/* ---- apres ---- */

static void find_order(const Problem *p, int32_t besoin, int32_t leader, const GArray *shares, GArray *rows)
{
    OuterRow worst = {.kind = ROW_APRES, .owner = besoin, .other = leader};
    double most = 1e-4;
    for (guint i = 0; i < shares->len; i++) {
        const MasterColumn *column = g_array_index(shares, OuterShare, i).column;
        OuterRow row = worst;
        row.day = p->slots[column->slot].starts[column->start].debut;
        if (outer_row_use(p, &row, column) <= 0)
            continue;
        double use = 0;
        for (guint k = 0; k < shares->len; k++) {
            const OuterShare *share = &g_array_index(shares, OuterShare, k);
            use += share->x * outer_row_use(p, &row, share->column);
        }
        if (use > most) {
            most = use;
            worst = row;
        }
    }
    if (most > 1e-4 && !known(rows, &worst))
        g_array_append_val(rows, worst);
}

/* ---- cuts ---- */

/* A learner's reste à charge in the solution, and how many learners have it. */
typedef struct {
    int64_t rac;
    double learners;
} Item;

/* items[siae]: GArray of Item, of limited SIAE only. */
static void list_items(const Problem *p, const GArray *shares, GArray **items)
{
    for (guint i = 0; i < shares->len; i++) {
        const OuterShare *share = &g_array_index(shares, OuterShare, i);
        for (int32_t s = 0; s < share->column->n_seats; s++) {
            GArray *list = items[owner_of(p, ROW_ABSENCE, share->column, s)];
            const SessionRacs *racs = &share->column->racs[s];
            Item both[] = {{racs->floor, share->x * (racs->n - racs->up)}, {racs->ceiling, share->x * racs->up}};
            for (int32_t k = 0; k < 2 && list != NULL; k++)
                if (both[k].learners > 0 && both[k].rac > 0)
                    g_array_append_val(list, both[k]);
        }
    }
}

static double broken_by(const Problem *p, int32_t siae, int64_t divisor, const GArray *items)
{
    PricingCut cut = cut_of(p, siae, divisor);
    double use = -(double)pricing_cut_of(&cut, p->model->siae[siae].reste_a_charge_max);
    for (guint i = 0; i < items->len; i++) {
        const Item *item = &g_array_index(items, Item, i);
        use += item->learners * (double)pricing_cut_of(&cut, item->rac);
    }
    return use / cut_scale(&cut);
}

/* The cut of a SIAE that the solution breaks most. */
static void find_cut(const Problem *p, int32_t siae, const GArray *items, GArray *rows)
{
    int64_t limit = p->model->siae[siae].reste_a_charge_max;
    OuterRow best = {.kind = ROW_CUT, .owner = siae};
    double most = LEAST_CUT;
    for (guint i = 0; i < items->len + 1; i++) {
        for (int64_t k = 1; k <= (i < items->len ? SMALLER : PARTS); k++) {
            int64_t rac = i < items->len ? g_array_index(items, Item, i).rac : 0;
            int64_t divisor = i < items->len ? (rac + k - 1) / k : limit / k + limit / k / 64 + LEAST_SLOPE;
            OuterRow row = best;
            row.divisor = divisor;
            if (divisor <= LEAST_SLOPE || divisor - limit % divisor < MAX(LEAST_SLOPE, divisor / 64))
                continue;
            double broken = broken_by(p, siae, divisor, items);
            if (broken > most && !known(rows, &row)) {
                most = broken;
                best = row;
            }
        }
    }
    if (best.divisor > 0)
        g_array_append_val(rows, best);
}

static void find_cuts(const Problem *p, const GArray *shares, GArray *rows)
{
    const Model *m = p->model;
    g_autofree GArray **items = g_new0(GArray *, m->n_siae + 1);
    for (int32_t s = 0; s < m->n_siae; s++)
        items[s] = m->siae[s].reste_a_charge_max > 0 ? g_array_new(FALSE, FALSE, sizeof(Item)) : NULL;
    list_items(p, shares, items);
    for (int32_t s = 0; s < m->n_siae; s++) {
        if (items[s] == NULL)
            continue;
        find_cut(p, s, items[s], rows);
        g_array_unref(items[s]);
    }
}

void outer_rows_find(const Problem *problem, const GArray *shares, GArray *rows)
{
    const Model *m = problem->model;
    find_all_days(problem, ROW_ABSENCE, m->n_siae, shares, rows);
    find_all_days(problem, ROW_PRESENCE, m->n_organismes, shares, rows);
    find_all_days(problem, ROW_STAGIAIRE, problem->n_stagiaires, shares, rows);
    for (int32_t b = 0; b < m->n_besoins; b++)
        for (int32_t i = 0; i < m->besoins[b].n_apres; i++)
            find_order(problem, b, m->besoins[b].apres[i], shares, rows);
    find_cuts(problem, shares, rows);
}

/* ---- prices ---- */

static void set_days(const GArray *rows, const double *duals, OuterRowKind kind, double unit, int64_t limit,
                     int32_t n_owners, PricingDays *days)
{
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(PricingDay));
    for (guint i = 0; i < rows->len; i++) {
        const OuterRow *row = &g_array_index(rows, OuterRow, i);
        PricingDay day = {row->owner, row->day, pricing_fixed(duals[i], unit, limit)};
        if (row->kind == kind && day.price > 0)
            g_array_append_val(list, day);
    }
    pricing_set_days(days, (const PricingDay *)(void *)list->data, (int32_t)list->len, n_owners);
}

void outer_rows_prices(const Problem *problem, const GArray *rows, const double *duals, PricingPrices *prices)
{
    const Model *m = problem->model;
    PricingRange range = pricing_range(problem);
    double unit = (double)prices->unit;
    set_days(rows, duals, ROW_ABSENCE, unit, range.day, m->n_siae, &prices->absences);
    set_days(rows, duals, ROW_PRESENCE, unit, range.day, m->n_organismes, &prices->presences);
    set_days(rows, duals, ROW_STAGIAIRE, unit, range.day, problem->n_stagiaires, &prices->stagiaires);
    g_autoptr(GArray) cuts = g_array_new(FALSE, FALSE, sizeof(PricingCut));
    g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(PricingStep));
    for (guint i = 0; i < rows->len; i++) {
        const OuterRow *row = &g_array_index(rows, OuterRow, i);
        if (row->kind == ROW_CUT) {
            PricingCut cut = cut_of(problem, row->owner, row->divisor);
            cut.price = pricing_fixed(duals[i] / cut_scale(&cut), unit, range.cent / CUT_RANGE);
            if (cut.price > 0)
                g_array_append_val(cuts, cut);
        } else if (row->kind == ROW_APRES) {
            int64_t price = pricing_fixed(duals[i], unit, range.day);
            PricingStep both[] = {{row->owner, row->day, false, price, row->other},
                                  {row->other, row->day, true, price, row->owner}};
            if (price > 0)
                g_array_append_vals(steps, both, 2);
        }
    }
    pricing_set_cuts(&prices->cuts, (const PricingCut *)(void *)cuts->data, (int32_t)cuts->len, m->n_siae);
    pricing_set_steps(&prices->steps, (const PricingStep *)(void *)steps->data, (int32_t)steps->len, m->n_besoins);
}
