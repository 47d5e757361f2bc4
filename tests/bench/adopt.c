/* Turns a solver's answer to `prisme plan --mps` into the contract's output files: adopt FOLDER SOLUTION BOUND SORTIE.
 * FOLDER: the campaign's input files. SOLUTION: lines "name value". BOUND: "points P" or "cost EUROS", what the solver
 * proved. */
#include "export/csv_plan.h"
#include "ingest/ingest.h"
#include "tests/lib/mps_plan.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool write_plan(const Model *model, const ModelPlan *plan, const char *sortie, GError **error)
{
    g_autoptr(Figures) figures = figures_new(model, plan);
    if (g_mkdir_with_parents(sortie, 0777) != 0)
        return false;
    for (const CsvPlan *output = csv_plan_outputs; output->name != NULL; output++) {
        g_autofree char *path = g_build_filename(sortie, output->name, NULL);
        if (!csv_plan_write(output, figures, path, error))
            return false;
    }
    return true;
}

static bool adopt(char **argv, GError **error)
{
    g_autoptr(IngestReport) report = NULL;
    g_autoptr(Model) model = ingest_read(argv[1], 50, &report, error);
    if (model == NULL)
        return false;
    g_autoptr(Problem) problem = problem_new(model, model->campagne.date_plan, error);
    g_autofree char *text = NULL;
    if (problem == NULL || !g_file_get_contents(argv[2], &text, NULL, error))
        return false;
    ResultProof proof = {.points_borne = G_MAXINT32, .cout_pondere_borne = 0, .arret = "delai"};
    double bound = g_ascii_strtod(argv[4], NULL);
    if (strcmp(argv[3], "points") == 0)
        proof.points_borne = (int64_t)floor(bound + 1e-6);
    else
        proof.cout_pondere_borne = (int64_t)ceil(bound * 100 - 1e-4);
    g_autoptr(ModelPlan) plan = mps_plan(problem, text, &proof, error);
    if (plan == NULL || !write_plan(model, plan, argv[5], error))
        return false;
    const ModelBilan *b = &plan->bilan;
    printf("%" G_GINT64_FORMAT " points, weighted cost %.2f, %" G_GINT64_FORMAT " sessions, %" G_GINT64_FORMAT
           " learners\n",
           b->points, (double)b->cout_pondere / 100, b->sessions, b->effectif_servi);
    return true;
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        fputs("usage: adopt FOLDER SOLUTION points|cost BOUND SORTIE\n", stderr);
        return 2;
    }
    g_autoptr(GError) error = NULL;
    if (adopt(argv, &error))
        return 0;
    fprintf(stderr, "adopt: %s\n", error == NULL ? "could not write the plan" : error->message);
    return 1;
}
