/* Plans of others than prisme as the contract's output files, so that `prisme check` can verify them:
 *   rival first FOLDER SORTIE    the first need comes, the first is served
 *   rival greedy FOLDER SORTIE   always the session of most points that still fits, the cheapest of equals
 *   rival solver FOLDER SORTIE SOLUTION points|cost BOUND
 * FOLDER: the campaign's input files. SOLUTION: a solver's answer to `prisme plan --mps`, lines "name value". BOUND:
 * what the solver proved of points, or of the weighted cost in euros. Prints points, weighted cost, sessions, learners.
 */
#include "config/fault.h"
#include "export/csv_plan.h"
#include "ingest/ingest.h"
#include "plan/explain.h"
#include "tests/lib/first_come.h"
#include "tests/lib/mps_plan.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A point is worth more than any weighted cost a session may differ by, as far as pricing allows. */
#define POINT INT64_C(100000000)

/* The best session of each slot, found when the draft held less: its value can only have fallen since. */
typedef struct {
    PricingSession session;
    bool open, fresh;
} Candidate;

static Candidate *candidates_new(const Problem *problem)
{
    Candidate *candidates = g_new0(Candidate, problem->n_slots + 1);
    for (int32_t s = 0; s < problem->n_slots; s++) {
        candidates[s].session.seats = g_new0(ProblemSeat, problem->slots[s].q_max + 1);
        candidates[s].session.value = INT64_MAX;
        candidates[s].open = true;
    }
    return candidates;
}

/* Fixed sessions first, then by value; MODEL_NONE when no slot is left. */
static int32_t most_promising(const Problem *problem, const Candidate *candidates)
{
    int32_t best = MODEL_NONE;
    for (int32_t s = 0; s < problem->n_slots; s++) {
        if (!candidates[s].open)
            continue;
        if (problem->slots[s].fixee != MODEL_NONE)
            return s;
        if (best == MODEL_NONE || candidates[s].session.value > candidates[best].session.value)
            best = s;
    }
    return best;
}

static void greedy(Draft *draft)
{
    const Problem *problem = draft->problem;
    Pricing *pricing = pricing_new(problem);
    PricingPrices *prices = pricing_prices_new(problem);
    PricingLimits limits = draft_limits(draft);
    prices->unit = prices->w_cost = 1;
    prices->w_points = MIN(POINT, pricing_range(problem).point);
    pricing_prices_settle(problem, prices);
    Candidate *candidates = candidates_new(problem);
    for (int32_t s; (s = most_promising(problem, candidates)) != MODEL_NONE;) {
        Candidate *c = &candidates[s];
        if (!c->fresh) {
            c->open = draft->held[s] < problem->slots[s].capacity &&
                      pricing_best(pricing, prices, &limits, s, &c->session) &&
                      (c->session.value > 0 || problem->slots[s].fixee != MODEL_NONE);
            c->fresh = true;
            continue;
        }
        c->open = draft_insert(draft, s, c->session.start, c->session.seats, c->session.n_seats) != MODEL_NONE &&
                  draft->held[s] < problem->slots[s].capacity;
        for (int32_t i = 0; i < problem->n_slots; i++)
            candidates[i].fresh = false;
    }
    for (int32_t s = 0; s < problem->n_slots; s++)
        g_free(candidates[s].session.seats);
    g_free(candidates);
    pricing_prices_free(prices);
    pricing_free(pricing);
}

static int64_t all_points(const Problem *problem)
{
    int64_t points = 0;
    for (int32_t b = 0; b < problem->model->n_besoins; b++)
        points += problem->points[b] * problem->model->besoins[b].effectif;
    return points;
}

static ModelPlan *greedy_plan(const Problem *problem)
{
    ResultProof proof = {.points_borne = all_points(problem), .arret = "effort"};
    Draft *draft = draft_new(problem);
    greedy(draft);
    ModelPlan *plan = result_plan(draft, &proof);
    explain_plan(draft, &proof, plan);
    draft_free(draft);
    return plan;
}

static ModelPlan *solver_plan(const Problem *problem, char **words, GError **error)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents(words[0], &text, NULL, error))
        return NULL;
    ResultProof proof = {.points_borne = all_points(problem), .arret = "delai"};
    double bound = g_ascii_strtod(words[2], NULL);
    if (strcmp(words[1], "points") == 0)
        proof.points_borne = (int64_t)floor(bound + 1e-6);
    else
        proof.cout_pondere_borne = (int64_t)ceil(bound * 100 - 1e-4);
    return mps_plan(problem, text, &proof, error);
}

static bool write_plan(const Model *model, const ModelPlan *plan, const char *sortie, GError **error)
{
    g_autoptr(Figures) figures = figures_new(model, plan);
    if (g_mkdir_with_parents(sortie, 0777) != 0) {
        g_set_error(error, FAULT, FAULT_OUTPUT, "cannot make folder '%s'", sortie);
        return false;
    }
    for (const CsvPlan *output = csv_plan_outputs; output->name != NULL; output++) {
        g_autofree char *path = g_build_filename(sortie, output->name, NULL);
        if (!csv_plan_write(output, figures, path, error))
            return false;
    }
    return true;
}

static bool make_plan(int argc, char **argv, GError **error)
{
    g_autoptr(IngestReport) report = NULL;
    g_autoptr(Settings) settings = settings_load(NULL, error);
    /* the rows prisme takes: a solver's columns go by their numbers */
    g_autoptr(Model) model = settings != NULL ? ingest_read_settled(argv[2], settings, &report, error) : NULL;
    if (model == NULL)
        return false;
    g_autoptr(Problem) problem = problem_new(model, model->campagne.date_plan, error);
    if (problem == NULL)
        return false;
    g_autoptr(ModelPlan) plan = argc == 7                        ? solver_plan(problem, argv + 4, error)
                                : strcmp(argv[1], "greedy") == 0 ? greedy_plan(problem)
                                                                 : first_come_plan(model);
    if (plan == NULL && error != NULL && *error == NULL)
        g_set_error(error, FAULT, FAULT_NO_PLAN, "the fixed sessions cannot be kept this way");
    if (plan == NULL || !write_plan(model, plan, argv[3], error))
        return false;
    const ModelBilan *b = &plan->bilan;
    printf("%" G_GINT64_FORMAT " %.2f %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", b->points,
           (double)b->cout_pondere / 100, b->sessions, b->effectif_servi);
    return true;
}

int main(int argc, char **argv)
{
    bool alone = argc == 4 && (strcmp(argv[1], "first") == 0 || strcmp(argv[1], "greedy") == 0);
    if (!alone && (argc != 7 || strcmp(argv[1], "solver") != 0)) {
        fputs("usage: rival first|greedy FOLDER SORTIE\n"
              "       rival solver FOLDER SORTIE SOLUTION points|cost BOUND\n",
              stderr);
        return 2;
    }
    g_autoptr(GError) error = NULL;
    if (make_plan(argc, argv, &error))
        return 0;
    fprintf(stderr, "rival: %s\n", error->message);
    return 1;
}
