/* plan_make() as a whole: the same plan whatever the threads, the previous plan kept, deadlines, impossible fixed
 * sessions, bounds. */
#include "config/fault.h"
#include "plan/check.h"
#include "plan/plan.h"
#include "tests/lib/plan_text.h"
#include "tests/lib/region.h"
#include "tests/lib/short.h"
#include "tests/lib/worked.h"

#include <string.h>

#define TINY 40

static ModelPlan *plan_of(const Model *model, int32_t effort, int32_t fils, int32_t delai, const ModelPlan *previous)
{
    const Settings settings = {.delai = delai, .effort = effort, .fils = fils};
    g_autoptr(GError) error = NULL;
    ModelPlan *plan = plan_make(model, &settings, model->campagne.date_debut, previous, model, &error);
    if (plan == NULL)
        g_assert_error(error, FAULT, FAULT_NO_PLAN);
    return plan;
}

static void assert_sound(const Model *model, const ModelPlan *plan)
{
    g_autoptr(GPtrArray) violations = check_plan(model, plan);
    for (guint i = 0; i < violations->len; i++)
        g_test_message("%s", (const char *)violations->pdata[i]);
    g_assert_cmpuint(violations->len, ==, 0);
    const ModelBilan *b = &plan->bilan;
    g_assert_cmpint(b->points, <=, b->points_borne);
    g_assert_cmpint(b->cout_pondere_borne, <=, b->cout_pondere);
    g_assert_cmpint(b->cout_pondere, ==, b->cout + b->reste_a_charge);
    g_assert_cmpint(b->effectif_servi, <=, b->effectif_demande);
    int64_t unmet = 0;
    for (int32_t i = 0; i < plan->n_non_couverts; i++)
        unmet += plan->non_couverts[i].effectif;
    g_assert_cmpint(b->effectif_servi + unmet, ==, b->effectif_demande);
    bool proven = b->points == b->points_borne && b->cout_pondere == b->cout_pondere_borne;
    if (strcmp(plan->arret, "optimal") == 0)
        g_assert_true(proven);
    else
        g_assert_true(strcmp(plan->arret, "delai") == 0 || (strcmp(plan->arret, "effort") == 0 && !proven));
}

static void assert_equal(const Model *model, const ModelPlan *one, const ModelPlan *other)
{
    g_autofree char *a = plan_text(model, one), *b = plan_text(model, other);
    g_assert_cmpstr(a, ==, b);
}

static void compare_threads(const Model *model, int32_t effort)
{
    g_autoptr(ModelPlan) one = plan_of(model, effort, 1, 0, NULL);
    g_autoptr(ModelPlan) two = plan_of(model, effort, 2, 0, NULL);
    g_autoptr(ModelPlan) again = plan_of(model, effort, 2, 0, NULL);
    g_assert_true((one == NULL) == (two == NULL) && (one == NULL) == (again == NULL));
    if (one == NULL)
        return;
    assert_sound(model, one);
    assert_equal(model, one, two);
    assert_equal(model, two, again);
}

static void test_threads(void)
{
    for (uint64_t seed = 0; seed < TINY; seed++) {
        g_autoptr(Model) model = region_tiny(seed);
        g_test_message("seed %" G_GUINT64_FORMAT, seed);
        compare_threads(model, 1);
    }
}

static Model *small_region(uint64_t seed)
{
    static const RegionSize smaller = {"smaller", 10, 60, 170, 20, 12, 5, 1, 2, false};
    return region_make(seed, short_of(5) == 5 ? region_size_find("small") : &smaller);
}

static bool is_kept(uint64_t seed)
{
    g_autoptr(Model) model = region_tiny(seed);
    g_autoptr(ModelPlan) first = plan_of(model, 1, 1, 0, NULL);
    if (first == NULL)
        return false;
    g_test_message("seed %" G_GUINT64_FORMAT, seed);
    g_autoptr(ModelPlan) second = plan_of(model, 1, 1, 0, first);
    g_assert_nonnull(second);
    assert_equal(model, first, second);
    return first->n_sessions > 0;
}

/* A plan that nothing betters is made again, to the byte, when it is the previous one. */
static void test_previous(void)
{
    int32_t kept = 0;
    for (uint64_t seed = 0; seed < TINY; seed++)
        kept += is_kept(seed);
    g_assert_cmpint(kept, >, TINY / 4);
    g_assert_true(is_kept(333)); /* its motifs once spoke of whichever session was inserted first */
}

static void test_small(void)
{
    g_autoptr(Model) model = small_region(2);
    g_autoptr(ModelPlan) one = plan_of(model, 1, 1, 0, NULL);
    g_autoptr(ModelPlan) two = plan_of(model, 1, 2, 0, NULL);
    g_assert_nonnull(one);
    g_assert_nonnull(two);
    assert_sound(model, one);
    assert_equal(model, one, two);
    g_autoptr(ModelPlan) next = plan_of(model, 1, 2, 0, one);
    g_assert_nonnull(next);
    assert_equal(model, one, next);
}

/* Regions above the size that twins search: twelve small ones side by side, and one. */
static void test_large(void)
{
    static const RegionSize apart = {"apart", 72, 600, 1600, 120, 12, 48, 12, 2, false},
                            together = {"together", 48, 560, 1500, 80, 12, 16, 1, 2, false};
    g_autoptr(Model) twelve = region_make(3, &apart);
    compare_threads(twelve, 1);
    g_autoptr(Model) one = region_make(3, &together);
    compare_threads(one, 1);
}

/* Objective 3 goes before 4: sessions that could be earlier stay where the previous plan has them. */
static void test_previous_later(void)
{
    static const char *const codes[] = {"O1-20260309", "O2-20260316"};
    g_autoptr(Model) model = region_draft_freeze(worked_region());
    g_autoptr(ModelPlan) previous = worked_plan(
        model, WORKED_SESSIONS({"O1-20260309", NULL, "2026-03-09 2026-03-10"}, {"O2-20260316", NULL, "2026-03-16"}),
        WORKED_ROWS(WORKED_FREE("O1-20260309", "B1", 2, 0), WORKED_FREE("O1-20260309", "B2", 1, 0),
                    WORKED_FREE("O1-20260309", "B3", 1, 0), WORKED_FREE("O2-20260316", "B4", 1, 0)),
        NULL);
    g_autoptr(ModelPlan) fresh = plan_of(model, 1, 1, 0, NULL);
    g_autoptr(ModelPlan) plan = plan_of(model, 1, 1, 0, previous);
    g_assert_nonnull(fresh);
    g_assert_nonnull(plan);
    assert_sound(model, plan);
    g_assert_cmpint(plan->bilan.points, ==, 8 * 2 + 4 + 2 + 1);
    g_assert_cmpint(fresh->bilan.points, ==, plan->bilan.points);
    g_assert_cmpstr(fresh->sessions[0].code, !=, codes[0]);
    g_assert_cmpint(plan->n_sessions, ==, 2);
    for (int32_t i = 0; i < 2; i++)
        g_assert_cmpstr(plan->sessions[i].code, ==, codes[i]);
}

/* Objective 1 goes before 3. */
static void test_previous_worse(void)
{
    g_autoptr(Model) model = region_draft_freeze(worked_region());
    g_autoptr(ModelPlan) previous = worked_plan(model, WORKED_SESSIONS({"O1-20260309", NULL, "2026-03-09 2026-03-10"}),
                                                WORKED_ROWS(WORKED_FREE("O1-20260309", "B1", 1, 0)), NULL);
    g_autoptr(ModelPlan) plan = plan_of(model, 1, 1, 0, previous);
    g_assert_nonnull(plan);
    assert_sound(model, plan);
    g_assert_cmpint(plan->bilan.points, ==, 8 * 2 + 4 + 2 + 1);
}

static void drop_offres(RegionDraft *draft)
{
    g_array_set_size(draft->offres, 0);
}

static void drop_besoins(RegionDraft *draft)
{
    g_array_set_size(draft->besoins, 0);
}

static void drop_siae(RegionDraft *draft)
{
    drop_besoins(draft);
    g_array_set_size(draft->siae, 0);
}

static void drop_formations(RegionDraft *draft)
{
    drop_besoins(draft);
    drop_offres(draft);
    g_array_set_size(draft->formations, 0);
}

static void test_nothing(void)
{
    static void (*const drops[])(RegionDraft *) = {drop_offres, drop_besoins, drop_siae, drop_formations};
    for (size_t i = 0; i < G_N_ELEMENTS(drops); i++) {
        RegionDraft *draft = worked_region();
        drops[i](draft);
        g_autoptr(Model) model = region_draft_freeze(draft);
        g_autoptr(ModelPlan) plan = plan_of(model, 1, 1, 0, NULL);
        g_assert_nonnull(plan);
        assert_sound(model, plan);
        g_assert_cmpint(plan->n_sessions, ==, 0);
        g_assert_cmpstr(plan->arret, ==, "optimal");
    }
}

static void test_deadline(void)
{
    g_autoptr(Model) model = small_region(3);
    gint64 before = g_get_monotonic_time();
    g_autoptr(ModelPlan) plan = plan_of(model, 1000, 1, 1, NULL); /* far more work than a second holds */
    double seconds = (double)(g_get_monotonic_time() - before) / G_USEC_PER_SEC;
    g_assert_nonnull(plan);
    assert_sound(model, plan);
    g_test_message("%s after %.1f s: %" G_GINT64_FORMAT " points of at most %" G_GINT64_FORMAT, plan->arret, seconds,
                   plan->bilan.points, plan->bilan.points_borne);
    g_assert_true(strcmp(plan->arret, "delai") == 0 || strcmp(plan->arret, "optimal") == 0);
    g_assert_cmpint(plan->bilan.points, >, 0);
}

/* ---- fixed sessions that cannot stand ---- */

static const ModelSessionFixee *fix(RegionDraft *draft, int32_t offre, const char *day)
{
    const ModelSessionFixee row = {region_draft_text(draft, "FIX-%u", draft->sessions_fixees->len), offre,
                                   worked_day(day)};
    g_array_append_val(draft->sessions_fixees, row);
    return region_draft_row(draft, sessions_fixees, ModelSessionFixee, draft->sessions_fixees->len - 1);
}

static void seat(RegionDraft *draft, int32_t session, int32_t besoin, int32_t effectif)
{
    const ModelAffectationFixee row = {session, besoin, M0, effectif};
    g_array_append_val(draft->affectations_fixees, row);
}

static void fix_sunday(RegionDraft *draft)
{
    fix(draft, O1, "2026-03-08");
    seat(draft, 0, B1, 1);
}

static void fix_wrong_formation(RegionDraft *draft)
{
    fix(draft, O1, "2026-03-10");
    seat(draft, 0, B4, 1);
}

static void fix_too_many(RegionDraft *draft)
{
    fix(draft, O1, "2026-03-10");
    seat(draft, 0, B1, 3);
}

static void fix_too_late(RegionDraft *draft)
{
    fix(draft, O1, "2026-05-12");
    seat(draft, 0, B1, 1);
}

static void fix_beyond_sessions_max(RegionDraft *draft)
{
    region_draft_row(draft, offres, ModelOffre, O1)->sessions_max = 0;
    fix(draft, O1, "2026-03-10");
    seat(draft, 0, B1, 1);
}

static void fix_absent(RegionDraft *draft)
{
    region_draft_row(draft, siae, ModelSiae, S1)->absents_max = 1;
    fix(draft, O1, "2026-03-10");
    seat(draft, 0, B1, 2);
}

static void fix_alone(RegionDraft *draft)
{
    region_draft_row(draft, axes, ModelAxe, A1)->min_siae = 4; /* there are three */
    fix(draft, O1, "2026-03-10");
    seat(draft, 0, B1, 1);
}

static void fix_two_at_once(RegionDraft *draft)
{
    region_draft_row(draft, organismes, ModelOrganisme, G1)->sessions_simultanees = 1;
    fix(draft, O1, "2026-03-10");
    seat(draft, 0, B1, 1);
    fix(draft, O1, "2026-03-11");
    seat(draft, 1, B2, 1);
}

static void add_financement(RegionDraft *draft, int32_t rang, const char *dispositif)
{
    const ModelFinancement row = {M0, rang, dispositif, 10000, 0, 0, MODEL_NONE};
    g_array_append_val(draft->financements, row);
}

static void add_enveloppe(RegionDraft *draft, const char *code, const char *dispositif, int64_t montant,
                          const char *first)
{
    const ModelEnveloppe row = {code,      "AKTO",  dispositif,        MODEL_NONE,
                                montant,   montant, worked_day(first), worked_day("2026-12-31"),
                                MODEL_NONE};
    g_array_append_val(draft->enveloppes, row);
}

/* 100.00 each for B1's two learners, then for B2's one. */
static void fix_two_dear(RegionDraft *draft)
{
    region_draft_row(draft, offres, ModelOffre, O1)->cout_stagiaire = 10000;
    fix(draft, O1, "2026-03-10");
    seat(draft, 0, B1, 2);
    fix(draft, O1, "2026-03-17");
    seat(draft, 1, B2, 1);
}

static void fix_unpaid(RegionDraft *draft)
{
    fix_two_dear(draft);
    add_financement(draft, 1, "PDC");
    add_enveloppe(draft, "E1", "PDC", 15000, "2026-01-01");
    add_enveloppe(draft, "E2", "PDC", 5050, "2026-01-01");
}

static void fix_closed(RegionDraft *draft)
{
    fix_two_dear(draft);
    add_financement(draft, 1, "PDC");
    add_enveloppe(draft, "E1", "PDC", 90000, "2026-03-16");
}

static void fix_dear_rest(RegionDraft *draft)
{
    fix_two_dear(draft);
    region_draft_row(draft, siae, ModelSiae, S1)->reste_a_charge_max = 19999;
}

static void test_impossible(void)
{
    static const struct {
        const char *name;
        void (*change)(RegionDraft *draft);
        const char *words; /* NULL: it names the session or the besoin */
    } cases[] = {
        {"starts on a Sunday", fix_sunday, NULL},
        {"holds a learner of another formation", fix_wrong_formation, NULL},
        {"holds more learners than the besoin has", fix_too_many, NULL},
        {"runs after its besoin", fix_too_late, NULL},
        {"exceeds sessions_max", fix_beyond_sessions_max, NULL},
        {"exceeds absents_max", fix_absent, "fixed session 'FIX-0' breaks absents_max of a SIAE"},
        {"cannot gather min_siae", fix_alone, NULL},
        {"overlaps another of an organisme that holds one", fix_two_at_once,
         "fixed session 'FIX-1' breaks sessions_simultanees of its organisme"},
        {"cannot be paid with the other", fix_unpaid, "99.50 is missing in 'E1' and 'E2'"},
        {"no enveloppe is open to", fix_closed,
         "fixed session 'FIX-0' lacks 200.00 for besoin 'B1': no enveloppe of dispositif 'PDC' is open"},
        {"leaves a SIAE too much", fix_dear_rest, "fixed session 'FIX-0' breaks reste_a_charge_max of a SIAE"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("a fixed session that %s", cases[i].name);
        RegionDraft *draft = worked_region();
        cases[i].change(draft);
        g_autoptr(Model) model = region_draft_freeze(draft);
        const Settings settings = {.effort = 1, .fils = 1};
        g_autoptr(GError) error = NULL;
        g_autoptr(ModelPlan) plan = plan_make(model, &settings, model->campagne.date_debut, NULL, NULL, &error);
        g_assert_null(plan);
        g_assert_error(error, FAULT, FAULT_NO_PLAN);
        g_test_message("%s", error->message);
        if (cases[i].words != NULL)
            g_assert_nonnull(strstr(error->message, cases[i].words));
        else
            g_assert_true(strstr(error->message, "'FIX-") != NULL || strstr(error->message, "'B1'") != NULL);
    }
}

/* The same sessions, possible: the cases above are not refused for another reason. */
static void test_possible(void)
{
    RegionDraft *draft = worked_region();
    fix(draft, O1, "2026-03-10");
    seat(draft, 0, B1, 2);
    g_autoptr(Model) model = region_draft_freeze(draft);
    g_autoptr(ModelPlan) plan = plan_of(model, 1, 1, 0, NULL);
    g_assert_nonnull(plan);
    assert_sound(model, plan);
    bool held = false;
    for (int32_t i = 0; i < plan->n_sessions; i++)
        held = held || strcmp(plan->sessions[i].code, "FIX-0") == 0;
    g_assert_true(held);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/optimize/a plan of a tiny region is sound and does not depend on threads", test_threads);
    g_test_add_func("/optimize/the previous plan of a tiny region is kept", test_previous);
    g_test_add_func("/optimize/a plan of a large region is sound and does not depend on threads", test_large);
    g_test_add_func("/optimize/a plan of a small region does not depend on threads, and is kept when previous",
                    test_small);
    g_test_add_func("/optimize/a previous plan as good is kept though it could be earlier", test_previous_later);
    g_test_add_func("/optimize/a previous plan that is worse is not kept", test_previous_worse);
    g_test_add_func("/optimize/a region without offres, besoins, SIAE or formations has an empty plan", test_nothing);
    g_test_add_func("/optimize/a deadline that strikes leaves a sound plan", test_deadline);
    g_test_add_func("/optimize/a fixed session that cannot stand is named", test_impossible);
    g_test_add_func("/optimize/a fixed session that can stand is held", test_possible);
    return g_test_run();
}
