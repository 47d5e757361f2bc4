/* Contract section 2, Place and Group, rules 2, 5 and 7: who may sit in which session, in worked cases. */
#include "tests/lib/worked.h"

#define RULE_2 "règle 2"
#define RULE_5 "règle 5"
#define RULE_7 "règle 7"
#define GROUP "taille du groupe"
#define NEED "besoin servi"
#define PLACE "lieu"

/* Two days from Mondays; O2 is one day. */
#define WEEK_1                                                                                                         \
    {                                                                                                                  \
        "O1-1", NULL, "2026-03-02 2026-03-03"                                                                          \
    }
#define WEEK_2                                                                                                         \
    {                                                                                                                  \
        "O1-2", NULL, "2026-03-09 2026-03-10"                                                                          \
    }
#define WEEK_3                                                                                                         \
    {                                                                                                                  \
        "O1-3", NULL, "2026-03-16 2026-03-17"                                                                          \
    }
#define FIXED                                                                                                          \
    {                                                                                                                  \
        "X1", "O1", "2026-03-04 2026-03-05"                                                                            \
    } /* a Wednesday */

#define BESOIN(draft, b) region_draft_row(draft, besoins, ModelBesoin, b)
#define OFFRE(draft, o) region_draft_row(draft, offres, ModelOffre, o)

static void two_to_three(RegionDraft *draft)
{
    OFFRE(draft, O1)->effectif_min = 2;
    OFFRE(draft, O1)->effectif_max = 3;
}

static void formation_of_two(RegionDraft *draft)
{
    region_draft_row(draft, formations, ModelFormation, F1)->effectif_max = 2;
}

static void test_size(void)
{
    const WorkedCase cases[] = {
        {"as few as the offer wants", two_to_three, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0)), NULL},
        {"one too few", two_to_three, WORKED_SESSIONS(WEEK_1), WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0)), GROUP},
        {"as many as the offer takes", two_to_three, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0), WORKED_FREE("O1-1", "B2", 1, 0)), NULL},
        {"one too many", two_to_three, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0), WORKED_FREE("O1-1", "B2", 1, 0), WORKED_FREE("O1-1", "B3", 1, 0)),
         GROUP},
        {"the offer's size counts, not the formation's", formation_of_two, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0), WORKED_FREE("O1-1", "B2", 1, 0)), NULL},
        {"nobody", NULL, WORKED_SESSIONS(WEEK_1, WEEK_2), WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0)), GROUP},
    };
    worked_try(cases, G_N_ELEMENTS(cases));
}

static void test_need(void)
{
    const WorkedCase cases[] = {
        {"spread over two sessions", NULL, WORKED_SESSIONS(WEEK_1, WEEK_2),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0), WORKED_FREE("O1-2", "B1", 1, 0)), NULL},
        {"served in part", NULL, WORKED_SESSIONS(WEEK_1), WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0)), NULL},
        {"more than asked in one session", NULL, WORKED_SESSIONS(WEEK_1), WORKED_ROWS(WORKED_FREE("O1-1", "B1", 3, 0)),
         NEED},
        {"more than asked over two sessions", NULL, WORKED_SESSIONS(WEEK_1, WEEK_2),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0), WORKED_FREE("O1-2", "B1", 1, 0)), NEED},
        {"another course", NULL, WORKED_SESSIONS(WEEK_1), WORKED_ROWS(WORKED_FREE("O1-1", "B4", 1, 0)), NEED},
    };
    worked_try(cases, G_N_ELEMENTS(cases));
}

static void add_trajet(RegionDraft *draft, int32_t depart, int32_t arrivee, int32_t km)
{
    ModelTrajet row = {depart, arrivee, km, 0};
    g_array_append_val(draft->trajets, row);
}

static void from_lisieux(RegionDraft *draft)
{
    BESOIN(draft, B1)->commune = LISIEUX;
}

static void from_chausey(RegionDraft *draft)
{
    BESOIN(draft, B1)->commune = CHAUSEY;
}

static void there(RegionDraft *draft)
{
    from_lisieux(draft);
    add_trajet(draft, LISIEUX, CAEN, 480);
}

static void back(RegionDraft *draft)
{
    from_lisieux(draft);
    add_trajet(draft, CAEN, LISIEUX, 490);
}

static void there_and_back(RegionDraft *draft)
{
    there(draft);
    add_trajet(draft, CAEN, LISIEUX, 490);
}

static void by_boat(RegionDraft *draft)
{
    from_chausey(draft);
    add_trajet(draft, CHAUSEY, CAEN, 900);
}

static void within_723(RegionDraft *draft)
{
    from_lisieux(draft);
    BESOIN(draft, B1)->rayon_km = 723;
}

static void within_722(RegionDraft *draft)
{
    from_lisieux(draft);
    BESOIN(draft, B1)->rayon_km = 722;
}

static void at_a_distance(RegionDraft *draft)
{
    from_chausey(draft);
    BESOIN(draft, B1)->rayon_km = 0;
    OFFRE(draft, O1)->modalite = MODALITE_DISTANCIEL;
}

static void at_work(RegionDraft *draft)
{
    from_chausey(draft);
    OFFRE(draft, O1)->modalite = MODALITE_AFEST;
}

static void mixed(RegionDraft *draft)
{
    from_lisieux(draft);
    OFFRE(draft, O1)->modalite = MODALITE_MIXTE;
}

/* Caen and Lisieux stand half a degree apart on the equator: 6371.0 x pi / 360 = 55.597 km, x 1.3 = 72.277 km. */
static void test_place(void)
{
    const struct {
        const char *name;
        void (*change)(RegionDraft *draft);
        int32_t km;
        const char *rule; /* broken even with the right km */
    } cases[] = {
        {"the same commune", NULL, 0, NULL},
        {"great circle x 1.3", from_lisieux, 723, NULL},
        {"mixte counts as presentiel", mixed, 723, NULL},
        {"trajets.csv wins", there, 480, NULL},
        {"trajets.csv the other way round", back, 490, NULL},
        {"listed both ways: as listed from the learner's", there_and_back, 480, NULL},
        {"another zone cannot be reached", from_chausey, 1446, PLACE},
        {"another zone with a trajet", by_boat, 900, NULL},
        {"just within rayon_km", within_723, 723, NULL},
        {"just beyond rayon_km", within_722, 723, PLACE},
        {"distanciel: 0 km, whatever rayon and zone", at_a_distance, 0, NULL},
        {"afest: 0 km", at_work, 0, NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        for (int32_t off = -1; off <= 1; off++) {
            const WorkedCase one = {cases[i].name, cases[i].change, WORKED_SESSIONS(WEEK_1),
                                    WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, cases[i].km + off)),
                                    off == 0 ? cases[i].rule : PLACE};
            worked_try(&one, 1);
        }
}

static void one_session(RegionDraft *draft)
{
    OFFRE(draft, O1)->sessions_max = 1;
}

static void none(RegionDraft *draft)
{
    OFFRE(draft, O1)->sessions_max = 0;
}

static void for_s1(RegionDraft *draft)
{
    OFFRE(draft, O1)->siae = S1;
}

static void for_akto(RegionDraft *draft)
{
    OFFRE(draft, O1)->opco = "AKTO";
}

static void add_fixed(RegionDraft *draft)
{
    ModelSessionFixee row = {"X1", O1, worked_day("2026-03-04")};
    g_array_append_val(draft->sessions_fixees, row);
}

static void one_session_fixed(RegionDraft *draft)
{
    one_session(draft);
    add_fixed(draft);
}

static void test_offer(void)
{
    const WorkedCase cases[] = {
        {"as many sessions as offered", NULL, WORKED_SESSIONS(WEEK_1, WEEK_2),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0), WORKED_FREE("O1-2", "B2", 1, 0)), NULL},
        {"one session too many", one_session, WORKED_SESSIONS(WEEK_1, WEEK_2),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0), WORKED_FREE("O1-2", "B2", 1, 0)), RULE_2},
        {"three of two", NULL, WORKED_SESSIONS(WEEK_1, WEEK_2, WEEK_3),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0), WORKED_FREE("O1-2", "B2", 1, 0), WORKED_FREE("O1-3", "B3", 1, 0)),
         RULE_2},
        {"two on the same days", NULL, WORKED_SESSIONS(WEEK_1, {"O1-1-2", NULL, "2026-03-02 2026-03-03"}),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0), WORKED_FREE("O1-1-2", "B2", 1, 0)), NULL},
        {"no session at all", none, WORKED_SESSIONS(WEEK_1), WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0)), RULE_2},
        {"a fixed session counts", one_session_fixed, WORKED_SESSIONS(WEEK_1, FIXED),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0), WORKED_FREE("X1", "B2", 1, 0)), RULE_2},
        {"reserved to a SIAE, its learners", for_s1, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0)), NULL},
        {"reserved to a SIAE, another's learner too", for_s1, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0), WORKED_FREE("O1-1", "B2", 1, 0)), RULE_2},
        {"reserved to an OPCO, its members", for_akto, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0), WORKED_FREE("O1-1", "B2", 1, 0)), NULL},
        {"reserved to an OPCO, another's learner too", for_akto, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0), WORKED_FREE("O1-1", "B3", 1, 0)), RULE_2},
    };
    worked_try(cases, G_N_ELEMENTS(cases));
}

/* A second axe, "A2", that wants learners of n SIAE, for B1. */
static void pooled(RegionDraft *draft, int32_t n)
{
    ModelAxe row = {"A2", "", n};
    g_array_append_val(draft->axes, row);
    BESOIN(draft, B1)->axe = 1;
}

static void pooled_by_two(RegionDraft *draft)
{
    pooled(draft, 2);
}

static void pooled_by_three(RegionDraft *draft)
{
    pooled(draft, 3);
}

static void pooled_one_siret(RegionDraft *draft)
{
    pooled(draft, 2);
    region_draft_row(draft, siae, ModelSiae, S2)->siret = region_draft_row(draft, siae, ModelSiae, S1)->siret;
}

static void test_pooling(void)
{
    const WorkedCase cases[] = {
        {"two learners of one SIAE", pooled_by_two, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0)), RULE_5},
        {"with a learner of a second SIAE", pooled_by_two, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0), WORKED_FREE("O1-1", "B2", 1, 0)), NULL},
        {"the second SIAE sits elsewhere", pooled_by_two, WORKED_SESSIONS(WEEK_1, WEEK_2),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0), WORKED_FREE("O1-2", "B2", 1, 0)), RULE_5},
        {"two SIAE where three are wanted", pooled_by_three, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0), WORKED_FREE("O1-1", "B2", 1, 0)), RULE_5},
        {"three SIAE", pooled_by_three, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0), WORKED_FREE("O1-1", "B2", 1, 0), WORKED_FREE("O1-1", "B3", 1, 0)),
         NULL},
        {"two SIAE of one SIRET are two", pooled_one_siret, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0), WORKED_FREE("O1-1", "B2", 1, 0)), NULL},
        {"learners of another axe do not want it", pooled_by_two, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B2", 1, 0)), NULL},
    };
    worked_try(cases, G_N_ELEMENTS(cases));
}

static void fix_learner(RegionDraft *draft)
{
    ModelAffectationFixee row = {0, B1, M1, 1};
    add_fixed(draft);
    g_array_append_val(draft->affectations_fixees, row);
}

static void fix_elsewhere(RegionDraft *draft)
{
    add_fixed(draft);
    region_draft_row(draft, sessions_fixees, ModelSessionFixee, 0)->offre = O3;
}

static void fix_another_day(RegionDraft *draft)
{
    add_fixed(draft);
    region_draft_row(draft, sessions_fixees, ModelSessionFixee, 0)->date_debut = worked_day("2026-03-05");
}

static void fix_for_two(RegionDraft *draft)
{
    fix_learner(draft);
    two_to_three(draft);
}

static void fix_for_akto(RegionDraft *draft)
{
    add_fixed(draft);
    for_akto(draft);
}

static void test_fixed(void)
{
    const WorkedCase cases[] = {
        {"as given, other learners join", fix_learner, WORKED_SESSIONS(FIXED),
         WORKED_ROWS({"X1", "B1", "M1", 1, 0, 0, 0, 0, 0, 0}, WORKED_FREE("X1", "B2", 1, 0)), NULL},
        {"more of the same need join", fix_learner, WORKED_SESSIONS(FIXED),
         WORKED_ROWS(WORKED_FREE("X1", "B1", 1, 0), {"X1", "B1", "M1", 1, 0, 0, 0, 0, 0, 0}), NULL},
        {"the session is missing", add_fixed, WORKED_SESSIONS(WEEK_1), WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0)),
         RULE_7},
        {"its learner is missing", fix_learner, WORKED_SESSIONS(FIXED), WORKED_ROWS(WORKED_FREE("X1", "B2", 1, 0)),
         RULE_7},
        {"its learner has another montage", fix_learner, WORKED_SESSIONS(FIXED),
         WORKED_ROWS(WORKED_FREE("X1", "B1", 1, 0)), RULE_7},
        {"its learner sits elsewhere", fix_learner, WORKED_SESSIONS(WEEK_2, FIXED),
         WORKED_ROWS({"O1-2", "B1", "M1", 1, 0, 0, 0, 0, 0, 0}, WORKED_FREE("X1", "B2", 1, 0)), RULE_7},
        {"another offer", fix_elsewhere, WORKED_SESSIONS(FIXED), WORKED_ROWS(WORKED_FREE("X1", "B1", 1, 0)), RULE_7},
        {"another day", fix_another_day, WORKED_SESSIONS(FIXED), WORKED_ROWS(WORKED_FREE("X1", "B1", 1, 0)), RULE_7},
        {"not exempt from the group's size", fix_for_two, WORKED_SESSIONS(FIXED),
         WORKED_ROWS({"X1", "B1", "M1", 1, 0, 0, 0, 0, 0, 0}), GROUP},
        {"not exempt from who it is reserved to", fix_for_akto, WORKED_SESSIONS(FIXED),
         WORKED_ROWS(WORKED_FREE("X1", "B3", 1, 0)), RULE_2},
    };
    worked_try(cases, G_N_ELEMENTS(cases));
}

/* The plan calls a new session by the name of a fixed one, or a fixed session a new one. */
static void test_fixed_names(void)
{
    RegionDraft *draft = worked_region();
    add_fixed(draft);
    g_autoptr(Model) model = region_draft_freeze(draft);
    g_autoptr(ModelPlan) plan =
        worked_plan(model, WORKED_SESSIONS(WEEK_1, FIXED),
                    WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0), WORKED_FREE("X1", "B2", 1, 0)), NULL);
    worked_expect("both are right", model, plan, NULL);
    ModelPlanSession sessions[2] = {plan->sessions[0], plan->sessions[1]};
    plan->sessions = sessions;
    sessions[1].code = "X2";
    worked_expect("another code", model, plan, RULE_7);
    sessions[1].code = "X1";
    sessions[0].fixee = 0;
    worked_expect("two sessions claim to be the fixed one", model, plan, RULE_7);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rules/group/a session holds as many learners as its offer allows", test_size);
    g_test_add_func("/rules/group/a need may be spread and served in part, never beyond", test_need);
    g_test_add_func("/rules/place/km come from trajets.csv, else from the map", test_place);
    g_test_add_func("/rules/2/an offer has a number of sessions and those it is reserved to", test_offer);
    g_test_add_func("/rules/5/an axe may want learners of several SIAE together", test_pooling);
    g_test_add_func("/rules/7/fixed sessions stand as given", test_fixed);
    g_test_add_func("/rules/7/a fixed session keeps its name and place", test_fixed_names);
    return g_test_run();
}
