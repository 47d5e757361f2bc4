/* Contract section 2, Money: which montage may be chosen, which envelope charged, what a SIAE can bear; points. In
 * worked cases. */
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

#define BESOIN(draft, b) region_draft_row(draft, besoins, ModelBesoin, b)
#define OFFRE(draft, o) region_draft_row(draft, offres, ModelOffre, o)
#define SIAE(draft, s) region_draft_row(draft, siae, ModelSiae, s)
#define FORMATION(draft) region_draft_row(draft, formations, ModelFormation, F1)
#define MONTAGE(draft) region_draft_row(draft, montages, ModelMontage, M1)
#define ENVELOPPE(draft, i) region_draft_row(draft, enveloppes, ModelEnveloppe, i)

#define CHARGES(...) ((const WorkedCharge[]){__VA_ARGS__, {NULL, NULL, NULL, 0}})

/* ---- montages ---- */

static void for_akto(RegionDraft *draft)
{
    MONTAGE(draft)->opco = "AKTO";
}

static void for_ocapiat(RegionDraft *draft)
{
    MONTAGE(draft)->opco = "OCAPIAT";
}

static void no_opco(RegionDraft *draft)
{
    SIAE(draft, S1)->opco = "";
}

static void for_akto_no_opco(RegionDraft *draft)
{
    for_akto(draft);
    no_opco(draft);
}

static void for_aci_ei(RegionDraft *draft)
{
    MONTAGE(draft)->types = 1U << TYPE_ACI | 1U << TYPE_EI;
}

static void for_etti(RegionDraft *draft)
{
    MONTAGE(draft)->types = 1U << TYPE_ETTI;
}

static void for_base(RegionDraft *draft)
{
    MONTAGE(draft)->natures = 1U << NATURE_BASE;
}

static void for_certifiante(RegionDraft *draft)
{
    MONTAGE(draft)->natures = 1U << NATURE_CERTIFIANTE;
}

static void for_parcours(RegionDraft *draft)
{
    MONTAGE(draft)->statuts = 1U << STATUT_PARCOURS;
}

static void for_permanent(RegionDraft *draft)
{
    MONTAGE(draft)->statuts = 1U << STATUT_PERMANENT;
}

static void for_axe(RegionDraft *draft, int32_t axe)
{
    ModelAxe row = {"A2", "", 1};
    g_array_append_val(draft->axes, row);
    MONTAGE(draft)->axes = region_draft_list(draft, &axe, 1);
    MONTAGE(draft)->n_axes = 1;
}

static void for_a1(RegionDraft *draft)
{
    for_axe(draft, 0);
}

static void for_a2(RegionDraft *draft)
{
    for_axe(draft, 1);
}

/* S1 has 10.00 ETP. */
static void from_10(RegionDraft *draft)
{
    MONTAGE(draft)->effectif_min = 1000;
}

static void from_10_01(RegionDraft *draft)
{
    MONTAGE(draft)->effectif_min = 1001;
}

static void to_10(RegionDraft *draft)
{
    MONTAGE(draft)->effectif_max = 1000;
}

static void to_9_99(RegionDraft *draft)
{
    MONTAGE(draft)->effectif_max = 999;
}

static void unknown_from_0(RegionDraft *draft)
{
    MONTAGE(draft)->effectif_min = 0;
    SIAE(draft, S1)->effectif = MODEL_NONE;
}

static void unknown_to_much(RegionDraft *draft)
{
    MONTAGE(draft)->effectif_max = 1000000;
    SIAE(draft, S1)->effectif = MODEL_NONE;
}

static void unknown_unasked(RegionDraft *draft)
{
    SIAE(draft, S1)->effectif = MODEL_NONE;
}

/* M1 gets a financement that pays nothing: its conditions hold all the same, and no envelope is needed. */
static void financed(RegionDraft *draft)
{
    ModelFinancement row = {M1, 1, "PDC", 10000, 0, 0, MODEL_NONE};
    g_array_append_val(draft->financements, row);
}

static void obligation(RegionDraft *draft)
{
    FORMATION(draft)->nature = NATURE_OBLIGATION;
}

static void obligation_financed(RegionDraft *draft)
{
    obligation(draft);
    financed(draft);
}

static void obligation_attested(RegionDraft *draft)
{
    obligation_financed(draft);
    BESOIN(draft, B1)->attestation = true;
}

static void without_qualiopi(RegionDraft *draft)
{
    region_draft_row(draft, organismes, ModelOrganisme, G1)->qualiopi = false;
}

static void without_qualiopi_financed(RegionDraft *draft)
{
    without_qualiopi(draft);
    financed(draft);
}

static void test_montages(void)
{
    const struct {
        const char *name;
        void (*change)(RegionDraft *draft);
        bool holds;
    } cases[] = {
        {"any OPCO", NULL, true},
        {"its OPCO", for_akto, true},
        {"another OPCO", for_ocapiat, false},
        {"any OPCO, the SIAE has none", no_opco, true},
        {"an OPCO, the SIAE has none", for_akto_no_opco, false},
        {"its type among others", for_aci_ei, true},
        {"another type", for_etti, false},
        {"its nature", for_base, true},
        {"another nature", for_certifiante, false},
        {"its statut", for_parcours, true},
        {"another statut", for_permanent, false},
        {"its axe", for_a1, true},
        {"another axe", for_a2, false},
        {"effectif_min met", from_10, true},
        {"a hundredth under effectif_min", from_10_01, false},
        {"effectif_max met", to_10, true},
        {"a hundredth over effectif_max", to_9_99, false},
        {"effectif unknown, effectif_min asked", unknown_from_0, false},
        {"effectif unknown, effectif_max asked", unknown_to_much, false},
        {"effectif unknown, none asked", unknown_unasked, true},
        {"obligation without attestation, the SIAE pays", obligation, true},
        {"obligation without attestation, financed", obligation_financed, false},
        {"obligation with attestation, financed", obligation_attested, true},
        {"no Qualiopi, the SIAE pays", without_qualiopi, true},
        {"no Qualiopi, financed", without_qualiopi_financed, false},
        {"Qualiopi, financed", financed, true},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const WorkedCase one = {cases[i].name, cases[i].change, WORKED_SESSIONS(WEEK_1),
                                WORKED_ROWS({"O1-1", "B1", "M1", 2, 0, 0, 0, 0, 0, 0}),
                                cases[i].holds ? NULL : "montage"};
        worked_try(&one, 1);
    }
}

/* ---- envelopes ---- */

static void add_enveloppe(RegionDraft *draft, const char *code, const char *opco, const char *dispositif, int32_t axe,
                          int64_t montant)
{
    ModelEnveloppe row = {
        code, opco, dispositif, axe, montant, montant, worked_day("2026-01-01"), worked_day("2026-12-31"), MODEL_NONE};
    g_array_append_val(draft->enveloppes, row);
}

/* B2 alone in O1: 100.00, all paid by the PDC of AKTO, which has 60.00 in E1 and 40.00 in E2. E3 is of OCAPIAT, E4 of
 * the FSE+, E5 of the axe A2; each has 100.00. E6 could pay
 * but is empty. */
static void five_envelopes(RegionDraft *draft)
{
    ModelAxe axe = {"A2", "", 1};
    g_array_append_val(draft->axes, axe);
    financed(draft);
    OFFRE(draft, O1)->cout_groupe = 10000;
    add_enveloppe(draft, "E1", "AKTO", "PDC", MODEL_NONE, 6000);
    add_enveloppe(draft, "E2", "AKTO", "PDC", A1, 4000);
    add_enveloppe(draft, "E3", "OCAPIAT", "PDC", MODEL_NONE, 10000);
    add_enveloppe(draft, "E4", "AKTO", "FSE+", MODEL_NONE, 10000);
    add_enveloppe(draft, "E5", "AKTO", "PDC", 1, 10000);
    add_enveloppe(draft, "E6", "AKTO", "PDC", MODEL_NONE, 0);
}

static void a_cent_short(RegionDraft *draft)
{
    five_envelopes(draft);
    ENVELOPPE(draft, 0)->montant--;
}

static void hardly_certain(RegionDraft *draft)
{
    five_envelopes(draft);
    ENVELOPPE(draft, 0)->montant_acquis = 0;
}

static void bounds(RegionDraft *draft, const char *debut_min, const char *debut_max, const char *fin_max)
{
    five_envelopes(draft);
    ENVELOPPE(draft, 0)->debut_min = worked_day(debut_min);
    ENVELOPPE(draft, 0)->debut_max = worked_day(debut_max);
    ENVELOPPE(draft, 0)->fin_max = worked_day(fin_max);
}

/* The session is on 2 and 3 March. */
static void just_holds_it(RegionDraft *draft)
{
    bounds(draft, "2026-03-02", "2026-03-02", "2026-03-03");
}

static void begins_late(RegionDraft *draft)
{
    bounds(draft, "2026-03-03", "2026-12-31", "2026-12-31");
}

static void ends_early(RegionDraft *draft)
{
    bounds(draft, "2026-01-01", "2026-03-01", "2026-12-31");
}

static void over_early(RegionDraft *draft)
{
    bounds(draft, "2026-01-01", "2026-12-31", "2026-03-02");
}

static void test_envelopes(void)
{
    const struct {
        const char *name;
        void (*change)(RegionDraft *draft);
        const WorkedCharge *charges;
        const char *rule;
    } cases[] = {
        {"split over two, to the last cent", five_envelopes,
         CHARGES({"O1-1", "B2", "E1", 6000}, {"O1-1", "B2", "E2", 4000}), NULL},
        {"the limit is montant, not montant_acquis", hardly_certain,
         CHARGES({"O1-1", "B2", "E1", 6000}, {"O1-1", "B2", "E2", 4000}), NULL},
        {"overdrawn by a cent", a_cent_short, CHARGES({"O1-1", "B2", "E1", 6000}, {"O1-1", "B2", "E2", 4000}),
         "enveloppes"},
        {"overdrawn, the other half used", five_envelopes,
         CHARGES({"O1-1", "B2", "E1", 6001}, {"O1-1", "B2", "E2", 3999}), "enveloppes"},
        {"not charged", five_envelopes, NULL, "charges"},
        {"a cent charged too much", five_envelopes, CHARGES({"O1-1", "B2", "E1", 6000}, {"O1-1", "B2", "E2", 3999}),
         "charges"},
        {"another OPCO's envelope", five_envelopes, CHARGES({"O1-1", "B2", "E3", 10000}), "charges"},
        {"another dispositif's envelope", five_envelopes, CHARGES({"O1-1", "B2", "E4", 10000}), "charges"},
        {"another axe's envelope", five_envelopes, CHARGES({"O1-1", "B2", "E5", 10000}), "charges"},
        {"charged to a need that is not there", five_envelopes,
         CHARGES({"O1-1", "B1", "E1", 6000}, {"O1-1", "B2", "E2", 4000}), "charges"},
        {"nothing charged, on a row of its own", five_envelopes,
         CHARGES({"O1-1", "B2", "E1", 6000}, {"O1-1", "B2", "E2", 4000}, {"O1-1", "B2", "E6", 0}), "charges"},
        {"bounds are the session's own days", just_holds_it,
         CHARGES({"O1-1", "B2", "E1", 6000}, {"O1-1", "B2", "E2", 4000}), NULL},
        {"starts before debut_min", begins_late, CHARGES({"O1-1", "B2", "E1", 6000}, {"O1-1", "B2", "E2", 4000}),
         "charges"},
        {"starts after debut_max", ends_early, CHARGES({"O1-1", "B2", "E1", 6000}, {"O1-1", "B2", "E2", 4000}),
         "charges"},
        {"ends after fin_max", over_early, CHARGES({"O1-1", "B2", "E1", 6000}, {"O1-1", "B2", "E2", 4000}), "charges"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        RegionDraft *draft = worked_region();
        cases[i].change(draft);
        g_autoptr(Model) model = region_draft_freeze(draft);
        g_autoptr(ModelPlan) plan =
            worked_plan(model, WORKED_SESSIONS(WEEK_1), WORKED_ROWS({"O1-1", "B2", "M1", 1, 0, 10000, 0, 0, 10000, 0}),
                        cases[i].charges);
        worked_expect(cases[i].name, model, plan, cases[i].rule);
    }
}

/* ---- reste à charge ---- */

/* B1's two learners cost S1 100.00 each, in one session or in two. */
static void each_costs_100(RegionDraft *draft)
{
    OFFRE(draft, O1)->cout_stagiaire = 10000;
}

static void bears_200(RegionDraft *draft)
{
    each_costs_100(draft);
    SIAE(draft, S1)->reste_a_charge_max = 20000;
}

static void bears_199_99(RegionDraft *draft)
{
    each_costs_100(draft);
    SIAE(draft, S1)->reste_a_charge_max = 19999;
}

static void bears_nothing(RegionDraft *draft)
{
    SIAE(draft, S1)->reste_a_charge_max = 0;
}

static void s2_bears_nothing(RegionDraft *draft)
{
    each_costs_100(draft);
    SIAE(draft, S2)->siret = SIAE(draft, S1)->siret;
    SIAE(draft, S2)->reste_a_charge_max = 0;
}

static void test_reste(void)
{
    const WorkedCase cases[] = {
        {"no limit", each_costs_100, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS({"O1-1", "B1", "M0", 2, 0, 20000, 0, 0, 0, 20000}), NULL},
        {"at its limit", bears_200, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS({"O1-1", "B1", "M0", 2, 0, 20000, 0, 0, 0, 20000}), NULL},
        {"a cent over", bears_199_99, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS({"O1-1", "B1", "M0", 2, 0, 20000, 0, 0, 0, 20000}), "reste à charge"},
        {"a cent over, in two sessions", bears_199_99, WORKED_SESSIONS(WEEK_1, WEEK_2),
         WORKED_ROWS({"O1-1", "B1", "M0", 1, 0, 10000, 0, 0, 0, 10000},
                     {"O1-2", "B1", "M0", 1, 0, 10000, 0, 0, 0, 10000}),
         "reste à charge"},
        {"nothing to bear, nothing borne", bears_nothing, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS({"O1-1", "B1", "M0", 2, 0, 0, 0, 0, 0, 0}), NULL},
        {"the limit is another SIAE's of one SIRET", s2_bears_nothing, WORKED_SESSIONS(WEEK_1),
         WORKED_ROWS({"O1-1", "B1", "M0", 2, 0, 20000, 0, 0, 0, 20000}), NULL},
    };
    worked_try(cases, G_N_ELEMENTS(cases));
}

/* ---- points ---- */

typedef struct {
    VocabularyCritere critere;
    const char *valeur;
    int32_t points;
} Worth;

/* B1 of S1 (ACI) of priority 1 for F1 (base, logistique) under A1, of the publics RSA and TH, from Caen, whose zone is
 * "côte": what one of its learners is worth. */
static const struct {
    const char *name;
    Worth rows[4];
    int64_t points;
} worths[] = {
    {"its priority", {{CRITERE_PRIORITE, "1", 100}, {CRITERE_PRIORITE, "2", 50}}, 100},
    {"each of its publics", {{CRITERE_PUBLIC, "RSA", 10}, {CRITERE_PUBLIC, "TH", 3}, {CRITERE_PUBLIC, "QPV", 70}}, 13},
    {"its course's nature", {{CRITERE_NATURE, "base", 5}, {CRITERE_NATURE, "certifiante", 9}}, 5},
    {"its course's filiere", {{CRITERE_FILIERE, "logistique", 6}, {CRITERE_FILIERE, "propreté", 9}}, 6},
    {"its course", {{CRITERE_FORMATION, "F1", 7}, {CRITERE_FORMATION, "F2", 9}}, 7},
    {"its axe", {{CRITERE_AXE, "A1", 8}, {CRITERE_AXE, "A2", 9}}, 8},
    {"its commune's zone", {{CRITERE_ZONE, "côte", 11}, {CRITERE_ZONE, "île", 9}}, 11},
    {"its SIAE's type", {{CRITERE_TYPE, "ACI", 12}, {CRITERE_TYPE, "EI", 9}}, 12},
    {"rows of one value add up", {{CRITERE_TYPE, "ACI", 12}, {CRITERE_TYPE, "ACI", 1}}, 13},
    {"rows of several criteria add up",
     {{CRITERE_PRIORITE, "1", 100}, {CRITERE_AXE, "A1", 8}, {CRITERE_TYPE, "ACI", 1}},
     109},
    {"values compare as exact text",
     {{CRITERE_PRIORITE, "01", 100}, {CRITERE_AXE, "a1", 8}, {CRITERE_PUBLIC, "R", 1}},
     0},
    {"a value of another criterion", {{CRITERE_FILIERE, "F1", 100}, {CRITERE_FORMATION, "A1", 8}}, 0},
    {"nothing matches: 0 points, served all the same", {{CRITERE_PRIORITE, "4", 100}}, 0},
    {"an empty priorites.csv", {{CRITERE_N, NULL, 0}}, 0},
};

static void test_points(void)
{
    static const char *const publics[] = {"RSA", "TH"};
    for (size_t i = 0; i < G_N_ELEMENTS(worths); i++) {
        RegionDraft *draft = worked_region();
        draft->model->has_priorites = true;
        FORMATION(draft)->filiere = "logistique";
        BESOIN(draft, B1)->publics = region_draft_words(draft, publics, 2);
        region_draft_row(draft, communes, ModelCommune, CAEN)->zone = "côte";
        for (const Worth *row = worths[i].rows; row < worths[i].rows + 4 && row->valeur != NULL; row++) {
            ModelPriorite priorite = {row->critere, row->valeur, row->points};
            g_array_append_val(draft->priorites, priorite);
        }
        g_autoptr(Model) model = region_draft_freeze(draft);
        g_autoptr(ModelPlan) plan =
            worked_plan(model, WORKED_SESSIONS(WEEK_1), WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0)), NULL);
        plan->bilan.points_borne = 1000;
        for (int64_t off = -1; off <= 1; off++) {
            plan->bilan.points = 2 * worths[i].points + off;
            worked_expect(worths[i].name, model, plan, off == 0 ? NULL : "bilan");
        }
    }
    /* without the file: 8, 4, 2, 1 */
    g_autoptr(Model) model = region_draft_freeze(worked_region());
    g_autoptr(ModelPlan) plan =
        worked_plan(model, WORKED_SESSIONS(WEEK_1, {"O2-1", NULL, "2026-03-02"}),
                    WORKED_ROWS(WORKED_FREE("O1-1", "B1", 2, 0), WORKED_FREE("O1-1", "B2", 1, 0),
                                WORKED_FREE("O1-1", "B3", 1, 0), WORKED_FREE("O2-1", "B4", 1, 0)),
                    NULL);
    plan->bilan.points = plan->bilan.points_borne = 2 * 8 + 4 + 2 + 1;
    worked_expect("without priorites.csv", model, plan, NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rules/money/a montage is chosen among those whose conditions hold", test_montages);
    g_test_add_func("/rules/money/what is paid is charged to envelopes that may bear it", test_envelopes);
    g_test_add_func("/rules/money/a SIAE bears no more than it can", test_reste);
    g_test_add_func("/rules/points/a learner is worth what priorites.csv says", test_points);
    return g_test_run();
}
