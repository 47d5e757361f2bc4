/* The input files as data: see tables.h. A new column of the contract is a line here and a field in sql/model.h. */
#include "ingest/tables.h"

#include "config/calendar.h"
#include "sql/model.h"

#include <string.h>

static const char *const euros[] = {"€", "eur", "euro", "euros", NULL}, *const percent[] = {"%", NULL},
                         *const km[] = {"km", NULL}, *const hours[] = {"h", NULL}, *const etp[] = {"etp", NULL};

#define AT(Row, field) .offset = G_STRUCT_OFFSET(Row, field)
#define KEY .key = true
#define OPT .optional = true
#define BOUNDS(...) .number = {__VA_ARGS__}
/* Amounts stay under config/money.h's 9e14 cents, also multiplied by the largest counts below. */
#define EUROS(most) .kind = KIND_AMOUNT, BOUNDS(2, 0, (most)*INT64_C(100), euros)
#define TAUX .kind = KIND_NUMBER, BOUNDS(2, 0, 10000, percent)
#define KM .kind = KIND_NUMBER, BOUNDS(1, 0, 200000, km)
#define HEURES .kind = KIND_NUMBER, BOUNDS(2, 1, 1000000, hours)
#define ETP .kind = KIND_NUMBER, BOUNDS(2, 0, 100000000, etp)
#define COUNT(least, most) .kind = KIND_NUMBER, BOUNDS(0, least, most, NULL)
#define DEGREES(most) .kind = KIND_DEGREES, BOUNDS(0, -(most), most, NULL)
#define DATE .kind = KIND_DATE
#define CODE .kind = KIND_CODE
#define TEXT .kind = KIND_TEXT
#define WORD(vocabulary) .kind = KIND_WORD, .words = &vocabulary_##vocabulary
#define WORDS(vocabulary) .kind = KIND_WORDS, .words = &vocabulary_##vocabulary
#define NAMES(table) .kind = KIND_REFERENCE, .target = TABLES_##table

static const TablesColumn campagne[] = {
    {"code", AT(ModelCampagne, code), CODE},
    {"region", AT(ModelCampagne, region), .kind = KIND_REGION},
    {"date_debut", AT(ModelCampagne, date_debut), DATE},
    {"date_fin", AT(ModelCampagne, date_fin), DATE},
    {"date_plan", AT(ModelCampagne, date_plan), DATE, OPT},
    {"gel_jours", AT(ModelCampagne, gel_jours), COUNT(0, 3650), OPT, .absent = "0"},
};

static const TablesColumn communes[] = {
    {"code_insee", AT(ModelCommune, code_insee), .kind = KIND_INSEE, KEY},
    {"nom", AT(ModelCommune, nom), TEXT},
    {"latitude", AT(ModelCommune, latitude), DEGREES(90)},
    {"longitude", AT(ModelCommune, longitude), DEGREES(180)},
    {"zone", AT(ModelCommune, zone), TEXT, OPT},
};

static const TablesColumn frais[] = {
    {"opco", AT(ModelFrais, opco), CODE, KEY, OPT},
    {"bareme_km", AT(ModelFrais, bareme_km), .kind = KIND_NUMBER, BOUNDS(4, 0, 100000, euros)},
    {"forfait_jour", AT(ModelFrais, forfait_jour), EUROS(10000)},
    {"forfait_nuit", AT(ModelFrais, forfait_nuit), EUROS(10000), OPT, .absent = "0"},
    {"nuit_km", AT(ModelFrais, nuit_km), KM, OPT},
};

static const TablesColumn siae[] = {
    {"code", AT(ModelSiae, code), CODE, KEY},
    {"siret", AT(ModelSiae, siret), .kind = KIND_SIRET},
    {"raison_sociale", AT(ModelSiae, raison_sociale), TEXT},
    {"type", AT(ModelSiae, type), WORD(type)},
    {"opco", AT(ModelSiae, opco), CODE, OPT},
    {"commune", AT(ModelSiae, commune), NAMES(COMMUNES)},
    {"effectif", AT(ModelSiae, effectif), ETP, OPT},
    {"absents_max", AT(ModelSiae, absents_max), COUNT(0, 1000000), OPT},
    {"reste_a_charge_max", AT(ModelSiae, reste_a_charge_max), EUROS(100000000000), OPT},
    {"idcc", AT(ModelSiae, idcc), .kind = KIND_IDCC, OPT},
};

static const TablesColumn organismes[] = {
    {"siret", AT(ModelOrganisme, siret), .kind = KIND_SIRET, KEY},
    {"nda", AT(ModelOrganisme, nda), .kind = KIND_NDA},
    {"raison_sociale", AT(ModelOrganisme, raison_sociale), TEXT},
    {"qualiopi", AT(ModelOrganisme, qualiopi), .kind = KIND_YES_NO, OPT, .absent = "oui"},
    {"sessions_simultanees", AT(ModelOrganisme, sessions_simultanees), COUNT(0, 1000000), OPT},
};

static const TablesColumn formations[] = {
    {"code", AT(ModelFormation, code), CODE, KEY},
    {"intitule", AT(ModelFormation, intitule), TEXT},
    {"domaine", AT(ModelFormation, domaine), TEXT},
    {"filiere", AT(ModelFormation, filiere), TEXT, OPT},
    {"nature", AT(ModelFormation, nature), WORD(nature)},
    {"heures", AT(ModelFormation, heures), HEURES},
    {"jours", AT(ModelFormation, jours), COUNT(1, 1000)},
    {"jours_par_semaine", AT(ModelFormation, jours_par_semaine), COUNT(1, 5), OPT, .absent = "5"},
    {"effectif_min", AT(ModelFormation, effectif_min), COUNT(1, 10000)},
    {"effectif_max", AT(ModelFormation, effectif_max), COUNT(1, 10000)},
    {"certification", AT(ModelFormation, certification), .kind = KIND_CERTIFICATION, OPT},
    {"formacode", AT(ModelFormation, formacode), .kind = KIND_FORMACODE, OPT},
};

static const TablesColumn axes[] = {
    {"code", AT(ModelAxe, code), CODE, KEY},
    {"libelle", AT(ModelAxe, libelle), TEXT},
    {"min_siae", AT(ModelAxe, min_siae), COUNT(1, 10000), OPT, .absent = "1"},
};

static const TablesColumn offres[] = {
    {"code", AT(ModelOffre, code), CODE, KEY},
    {"organisme", AT(ModelOffre, organisme), NAMES(ORGANISMES)},
    {"formation", AT(ModelOffre, formation), NAMES(FORMATIONS)},
    {"commune", AT(ModelOffre, commune), NAMES(COMMUNES), OPT},
    {"modalite", AT(ModelOffre, modalite), WORD(modalite)},
    {"cout_groupe", AT(ModelOffre, cout_groupe), EUROS(10000000)},
    {"cout_stagiaire", AT(ModelOffre, cout_stagiaire), EUROS(1000000)},
    {"effectif_min", AT(ModelOffre, effectif_min), COUNT(1, 10000), OPT},
    {"effectif_max", AT(ModelOffre, effectif_max), COUNT(1, 10000), OPT},
    {"date_debut", AT(ModelOffre, date_debut), DATE},
    {"date_fin", AT(ModelOffre, date_fin), DATE},
    {"sessions_max", AT(ModelOffre, sessions_max), COUNT(0, 100000)},
    {"siae", AT(ModelOffre, siae), NAMES(SIAE), OPT},
    {"opco", AT(ModelOffre, opco), CODE, OPT},
};

static const TablesColumn besoins[] = {
    {"reference", AT(ModelBesoin, reference), CODE, KEY},
    {"siae", AT(ModelBesoin, siae), NAMES(SIAE)},
    {"formation", AT(ModelBesoin, formation), NAMES(FORMATIONS)},
    {"effectif", AT(ModelBesoin, effectif), COUNT(1, 100000)},
    {"priorite", AT(ModelBesoin, priorite), COUNT(1, 4), OPT, .absent = "3"},
    {"axe", AT(ModelBesoin, axe), NAMES(AXES)},
    {"statut", AT(ModelBesoin, statut), WORD(statut), OPT, .absent = "parcours"},
    {"attestation", AT(ModelBesoin, attestation), .kind = KIND_YES_NO, OPT, .absent = "non"},
    {"date_debut", AT(ModelBesoin, date_debut), DATE},
    {"date_fin", AT(ModelBesoin, date_fin), DATE},
    {"commune", AT(ModelBesoin, commune), NAMES(COMMUNES), OPT},
    {"rayon_km", AT(ModelBesoin, rayon_km), KM, OPT},
    {"publics", AT(ModelBesoin, publics), .kind = KIND_TEXTS, OPT},
    {"stagiaire", AT(ModelBesoin, stagiaire), CODE, OPT},
    {"apres", AT(ModelBesoin, apres), .kind = KIND_LATE, OPT},
};

static const TablesColumn montages[] = {
    {"code", AT(ModelMontage, code), CODE, KEY},
    {"opco", AT(ModelMontage, opco), CODE, OPT},
    {"types", AT(ModelMontage, types), WORDS(type), OPT},
    {"effectif_min", AT(ModelMontage, effectif_min), ETP, OPT},
    {"effectif_max", AT(ModelMontage, effectif_max), ETP, OPT},
    {"natures", AT(ModelMontage, natures), WORDS(nature), OPT},
    {"statuts", AT(ModelMontage, statuts), WORDS(statut), OPT},
    {"axes", AT(ModelMontage, axes), .kind = KIND_REFERENCES, .target = TABLES_AXES,
     .count_offset = G_STRUCT_OFFSET(ModelMontage, n_axes), OPT},
    {"salaire_horaire", AT(ModelMontage, salaire_horaire), EUROS(10000), OPT, .absent = "0"},
};

static const TablesColumn financements[] = {
    {"montage", AT(ModelFinancement, montage), NAMES(MONTAGES), KEY},
    {"rang", AT(ModelFinancement, rang), COUNT(0, 1000000), KEY},
    {"dispositif", AT(ModelFinancement, dispositif), CODE},
    {"taux_pedagogie", AT(ModelFinancement, taux_pedagogie), TAUX},
    {"plafond_horaire", AT(ModelFinancement, plafond_horaire), EUROS(100000), OPT},
    {"taux_annexes", AT(ModelFinancement, taux_annexes), TAUX},
    {"taux_salaire", AT(ModelFinancement, taux_salaire), TAUX, OPT, .absent = "0"},
};

static const TablesColumn enveloppes[] = {
    {"code", AT(ModelEnveloppe, code), CODE, KEY},
    {"opco", AT(ModelEnveloppe, opco), CODE},
    {"dispositif", AT(ModelEnveloppe, dispositif), CODE},
    {"axe", AT(ModelEnveloppe, axe), NAMES(AXES), OPT},
    {"montant", AT(ModelEnveloppe, montant), EUROS(100000000000)},
    {"montant_acquis", AT(ModelEnveloppe, montant_acquis), EUROS(100000000000), OPT},
    {"debut_min", AT(ModelEnveloppe, debut_min), DATE},
    {"debut_max", AT(ModelEnveloppe, debut_max), DATE},
    {"fin_max", AT(ModelEnveloppe, fin_max), DATE, OPT},
};

static const TablesColumn priorites[] = {
    {"critere", AT(ModelPriorite, critere), WORD(critere), KEY},
    {"valeur", AT(ModelPriorite, valeur), TEXT, KEY},
    {"points", AT(ModelPriorite, points), COUNT(0, 1000000), KEY},
};

static const TablesColumn trajets[] = {
    {"depart", AT(ModelTrajet, depart), NAMES(COMMUNES), KEY},
    {"arrivee", AT(ModelTrajet, arrivee), NAMES(COMMUNES), KEY},
    {"km", AT(ModelTrajet, km), KM},
    {"cout", AT(ModelTrajet, cout), EUROS(10000), OPT, .absent = "0"},
};

static const TablesColumn fermetures[] = {
    {"objet", AT(ModelFermeture, objet), WORD(objet), KEY},
    {"code", AT(ModelFermeture, sujet), .kind = KIND_LATE, KEY},
    {"du", AT(ModelFermeture, du), DATE, KEY},
    {"au", AT(ModelFermeture, au), DATE, KEY},
};

static const TablesColumn sessions_fixees[] = {
    {"session", AT(ModelSessionFixee, session), CODE, KEY},
    {"offre", AT(ModelSessionFixee, offre), NAMES(OFFRES)},
    {"date_debut", AT(ModelSessionFixee, date_debut), DATE},
};

static const TablesColumn affectations_fixees[] = {
    {"session", AT(ModelAffectationFixee, session), NAMES(SESSIONS_FIXEES), KEY},
    {"besoin", AT(ModelAffectationFixee, besoin), NAMES(BESOINS), KEY},
    {"effectif", AT(ModelAffectationFixee, effectif), COUNT(1, 100000)},
    {"montage", AT(ModelAffectationFixee, montage), NAMES(MONTAGES), KEY},
};

#define FILE_(table, Row, ...)                                                                                         \
    {                                                                                                                  \
        .name = #table ".csv", .row_size = sizeof(Row), .columns = table, .n_columns = (int)G_N_ELEMENTS(table),       \
        __VA_ARGS__                                                                                                    \
    }
static const TablesFile files[TABLES_N] = {
    [TABLES_CAMPAGNE] = FILE_(campagne, ModelCampagne, .optional = false),
    [TABLES_COMMUNES] = FILE_(communes, ModelCommune, .optional = false),
    [TABLES_FRAIS] = FILE_(frais, ModelFrais, .optional = false),
    [TABLES_SIAE] = FILE_(siae, ModelSiae, .optional = false),
    [TABLES_ORGANISMES] = FILE_(organismes, ModelOrganisme, .optional = false),
    [TABLES_FORMATIONS] = FILE_(formations, ModelFormation, .optional = false),
    [TABLES_AXES] = FILE_(axes, ModelAxe, .optional = false),
    [TABLES_OFFRES] = FILE_(offres, ModelOffre, .optional = false),
    [TABLES_BESOINS] = FILE_(besoins, ModelBesoin, .optional = false),
    [TABLES_MONTAGES] = FILE_(montages, ModelMontage, .optional = false),
    [TABLES_FINANCEMENTS] = FILE_(financements, ModelFinancement, .optional = false),
    [TABLES_ENVELOPPES] = FILE_(enveloppes, ModelEnveloppe, .optional = false),
    [TABLES_PRIORITES] = FILE_(priorites, ModelPriorite, .optional = true, .repeats = true),
    [TABLES_TRAJETS] = FILE_(trajets, ModelTrajet, .optional = true),
    [TABLES_FERMETURES] = FILE_(fermetures, ModelFermeture, .optional = true),
    [TABLES_SESSIONS_FIXEES] = FILE_(sessions_fixees, ModelSessionFixee, .optional = true),
    [TABLES_AFFECTATIONS_FIXEES] = FILE_(affectations_fixees, ModelAffectationFixee, .optional = true),
};

const TablesFile *tables_file(TablesId id)
{
    g_assert((int)id >= 0 && id < TABLES_N);
    return &files[id];
}

int tables_column(const TablesFile *file, const char *name)
{
    for (int i = 0; i < file->n_columns; i++)
        if (strcmp(file->columns[i].name, name) == 0)
            return i;
    return -1;
}

bool tables_is_text(const TablesColumn *column)
{
    return column->kind <= KIND_IDCC;
}

const TablesColumn *tables_text_key(const TablesFile *file)
{
    const TablesColumn *key = NULL;
    for (int i = 0; i < file->n_columns; i++)
        if (file->columns[i].key) {
            if (key != NULL || !tables_is_text(&file->columns[i]))
                return NULL;
            key = &file->columns[i];
        }
    return key;
}

const void *tables_at(const TablesColumn *column, const void *row)
{
    return (const char *)row + column->offset;
}

const char *tables_string(const TablesColumn *column, const void *row)
{
    g_assert(tables_is_text(column));
    return *(const char *const *)tables_at(column, row);
}

#define ORDER(a, b) (((a) > (b)) - ((a) < (b)))
#define ORDER_AS(Type, a, b) ORDER(*(const Type *)(a), *(const Type *)(b))

static int compare_lists(const TablesColumn *column, const void *row_a, const void *row_b)
{
    int32_t n_a = *(const int32_t *)(const void *)((const char *)row_a + column->count_offset);
    int32_t n_b = *(const int32_t *)(const void *)((const char *)row_b + column->count_offset);
    const int32_t *a = *(const int32_t *const *)tables_at(column, row_a);
    const int32_t *b = *(const int32_t *const *)tables_at(column, row_b);
    if (n_a != n_b)
        return ORDER(n_a, n_b);
    for (int32_t i = 0; i < n_a; i++)
        if (a[i] != b[i])
            return ORDER(a[i], b[i]);
    return 0;
}

static int compare_texts(const char *const *a, const char *const *b)
{
    for (; *a != NULL && *b != NULL; a++, b++) {
        int order = strcmp(*a, *b);
        if (order != 0)
            return order;
    }
    return (*a != NULL) - (*b != NULL);
}

int tables_compare(const TablesColumn *column, const void *row_a, const void *row_b)
{
    const void *a = tables_at(column, row_a), *b = tables_at(column, row_b);
    switch (column->kind) {
    case KIND_CODE:
    case KIND_TEXT:
    case KIND_INSEE:
    case KIND_REGION:
    case KIND_SIRET:
    case KIND_NDA:
    case KIND_CERTIFICATION:
    case KIND_FORMACODE:
    case KIND_IDCC:
        return strcmp(*(const char *const *)a, *(const char *const *)b);
    case KIND_AMOUNT:
        return ORDER_AS(int64_t, a, b);
    case KIND_NUMBER:
    case KIND_DATE:
    case KIND_WORD:
    case KIND_REFERENCE:
        return ORDER_AS(int32_t, a, b);
    case KIND_DEGREES:
        return ORDER_AS(double, a, b);
    case KIND_YES_NO:
        return ORDER_AS(bool, a, b);
    case KIND_WORDS:
        return ORDER_AS(uint32_t, a, b);
    case KIND_TEXTS:
        return compare_texts(*(const char *const *const *)a, *(const char *const *const *)b);
    case KIND_REFERENCES:
        return compare_lists(column, row_a, row_b);
    case KIND_LATE:
        return column->key ? ORDER_AS(int32_t, a, b) : 0;
    }
    g_assert_not_reached();
}

int tables_compare_keys(const TablesFile *file, const void *a, const void *b)
{
    int order = 0;
    for (int i = 0; i < file->n_columns && order == 0; i++)
        if (file->columns[i].key)
            order = tables_compare(&file->columns[i], a, b);
    return order;
}
