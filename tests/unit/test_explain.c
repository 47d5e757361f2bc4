/* Motifs are true: what each names is changed, and nothing else; then one more learner is served. */
#include "plan/explain.h"
#include "plan/plan.h"
#include "tests/lib/ledger.h"
#include "tests/lib/region.h"
#include "tests/lib/relaxation.h"
#include "tests/lib/short.h"
#include "tests/lib/worked.h"

#include <string.h>

#define SEEDS short_of(400)

typedef struct {
    int32_t rows, yes, no, too_large;
} Tally;

static int32_t date_plan_of(const Model *model)
{
    return model->campagne.date_plan != MODEL_NONE ? model->campagne.date_plan : model->campagne.date_debut;
}

static ModelPlan *make_plan(const Model *model)
{
    const Settings settings = {.effort = 2, .fils = 1};
    g_autoptr(GError) error = NULL;
    ModelPlan *plan = plan_make(model, &settings, date_plan_of(model), NULL, NULL, &error);
    g_assert_no_error(error);
    return plan;
}

/* Some way to change what the motif names serves one more learner, all others kept. */
static RelaxationAnswer is_true(const Model *model, const ModelPlan *plan, const ModelPlanNonCouvert *row)
{
    RelaxationAnswer answer = RELAXATION_NO;
    for (int way = 0; way < RELAXATION_WAYS && answer != RELAXATION_YES; way++) {
        g_autoptr(Model) relaxed = relaxation_new(model, row->besoin, row->motif, way);
        if (relaxed == NULL)
            break;
        RelaxationAnswer again = relaxation_keeps_all(relaxed, plan, row->besoin);
        answer = again == RELAXATION_NO ? answer : again;
    }
    return answer;
}

static RelaxationAnswer is_arbitrage(const Model *model, const ModelPlan *plan, const ModelPlanNonCouvert *row)
{
    int64_t elsewhere = 0;
    RelaxationAnswer keeps = relaxation_keeps_points(model, plan, row->besoin, &elsewhere);
    if (keeps == RELAXATION_TOO_LARGE)
        return keeps;
    return keeps == RELAXATION_NO && elsewhere >= 0 ? RELAXATION_YES : RELAXATION_NO;
}

static void count_row(const Model *model, const ModelPlan *plan, const ModelPlanNonCouvert *row, uint64_t seed,
                      Tally *tally)
{
    tally->rows++;
    if (row->motif == MOTIF_NON_TRANCHE)
        return;
    RelaxationAnswer answer =
        row->motif == MOTIF_ARBITRAGE ? is_arbitrage(model, plan, row) : is_true(model, plan, row);
    tally->yes += answer == RELAXATION_YES;
    tally->no += answer == RELAXATION_NO;
    tally->too_large += answer == RELAXATION_TOO_LARGE;
    if (answer == RELAXATION_NO)
        g_test_message("seed %" G_GUINT64_FORMAT ", %s: %s is false: %s", seed, model->besoins[row->besoin].reference,
                       vocabulary_word(&vocabulary_motif, (int)row->motif), row->detail);
}

static void test_true_on_tiny(void)
{
    Tally tallies[MOTIF_N] = {{0}};
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        g_autoptr(Model) model = region_tiny(seed);
        g_autoptr(ModelPlan) plan = make_plan(model);
        for (int32_t i = 0; i < plan->n_non_couverts; i++)
            count_row(model, plan, &plan->non_couverts[i], seed, &tallies[plan->non_couverts[i].motif]);
    }
    for (int i = 0; i < MOTIF_N; i++)
        g_test_message("%-24s %4d rows: %4d true, %d false, %d too large to tell",
                       vocabulary_word(&vocabulary_motif, i), tallies[i].rows, tallies[i].yes, tallies[i].no,
                       tallies[i].too_large);
    for (int i = 0; i < MOTIF_N; i++) {
        g_assert_cmpint(tallies[i].no, ==, 0);
        g_assert_cmpint(tallies[i].too_large * 2, <=, tallies[i].rows);
    }
}

/* ---- worked cases ---- */

#define OFFRE(d, i) region_draft_row(d, offres, ModelOffre, i)
#define BESOIN(d, i) region_draft_row(d, besoins, ModelBesoin, i)
#define SIAE(d, i) region_draft_row(d, siae, ModelSiae, i)
#define MONTAGE(d, i) region_draft_row(d, montages, ModelMontage, i)
#define ORGANISME(d, i) region_draft_row(d, organismes, ModelOrganisme, i)

static void only_day(RegionDraft *d, int offre, const char *day)
{
    OFFRE(d, offre)->date_debut = OFFRE(d, offre)->date_fin = worked_day(day);
}

/* O1 and O2 may start on one day only, the same; there is no O3. */
static void one_day(RegionDraft *d)
{
    only_day(d, O1, "2026-03-02");
    only_day(d, O2, "2026-03-02");
    g_array_remove_index(d->offres, O3);
}

static void financed(RegionDraft *d)
{
    for (int32_t i = 0; i < 2; i++) {
        ModelFinancement f = {i, 1, "PDC", 10000, 0, 0, MODEL_NONE};
        g_array_append_val(d->financements, f);
    }
    OFFRE(d, O2)->cout_groupe = 10000;
}

static void without_offre(RegionDraft *d)
{
    g_array_remove_index(d->offres, O2);
}

static void reserved(RegionDraft *d)
{
    OFFRE(d, O2)->siae = S2;
}

static void other_types(RegionDraft *d)
{
    MONTAGE(d, M0)->types = MONTAGE(d, M1)->types = 1U << TYPE_EI | 1U << TYPE_ETTI;
}

static void no_montage(RegionDraft *d)
{
    g_array_set_size(d->montages, 0);
}

static void no_attestation(RegionDraft *d)
{
    financed(d);
    OFFRE(d, O2)->cout_groupe = 0;
    region_draft_row(d, formations, ModelFormation, F2)->nature = NATURE_OBLIGATION;
}

static void no_qualiopi(RegionDraft *d)
{
    financed(d);
    OFFRE(d, O2)->cout_groupe = 0;
    ORGANISME(d, G1)->qualiopi = false;
}

static void late_besoin(RegionDraft *d)
{
    BESOIN(d, B4)->date_debut = worked_day("2026-05-04");
    BESOIN(d, B4)->date_fin = worked_day("2026-06-30");
}

static void past_offre(RegionDraft *d)
{
    only_day(d, O2, "2026-01-02");
    OFFRE(d, O2)->sessions_max = 1;
}

static void closed_siae(RegionDraft *d)
{
    ModelFermeture closed = {OBJET_SIAE, S1, worked_day("2026-03-01"), worked_day("2026-04-30")};
    g_array_append_val(d->fermetures, closed);
}

static void far_away(RegionDraft *d)
{
    BESOIN(d, B4)->commune = LISIEUX;
    BESOIN(d, B4)->rayon_km = 500;
}

static void across_the_sea(RegionDraft *d)
{
    BESOIN(d, B4)->commune = CHAUSEY;
}

static void small_group(RegionDraft *d)
{
    OFFRE(d, O2)->effectif_min = 3;
}

static void small_dear_group(RegionDraft *d)
{
    OFFRE(d, O2)->effectif_min = 4;
    OFFRE(d, O2)->cout_groupe = 100000;
    SIAE(d, S1)->reste_a_charge_max = 30000;
}

static void alone(RegionDraft *d)
{
    ModelAxe axe = {"A2", "", 2};
    g_array_append_val(d->axes, axe);
    BESOIN(d, B4)->axe = 1;
}

static void no_session(RegionDraft *d)
{
    OFFRE(d, O2)->sessions_max = 0;
}

static void full_session(RegionDraft *d)
{
    BESOIN(d, B4)->effectif = 3;
    OFFRE(d, O2)->effectif_max = 2;
    OFFRE(d, O2)->sessions_max = 1;
}

static void busy_organisme(RegionDraft *d)
{
    one_day(d);
    ORGANISME(d, G1)->sessions_simultanees = 1;
}

static void busy_siae(RegionDraft *d)
{
    one_day(d);
    SIAE(d, S1)->absents_max = 2;
}

static void same_person(RegionDraft *d)
{
    BESOIN(d, B1)->effectif = 1;
    BESOIN(d, B1)->stagiaire = BESOIN(d, B4)->stagiaire = "P1";
}

static void busy_person(RegionDraft *d)
{
    one_day(d);
    same_person(d);
}

static void in_order(RegionDraft *d)
{
    static const int32_t before[] = {B1};
    same_person(d);
    BESOIN(d, B4)->apres = region_draft_list(d, before, 1);
    BESOIN(d, B4)->n_apres = 1;
    g_array_remove_index(d->offres, O3);
    g_array_remove_index(d->offres, O1);
}

static void too_late(RegionDraft *d)
{
    static const int32_t before[] = {B1};
    one_day(d);
    same_person(d);
    BESOIN(d, B4)->apres = region_draft_list(d, before, 1);
    BESOIN(d, B4)->n_apres = 1;
    OFFRE(d, O2)->date_debut = OFFRE(d, O2)->date_fin = worked_day("2026-02-23");
    BESOIN(d, B4)->date_debut = worked_day("2026-02-01");
}

static void no_reste(RegionDraft *d)
{
    OFFRE(d, O2)->cout_groupe = 123456;
    SIAE(d, S1)->reste_a_charge_max = 23400;
}

static void add_enveloppe(RegionDraft *d, const char *code, const char *dispositif, int64_t montant, const char *first,
                          const char *last)
{
    ModelEnveloppe e = {
        code, "AKTO", dispositif, MODEL_NONE, montant, montant, worked_day(first), worked_day(last), MODEL_NONE};
    g_array_append_val(d->enveloppes, e);
}

static void no_enveloppe(RegionDraft *d)
{
    financed(d);
}

static void closed_enveloppe(RegionDraft *d)
{
    financed(d);
    add_enveloppe(d, "E1", "PDC", 4005, "2026-05-01", "2026-12-31");
}

static void small_enveloppe(RegionDraft *d)
{
    financed(d);
    add_enveloppe(d, "E1", "PDC", 4005, "2026-01-01", "2026-12-31");
}

static void small_enveloppes(RegionDraft *d)
{
    small_enveloppe(d);
    add_enveloppe(d, "E2", "FSE", 100, "2026-01-01", "2026-12-31");
    add_enveloppe(d, "E3", "FSE", 200, "2026-01-01", "2026-12-31");
    for (int32_t i = 0; i < 2; i++) {
        region_draft_row(d, financements, ModelFinancement, i)->taux_pedagogie = 5000;
        ModelFinancement f = {i, 2, "FSE", 5000, 0, 0, MODEL_NONE};
        g_array_append_val(d->financements, f);
    }
}

/* Either B1 or B4, and B1 is worth more; two limits keep B4 out. */
static void either_or(RegionDraft *d)
{
    one_day(d);
    SIAE(d, S1)->absents_max = 2;
    ORGANISME(d, G1)->sessions_simultanees = 1;
}

/* The same, in a formation worth nothing else than B4's own: no arbitrage can be proven without points. */
static void either_or_any_day(RegionDraft *d)
{
    either_or(d);
    ModelPriorite row = {CRITERE_FORMATION, "F1", 3};
    g_array_append_val(d->priorites, row);
    d->model->has_priorites = true;
}

static void worthless(RegionDraft *d)
{
    ModelPriorite row = {CRITERE_FORMATION, "F1", 3};
    g_array_append_val(d->priorites, row);
    d->model->has_priorites = true;
    OFFRE(d, O2)->cout_groupe = 7050;
}

static void two_obstacles(RegionDraft *d)
{
    far_away(d);
    small_group(d);
}

static void no_offre_alone(RegionDraft *d)
{
    without_offre(d);
    alone(d);
}

static const struct {
    const char *name;
    void (*change)(RegionDraft *draft);
    int32_t besoin, effectif;
    VocabularyMotif motif;
    const char *detail;
} cases[] = {
    {"no offre", without_offre, B4, 1, MOTIF_AUCUNE_OFFRE, "Aucune offre de la formation F2 n'est proposée."},
    {"a reserved offre", reserved, B4, 1, MOTIF_AUCUNE_OFFRE, "réservées à d'autres"},
    {"no montage at all", no_montage, B4, 1, MOTIF_NON_TRANCHE, "Aucun montage n'est ouvert : montages.csv"},
    {"montages for others", other_types, B4, 1, MOTIF_INELIGIBLE, "Aucun montage n'est ouvert à ce besoin"},
    {"no attestation", no_attestation, B4, 1, MOTIF_INELIGIBLE, "sans attestation"},
    {"no qualiopi", no_qualiopi, B4, 1, MOTIF_INELIGIBLE, "l'offre O2 n'a pas Qualiopi"},
    {"a late besoin", late_besoin, B4, 1, MOTIF_HORS_PERIODE, "du 04/05/2026 au 30/06/2026"},
    {"a past offre", past_offre, B4, 1, MOTIF_HORS_PERIODE,
     "aucun début possible dans la période du besoin (du 01/03/2026 au 30/04/2026)"},
    {"a closed SIAE", closed_siae, B4, 1, MOTIF_HORS_PERIODE, "La structure est fermée"},
    {"a far offre", far_away, B4, 1, MOTIF_HORS_RAYON, "72,3\u00A0km, au-delà du rayon de 50\u00A0km"},
    {"an island", across_the_sea, B4, 1, MOTIF_HORS_RAYON, "autre zone"},
    {"a small group", small_group, B4, 1, MOTIF_GROUPE_INSUFFISANT, "il en manque 2 pour atteindre le groupe minimal"},
    {"a small group that could not pay alone", small_dear_group, B4, 1, MOTIF_GROUPE_INSUFFISANT, "il en manque 3"},
    {"one SIAE alone", alone, B4, 1, MOTIF_MUTUALISATION_IMPOSSIBLE,
     "au moins 2 SIAE différentes ; une nouvelle session de l'offre O2 (le 02/03/2026) n'en réunirait que 1."},
    {"no session left", no_session, B4, 1, MOTIF_CAPACITE, "aucune session"},
    {"a full session", full_session, B4, 1, MOTIF_CAPACITE,
     "La session O2-20260302 est complète (2 stagiaires au plus)"},
    {"a busy organisme", busy_organisme, B4, 1, MOTIF_ORGANISME_SATURE, "tient déjà 1 session à la fois"},
    {"a busy SIAE", busy_siae, B4, 1, MOTIF_SIAE_SATUREE, "plus de 2 absents"},
    {"a busy stagiaire", busy_person, B4, 1, MOTIF_STAGIAIRE_OCCUPE, "déjà en formation"},
    {"a besoin before it", in_order, B4, 1, MOTIF_APRES_NON_SERVI, "Le besoin B1, qui doit être servi avant"},
    {"an offre too early", too_late, B4, 1, MOTIF_APRES_NON_SERVI, "L'ordre demandé"},
    {"a ceiling of what a SIAE pays", no_reste, B4, 1, MOTIF_RESTE_A_CHARGE,
     "de 1\u00A0000,56\u00A0€ son plafond de 234,00\u00A0€"},
    {"no enveloppe", no_enveloppe, B4, 1, MOTIF_ENVELOPPE_EPUISEE, "Aucune enveloppe « PDC » de l'OPCO AKTO"},
    {"an enveloppe of other dates", closed_enveloppe, B4, 1, MOTIF_ENVELOPPE_EPUISEE, "100,00\u00A0€"},
    {"an enveloppe too small", small_enveloppe, B4, 1, MOTIF_ENVELOPPE_EPUISEE,
     "Il manque 59,95\u00A0€ dans l'enveloppe E1 (PDC)"},
    {"two enveloppes too small", small_enveloppes, B4, 1, MOTIF_ENVELOPPE_EPUISEE,
     "Il manque 9,95\u00A0€ dans l'enveloppe E1 (PDC) et 47,00\u00A0€ dans les enveloppes E2, E3 (FSE) pour une"},
    {"one or the other", either_or, B4, 1, MOTIF_ARBITRAGE, "qui en vaut 1"},
    {"two limits on all days but others", either_or_any_day, B4, 1, MOTIF_HORS_PERIODE, "un début le 09/03/2026"},
    {"no points", worthless, B4, 1, MOTIF_NON_TRANCHE, "coûterait 141,00\u00A0€ de plus"},
    {"two obstacles", two_obstacles, B4, 1, MOTIF_NON_TRANCHE, "la distance et la taille du groupe"},
    {"no offre and one SIAE", no_offre_alone, B4, 1, MOTIF_NON_TRANCHE, "n'y suffirait pas seule"},
};

static const ModelPlanNonCouvert *row_of(const ModelPlan *plan, int32_t besoin)
{
    for (int32_t i = 0; i < plan->n_non_couverts; i++)
        if (plan->non_couverts[i].besoin == besoin)
            return &plan->non_couverts[i];
    return NULL;
}

static void test_worked(gconstpointer data)
{
    size_t i = (size_t)data;
    RegionDraft *draft = worked_region();
    cases[i].change(draft);
    g_autoptr(Model) model = region_draft_freeze(draft);
    g_autoptr(ModelPlan) plan = make_plan(model);
    const ModelPlanNonCouvert *row = row_of(plan, cases[i].besoin);
    g_assert_nonnull(row);
    g_test_message("%s: %s", vocabulary_word(&vocabulary_motif, (int)row->motif), row->detail);
    g_assert_cmpstr(vocabulary_word(&vocabulary_motif, (int)row->motif), ==,
                    vocabulary_word(&vocabulary_motif, (int)cases[i].motif));
    g_assert_cmpint(row->effectif, ==, cases[i].effectif);
    g_assert_nonnull(strstr(row->detail, cases[i].detail));
    if (row->motif == MOTIF_NON_TRANCHE)
        return;
    if (row->motif == MOTIF_ARBITRAGE) {
        g_assert_cmpint(is_arbitrage(model, plan, row), ==, RELAXATION_YES);
        return;
    }
    g_assert_cmpint(relaxation_keeps_all(model, plan, row->besoin), ==, RELAXATION_NO);
    g_assert_cmpint(is_true(model, plan, row), ==, RELAXATION_YES);
}

/* ---- many alike ---- */

#define COPIES ((int32_t)short_of(2000))

/* Besoins that differ in their references only are told the same, in no more than the work of a few. */
static void test_twins(gconstpointer data)
{
    size_t i = (size_t)data;
    RegionDraft *d = worked_region();
    cases[i].change(d);
    for (int32_t k = 0; k < COPIES; k++) {
        ModelBesoin copy = *BESOIN(d, B4);
        copy.reference = region_draft_text(d, "C%04d", k);
        g_array_append_val(d->besoins, copy);
    }
    g_autoptr(Model) model = region_draft_freeze(d);
    g_autoptr(Problem) problem = problem_new(model, date_plan_of(model), NULL);
    Draft *draft = draft_new(problem);
    explain_insert_free(draft);
    const ResultProof proof = {.points_borne = INT64_MAX, .arret = "effort"};
    g_autoptr(ModelPlan) plan = result_plan(draft, &proof);
    explain_plan(draft, &proof, plan);
    draft_free(draft);
    g_assert_cmpint(plan->n_non_couverts, >=, COPIES);
    for (int32_t b = 0; b < plan->n_non_couverts; b++)
        if (model->besoins[plan->non_couverts[b].besoin].formation == F2)
            g_assert_cmpstr(vocabulary_word(&vocabulary_motif, (int)plan->non_couverts[b].motif), ==,
                            vocabulary_word(&vocabulary_motif, (int)cases[i].motif));
}

static const char *const crowded[] = {"no offre", "one SIAE alone", "an enveloppe too small",
                                      "a ceiling of what a SIAE pays"};

static bool is_crowded(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(crowded); i++)
        if (strcmp(crowded[i], name) == 0)
            return true;
    return false;
}

/* ---- learners no rule keeps out ---- */

static void test_insert_free(void)
{
    g_autoptr(Model) model = region_draft_freeze(worked_region());
    g_autoptr(Problem) problem = problem_new(model, date_plan_of(model), NULL);
    Draft *draft = draft_new(problem);
    g_assert_cmpint(explain_insert_free(draft), >, 0);
    for (int32_t b = 0; b < model->n_besoins; b++)
        g_assert_cmpint(draft->left[b], ==, 0);
    g_assert_cmpint(explain_insert_free(draft), ==, 0);
    draft_free(draft);
}

/* B1 is worth nothing and costs money, but B4 may only follow it. */
static void test_insert_chain(void)
{
    static const int32_t before[] = {B1};
    RegionDraft *d = worked_region();
    same_person(d);
    BESOIN(d, B4)->apres = region_draft_list(d, before, 1);
    BESOIN(d, B4)->n_apres = 1;
    OFFRE(d, O1)->cout_groupe = OFFRE(d, O3)->cout_groupe = 10000;
    ModelPriorite row = {CRITERE_FORMATION, "F2", 3};
    g_array_append_val(d->priorites, row);
    d->model->has_priorites = true;
    g_autoptr(Model) model = region_draft_freeze(d);
    g_autoptr(Problem) problem = problem_new(model, date_plan_of(model), NULL);
    Draft *draft = draft_new(problem);
    g_assert_cmpint(explain_insert_free(draft), >, 0);
    g_assert_cmpint(draft->left[B1], ==, 0);
    g_assert_cmpint(draft->left[B4], ==, 0);
    g_assert_cmpint(draft->points, ==, 3);
    draft_free(draft);
}

static bool same_sessions(const ModelPlan *a, const ModelPlan *b)
{
    bool same = a->n_sessions == b->n_sessions && a->n_affectations == b->n_affectations &&
                a->bilan.points == b->bilan.points && a->bilan.cout_pondere == b->bilan.cout_pondere;
    for (int32_t i = 0; same && i < a->n_sessions; i++)
        same = strcmp(a->sessions[i].code, b->sessions[i].code) == 0;
    for (int32_t i = 0; same && i < a->n_affectations; i++) {
        const ModelPlanAffectation *x = &a->affectations[i], *y = &b->affectations[i];
        same = x->session == y->session && x->besoin == y->besoin && x->montage == y->montage &&
               x->effectif == y->effectif;
    }
    return same;
}

static void test_insert_free_on_tiny(void)
{
    int32_t served = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        g_autoptr(Model) model = region_tiny(seed);
        g_autoptr(Problem) problem = problem_new(model, date_plan_of(model), NULL);
        Draft *draft = draft_new(problem);
        for (int32_t slot = model->n_offres; slot < problem->n_slots; slot++)
            draft_insert(draft, slot, 0, problem->slots[slot].forced, problem->slots[slot].n_forced);
        served += explain_insert_free(draft) > 0;
        const ResultProof proof = {.points_borne = INT64_MAX, .arret = "effort"};
        g_autoptr(ModelPlan) plan = result_plan(draft, &proof);
        explain_plan(draft, &proof, plan);
        g_autoptr(ModelPlan) after = result_plan(draft, &proof);
        g_assert_true(same_sessions(plan, after));
        for (int32_t b = 0; b < model->n_besoins; b++)
            g_assert_true(draft->left[b] == 0 || row_of(plan, b) != NULL);
        for (int32_t i = 0; i < plan->n_non_couverts; i++)
            if (problem->points[plan->non_couverts[i].besoin] > 0)
                g_assert_cmpint(relaxation_keeps_all(model, plan, plan->non_couverts[i].besoin), !=, RELAXATION_YES);
        draft_free(draft);
    }
    g_assert_cmpint(served, >, SEEDS / 4);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *name = g_strdup_printf("/explain/%s is told and true", cases[i].name);
        g_test_add_data_func(name, (gconstpointer)i, test_worked);
        g_autofree char *many = g_strdup_printf("/explain/%s, %d times, is told as fast", cases[i].name, COPIES);
        if (is_crowded(cases[i].name))
            g_test_add_data_func(many, (gconstpointer)i, test_twins);
    }
    g_test_add_func("/explain/whom no rule keeps out is served", test_insert_free);
    g_test_add_func("/explain/who must come before is served with who is worth it", test_insert_chain);
    g_test_add_func("/explain/after that no learner worth a point fits, and explaining leaves the draft as it was",
                    test_insert_free_on_tiny);
    g_test_add_func("/explain/every motif of tiny regions is true", test_true_on_tiny);
    return g_test_run();
}
