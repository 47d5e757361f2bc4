/* The input tables as data: see store_table.h. A new column of the contract is a line here and one in the queries. */
#include "sql/store_table.h"

#define AT(kind, Row, field)                                                                                           \
    {                                                                                                                  \
        STORE_TABLE_##kind, G_STRUCT_OFFSET(Row, field), NULL, STORE_TABLE_N, OBJET_N                                  \
    }
#define AT_WORD(kind, Row, field, vocabulary)                                                                          \
    {                                                                                                                  \
        STORE_TABLE_##kind, G_STRUCT_OFFSET(Row, field), &vocabulary_##vocabulary, STORE_TABLE_N, OBJET_N              \
    }
#define AT_NAME(Row, field, target)                                                                                    \
    {                                                                                                                  \
        STORE_TABLE_NAME, G_STRUCT_OFFSET(Row, field), NULL, STORE_TABLE_##target, OBJET_N                             \
    }
#define AT_SUBJECT(target, objet)                                                                                      \
    {                                                                                                                  \
        STORE_TABLE_SUBJECT, G_STRUCT_OFFSET(ModelFermeture, sujet), NULL, STORE_TABLE_##target, OBJET_##objet         \
    }

static const StoreTableColumn communes[] = {AT(TEXT, ModelCommune, code_insee), AT(TEXT, ModelCommune, nom),
                                            AT(FLOAT8, ModelCommune, latitude), AT(FLOAT8, ModelCommune, longitude),
                                            AT(TEXT, ModelCommune, zone)};

static const StoreTableColumn frais[] = {AT(TEXT, ModelFrais, opco), AT(INT4, ModelFrais, bareme_km),
                                         AT(INT8, ModelFrais, forfait_jour), AT(INT8, ModelFrais, forfait_nuit),
                                         AT(INT4, ModelFrais, nuit_km)};

static const StoreTableColumn siae[] = {AT(TEXT, ModelSiae, code),
                                        AT(TEXT, ModelSiae, siret),
                                        AT(TEXT, ModelSiae, raison_sociale),
                                        AT_WORD(WORD, ModelSiae, type, type),
                                        AT(TEXT, ModelSiae, opco),
                                        AT_NAME(ModelSiae, commune, COMMUNES),
                                        AT(INT4, ModelSiae, effectif),
                                        AT(INT4, ModelSiae, absents_max),
                                        AT(INT8, ModelSiae, reste_a_charge_max),
                                        AT(TEXT, ModelSiae, idcc)};

static const StoreTableColumn organismes[] = {
    AT(TEXT, ModelOrganisme, siret), AT(TEXT, ModelOrganisme, nda), AT(TEXT, ModelOrganisme, raison_sociale),
    AT(BOOL, ModelOrganisme, qualiopi), AT(INT4, ModelOrganisme, sessions_simultanees)};

static const StoreTableColumn formations[] = {AT(TEXT, ModelFormation, code),
                                              AT(TEXT, ModelFormation, intitule),
                                              AT(TEXT, ModelFormation, domaine),
                                              AT(TEXT, ModelFormation, filiere),
                                              AT_WORD(WORD, ModelFormation, nature, nature),
                                              AT(INT4, ModelFormation, heures),
                                              AT(INT4, ModelFormation, jours),
                                              AT(INT4, ModelFormation, jours_par_semaine),
                                              AT(INT4, ModelFormation, effectif_min),
                                              AT(INT4, ModelFormation, effectif_max),
                                              AT(TEXT, ModelFormation, certification),
                                              AT(TEXT, ModelFormation, formacode)};

static const StoreTableColumn axes[] = {AT(TEXT, ModelAxe, code), AT(TEXT, ModelAxe, libelle),
                                        AT(INT4, ModelAxe, min_siae)};

static const StoreTableColumn offres[] = {AT(TEXT, ModelOffre, code),
                                          AT_NAME(ModelOffre, organisme, ORGANISMES),
                                          AT_NAME(ModelOffre, formation, FORMATIONS),
                                          AT_NAME(ModelOffre, commune, COMMUNES),
                                          AT_WORD(WORD, ModelOffre, modalite, modalite),
                                          AT(INT8, ModelOffre, cout_groupe),
                                          AT(INT8, ModelOffre, cout_stagiaire),
                                          AT(INT4, ModelOffre, effectif_min),
                                          AT(INT4, ModelOffre, effectif_max),
                                          AT(DATE, ModelOffre, date_debut),
                                          AT(DATE, ModelOffre, date_fin),
                                          AT(INT4, ModelOffre, sessions_max),
                                          AT_NAME(ModelOffre, siae, SIAE),
                                          AT(TEXT, ModelOffre, opco)};

static const StoreTableColumn besoins[] = {AT(TEXT, ModelBesoin, reference),
                                           AT_NAME(ModelBesoin, siae, SIAE),
                                           AT_NAME(ModelBesoin, formation, FORMATIONS),
                                           AT_NAME(ModelBesoin, axe, AXES),
                                           AT(INT4, ModelBesoin, effectif),
                                           AT(INT4, ModelBesoin, priorite),
                                           AT_WORD(WORD, ModelBesoin, statut, statut),
                                           AT(BOOL, ModelBesoin, attestation),
                                           AT(DATE, ModelBesoin, date_debut),
                                           AT(DATE, ModelBesoin, date_fin),
                                           AT_NAME(ModelBesoin, commune, COMMUNES),
                                           AT(INT4, ModelBesoin, rayon_km),
                                           AT(TEXT, ModelBesoin, stagiaire)};

static const StoreTableColumn montages[] = {AT(TEXT, ModelMontage, code),
                                            AT(TEXT, ModelMontage, opco),
                                            AT_WORD(WORDS, ModelMontage, types, type),
                                            AT_WORD(WORDS, ModelMontage, natures, nature),
                                            AT_WORD(WORDS, ModelMontage, statuts, statut),
                                            AT(INT4, ModelMontage, effectif_min),
                                            AT(INT4, ModelMontage, effectif_max),
                                            AT(INT8, ModelMontage, salaire_horaire)};

static const StoreTableColumn financements[] = {
    AT_NAME(ModelFinancement, montage, MONTAGES), AT(INT4, ModelFinancement, rang),
    AT(TEXT, ModelFinancement, dispositif),       AT(INT4, ModelFinancement, taux_pedagogie),
    AT(INT8, ModelFinancement, plafond_horaire),  AT(INT4, ModelFinancement, taux_annexes),
    AT(INT4, ModelFinancement, taux_salaire)};

static const StoreTableColumn enveloppes[] = {
    AT(TEXT, ModelEnveloppe, code),      AT(TEXT, ModelEnveloppe, opco),      AT(TEXT, ModelEnveloppe, dispositif),
    AT_NAME(ModelEnveloppe, axe, AXES),  AT(INT8, ModelEnveloppe, montant),   AT(INT8, ModelEnveloppe, montant_acquis),
    AT(DATE, ModelEnveloppe, debut_min), AT(DATE, ModelEnveloppe, debut_max), AT(DATE, ModelEnveloppe, fin_max)};

static const StoreTableColumn priorites[] = {{STORE_TABLE_RANK, 0, NULL, STORE_TABLE_N, OBJET_N},
                                             AT_WORD(WORD, ModelPriorite, critere, critere),
                                             AT(TEXT, ModelPriorite, valeur),
                                             AT(INT4, ModelPriorite, points)};

static const StoreTableColumn trajets[] = {AT_NAME(ModelTrajet, depart, COMMUNES),
                                           AT_NAME(ModelTrajet, arrivee, COMMUNES), AT(INT4, ModelTrajet, km),
                                           AT(INT8, ModelTrajet, cout)};

static const StoreTableColumn fermetures[] = {AT_WORD(WORD, ModelFermeture, objet, objet),
                                              AT_SUBJECT(SIAE, SIAE),
                                              AT_SUBJECT(ORGANISMES, ORGANISME),
                                              AT_SUBJECT(COMMUNES, COMMUNE),
                                              AT(DATE, ModelFermeture, du),
                                              AT(DATE, ModelFermeture, au)};

static const StoreTableColumn sessions_fixees[] = {AT(TEXT, ModelSessionFixee, session),
                                                   AT_NAME(ModelSessionFixee, offre, OFFRES),
                                                   AT(DATE, ModelSessionFixee, date_debut)};

static const StoreTableColumn affectations_fixees[] = {
    AT_NAME(ModelAffectationFixee, session, SESSIONS_FIXEES), AT_NAME(ModelAffectationFixee, besoin, BESOINS),
    AT_NAME(ModelAffectationFixee, montage, MONTAGES), AT(INT4, ModelAffectationFixee, effectif)};

#define TABLE(table, Row, query)                                                                                       \
    {                                                                                                                  \
        DB_SQL(copy_##query), DB_SQL(load_##query), G_STRUCT_OFFSET(Model, table), G_STRUCT_OFFSET(Model, n_##table),  \
            sizeof(Row), table, (int)G_N_ELEMENTS(table)                                                               \
    }

/* A table stands after those it names. */
static const StoreTable tables[STORE_TABLE_N] = {
    [STORE_TABLE_COMMUNES] = TABLE(communes, ModelCommune, commune),
    [STORE_TABLE_FRAIS] = TABLE(frais, ModelFrais, frais),
    [STORE_TABLE_SIAE] = TABLE(siae, ModelSiae, siae),
    [STORE_TABLE_ORGANISMES] = TABLE(organismes, ModelOrganisme, organisme),
    [STORE_TABLE_FORMATIONS] = TABLE(formations, ModelFormation, formation),
    [STORE_TABLE_AXES] = TABLE(axes, ModelAxe, axe),
    [STORE_TABLE_OFFRES] = TABLE(offres, ModelOffre, offre),
    [STORE_TABLE_BESOINS] = TABLE(besoins, ModelBesoin, besoin),
    [STORE_TABLE_MONTAGES] = TABLE(montages, ModelMontage, montage),
    [STORE_TABLE_FINANCEMENTS] = TABLE(financements, ModelFinancement, financement),
    [STORE_TABLE_ENVELOPPES] = TABLE(enveloppes, ModelEnveloppe, enveloppe),
    [STORE_TABLE_PRIORITES] = TABLE(priorites, ModelPriorite, priorite),
    [STORE_TABLE_TRAJETS] = TABLE(trajets, ModelTrajet, trajet),
    [STORE_TABLE_FERMETURES] = TABLE(fermetures, ModelFermeture, fermeture),
    [STORE_TABLE_SESSIONS_FIXEES] = TABLE(sessions_fixees, ModelSessionFixee, session_fixee),
    [STORE_TABLE_AFFECTATIONS_FIXEES] = TABLE(affectations_fixees, ModelAffectationFixee, affectation_fixee),
};

const StoreTable *store_table(StoreTableId id)
{
    g_assert((int)id >= 0 && id < STORE_TABLE_N);
    return &tables[id];
}

int32_t store_table_count(const StoreTable *table, const Model *model)
{
    return G_STRUCT_MEMBER(int32_t, model, table->count_offset);
}

const void *store_table_row(const StoreTable *table, const Model *model, int32_t row)
{
    g_assert(row >= 0 && row < store_table_count(table, model));
    return G_STRUCT_MEMBER(const char *, model, table->rows_offset) + (size_t)row * table->row_size;
}

const char *store_table_key(StoreTableId id, const Model *model, int32_t row)
{
    return *(const char *const *)store_table_row(&tables[id], model, row);
}

int32_t store_table_find(StoreTableId id, const Model *model, const char *key)
{
    switch (id) {
    case STORE_TABLE_COMMUNES:
        return model_find_commune(model, key);
    case STORE_TABLE_SIAE:
        return model_find_siae(model, key);
    case STORE_TABLE_ORGANISMES:
        return model_find_organisme(model, key);
    case STORE_TABLE_FORMATIONS:
        return model_find_formation(model, key);
    case STORE_TABLE_AXES:
        return model_find_axe(model, key);
    case STORE_TABLE_OFFRES:
        return model_find_offre(model, key);
    case STORE_TABLE_BESOINS:
        return model_find_besoin(model, key);
    case STORE_TABLE_MONTAGES:
        return model_find_montage(model, key);
    case STORE_TABLE_SESSIONS_FIXEES:
        return model_find_session_fixee(model, key);
    default:
        g_assert_not_reached();
    }
}
