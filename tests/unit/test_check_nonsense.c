/* The checker reads anything: tables out of order, positions that name nothing, numbers without meaning. It tells, and
 * never stops the program. */
#include "plan/check.h"
#include "tests/lib/corruption.h"
#include "tests/lib/first_come.h"
#include "tests/lib/region.h"
#include "tests/lib/region_random.h"
#include "tests/lib/worked.h"

#include <string.h>

#define WEEK_1                                                                                                         \
    {                                                                                                                  \
        "O1-1", NULL, "2026-03-02 2026-03-03"                                                                          \
    }
#define WEEK_2                                                                                                         \
    {                                                                                                                  \
        "O1-2", NULL, "2026-03-09 2026-03-10"                                                                          \
    }

/* A plan whose tables may be written to. */
typedef struct {
    Model *model;
    ModelPlan *plan;
    ModelPlanSession sessions[3];
    ModelPlanAffectation rows[4];
    ModelPlanCharge charges[3];
    ModelPlanNonCouvert unmet[4];
} Written;

static Written *written_new(void)
{
    RegionDraft *draft = worked_region();
    ModelFinancement pays = {M1, 1, "PDC", 10000, 0, 0, MODEL_NONE};
    ModelEnveloppe enveloppe = {
        "E1",      "AKTO", "PDC", MODEL_NONE, 100000, 100000, worked_day("2026-01-01"), worked_day("2026-12-31"),
        MODEL_NONE};
    g_array_append_val(draft->financements, pays);
    g_array_append_val(draft->enveloppes, enveloppe);
    region_draft_row(draft, offres, ModelOffre, O1)->cout_stagiaire = 1000;
    Written *w = g_new0(Written, 1);
    w->model = region_draft_freeze(draft);
    const WorkedCharge charges[] = {{"O1-1", "B1", "E1", 1000}, {"O1-2", "B2", "E1", 1000}, {NULL, NULL, NULL, 0}};
    w->plan = worked_plan(
        w->model, WORKED_SESSIONS(WEEK_1, WEEK_2),
        WORKED_ROWS({"O1-1", "B1", "M1", 1, 0, 1000, 0, 0, 1000, 0}, {"O1-2", "B2", "M1", 1, 0, 1000, 0, 0, 1000, 0}),
        charges);
    memcpy(w->sessions, w->plan->sessions, 2 * sizeof w->sessions[0]);
    memcpy(w->rows, w->plan->affectations, 2 * sizeof w->rows[0]);
    memcpy(w->charges, w->plan->charges, 2 * sizeof w->charges[0]);
    memcpy(w->unmet, w->plan->non_couverts, 3 * sizeof w->unmet[0]);
    g_assert_cmpint(w->plan->n_non_couverts, ==, 3);
    w->plan->sessions = w->sessions;
    w->plan->affectations = w->rows;
    w->plan->charges = w->charges;
    w->plan->non_couverts = w->unmet;
    return w;
}

static void written_free(Written *w)
{
    model_plan_free(w->plan);
    model_free(w->model);
    g_free(w);
}

/* ---- one thing wrong ---- */

static void same_session_code(Written *w)
{
    w->sessions[1].code = w->sessions[0].code;
}

static void no_session_code(Written *w)
{
    w->sessions[0].code = NULL;
}

static void empty_session_code(Written *w)
{
    w->sessions[0].code = "";
}

static void sessions_unsorted(Written *w)
{
    w->sessions[0].code = "Z";
}

static void unknown_offer(Written *w)
{
    w->sessions[0].offre = 99;
}

static void unknown_offer_of_nobody(Written *w)
{
    w->sessions[2] = (ModelPlanSession){.code = "O9-1", .offre = 99, .fixee = MODEL_NONE};
    w->plan->n_sessions = 3;
    w->plan->bilan.sessions = 3;
}

static void unknown_fixed(Written *w)
{
    w->sessions[0].fixee = 5;
}

static void no_days(Written *w)
{
    w->sessions[0].jours = NULL;
}

static void negative_days(Written *w)
{
    w->sessions[0].n_jours = -1;
}

static void start_at_the_end_of_time(Written *w)
{
    w->sessions[0].debut = INT32_MAX;
}

static void start_before_time(Written *w)
{
    w->sessions[0].debut = INT32_MIN;
}

static void rows_unsorted(Written *w)
{
    ModelPlanAffectation first = w->rows[0];
    w->rows[0] = w->rows[1];
    w->rows[1] = first;
}

static void row_twice(Written *w)
{
    w->rows[2] = w->rows[1];
    w->plan->n_affectations = 3;
}

static void row_split(Written *w)
{
    row_twice(w);
    w->rows[2] = w->rows[0];
}

static void row_of_nobody(Written *w)
{
    w->rows[0].effectif = 0;
}

static void row_of_less_than_nobody(Written *w)
{
    w->rows[0].effectif = INT32_MIN;
}

static void row_of_everybody(Written *w)
{
    w->rows[0].effectif = INT32_MAX;
}

static void row_without_session(Written *w)
{
    w->rows[0].session = 2;
}

static void row_without_need(Written *w)
{
    w->rows[0].besoin = -1;
}

static void row_without_montage(Written *w)
{
    w->rows[1].montage = 1000000;
}

static void charges_unsorted(Written *w)
{
    ModelPlanCharge first = w->charges[0];
    w->charges[0] = w->charges[1];
    w->charges[1] = first;
}

static void charge_twice(Written *w)
{
    w->charges[0].montant = 500;
    w->charges[2] = w->charges[1];
    w->charges[1] = w->charges[0];
    w->plan->n_charges = 3;
}

static void charge_without_envelope(Written *w)
{
    w->charges[0].enveloppe = 1;
}

static void charge_without_session(Written *w)
{
    w->charges[0].session = -7;
}

static void charge_negative(Written *w)
{
    w->charges[0].montant = -1000;
}

static void charges_beyond_counting(Written *w)
{
    w->charges[0].montant = w->charges[1].montant = INT64_MAX;
}

static void unmet_unsorted(Written *w)
{
    ModelPlanNonCouvert first = w->unmet[0];
    w->unmet[0] = w->unmet[1];
    w->unmet[1] = first;
}

static void unmet_twice(Written *w)
{
    w->unmet[3] = w->unmet[2];
    w->plan->n_non_couverts = 4;
}

static void unmet_of_nobody(Written *w)
{
    w->unmet[0].effectif = 0;
}

static void unmet_without_need(Written *w)
{
    w->unmet[0].besoin = 4;
}

static void unmet_for_no_reason(Written *w)
{
    w->unmet[0].motif = MOTIF_N;
}

static void unmet_without_words(Written *w)
{
    w->unmet[0].detail = NULL;
}

static void tables_of_negative_length(Written *w)
{
    w->plan->n_sessions = w->plan->n_affectations = w->plan->n_charges = w->plan->n_non_couverts = -1;
}

static void tables_absent(Written *w)
{
    w->plan->sessions = NULL;
    w->plan->affectations = NULL;
    w->plan->charges = NULL;
    w->plan->non_couverts = NULL;
}

static const struct {
    const char *name;
    void (*spoil)(Written *w);
    const char *rule; /* one violation at least begins with it */
} spoils[] = {
    {"two sessions of one code", same_session_code, "forme"},
    {"a session without code", no_session_code, "forme"},
    {"a session of empty code", empty_session_code, "forme"},
    {"sessions out of order", sessions_unsorted, "forme"},
    {"a session of an unknown offer", unknown_offer, "forme"},
    {"a session of an unknown offer without learners", unknown_offer_of_nobody, "forme"},
    {"a fixed session that is not known", unknown_fixed, "règle 7"},
    {"a session without its days", no_days, "jours de formation"},
    {"a negative number of days", negative_days, "jours de formation"},
    {"a start at the end of time", start_at_the_end_of_time, "date de début"},
    {"a start before time", start_before_time, "date de début"},
    {"rows out of order", rows_unsorted, "forme"},
    {"a row twice", row_twice, "forme"},
    {"a row twice, far apart", row_split, "forme"},
    {"a row of nobody", row_of_nobody, "forme"},
    {"a row of less than nobody", row_of_less_than_nobody, "forme"},
    {"a row of everybody", row_of_everybody, "taille du groupe"},
    {"a row of an unknown session", row_without_session, "forme"},
    {"a row of an unknown need", row_without_need, "forme"},
    {"a row of an unknown montage", row_without_montage, "forme"},
    {"charges out of order", charges_unsorted, "forme"},
    {"a charge twice", charge_twice, "forme"},
    {"a charge to an unknown envelope", charge_without_envelope, "forme"},
    {"a charge in an unknown session", charge_without_session, "forme"},
    {"a negative charge", charge_negative, "charges"},
    {"charges beyond counting", charges_beyond_counting, "enveloppes"},
    {"unmet needs out of order", unmet_unsorted, "forme"},
    {"an unmet need twice", unmet_twice, "forme"},
    {"an unmet need of nobody", unmet_of_nobody, "non couverts"},
    {"an unknown need unmet", unmet_without_need, "non couverts"},
    {"an unmet need without motif", unmet_for_no_reason, "non couverts"},
    {"an unmet need without detail", unmet_without_words, "non couverts"},
    {"tables of negative length", tables_of_negative_length, "forme"},
    {"absent tables", tables_absent, "forme"},
};

static void test_spoils(void)
{
    Written *valid = written_new();
    worked_expect("untouched", valid->model, valid->plan, NULL);
    written_free(valid);
    for (size_t i = 0; i < G_N_ELEMENTS(spoils); i++) {
        Written *w = written_new();
        spoils[i].spoil(w);
        g_autoptr(GPtrArray) violations = check_plan(w->model, w->plan);
        bool told = false;
        for (guint v = 0; v < violations->len; v++)
            told = told || g_str_has_prefix(g_ptr_array_index(violations, v), spoils[i].rule);
        if (!told) {
            for (guint v = 0; v < violations->len; v++)
                g_test_message("%s", (const char *)g_ptr_array_index(violations, v));
            g_test_message("%s: \"%s\" is not told", spoils[i].name, spoils[i].rule);
            g_test_fail();
        }
        written_free(w);
    }
}

static void test_empty_plan(void)
{
    g_autoptr(Model) model = region_draft_freeze(worked_region());
    g_autoptr(ModelPlan) plan = model_plan_new();
    plan->date_plan = model->campagne.date_plan;
    g_autoptr(GPtrArray) violations = check_plan(model, plan);
    /* each need is missing from non_couverts, and the bilan does not tell what was asked for */
    g_assert_cmpuint(violations->len, ==, 5);
    g_autoptr(Model) nothing = model_new();
    g_autoptr(GPtrArray) none = check_plan(nothing, plan);
    g_assert_cmpuint(none->len, ==, 0);
}

/* ---- everything wrong ---- */

static int32_t nonsense(RegionRandom *random, int32_t instead)
{
    static const int32_t numbers[] = {INT32_MIN, -2, -1, 0, 1, 2, 7, 730120, 739000, 766644, 766645, INT32_MAX};
    if (region_random_chance(random, 90))
        return instead;
    return numbers[region_random_between(random, 0, G_N_ELEMENTS(numbers) - 1)];
}

static int64_t nonsense_amount(RegionRandom *random, int64_t instead)
{
    static const int64_t numbers[] = {INT64_MIN, -1, 0, 1, 100, INT64_MAX};
    return region_random_chance(random, 90) ? instead
                                            : numbers[region_random_between(random, 0, G_N_ELEMENTS(numbers) - 1)];
}

static void damage(RegionRandom *random, ModelPlan *plan)
{
    ModelPlanSession *sessions =
        model_plan_own(plan, g_memdup2(plan->sessions, (gsize)plan->n_sessions * sizeof *sessions));
    for (int32_t i = 0; i < plan->n_sessions; i++) {
        sessions[i].offre = nonsense(random, sessions[i].offre);
        sessions[i].fixee = nonsense(random, sessions[i].fixee);
        sessions[i].debut = nonsense(random, sessions[i].debut);
        sessions[i].fin = nonsense(random, sessions[i].fin);
        sessions[i].n_jours = MIN(sessions[i].n_jours, nonsense(random, sessions[i].n_jours));
        sessions[i].effectif = nonsense(random, sessions[i].effectif);
        sessions[i].cout_annexe = nonsense_amount(random, sessions[i].cout_annexe);
    }
    ModelPlanAffectation *rows =
        model_plan_own(plan, g_memdup2(plan->affectations, (gsize)plan->n_affectations * sizeof *rows));
    for (int32_t i = 0; i < plan->n_affectations; i++) {
        rows[i].session = nonsense(random, rows[i].session);
        rows[i].besoin = nonsense(random, rows[i].besoin);
        rows[i].montage = nonsense(random, rows[i].montage);
        rows[i].effectif = nonsense(random, rows[i].effectif);
        rows[i].km = nonsense(random, rows[i].km);
        rows[i].finance = nonsense_amount(random, rows[i].finance);
    }
    ModelPlanCharge *charges = model_plan_own(plan, g_memdup2(plan->charges, (gsize)plan->n_charges * sizeof *charges));
    for (int32_t i = 0; i < plan->n_charges; i++) {
        charges[i].session = nonsense(random, charges[i].session);
        charges[i].besoin = nonsense(random, charges[i].besoin);
        charges[i].enveloppe = nonsense(random, charges[i].enveloppe);
        charges[i].montant = nonsense_amount(random, charges[i].montant);
    }
    ModelPlanNonCouvert *unmet =
        model_plan_own(plan, g_memdup2(plan->non_couverts, (gsize)plan->n_non_couverts * sizeof *unmet));
    for (int32_t i = 0; i < plan->n_non_couverts; i++) {
        unmet[i].besoin = nonsense(random, unmet[i].besoin);
        unmet[i].effectif = nonsense(random, unmet[i].effectif);
    }
    plan->sessions = sessions;
    plan->affectations = rows;
    plan->charges = charges;
    plan->non_couverts = unmet;
    plan->date_plan = nonsense(random, plan->date_plan);
    plan->bilan.cout = nonsense_amount(random, plan->bilan.cout);
    plan->bilan.points = nonsense_amount(random, plan->bilan.points);
}

/* No outcome is asked for but an end, with valid UTF-8. */
static void test_random_damage(void)
{
    RegionRandom random = {42};
    guint told = 0;
    for (uint64_t seed = 0; seed < 4000; seed++) {
        g_autoptr(Model) model = region_tiny(seed);
        g_autoptr(ModelPlan) valid = first_come_plan(model);
        if (valid == NULL)
            continue;
        g_autoptr(ModelPlan) plan = corruption_copy(valid);
        damage(&random, plan);
        g_autoptr(GPtrArray) violations = check_plan(model, plan);
        for (guint i = 0; i < violations->len; i++)
            g_assert_true(g_utf8_validate(g_ptr_array_index(violations, i), -1, NULL));
        told += violations->len > 0;
    }
    g_assert_cmpuint(told, >, 1000);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/check/nonsense/each is told", test_spoils);
    g_test_add_func("/check/nonsense/an empty plan and an empty campaign", test_empty_plan);
    g_test_add_func("/check/nonsense/random damage never stops the program", test_random_damage);
    return g_test_run();
}
