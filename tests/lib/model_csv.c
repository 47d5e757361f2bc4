/* A Model as the contract's input files: see model_csv.h. A new column is a word in its file's list. */
#include "tests/lib/model_csv.h"

#include "config/calendar.h"
#include "config/fault.h"
#include "tests/lib/region_random.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The cells of the row being written, and how lists are ordered. */
typedef struct {
    GPtrArray *cells;
    RegionRandom *random; /* NULL: everything in its own order */
} Line;

/* Adds the cell of a column that no field holds as it is written. */
typedef void CellFunc(Line *line, const Model *model, const void *row);

typedef enum {
    KIND_TEXT,
    KIND_NUMBER, /* of 4 or 8 bytes, MODEL_NONE is empty */
    KIND_DAY,
    KIND_DEGREES,
    KIND_BOOL,
    KIND_WORD, /* a value of a vocabulary */
    KIND_SET,  /* bits of them */
    KIND_KEY,  /* a position in another table */
    KIND_KEYS, /* a list of them */
    KIND_OTHER /* as `put` says */
} Kind;

typedef struct {
    const char *name;
    Kind kind;
    size_t offset, size;     /* of the field in its row */
    int decimals;            /* of NUMBER */
    const Vocabulary *words; /* of WORD, SET */
    size_t table, row, key;  /* of KEY, KEYS: the array in Model, the size of its rows, the key in a row */
    size_t count;            /* of KEYS: the length of the list, in its row */
    CellFunc *put;           /* of OTHER */
} Column;

static void put(Line *line, const char *text)
{
    g_ptr_array_add(line->cells, g_strdup(text));
}

/* value / 10^decimals, without useless zeros. value >= 0 or MODEL_NONE. */
static void put_number(Line *line, int64_t value, int decimals)
{
    int64_t unit = 1;
    for (int i = 0; i < decimals; i++)
        unit *= 10;
    if (value == MODEL_NONE) {
        put(line, "");
        return;
    }
    GString *text = g_string_new(NULL);
    g_string_printf(text, "%" G_GINT64_FORMAT, value / unit);
    if (value % unit != 0) {
        g_string_append_printf(text, ".%0*" G_GINT64_FORMAT, decimals, value % unit);
        while (text->str[text->len - 1] == '0')
            g_string_truncate(text, text->len - 1);
    }
    g_ptr_array_add(line->cells, g_string_free(text, FALSE));
}

/* The shortest text that reads back as the same double. */
static void put_degrees(Line *line, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE], format[8];
    for (int digits = 4; digits <= 17; digits++) {
        g_snprintf(format, sizeof format, "%%.%dg", digits);
        g_ascii_formatd(text, sizeof text, format, value);
        if (memcmp(&(double){g_ascii_strtod(text, NULL)}, &value, sizeof value) == 0)
            break;
    }
    put(line, text);
}

static void put_list(Line *line, const GPtrArray *words)
{
    int32_t n = (int32_t)words->len;
    g_autofree int32_t *order = g_new(int32_t, (gsize)n + 1);
    for (int32_t i = 0; i < n; i++)
        order[i] = i;
    if (line->random != NULL)
        region_random_shuffle(line->random, order, n);
    GString *text = g_string_new(NULL);
    for (int32_t i = 0; i < n; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? "|" : "", (const char *)words->pdata[order[i]]);
    g_ptr_array_add(line->cells, g_string_free(text, FALSE));
}

static void put_set(Line *line, const Vocabulary *vocabulary, uint32_t set)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (int i = 0; i < vocabulary->n; i++)
        if (set & (1U << i))
            g_ptr_array_add(words, (gpointer)(uintptr_t)vocabulary->words[i]);
    put_list(line, words);
}

static const char *key_of(const Model *model, const Column *column, int32_t position)
{
    if (position == MODEL_NONE)
        return "";
    const char *rows = *(const char *const *)(const void *)((const char *)model + column->table);
    return *(const char *const *)(const void *)(rows + column->row * (size_t)position + column->key);
}

static void put_keys(Line *line, const Model *model, const Column *column, const void *row)
{
    const int32_t *positions = *(const int32_t *const *)(const void *)((const char *)row + column->offset);
    int32_t n = *(const int32_t *)(const void *)((const char *)row + column->count);
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    for (int32_t i = 0; i < n; i++)
        g_ptr_array_add(keys, (gpointer)(uintptr_t)key_of(model, column, positions[i]));
    put_list(line, keys);
}

static void put_cell(Line *line, const Model *model, const Column *column, const void *row)
{
    const void *field = (const char *)row + column->offset;
    char day[CALENDAR_TEXT_MAX];
    switch (column->kind) {
    case KIND_TEXT:
        put(line, *(const char *const *)field);
        return;
    case KIND_NUMBER:
        put_number(line, column->size == sizeof(int64_t) ? *(const int64_t *)field : *(const int32_t *)field,
                   column->decimals);
        return;
    case KIND_DAY:
        put(line, *(const int32_t *)field == MODEL_NONE ? "" : calendar_text(*(const int32_t *)field, day));
        return;
    case KIND_DEGREES:
        put_degrees(line, *(const double *)field);
        return;
    case KIND_BOOL:
        put(line, *(const bool *)field ? "oui" : "non");
        return;
    case KIND_WORD:
        put(line, vocabulary_word(column->words, *(const int *)field));
        return;
    case KIND_SET:
        put_set(line, column->words, *(const uint32_t *)field);
        return;
    case KIND_KEY:
        put(line, key_of(model, column, *(const int32_t *)field));
        return;
    case KIND_KEYS:
        put_keys(line, model, column, row);
        return;
    case KIND_OTHER:
        column->put(line, model, row);
        return;
    }
    g_assert_not_reached();
}

/* ---- columns no field holds as they are written ---- */

static void put_commune(Line *line, const Model *model, const void *row)
{
    const ModelBesoin *b = row;
    put(line, b->commune == model->siae[b->siae].commune ? "" : model->communes[b->commune].code_insee);
}

static void put_publics(Line *line, const Model *model, const void *row)
{
    (void)model;
    const ModelBesoin *b = row;
    g_autoptr(GPtrArray) publics = g_ptr_array_new();
    for (int p = 0; b->publics[p] != NULL; p++)
        g_ptr_array_add(publics, (gpointer)(uintptr_t)b->publics[p]);
    put_list(line, publics);
}

static void put_sujet(Line *line, const Model *model, const void *row)
{
    const ModelFermeture *f = row;
    put(line, f->objet == OBJET_SIAE        ? model->siae[f->sujet].code
              : f->objet == OBJET_ORGANISME ? model->organismes[f->sujet].siret
                                            : model->communes[f->sujet].code_insee);
}

/* ---- files ---- */

/* ROW is the type of the rows whose columns follow. */
#define FIELD(of, field)                                                                                               \
    .name = #field, .kind = of, .offset = G_STRUCT_OFFSET(ROW, field), .size = sizeof(((ROW *)0)->field)
#define TEXT(field) FIELD(KIND_TEXT, field)
#define NUMBER(field, digits) FIELD(KIND_NUMBER, field), .decimals = digits
#define WHOLE(field) NUMBER(field, 0)
#define CENTS(field) NUMBER(field, 2)
#define DAY(field) FIELD(KIND_DAY, field)
#define DEGREES(field) FIELD(KIND_DEGREES, field)
#define BOOL(field) FIELD(KIND_BOOL, field)
#define WORD(field) FIELD(KIND_WORD, field), .words = &vocabulary_##field
#define SET(field, vocabulary) FIELD(KIND_SET, field), .words = &vocabulary_##vocabulary
#define NAMED(of, field, array, Row, code)                                                                             \
    FIELD(of, field), .table = G_STRUCT_OFFSET(Model, array), .row = sizeof(Row), .key = G_STRUCT_OFFSET(Row, code)
#define KEY(field, array, Row, code) NAMED(KIND_KEY, field, array, Row, code)
#define KEYS(field, array, Row, code)                                                                                  \
    NAMED(KIND_KEYS, field, array, Row, code), .count = G_STRUCT_OFFSET(ROW, n_##field)
#define OTHER(title, function) .name = title, .kind = KIND_OTHER, .put = function

#define ROW ModelCampagne
static const Column campagne[] = {{TEXT(code)},    {TEXT(region)},   {DAY(date_debut)},
                                  {DAY(date_fin)}, {DAY(date_plan)}, {WHOLE(gel_jours)}};
#undef ROW
#define ROW ModelCommune
static const Column communes[] = {
    {TEXT(code_insee)}, {TEXT(nom)}, {DEGREES(latitude)}, {DEGREES(longitude)}, {TEXT(zone)}};
#undef ROW
#define ROW ModelSiae
static const Column siae[] = {
    {TEXT(code)},          {TEXT(siret)},        {TEXT(raison_sociale)},
    {WORD(type)},          {TEXT(opco)},         {KEY(commune, communes, ModelCommune, code_insee)},
    {NUMBER(effectif, 2)}, {WHOLE(absents_max)}, {CENTS(reste_a_charge_max)},
    {TEXT(idcc)}};
#undef ROW
#define ROW ModelOrganisme
static const Column organismes[] = {
    {TEXT(siret)}, {TEXT(nda)}, {TEXT(raison_sociale)}, {BOOL(qualiopi)}, {WHOLE(sessions_simultanees)}};
#undef ROW
#define ROW ModelFormation
static const Column formations[] = {
    {TEXT(code)},          {TEXT(intitule)},      {TEXT(domaine)},       {TEXT(filiere)},
    {WORD(nature)},        {NUMBER(heures, 2)},   {WHOLE(jours)},        {WHOLE(jours_par_semaine)},
    {WHOLE(effectif_min)}, {WHOLE(effectif_max)}, {TEXT(certification)}, {TEXT(formacode)}};
#undef ROW
#define ROW ModelOffre
static const Column offres[] = {{TEXT(code)},
                                {KEY(organisme, organismes, ModelOrganisme, siret)},
                                {KEY(formation, formations, ModelFormation, code)},
                                {KEY(commune, communes, ModelCommune, code_insee)},
                                {WORD(modalite)},
                                {CENTS(cout_groupe)},
                                {CENTS(cout_stagiaire)},
                                {WHOLE(effectif_min)},
                                {WHOLE(effectif_max)},
                                {DAY(date_debut)},
                                {DAY(date_fin)},
                                {WHOLE(sessions_max)},
                                {KEY(siae, siae, ModelSiae, code)},
                                {TEXT(opco)}};
#undef ROW
#define ROW ModelBesoin
static const Column besoins[] = {{TEXT(reference)},
                                 {KEY(siae, siae, ModelSiae, code)},
                                 {KEY(formation, formations, ModelFormation, code)},
                                 {WHOLE(effectif)},
                                 {WHOLE(priorite)},
                                 {KEY(axe, axes, ModelAxe, code)},
                                 {WORD(statut)},
                                 {BOOL(attestation)},
                                 {DAY(date_debut)},
                                 {DAY(date_fin)},
                                 {OTHER("commune", put_commune)},
                                 {NUMBER(rayon_km, 1)},
                                 {OTHER("publics", put_publics)},
                                 {TEXT(stagiaire)},
                                 {KEYS(apres, besoins, ModelBesoin, reference)}};
#undef ROW
#define ROW ModelAxe
static const Column axes[] = {{TEXT(code)}, {TEXT(libelle)}, {WHOLE(min_siae)}};
#undef ROW
#define ROW ModelMontage
static const Column montages[] = {{TEXT(code)},
                                  {TEXT(opco)},
                                  {SET(types, type)},
                                  {NUMBER(effectif_min, 2)},
                                  {NUMBER(effectif_max, 2)},
                                  {SET(natures, nature)},
                                  {SET(statuts, statut)},
                                  {KEYS(axes, axes, ModelAxe, code)},
                                  {CENTS(salaire_horaire)}};
#undef ROW
#define ROW ModelFrais
static const Column frais[] = {
    {TEXT(opco)}, {NUMBER(bareme_km, 4)}, {CENTS(forfait_jour)}, {CENTS(forfait_nuit)}, {NUMBER(nuit_km, 1)}};
#undef ROW
#define ROW ModelFinancement
static const Column financements[] = {{KEY(montage, montages, ModelMontage, code)},
                                      {WHOLE(rang)},
                                      {TEXT(dispositif)},
                                      {NUMBER(taux_pedagogie, 2)},
                                      {CENTS(plafond_horaire)},
                                      {NUMBER(taux_annexes, 2)},
                                      {NUMBER(taux_salaire, 2)}};
#undef ROW
#define ROW ModelEnveloppe
static const Column enveloppes[] = {{TEXT(code)},       {TEXT(opco)},
                                    {TEXT(dispositif)}, {KEY(axe, axes, ModelAxe, code)},
                                    {CENTS(montant)},   {CENTS(montant_acquis)},
                                    {DAY(debut_min)},   {DAY(debut_max)},
                                    {DAY(fin_max)}};
#undef ROW
#define ROW ModelPriorite
static const Column priorites[] = {{WORD(critere)}, {TEXT(valeur)}, {WHOLE(points)}};
#undef ROW
#define ROW ModelTrajet
static const Column trajets[] = {{KEY(depart, communes, ModelCommune, code_insee)},
                                 {KEY(arrivee, communes, ModelCommune, code_insee)},
                                 {NUMBER(km, 1)},
                                 {CENTS(cout)}};
#undef ROW
#define ROW ModelFermeture
static const Column fermetures[] = {{WORD(objet)}, {OTHER("code", put_sujet)}, {DAY(du)}, {DAY(au)}};
#undef ROW
#define ROW ModelSessionFixee
static const Column sessions_fixees[] = {{TEXT(session)}, {KEY(offre, offres, ModelOffre, code)}, {DAY(date_debut)}};
#undef ROW
#define ROW ModelAffectationFixee
static const Column affectations_fixees[] = {{KEY(session, sessions_fixees, ModelSessionFixee, session)},
                                             {KEY(besoin, besoins, ModelBesoin, reference)},
                                             {WHOLE(effectif)},
                                             {KEY(montage, montages, ModelMontage, code)}};
#undef ROW

static const struct {
    const char *file;
    const Column *columns;
    int n_columns;
    size_t rows, count, size; /* in Model: the array, the number of rows; of a row. count 0: the campaign's one row */
} FILES[] = {{"campagne.csv", campagne, G_N_ELEMENTS(campagne), 0, 0, 0},
#define TABLE(table, Row, order)                                                                                       \
    {#table ".csv", table, G_N_ELEMENTS(table), G_STRUCT_OFFSET(Model, table), G_STRUCT_OFFSET(Model, n_##table),      \
     sizeof(Row)},
             MODEL_TABLES(TABLE)
#undef TABLE
};

static void append_cell(GString *text, const char *cell)
{
    if (strpbrk(cell, ";\"\r\n") == NULL) {
        g_string_append(text, cell);
        return;
    }
    g_string_append_c(text, '"');
    for (const char *c = cell; *c != '\0'; c++) {
        if (*c == '"')
            g_string_append_c(text, '"');
        g_string_append_c(text, *c);
    }
    g_string_append_c(text, '"');
}

static int32_t rows_of(const Model *model, size_t file)
{
    size_t offset = FILES[file].count;
    return offset == 0 ? 1 : *(const int32_t *)(const void *)((const char *)model + offset);
}

static const void *row_of(const Model *model, size_t file, int32_t i)
{
    if (FILES[file].count == 0)
        return &model->campagne;
    const char *rows = *(const char *const *)(const void *)((const char *)model + FILES[file].rows);
    return rows + FILES[file].size * (size_t)i;
}

/* The text of one file. */
static GString *file_text(const Model *model, size_t file, RegionRandom *random)
{
    int32_t n_columns = FILES[file].n_columns, n_rows = rows_of(model, file), n_shown = 0;
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free); /* row after row */
    Line line = {cells, random};
    for (int32_t i = 0; i < n_rows; i++)
        for (int32_t c = 0; c < n_columns; c++)
            put_cell(&line, model, &FILES[file].columns[c], row_of(model, file, i));
    g_assert_cmpint((int32_t)cells->len, ==, n_rows * n_columns);

    g_autofree int32_t *rows = g_new(int32_t, (gsize)n_rows + 1), *columns = g_new(int32_t, (gsize)n_columns + 1);
    for (int32_t i = 0; i < n_rows; i++)
        rows[i] = i;
    for (int32_t c = 0; c < n_columns; c++)
        columns[c] = c;
    if (random != NULL) {
        region_random_shuffle(random, rows, n_rows);
        region_random_shuffle(random, columns, n_columns);
        for (int32_t c = 0; c < n_columns; c++) {
            bool said = n_rows == 0;
            for (int32_t i = 0; i < n_rows && !said; i++)
                said = ((const char *)cells->pdata[i * n_columns + columns[c]])[0] != '\0';
            if (said)
                columns[n_shown++] = columns[c];
        }
    } else {
        n_shown = n_columns;
    }
    GString *text = g_string_new(NULL);
    for (int32_t i = -1; i < n_rows; i++)
        for (int32_t c = 0; c < n_shown; c++) {
            append_cell(text,
                        i < 0 ? FILES[file].columns[columns[c]].name : cells->pdata[rows[i] * n_columns + columns[c]]);
            g_string_append_c(text, c + 1 < n_shown ? ';' : '\n');
        }
    return text;
}

static bool is_absent(const Model *model, size_t file)
{
    return strcmp(FILES[file].file, "priorites.csv") == 0 && !model->has_priorites;
}

static bool write_files(const Model *model, const char *folder, RegionRandom *random, GError **error)
{
    if (g_mkdir_with_parents(folder, 0777) != 0) {
        g_set_error(error, FAULT, FAULT_OUTPUT, "cannot make folder \"%s\": %s", folder, g_strerror(errno));
        return false;
    }
    for (size_t f = 0; f < G_N_ELEMENTS(FILES); f++) {
        if (is_absent(model, f))
            continue;
        g_autoptr(GError) cause = NULL;
        g_autofree char *path = g_build_filename(folder, FILES[f].file, NULL);
        GString *text = file_text(model, f, random);
        bool written = g_file_set_contents(path, text->str, (gssize)text->len, &cause);
        g_string_free(text, TRUE);
        if (!written) {
            g_set_error(error, FAULT, FAULT_OUTPUT, "cannot write \"%s\": %s", path, cause->message);
            return false;
        }
    }
    return true;
}

bool model_csv_write(const Model *model, const char *folder, GError **error)
{
    return write_files(model, folder, NULL, error);
}

bool model_csv_write_permuted(const Model *model, const char *folder, uint64_t seed, GError **error)
{
    RegionRandom random = {seed};
    return write_files(model, folder, &random, error);
}

char *model_csv_text(const Model *model)
{
    GString *all = g_string_new(NULL);
    for (size_t f = 0; f < G_N_ELEMENTS(FILES); f++) {
        if (is_absent(model, f))
            continue;
        GString *text = file_text(model, f, NULL);
        g_string_append_printf(all, "%s\n%s", FILES[f].file, text->str);
        g_string_free(text, TRUE);
    }
    return g_string_free(all, FALSE);
}
