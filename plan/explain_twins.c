/* Besoins that proofs do not tell apart: see explain_twins.h. */
#include "plan/explain_twins.h"

#include <string.h>

/* All that a proof looks at. Hashed as bytes: no padding. */
typedef struct {
    int32_t siae, formation, axe, statut, attestation, date_debut, date_fin, commune, rayon_km, left;
    int64_t points;
} Key;

G_STATIC_ASSERT(sizeof(Key) == 10 * sizeof(int32_t) + sizeof(int64_t));

struct ExplainTwins {
    const Draft *draft;
    GHashTable *values; /* Key -> value */
};

static guint hash_key(gconstpointer key)
{
    const unsigned char *bytes = key;
    guint hash = 5381;
    for (size_t i = 0; i < sizeof(Key); i++)
        hash = hash * 33 + bytes[i];
    return hash;
}

static gboolean same_key(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, sizeof(Key)) == 0;
}

/* False when the besoin has no twins. */
static bool key_of(const ExplainTwins *twins, int32_t besoin, Key *key)
{
    const Problem *p = twins->draft->problem;
    const ModelBesoin *b = &p->model->besoins[besoin];
    *key = (Key){.siae = b->siae,
                 .formation = b->formation,
                 .axe = b->axe,
                 .statut = (int32_t)b->statut,
                 .attestation = b->attestation,
                 .date_debut = b->date_debut,
                 .date_fin = b->date_fin,
                 .commune = b->commune,
                 .rayon_km = b->rayon_km,
                 .left = twins->draft->left[besoin],
                 .points = p->points[besoin]};
    return p->stagiaire[besoin] == MODEL_NONE;
}

ExplainTwins *explain_twins_new(const Draft *draft)
{
    ExplainTwins *twins = g_new0(ExplainTwins, 1);
    twins->draft = draft;
    twins->values = g_hash_table_new_full(hash_key, same_key, g_free, NULL);
    return twins;
}

void explain_twins_free(ExplainTwins *twins)
{
    g_hash_table_destroy(twins->values);
    g_free(twins);
}

gconstpointer explain_twins_find(const ExplainTwins *twins, int32_t besoin)
{
    Key key;
    return key_of(twins, besoin, &key) ? g_hash_table_lookup(twins->values, &key) : NULL;
}

void explain_twins_add(ExplainTwins *twins, int32_t besoin, gconstpointer value)
{
    Key key;
    if (key_of(twins, besoin, &key))
        g_hash_table_replace(twins->values, g_memdup2(&key, sizeof key), (gpointer)(uintptr_t)value);
}

void explain_twins_clear(ExplainTwins *twins)
{
    g_hash_table_remove_all(twins->values);
}
