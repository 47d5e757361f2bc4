/* The regions of tests: sound, reproducible, and rich enough that every rule of the contract occurs. */
#include "config/calendar.h"
#include "plan/check.h"
#include "tests/lib/first_come.h"
#include "tests/lib/model_csv.h"
#include "tests/lib/region.h"

#include <string.h>

#define SEEDS 500

static void assert_sound(const Model *model, uint64_t seed)
{
    g_autoptr(GPtrArray) faults = region_validate(model);
    for (guint i = 0; i < faults->len; i++)
        g_test_message("seed %" G_GUINT64_FORMAT ": %s", seed, (const char *)faults->pdata[i]);
    g_assert_cmpuint(faults->len, ==, 0);
}

static void test_tiny_sound(void)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        g_autoptr(Model) model = region_tiny(seed);
        assert_sound(model, seed);
        int32_t learners = 0;
        for (int32_t i = 0; i < model->n_besoins; i++)
            learners += model->besoins[i].effectif;
        g_assert_cmpint(learners, <=, 8);
        g_assert_cmpint(model->n_besoins, <=, 7);
        g_assert_cmpint(model->n_offres, <=, 4);
        g_assert_cmpint(model->n_siae, <=, 3);
    }
}

static void test_made_sound(void)
{
    static const char *const NAMES[] = {"small", "region", "nation"};
    for (gsize s = 0; s < G_N_ELEMENTS(NAMES); s++) {
        const RegionSize *size = region_size_find(NAMES[s]);
        g_autoptr(Model) model = region_make(s + 1, size);
        assert_sound(model, s + 1);
        int64_t learners = 0;
        for (int32_t i = 0; i < model->n_besoins; i++)
            learners += model->besoins[i].effectif;
        g_assert_cmpint(model->n_siae, ==, size->n_siae);
        g_assert_cmpint(model->n_besoins, ==, size->n_besoins);
        g_assert_cmpint(llabs(learners - size->n_learners) * 20, <=, size->n_learners);
    }
    g_assert_null(region_size_find("no such size"));
}

/* Everybody may be served: offers have room, the enveloppe pays groups of the smallest size. */
static void test_location_sound(void)
{
    g_autoptr(Model) model = region_location(1);
    assert_sound(model, 1);
    int64_t learners = 0, seats = 0;
    for (int32_t i = 0; i < model->n_besoins; i++)
        learners += model->besoins[i].effectif;
    for (int32_t i = 0; i < model->n_offres; i++)
        seats += (int64_t)model->offres[i].sessions_max * model->offres[i].effectif_max;
    g_assert_cmpint(model->n_formations, ==, 1);
    g_assert_cmpint(model->n_offres, ==, 100);
    g_assert_cmpint(model->n_besoins, ==, 1000);
    g_assert_cmpint(seats, >, learners);
    g_autoptr(ModelPlan) plan = first_come_plan(model);
    g_assert_nonnull(plan);
    g_assert_cmpint(plan->bilan.effectif_servi * 100, >=, learners * 99);
}

static void test_validate_finds(void)
{
    g_autoptr(Model) model = region_tiny(1);
    ModelSiae siae = model->siae[0];
    siae.siret = "99500000000001";
    model->siae = &siae;
    model->n_siae = 1;
    g_autoptr(GPtrArray) faults = region_validate(model);
    g_assert_cmpuint(faults->len, >, 0);
}

static void test_deterministic(void)
{
    for (uint64_t seed = 1; seed <= 50; seed++) {
        g_autoptr(Model) first = region_tiny(seed), second = region_tiny(seed), other = region_tiny(seed + 1);
        g_autofree char *a = model_csv_text(first), *b = model_csv_text(second), *c = model_csv_text(other);
        g_assert_cmpstr(a, ==, b);
        g_assert_cmpstr(a, !=, c);
    }
    const RegionSize *small = region_size_find("small");
    g_autoptr(Model) first = region_make(7, small), second = region_make(7, small), other = region_make(8, small);
    g_autofree char *a = model_csv_text(first), *b = model_csv_text(second), *c = model_csv_text(other);
    g_assert_cmpstr(a, ==, b);
    g_assert_cmpstr(a, !=, c);
}

/* Where the fixed sessions can be kept at all, the plainest planner keeps them and breaks no rule. */
static void test_fixed_stand(void)
{
    int n = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        g_autoptr(Model) model = region_tiny(seed);
        if (model->n_sessions_fixees == 0)
            continue;
        g_autoptr(ModelPlan) plan = first_come_plan(model);
        if (plan == NULL)
            g_test_message("seed %" G_GUINT64_FORMAT ": the fixed sessions cannot stand", seed);
        g_assert_nonnull(plan);
        g_autoptr(GPtrArray) violations = check_plan(model, plan);
        for (guint i = 0; i < violations->len; i++)
            g_test_message("seed %" G_GUINT64_FORMAT ": %s", seed, (const char *)violations->pdata[i]);
        g_assert_cmpuint(violations->len, ==, 0);
        n++;
    }
    g_test_message("%d of %d seeds have fixed sessions", n, SEEDS);
    g_assert_cmpint(n, >, SEEDS / 20);
}

/* One rule, or one case of a rule: `holds` is true of a Model in which it occurs. */
#define CASES(X)                                                                                                       \
    X(besoins, ModelBesoin, rayon, r->rayon_km != MODEL_NONE)                                                          \
    X(communes, ModelCommune, two_zones, i > 0 && strcmp(r->zone, m->communes[0].zone) != 0)                           \
    X(trajets, ModelTrajet, ticket, r->cout > 0)                                                                       \
    X(trajets, ModelTrajet, other_way, listed_back(m, r))                                                              \
    X(siae, ModelSiae, absents_max, r->absents_max != MODEL_NONE)                                                      \
    X(siae, ModelSiae, reste_a_charge_max, r->reste_a_charge_max != MODEL_NONE)                                        \
    X(siae, ModelSiae, without_opco, r->opco[0] == '\0')                                                               \
    X(siae, ModelSiae, without_effectif, r->effectif == MODEL_NONE)                                                    \
    X(siae, ModelSiae, shared_siret, i > 0 && shares_siret(m, i))                                                      \
    X(axes, ModelAxe, min_siae_2, r->min_siae == 2)                                                                    \
    X(axes, ModelAxe, min_siae_3, r->min_siae == 3)                                                                    \
    X(organismes, ModelOrganisme, sessions_simultanees, r->sessions_simultanees != MODEL_NONE)                         \
    X(organismes, ModelOrganisme, without_qualiopi, !r->qualiopi)                                                      \
    X(offres, ModelOffre, no_session, r->sessions_max == 0)                                                            \
    X(offres, ModelOffre, several_sessions, r->sessions_max > 1)                                                       \
    X(offres, ModelOffre, reserved_siae, r->siae != MODEL_NONE)                                                        \
    X(offres, ModelOffre, reserved_opco, r->opco[0] != '\0')                                                           \
    X(offres, ModelOffre, own_group, r->effectif_min != m->formations[r->formation].effectif_min)                      \
    X(offres, ModelOffre, mixte, r->modalite == MODALITE_MIXTE)                                                        \
    X(offres, ModelOffre, distanciel_somewhere, r->modalite == MODALITE_DISTANCIEL && r->commune != MODEL_NONE)        \
    X(offres, ModelOffre, distanciel_nowhere, r->modalite == MODALITE_DISTANCIEL && r->commune == MODEL_NONE)          \
    X(offres, ModelOffre, afest, r->modalite == MODALITE_AFEST)                                                        \
    X(offres, ModelOffre, prime_total, r->cout_groupe % 2 == 1 && r->cout_groupe % 3 != 0)                             \
    X(offres, ModelOffre, holiday_inside, holiday_inside(m, r))                                                        \
    X(fermetures, ModelFermeture, closure_siae, r->objet == OBJET_SIAE)                                                \
    X(fermetures, ModelFermeture, closure_organisme, r->objet == OBJET_ORGANISME)                                      \
    X(fermetures, ModelFermeture, closure_commune, r->objet == OBJET_COMMUNE)                                          \
    X(formations, ModelFormation, one_day_a_week, r->jours_par_semaine == 1 && r->jours > 1)                           \
    X(formations, ModelFormation, two_days_a_week, r->jours_par_semaine == 2 && r->jours > 2)                          \
    X(formations, ModelFormation, three_days_a_week, r->jours_par_semaine == 3 && r->jours > 3)                        \
    X(formations, ModelFormation, five_days_a_week, r->jours_par_semaine == 5 && r->jours > 3)                         \
    X(formations, ModelFormation, obligation, r->nature == NATURE_OBLIGATION)                                          \
    X(formations, ModelFormation, hours_not_whole, r->heures % 100 != 0)                                               \
    X(besoins, ModelBesoin, attestation, r->attestation && m->formations[r->formation].nature == NATURE_OBLIGATION)    \
    X(besoins, ModelBesoin, permanent, r->statut == STATUT_PERMANENT)                                                  \
    X(besoins, ModelBesoin, publics, r->publics[0] != NULL)                                                            \
    X(besoins, ModelBesoin, own_commune, r->commune != m->siae[r->siae].commune)                                       \
    X(besoins, ModelBesoin, stagiaire_twice, r->stagiaire[0] != '\0' && same_stagiaire(m, i))                          \
    X(besoins, ModelBesoin, apres, r->n_apres > 0)                                                                     \
    X(besoins, ModelBesoin, apres_of_apres, r->n_apres > 0 && m->besoins[r->apres[0]].n_apres > 0)                     \
    X(besoins, ModelBesoin, zero_points, zero_points(m, r))                                                            \
    X(besoins, ModelBesoin, no_offer, !offered(m, r->formation))                                                       \
    X(frais, ModelFrais, every_other, r->opco[0] == '\0')                                                              \
    X(frais, ModelFrais, nuit_km, r->nuit_km != MODEL_NONE)                                                            \
    X(frais, ModelFrais, bareme_fine, r->bareme_km % 100 != 0)                                                         \
    X(montages, ModelMontage, montage_opco, r->opco[0] != '\0')                                                        \
    X(montages, ModelMontage, montage_types, r->types != 0)                                                            \
    X(montages, ModelMontage, montage_natures, r->natures != 0)                                                        \
    X(montages, ModelMontage, montage_statuts, r->statuts != 0)                                                        \
    X(montages, ModelMontage, montage_axes, r->n_axes > 0)                                                             \
    X(montages, ModelMontage, montage_effectif_min, r->effectif_min != MODEL_NONE)                                     \
    X(montages, ModelMontage, montage_effectif_max, r->effectif_max != MODEL_NONE)                                     \
    X(montages, ModelMontage, salaire_horaire, r->salaire_horaire > 0)                                                 \
    X(montages, ModelMontage, siae_pays_all, !financed(m, i))                                                          \
    X(financements, ModelFinancement, several_rangs, i > 0 && m->financements[i - 1].montage == r->montage)            \
    X(financements, ModelFinancement, plafond_horaire, r->plafond_horaire != MODEL_NONE)                               \
    X(financements, ModelFinancement, taux_salaire, r->taux_salaire > 0)                                               \
    X(financements, ModelFinancement, odd_rate, r->taux_pedagogie % 100 != 0)                                          \
    X(enveloppes, ModelEnveloppe, envelope_axe, r->axe != MODEL_NONE)                                                  \
    X(enveloppes, ModelEnveloppe, envelope_window, r->debut_min > m->campagne.date_debut)                              \
    X(enveloppes, ModelEnveloppe, envelope_fin_max, r->fin_max != MODEL_NONE)                                          \
    X(enveloppes, ModelEnveloppe, envelope_twice, twice(m, i))                                                         \
    X(enveloppes, ModelEnveloppe, not_yet_certain, r->montant_acquis < r->montant)                                     \
    X(enveloppes, ModelEnveloppe, nothing_in_it, r->montant == 0)                                                      \
    X(priorites, ModelPriorite, by_priorite, r->critere == CRITERE_PRIORITE)                                           \
    X(priorites, ModelPriorite, by_public, r->critere == CRITERE_PUBLIC)                                               \
    X(priorites, ModelPriorite, by_nature, r->critere == CRITERE_NATURE)                                               \
    X(priorites, ModelPriorite, by_axe, r->critere == CRITERE_AXE)                                                     \
    X(priorites, ModelPriorite, by_filiere, r->critere == CRITERE_FILIERE)                                             \
    X(priorites, ModelPriorite, by_formation, r->critere == CRITERE_FORMATION)                                         \
    X(priorites, ModelPriorite, by_zone, r->critere == CRITERE_ZONE)                                                   \
    X(priorites, ModelPriorite, by_type, r->critere == CRITERE_TYPE)                                                   \
    X(priorites, ModelPriorite, same_value_twice, i > 0 && strcmp(r->valeur, r[-1].valeur) == 0)                       \
    X(sessions_fixees, ModelSessionFixee, two_fixed, i > 0 && r->offre != r[-1].offre)                                 \
    X(sessions_fixees, ModelSessionFixee, fixed_outside, r->date_debut < m->offres[r->offre].date_debut)               \
    X(affectations_fixees, ModelAffectationFixee, fixed_in_part, r->effectif < m->besoins[r->besoin].effectif)         \
    X(affectations_fixees, ModelAffectationFixee, fixed_financed, financed(m, r->montage))

static bool listed_back(const Model *m, const ModelTrajet *t)
{
    for (int32_t i = 0; i < m->n_trajets; i++)
        if (m->trajets[i].depart == t->arrivee && m->trajets[i].arrivee == t->depart)
            return true;
    return false;
}

static bool shares_siret(const Model *m, int32_t siae)
{
    for (int32_t i = 0; i < siae; i++)
        if (strcmp(m->siae[i].siret, m->siae[siae].siret) == 0)
            return true;
    return false;
}

/* A public holiday on a weekday of the offer's window. */
static bool holiday_inside(const Model *m, const ModelOffre *o)
{
    for (int32_t day = o->date_debut; o->commune != MODEL_NONE && day <= o->date_fin; day++)
        if (calendar_weekday(day) < 5 &&
            calendar_is_holiday(day, calendar_zone_of_commune(m->communes[o->commune].code_insee)))
            return true;
    return false;
}

static bool same_stagiaire(const Model *m, int32_t besoin)
{
    for (int32_t i = 0; i < besoin; i++)
        if (m->besoins[i].siae == m->besoins[besoin].siae &&
            strcmp(m->besoins[i].stagiaire, m->besoins[besoin].stagiaire) == 0)
            return true;
    return false;
}

/* A priorites.csv without a row for the need's priorite, its axe or its formation: near enough to 0 points. */
static bool zero_points(const Model *m, const ModelBesoin *b)
{
    const char priorite[] = {(char)('0' + b->priorite), '\0'};
    for (int32_t i = 0; i < m->n_priorites; i++)
        if (m->priorites[i].points > 0 &&
            (m->priorites[i].critere != CRITERE_PRIORITE || strcmp(m->priorites[i].valeur, priorite) == 0))
            return false;
    return m->has_priorites;
}

static bool offered(const Model *m, int32_t formation)
{
    for (int32_t i = 0; i < m->n_offres; i++)
        if (m->offres[i].formation == formation)
            return true;
    return false;
}

static bool financed(const Model *m, int32_t montage)
{
    for (int32_t i = 0; i < m->n_financements; i++)
        if (m->financements[i].montage == montage)
            return true;
    return false;
}

static bool twice(const Model *m, int32_t enveloppe)
{
    const ModelEnveloppe *e = &m->enveloppes[enveloppe];
    for (int32_t i = 0; i < enveloppe; i++)
        if (strcmp(m->enveloppes[i].opco, e->opco) == 0 && strcmp(m->enveloppes[i].dispositif, e->dispositif) == 0)
            return true;
    return false;
}

#define DEFINE(table, Row, name, condition)                                                                            \
    static bool has_##name(const Model *m)                                                                             \
    {                                                                                                                  \
        for (int32_t i = 0; i < m->n_##table; i++) {                                                                   \
            const Row *r = &m->table[i];                                                                               \
            if ((void)r, condition)                                                                                    \
                return true;                                                                                           \
        }                                                                                                              \
        return false;                                                                                                  \
    }
CASES(DEFINE)

static bool has_date_plan(const Model *m)
{
    return m->campagne.date_plan != MODEL_NONE;
}

static bool has_today(const Model *m)
{
    return m->campagne.date_plan == MODEL_NONE;
}

static bool has_frozen_start(const Model *m)
{
    return m->campagne.date_plan + m->campagne.gel_jours > m->campagne.date_debut;
}

static bool has_default_points(const Model *m)
{
    return !m->has_priorites;
}

static const struct {
    const char *name;
    bool (*holds)(const Model *model);
} COVER[] = {
#define ROW(table, Row, name, condition) {#name, has_##name},
    CASES(ROW){"date_plan", has_date_plan},
    {"today", has_today},
    {"gel_jours", has_frozen_start},
    {"default points", has_default_points},
};

static void test_every_rule_occurs(void)
{
    int counts[G_N_ELEMENTS(COVER)] = {0};
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        g_autoptr(Model) model = region_tiny(seed);
        for (gsize c = 0; c < G_N_ELEMENTS(COVER); c++)
            counts[c] += COVER[c].holds(model);
    }
    for (gsize c = 0; c < G_N_ELEMENTS(COVER); c++) {
        g_test_message("%-24s %3d of %d seeds", COVER[c].name, counts[c], SEEDS);
        g_assert_cmpint(counts[c], >=, 10);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/region/a tiny region keeps every invariant of a Model", test_tiny_sound);
    g_test_add_func("/region/a made region keeps them and has the size asked for", test_made_sound);
    g_test_add_func("/region/the location problem has room and money for all", test_location_sound);
    g_test_add_func("/region/a broken Model is found out", test_validate_finds);
    g_test_add_func("/region/equal seeds give equal regions, other seeds others", test_deterministic);
    g_test_add_func("/region/fixed sessions can stand", test_fixed_stand);
    g_test_add_func("/region/every rule of the contract occurs over the seeds", test_every_rule_occurs);
    return g_test_run();
}
