/* Contract section 2, Money: every clause in worked cases, amounts in cents computed by hand. */
#include "tests/lib/worked.h"

#include <string.h>

/* Two days of 14 h in Caen. */
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
#define FRAIS(draft) region_draft_row(draft, frais, ModelFrais, 0)
#define FORMATION(draft) region_draft_row(draft, formations, ModelFormation, F1)
#define MONTAGE(draft) region_draft_row(draft, montages, ModelMontage, M1)
#define PAYS(draft, i) region_draft_row(draft, financements, ModelFinancement, i)
#define ENVELOPPE(draft, i) region_draft_row(draft, enveloppes, ModelEnveloppe, i)

#define CHARGES(...) ((const WorkedCharge[]){__VA_ARGS__, {NULL, NULL, NULL, 0}})

typedef struct {
    const char *name;
    void (*change)(RegionDraft *draft);
    const WorkedRow *rows; /* in O1-1 */
    const WorkedCharge *charges;
} MoneyCase;

static int64_t *amount(ModelPlanAffectation *row, int field)
{
    int64_t *const fields[] = {&row->cout_pedagogique, &row->cout_annexe, &row->remuneration, &row->finance,
                               &row->reste_a_charge};
    return fields[field];
}

/* The amounts given are right, each of them a cent more or less is not; every charge is due to the cent. */
static void expect_amounts(const MoneyCase *at)
{
    RegionDraft *draft = worked_region();
    at->change(draft);
    g_autoptr(Model) model = region_draft_freeze(draft);
    g_autoptr(ModelPlan) plan = worked_plan(model, WORKED_SESSIONS(WEEK_1), at->rows, at->charges);
    const ModelPlanAffectation *right = plan->affectations;
    const ModelPlanCharge *due = plan->charges;
    worked_expect(at->name, model, plan, NULL);
    ModelPlanAffectation wrong[4];
    for (int32_t i = 0; i < plan->n_affectations; i++)
        for (int field = 0; field < 5; field++)
            for (int off = -1; off <= 1; off += 2) {
                memcpy(wrong, right, (size_t)plan->n_affectations * sizeof *right);
                *amount(&wrong[i], field) += off;
                plan->affectations = wrong;
                worked_expect(at->name, model, plan, "montants");
            }
    plan->affectations = right;
    ModelPlanCharge charged[4];
    for (int32_t i = 0; i < plan->n_charges; i++) {
        memcpy(charged, due, (size_t)plan->n_charges * sizeof *due);
        charged[i].montant--;
        plan->charges = charged;
        worked_expect(at->name, model, plan, "charges");
    }
    plan->charges = due;
    if (plan->n_charges > 0) {
        plan->n_charges--;
        worked_expect(at->name, model, plan, "charges");
    }
}

static void expect_all(const MoneyCase *cases, size_t n)
{
    for (size_t i = 0; i < n; i++)
        expect_amounts(&cases[i]);
}

/* ---- pedagogy ---- */

static void price(RegionDraft *draft, int64_t groupe, int64_t stagiaire)
{
    OFFRE(draft, O1)->cout_groupe = groupe;
    OFFRE(draft, O1)->cout_stagiaire = stagiaire;
}

static void price_130(RegionDraft *draft)
{
    price(draft, 10000, 1000);
}

static void price_130_01(RegionDraft *draft)
{
    price(draft, 10001, 1000);
}

static void price_100_03(RegionDraft *draft)
{
    price(draft, 10003, 0);
}

static void price_by_head(RegionDraft *draft)
{
    price(draft, 0, 1001);
}

static void test_pedagogy(void)
{
    const MoneyCase cases[] = {
        /* 100 + 3 x 10 = 130.00 = 3 x 43.33 + 0.01 */
        {"one odd cent goes to the first reference", price_130,
         WORKED_ROWS({"O1-1", "B1", "M0", 2, 0, 8667, 0, 0, 0, 8667}, {"O1-1", "B2", "M0", 1, 0, 4333, 0, 0, 0, 4333}),
         NULL},
        /* 130.01 = 3 x 43.33 + 0.02 */
        {"two odd cents go to the first two learners", price_130_01,
         WORKED_ROWS({"O1-1", "B1", "M0", 2, 0, 8668, 0, 0, 0, 8668}, {"O1-1", "B2", "M0", 1, 0, 4333, 0, 0, 0, 4333}),
         NULL},
        /* 100.03 = 4 x 25.00 + 0.03 */
        {"three odd cents among three needs", price_100_03,
         WORKED_ROWS({"O1-1", "B1", "M0", 2, 0, 5002, 0, 0, 0, 5002}, {"O1-1", "B2", "M0", 1, 0, 2501, 0, 0, 0, 2501},
                     {"O1-1", "B3", "M0", 1, 0, 2500, 0, 0, 0, 2500}),
         NULL},
        /* 100.03 = 2 x 50.01 + 0.01 */
        {"within a need the first montage pays the odd cent", price_100_03,
         WORKED_ROWS({"O1-1", "B1", "M0", 1, 0, 5002, 0, 0, 0, 5002}, {"O1-1", "B1", "M1", 1, 0, 5001, 0, 0, 0, 5001}),
         NULL},
        {"a price by head leaves no odd cent", price_by_head,
         WORKED_ROWS({"O1-1", "B1", "M0", 2, 0, 2002, 0, 0, 0, 2002}, {"O1-1", "B3", "M0", 1, 0, 1001, 0, 0, 0, 1001}),
         NULL},
        {"one learner pays all", price_130, WORKED_ROWS({"O1-1", "B2", "M0", 1, 0, 11000, 0, 0, 0, 11000}), NULL},
    };
    expect_all(cases, G_N_ELEMENTS(cases));
}

/* ---- ancillary costs ---- */

/* B1 leaves from Lisieux, km tenths away, with a ticket; no nights yet: 5.00 a day. */
static void travel(RegionDraft *draft, int32_t km, int32_t bareme_km, int64_t ticket)
{
    ModelTrajet row = {LISIEUX, CAEN, km, ticket};
    g_array_append_val(draft->trajets, row);
    BESOIN(draft, B1)->commune = LISIEUX;
    *FRAIS(draft) = (ModelFrais){
        .opco = "", .bareme_km = bareme_km, .forfait_jour = 500, .forfait_nuit = 6000, .nuit_km = MODEL_NONE};
}

static void every_day(RegionDraft *draft)
{
    travel(draft, 200, 3200, 0);
}

static void half_a_cent(RegionDraft *draft)
{
    travel(draft, 5, 2525, 0);
}

static void under_half_a_cent(RegionDraft *draft)
{
    travel(draft, 5, 2524, 0);
}

static void nights(RegionDraft *draft)
{
    every_day(draft);
    FRAIS(draft)->nuit_km = 199;
}

static void just_no_nights(RegionDraft *draft)
{
    every_day(draft);
    FRAIS(draft)->nuit_km = 200;
}

static void ticket(RegionDraft *draft)
{
    travel(draft, 200, 3200, 1250);
}

static void ticket_and_nights(RegionDraft *draft)
{
    ticket(draft);
    FRAIS(draft)->nuit_km = 199;
}

static void nights_for_one_day(RegionDraft *draft)
{
    nights(draft);
    FORMATION(draft)->jours = 1;
}

static void at_a_distance(RegionDraft *draft)
{
    ticket(draft);
    OFFRE(draft, O1)->modalite = MODALITE_DISTANCIEL;
}

static void at_work(RegionDraft *draft)
{
    ticket(draft);
    OFFRE(draft, O1)->modalite = MODALITE_AFEST;
}

static void akto_pays_more(RegionDraft *draft)
{
    ModelFrais row = {.opco = "AKTO", .forfait_jour = 1500, .nuit_km = MODEL_NONE};
    FRAIS(draft)->forfait_jour = 700;
    g_array_append_val(draft->frais, row);
}

static void s1_without_opco(RegionDraft *draft)
{
    akto_pays_more(draft);
    region_draft_row(draft, siae, ModelSiae, S1)->opco = "";
}

static void test_ancillary(void)
{
    const MoneyCase cases[] = {
        /* 2 x 20.0 x 2 x 0.32 + 2 x 5.00 */
        {"there and back every day", every_day, WORKED_ROWS({"O1-1", "B1", "M0", 1, 200, 0, 3560, 0, 0, 3560}), NULL},
        /* 2 x 0.5 x 2 x 0.2525 = 0.505, half up 0.51; twice, each rounded */
        {"half a cent goes up, for each learner", half_a_cent,
         WORKED_ROWS({"O1-1", "B1", "M0", 2, 5, 0, 2102, 0, 0, 2102}), NULL},
        /* 2 x 0.5 x 2 x 0.2524 = 0.5048 */
        {"less than half a cent goes down", under_half_a_cent,
         WORKED_ROWS({"O1-1", "B1", "M0", 2, 5, 0, 2100, 0, 0, 2100}), NULL},
        /* 2 x 20.0 x 0.32 + (2 - 1) x 60.00 + 2 x 5.00 */
        {"beyond nuit_km: one journey, a night less than days", nights,
         WORKED_ROWS({"O1-1", "B1", "M0", 1, 200, 0, 8280, 0, 0, 8280}), NULL},
        {"at nuit_km itself: every day", just_no_nights, WORKED_ROWS({"O1-1", "B1", "M0", 1, 200, 0, 3560, 0, 0, 3560}),
         NULL},
        /* 25.60 + 2 x 12.50 + 10.00 */
        {"a ticket every day", ticket, WORKED_ROWS({"O1-1", "B1", "M0", 1, 200, 0, 6060, 0, 0, 6060}), NULL},
        /* 12.80 + 60.00 + 12.50 + 10.00 */
        {"one ticket with nights", ticket_and_nights, WORKED_ROWS({"O1-1", "B1", "M0", 1, 200, 0, 9530, 0, 0, 9530}),
         NULL},
        {"distanciel: nothing", at_a_distance, WORKED_ROWS({"O1-1", "B1", "M0", 1, 0, 0, 0, 0, 0, 0}), NULL},
        {"afest: days only", at_work, WORKED_ROWS({"O1-1", "B1", "M0", 1, 0, 0, 1000, 0, 0, 1000}), NULL},
        {"the row of the SIAE's OPCO, else of every other", akto_pays_more,
         WORKED_ROWS({"O1-1", "B1", "M0", 1, 0, 0, 3000, 0, 0, 3000}, {"O1-1", "B2", "M1", 1, 0, 0, 3000, 0, 0, 3000},
                     {"O1-1", "B3", "M0", 1, 0, 0, 1400, 0, 0, 1400}),
         NULL},
        {"no OPCO: the row of every other", s1_without_opco,
         WORKED_ROWS({"O1-1", "B1", "M0", 1, 0, 0, 1400, 0, 0, 1400}), NULL},
    };
    expect_all(cases, G_N_ELEMENTS(cases));
    RegionDraft *bare = worked_region();
    g_array_set_size(bare->frais, 0);
    g_autoptr(Model) without_frais = region_draft_freeze(bare);
    g_autoptr(ModelPlan) unpriced =
        worked_plan(without_frais, WORKED_SESSIONS(WEEK_1), WORKED_ROWS(WORKED_FREE("O1-1", "B1", 1, 0)), NULL);
    worked_expect("no row of frais.csv at all", without_frais, unpriced, "montants");
    /* one day, no night: 12.80 + 5.00 */
    RegionDraft *draft = worked_region();
    nights_for_one_day(draft);
    g_autoptr(Model) model = region_draft_freeze(draft);
    g_autoptr(ModelPlan) plan = worked_plan(model, WORKED_SESSIONS({"O1-1", NULL, "2026-03-02"}),
                                            WORKED_ROWS({"O1-1", "B1", "M0", 1, 200, 0, 1780, 0, 0, 1780}), NULL);
    worked_expect("one day, no night", model, plan, NULL);
}

/* ---- financements ---- */

static void add_financement(RegionDraft *draft, int32_t rang, const char *dispositif, int32_t pedagogie,
                            int32_t annexes, int32_t salaire)
{
    ModelFinancement row = {M1, rang, dispositif, pedagogie, annexes, salaire, MODEL_NONE};
    g_array_append_val(draft->financements, row);
}

static void add_enveloppe(RegionDraft *draft, const char *code, const char *opco, const char *dispositif,
                          int64_t montant)
{
    ModelEnveloppe row = {
        code,      opco, dispositif, MODEL_NONE, montant, montant, worked_day("2026-01-01"), worked_day("2026-12-31"),
        MODEL_NONE};
    g_array_append_val(draft->enveloppes, row);
}

/* M1: the PDC pays a part; E1 of AKTO has 10,000 euros of it. */
static void pdc(RegionDraft *draft, int32_t pedagogie, int32_t annexes, int32_t salaire)
{
    add_financement(draft, 1, "PDC", pedagogie, annexes, salaire);
    add_enveloppe(draft, "E1", "AKTO", "PDC", 1000000);
}

static void half_of_130(RegionDraft *draft)
{
    price_130(draft);
    pdc(draft, 5000, 0, 0);
}

static void ceiling_28(RegionDraft *draft)
{
    half_of_130(draft);
    PAYS(draft, 0)->plafond_horaire = 200;
}

static void ceiling_above(RegionDraft *draft)
{
    half_of_130(draft);
    PAYS(draft, 0)->plafond_horaire = 310;
}

static void ceiling_10_005(RegionDraft *draft)
{
    half_of_130(draft);
    FORMATION(draft)->heures = 50;
    PAYS(draft, 0)->plafond_horaire = 2001;
}

static void two_pay(RegionDraft *draft)
{
    price(draft, 10000, 0);
    add_financement(draft, 7, "FSE+", 6000, 0, 0); /* after the PDC, whatever the order of rows */
    pdc(draft, 7000, 0, 0);
    add_enveloppe(draft, "E2", "AKTO", "FSE+", 1000000);
}

static void two_pay_ceilings(RegionDraft *draft)
{
    two_pay(draft);
    PAYS(draft, 0)->plafond_horaire = 100;
    PAYS(draft, 1)->plafond_horaire = 500;
}

static void annexes_half(RegionDraft *draft)
{
    every_day(draft);
    pdc(draft, 0, 5000, 0);
}

/* A = 2 x 0.5 x 2 x 0.0025 + 2 x 5.00 = 10.005, half up 10.01 */
static void annexes_twice_60(RegionDraft *draft)
{
    travel(draft, 5, 25, 0);
    pdc(draft, 0, 6000, 0);
    add_financement(draft, 2, "FSE+", 0, 6000, 0);
    add_enveloppe(draft, "E2", "AKTO", "FSE+", 1000000);
}

static void wage(RegionDraft *draft, int32_t heures, int64_t horaire, int32_t taux)
{
    pdc(draft, 0, 0, taux);
    FORMATION(draft)->heures = heures;
    MONTAGE(draft)->salaire_horaire = horaire;
}

static void wage_half(RegionDraft *draft)
{
    wage(draft, 1400, 1200, 5000);
}

static void wage_half_a_cent(RegionDraft *draft)
{
    wage(draft, 50, 1301, 10000);
}

static void wage_unpaid(RegionDraft *draft)
{
    wage(draft, 1400, 1200, 0);
}

static void wage_twice_60(RegionDraft *draft)
{
    wage(draft, 1400, 1200, 6000);
    add_financement(draft, 2, "PDC", 0, 0, 6000);
}

static void everything(RegionDraft *draft)
{
    every_day(draft);
    price(draft, 10000, 1000);
    pdc(draft, 5000, 10000, 5000);
    MONTAGE(draft)->salaire_horaire = 1200;
}

static void pays_nothing(RegionDraft *draft)
{
    price_130(draft);
    add_financement(draft, 1, "PDC", 0, 10000, 10000);
}

static void test_financements(void)
{
    const MoneyCase cases[] = {
        /* shares 43.34 43.33 43.33; half: 21.67, 21.665 up to 21.67 */
        {"half of each share, half up", half_of_130,
         WORKED_ROWS({"O1-1", "B1", "M1", 2, 0, 8667, 0, 0, 4334, 4333},
                     {"O1-1", "B2", "M1", 1, 0, 4333, 0, 0, 2167, 2166}),
         CHARGES({"O1-1", "B1", "E1", 4334}, {"O1-1", "B2", "E1", 2167})},
        /* 50 % x min(43.34, 2.00 x 14 h = 28.00) */
        {"the hourly ceiling", ceiling_28,
         WORKED_ROWS({"O1-1", "B1", "M1", 2, 0, 8667, 0, 0, 2800, 5867},
                     {"O1-1", "B2", "M1", 1, 0, 4333, 0, 0, 1400, 2933}),
         CHARGES({"O1-1", "B1", "E1", 2800}, {"O1-1", "B2", "E1", 1400})},
        /* 3.10 x 14 h = 43.40 */
        {"a ceiling above the share", ceiling_above,
         WORKED_ROWS({"O1-1", "B1", "M1", 2, 0, 8667, 0, 0, 4334, 4333},
                     {"O1-1", "B2", "M1", 1, 0, 4333, 0, 0, 2167, 2166}),
         CHARGES({"O1-1", "B1", "E1", 4334}, {"O1-1", "B2", "E1", 2167})},
        /* 20.01 x 0.5 h = 10.005, not rounded: half is 5.0025, so 5.00 (a rounded 10.01 would give 5.01) */
        {"ceiling x hours is not rounded", ceiling_10_005,
         WORKED_ROWS({"O1-1", "B2", "M1", 1, 0, 11000, 0, 0, 500, 10500}), CHARGES({"O1-1", "B2", "E1", 500})},
        /* 70 % of 100.00, then what is left: 30.00, less than 60 % */
        {"in order of rang, of what is left", two_pay, WORKED_ROWS({"O1-1", "B2", "M1", 1, 0, 10000, 0, 0, 10000, 0}),
         CHARGES({"O1-1", "B2", "E1", 7000}, {"O1-1", "B2", "E2", 3000})},
        /* FSE+, second: 60 % x min(100.00, 14.00) = 8.40; PDC, first: 70 % x min(100.00, 70.00) = 49.00 */
        {"each has its own ceiling, on the whole share", two_pay_ceilings,
         WORKED_ROWS({"O1-1", "B2", "M1", 1, 0, 10000, 0, 0, 5740, 4260}),
         CHARGES({"O1-1", "B2", "E1", 4900}, {"O1-1", "B2", "E2", 840})},
        /* 50 % of 35.60 */
        {"half of the ancillary cost", annexes_half, WORKED_ROWS({"O1-1", "B1", "M1", 1, 200, 0, 3560, 0, 1780, 1780}),
         CHARGES({"O1-1", "B1", "E1", 1780})},
        /* 60 % of 10.01 = 6.006, so 6.01; then what is left: 4.00 */
        {"never more than is left of it", annexes_twice_60,
         WORKED_ROWS({"O1-1", "B1", "M1", 1, 5, 0, 1001, 0, 1001, 0}),
         CHARGES({"O1-1", "B1", "E1", 601}, {"O1-1", "B1", "E2", 400})},
        /* 50 % of 14 h x 12.00 = 168.00; the other half is no reste à charge */
        {"half of the wage, the rest is no one's cost", wage_half,
         WORKED_ROWS({"O1-1", "B2", "M1", 1, 0, 0, 0, 8400, 8400, 0}), CHARGES({"O1-1", "B2", "E1", 8400})},
        /* 0.5 h x 13.01 = 6.505 */
        {"the wage is rounded half up", wage_half_a_cent, WORKED_ROWS({"O1-1", "B2", "M1", 1, 0, 0, 0, 651, 651, 0}),
         CHARGES({"O1-1", "B2", "E1", 651})},
        {"a wage that is not paid back", wage_unpaid, WORKED_ROWS({"O1-1", "B2", "M1", 1, 0, 0, 0, 0, 0, 0}), NULL},
        /* 60 % of 168.00 = 100.80, then what is left: 67.20 */
        {"never more than the wage", wage_twice_60, WORKED_ROWS({"O1-1", "B2", "M1", 1, 0, 0, 0, 16800, 16800, 0}),
         CHARGES({"O1-1", "B2", "E1", 16800})},
        /* share 110.00 A 35.60 W 168.00: 55.00 + 35.60 + 84.00 = 174.60 */
        {"pedagogy + annexe + remuneration = finance + reste", everything,
         WORKED_ROWS({"O1-1", "B1", "M1", 1, 200, 11000, 3560, 8400, 17460, 5500}),
         CHARGES({"O1-1", "B1", "E1", 17460})},
        {"a dispositif that pays 0.00 needs no envelope", pays_nothing,
         WORKED_ROWS({"O1-1", "B1", "M1", 2, 0, 8667, 0, 0, 0, 8667}, {"O1-1", "B2", "M1", 1, 0, 4333, 0, 0, 0, 4333}),
         NULL},
    };
    expect_all(cases, G_N_ELEMENTS(cases));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rules/money/the price of a session is shared to the cent", test_pedagogy);
    g_test_add_func("/rules/money/journeys, nights, tickets and days", test_ancillary);
    g_test_add_func("/rules/money/each financement pays its part of what is left", test_financements);
    return g_test_run();
}
