/* A Model in the making: see region_draft.h. */
#include "tests/lib/region_draft.h"

#include <stdarg.h>
#include <string.h>

RegionDraft *region_draft_new(void)
{
    RegionDraft *draft = g_new0(RegionDraft, 1);
    draft->model = model_new();
#define NEW(table, Row, order) draft->table = g_array_new(FALSE, TRUE, sizeof(Row));
    MODEL_TABLES(NEW)
#undef NEW
    return draft;
}

const char *region_draft_text(RegionDraft *draft, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    return model_text(draft->model, text);
}

const int32_t *region_draft_list(RegionDraft *draft, const int32_t *positions, int32_t n)
{
    return n == 0 ? NULL : model_own(draft->model, g_memdup2(positions, (gsize)n * sizeof *positions));
}

const char *const *region_draft_words(RegionDraft *draft, const char *const *words, int32_t n)
{
    const char **copy = g_new0(const char *, (gsize)n + 1);
    for (int32_t i = 0; i < n; i++)
        copy[i] = words[i];
    return model_own(draft->model, copy);
}

/* The digit that makes the Luhn sum of `digits` and of it a multiple of ten. */
static char luhn_key(const char *digits)
{
    int sum = 0;
    size_t n = strlen(digits);
    for (size_t i = 0; i < n; i++) {
        int digit = digits[n - 1 - i] - '0';
        if (i % 2 == 0)
            digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return (char)('0' + (10 - sum % 10) % 10);
}

const char *region_draft_siret(RegionDraft *draft, uint32_t number)
{
    char siret[16];
    g_assert(number < 100000000);
    g_snprintf(siret, sizeof siret, "%08u", number);
    siret[8] = luhn_key(siret);
    g_strlcpy(siret + 9, "0001", 5);
    siret[13] = luhn_key(siret);
    siret[14] = '\0';
    return model_text(draft->model, siret);
}

typedef struct {
    const GArray *rows;
    GCompareFunc compare;
    gsize size;
} SortBy;

static int compare_positions(const void *a, const void *b, void *data)
{
    const SortBy *by = data;
    const int32_t *i = a, *j = b;
    return by->compare(by->rows->data + (gsize)*i * by->size, by->rows->data + (gsize)*j * by->size);
}

/* Sorts rows; map[old position] becomes the new one. */
static int32_t *sort_rows(GArray *rows, GCompareFunc compare)
{
    gsize size = g_array_get_element_size(rows);
    int32_t n = (int32_t)rows->len;
    g_autofree int32_t *order = g_new(int32_t, (gsize)n + 1);
    for (int32_t i = 0; i < n; i++)
        order[i] = i;
    g_qsort_with_data(order, n, sizeof *order, compare_positions, &(SortBy){rows, compare, size});
    int32_t *map = g_new(int32_t, (gsize)n + 1);
    g_autofree char *sorted = g_malloc((gsize)n * size + 1);
    for (int32_t i = 0; i < n; i++) {
        memcpy(sorted + (gsize)i * size, rows->data + (gsize)order[i] * size, size);
        map[order[i]] = i;
    }
    if (n > 0)
        memcpy(rows->data, sorted, (gsize)n * size);
    return map;
}

/* Every keyed row of model.h begins with its key. */
static int compare_key(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_financement(const void *a, const void *b)
{
    const ModelFinancement *x = a, *y = b;
    int by = order(x->montage, y->montage);
    return by ? by : order(x->rang, y->rang);
}

static int compare_priorite(const void *a, const void *b)
{
    const ModelPriorite *x = a, *y = b;
    int by = order(x->critere, y->critere);
    by = by ? by : strcmp(x->valeur, y->valeur);
    return by ? by : order(x->points, y->points);
}

static int compare_trajet(const void *a, const void *b)
{
    const ModelTrajet *x = a, *y = b;
    int by = order(x->depart, y->depart);
    return by ? by : order(x->arrivee, y->arrivee);
}

static int compare_fermeture(const void *a, const void *b)
{
    const ModelFermeture *x = a, *y = b;
    int by = order(x->objet, y->objet);
    by = by ? by : order(x->sujet, y->sujet);
    by = by ? by : order(x->du, y->du);
    return by ? by : order(x->au, y->au);
}

static int compare_affectation(const void *a, const void *b)
{
    const ModelAffectationFixee *x = a, *y = b;
    int by = order(x->session, y->session);
    by = by ? by : order(x->besoin, y->besoin);
    return by ? by : order(x->montage, y->montage);
}

static int compare_position(const void *a, const void *b)
{
    return order(*(const int32_t *)a, *(const int32_t *)b);
}

static int32_t follow(int32_t position, const int32_t *map)
{
    return position == MODEL_NONE ? MODEL_NONE : map[position];
}

static const int32_t *follow_list(RegionDraft *draft, const int32_t *list, int32_t n, const int32_t *map)
{
    if (n == 0)
        return NULL;
    int32_t *moved = g_new(int32_t, (gsize)n);
    for (int32_t i = 0; i < n; i++)
        moved[i] = map[list[i]];
    qsort(moved, (size_t)n, sizeof *moved, compare_position);
    return model_own(draft->model, moved);
}

#define EACH(table, Row, row)                                                                                          \
    for (Row *row = (Row *)(void *)draft->table->data, *row##_end = row + draft->table->len; row < row##_end; row++)

Model *region_draft_freeze(RegionDraft *draft)
{
    g_autofree int32_t *commune = sort_rows(draft->communes, compare_key);
    g_free(sort_rows(draft->frais, compare_key));
    g_autofree int32_t *siae = sort_rows(draft->siae, compare_key);
    g_autofree int32_t *organisme = sort_rows(draft->organismes, compare_key);
    g_autofree int32_t *formation = sort_rows(draft->formations, compare_key);
    g_autofree int32_t *axe = sort_rows(draft->axes, compare_key);
    g_autofree int32_t *offre = sort_rows(draft->offres, compare_key);
    g_autofree int32_t *besoin = sort_rows(draft->besoins, compare_key);
    g_autofree int32_t *montage = sort_rows(draft->montages, compare_key);
    g_free(sort_rows(draft->enveloppes, compare_key));
    g_autofree int32_t *session = sort_rows(draft->sessions_fixees, compare_key);

    EACH(siae, ModelSiae, s)
    s->commune = follow(s->commune, commune);
    EACH(offres, ModelOffre, o)
    {
        o->organisme = follow(o->organisme, organisme);
        o->formation = follow(o->formation, formation);
        o->commune = follow(o->commune, commune);
        o->siae = follow(o->siae, siae);
    }
    EACH(besoins, ModelBesoin, b)
    {
        b->siae = follow(b->siae, siae);
        b->formation = follow(b->formation, formation);
        b->axe = follow(b->axe, axe);
        b->commune = follow(b->commune, commune);
        b->apres = follow_list(draft, b->apres, b->n_apres, besoin);
    }
    EACH(montages, ModelMontage, m)
    m->axes = follow_list(draft, m->axes, m->n_axes, axe);
    EACH(financements, ModelFinancement, f)
    f->montage = follow(f->montage, montage);
    EACH(enveloppes, ModelEnveloppe, e)
    e->axe = follow(e->axe, axe);
    EACH(trajets, ModelTrajet, t)
    {
        t->depart = follow(t->depart, commune);
        t->arrivee = follow(t->arrivee, commune);
    }
    const int32_t *const subjects[OBJET_N] = {
        [OBJET_SIAE] = siae, [OBJET_ORGANISME] = organisme, [OBJET_COMMUNE] = commune};
    EACH(fermetures, ModelFermeture, f)
    f->sujet = follow(f->sujet, subjects[f->objet]);
    EACH(sessions_fixees, ModelSessionFixee, f)
    f->offre = follow(f->offre, offre);
    EACH(affectations_fixees, ModelAffectationFixee, a)
    {
        a->session = follow(a->session, session);
        a->besoin = follow(a->besoin, besoin);
        a->montage = follow(a->montage, montage);
    }

    g_free(sort_rows(draft->financements, compare_financement));
    g_free(sort_rows(draft->priorites, compare_priorite));
    g_free(sort_rows(draft->trajets, compare_trajet));
    g_free(sort_rows(draft->fermetures, compare_fermeture));
    g_free(sort_rows(draft->affectations_fixees, compare_affectation));

    Model *model = draft->model;
#define GIVE(table, Row, order)                                                                                        \
    model->n_##table = (int32_t)draft->table->len;                                                                     \
    model->table = model_own(model, g_array_free(draft->table, FALSE));
    MODEL_TABLES(GIVE)
#undef GIVE
    g_free(draft);
    return model;
}
