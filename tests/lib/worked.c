/* Regions and plans written out by hand: see worked.h. */
#include "tests/lib/worked.h"

#include "config/calendar.h"
#include "plan/check.h"

#include <string.h>

int32_t worked_day(const char *text)
{
    int32_t day = 0;
    if (!calendar_parse(text, &day))
        g_error("no such day: %s", text);
    return day;
}

#define ADD(draft, table, Row, ...)                                                                                    \
    do {                                                                                                               \
        Row row = __VA_ARGS__;                                                                                         \
        g_array_append_val((draft)->table, row);                                                                       \
    } while (0)

static void add_people(RegionDraft *draft)
{
    static const struct {
        const char *code, *opco;
        VocabularyType type;
    } siae[] = {{"S1", "AKTO", TYPE_ACI}, {"S2", "AKTO", TYPE_EI}, {"S3", "OCAPIAT", TYPE_ETTI}};
    static const struct {
        const char *reference;
        int32_t siae, formation, effectif, priorite;
    } besoins[] = {{"B1", S1, F1, 2, 1}, {"B2", S2, F1, 1, 2}, {"B3", S3, F1, 1, 3}, {"B4", S1, F2, 1, 4}};
    for (uint32_t i = 0; i < G_N_ELEMENTS(siae); i++)
        ADD(draft, siae, ModelSiae,
            {.code = siae[i].code,
             .siret = region_draft_siret(draft, 100 + i),
             .raison_sociale = "",
             .type = siae[i].type,
             .opco = siae[i].opco,
             .commune = CAEN,
             .effectif = 1000,
             .absents_max = MODEL_NONE,
             .reste_a_charge_max = MODEL_NONE,
             .idcc = ""});
    for (size_t i = 0; i < G_N_ELEMENTS(besoins); i++)
        ADD(draft, besoins, ModelBesoin,
            {.reference = besoins[i].reference,
             .siae = besoins[i].siae,
             .formation = besoins[i].formation,
             .axe = A1,
             .effectif = besoins[i].effectif,
             .priorite = besoins[i].priorite,
             .date_debut = worked_day("2026-03-01"),
             .date_fin = worked_day("2026-04-30"),
             .commune = CAEN,
             .rayon_km = MODEL_NONE,
             .publics = region_draft_words(draft, NULL, 0),
             .stagiaire = ""});
}

static void add_courses(RegionDraft *draft)
{
    for (uint32_t i = 0; i < 2; i++)
        ADD(draft, organismes, ModelOrganisme,
            {.siret = region_draft_siret(draft, 200 + i),
             .nda = "",
             .raison_sociale = "",
             .qualiopi = true,
             .sessions_simultanees = MODEL_NONE});
    for (int32_t i = 0; i < 2; i++)
        ADD(draft, formations, ModelFormation,
            {.code = i == F1 ? "F1" : "F2",
             .intitule = "",
             .domaine = "",
             .filiere = "",
             .nature = NATURE_BASE,
             .heures = i == F1 ? 1400 : 700,
             .jours = i == F1 ? 2 : 1,
             .jours_par_semaine = 5,
             .effectif_min = 1,
             .effectif_max = 4,
             .certification = "",
             .formacode = ""});
    static const struct {
        const char *code;
        int32_t organisme, formation;
    } offres[] = {{"O1", G1, F1}, {"O2", G1, F2}, {"O3", G2, F1}};
    for (size_t i = 0; i < G_N_ELEMENTS(offres); i++)
        ADD(draft, offres, ModelOffre,
            {.code = offres[i].code,
             .organisme = offres[i].organisme,
             .formation = offres[i].formation,
             .commune = CAEN,
             .modalite = MODALITE_PRESENTIEL,
             .effectif_min = 1,
             .effectif_max = 4,
             .date_debut = worked_day("2026-03-02"),
             .date_fin = worked_day("2026-03-31"),
             .sessions_max = 2,
             .siae = MODEL_NONE,
             .opco = ""});
}

RegionDraft *worked_region(void)
{
    static const struct {
        const char *code_insee, *zone;
        double longitude;
    } communes[] = {{"14118", "", 0.0}, {"14366", "", 0.5}, {"50353", "île", 1.0}};
    RegionDraft *draft = region_draft_new();
    draft->model->campagne = (ModelCampagne){.code = "W",
                                             .region = "28",
                                             .date_debut = worked_day("2026-01-01"),
                                             .date_fin = worked_day("2026-12-31"),
                                             .date_plan = worked_day("2026-01-05")};
    for (size_t i = 0; i < G_N_ELEMENTS(communes); i++)
        ADD(draft, communes, ModelCommune,
            {.code_insee = communes[i].code_insee,
             .nom = "",
             .latitude = 0.0,
             .longitude = communes[i].longitude,
             .zone = communes[i].zone});
    ADD(draft, frais, ModelFrais, {.opco = "", .nuit_km = MODEL_NONE});
    ADD(draft, axes, ModelAxe, {.code = "A1", .libelle = "", .min_siae = 1});
    for (int32_t i = 0; i < 2; i++)
        ADD(draft, montages, ModelMontage,
            {.code = i == M0 ? "M0" : "M1", .opco = "", .effectif_min = MODEL_NONE, .effectif_max = MODEL_NONE});
    add_courses(draft);
    add_people(draft);
    return draft;
}

static int32_t session_at(const ModelPlan *plan, const char *code)
{
    for (int32_t i = 0; i < plan->n_sessions; i++)
        if (strcmp(plan->sessions[i].code, code) == 0)
            return i;
    g_error("no session %s", code);
}

static ModelPlanSession written_session(const Model *model, ModelPlan *plan, const WorkedSession *written)
{
    g_auto(GStrv) code = g_strsplit(written->code, "-", 2), texts = g_strsplit(written->jours, " ", -1);
    guint n = g_strv_length(texts);
    int32_t *days = model_plan_own(plan, g_new(int32_t, n + 1));
    for (guint i = 0; i < n; i++)
        days[i] = worked_day(texts[i]);
    return (ModelPlanSession){.code = model_plan_text(plan, written->code),
                              .offre = model_find_offre(model, written->offre != NULL ? written->offre : code[0]),
                              .fixee = model_find_session_fixee(model, written->code),
                              .debut = days[0],
                              .fin = days[n - 1],
                              .jours = days,
                              .n_jours = (int32_t)n};
}

static void write_rows(const Model *model, ModelPlan *plan, ModelPlanSession *sessions, const WorkedRow *rows)
{
    GArray *written = g_array_new(FALSE, FALSE, sizeof(ModelPlanAffectation));
    uint64_t siae[16] = {0};
    for (const WorkedRow *row = rows; row->session != NULL; row++) {
        ModelPlanAffectation a = {.session = session_at(plan, row->session),
                                  .besoin = model_find_besoin(model, row->besoin),
                                  .montage = model_find_montage(model, row->montage),
                                  .effectif = row->effectif,
                                  .km = row->km,
                                  .cout_pedagogique = row->pedagogique,
                                  .cout_annexe = row->annexe,
                                  .remuneration = row->remuneration,
                                  .finance = row->finance,
                                  .reste_a_charge = row->reste};
        ModelPlanSession *session = &sessions[a.session];
        uint64_t bit = UINT64_C(1) << model->besoins[a.besoin].siae;
        session->effectif += a.effectif;
        session->nb_siae += (siae[a.session] & bit) == 0;
        siae[a.session] |= bit;
        session->cout_pedagogique += a.cout_pedagogique;
        session->cout_annexe += a.cout_annexe;
        session->remuneration += a.remuneration;
        plan->bilan.cout += a.cout_pedagogique + a.cout_annexe;
        plan->bilan.reste_a_charge += a.reste_a_charge;
        plan->bilan.remuneration += a.remuneration;
        g_array_append_val(written, a);
    }
    plan->n_affectations = (int32_t)written->len;
    plan->affectations = model_plan_own(plan, g_array_free(written, FALSE));
}

static void write_charges(const Model *model, ModelPlan *plan, const WorkedCharge *charges)
{
    GArray *written = g_array_new(FALSE, FALSE, sizeof(ModelPlanCharge));
    for (const WorkedCharge *row = charges; row != NULL && row->session != NULL; row++) {
        ModelPlanCharge charge = {session_at(plan, row->session), model_find_besoin(model, row->besoin),
                                  model_find_enveloppe(model, row->enveloppe), row->montant};
        g_array_append_val(written, charge);
    }
    plan->n_charges = (int32_t)written->len;
    plan->charges = model_plan_own(plan, g_array_free(written, FALSE));
}

static void write_totals(const Model *model, ModelPlan *plan)
{
    static const int64_t points[] = {8, 4, 2, 1};
    GArray *unmet = g_array_new(FALSE, FALSE, sizeof(ModelPlanNonCouvert));
    ModelBilan *bilan = &plan->bilan;
    for (int32_t b = 0; b < model->n_besoins; b++) {
        int32_t served = 0;
        for (int32_t i = 0; i < plan->n_affectations; i++)
            served += plan->affectations[i].besoin == b ? plan->affectations[i].effectif : 0;
        bilan->points += served * points[model->besoins[b].priorite - 1];
        bilan->effectif_demande += model->besoins[b].effectif;
        bilan->effectif_servi += served;
        ModelPlanNonCouvert row = {b, model->besoins[b].effectif - served, MOTIF_NON_TRANCHE,
                                   model_plan_text(plan, "Cas d'école.")};
        if (row.effectif > 0)
            g_array_append_val(unmet, row);
    }
    plan->n_non_couverts = (int32_t)unmet->len;
    plan->non_couverts = model_plan_own(plan, g_array_free(unmet, FALSE));
    bilan->sessions = plan->n_sessions;
    bilan->cout_pondere = bilan->cout + bilan->reste_a_charge;
    bilan->points_borne = bilan->points;
    bilan->cout_pondere_borne = bilan->cout_pondere;
}

ModelPlan *worked_plan(const Model *model, const WorkedSession *sessions, const WorkedRow *rows,
                       const WorkedCharge *charges)
{
    ModelPlan *plan = model_plan_new();
    GArray *written = g_array_new(FALSE, FALSE, sizeof(ModelPlanSession));
    for (const WorkedSession *row = sessions; row->code != NULL; row++) {
        ModelPlanSession session = written_session(model, plan, row);
        g_array_append_val(written, session);
    }
    ModelPlanSession *rows_of = (ModelPlanSession *)(void *)written->data;
    plan->n_sessions = (int32_t)written->len;
    plan->sessions = model_plan_own(plan, g_array_free(written, FALSE));
    plan->date_plan = model->campagne.date_plan != MODEL_NONE ? model->campagne.date_plan : worked_day("2026-01-05");
    plan->arret = model_plan_text(plan, "optimal");
    write_rows(model, plan, rows_of, rows);
    write_charges(model, plan, charges);
    write_totals(model, plan);
    return plan;
}

void worked_expect(const char *name, const Model *model, const ModelPlan *plan, const char *rule)
{
    g_autoptr(GPtrArray) violations = check_plan(model, plan);
    bool as_expected = rule == NULL ? violations->len == 0 : violations->len > 0;
    for (guint i = 0; i < violations->len; i++)
        as_expected = as_expected && rule != NULL && g_str_has_prefix(g_ptr_array_index(violations, i), rule);
    if (as_expected)
        return;
    for (guint i = 0; i < violations->len; i++)
        g_test_message("%s", (const char *)g_ptr_array_index(violations, i));
    g_test_message("%s: %s expected, %u violations found", name, rule != NULL ? rule : "no violation", violations->len);
    g_test_fail();
}

void worked_try(const WorkedCase *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        RegionDraft *draft = worked_region();
        if (cases[i].change != NULL)
            cases[i].change(draft);
        g_autoptr(Model) model = region_draft_freeze(draft);
        g_autoptr(ModelPlan) plan = worked_plan(model, cases[i].sessions, cases[i].rows, NULL);
        worked_expect(cases[i].name, model, plan, cases[i].rule);
    }
}
