/* A region in which only the place matters: see region_location() in region.h. */
#include "config/calendar.h"
#include "tests/lib/region.h"
#include "tests/lib/region_draft.h"

enum { COMMUNES = 200, SIAE = 80, ORGANISMES = 25, OFFRES = 100, BESOINS = 1000 };

static int32_t pick(RegionRandom *random, int64_t lo, int64_t hi)
{
    return (int32_t)region_random_between(random, lo, hi);
}

static void make_places(RegionDraft *d, RegionRandom *random)
{
    for (int32_t i = 0; i < COMMUNES; i++) {
        ModelCommune row = {.code_insee = region_draft_text(d, "14%03d", i + 1),
                            .nom = region_draft_text(d, "Commune %d", i + 1),
                            .latitude = 49 + pick(random, -8000, 8000) / 10000.0,
                            .longitude = pick(random, -12000, 12000) / 10000.0,
                            .zone = ""};
        g_array_append_val(d->communes, row);
    }
    for (int32_t i = 0; i < SIAE; i++) {
        ModelSiae row = {.code = region_draft_text(d, "S%03d", i + 1),
                         .siret = region_draft_siret(d, (uint32_t)i + 10000000),
                         .raison_sociale = region_draft_text(d, "Structure %d", i + 1),
                         .type = TYPE_ACI,
                         .opco = "UNIFORMATION",
                         .commune = pick(random, 0, COMMUNES - 1),
                         .effectif = 100 * pick(random, 8, 49),
                         .absents_max = MODEL_NONE,
                         .reste_a_charge_max = MODEL_NONE,
                         .idcc = ""};
        g_array_append_val(d->siae, row);
    }
    for (int32_t i = 0; i < ORGANISMES; i++) {
        ModelOrganisme row = {.siret = region_draft_siret(d, (uint32_t)i + 90000000),
                              .nda = region_draft_text(d, "2814%07d", i + 1),
                              .raison_sociale = region_draft_text(d, "Organisme %d", i + 1),
                              .qualiopi = true,
                              .sessions_simultanees = MODEL_NONE};
        g_array_append_val(d->organismes, row);
    }
}

/* One enveloppe that would pay every learner of every besoin alone in its group. */
static void make_money(RegionDraft *d, int32_t year_start, int32_t year_end)
{
    ModelAxe axe = {"CERTIF", "Certification", 1};
    g_array_append_val(d->axes, axe);
    ModelMontage montage = {
        .code = "PIC", .opco = "", .effectif_min = MODEL_NONE, .effectif_max = MODEL_NONE, .salaire_horaire = 0};
    g_array_append_val(d->montages, montage);
    ModelFinancement financement = {0, 1, "PIC IAE", 10000, 10000, 0, MODEL_NONE};
    g_array_append_val(d->financements, financement);
    ModelFrais frais = {"", 3200, 1900, 0, MODEL_NONE};
    g_array_append_val(d->frais, frais);
    ModelEnveloppe enveloppe = {.code = "PIC",
                                .opco = "UNIFORMATION",
                                .dispositif = "PIC IAE",
                                .axe = MODEL_NONE,
                                .montant = INT64_C(10000000000),
                                .montant_acquis = INT64_C(10000000000),
                                .debut_min = year_start,
                                .debut_max = year_end,
                                .fin_max = MODEL_NONE};
    g_array_append_val(d->enveloppes, enveloppe);
}

static void make_courses(RegionDraft *d, RegionRandom *random, int32_t year_start, int32_t year_end)
{
    ModelFormation formation = {.code = "SST",
                                .intitule = "Sauveteur secouriste du travail",
                                .domaine = "Sécurité",
                                .filiere = "",
                                .nature = NATURE_CERTIFIANTE,
                                .heures = 1400,
                                .jours = 2,
                                .jours_par_semaine = 5,
                                .effectif_min = 4,
                                .effectif_max = 10,
                                .certification = "",
                                .formacode = ""};
    g_array_append_val(d->formations, formation);
    for (int32_t i = 0; i < OFFRES; i++) {
        int32_t start = year_start + pick(random, 14, 300);
        ModelOffre row = {.code = region_draft_text(d, "O%03d", i + 1),
                          .organisme = pick(random, 0, ORGANISMES - 1),
                          .formation = 0,
                          .commune = pick(random, 0, COMMUNES - 1),
                          .modalite = MODALITE_PRESENTIEL,
                          .cout_groupe = 100 * (int64_t)pick(random, 900, 1600),
                          .cout_stagiaire = 100 * (int64_t)pick(random, 0, 40),
                          .effectif_min = 4,
                          .effectif_max = 10,
                          .date_debut = start,
                          .date_fin = MIN(start + pick(random, 28, 112), year_end - 14),
                          .sessions_max = pick(random, 3, 8),
                          .siae = MODEL_NONE,
                          .opco = ""};
        g_array_append_val(d->offres, row);
    }
    static const int EFFECTIFS[] = {30, 30, 20, 20};
    for (int32_t i = 0; i < BESOINS; i++) {
        int32_t siae = pick(random, 0, SIAE - 1);
        ModelBesoin row = {.reference = region_draft_text(d, "B%04d", i + 1),
                           .siae = siae,
                           .formation = 0,
                           .axe = 0,
                           .effectif = 1 + region_random_weighted(random, EFFECTIFS, 4),
                           .priorite = 1 + pick(random, 0, 3),
                           .statut = STATUT_PARCOURS,
                           .attestation = false,
                           .date_debut = year_start,
                           .date_fin = year_end,
                           .commune = region_random_chance(random, 60)
                                          ? region_draft_row(d, siae, ModelSiae, siae)->commune
                                          : pick(random, 0, COMMUNES - 1),
                           .rayon_km = MODEL_NONE,
                           .publics = region_draft_words(d, NULL, 0),
                           .stagiaire = ""};
        g_array_append_val(d->besoins, row);
    }
}

Model *region_location(uint64_t seed)
{
    RegionRandom random = {seed};
    RegionDraft *d = region_draft_new();
    int32_t year_start = calendar_day(2027, 1, 4), year_end = calendar_day(2027, 12, 17);
    d->model->campagne = (ModelCampagne){.code = "location-2027",
                                         .region = "28",
                                         .date_debut = year_start,
                                         .date_fin = year_end,
                                         .date_plan = year_start,
                                         .gel_jours = 14};
    make_places(d, &random);
    make_money(d, year_start, year_end);
    make_courses(d, &random, year_start, year_end);
    return region_draft_freeze(d);
}
