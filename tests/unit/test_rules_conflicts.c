/* Contract section 2, rules 1, 3, 4 and 6: what days allow and forbid, in worked cases. */
#include "tests/lib/worked.h"

#define RULE_1 "règle 1"
#define RULE_3 "règle 3"
#define RULE_4 "règle 4"
#define RULE_6 "règle 6"

/* Sessions of O1 last two days, those of O2 one. 2026-03-02 is a Monday. */
#define WEEK_1                                                                                                         \
    {                                                                                                                  \
        "O1-1", NULL, "2026-03-02 2026-03-03"                                                                          \
    }
#define WEEK_2                                                                                                         \
    {                                                                                                                  \
        "O1-2", NULL, "2026-03-09 2026-03-10"                                                                          \
    }
#define SHORT_1                                                                                                        \
    {                                                                                                                  \
        "O2-1", NULL, "2026-03-02"                                                                                     \
    }
#define SHORT_1_TUESDAY                                                                                                \
    {                                                                                                                  \
        "O2-1", NULL, "2026-03-03"                                                                                     \
    }
#define SHORT_2                                                                                                        \
    {                                                                                                                  \
        "O2-2", NULL, "2026-03-09"                                                                                     \
    }
#define OTHER_1                                                                                                        \
    {                                                                                                                  \
        "O3-1", NULL, "2026-03-02 2026-03-03"                                                                          \
    }
#define SLOW_1                                                                                                         \
    {                                                                                                                  \
        "O1-1", NULL, "2026-03-02 2026-03-09"                                                                          \
    } /* one day a week */

#define BESOIN(draft, b) region_draft_row(draft, besoins, ModelBesoin, b)
#define OFFRE(draft, o) region_draft_row(draft, offres, ModelOffre, o)
#define SIAE(draft, s) region_draft_row(draft, siae, ModelSiae, s)

static void slow(RegionDraft *draft)
{
    region_draft_row(draft, formations, ModelFormation, F1)->jours_par_semaine = 1;
}

static void b1_from(RegionDraft *draft, const char *debut, const char *fin)
{
    BESOIN(draft, B1)->date_debut = worked_day(debut);
    BESOIN(draft, B1)->date_fin = worked_day(fin);
}

static void period_just_holds(RegionDraft *draft)
{
    b1_from(draft, "2026-03-02", "2026-03-03");
}

static void period_begins_late(RegionDraft *draft)
{
    b1_from(draft, "2026-03-03", "2026-04-30");
}

static void period_ends_early(RegionDraft *draft)
{
    b1_from(draft, "2026-03-01", "2026-03-02");
}

static void test_period(void)
{
    const WorkedCase cases[] = {
        {"first and last day are the period's own", period_just_holds, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0)), NULL},
        {"the first day is before the period", period_begins_late, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0)), RULE_1},
        {"the last day is after the period", period_ends_early, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0)), RULE_1},
        {"the period binds its own learners only", period_ends_early, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B2", 1, 0)), NULL},
    };
    worked_try(cases, G_N_ELEMENTS(cases));
}

static void two_absents(RegionDraft *draft)
{
    SIAE(draft, S1)->absents_max = 2;
}

static void three_absents(RegionDraft *draft)
{
    SIAE(draft, S1)->absents_max = 3;
}

static void two_absents_slow(RegionDraft *draft)
{
    two_absents(draft);
    slow(draft);
    OFFRE(draft, O2)->date_debut = worked_day("2026-03-03");
}

static void test_absents(void)
{
    const WorkedCase cases[] = {
        {"as many as may be absent", two_absents, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0), WORKED_FREE("O1-1", "B2", 1, 0)), NULL},
        {"one more in another session that day", two_absents, WORKED_SESSIONS(WEEK_1, SHORT_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0), WORKED_FREE("O2-1", "B4", 1, 0)), RULE_3},
        {"the same with one more allowed", three_absents, WORKED_SESSIONS(WEEK_1, SHORT_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0), WORKED_FREE("O2-1", "B4", 1, 0)), NULL},
        {"one more a week later", two_absents, WORKED_SESSIONS(WEEK_1, SHORT_2),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0), WORKED_FREE("O2-2", "B4", 1, 0)), NULL},
        {"one more between two training days", two_absents_slow, WORKED_SESSIONS(SLOW_1, SHORT_1_TUESDAY),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0), WORKED_FREE("O2-1", "B4", 1, 0)), NULL},
        {"the second day is full", two_absents_slow, WORKED_SESSIONS(SLOW_1, SHORT_2),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0), WORKED_FREE("O2-2", "B4", 1, 0)), RULE_3},
    };
    worked_try(cases, G_N_ELEMENTS(cases));
}

static void one_session(RegionDraft *draft)
{
    region_draft_row(draft, organismes, ModelOrganisme, G1)->sessions_simultanees = 1;
}

static void one_session_slow(RegionDraft *draft)
{
    one_session(draft);
    slow(draft);
    OFFRE(draft, O2)->date_debut = worked_day("2026-03-03");
}

static void one_session_fixed(RegionDraft *draft)
{
    ModelSessionFixee row = {"O2-1", O2, worked_day("2026-03-03")};
    one_session(draft);
    g_array_append_val(draft->sessions_fixees, row);
}

static void test_simultaneous(void)
{
    const WorkedCase cases[] = {
        {"two sessions of an organisme on a day", one_session, WORKED_SESSIONS(WEEK_1, SHORT_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0), WORKED_FREE("O2-1", "B4", 1, 0)), RULE_3},
        {"in different weeks", one_session, WORKED_SESSIONS(WEEK_1, SHORT_2),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0), WORKED_FREE("O2-2", "B4", 1, 0)), NULL},
        {"of two organismes", one_session, WORKED_SESSIONS(WEEK_1, OTHER_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0), WORKED_FREE("O3-1", "B2", 1, 0)), NULL},
        {"between two training days", one_session_slow, WORKED_SESSIONS(SLOW_1, SHORT_1_TUESDAY),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0), WORKED_FREE("O2-1", "B4", 1, 0)), NULL},
        {"a fixed session counts", one_session_fixed, WORKED_SESSIONS(WEEK_1, SHORT_1_TUESDAY),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0), WORKED_FREE("O2-1", "B4", 1, 0)), RULE_3},
    };
    worked_try(cases, G_N_ELEMENTS(cases));
}

static void close_siae(RegionDraft *draft, int32_t siae, const char *du, const char *au)
{
    ModelFermeture row = {OBJET_SIAE, siae, worked_day(du), worked_day(au)};
    g_array_append_val(draft->fermetures, row);
}

static void closed_from_tuesday(RegionDraft *draft)
{
    close_siae(draft, S1, "2026-03-03", "2026-03-20");
}

static void closed_to_monday(RegionDraft *draft)
{
    close_siae(draft, S1, "2026-02-20", "2026-03-02");
}

static void closed_around(RegionDraft *draft)
{
    close_siae(draft, S1, "2026-02-20", "2026-03-01");
    close_siae(draft, S1, "2026-03-04", "2026-03-20");
}

static void closed_between(RegionDraft *draft)
{
    slow(draft);
    close_siae(draft, S1, "2026-03-03", "2026-03-08");
}

static void test_siae_closures(void)
{
    const WorkedCase cases[] = {
        {"closed on the last day", closed_from_tuesday, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0)), RULE_4},
        {"closed on the first day", closed_to_monday, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0)), RULE_4},
        {"closed just before and just after", closed_around, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0)), NULL},
        {"closed between two training days", closed_between, WORKED_SESSIONS(SLOW_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0)), NULL},
        {"another SIAE is closed", closed_from_tuesday, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B2", 1, 0)), NULL},
    };
    worked_try(cases, G_N_ELEMENTS(cases));
}

/* B1 becomes one learner of S1, P; B4 is the same P. */
static void same_person(RegionDraft *draft)
{
    BESOIN(draft, B1)->effectif = 1;
    BESOIN(draft, B1)->stagiaire = BESOIN(draft, B4)->stagiaire = "P";
}

static void other_person(RegionDraft *draft)
{
    same_person(draft);
    BESOIN(draft, B4)->stagiaire = "Q";
}

static void other_siae(RegionDraft *draft)
{
    same_person(draft);
    BESOIN(draft, B4)->siae = S2;
}

/* B2 is a second need of P for the same course. */
static void same_person_same_course(RegionDraft *draft)
{
    same_person(draft);
    BESOIN(draft, B2)->siae = S1;
    BESOIN(draft, B2)->stagiaire = "P";
}

static void same_person_slow(RegionDraft *draft)
{
    same_person(draft);
    slow(draft);
    OFFRE(draft, O2)->date_debut = worked_day("2026-03-03");
}

static void b4_after_b1(RegionDraft *draft)
{
    static const int32_t b1[] = {B1};
    same_person(draft);
    BESOIN(draft, B4)->apres = region_draft_list(draft, b1, 1);
    BESOIN(draft, B4)->n_apres = 1;
}

static void b4_after_b1_slow(RegionDraft *draft)
{
    b4_after_b1(draft);
    slow(draft);
    OFFRE(draft, O2)->date_debut = worked_day("2026-03-03");
}

/* O2 starts on Wednesdays: the day after WEEK_1 ends. */
static void b4_after_b1_wednesday(RegionDraft *draft)
{
    b4_after_b1(draft);
    OFFRE(draft, O2)->date_debut = worked_day("2026-03-04");
}

static void test_stagiaire(void)
{
    const WorkedCase cases[] = {
        {"one person twice on a day", same_person, WORKED_SESSIONS(WEEK_1, SHORT_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0), WORKED_FREE("O2-1", "B4", 1, 0)), RULE_6},
        {"one person on two seats of a session", same_person_same_course, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0), WORKED_FREE("O1-1", "B2", 1, 0)), RULE_6},
        {"one person, the course twice", same_person_same_course, WORKED_SESSIONS(WEEK_1, WEEK_2),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0), WORKED_FREE("O1-2", "B2", 1, 0)), NULL},
        {"one person a week later", same_person, WORKED_SESSIONS(WEEK_1, SHORT_2),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0), WORKED_FREE("O2-2", "B4", 1, 0)), NULL},
        {"one person between two training days", same_person_slow, WORKED_SESSIONS(SLOW_1, SHORT_1_TUESDAY),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0), WORKED_FREE("O2-1", "B4", 1, 0)), NULL},
        {"one person on a later training day", same_person_slow, WORKED_SESSIONS(SLOW_1, SHORT_2),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0), WORKED_FREE("O2-2", "B4", 1, 0)), RULE_6},
        {"two persons of a SIAE", other_person, WORKED_SESSIONS(WEEK_1, SHORT_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0), WORKED_FREE("O2-1", "B4", 1, 0)), NULL},
        {"one pseudonym in two SIAE", other_siae, WORKED_SESSIONS(WEEK_1, SHORT_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0), WORKED_FREE("O2-1", "B4", 1, 0)), NULL},
    };
    worked_try(cases, G_N_ELEMENTS(cases));
}

static void test_apres(void)
{
    const WorkedCase cases[] = {
        {"after, a week later", b4_after_b1, WORKED_SESSIONS(WEEK_1, SHORT_2),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0), WORKED_FREE("O2-2", "B4", 1, 0)), NULL},
        {"after, the next day", b4_after_b1_wednesday, WORKED_SESSIONS(WEEK_1, {"O2-1", NULL, "2026-03-04"}),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0), WORKED_FREE("O2-1", "B4", 1, 0)), NULL},
        {"before", b4_after_b1, WORKED_SESSIONS(WEEK_2, SHORT_1),
         WORKED_ROWS(WORKED_FREE("O1-2", "B1", 1, 0), WORKED_FREE("O2-1", "B4", 1, 0)), RULE_6},
        {"between its first and its last day", b4_after_b1_slow, WORKED_SESSIONS(SLOW_1, SHORT_1_TUESDAY),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0), WORKED_FREE("O2-1", "B4", 1, 0)), RULE_6},
        {"on its last day", b4_after_b1_slow, WORKED_SESSIONS(SLOW_1, SHORT_2),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0), WORKED_FREE("O2-2", "B4", 1, 0)), RULE_6},
        {"the need to come after is not served", b4_after_b1, WORKED_SESSIONS(SHORT_1),
         WORKED_ROWS(WORKED_FREE("O2-1", "B4", 1, 0)), RULE_6},
        {"the need named is served alone", b4_after_b1, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0)), NULL},
    };
    worked_try(cases, G_N_ELEMENTS(cases));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rules/1/every training day lies in the need's period", test_period);
    g_test_add_func("/rules/3/no more absents of a SIAE on a day than it allows", test_absents);
    g_test_add_func("/rules/3/no more sessions of an organisme on a day than it can hold", test_simultaneous);
    g_test_add_func("/rules/4/no training day lies in a closure of the learner's SIAE", test_siae_closures);
    g_test_add_func("/rules/6/a person is not in two sessions on a day", test_stagiaire);
    g_test_add_func("/rules/6/a need with apres follows the needs it names", test_apres);
    return g_test_run();
}
