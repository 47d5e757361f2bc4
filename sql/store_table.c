/* The input tables as data: see store_table.h. A new column of the contract is a line here and one in the queries. */
#include "sql/store_table.h"

#include "config/fault.h"
#include "sql/db_copy.h"

#include <string.h>

typedef enum {
    TEXT,
    BOOL,
    INT4, /* MODEL_NONE is null, here and below */
    INT8,
    FLOAT8,
    DATE,
    WORD,    /* a value of a vocabulary, as its word */
    WORDS,   /* a set of them (bits), as text[] */
    NAME,    /* a position in another table, as that row's key */
    SUBJECT, /* the same, only where the closure's objet is `objet` */
    RANK     /* the row's own position; not read back */
} Kind;

typedef enum {
    COMMUNES,
    FRAIS,
    SIAE,
    ORGANISMES,
    FORMATIONS,
    AXES,
    OFFRES,
    BESOINS,
    MONTAGES,
    FINANCEMENTS,
    ENVELOPPES,
    PRIORITES,
    TRAJETS,
    FERMETURES,
    SESSIONS_FIXEES,
    AFFECTATIONS_FIXEES,
    TABLES_N
} TableId;

typedef struct {
    Kind kind;
    size_t offset; /* of the field in its row */
    const Vocabulary *words;
    TableId target;
    VocabularyObjet objet;
} Column;

typedef struct {
    const char *copy_name, *copy_sql, *load_name, *load_sql;
    size_t rows_offset, count_offset; /* in Model */
    size_t row_size;
    const Column *columns;
    int n_columns;
} Table;

#define AT(kind, Row, field)                                                                                           \
    {                                                                                                                  \
        kind, G_STRUCT_OFFSET(Row, field), NULL, TABLES_N, OBJET_N                                                     \
    }
#define AT_WORD(kind, Row, field, vocabulary)                                                                          \
    {                                                                                                                  \
        kind, G_STRUCT_OFFSET(Row, field), &vocabulary_##vocabulary, TABLES_N, OBJET_N                                 \
    }
#define AT_NAME(Row, field, target)                                                                                    \
    {                                                                                                                  \
        NAME, G_STRUCT_OFFSET(Row, field), NULL, target, OBJET_N                                                       \
    }
#define AT_SUBJECT(target, objet)                                                                                      \
    {                                                                                                                  \
        SUBJECT, G_STRUCT_OFFSET(ModelFermeture, sujet), NULL, target, objet                                           \
    }

static const Column communes[] = {AT(TEXT, ModelCommune, code_insee), AT(TEXT, ModelCommune, nom),
                                  AT(FLOAT8, ModelCommune, latitude), AT(FLOAT8, ModelCommune, longitude),
                                  AT(TEXT, ModelCommune, zone)};

static const Column frais[] = {AT(TEXT, ModelFrais, opco), AT(INT4, ModelFrais, bareme_km),
                               AT(INT8, ModelFrais, forfait_jour), AT(INT8, ModelFrais, forfait_nuit),
                               AT(INT4, ModelFrais, nuit_km)};

static const Column siae[] = {AT(TEXT, ModelSiae, code),
                              AT(TEXT, ModelSiae, siret),
                              AT(TEXT, ModelSiae, raison_sociale),
                              AT_WORD(WORD, ModelSiae, type, type),
                              AT(TEXT, ModelSiae, opco),
                              AT_NAME(ModelSiae, commune, COMMUNES),
                              AT(INT4, ModelSiae, effectif),
                              AT(INT4, ModelSiae, absents_max),
                              AT(INT8, ModelSiae, reste_a_charge_max)};

static const Column organismes[] = {AT(TEXT, ModelOrganisme, siret), AT(TEXT, ModelOrganisme, nda),
                                    AT(TEXT, ModelOrganisme, raison_sociale), AT(BOOL, ModelOrganisme, qualiopi),
                                    AT(INT4, ModelOrganisme, sessions_simultanees)};

static const Column formations[] = {AT(TEXT, ModelFormation, code),
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

static const Column axes[] = {AT(TEXT, ModelAxe, code), AT(TEXT, ModelAxe, libelle), AT(INT4, ModelAxe, min_siae)};

static const Column offres[] = {AT(TEXT, ModelOffre, code),
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

static const Column besoins[] = {AT(TEXT, ModelBesoin, reference),
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

static const Column montages[] = {AT(TEXT, ModelMontage, code),
                                  AT(TEXT, ModelMontage, opco),
                                  AT_WORD(WORDS, ModelMontage, types, type),
                                  AT_WORD(WORDS, ModelMontage, natures, nature),
                                  AT_WORD(WORDS, ModelMontage, statuts, statut),
                                  AT(INT4, ModelMontage, effectif_min),
                                  AT(INT4, ModelMontage, effectif_max),
                                  AT(INT8, ModelMontage, salaire_horaire)};

static const Column financements[] = {
    AT_NAME(ModelFinancement, montage, MONTAGES), AT(INT4, ModelFinancement, rang),
    AT(TEXT, ModelFinancement, dispositif),       AT(INT4, ModelFinancement, taux_pedagogie),
    AT(INT8, ModelFinancement, plafond_horaire),  AT(INT4, ModelFinancement, taux_annexes),
    AT(INT4, ModelFinancement, taux_salaire)};

static const Column enveloppes[] = {
    AT(TEXT, ModelEnveloppe, code),      AT(TEXT, ModelEnveloppe, opco),      AT(TEXT, ModelEnveloppe, dispositif),
    AT_NAME(ModelEnveloppe, axe, AXES),  AT(INT8, ModelEnveloppe, montant),   AT(INT8, ModelEnveloppe, montant_acquis),
    AT(DATE, ModelEnveloppe, debut_min), AT(DATE, ModelEnveloppe, debut_max), AT(DATE, ModelEnveloppe, fin_max)};

static const Column priorites[] = {{RANK, 0, NULL, TABLES_N, OBJET_N},
                                   AT_WORD(WORD, ModelPriorite, critere, critere),
                                   AT(TEXT, ModelPriorite, valeur),
                                   AT(INT4, ModelPriorite, points)};

static const Column trajets[] = {AT_NAME(ModelTrajet, depart, COMMUNES), AT_NAME(ModelTrajet, arrivee, COMMUNES),
                                 AT(INT4, ModelTrajet, km), AT(INT8, ModelTrajet, cout)};

static const Column fermetures[] = {
    AT_WORD(WORD, ModelFermeture, objet, objet), AT_SUBJECT(SIAE, OBJET_SIAE), AT_SUBJECT(ORGANISMES, OBJET_ORGANISME),
    AT_SUBJECT(COMMUNES, OBJET_COMMUNE),         AT(DATE, ModelFermeture, du), AT(DATE, ModelFermeture, au)};

static const Column sessions_fixees[] = {AT(TEXT, ModelSessionFixee, session),
                                         AT_NAME(ModelSessionFixee, offre, OFFRES),
                                         AT(DATE, ModelSessionFixee, date_debut)};

static const Column affectations_fixees[] = {
    AT_NAME(ModelAffectationFixee, session, SESSIONS_FIXEES), AT_NAME(ModelAffectationFixee, besoin, BESOINS),
    AT_NAME(ModelAffectationFixee, montage, MONTAGES), AT(INT4, ModelAffectationFixee, effectif)};

#define TABLE(table, Row, query)                                                                                       \
    {                                                                                                                  \
        DB_SQL(copy_##query), DB_SQL(load_##query), G_STRUCT_OFFSET(Model, table), G_STRUCT_OFFSET(Model, n_##table),  \
            sizeof(Row), table, (int)G_N_ELEMENTS(table)                                                               \
    }

/* A table stands after those it names. */
static const Table tables[TABLES_N] = {
    [COMMUNES] = TABLE(communes, ModelCommune, commune),
    [FRAIS] = TABLE(frais, ModelFrais, frais),
    [SIAE] = TABLE(siae, ModelSiae, siae),
    [ORGANISMES] = TABLE(organismes, ModelOrganisme, organisme),
    [FORMATIONS] = TABLE(formations, ModelFormation, formation),
    [AXES] = TABLE(axes, ModelAxe, axe),
    [OFFRES] = TABLE(offres, ModelOffre, offre),
    [BESOINS] = TABLE(besoins, ModelBesoin, besoin),
    [MONTAGES] = TABLE(montages, ModelMontage, montage),
    [FINANCEMENTS] = TABLE(financements, ModelFinancement, financement),
    [ENVELOPPES] = TABLE(enveloppes, ModelEnveloppe, enveloppe),
    [PRIORITES] = TABLE(priorites, ModelPriorite, priorite),
    [TRAJETS] = TABLE(trajets, ModelTrajet, trajet),
    [FERMETURES] = TABLE(fermetures, ModelFermeture, fermeture),
    [SESSIONS_FIXEES] = TABLE(sessions_fixees, ModelSessionFixee, session_fixee),
    [AFFECTATIONS_FIXEES] = TABLE(affectations_fixees, ModelAffectationFixee, affectation_fixee),
};

static int32_t count_of(const Model *model, const Table *table)
{
    return *(const int32_t *)(const void *)((const char *)model + table->count_offset);
}

static const void *row_of(const Model *model, const Table *table, int32_t row)
{
    g_assert(row >= 0 && row < count_of(model, table));
    return *(const char *const *)(const void *)((const char *)model + table->rows_offset) +
           (size_t)row * table->row_size;
}

/* Every table that others name has rows that begin with their key. */
static const char *key_of(const Model *model, TableId id, int32_t row)
{
    return *(const char *const *)row_of(model, &tables[id], row);
}

static int32_t find(const Model *model, TableId id, const char *key)
{
    switch (id) {
    case COMMUNES:
        return model_find_commune(model, key);
    case SIAE:
        return model_find_siae(model, key);
    case ORGANISMES:
        return model_find_organisme(model, key);
    case FORMATIONS:
        return model_find_formation(model, key);
    case AXES:
        return model_find_axe(model, key);
    case OFFRES:
        return model_find_offre(model, key);
    case BESOINS:
        return model_find_besoin(model, key);
    case MONTAGES:
        return model_find_montage(model, key);
    case SESSIONS_FIXEES:
        return model_find_session_fixee(model, key);
    default:
        g_assert_not_reached();
    }
}

/* ---- saving ---- */

static void put_words(DbCopy *copy, const Vocabulary *words, uint32_t set)
{
    const char *chosen[32];
    int n = 0;
    for (int i = 0; i < words->n; i++)
        if (set & (UINT32_C(1) << i))
            chosen[n++] = words->words[i];
    db_copy_texts(copy, chosen, n);
}

static void put_name(DbCopy *copy, const Model *model, TableId target, int32_t position)
{
    db_copy_text(copy, position == MODEL_NONE ? NULL : key_of(model, target, position));
}

static void put_field(DbCopy *copy, const Model *model, const Column *column, const void *row, int32_t rank)
{
    const void *field = (const char *)row + column->offset;
    switch (column->kind) {
    case TEXT:
        db_copy_text(copy, *(const char *const *)field);
        return;
    case BOOL:
        db_copy_bool(copy, *(const bool *)field);
        return;
    case INT4:
        db_copy_int4_or_null(copy, *(const int32_t *)field);
        return;
    case INT8:
        db_copy_int8_or_null(copy, *(const int64_t *)field);
        return;
    case FLOAT8:
        db_copy_float8(copy, *(const double *)field);
        return;
    case DATE:
        db_copy_date(copy, *(const int32_t *)field);
        return;
    case WORD:
        db_copy_text(copy, vocabulary_word(column->words, *(const int *)field));
        return;
    case WORDS:
        put_words(copy, column->words, *(const uint32_t *)field);
        return;
    case NAME:
        put_name(copy, model, column->target, *(const int32_t *)field);
        return;
    case SUBJECT:
        put_name(copy, model, column->target,
                 ((const ModelFermeture *)row)->objet == column->objet ? *(const int32_t *)field : MODEL_NONE);
        return;
    case RANK:
        db_copy_int4(copy, rank);
        return;
    }
    g_assert_not_reached();
}

static bool save(Db *db, const Model *model, const Table *table, int32_t chargement_id, GError **error)
{
    DbCopy *copy = db_copy_begin(db, table->copy_name, table->copy_sql, 1 + table->n_columns, error);
    if (copy == NULL)
        return false;
    for (int32_t i = 0; i < count_of(model, table); i++) {
        db_copy_row(copy);
        db_copy_int4(copy, chargement_id);
        for (int c = 0; c < table->n_columns; c++)
            put_field(copy, model, &table->columns[c], row_of(model, table, i), i);
    }
    return db_copy_end(copy, error);
}

static bool save_publics(Db *db, const Model *model, int32_t chargement_id, GError **error)
{
    DbCopy *copy = db_copy_begin(db, DB_SQL(copy_besoin_public), 3, error);
    for (int32_t i = 0; copy != NULL && i < model->n_besoins; i++)
        for (const char *const *public = model->besoins[i].publics; *public != NULL; public ++) {
            db_copy_row(copy);
            db_copy_int4(copy, chargement_id);
            db_copy_text(copy, model->besoins[i].reference);
            db_copy_text(copy, *public);
        }
    return copy != NULL && db_copy_end(copy, error);
}

static bool save_apres(Db *db, const Model *model, int32_t chargement_id, GError **error)
{
    DbCopy *copy = db_copy_begin(db, DB_SQL(copy_besoin_apres), 5, error);
    for (int32_t i = 0; copy != NULL && i < model->n_besoins; i++) {
        const ModelBesoin *besoin = &model->besoins[i];
        for (int32_t a = 0; a < besoin->n_apres; a++) {
            db_copy_row(copy);
            db_copy_int4(copy, chargement_id);
            db_copy_text(copy, besoin->reference);
            db_copy_text(copy, key_of(model, BESOINS, besoin->apres[a]));
            db_copy_text(copy, key_of(model, SIAE, besoin->siae));
            db_copy_text(copy, besoin->stagiaire);
        }
    }
    return copy != NULL && db_copy_end(copy, error);
}

static bool save_axes(Db *db, const Model *model, int32_t chargement_id, GError **error)
{
    DbCopy *copy = db_copy_begin(db, DB_SQL(copy_montage_axe), 3, error);
    for (int32_t i = 0; copy != NULL && i < model->n_montages; i++)
        for (int32_t a = 0; a < model->montages[i].n_axes; a++) {
            db_copy_row(copy);
            db_copy_int4(copy, chargement_id);
            db_copy_text(copy, model->montages[i].code);
            db_copy_text(copy, key_of(model, AXES, model->montages[i].axes[a]));
        }
    return copy != NULL && db_copy_end(copy, error);
}

bool store_table_save(Db *db, const Model *model, int32_t chargement_id, GError **error)
{
    for (int id = 0; id < TABLES_N; id++)
        if (!save(db, model, &tables[id], chargement_id, error))
            return false;
    return save_publics(db, model, chargement_id, error) && save_apres(db, model, chargement_id, error) &&
           save_axes(db, model, chargement_id, error);
}

/* ---- loading ---- */

static uint32_t read_words(const DbRows *rows, int32_t row, int c, const Vocabulary *words)
{
    g_autoptr(GPtrArray) texts = db_rows_texts(rows, row, c);
    uint32_t set = 0;
    for (guint i = 0; i < texts->len; i++)
        set |= UINT32_C(1) << vocabulary_find(words, texts->pdata[i]);
    return set;
}

static void read_field(const DbRows *rows, int32_t row, int c, Model *model, const Column *column, char *into)
{
    void *field = into + column->offset;
    switch (column->kind) {
    case TEXT:
        *(const char **)field = model_text(model, db_rows_text(rows, row, c));
        return;
    case BOOL:
        *(bool *)field = db_rows_bool(rows, row, c);
        return;
    case INT4:
        *(int32_t *)field = db_rows_int4_or(rows, row, c, MODEL_NONE);
        return;
    case INT8:
        *(int64_t *)field = db_rows_int8_or(rows, row, c, MODEL_NONE);
        return;
    case FLOAT8:
        *(double *)field = db_rows_float8(rows, row, c);
        return;
    case DATE:
        *(int32_t *)field = db_rows_date(rows, row, c);
        return;
    case WORD:
        *(int *)field = vocabulary_find(column->words, db_rows_text(rows, row, c));
        return;
    case WORDS:
        *(uint32_t *)field = read_words(rows, row, c, column->words);
        return;
    case NAME:
        *(int32_t *)field =
            db_rows_is_null(rows, row, c) ? MODEL_NONE : find(model, column->target, db_rows_text(rows, row, c));
        return;
    case SUBJECT:
        if (!db_rows_is_null(rows, row, c))
            *(int32_t *)field = find(model, column->target, db_rows_text(rows, row, c));
        return;
    case RANK:
        return;
    }
    g_assert_not_reached();
}

/* *into: the rows, still to be completed by lists. */
static bool load(Db *db, Model *model, const Table *table, int32_t chargement_id, void **into, GError **error)
{
    g_autoptr(DbRows) rows = db_query(db, table->load_name, table->load_sql, DB_VALUES(db_int4(chargement_id)), error);
    if (rows == NULL)
        return false;
    int32_t n = db_rows_count(rows);
    char *block = model_own(model, g_malloc0_n((gsize)n + 1, table->row_size));
    for (int32_t i = 0; i < n; i++)
        for (int c = 0; c < table->n_columns; c++)
            read_field(rows, i, c, model, &table->columns[c], block + (size_t)i * table->row_size);
    *into = block;
    G_STRUCT_MEMBER(const void *, model, table->rows_offset) = block;
    G_STRUCT_MEMBER(int32_t, model, table->count_offset) = n;
    return true;
}

/* Where the rows of owner (column 0), which begin at `begin`, end. Rows and owners come in the same order. */
static int32_t group_end(const DbRows *rows, int32_t begin, const char *owner)
{
    while (begin < db_rows_count(rows) && strcmp(db_rows_text(rows, begin, 0), owner) == 0)
        begin++;
    return begin;
}

/* The members (column 1) of rows begin..end-1 as positions in target; they come in the order of its keys. */
static const int32_t *read_positions(const DbRows *rows, int32_t begin, int32_t end, Model *model, TableId target)
{
    int32_t *positions = model_own(model, g_new0(int32_t, (gsize)(end - begin) + 1));
    for (int32_t i = begin; i < end; i++)
        positions[i - begin] = find(model, target, db_rows_text(rows, i, 1));
    return positions;
}

static bool load_publics(Db *db, Model *model, int32_t chargement_id, ModelBesoin *to, GError **error)
{
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(load_besoin_public), DB_VALUES(db_int4(chargement_id)), error);
    if (rows == NULL)
        return false;
    for (int32_t i = 0, begin = 0, end; i < model->n_besoins; i++, begin = end) {
        end = group_end(rows, begin, to[i].reference);
        const char **publics = model_own(model, g_new0(const char *, (gsize)(end - begin) + 1));
        for (int32_t row = begin; row < end; row++)
            publics[row - begin] = model_text(model, db_rows_text(rows, row, 1));
        to[i].publics = publics;
    }
    return true;
}

static bool load_apres(Db *db, Model *model, int32_t chargement_id, ModelBesoin *to, GError **error)
{
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(load_besoin_apres), DB_VALUES(db_int4(chargement_id)), error);
    if (rows == NULL)
        return false;
    for (int32_t i = 0, begin = 0, end; i < model->n_besoins; i++, begin = end) {
        end = group_end(rows, begin, to[i].reference);
        to[i].n_apres = end - begin;
        to[i].apres = read_positions(rows, begin, end, model, BESOINS);
    }
    return true;
}

static bool load_axes(Db *db, Model *model, int32_t chargement_id, ModelMontage *to, GError **error)
{
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(load_montage_axe), DB_VALUES(db_int4(chargement_id)), error);
    if (rows == NULL)
        return false;
    for (int32_t i = 0, begin = 0, end; i < model->n_montages; i++, begin = end) {
        end = group_end(rows, begin, to[i].code);
        to[i].n_axes = end - begin;
        to[i].axes = read_positions(rows, begin, end, model, AXES);
    }
    return true;
}

bool store_table_load(Db *db, Model *model, int32_t chargement_id, GError **error)
{
    void *blocks[TABLES_N];
    for (int id = 0; id < TABLES_N; id++)
        if (!load(db, model, &tables[id], chargement_id, &blocks[id], error))
            return false;
    return load_publics(db, model, chargement_id, blocks[BESOINS], error) &&
           load_apres(db, model, chargement_id, blocks[BESOINS], error) &&
           load_axes(db, model, chargement_id, blocks[MONTAGES], error);
}
