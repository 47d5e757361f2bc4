/* Searches on two sides of a region; the best draft; exchanges of learners; dives; what a step looks at; probes of
 * whole formation plans; fixed sessions. */
#include "plan/search.h"
#include "plan/search_build.h"
#include "plan/search_exchange.h"
#include "tests/lib/region.h"
#include "tests/lib/short.h"
#include "tests/lib/worked.h"

#include <string.h>

#define WORK 3000000

typedef struct {
    Model *model;
    Problem *problem;
    Colgen *colgen;
    PricingPrices *prices;
} Bench;

static void set_up(Bench *bench, uint64_t seed)
{
    g_autoptr(GError) error = NULL;
    bench->model = region_make(seed, region_size_find("small"));
    bench->problem = problem_new(bench->model, bench->model->campagne.date_plan, &error);
    g_assert_no_error(error);
    bench->colgen = colgen_new(bench->problem, 1);
    ColgenResult result = colgen_points(bench->colgen, &(ColgenEffort){.iterations = 12});
    bench->prices = pricing_prices_new(bench->problem);
    pricing_prices_copy(bench->problem, bench->prices, result.prices);
    bench->prices->w_cost = MAX(1, bench->prices->unit / 10000000);
}

/* The bench of a model, without prices of what formations share. */
static void set_up_plain(Bench *bench)
{
    g_autoptr(GError) error = NULL;
    bench->problem = problem_new(bench->model, bench->model->campagne.date_plan, &error);
    g_assert_no_error(error);
    bench->prices = pricing_prices_new(bench->problem);
    bench->prices->unit = bench->prices->w_points = INT64_C(10000000);
    bench->prices->w_cost = 1;
}

static void tear_down(Bench *bench)
{
    pricing_prices_free(bench->prices);
    colgen_free(bench->colgen);
    problem_free(bench->problem);
    model_free(bench->model);
}

/* One step in `dived` a dive, 0: none. */
static void set_lead(Search *search, const Bench *bench, int32_t exchanged, int32_t dived)
{
    search_set_lead(search, &(SearchLead){bench->prices, bench->prices->w_points, exchanged, dived});
}

static Search *new_search(const Bench *bench, uint32_t seed)
{
    Search *search = search_new(bench->problem, seed);
    set_lead(search, bench, 16, 0);
    return search;
}

/* A plan with the same sessions, put in one after another: every rule holds, and nothing is counted twice. */
static void assert_true_to_its_sessions(const Bench *bench, const Draft *draft)
{
    Draft *again = draft_new(bench->problem);
    g_autofree bool *in = g_new0(bool, draft->sessions->len + 1);
    for (bool any = true; any;) { /* what comes after another (apres) must wait for it */
        any = false;
        for (int32_t i = 0; i < (int32_t)draft->sessions->len; i++) {
            const DraftSession *s = draft_session(draft, i);
            if (s->slot == MODEL_NONE || in[i])
                continue;
            in[i] = draft_insert(again, s->slot, s->start, s->seats, s->n_seats) != MODEL_NONE;
            any = any || in[i];
        }
    }
    for (int32_t i = 0; i < (int32_t)draft->sessions->len; i++)
        g_assert_true(in[i] || draft_session(draft, i)->slot == MODEL_NONE);
    g_assert_cmpint(again->points, ==, draft->points);
    g_assert_cmpint(again->cost, ==, draft->cost);
    g_assert_cmpint(again->rac, ==, draft->rac);
    const Model *m = bench->model;
    g_assert_true(memcmp(again->left, draft->left, sizeof *draft->left * (gsize)m->n_besoins) == 0);
    g_assert_true(memcmp(again->rac_left, draft->rac_left, sizeof *draft->rac_left * (gsize)m->n_siae) == 0);
    gsize days = (gsize)m->n_siae * (gsize)draft->n_days;
    g_assert_true(memcmp(again->absent, draft->absent, sizeof *draft->absent * days) == 0);
    for (int32_t c = 0; c < bench->problem->n_classes; c++)
        g_assert_cmpint(purse_room(again->purse, c), ==, purse_room(draft->purse, c));
    draft_free(again);
}

static bool same_session(const DraftSession *a, const DraftSession *b)
{
    return a->slot == b->slot && a->start == b->start && a->n_seats == b->n_seats &&
           memcmp(a->seats, b->seats, sizeof(ProblemSeat) * (gsize)a->n_seats) == 0;
}

/* Every session of a's but those of this side is in b too. */
static void assert_kept(const Bench *bench, const Draft *a, const Draft *b, const Shares *shares, int32_t side)
{
    for (int32_t i = 0; i < (int32_t)a->sessions->len; i++) {
        const DraftSession *s = draft_session(a, i);
        if (s->slot == MODEL_NONE || share_side(shares, bench->problem, s->slot, s->seats, s->n_seats) == side)
            continue;
        bool found = false;
        for (int32_t k = 0; k < (int32_t)b->sessions->len && !found; k++)
            found = same_session(s, draft_session(b, k));
        g_assert_true(found);
    }
}

static void test_shares(void)
{
    for (uint64_t seed = 1; seed <= (uint64_t)short_of(6); seed++) {
        Bench bench;
        set_up(&bench, seed);
        Shares *shares = share_new(bench.problem);
        share_cut(shares, bench.problem, (int32_t)seed);
        Search *a = new_search(&bench, 1), *b = new_search(&bench, 2);
        search_construct(a, NULL, NULL);
        Draft *first = draft_new(bench.problem);
        draft_copy(first, search_best(a));
        search_adopt(b, first);
        search_set_share(a, &shares->sides[0], 0);
        search_set_share(b, &shares->sides[1], 1);
        set_lead(a, &bench, 16, seed % 2 == 0 ? 2 : 0);
        set_lead(b, &bench, 16, seed % 2 == 0 ? 2 : 0);
        search_run(a, WORK, 0, 0, NULL, NULL);
        search_run(b, WORK, 0, 0, NULL, NULL);
        assert_kept(&bench, first, search_best(a), shares, 0);
        assert_kept(&bench, first, search_best(b), shares, 1);
        int64_t gain_a = search_best(a)->points - first->points, gain_b = search_best(b)->points - first->points;
        Draft *joined = search_join(a, b);
        g_test_message("seed %" G_GUINT64_FORMAT ": %" G_GINT64_FORMAT " points, %" G_GINT64_FORMAT
                       " and %" G_GINT64_FORMAT " more on the sides, %" G_GINT64_FORMAT " joined",
                       seed, first->points, gain_a, gain_b, joined->points);
        g_assert_cmpint(gain_a + gain_b, >, 0);
        g_assert_cmpint(joined->points, ==, first->points + gain_a + gain_b);
        g_assert_cmpint(joined->fixed_held, ==, bench.model->n_sessions_fixees);
        assert_true_to_its_sessions(&bench, joined);
        search_restart(a, joined);
        search_run(a, WORK, 0, 0, NULL, NULL);
        g_assert_cmpint(search_best(a)->points, >=, joined->points);
        assert_true_to_its_sessions(&bench, search_best(a));
        draft_free(joined);
        draft_free(first);
        search_free(a);
        search_free(b);
        share_free(shares);
        tear_down(&bench);
    }
}

static void test_cuts(void)
{
    Bench bench;
    set_up(&bench, 1);
    const Model *m = bench.model;
    Shares *shares = share_new(bench.problem);
    for (int32_t turn = 0; turn < 8; turn++) {
        share_cut(shares, bench.problem, turn);
        int32_t n = 0;
        g_autofree int32_t *side = g_new(int32_t, m->n_siae);
        for (int32_t s = 0; s < m->n_siae; s++)
            side[s] = MODEL_NONE;
        for (int32_t b = 0; b < m->n_besoins; b++) {
            int32_t of = shares->sides[1].besoins[b];
            n += of;
            g_assert_cmpint(shares->sides[0].besoins[b], ==, !of);
            g_assert_true(side[m->besoins[b].siae] == MODEL_NONE || side[m->besoins[b].siae] == of);
            side[m->besoins[b].siae] = of;
        }
        g_assert_cmpint(n, >, m->n_besoins * 3 / 10);
        g_assert_cmpint(n, <, m->n_besoins * 7 / 10);
        for (int32_t k = 0; k < bench.problem->n_slots; k++)
            g_assert_cmpint(shares->sides[0].slots[k], !=, shares->sides[1].slots[k]);
    }
    share_free(shares);
    tear_down(&bench);
}

static void test_follows(void)
{
    for (uint64_t seed = 1; seed <= (uint64_t)short_of(3); seed++) {
        Bench bench;
        set_up(&bench, seed);
        Search *search = new_search(&bench, 3);
        search_construct(search, NULL, NULL);
        set_lead(search, &bench, 16, 4);
        double cents = (double)bench.prices->w_points / (double)bench.prices->w_cost;
        for (int32_t i = 0; i < 8; i++) {
            search_run(search, WORK / 8, 4 * cents, 0, NULL, NULL);
            assert_true_to_its_sessions(&bench, search_best(search));
        }
        search_free(search);
        tear_down(&bench);
    }
}

static bool at_once(void *user)
{
    return user == NULL;
}

/* Sessions of one formation all over a region, filled in no order that regards the place: who sits where is worth a
 * lot. */
static void test_exchanges(void)
{
    Bench bench = {.model = region_location(1)};
    set_up_plain(&bench);
    Search *search = new_search(&bench, 1);
    search_construct(search, NULL, NULL);
    int64_t points = search_best(search)->points, before = search_best(search)->cost + search_best(search)->rac;
    search_exchange_all(search, at_once, NULL);
    g_assert_cmpint(search_best(search)->cost + search_best(search)->rac, ==, before);
    search_exchange_all(search, NULL, NULL);
    const Draft *best = search_best(search);
    int64_t after = best->cost + best->rac;
    g_test_message("%" G_GINT64_FORMAT " cents, %" G_GINT64_FORMAT " exchanged", before, after);
    g_assert_cmpint(best->points, >=, points);
    g_assert_cmpint(after, <, before * 97 / 100);
    assert_true_to_its_sessions(&bench, best);
    search_free(search);
    tear_down(&bench);
}

static int64_t cents_of(const Search *search)
{
    return search_best(search)->cost + search_best(search)->rac;
}

/* Where everybody is served what is left is how many sessions there are, where, and who sits in which: both go on from
 * what steps hardly make cheaper any more. */
static void test_dives(void)
{
    Bench bench = {.model = region_location(1)};
    set_up_plain(&bench);
    Search *steps = new_search(&bench, 1), *dives = new_search(&bench, 2);
    set_lead(steps, &bench, 1, 0);
    set_lead(dives, &bench, 1, 1);
    search_construct(steps, NULL, NULL);
    search_run(steps, 12 * WORK, 0, 0, NULL, NULL);
    search_adopt(dives, search_best(steps));
    int64_t before = cents_of(steps);
    for (int32_t b = 0; b < bench.model->n_besoins; b++)
        g_assert_cmpint(search_best(steps)->left[b], ==, 0);
    search_run(steps, 12 * WORK, 0, 0, NULL, NULL);
    search_run(dives, 12 * WORK, 0, 0, NULL, NULL);
    g_test_message("%" G_GINT64_FORMAT " cents, %" G_GINT64_FORMAT " by steps, %" G_GINT64_FORMAT " by dives", before,
                   cents_of(steps), cents_of(dives));
    g_assert_cmpint(search_best(dives)->points, ==, search_best(steps)->points);
    g_assert_cmpint(cents_of(dives), <, cents_of(steps));
    assert_true_to_its_sessions(&bench, search_best(dives));
    search_free(steps);
    search_free(dives);
    tear_down(&bench);
}

/* Holds one learner of a besoin in a session of the offre. */
static void hold_one(Draft *draft, int32_t offre, int32_t start, int32_t besoin)
{
    const ProblemSeat seat = {problem_link(draft->problem, &draft->problem->slots[offre], besoin), M0, 1};
    g_assert_cmpint(draft_insert(draft, offre, start, &seat, 1), !=, MODEL_NONE);
}

/* Two sessions of one seat each. B1 is worth more than B4 in the later one, once B2, which it comes after, is served in
 * the earlier one; from then on B3, though worth more, cannot have B2's seat. */
static void test_exchanges_in_order(void)
{
    RegionDraft *region = worked_region();
    static const int32_t apres[] = {B2};
    ModelBesoin *b1 = region_draft_row(region, besoins, ModelBesoin, B1);
    b1->effectif = 1;
    b1->date_debut = worked_day("2026-03-20");
    b1->stagiaire = "P";
    b1->apres = region_draft_list(region, apres, 1);
    b1->n_apres = 1;
    ModelBesoin *b2 = region_draft_row(region, besoins, ModelBesoin, B2);
    b2->siae = S1;
    b2->stagiaire = "P";
    b2->priorite = 4;
    region_draft_row(region, besoins, ModelBesoin, B3)->date_fin = worked_day("2026-03-10");
    ModelBesoin *b4 = region_draft_row(region, besoins, ModelBesoin, B4);
    b4->formation = F1;
    b4->date_debut = worked_day("2026-03-20");
    static const int32_t offres[] = {O1, O3};
    for (size_t i = 0; i < G_N_ELEMENTS(offres); i++)
        region_draft_row(region, offres, ModelOffre, offres[i])->effectif_max = 1;
    Bench bench = {.model = region_draft_freeze(region)};
    set_up_plain(&bench);
    Draft *held = draft_new(bench.problem);
    hold_one(held, O1, 0, B2);
    hold_one(held, O3, bench.problem->slots[O3].n_starts - 1, B4);
    Search *search = new_search(&bench, 1);
    search_adopt(search, held);
    search_exchange_all(search, NULL, NULL);
    g_assert_cmpint(search_best(search)->points, ==, 8 + 1);
    assert_true_to_its_sessions(&bench, search_best(search));
    draft_free(held);
    search_free(search);
    tear_down(&bench);
}

static void test_besoin_slots(void)
{
    for (uint64_t seed = 0; seed < 20; seed++) {
        Bench bench = {.model = region_tiny(seed)};
        set_up_plain(&bench);
        const Problem *p = bench.problem;
        for (int32_t b = 0; b < bench.model->n_besoins; b++) {
            int32_t n = 0;
            for (int32_t slot = 0; slot < p->n_slots; slot++) {
                if (problem_link(p, &p->slots[slot], b) == MODEL_NONE)
                    continue;
                g_assert_cmpint(n, <, p->besoin_slots[b].n);
                g_assert_cmpint(p->slots_by_besoin[p->besoin_slots[b].first + n++], ==, slot);
            }
            g_assert_cmpint(n, ==, p->besoin_slots[b].n);
        }
        tear_down(&bench);
    }
}

/* Where every besoin may sit in each of a hundred slots, nobody served yet. */
static void test_touches(void)
{
    Bench bench = {.model = region_location(1)};
    set_up_plain(&bench);
    Search *search = new_search(&bench, 1);
    const Problem *p = bench.problem;
    int64_t listed = 0, all = 0, n_listed = 0;
    for (int32_t b = 0; b < bench.model->n_besoins; b++) {
        g_assert_cmpint(p->besoin_slots[b].n, ==, p->n_slots);
        search_build_touch(search, b, MODEL_NONE);
        g_assert_cmpuint(search->slots->len, >, 0);
        g_assert_cmpuint(search->slots->len, <, 10);
        g_assert_cmpuint(search->besoins->len, >, 0);
        g_assert_cmpuint(search->besoins->len, <, 100);
        for (guint i = 0; i < search->slots->len; i++, n_listed++)
            listed += search_state_km(search, b, g_array_index(search->slots, int32_t, i));
        for (int32_t slot = 0; slot < p->n_slots; slot++)
            all += search_state_km(search, b, slot);
        search_build_clear(search);
    }
    g_assert_cmpint(listed / n_listed, <, all / ((int64_t)bench.model->n_besoins * p->n_slots) * 2 / 3);
    search_free(search);
    tear_down(&bench);
}

static void test_probes(void)
{
    int64_t gained = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)short_of(3); seed++) {
        Bench bench;
        set_up(&bench, seed);
        colgen_points(bench.colgen, &(ColgenEffort){.iterations = 4, .whole = true, .nodes = 5});
        Search *search = new_search(&bench, 1);
        search_set_plans(search, bench.colgen);
        search_construct(search, NULL, NULL);
        search_run(search, WORK, 0, 0, NULL, NULL);
        int64_t before = search_best(search)->points;
        double point = (double)bench.prices->w_points / (double)bench.prices->w_cost;
        for (int32_t f = 0; f < bench.model->n_formations; f++) {
            int64_t points = search_best(search)->points;
            g_assert_true(search_probe(search, f, WORK / 4, point, NULL, NULL));
            g_assert_cmpint(search_best(search)->points, >=, points);
        }
        g_test_message("seed %" G_GUINT64_FORMAT ": %" G_GINT64_FORMAT " points, %" G_GINT64_FORMAT " after probes",
                       seed, before, search_best(search)->points);
        gained += search_best(search)->points - before;
        int64_t points = 0;
        for (int32_t i = 0; i < (int32_t)search_best(search)->sessions->len; i++)
            points += draft_session(search_best(search), i)->slot == MODEL_NONE
                          ? 0
                          : draft_session(search_best(search), i)->measure.points;
        g_assert_cmpint(points, ==, search_best(search)->points);
        search_free(search);
        tear_down(&bench);
    }
    g_assert_cmpint(gained, >, 0);
}

/* Three times 33.33 % of 40.01 or 40.02 leaves nothing to pay, of 30.01 or 60.02 it does: of the groups that hold two
 * learners of a SIAE that can pay nothing, only one of three is possible. */
static void test_fixed_size(void)
{
    RegionDraft *draft = worked_region();
    region_draft_row(draft, siae, ModelSiae, S1)->reste_a_charge_max = 0;
    region_draft_row(draft, offres, ModelOffre, O1)->cout_groupe = 12004;
    for (int32_t rang = 1; rang <= 3; rang++) {
        const ModelFinancement row = {M0, rang, "PDC", 3333, 0, 0, MODEL_NONE};
        g_array_append_val(draft->financements, row);
    }
    const ModelEnveloppe enveloppe = {
        "E1", "AKTO", "PDC", MODEL_NONE, 90000, 90000, worked_day("2026-01-01"), worked_day("2026-12-31"), MODEL_NONE};
    g_array_append_val(draft->enveloppes, enveloppe);
    const ModelSessionFixee fixed = {"FIX-0", O1, worked_day("2026-03-10")};
    g_array_append_val(draft->sessions_fixees, fixed);
    const ModelAffectationFixee seated = {0, B1, M0, 2};
    g_array_append_val(draft->affectations_fixees, seated);
    g_autoptr(Model) model = region_draft_freeze(draft);
    g_autoptr(GError) error = NULL;
    Problem *problem = problem_new(model, model->campagne.date_plan, &error);
    g_assert_no_error(error);
    PricingPrices *prices = pricing_prices_new(problem);
    prices->unit = prices->w_points = 1000;
    prices->w_cost = 1;
    Search *search = search_new(problem, 1);
    search_set_lead(search, &(SearchLead){prices, prices->w_points, 16, 0});
    search_construct(search, NULL, NULL);
    g_assert_cmpint(search_best(search)->fixed_held, ==, 1);
    search_free(search);
    pricing_prices_free(prices);
    problem_free(problem);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/search/two sides of a region are changed apart, and what both found fits together", test_shares);
    g_test_add_func("/search/each cut gives every SIAE and every slot to one side, with about half of the besoins",
                    test_cuts);
    g_test_add_func("/search/the best plan that is kept is true to its sessions", test_follows);
    g_test_add_func("/search/exchanges of learners between sessions cost less, break no rule and stop when told",
                    test_exchanges);
    g_test_add_func("/search/exchanges of learners leave no besoin without the one it comes after",
                    test_exchanges_in_order);
    g_test_add_func("/search/where everybody is served dives cost less than other steps of the same work", test_dives);
    g_test_add_func("/search/every besoin knows the slots it may sit in", test_besoin_slots);
    g_test_add_func("/search/a step looks at a few slots where its besoin may sit, near ones rather than others",
                    test_touches);
    g_test_add_func("/search/probes of whole formation plans find more and lose nothing", test_probes);
    g_test_add_func("/search/a fixed session is held at the one group size that can be", test_fixed_size);
    return g_test_run();
}
