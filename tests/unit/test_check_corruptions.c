/* The checker against deliberate faults: each corruption of a valid plan is told, and told as the rule it breaks. */
#include "plan/check.h"
#include "tests/lib/corruption.h"
#include "tests/lib/exhaustive.h"
#include "tests/lib/first_come.h"
#include "tests/lib/region.h"

#include <string.h>

#define SEEDS 1200
#define TRIES 12
#define NODES 50000

/* How the checker calls the rules of the verification in SQL: the beginning of a violation's text. */
static const struct {
    const char *regle, *check, *or_else;
} words[] = {
    {"période de début", "date de début", NULL},
    {"premier jour possible", "date de début", NULL},
    {"session fixée", "règle 7", NULL},
    {"affectation fixée", "règle 7", NULL},
    {"taille du groupe", "taille du groupe", NULL},
    {"effectif du besoin", "besoin servi", NULL},
    {"formation du besoin", "besoin servi", NULL},
    {"période du besoin", "règle 1", NULL},
    {"nombre de sessions", "règle 2", NULL},
    {"offre réservée", "règle 2", NULL},
    {"accès", "lieu", NULL},
    {"rayon", "lieu", NULL},
    {"distance", "lieu", NULL},
    {"absents de la SIAE", "règle 3", NULL},
    {"sessions simultanées", "règle 3", NULL},
    {"fermeture de la SIAE", "règle 4", NULL},
    {"mutualisation", "règle 5", NULL},
    {"stagiaire occupé", "règle 6", NULL},
    {"ordre des besoins", "règle 6", NULL},
    {"montage", "montage", NULL},
    {"plafond de reste à charge", "reste à charge", NULL},
    {"séances", "jours de formation", "date de début"},
    {"date du plan", "forme", NULL},
    {"coût pédagogique", "montants", NULL},
    {"coût annexe", "montants", NULL},
    {"rémunération", "montants", NULL},
    {"financement", "montants", NULL},
    {"plan_affectation_equilibre", "montants", NULL},
    {"charges", "charges", NULL},
    {"enveloppe inadmissible", "charges", NULL},
    {"enveloppe dépassée", "enveloppes", NULL},
    {"totaux de session", "montants", "taille du groupe"},
    {"non couverts", "non couverts", NULL},
    {"bilan", "bilan", NULL},
    {"borne des points", "bilan", NULL},
    {"borne du coût", "bilan", NULL},
};

typedef struct {
    Model *model;
    ModelPlan *plans[2]; /* first come, best: either may be NULL */
} Tiny;

static Tiny tinies[SEEDS];

static const Tiny *tiny(uint64_t seed)
{
    Tiny *at = &tinies[seed];
    if (at->model == NULL) {
        ExhaustiveResult result;
        at->model = region_tiny(seed);
        at->plans[0] = first_come_plan(at->model);
        int32_t date_plan = at->model->campagne.date_plan != MODEL_NONE ? at->model->campagne.date_plan
                                                                        : at->model->campagne.date_debut;
        exhaustive_solve(at->model, date_plan, NODES, &result);
        at->plans[1] = g_steal_pointer(&result.plan);
        exhaustive_clear(&result);
    }
    return at;
}

static const char *sought(const char *regle, int which)
{
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(words[i].regle, regle) == 0)
            return which == 0 ? words[i].check : words[i].or_else;
    g_error("the rule \"%s\" has no word here", regle);
}

static bool tells(const GPtrArray *violations, const char *regle)
{
    for (guint i = 0; i < violations->len; i++)
        for (int which = 0; which < 2; which++) {
            const char *word = sought(regle, which);
            if (word != NULL && g_str_has_prefix(g_ptr_array_index(violations, i), word))
                return true;
        }
    return false;
}

static void test_corruption(gconstpointer data)
{
    const Corruption *corruption = data;
    int done = 0;
    for (uint64_t seed = 0; seed < SEEDS && done < TRIES; seed++)
        for (int p = 0; p < 2; p++) {
            const ModelPlan *valid = tiny(seed)->plans[p];
            if (valid == NULL)
                continue;
            g_autoptr(ModelPlan) plan = corruption_copy(valid);
            if (!corruption->corrupt(tiny(seed)->model, plan))
                continue;
            g_autoptr(GPtrArray) violations = check_plan(tiny(seed)->model, plan);
            done++;
            if (tells(violations, corruption->regle))
                continue;
            for (guint i = 0; i < violations->len; i++)
                g_test_message("%s", (const char *)g_ptr_array_index(violations, i));
            g_test_message("seed %" G_GUINT64_FORMAT ": %u violations, none of \"%s\"", seed, violations->len,
                           corruption->regle);
            g_test_fail();
        }
    if (done == 0)
        g_test_message("no plan to break that way in %d regions", SEEDS);
    g_assert_cmpint(done, >, 0);
}

static void test_valid(void)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++)
        for (int p = 0; p < 2; p++) {
            if (tiny(seed)->plans[p] == NULL)
                continue;
            g_autoptr(ModelPlan) plan = corruption_copy(tiny(seed)->plans[p]);
            g_autoptr(GPtrArray) violations = check_plan(tiny(seed)->model, plan);
            g_assert_cmpuint(violations->len, ==, 0);
        }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_assert_cmpint(corruption_count, >=, 40);
    g_test_add_func("/check/the plans to corrupt are valid", test_valid);
    for (int i = 0; i < corruption_count; i++) {
        g_autofree char *path = g_strdup_printf("/check/caught/%s", corruption_table[i].name);
        g_test_add_data_func(path, &corruption_table[i], test_corruption);
    }
    int status = g_test_run();
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        model_plan_free(tinies[seed].plans[0]);
        model_plan_free(tinies[seed].plans[1]);
        model_free(tinies[seed].model);
    }
    return status;
}
