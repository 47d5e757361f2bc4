/* Made regions for benchmarks: size and shape of the field, figures from chance. */
#include "config/calendar.h"
#include "tests/lib/region.h"
#include "tests/lib/region_courses.h"
#include "tests/lib/region_fix.h"

#include <math.h>
#include <string.h>

const RegionSize region_sizes[] = {
    {"small", 30, 250, 700, 60, 40, 14, 1, 4, false},
    {"region", 350, 6000, 15000, 600, 40, 90, 1, 12, false},
    {"stress", 1400, 24000, 60000, 1500, 40, 300, 1, 20, false},
    {"nation", 5850, 100000, 250000, 5400, 40, 1620, 18, 20, false},
    {"tight", 30, 250, 700, 60, 40, 14, 1, 4, true},
    {0},
};

const RegionSize *region_size_find(const char *name)
{
    for (const RegionSize *size = region_sizes; size->name != NULL; size++)
        if (strcmp(size->name, name) == 0)
            return size;
    return NULL;
}

typedef struct {
    RegionDraft *draft;
    RegionRandom random;
    const RegionSize *size;
    int32_t year_start, year_end;
    /* by region: where its communes and its organismes begin; one entry more for the end */
    int32_t *communes_at, *organismes_at;
    int32_t *region_of_siae;
} Making;

/* The eighteen regions: code, départements, centre, half-extent in degrees. */
static const struct {
    const char *region, *departements;
    double latitude, longitude, extent;
} PLACES[] = {
    {"28", "14 27 50 61 76", 49.1, 0.2, 0.9},  {"53", "22 29 35 56", 48.1, -2.8, 0.9},
    {"52", "44 49 53 72 85", 47.4, -0.8, 0.9}, {"75", "16 17 33 40 87", 45.2, 0.2, 1.4},
    {"76", "09 11 31 34 81", 43.7, 2.2, 1.3},  {"84", "01 26 38 42 69", 45.5, 4.5, 1.2},
    {"93", "04 05 13 83 84", 43.9, 6.0, 0.9},  {"44", "54 55 57 67 68", 48.7, 6.2, 1.1},
    {"32", "02 59 60 62 80", 49.9, 2.8, 0.9},  {"11", "75 77 78 91 95", 48.7, 2.5, 0.4},
    {"27", "21 25 39 58 71", 47.2, 5.0, 1.0},  {"24", "18 28 36 37 45", 47.5, 1.7, 0.9},
    {"94", "2A 2B", 42.2, 9.1, 0.4},           {"01", "971", 16.2, -61.5, 0.15},
    {"02", "972", 14.7, -61.0, 0.12},          {"03", "973", 4.5, -53.0, 0.7},
    {"04", "974", -21.1, 55.5, 0.2},           {"06", "976", -12.8, 45.15, 0.1},
};

static const char *const OPCOS[] = {"UNIFORMATION", "AKTO",           "OCAPIAT", "OPCO SANTE",
                                    "OPCO EP",      "OPCO MOBILITES", "OPCO 2I", "CONSTRUCTYS",
                                    "L'OPCOMMERCE", "AFDAS",          "ATLAS"};
#define N_OPCOS ((int)G_N_ELEMENTS(OPCOS))

/* How a type of SIAE is spread over the OPCO, and how common the type is. */
static const struct {
    VocabularyType type;
    int weight, opcos[11], effectif_min, effectif_max;
} TYPES[] = {
    {TYPE_ACI, 45, {60, 0, 14, 8, 4, 2, 1, 3, 5, 2, 1}, 8, 60},
    {TYPE_EI, 22, {5, 20, 12, 0, 8, 8, 20, 14, 10, 2, 1}, 4, 90},
    {TYPE_AI, 17, {80, 5, 0, 0, 15, 0, 0, 0, 0, 0, 0}, 15, 120},
    {TYPE_ETTI, 13, {0, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 10, 300},
    {TYPE_EBE, 2, {70, 0, 30, 0, 0, 0, 0, 0, 0, 0, 0}, 20, 100},
    {TYPE_GEIQ, 1, {0, 40, 20, 0, 0, 0, 20, 20, 0, 0, 0}, 20, 120},
};

static int32_t pick(Making *k, int64_t lo, int64_t hi)
{
    return (int32_t)region_random_between(&k->random, lo, hi);
}

static bool chance(Making *k, int percent)
{
    return region_random_chance(&k->random, percent);
}

/* The i-th of `words`, blank-separated, i taken modulo their number. */
static const char *word(RegionDraft *draft, const char *words, int32_t i, int32_t *n)
{
    g_auto(GStrv) list = g_strsplit(words, " ", -1);
    *n = (int32_t)g_strv_length(list);
    return model_text(draft->model, list[i % *n]);
}

/* Towns first (a tenth of the communes), the others around one of them, denser near it; a few lie on an island. */
static void make_communes(Making *k, int32_t region)
{
    RegionDraft *d = k->draft;
    int32_t wanted = k->size->n_communes / k->size->n_regions, n_departements, first = k->communes_at[region];
    word(d, PLACES[region].departements, 0, &n_departements);
    bool overseas = strlen(PLACES[region].departements) == 3;
    int32_t n = overseas ? MIN(wanted, 95) : MIN(wanted, n_departements * 990);
    n = MAX(n, 1);
    int32_t n_towns = MAX(1, n / 10);
    for (int32_t i = 0; i < n; i++) {
        const char *departement = word(d, PLACES[region].departements, i, &n_departements);
        double latitude = PLACES[region].latitude, longitude = PLACES[region].longitude, reach = PLACES[region].extent;
        if (i >= n_towns) {
            const ModelCommune *town = region_draft_row(d, communes, ModelCommune, first + pick(k, 0, n_towns - 1));
            latitude = town->latitude;
            longitude = town->longitude;
            reach = 0.25 * region_random_unit(&k->random) * PLACES[region].extent;
        }
        /* whole ten-thousandths, so that the CSV holds them exactly */
        double north = round((latitude + reach * (2 * region_random_unit(&k->random) - 1)) * 10000);
        double east = round((longitude + 1.4 * reach * (2 * region_random_unit(&k->random) - 1)) * 10000);
        bool island = i >= n_towns && i % 25 == 7;
        ModelCommune row = {
            .code_insee =
                region_draft_text(d, "%s%0*d", departement, 5 - (int)strlen(departement), i / n_departements + 1),
            .nom = region_draft_text(d, i < n_towns ? "Ville %s-%d" : "Commune %s-%d", PLACES[region].region, i + 1),
            .latitude = north / 10000,
            .longitude = east / 10000,
            .zone = k->size->n_regions == 1 && !island
                        ? ""
                        : region_draft_text(d, "%s%s", island ? "île " : "région ", PLACES[region].region)};
        g_array_append_val(d->communes, row);
        for (int32_t town = 0; island && town < MIN(n_towns, 4); town++) {
            ModelTrajet boat = {
                .depart = first + i, .arrivee = first + town, .km = pick(k, 50, 600), .cout = pick(k, 1800, 4500)};
            g_array_append_val(d->trajets, boat);
        }
    }
    k->communes_at[region + 1] = first + n;
}

static int32_t some_commune(Making *k, int32_t region, int percent_town)
{
    int32_t first = k->communes_at[region], n = k->communes_at[region + 1] - first;
    return first + pick(k, 0, chance(k, percent_town) ? MAX(0, n / 10 - 1) : n - 1);
}

static void make_axes(Making *k)
{
    static const ModelAxe AXES[] = {{"BASE", "Compétences de base, langue et mobilité", 1},
                                    {"CERTIF", "Certification complète ou partielle", 1},
                                    {"TRANSF", "Compétences transférables, actions inter-structures", 2}};
    g_array_append_vals(k->draft->axes, AXES, G_N_ELEMENTS(AXES));
}

/* Learners a SIAE can spare on a day, and what it can pay itself: limits that four in ten name, wide enough for the
 * enveloppes to bind first; in a tight region most name them, and they bind first. */
static void limit_siae(Making *k, int32_t etp, ModelSiae *row)
{
    bool tight = k->size->tight;
    row->absents_max = chance(k, tight ? 40 : 60) ? MODEL_NONE : tight ? MAX(2, etp / 6) : MAX(3, etp / 4);
    row->reste_a_charge_max =
        chance(k, tight ? 15 : 60) ? MODEL_NONE : (int64_t)etp * 100 * (tight ? pick(k, 20, 80) : pick(k, 100, 300));
}

static void make_siae(Making *k)
{
    RegionDraft *d = k->draft;
    int weights[G_N_ELEMENTS(TYPES)];
    for (gsize t = 0; t < G_N_ELEMENTS(TYPES); t++)
        weights[t] = TYPES[t].weight;
    k->region_of_siae = g_new(int32_t, (gsize)k->size->n_siae);
    for (int32_t i = 0; i < k->size->n_siae; i++) {
        int32_t region = (int32_t)((int64_t)i * k->size->n_regions / k->size->n_siae);
        int t = region_random_weighted(&k->random, weights, (int)G_N_ELEMENTS(TYPES));
        int32_t etp = pick(k, TYPES[t].effectif_min, pick(k, TYPES[t].effectif_min, TYPES[t].effectif_max));
        ModelSiae row = {.code = region_draft_text(d, "S%04d", i + 1),
                         .siret = region_draft_siret(d, (uint32_t)i + 10000000),
                         .raison_sociale = region_draft_text(d, "Structure %d", i + 1),
                         .type = TYPES[t].type,
                         .opco = OPCOS[region_random_weighted(&k->random, TYPES[t].opcos, N_OPCOS)],
                         .commune = some_commune(k, region, 45),
                         .effectif = chance(k, 5) ? MODEL_NONE : etp * 100 + 25 * pick(k, 0, 3),
                         .idcc = ""};
        limit_siae(k, etp, &row);
        k->region_of_siae[i] = region;
        g_array_append_val(d->siae, row);
    }
}

static void make_organismes(Making *k, int32_t region)
{
    RegionDraft *d = k->draft;
    int32_t n = MAX(1, k->size->n_organismes / k->size->n_regions);
    for (int32_t i = 0; i < n; i++) {
        int32_t number = (int32_t)d->organismes->len;
        ModelOrganisme row = {.siret = region_draft_siret(d, (uint32_t)number + 90000000),
                              .nda = region_draft_text(d, "%s14%07d", PLACES[region].region, number + 1),
                              .raison_sociale = region_draft_text(d, "Organisme %d", number + 1),
                              .qualiopi = chance(k, 96),
                              .sessions_simultanees = chance(k, 30) ? MODEL_NONE : pick(k, 1, 5)};
        g_array_append_val(d->organismes, row);
    }
    k->organismes_at[region + 1] = (int32_t)d->organismes->len;
}

static void make_formations(Making *k)
{
    RegionDraft *d = k->draft;
    for (int32_t i = 0; i < k->size->n_formations; i++) {
        const RegionCourse *c = &region_courses[i % REGION_COURSES];
        int32_t edition = i / REGION_COURSES + 1;
        ModelFormation row = {.code = edition == 1 ? c->code : region_draft_text(d, "%s-V%d", c->code, edition),
                              .intitule = c->intitule,
                              .domaine = c->domaine,
                              .filiere = c->filiere,
                              .nature = c->nature,
                              .heures = c->heures * 100,
                              .jours = c->jours,
                              .jours_par_semaine = c->jours_par_semaine,
                              .effectif_min = c->effectif_min,
                              .effectif_max = c->effectif_max,
                              .certification = "",
                              .formacode = ""};
        g_array_append_val(d->formations, row);
    }
}

static int32_t demand_of_all(void)
{
    int32_t total = 0;
    for (int i = 0; i < REGION_COURSES; i++)
        total += region_courses[i].demande;
    return total;
}

/* One run of a course, somewhere in the region, for a few weeks or months. */
static void make_offre(Making *k, int32_t region, int32_t formation)
{
    RegionDraft *d = k->draft;
    const RegionCourse *c = &region_courses[formation % REGION_COURSES];
    bool afest = g_str_has_prefix(c->code, "AFEST"), numeric = strcmp(c->domaine, "Numérique") == 0;
    VocabularyModalite modalite = afest                      ? MODALITE_AFEST
                                  : numeric && chance(k, 30) ? MODALITE_DISTANCIEL
                                  : chance(k, 6)             ? MODALITE_MIXTE
                                                             : MODALITE_PRESENTIEL;
    bool nowhere = modalite == MODALITE_DISTANCIEL || (afest && chance(k, 60));
    int32_t start = k->year_start + pick(k, 14, 300), price = pick(k, 88, 122);
    ModelOffre row = {.code = region_draft_text(d, "O%05u", d->offres->len + 1),
                      .organisme = pick(k, k->organismes_at[region], k->organismes_at[region + 1] - 1),
                      .formation = formation,
                      .commune = nowhere ? MODEL_NONE : some_commune(k, region, 85),
                      .modalite = modalite,
                      .cout_groupe = (int64_t)c->prix_jour * c->jours * price,
                      .cout_stagiaire = (int64_t)c->prix_stagiaire * price,
                      .effectif_min = c->effectif_min,
                      .effectif_max = chance(k, 8) ? MAX(c->effectif_min, c->effectif_max - 2) : c->effectif_max,
                      .date_debut = start,
                      .date_fin = MIN(start + pick(k, 28, 112), k->year_end),
                      .sessions_max = c->effectif_max == 1 ? pick(k, 4, 12) : pick(k, 1, 4),
                      .siae = MODEL_NONE,
                      .opco = chance(k, 5) ? OPCOS[pick(k, 0, 2)] : ""};
    if (afest && nowhere && chance(k, 50))
        row.siae = (int32_t)((int64_t)region * k->size->n_siae / k->size->n_regions);
    g_array_append_val(d->offres, row);
}

/* Two to six offers of a course in a small region; more where more learners ask for it. */
static void make_offres(Making *k, int32_t region)
{
    int64_t learners = k->size->n_learners / k->size->n_regions, all = demand_of_all();
    for (int32_t f = 0; f < k->size->n_formations; f++) {
        const RegionCourse *c = &region_courses[f % REGION_COURSES];
        int64_t asking = learners * c->demande / all, per_offer = (int64_t)c->effectif_max * 2;
        for (int64_t n = MAX(asking / per_offer, 1) + pick(k, 1, 4); n > 0; n--)
            make_offre(k, region, f);
    }
}

/* Weeks from a session's first day to its last, holidays apart. */
static int32_t weeks_of(const RegionCourse *c)
{
    return (c->jours + c->jours_par_semaine - 1) / c->jours_par_semaine;
}

static void need_window(Making *k, const RegionCourse *c, ModelBesoin *row)
{
    static const int KINDS[] = {35, 20, 20, 25};
    int32_t weeks = weeks_of(c);
    row->date_debut = k->year_start + 7;
    row->date_fin = k->year_end;
    switch (region_random_weighted(&k->random, KINDS, 4)) {
    case 0: /* a contract that ends: some weeks or months more than the course takes */
        row->date_debut = k->year_start + pick(k, 7, 250);
        row->date_fin = row->date_debut + weeks * 7 + pick(k, 21, 120);
        break;
    case 1: /* first semester, or as long as the course takes */
        row->date_fin = k->year_start + MAX(180, weeks * 7 + 60);
        break;
    case 2: /* second semester */
        row->date_debut = k->year_start + MIN(235, 340 - weeks * 7);
        row->date_fin = k->year_end + weeks * 3;
        break;
    default:
        break;
    }
}

/* One learner alone names no public that tells of health. */
static const char *const *need_publics(Making *k, int32_t effectif)
{
    static const char *const PUBLICS[] = {"ASS", "CAP_BEP", "DELD",   "DETLD", "FLE", "JEUNE",
                                          "QPV", "RSA",     "SENIOR", "TH",    "ZRR"};
    const char *chosen[G_N_ELEMENTS(PUBLICS)];
    int32_t n = 0;
    for (gsize p = 0; p < G_N_ELEMENTS(PUBLICS); p++)
        if (chance(k, 17) && (effectif > 1 || strcmp(PUBLICS[p], "TH") != 0))
            chosen[n++] = PUBLICS[p];
    return region_draft_words(k->draft, chosen, n);
}

static int opco_position(const char *opco)
{
    int o = 0;
    while (strcmp(OPCOS[o], opco) != 0)
        o++;
    return o;
}

static void add_need(Making *k, int32_t siae, int32_t formation, int32_t effectif, const char *stagiaire, int32_t apres)
{
    RegionDraft *d = k->draft;
    static const int PRIORITES[] = {15, 30, 40, 15};
    const RegionCourse *c = &region_courses[formation % REGION_COURSES];
    const ModelSiae *s = region_draft_row(d, siae, ModelSiae, siae);
    int32_t axe = strcmp(c->axe, "BASE") == 0 ? 0 : strcmp(c->axe, "CERTIF") == 0 ? 1 : 2;
    ModelBesoin row = {.reference = region_draft_text(d, "B%06u", d->besoins->len + 1),
                       .siae = siae,
                       .formation = formation,
                       .axe = axe,
                       .effectif = effectif,
                       .priorite = 1 + region_random_weighted(&k->random, PRIORITES, 4),
                       .statut = chance(k, 2) ? STATUT_PERMANENT : STATUT_PARCOURS,
                       .attestation = c->nature == NATURE_OBLIGATION && chance(k, 85),
                       .commune = chance(k, 88) ? s->commune : some_commune(k, k->region_of_siae[siae], 20),
                       .rayon_km = chance(k, 40) ? MODEL_NONE : 10 * pick(k, 4, 16) * 5,
                       .publics = need_publics(k, effectif),
                       .stagiaire = stagiaire};
    need_window(k, c, &row);
    if (apres != MODEL_NONE) {
        row.apres = region_draft_list(d, &apres, 1);
        row.n_apres = 1;
        row.date_fin = k->year_end;
    }
    g_array_append_val(d->besoins, row);
}

/* A stagiaire who learns French, then drives. */
static void add_chain(Making *k, int32_t siae, int32_t french, int32_t driving)
{
    const char *stagiaire = region_draft_text(k->draft, "P%05u", k->draft->besoins->len);
    int32_t first = (int32_t)k->draft->besoins->len;
    add_need(k, siae, french, 1, stagiaire, MODEL_NONE);
    add_need(k, siae, driving, 1, stagiaire, first);
}

static int32_t course_named(const char *code)
{
    int32_t i = 0;
    while (strcmp(region_courses[i].code, code) != 0)
        i++;
    return i;
}

/* Brings the learners to the number aimed at, one at a time, over needs that may hold several. */
static void adjust_learners(Making *k)
{
    GArray *besoins = k->draft->besoins;
    int64_t learners = 0;
    for (guint i = 0; i < besoins->len; i++)
        learners += g_array_index(besoins, ModelBesoin, i).effectif;
    int32_t step = learners < k->size->n_learners ? 1 : -1;
    for (int64_t tries = (int64_t)besoins->len * 20; tries > 0 && learners != k->size->n_learners; tries--) {
        ModelBesoin *b = &g_array_index(besoins, ModelBesoin, (guint)pick(k, 0, (int32_t)besoins->len - 1));
        if (b->stagiaire[0] != '\0' || b->effectif + step < 1 || b->effectif + step > 12)
            continue;
        b->effectif += step;
        learners += step;
    }
}

static void make_besoins(Making *k)
{
    static const int EFFECTIFS[] = {30, 25, 17, 12, 6, 4, 2, 2, 1, 1};
    int weights[REGION_COURSES];
    int32_t french = course_named("FLE-PRO"), driving = course_named("CACES-R489-1A3"), n = 0;
    bool chains = k->size->n_formations > MAX(french, driving);
    while ((n = (int32_t)k->draft->besoins->len) < k->size->n_besoins) {
        int32_t siae = (int32_t)((int64_t)n * k->size->n_siae / k->size->n_besoins);
        if (chains && n + 1 < k->size->n_besoins && chance(k, 1)) {
            add_chain(k, siae, french, driving);
            continue;
        }
        /* a SIAE knows a third of the courses: its trade */
        for (int i = 0; i < REGION_COURSES; i++)
            weights[i] = region_courses[i].demande * ((siae * 7 + i * 11) % 3 == 0 || i == 5 ? 4 : 1);
        int course = region_random_weighted(&k->random, weights, MIN(REGION_COURSES, k->size->n_formations));
        int32_t edition = pick(k, 0, (k->size->n_formations - 1 - course) / REGION_COURSES);
        int32_t effectif = region_courses[course].effectif_max == 1
                               ? pick(k, 1, 2)
                               : 1 + region_random_weighted(&k->random, EFFECTIFS, (int)G_N_ELEMENTS(EFFECTIFS));
        add_need(k, siae, course + edition * REGION_COURSES, effectif, "", MODEL_NONE);
    }
    adjust_learners(k);
}

#define TYPES_OF(a, b) ((1U << (a)) | (1U << (b)))
#define FUNDED_NATURES (TYPES_OF(NATURE_CERTIFIANTE, NATURE_BASE) | TYPES_OF(NATURE_TRANSFERABLE, NATURE_OBLIGATION))
#define LEARNERS_ONLY (1U << STATUT_PARCOURS)

static const ModelMontage MONTAGES[] = {
    {"FPETT-SEUL", "AKTO", 1U << TYPE_ETTI, 0, LEARNERS_ONLY, MODEL_NONE, MODEL_NONE, NULL, 0, 0},
    {"PDC-MOINS50", "", 0, 0, 0, MODEL_NONE, 4999, NULL, 0, 0},
    {"PIC-ACI-50-249", "", TYPES_OF(TYPE_ACI, TYPE_EBE), FUNDED_NATURES, LEARNERS_ONLY, 5000, 24999, NULL, 0, 130},
    {"PIC-ACI-MOINS50", "", TYPES_OF(TYPE_ACI, TYPE_EBE), FUNDED_NATURES, LEARNERS_ONLY, MODEL_NONE, 4999, NULL, 0,
     130},
    {"PIC-EI-AI", "", TYPES_OF(TYPE_EI, TYPE_AI), FUNDED_NATURES, LEARNERS_ONLY, MODEL_NONE, 24999, NULL, 0, 1300},
    {"PIC-ETTI", "AKTO", 1U << TYPE_ETTI, FUNDED_NATURES, LEARNERS_ONLY, MODEL_NONE, MODEL_NONE, NULL, 0, 1300},
    {"SIAE-PAIE", "", 0, 0, LEARNERS_ONLY, MODEL_NONE, MODEL_NONE, NULL, 0, 0},
};

static const ModelFinancement FINANCEMENTS[] = {
    {0, 1, "FPETT", 10000, 3000, 0, 2700},
    {1, 1, "PDC", 10000, 5000, 0, 2000},
    {2, 1, "PIC IAE", 7000, 7000, 7000, 4500},
    {2, 2, "PDC", 3000, 3000, 0, 2000},
    {3, 1, "PIC IAE", 10000, 10000, 10000, 4500},
    {4, 1, "PIC IAE", 7000, 7000, 7000, 4500},
    {4, 2, "PDC", 3000, 0, 0, 1500},
    {5, 1, "PIC IAE", 7000, 7000, 3000, 4500},
    {5, 2, "FPETT", 10000, 3000, 0, 1800},
};

/* What a need would take from PIC IAE: its place in a group two thirds full, its road, its wage. Cents. */
static int64_t need_cost(const ModelBesoin *b, const ModelSiae *s)
{
    const RegionCourse *c = &region_courses[b->formation % REGION_COURSES];
    int64_t group = MAX(c->effectif_min, (c->effectif_max * 2 + 2) / 3);
    int64_t wage = s->type == TYPE_ACI ? 130 : s->type == TYPE_ETTI ? 390 : 910;
    int64_t learner = ((int64_t)c->prix_jour * c->jours / group + c->prix_stagiaire) * 105 + (int64_t)c->jours * 2500;
    return b->effectif * (learner + wage * c->heures);
}

static void add_envelope(Making *k, const char *code, int o, const char *dispositif, int64_t montant, int32_t from,
                         int32_t to, int32_t last)
{
    ModelEnveloppe row = {.code = region_draft_text(k->draft, "%s-%02d", code, o + 1),
                          .opco = OPCOS[o],
                          .dispositif = dispositif,
                          .axe = MODEL_NONE,
                          .montant = montant,
                          .montant_acquis = chance(k, 60) ? montant : montant / 2,
                          .debut_min = from,
                          .debut_max = to,
                          .fin_max = last};
    g_array_append_val(k->draft->enveloppes, row);
}

static void make_money(Making *k)
{
    RegionDraft *d = k->draft;
    g_array_append_vals(d->montages, MONTAGES, G_N_ELEMENTS(MONTAGES));
    g_array_append_vals(d->financements, FINANCEMENTS, G_N_ELEMENTS(FINANCEMENTS));
    int64_t demand[G_N_ELEMENTS(OPCOS)] = {0};
    for (guint i = 0; i < d->besoins->len; i++) {
        const ModelBesoin *b = region_draft_row(d, besoins, ModelBesoin, i);
        const ModelSiae *s = region_draft_row(d, siae, ModelSiae, b->siae);
        demand[opco_position(s->opco)] += need_cost(b, s);
    }
    int32_t middle = (k->year_start + k->year_end) / 2;
    for (int o = 0; o < N_OPCOS; o++) {
        ModelFrais row = {OPCOS[o], 2500 + 100 * pick(k, 0, 10), 1200 + 50 * pick(k, 0, 16),
                          9000 + 100 * pick(k, 0, 22), chance(k, 30) ? MODEL_NONE : 600 + 100 * pick(k, 0, 4)};
        g_array_append_val(d->frais, row);
        /* odd cents, so that envelopes bind to the cent */
        int64_t pic = demand[o] / 100 * (k->size->tight ? pick(k, 60, 75) : pick(k, 30, 40)) + pick(k, 0, 99);
        bool signatory = strcmp(OPCOS[o], "CONSTRUCTYS") != 0 && strcmp(OPCOS[o], "ATLAS") != 0;
        if (signatory) {
            add_envelope(k, "PIC-N", o, "PIC IAE", pic - pic / 12, k->year_start, k->year_end, k->year_end + 120);
            add_envelope(k, "PIC-N-1", o, "PIC IAE", pic / 12, k->year_start - 180, k->year_start + 90,
                         k->year_start + 120);
        }
        add_envelope(k, "PDC", o, "PDC", demand[o] / 20, k->year_start, k->year_end, MODEL_NONE);
        if (strcmp(OPCOS[o], "AKTO") == 0) {
            add_envelope(k, "FPETT-S1", o, "FPETT", demand[o] / 10, k->year_start, middle, MODEL_NONE);
            add_envelope(k, "FPETT-S2", o, "FPETT", demand[o] / 14, middle + 1, k->year_end, MODEL_NONE);
        }
    }
    ModelFrais other = {"", 2500, 1000, 0, MODEL_NONE};
    g_array_append_val(d->frais, other);
}

static void make_priorites(Making *k)
{
    static const ModelPriorite ROWS[] = {
        {CRITERE_PRIORITE, "1", 8}, {CRITERE_PRIORITE, "2", 4},   {CRITERE_PRIORITE, "3", 2},
        {CRITERE_PRIORITE, "4", 1}, {CRITERE_PUBLIC, "RSA", 1},   {CRITERE_PUBLIC, "QPV", 1},
        {CRITERE_PUBLIC, "TH", 1},  {CRITERE_PUBLIC, "DETLD", 1}, {CRITERE_NATURE, "certifiante", 2},
        {CRITERE_AXE, "BASE", 2},   {CRITERE_TYPE, "ACI", 1},     {CRITERE_FORMATION, "FLE-PRO", 1},
    };
    g_array_append_vals(k->draft->priorites, ROWS, G_N_ELEMENTS(ROWS));
    k->draft->model->has_priorites = true;
}

static void add_closure(Making *k, VocabularyObjet objet, int32_t sujet, int32_t du, int32_t days)
{
    ModelFermeture row = {objet, sujet, du, du + days - 1};
    g_array_append_val(k->draft->fermetures, row);
}

static void make_fermetures(Making *k)
{
    int32_t august = calendar_day(2027, 8, 2);
    for (int32_t s = 0; s < k->size->n_siae; s++) {
        if (chance(k, 25))
            add_closure(k, OBJET_SIAE, s, august + 7 * pick(k, 0, 1), 7 * pick(k, 1, 3));
        else if (chance(k, 10))
            add_closure(k, OBJET_SIAE, s, k->year_start + pick(k, 30, 300), pick(k, 1, 5));
    }
    for (int32_t o = 0; o < (int32_t)k->draft->organismes->len; o++)
        if (chance(k, 60))
            add_closure(k, OBJET_ORGANISME, o, august, 7 * pick(k, 2, 4));
    for (int32_t c = 0; c < (int32_t)k->draft->communes->len; c += 40)
        add_closure(k, OBJET_COMMUNE, c, k->year_start + pick(k, 30, 300), 1);
}

Model *region_make(uint64_t seed, const RegionSize *size)
{
    g_assert(size->n_regions >= 1 && size->n_regions <= (int32_t)G_N_ELEMENTS(PLACES));
    g_autofree int32_t *communes_at = g_new0(int32_t, (gsize)size->n_regions + 1);
    g_autofree int32_t *organismes_at = g_new0(int32_t, (gsize)size->n_regions + 1);
    Making k = {.draft = region_draft_new(),
                .random = {seed},
                .size = size,
                .year_start = calendar_day(2027, 1, 4),
                .year_end = calendar_day(2027, 12, 17),
                .communes_at = communes_at,
                .organismes_at = organismes_at};
    k.draft->model->campagne = (ModelCampagne){.code = region_draft_text(k.draft, "%s-2027", size->name),
                                               .region = PLACES[0].region,
                                               .date_debut = k.year_start,
                                               .date_fin = k.year_end,
                                               .date_plan = k.year_start,
                                               .gel_jours = 14};
    for (int32_t r = 0; r < size->n_regions; r++) {
        make_communes(&k, r);
        make_organismes(&k, r);
    }
    make_axes(&k);
    make_siae(&k);
    make_formations(&k);
    for (int32_t r = 0; r < size->n_regions; r++)
        make_offres(&k, r);
    make_besoins(&k);
    make_money(&k);
    make_priorites(&k);
    make_fermetures(&k);
    region_fix_sessions(k.draft, &k.random, size->n_fixed);
    g_free(k.region_of_siae);
    return region_draft_freeze(k.draft);
}
