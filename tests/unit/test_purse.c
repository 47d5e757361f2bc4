/* The purse against Hall's condition: charges can be paid when no set of classes asks for more than its enveloppes
 * hold. */
#include "plan/purse.h"

#define CASES 2000
#define MOST_FUNDS 3
#define MOST_OF_FUND 5
#define MOST (MOST_FUNDS * MOST_OF_FUND)

/* Funds with enveloppes and classes, as much of a Problem as a purse looks at. */
typedef struct {
    Model model;
    ModelEnveloppe enveloppes[MOST];
    ProblemFund funds[MOST_FUNDS];
    ProblemClass classes[MOST];
    int32_t positions[MOST];
    Problem problem;
    int64_t totals[MOST]; /* by class: what is charged */
} Case;

static struct {
    int32_t added, refused, moved, tight;
} tally;

static void random_case(GRand *rand, Case *c)
{
    *c = (Case){0};
    int32_t n_funds = g_rand_int_range(rand, 1, MOST_FUNDS + 1), n = 0, n_classes = 0;
    for (int32_t f = 0; f < n_funds; f++) {
        int32_t of_fund = g_rand_int_range(rand, 1, MOST_OF_FUND + 1);
        c->funds[f] = (ProblemFund){0, f, &c->positions[n], of_fund};
        for (int32_t i = 0; i < of_fund; i++, n++) {
            c->positions[n] = n;
            c->enveloppes[n].montant = g_rand_int_range(rand, 0, 8) == 0 ? 0 : g_rand_int_range(rand, 0, 1000);
        }
        int32_t classes = g_rand_int_range(rand, 1, MOST_OF_FUND + 1);
        for (int32_t i = 0; i < classes; i++)
            c->classes[n_classes++] = (ProblemClass){f, (uint64_t)g_rand_int_range(rand, 1, 1 << of_fund)};
    }
    c->model.enveloppes = c->enveloppes;
    c->model.n_enveloppes = n;
    c->problem.model = &c->model;
    c->problem.funds = c->funds;
    c->problem.n_funds = n_funds;
    c->problem.classes = c->classes;
    c->problem.n_classes = n_classes;
}

/* What the class can still be charged: the least slack of the sets of its fund's classes that it belongs to. */
static int64_t slack(const Case *c, int32_t class)
{
    int64_t least = INT64_MAX;
    int32_t n = c->problem.n_classes, fund = c->classes[class].fund;
    for (uint32_t set = 0; set < 1U << n; set++) {
        if (!(set >> class & 1U))
            continue;
        uint64_t mask = 0;
        int64_t room = 0;
        bool same = true;
        for (int32_t i = 0; i < n && same; i++)
            if (set >> i & 1U) {
                same = c->classes[i].fund == fund;
                mask |= c->classes[i].mask;
                room -= c->totals[i];
            }
        if (!same)
            continue;
        for (int32_t i = 0; i < c->funds[fund].n; i++)
            room += mask >> i & 1U ? c->enveloppes[c->funds[fund].enveloppes[i]].montant : 0;
        least = MIN(least, room);
    }
    return least;
}

/* Every cent charged lies in an enveloppe of its class, none is overdrawn, totals are what they should be. */
static void check_purse(const Case *c, const Purse *purse)
{
    int64_t charged[MOST] = {0};
    for (int32_t i = 0; i < c->problem.n_classes; i++) {
        const ProblemFund *fund = &c->funds[c->classes[i].fund];
        int64_t total = 0;
        for (int32_t k = 0; k < fund->n; k++) {
            int64_t flow = purse->flow[purse->first_flow[i] + k];
            g_assert_cmpint(flow, >=, 0);
            g_assert_true(flow == 0 || (c->classes[i].mask >> k & 1U));
            charged[fund->enveloppes[k]] += flow;
            total += flow;
        }
        g_assert_cmpint(total, ==, c->totals[i]);
    }
    for (int32_t e = 0; e < c->model.n_enveloppes; e++) {
        g_assert_cmpint(purse->left[e], ==, c->enveloppes[e].montant - charged[e]);
        g_assert_cmpint(purse->left[e], >=, 0);
    }
}

/* Free cents of the class's own enveloppes, as charges lie now. */
static int64_t free_now(const Case *c, const Purse *purse, int32_t class)
{
    const ProblemFund *fund = &c->funds[c->classes[class].fund];
    int64_t cents = 0;
    for (int32_t i = 0; i < fund->n; i++)
        cents += c->classes[class].mask >> i & 1U ? purse->left[fund->enveloppes[i]] : 0;
    return cents;
}

static void step(GRand *rand, Case *c, Purse *purse)
{
    int32_t class = g_rand_int_range(rand, 0, c->problem.n_classes);
    int64_t room = slack(c, class), cents;
    if (c->totals[class] > 0 && g_rand_int_range(rand, 0, 3) == 0) {
        cents = g_rand_int_range(rand, 0, (gint32)c->totals[class] + 1);
        purse_remove(purse, class, cents);
        c->totals[class] -= cents;
        return;
    }
    switch (g_rand_int_range(rand, 0, 4)) {
    case 0: /* all there is */
        cents = room;
        break;
    case 1: /* a cent too much */
        cents = room + 1;
        break;
    default:
        cents = g_rand_int_range(rand, 0, 400);
    }
    bool moves = cents > free_now(c, purse, class);
    bool done = purse_add(purse, class, cents);
    g_assert_true(done == (cents <= room));
    tally.added += done;
    tally.refused += !done;
    tally.moved += done && moves;
    tally.tight += done && cents == room;
    c->totals[class] += done ? cents : 0;
}

static void test_charges(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(5);
    Case *c = g_new0(Case, 1);
    for (int32_t i = 0; i < CASES; i++) {
        random_case(rand, c);
        Purse *purse = purse_new(&c->problem);
        check_purse(c, purse);
        for (int32_t k = 0; k < 12; k++) {
            step(rand, c, purse);
            check_purse(c, purse);
        }
        purse_free(purse);
    }
    g_free(c);
    g_test_message("%d charges added (%d only by moving others, %d to the last cent), %d refused", tally.added,
                   tally.moved, tally.tight, tally.refused);
    g_assert_cmpint(tally.moved, >, 100);
    g_assert_cmpint(tally.refused, >, 1000);
}

static void test_room(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(6);
    Case *c = g_new0(Case, 1);
    for (int32_t i = 0; i < CASES / 4; i++) {
        random_case(rand, c);
        Purse *purse = purse_new(&c->problem);
        for (int32_t k = 0; k < 8; k++) {
            step(rand, c, purse);
            for (int32_t class = 0; class < c->problem.n_classes; class ++)
                g_assert_cmpint(purse_room(purse, class), ==, slack(c, class));
            check_purse(c, purse);
        }
        purse_free(purse);
    }
    g_free(c);
}

static void test_copy(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(8);
    Case *c = g_new0(Case, 1);
    for (int32_t i = 0; i < 100; i++) {
        random_case(rand, c);
        Purse *purse = purse_new(&c->problem), *copy = purse_new(&c->problem);
        for (int32_t k = 0; k < 6; k++)
            step(rand, c, purse);
        purse_copy(copy, purse);
        check_purse(c, copy);
        Case before = *c;
        for (int32_t k = 0; k < 6; k++)
            step(rand, c, purse);
        check_purse(&before, copy); /* what the first does is not the second's */
        purse_free(purse);
        purse_free(copy);
    }
    g_free(c);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/purse/a charge is refused exactly when no splitting pays it", test_charges);
    g_test_add_func("/purse/the room of a class is exact, and looking at it changes no total", test_room);
    g_test_add_func("/purse/a copy stands alone", test_copy);
    return g_test_run();
}
