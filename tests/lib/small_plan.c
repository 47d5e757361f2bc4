/* A small campaign and its plan, every amount worked out by hand: see small_plan.h. */
#include "tests/lib/small_plan.h"

#include "config/calendar.h"

/* Puts rows, an array, into the table of a Model or ModelPlan. */
#define TABLE(owner, own, table, rows)                                                                                 \
    do {                                                                                                               \
        (owner)->table = own((owner), g_memdup2((rows), sizeof(rows)));                                                \
        (owner)->n_##table = (int32_t)G_N_ELEMENTS(rows);                                                              \
    } while (0)

static int32_t day(int month, int date)
{
    return calendar_day(2027, month, date);
}

static void structures(Model *model)
{
    const ModelCommune communes[] = {{"97101", "Les Abymes", 16.27, -61.50, ""},
                                     {"97105", "Basse-Terre", 15.99, -61.73, ""},
                                     {"97113", "Le Gosier", 16.20, -61.49, ""}};
    const ModelSiae siae[] = {
        {"S1", "30000000000012", "Jardins d’Abymes", TYPE_ACI, "OPCO Un", 0, 2500, MODEL_NONE, MODEL_NONE, ""},
        {"S2", "30000000000020", "Intérim Gosier", TYPE_ETTI, "OPCO Deux & Cie", 2, 4000, 3, 100000, ""},
        {"S3", "30000000000038", "Atelier Basse-Terre", TYPE_EI, "", 1, MODEL_NONE, MODEL_NONE, MODEL_NONE, ""},
        {"S4", "30000000000046", "Services du Sud", TYPE_AI, "OPCO Un", 1, 800, MODEL_NONE, MODEL_NONE, ""}};
    const ModelOrganisme organismes[] = {{"40000000000010", "95970000000", "Formation Caraïbes", true, MODEL_NONE}};
    const ModelFormation formations[] = {
        {"FLE", "Français à visée professionnelle", "Langues", "", NATURE_BASE, 3500, 5, 2, 2, 12, "", "15235"},
        {"SST", "Sauveteur secouriste du travail", "Sécurité", "Transversal", NATURE_CERTIFIANTE, 1400, 2, 5, 4, 10,
         "RS715", "42829"}};
    TABLE(model, model_own, communes, communes);
    TABLE(model, model_own, siae, siae);
    TABLE(model, model_own, organismes, organismes);
    TABLE(model, model_own, formations, formations);
}

static void money(Model *model)
{
    const ModelFrais frais[] = {{"", 3200, 1900, 0, MODEL_NONE}};
    const ModelAxe axes[] = {{"A1", "Compétences de base", 1}, {"A2", "Métiers en tension", 2}};
    const ModelMontage montages[] = {
        {"M-DEUX", "OPCO Deux & Cie", 0, 0, 0, MODEL_NONE, MODEL_NONE, NULL, 0, 0},
        {"M-SIAE", "", 0, 0, 0, MODEL_NONE, MODEL_NONE, NULL, 0, 0},
        {"M-UN", "OPCO Un", 0, 0, 0, MODEL_NONE, MODEL_NONE, NULL, 0, 130},
    };
    const ModelFinancement financements[] = {{0, 1, "Plan de développement", 7000, 7000, 0, MODEL_NONE},
                                             {2, 1, "PIC IAE", 10000, 10000, 10000, 2500}};
    const ModelEnveloppe enveloppes[] = {
        {"E-DEUX", "OPCO Deux & Cie", "Plan de développement", MODEL_NONE, 100000, 50000, day(1, 1), day(12, 31),
         MODEL_NONE},
        {"E-TROIS", "OPCO Trois", "PIC IAE", MODEL_NONE, 250000, 250000, day(1, 1), day(12, 31), MODEL_NONE},
        {"E-UN", "OPCO Un", "PIC IAE", 1, 110000, 110000, day(1, 1), day(6, 30), day(7, 31)}};
    TABLE(model, model_own, frais, frais);
    TABLE(model, model_own, axes, axes);
    TABLE(model, model_own, montages, montages);
    TABLE(model, model_own, financements, financements);
    TABLE(model, model_own, enveloppes, enveloppes);
}

static void demand(Model *model)
{
    static const char *const no_publics[] = {NULL};
    const ModelOffre offres[] = {
        {"O-FLE", 0, 0, 1, MODALITE_PRESENTIEL, 60000, 0, 2, 12, day(1, 4), day(12, 1), 2, MODEL_NONE, ""},
        {"O-SST", 0, 1, 0, MODALITE_PRESENTIEL, 140000, 1500, 4, 10, day(1, 4), day(12, 1), 1, MODEL_NONE, ""}};
    const ModelBesoin besoins[] = {
        {"B1", 0, 1, 1, 4, 1, STATUT_PARCOURS, false, day(1, 4), day(12, 31), 0, MODEL_NONE, no_publics, "", NULL, 0},
        {"B2", 1, 1, 1, 2, 2, STATUT_PARCOURS, false, day(1, 4), day(12, 31), 2, 300, no_publics, "", NULL, 0},
        {"B3", 2, 0, 0, 2, 3, STATUT_PARCOURS, false, day(1, 4), day(12, 31), 1, MODEL_NONE, no_publics, "", NULL, 0},
        {"B4", 3, 1, 1, 5, 3, STATUT_PARCOURS, false, day(1, 4), day(12, 31), 1, 100, no_publics, "", NULL, 0}};
    TABLE(model, model_own, offres, offres);
    TABLE(model, model_own, besoins, besoins);
}

Model *small_plan_model(void)
{
    Model *model = model_new();
    model->campagne = (ModelCampagne){"GUA-2027", "01", day(1, 4), day(12, 31), day(1, 4), 0};
    structures(model);
    money(model);
    demand(model);
    return model;
}

ModelPlan *small_plan(void)
{
    ModelPlan *plan = model_plan_new();
    const int32_t fle[] = {day(2, 1), day(2, 2), day(2, 8), day(2, 9), day(2, 15)};
    const int32_t sst[] = {day(1, 11), day(1, 12)};
    /* FLE: 600.00 for 2 learners at home, 5 days at 19.00. SST: 1400.00 + 5 x 15.00 = 1475.00, 295.00 each; B1 at home,
     * 2 days at 19.00, wage 14 h at 1.30 = 18.20, ceiling 14 h x 25.00 not reached; B2 at 10.2 km: 40.8 km at 0.32 =
     * 13.06 + 38.00 = 51.06 each, of which 70 % = 35.74, and 206.50 of the pedagogy. */
    const ModelPlanSession sessions[] = {{"O-FLE-20270201", 0, MODEL_NONE, day(2, 1), day(2, 15),
                                          model_plan_own(plan, g_memdup2(fle, sizeof fle)), 5, 2, 1, 60000, 19000, 0},
                                         {"O-SST-20270111", 1, MODEL_NONE, day(1, 11), day(1, 12),
                                          model_plan_own(plan, g_memdup2(sst, sizeof sst)), 2, 5, 2, 147500, 21612,
                                          5460}};
    const ModelPlanAffectation affectations[] = {
        {0, 2, 1, 2, 0, 60000, 19000, 0, 0, 79000},
        {1, 0, 2, 3, 0, 88500, 11400, 5460, 105360, 0},
        {1, 1, 0, 2, 102, 59000, 10212, 0, 48448, 20764},
    };
    const ModelPlanCharge charges[] = {{1, 0, 2, 105360}, {1, 1, 0, 48448}};
    const ModelPlanNonCouvert non_couverts[] = {
        {0, 1, MOTIF_ENVELOPPE_EPUISEE, "L’enveloppe E-UN n’a plus que 46,40 €."},
        {3, 5, MOTIF_HORS_RAYON, "Le lieu le plus proche est à 52,0 km ; 10,0 km sont acceptés."}};
    TABLE(plan, model_plan_own, sessions, sessions);
    TABLE(plan, model_plan_own, affectations, affectations);
    TABLE(plan, model_plan_own, charges, charges);
    TABLE(plan, model_plan_own, non_couverts, non_couverts);
    plan->numero = 3;
    plan->date_plan = day(1, 4);
    plan->bilan = (ModelBilan){36, 37, 248112, 99764, 347876, 340000, 5460, 13, 7, 2};
    plan->arret = model_plan_text(plan, "effort");
    return plan;
}

ModelPlan *small_plan_nothing(void)
{
    ModelPlan *plan = model_plan_new();
    const ModelPlanNonCouvert non_couverts[] = {{0, 4, MOTIF_NON_TRANCHE, ""},
                                                {1, 2, MOTIF_GROUPE_INSUFFISANT, ""},
                                                {2, 2, MOTIF_AUCUNE_OFFRE, ""},
                                                {3, 5, MOTIF_HORS_RAYON, ""}};
    TABLE(plan, model_plan_own, non_couverts, non_couverts);
    plan->numero = 1;
    plan->date_plan = day(1, 4);
    plan->bilan.effectif_demande = 13;
    return plan;
}
