/* Contract section 2, Days: worked cases, days written out from a paper calendar. */
#include "config/calendar.h"
#include "tests/lib/worked.h"

#include <string.h>

/* A session of O1 under one need, days given; everything else in the region leaves it free. */
typedef struct {
    const char *name;
    const char *commune; /* INSEE code where it is held; NULL = none */
    const char *region;
    VocabularyModalite modalite;
    int32_t jours, par_semaine;
    const char *days;
} DayCase;

static const DayCase day_cases[] = {
    {"days follow each other", "14118", "28", MODALITE_PRESENTIEL, 3, 5, "2026-03-02 2026-03-03 2026-03-04"},
    {"the week-end is stepped over", "14118", "28", MODALITE_PRESENTIEL, 3, 5, "2026-03-05 2026-03-06 2026-03-09"},
    {"one day a week", "14118", "28", MODALITE_PRESENTIEL, 3, 1, "2026-03-02 2026-03-09 2026-03-16"},
    {"later weeks begin on Monday", "14118", "28", MODALITE_PRESENTIEL, 4, 2,
     "2026-03-04 2026-03-05 2026-03-09 2026-03-10"},
    {"a first week too short", "14118", "28", MODALITE_PRESENTIEL, 3, 2, "2026-03-06 2026-03-09 2026-03-10"},
    {"four days a week leave Friday", "14118", "28", MODALITE_MIXTE, 5, 4,
     "2026-03-02 2026-03-03 2026-03-04 2026-03-05 2026-03-09"},
    {"1 January", "14118", "28", MODALITE_PRESENTIEL, 2, 5, "2026-12-31 2027-01-04"},
    {"Easter Monday moves the week's days", "14118", "28", MODALITE_PRESENTIEL, 5, 3,
     "2026-03-30 2026-03-31 2026-04-01 2026-04-07 2026-04-08"},
    {"1 May", "14118", "28", MODALITE_PRESENTIEL, 3, 5, "2026-04-29 2026-04-30 2026-05-04"},
    {"8 May", "14118", "28", MODALITE_PRESENTIEL, 2, 5, "2026-05-07 2026-05-11"},
    {"Ascension", "14118", "28", MODALITE_PRESENTIEL, 2, 5, "2026-05-13 2026-05-15"},
    {"Whit Monday", "14118", "28", MODALITE_PRESENTIEL, 2, 5, "2026-05-22 2026-05-26"},
    {"14 July", "14118", "28", MODALITE_PRESENTIEL, 2, 5, "2026-07-13 2026-07-15"},
    {"15 August", "14118", "28", MODALITE_PRESENTIEL, 2, 5, "2025-08-14 2025-08-18"},
    {"1 November", "14118", "28", MODALITE_PRESENTIEL, 2, 5, "2027-10-29 2027-11-02"},
    {"11 November", "14118", "28", MODALITE_PRESENTIEL, 2, 5, "2026-11-10 2026-11-12"},
    {"25 December", "14118", "28", MODALITE_PRESENTIEL, 2, 5, "2026-12-24 2026-12-28"},
    {"Good Friday in Moselle", "57463", "44", MODALITE_PRESENTIEL, 2, 5, "2026-04-02 2026-04-07"},
    {"Good Friday in Bas-Rhin", "67482", "44", MODALITE_PRESENTIEL, 2, 5, "2026-04-02 2026-04-07"},
    {"Good Friday in Haut-Rhin", "68224", "44", MODALITE_PRESENTIEL, 2, 5, "2026-04-02 2026-04-07"},
    {"Good Friday elsewhere in the region", "54395", "44", MODALITE_PRESENTIEL, 2, 5, "2026-04-02 2026-04-03"},
    {"26 December in Bas-Rhin", "67482", "44", MODALITE_PRESENTIEL, 2, 5, "2025-12-24 2025-12-29"},
    {"26 December elsewhere", "54395", "44", MODALITE_PRESENTIEL, 2, 5, "2025-12-24 2025-12-26"},
    {"27 May in Guadeloupe", "97105", "01", MODALITE_PRESENTIEL, 2, 5, "2026-05-26 2026-05-28"},
    {"27 May in Martinique", "97209", "02", MODALITE_PRESENTIEL, 2, 5, "2026-05-26 2026-05-27"},
    {"22 May in Martinique", "97209", "02", MODALITE_PRESENTIEL, 2, 5, "2026-05-21 2026-05-26"},
    {"10 June in Guyane", "97302", "03", MODALITE_PRESENTIEL, 2, 5, "2026-06-09 2026-06-11"},
    {"20 December in La Réunion", "97411", "04", MODALITE_PRESENTIEL, 2, 5, "2027-12-17 2027-12-21"},
    {"no more than the national days in Saint-Pierre", "97502", "28", MODALITE_PRESENTIEL, 2, 5,
     "2026-05-26 2026-05-27"},
    {"27 April in Mayotte", "97611", "06", MODALITE_PRESENTIEL, 2, 5, "2026-04-24 2026-04-28"},
    {"9 October in Saint-Barthélemy", "97701", "01", MODALITE_PRESENTIEL, 2, 5, "2026-10-08 2026-10-12"},
    {"28 May in Saint-Martin", "97801", "01", MODALITE_PRESENTIEL, 2, 5, "2026-05-27 2026-05-29"},
    {"distanciel without commune: the region's day", NULL, "01", MODALITE_DISTANCIEL, 2, 5, "2026-05-26 2026-05-28"},
    {"afest without commune: the region's day", NULL, "04", MODALITE_AFEST, 2, 5, "2027-12-17 2027-12-21"},
    {"distanciel without commune: départements that differ", NULL, "44", MODALITE_DISTANCIEL, 2, 5,
     "2026-04-02 2026-04-03"},
    {"distanciel with a commune: its day", "67482", "44", MODALITE_DISTANCIEL, 2, 5, "2026-04-02 2026-04-07"},
};

/* The region of a DayCase: O1 starts on its first day or within four weeks. */
static RegionDraft *day_region(const char *commune, const char *region, const char *days)
{
    RegionDraft *draft = worked_region();
    char first[] = "AAAA-MM-JJ";
    memcpy(first, days, strlen(first));
    draft->model->campagne.region = region;
    draft->model->campagne.date_debut = worked_day("2025-01-01");
    draft->model->campagne.date_fin = worked_day("2029-12-31");
    draft->model->campagne.date_plan = worked_day("2025-01-01");
    if (commune != NULL)
        region_draft_row(draft, communes, ModelCommune, CAEN)->code_insee = commune;
    ModelOffre *offre = region_draft_row(draft, offres, ModelOffre, O1);
    offre->commune = commune != NULL ? CAEN : MODEL_NONE;
    offre->date_debut = worked_day(first);
    offre->date_fin = offre->date_debut + 27;
    ModelBesoin *besoin = region_draft_row(draft, besoins, ModelBesoin, B1);
    besoin->date_debut = CALENDAR_FIRST;
    besoin->date_fin = CALENDAR_LAST;
    return draft;
}

static ModelPlan *day_plan(const Model *model, const char *days)
{
    return worked_plan(model, (const WorkedSession[]){{"O1-1", NULL, days}, {0}},
                       (const WorkedRow[]){{"O1-1", "B1", "M0", 1, 0, 0, 0, 0, 0, 0}, {0}}, NULL);
}

/* The days given are right; the same without the last, or with one moved by a day, are not. */
static void expect_days(const char *name, RegionDraft *draft, const char *days)
{
    g_autoptr(Model) model = region_draft_freeze(draft);
    g_autoptr(ModelPlan) plan = day_plan(model, days);
    ModelPlanSession right = plan->sessions[0], wrong = right;
    int32_t moved[16];
    worked_expect(name, model, plan, NULL);
    plan->sessions = &wrong;
    wrong.jours = moved;
    for (int32_t i = 1; i < right.n_jours; i++)
        for (int32_t by = -1; by <= 1; by += 2) {
            memcpy(moved, right.jours, (size_t)right.n_jours * sizeof *moved);
            moved[i] += by;
            wrong.fin = moved[right.n_jours - 1];
            worked_expect(name, model, plan, "jours de formation");
        }
    memcpy(moved, right.jours, (size_t)right.n_jours * sizeof *moved);
    moved[right.n_jours] = moved[right.n_jours - 1] + 1;
    wrong.fin = right.fin;
    for (int32_t more = -1; more <= 1; more += 2) {
        wrong.n_jours = right.n_jours + more;
        worked_expect(name, model, plan, "jours de formation");
    }
}

static void test_days(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(day_cases); i++) {
        const DayCase *at = &day_cases[i];
        RegionDraft *draft = day_region(at->commune, at->region, at->days);
        region_draft_row(draft, offres, ModelOffre, O1)->modalite = at->modalite;
        ModelFormation *formation = region_draft_row(draft, formations, ModelFormation, F1);
        formation->jours = at->jours;
        formation->jours_par_semaine = at->par_semaine;
        expect_days(at->name, draft, at->days);
    }
}

static void add_closure(RegionDraft *draft, VocabularyObjet objet, int32_t sujet, const char *du, const char *au)
{
    ModelFermeture row = {objet, sujet, worked_day(du), worked_day(au)};
    g_array_append_val(draft->fermetures, row);
}

static void test_closures(void)
{
    static const struct {
        const char *name;
        VocabularyObjet objet;
        int32_t sujet;
        const char *du, *au;
        int32_t jours, par_semaine;
        const char *days;
    } cases[] = {
        {"organisme closed two days", OBJET_ORGANISME, G1, "2026-03-03", "2026-03-04", 3, 5,
         "2026-03-02 2026-03-05 2026-03-06"},
        {"commune closed one day", OBJET_COMMUNE, CAEN, "2026-03-03", "2026-03-03", 2, 5, "2026-03-02 2026-03-04"},
        {"the later week begins after the closure", OBJET_ORGANISME, G1, "2026-03-09", "2026-03-10", 4, 2,
         "2026-03-02 2026-03-03 2026-03-11 2026-03-12"},
        {"a whole week closed", OBJET_COMMUNE, CAEN, "2026-03-09", "2026-03-15", 3, 1,
         "2026-03-02 2026-03-16 2026-03-23"},
        {"closed days take no place among a week's first", OBJET_ORGANISME, G1, "2026-03-03", "2026-03-03", 3, 2,
         "2026-03-02 2026-03-04 2026-03-09"},
        {"another organisme's closure", OBJET_ORGANISME, G2, "2026-03-03", "2026-03-04", 2, 5, "2026-03-02 2026-03-03"},
        {"another commune's closure", OBJET_COMMUNE, LISIEUX, "2026-03-03", "2026-03-04", 2, 5,
         "2026-03-02 2026-03-03"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        RegionDraft *draft = day_region("14118", "28", cases[i].days);
        add_closure(draft, cases[i].objet, cases[i].sujet, cases[i].du, cases[i].au);
        ModelFormation *formation = region_draft_row(draft, formations, ModelFormation, F1);
        formation->jours = cases[i].jours;
        formation->jours_par_semaine = cases[i].par_semaine;
        expect_days(cases[i].name, draft, cases[i].days);
    }
}

/* The organisme closes for good after the first day. */
static void test_no_end(void)
{
    RegionDraft *draft = day_region("14118", "28", "2026-03-02");
    add_closure(draft, OBJET_ORGANISME, G1, "2026-03-03", "2099-12-31");
    g_autoptr(Model) model = region_draft_freeze(draft);
    g_autoptr(ModelPlan) one_day = day_plan(model, "2026-03-02"), two_days = day_plan(model, "2026-03-02 2026-03-03");
    worked_expect("the days that remain", model, one_day, "jours de formation");
    worked_expect("as if it were open", model, two_days, "jours de formation");
}

/* Distanciel with a commune: its closures too. */
static void test_closures_at_a_distance(void)
{
    RegionDraft *draft = day_region("14118", "28", "2026-03-02");
    region_draft_row(draft, offres, ModelOffre, O1)->modalite = MODALITE_DISTANCIEL;
    add_closure(draft, OBJET_COMMUNE, CAEN, "2026-03-03", "2026-03-03");
    expect_days("distanciel, commune closed", draft, "2026-03-02 2026-03-04");
}

typedef struct {
    const char *name;
    const char *offre_debut, *offre_fin, *campagne_debut, *campagne_fin, *date_plan;
    int32_t gel_jours;
    const char *days; /* of the session of O1, two days */
    bool allowed;     /* for a new session; a fixed one may always be there */
} StartCase;

#define YEAR "2026-01-01", "2026-12-31", "2026-01-05", 0

static const StartCase start_cases[] = {
    {"the period's first day", "2026-03-02", "2026-03-31", YEAR, "2026-03-02 2026-03-03", true},
    {"the first day of a later week", "2026-03-02", "2026-03-31", YEAR, "2026-03-09 2026-03-10", true},
    {"a Tuesday after a possible Monday", "2026-03-02", "2026-03-31", YEAR, "2026-03-10 2026-03-11", false},
    {"a Friday", "2026-03-02", "2026-03-31", YEAR, "2026-03-13 2026-03-16", false},
    {"the period begins on a Wednesday", "2026-03-04", "2026-03-31", YEAR, "2026-03-04 2026-03-05", true},
    {"the day after a Wednesday that begins the period", "2026-03-04", "2026-03-31", YEAR, "2026-03-05 2026-03-06",
     false},
    {"the Monday before the period", "2026-03-04", "2026-03-31", YEAR, "2026-03-02 2026-03-03", false},
    {"the period begins on a Saturday", "2026-03-07", "2026-03-31", YEAR, "2026-03-09 2026-03-10", true},
    {"the last day of the window, days after it", "2026-03-02", "2026-03-09", YEAR, "2026-03-09 2026-03-10", true},
    {"a day after the window", "2026-03-02", "2026-03-08", YEAR, "2026-03-09 2026-03-10", false},
    {"Easter Monday gives its place to Tuesday", "2026-03-02", "2026-04-30", YEAR, "2026-04-07 2026-04-08", true},
    {"Wednesday after Easter Tuesday", "2026-03-02", "2026-04-30", YEAR, "2026-04-08 2026-04-09", false},
    {"the campaign's last day", "2026-03-02", "2026-03-31", "2026-01-01", "2026-03-09", "2026-01-05", 0,
     "2026-03-09 2026-03-10", true},
    {"after the campaign", "2026-03-02", "2026-03-31", "2026-01-01", "2026-03-08", "2026-01-05", 0,
     "2026-03-09 2026-03-10", false},
    {"the campaign begins on a Tuesday", "2026-03-02", "2026-03-31", "2026-03-10", "2026-12-31", "2026-01-05", 0,
     "2026-03-10 2026-03-11", true},
    {"before the campaign", "2026-03-02", "2026-03-31", "2026-03-10", "2026-12-31", "2026-01-05", 0,
     "2026-03-09 2026-03-10", false},
    {"the first day after the frozen ones", "2026-03-02", "2026-03-31", "2026-01-01", "2026-12-31", "2026-03-01", 9,
     "2026-03-10 2026-03-11", true},
    {"the last frozen day", "2026-03-02", "2026-03-31", "2026-01-01", "2026-12-31", "2026-03-01", 9,
     "2026-03-09 2026-03-10", false},
    {"no frozen day: the day of the plan itself", "2026-03-02", "2026-03-31", "2026-01-01", "2026-12-31", "2026-03-10",
     0, "2026-03-10 2026-03-11", true},
    {"before the day of the plan", "2026-03-02", "2026-03-31", "2026-01-01", "2026-12-31", "2026-03-10", 0,
     "2026-03-09 2026-03-10", false},
};

static RegionDraft *start_region(const StartCase *at)
{
    RegionDraft *draft = worked_region();
    ModelCampagne *campagne = &draft->model->campagne;
    campagne->date_debut = worked_day(at->campagne_debut);
    campagne->date_fin = worked_day(at->campagne_fin);
    campagne->date_plan = worked_day(at->date_plan);
    campagne->gel_jours = at->gel_jours;
    ModelOffre *offre = region_draft_row(draft, offres, ModelOffre, O1);
    offre->date_debut = worked_day(at->offre_debut);
    offre->date_fin = worked_day(at->offre_fin);
    return draft;
}

static void test_starts(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(start_cases); i++) {
        g_autoptr(Model) model = region_draft_freeze(start_region(&start_cases[i]));
        g_autoptr(ModelPlan) plan = day_plan(model, start_cases[i].days);
        worked_expect(start_cases[i].name, model, plan, start_cases[i].allowed ? NULL : "date de début");
    }
}

static void add_fixed(RegionDraft *draft, int32_t offre, const char *debut)
{
    ModelSessionFixee row = {"X1", offre, worked_day(debut)};
    g_array_append_val(draft->sessions_fixees, row);
}

static ModelPlan *fixed_plan(const Model *model, const char *days)
{
    return worked_plan(model, (const WorkedSession[]){{"X1", "O1", days}, {0}},
                       (const WorkedRow[]){{"X1", "B1", "M0", 1, 0, 0, 0, 0, 0, 0}, {0}}, NULL);
}

static void test_fixed_starts(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(start_cases); i++) {
        RegionDraft *draft = start_region(&start_cases[i]);
        char first[] = "AAAA-MM-JJ";
        memcpy(first, start_cases[i].days, strlen(first));
        add_fixed(draft, O1, first);
        g_autoptr(Model) model = region_draft_freeze(draft);
        g_autoptr(ModelPlan) plan = fixed_plan(model, start_cases[i].days);
        worked_expect(start_cases[i].name, model, plan, NULL);
    }
}

/* Starts on days that are not working days: the training days are those that follow. */
static void test_idle_starts(void)
{
    static const struct {
        const char *name, *debut, *days;
    } cases[] = {
        {"Saturday", "2026-03-07", "2026-03-09 2026-03-10"},
        {"Sunday", "2026-03-08", "2026-03-09 2026-03-10"},
        {"Easter Monday", "2026-04-06", "2026-04-07 2026-04-08"},
        {"organisme closed", "2026-03-16", "2026-03-17 2026-03-18"},
        {"commune closed", "2026-03-23", "2026-03-24 2026-03-25"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        for (int fixed = 0; fixed <= 1; fixed++) {
            RegionDraft *draft = worked_region();
            region_draft_row(draft, offres, ModelOffre, O1)->date_fin = worked_day("2026-04-30");
            add_closure(draft, OBJET_ORGANISME, G1, "2026-03-16", "2026-03-16");
            add_closure(draft, OBJET_COMMUNE, CAEN, "2026-03-23", "2026-03-23");
            if (fixed != 0)
                add_fixed(draft, O1, cases[i].debut);
            g_autoptr(Model) model = region_draft_freeze(draft);
            g_autoptr(ModelPlan) plan = fixed != 0 ? fixed_plan(model, cases[i].days) : day_plan(model, cases[i].days);
            ModelPlanSession session = plan->sessions[0];
            if (fixed == 0) /* its first possible day is right */
                worked_expect(cases[i].name, model, plan, NULL);
            session.debut = worked_day(cases[i].debut);
            plan->sessions = &session;
            worked_expect(cases[i].name, model, plan, "date de début");
        }
}

static void test_date_plan(void)
{
    g_autoptr(Model) model = region_draft_freeze(worked_region());
    g_autoptr(ModelPlan) plan = day_plan(model, "2026-03-02 2026-03-03");
    plan->date_plan++;
    worked_expect("the plan speaks from another day", model, plan, "forme");
    model->campagne.date_plan = MODEL_NONE;
    worked_expect("the campaign leaves the day open", model, plan, NULL);
    plan->date_plan = worked_day("2026-03-03");
    worked_expect("a later day forbids the start", model, plan, "date de début");
    plan->date_plan = MODEL_NONE;
    worked_expect("a plan without a day", model, plan, "forme");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rules/days/training days follow from the start, holidays by département", test_days);
    g_test_add_func("/rules/days/closures of the organisme and of the commune are stepped over", test_closures);
    g_test_add_func("/rules/days/a session that cannot end is told", test_no_end);
    g_test_add_func("/rules/days/a remote session steps over its commune's closures", test_closures_at_a_distance);
    g_test_add_func("/rules/days/a new session starts on the first possible day of a week", test_starts);
    g_test_add_func("/rules/days/a fixed session may start on any working day", test_fixed_starts);
    g_test_add_func("/rules/days/no session starts on a day that is not worked", test_idle_starts);
    g_test_add_func("/rules/days/the plan speaks from the campaign's date_plan", test_date_plan);
    return g_test_run();
}
