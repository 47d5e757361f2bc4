/* Tiny regions for exhaustive search: every rule of the contract in small numbers, so that limits bind often. */
#include "config/calendar.h"
#include "config/money.h"
#include "tests/lib/region.h"
#include "tests/lib/region_fix.h"

#include <string.h>

#define LEARNERS_MAX 8 /* more, and exhaustive search takes too long */

typedef struct {
    RegionDraft *draft;
    RegionRandom random;
    int32_t first, last; /* the campaign's days */
} Tiny;

static int32_t pick(Tiny *t, int32_t lo, int32_t hi)
{
    return (int32_t)region_random_between(&t->random, lo, hi);
}

static bool chance(Tiny *t, int percent)
{
    return region_random_chance(&t->random, percent);
}

/* A value of lo..hi, or MODEL_NONE `none` times in a hundred. */
static int32_t pick_or_none(Tiny *t, int none, int32_t lo, int32_t hi)
{
    return chance(t, none) ? MODEL_NONE : pick(t, lo, hi);
}

#define PICK(t, words) ((words)[pick(t, 0, (int32_t)G_N_ELEMENTS(words) - 1)])

static const char *const OPCOS[] = {"AKTO", "OCAPIAT", "UNIFORMATION"};
static const char *const DISPOSITIFS[] = {"PIC IAE", "PDC", "FSE+"};
static const char *const PUBLICS[] = {"JEUNE", "QPV", "RSA", "TH"};
static const char *const FILIERES[] = {"", "logistique", "propreté"};

/* A region whose holidays differ from its neighbour's, and a Monday of weeks that hold one of them. */
static const struct {
    const char *region, *departement, *neighbour;
    int month, date;
} PLACES[] = {
    {"01", "971", "978", 5, 24},  {"01", "971", "977", 10, 4}, {"02", "972", "972", 5, 17}, {"03", "973", "973", 6, 7},
    {"04", "974", "974", 12, 13}, {"06", "976", "976", 4, 26}, {"44", "67", "54", 3, 22},   {"44", "57", "55", 12, 20},
    {"84", "01", "38", 5, 3},     {"94", "2A", "2B", 7, 12},   {"53", "35", "22", 10, 25},  {"28", "14", "50", 11, 8},
};

/* The days of a window inside the campaign: the whole of it, or a part. */
static void window(Tiny *t, int whole, int32_t *from, int32_t *to)
{
    *from = t->first;
    *to = t->last;
    if (chance(t, whole))
        return;
    *from = pick(t, t->first, t->last - 4);
    *to = pick(t, *from + 4, t->last + 3);
}

static void make_place(Tiny *t)
{
    RegionDraft *d = t->draft;
    int place = pick(t, 0, (int32_t)G_N_ELEMENTS(PLACES) - 1);
    ModelCampagne *c = &d->model->campagne;
    t->first = calendar_day(2027, PLACES[place].month, PLACES[place].date) + pick(t, 0, 4);
    t->last = t->first + pick(t, 9, 22);
    *c = (ModelCampagne){.code = "TINY-2027",
                         .region = PLACES[place].region,
                         .date_debut = t->first,
                         .date_fin = t->last,
                         .date_plan = chance(t, 90) ? t->first + pick(t, -20, 2) : MODEL_NONE,
                         .gel_jours = chance(t, 50) ? 0 : pick(t, 1, 12)};
    int32_t n = pick(t, 1, 4);
    bool islands = chance(t, 40);
    for (int32_t i = 0; i < n; i++) {
        const char *departement = i % 2 == 1 ? PLACES[place].neighbour : PLACES[place].departement;
        int digits = 5 - (int)strlen(departement);
        ModelCommune row = {.code_insee = region_draft_text(d, "%s%0*d", departement, digits, 9 - i),
                            .nom = region_draft_text(d, "Commune %c", 'A' + i),
                            .latitude = (1600 + pick(t, 0, 40)) / 100.0,
                            .longitude = (-6150 + pick(t, 0, 40)) / 100.0,
                            .zone = islands && i > 0 && chance(t, 40) ? "île" : ""};
        g_array_append_val(d->communes, row);
    }
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j < n; j++) {
            bool sea = strcmp(region_draft_row(d, communes, ModelCommune, i)->zone,
                              region_draft_row(d, communes, ModelCommune, j)->zone) != 0;
            if (i == j || !chance(t, sea ? 60 : 12))
                continue;
            ModelTrajet row = {.depart = i,
                               .arrivee = j,
                               .km = pick(t, 0, 400),
                               .cout = sea             ? pick(t, 1000, 5000)
                                       : chance(t, 50) ? 0
                                                       : pick(t, 1, 999)};
            g_array_append_val(d->trajets, row);
        }
}

static void make_frais(Tiny *t)
{
    bool general = chance(t, 70);
    for (gsize i = 0; i <= G_N_ELEMENTS(OPCOS); i++) {
        bool other = i == G_N_ELEMENTS(OPCOS);
        if (other ? !general : general && chance(t, 50))
            continue;
        ModelFrais row = {.opco = other ? "" : OPCOS[i],
                          .bareme_km = chance(t, 50) ? 3200 : pick(t, 0, 7001),
                          .forfait_jour = chance(t, 30) ? 0 : pick(t, 1, 2500),
                          .forfait_nuit = chance(t, 30) ? 0 : pick(t, 3000, 11200),
                          .nuit_km = pick_or_none(t, 40, 0, 300)};
        g_array_append_val(t->draft->frais, row);
    }
}

/* True if an opco with no row of its own has the row of every other. */
static bool has_general_frais(const Tiny *t)
{
    for (guint i = 0; i < t->draft->frais->len; i++)
        if (region_draft_row(t->draft, frais, ModelFrais, i)->opco[0] == '\0')
            return true;
    return false;
}

static void make_siae(Tiny *t)
{
    RegionDraft *d = t->draft;
    static const int SIZES[] = {12, 33, 55};
    int32_t n = 1 + region_random_weighted(&t->random, SIZES, 3);
    bool without_opco = has_general_frais(t);
    for (int32_t i = 0; i < n; i++) {
        bool same = i > 0 && chance(t, 10);
        const ModelSiae *before = same ? region_draft_row(d, siae, ModelSiae, i - 1) : NULL;
        ModelSiae row = {.code = region_draft_text(d, "S%d", 9 - i),
                         .siret = same ? before->siret
                                       : region_draft_siret(d, (uint32_t)pick(t, 0, 9999) * 10 + (uint32_t)i),
                         .raison_sociale = region_draft_text(d, "Structure %d", i),
                         .type = same ? (before->type + 1) % TYPE_N : (VocabularyType)pick(t, 0, TYPE_N - 1),
                         .opco = without_opco && chance(t, 8) ? "" : OPCOS[pick(t, 0, chance(t, 60) ? 0 : 2)],
                         .commune = pick(t, 0, (int32_t)d->communes->len - 1),
                         .effectif = pick_or_none(t, 15, 100, 30000),
                         .absents_max = pick_or_none(t, 50, 1, 3),
                         .reste_a_charge_max = pick_or_none(t, 65, 2000, 70000),
                         .idcc = ""};
        g_array_append_val(d->siae, row);
    }
}

static void make_offres(Tiny *t)
{
    RegionDraft *d = t->draft;
    static const int N_FORMATIONS[] = {45, 35, 20}, GROUP_MIN[] = {48, 40, 12}, DAYS[] = {35, 35, 15, 15};
    int32_t n_organismes = pick(t, 1, 2), n_formations = 1 + region_random_weighted(&t->random, N_FORMATIONS, 3);
    for (int32_t i = 0; i < n_organismes; i++) {
        ModelOrganisme row = {.siret = region_draft_siret(d, 50000000 + (uint32_t)pick(t, 0, 999) * 10 + (uint32_t)i),
                              .nda = region_draft_text(d, "9597%07d", pick(t, 0, 9999999)),
                              .raison_sociale = region_draft_text(d, "Organisme %d", i),
                              .qualiopi = chance(t, 88),
                              .sessions_simultanees = pick_or_none(t, 50, 1, 2)};
        g_array_append_val(d->organismes, row);
    }
    static const int32_t HOURS_A_DAY[] = {700, 700, 350, 725, 333};
    for (int32_t i = 0; i < n_formations; i++) {
        int32_t jours = 1 + region_random_weighted(&t->random, DAYS, 4);
        int32_t min = 1 + region_random_weighted(&t->random, GROUP_MIN, 3);
        ModelFormation row = {.code = region_draft_text(d, "F%d", 5 - i),
                              .intitule = region_draft_text(d, "Formation %d", i),
                              .domaine = "essai",
                              .filiere = PICK(t, FILIERES),
                              .nature = (VocabularyNature)pick(t, 0, NATURE_N - 1),
                              .heures = jours * PICK(t, HOURS_A_DAY),
                              .jours = jours,
                              .jours_par_semaine = chance(t, 40) ? 5 : pick(t, 1, 4),
                              .effectif_min = min,
                              .effectif_max = pick(t, MAX(min, 2), 4),
                              .certification = "",
                              .formacode = ""};
        g_array_append_val(d->formations, row);
    }
    int32_t n = n_formations + pick(t, 0, 4 - n_formations);
    static const int MODALITES[MODALITE_N] = {60, 10, 15, 15};
    for (int32_t i = 0; i < n; i++) {
        /* a formation in twelve stays without offer */
        int32_t formation = i < n_formations && chance(t, 92) ? i : pick(t, 0, n_formations - 1);
        const ModelFormation *f = region_draft_row(d, formations, ModelFormation, formation);
        VocabularyModalite modalite = (VocabularyModalite)region_random_weighted(&t->random, MODALITES, MODALITE_N);
        bool nowhere = (modalite == MODALITE_DISTANCIEL || modalite == MODALITE_AFEST) && chance(t, 50);
        bool own = chance(t, 25);
        int32_t min = own ? pick(t, 1, 2) : f->effectif_min;
        ModelOffre row = {.code = region_draft_text(d, "O%d", 8 - i),
                          .organisme = pick(t, 0, n_organismes - 1),
                          .formation = formation,
                          .commune = nowhere ? MODEL_NONE : pick(t, 0, (int32_t)d->communes->len - 1),
                          .modalite = modalite,
                          .cout_groupe = chance(t, 15) ? 0 : pick(t, 2003, 60001),
                          .cout_stagiaire = chance(t, 30) ? 0 : pick(t, 1, 15013),
                          .effectif_min = min,
                          .effectif_max = own ? pick(t, min, 3) : f->effectif_max,
                          .sessions_max = chance(t, 5) ? 0 : pick(t, 1, 2),
                          .siae = chance(t, 7) ? pick(t, 0, (int32_t)d->siae->len - 1) : MODEL_NONE,
                          .opco = chance(t, 9) ? OPCOS[pick(t, 0, 1)] : ""};
        window(t, 60, &row.date_debut, &row.date_fin);
        if (chance(t, 10))
            row.date_debut -= 5;
        row.date_fin = MIN(row.date_fin, row.date_debut + 13);
        g_array_append_val(d->offres, row);
    }
}

static void make_axes(Tiny *t)
{
    int32_t n = pick(t, 1, 3);
    static const int MIN_SIAE[] = {80, 15, 5};
    for (int32_t i = 0; i < n; i++) {
        ModelAxe row = {.code = region_draft_text(t->draft, "A%d", 3 - i),
                        .libelle = region_draft_text(t->draft, "Axe %d", i),
                        .min_siae = 1 + region_random_weighted(&t->random, MIN_SIAE, 3)};
        g_array_append_val(t->draft->axes, row);
    }
}

static void make_besoins(Tiny *t)
{
    RegionDraft *d = t->draft;
    int32_t n = pick(t, 3, 7), learners = 0, chained = MODEL_NONE, chain = chance(t, 40) ? pick(t, 2, 3) : 0;
    static const int EFFECTIFS[] = {38, 37, 25};
    static const int PRIORITES[] = {20, 25, 35, 20};
    for (int32_t i = 0; i < n && learners < LEARNERS_MAX; i++) {
        bool in_chain = i < chain;
        int32_t siae = in_chain && chained != MODEL_NONE ? region_draft_row(d, besoins, ModelBesoin, chained)->siae
                                                         : pick(t, 0, (int32_t)d->siae->len - 1);
        const char *publics[G_N_ELEMENTS(PUBLICS)];
        int32_t n_publics = 0;
        for (gsize p = 0; p < G_N_ELEMENTS(PUBLICS); p++)
            if (chance(t, 25))
                publics[n_publics++] = PUBLICS[p];
        ModelBesoin row = {.reference = region_draft_text(d, "B%02d", (i * 7 + 3) % 10),
                           .siae = siae,
                           .formation = pick(t, 0, (int32_t)d->formations->len - 1),
                           .axe = pick(t, 0, (int32_t)d->axes->len - 1),
                           .effectif = in_chain ? 1 : 1 + region_random_weighted(&t->random, EFFECTIFS, 3),
                           .priorite = 1 + region_random_weighted(&t->random, PRIORITES, 4),
                           .statut = chance(t, 15) ? STATUT_PERMANENT : STATUT_PARCOURS,
                           .attestation = chance(t, 45),
                           .commune = chance(t, 80) ? region_draft_row(d, siae, ModelSiae, siae)->commune
                                                    : pick(t, 0, (int32_t)d->communes->len - 1),
                           .rayon_km = pick_or_none(t, 70, 50, 500),
                           .publics = region_draft_words(d, publics, n_publics),
                           .stagiaire = ""};
        window(t, 78, &row.date_debut, &row.date_fin);
        if (in_chain) {
            row.stagiaire = "P1";
            if (chained != MODEL_NONE && chance(t, 75)) {
                row.apres = region_draft_list(d, &chained, 1);
                row.n_apres = 1;
            }
            chained = i;
        } else if (row.effectif == 1 && chance(t, 25)) {
            row.stagiaire = "P2";
        }
        row.effectif = MIN(row.effectif, LEARNERS_MAX - learners);
        learners += row.effectif;
        g_array_append_val(d->besoins, row);
    }
}

static uint32_t some_of(Tiny *t, int percent, int n)
{
    uint32_t set = 0;
    if (chance(t, percent))
        for (int i = 0; i < n; i++)
            if (chance(t, 60))
                set |= 1U << i;
    return set;
}

static void make_montages(Tiny *t)
{
    RegionDraft *d = t->draft;
    static const int64_t WAGES[] = {0, 0, 130, 1300, 1187};
    static const int32_t RATES[] = {10000, 10000, 7000, 6000, 5000, 3333, 1, 0};
    static const int32_t ANNEXES[] = {10000, 5000, 3333, 0, 0};
    int32_t n = pick(t, 1, 3);
    bool self = chance(t, 72);
    for (int32_t i = 0; i < n + (self ? 1 : 0); i++) {
        ModelMontage row = {.code = region_draft_text(d, "M%d", 6 - i),
                            .opco = i < n && chance(t, 20) ? OPCOS[pick(t, 0, 1)] : "",
                            .effectif_min = MODEL_NONE,
                            .effectif_max = MODEL_NONE,
                            .salaire_horaire = PICK(t, WAGES)};
        if (i < n) {
            row.types = some_of(t, 15, TYPE_N);
            row.natures = some_of(t, 15, NATURE_N);
            row.statuts = some_of(t, 15, STATUT_N);
            row.effectif_min = pick_or_none(t, 85, 0, 10000);
            row.effectif_max = pick_or_none(t, 80, MAX(5000, row.effectif_min), 25000);
            if (chance(t, 20)) {
                int32_t axe = pick(t, 0, (int32_t)d->axes->len - 1);
                row.axes = region_draft_list(d, &axe, 1);
                row.n_axes = 1;
            }
        }
        g_array_append_val(d->montages, row);
        int32_t n_financements = i < n ? pick(t, 1, chance(t, 60) ? 1 : 3) : 0;
        for (int32_t rang = 0; rang < n_financements; rang++) {
            ModelFinancement f = {.montage = i,
                                  .rang = rang * 5 + 1,
                                  .dispositif = PICK(t, DISPOSITIFS),
                                  .taux_pedagogie = PICK(t, RATES),
                                  .taux_annexes = PICK(t, ANNEXES),
                                  .taux_salaire = PICK(t, ANNEXES),
                                  .plafond_horaire = chance(t, 60) ? MODEL_NONE : pick(t, 300, 3001)};
            g_array_append_val(d->financements, f);
        }
    }
}

/* What one to three learners of a full group of some offer would take from it at some rate, give or take a cent: an
 * envelope that binds to the cent. */
static int64_t tight_amount(Tiny *t)
{
    const ModelOffre *o =
        region_draft_row(t->draft, offres, ModelOffre, pick(t, 0, (int32_t)t->draft->offres->len - 1));
    const ModelFinancement *f = region_draft_row(t->draft, financements, ModelFinancement,
                                                 pick(t, 0, (int32_t)t->draft->financements->len - 1));
    int64_t group = pick(t, o->effectif_min, o->effectif_max);
    int64_t share = (o->cout_groupe + o->cout_stagiaire * group) / group;
    int64_t paid = money_capped_rate(share, f->plafond_horaire,
                                     region_draft_row(t->draft, formations, ModelFormation, o->formation)->heures,
                                     f->taux_pedagogie);
    int64_t amount = paid * pick(t, 1, 3) + pick(t, -1, 2);
    return MAX(0, amount);
}

static void make_enveloppes(Tiny *t)
{
    RegionDraft *d = t->draft;
    int32_t code = 90;
    for (gsize o = 0; o < G_N_ELEMENTS(OPCOS); o++)
        for (gsize p = 0; p < G_N_ELEMENTS(DISPOSITIFS); p++)
            for (int32_t n = chance(t, 80) ? pick(t, 1, chance(t, 70) ? 1 : 3) : 0; n > 0; n--) {
                int64_t montant = chance(t, 60) ? tight_amount(t) : pick(t, 0, 300000);
                ModelEnveloppe row = {.code = region_draft_text(d, "E%d", code--),
                                      .opco = OPCOS[o],
                                      .dispositif = DISPOSITIFS[p],
                                      .axe = pick_or_none(t, 75, 0, (int32_t)d->axes->len - 1),
                                      .montant = montant,
                                      .montant_acquis = chance(t, 70)   ? montant
                                                        : chance(t, 66) ? montant / 2
                                                                        : 0,
                                      .fin_max = MODEL_NONE};
                window(t, 70, &row.debut_min, &row.debut_max);
                if (chance(t, 30))
                    row.fin_max = pick(t, row.debut_min + 2, t->last + 5);
                g_array_append_val(d->enveloppes, row);
            }
}

/* Appends unless a row is already equal in every cell. */
static void add_priorite(Tiny *t, VocabularyCritere critere, const char *valeur)
{
    ModelPriorite row = {critere, valeur, pick(t, 0, 7)};
    for (guint i = 0; i < t->draft->priorites->len; i++) {
        const ModelPriorite *known = region_draft_row(t->draft, priorites, ModelPriorite, i);
        if (known->critere == critere && strcmp(known->valeur, valeur) == 0 && known->points == row.points)
            return;
    }
    g_array_append_val(t->draft->priorites, row);
}

static void make_priorites(Tiny *t)
{
    RegionDraft *d = t->draft;
    d->model->has_priorites = chance(t, 60);
    for (int32_t n = d->model->has_priorites ? pick(t, 0, 8) : 0; n > 0; n--) {
        const ModelFormation *f =
            region_draft_row(d, formations, ModelFormation, pick(t, 0, (int32_t)d->formations->len - 1));
        const char *const values[CRITERE_N] = {
            [CRITERE_PRIORITE] = region_draft_text(d, "%d", pick(t, 1, 4)),
            [CRITERE_PUBLIC] = PICK(t, PUBLICS),
            [CRITERE_NATURE] = vocabulary_word(&vocabulary_nature, (int)f->nature),
            [CRITERE_AXE] = region_draft_row(d, axes, ModelAxe, pick(t, 0, (int32_t)d->axes->len - 1))->code,
            [CRITERE_FILIERE] = f->filiere,
            [CRITERE_FORMATION] = f->code,
            [CRITERE_ZONE] = "île",
            [CRITERE_TYPE] = vocabulary_word(&vocabulary_type, pick(t, 0, TYPE_N - 1)),
        };
        VocabularyCritere critere = (VocabularyCritere)pick(t, 0, CRITERE_N - 1);
        if (values[critere][0] != '\0')
            add_priorite(t, critere, values[critere]);
    }
}

static void make_fermetures(Tiny *t)
{
    RegionDraft *d = t->draft;
    const guint sizes[OBJET_N] = {
        [OBJET_SIAE] = d->siae->len, [OBJET_ORGANISME] = d->organismes->len, [OBJET_COMMUNE] = d->communes->len};
    for (int32_t n = chance(t, 50) ? pick(t, 1, 3) : 0; n > 0; n--) {
        VocabularyObjet objet = (VocabularyObjet)pick(t, 0, OBJET_N - 1);
        int32_t du = pick(t, t->first - 2, t->last);
        /* one place a day apart from the next, so that no two rows are equal */
        ModelFermeture row = {objet, pick(t, 0, (int32_t)sizes[objet] - 1), du, du + 3 - n + pick(t, 0, 1) * 3};
        g_array_append_val(d->fermetures, row);
    }
}

Model *region_tiny(uint64_t seed)
{
    Tiny tiny = {.draft = region_draft_new(), .random = {seed}};
    make_place(&tiny);
    make_frais(&tiny);
    make_siae(&tiny);
    make_offres(&tiny);
    make_axes(&tiny);
    make_besoins(&tiny);
    make_montages(&tiny);
    make_enveloppes(&tiny);
    make_priorites(&tiny);
    make_fermetures(&tiny);
    if (chance(&tiny, 70))
        region_fix_sessions(tiny.draft, &tiny.random, pick(&tiny, 1, 2));
    return region_draft_freeze(tiny.draft);
}
