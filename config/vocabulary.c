/* The closed vocabularies: see vocabulary.h. */
#include "config/vocabulary.h"

#include <glib.h>
#include <string.h>

#define VOCABULARY(name, ...)                                                                                          \
    static const char *const name##_words[] = {__VA_ARGS__};                                                           \
    const Vocabulary vocabulary_##name = {#name, (int)G_N_ELEMENTS(name##_words), name##_words};

VOCABULARY(type, "ACI", "AI", "EI", "ETTI", "EITI", "EBE", "GEIQ")
VOCABULARY(nature, "certifiante", "base", "transferable", "obligation", "sensibilisation")
VOCABULARY(modalite, "presentiel", "mixte", "distanciel", "afest")
VOCABULARY(statut, "parcours", "permanent")
VOCABULARY(objet, "siae", "organisme", "commune")
VOCABULARY(critere, "priorite", "public", "nature", "axe", "filiere", "formation", "zone", "type")
VOCABULARY(motif, "aucune_offre", "ineligible", "hors_periode", "hors_rayon", "groupe_insuffisant",
           "mutualisation_impossible", "capacite", "organisme_sature", "siae_saturee", "stagiaire_occupe",
           "apres_non_servi", "reste_a_charge", "enveloppe_epuisee", "arbitrage", "non_tranche")

int vocabulary_find(const Vocabulary *v, const char *word)
{
    for (int i = 0; i < v->n; i++)
        if (strcmp(v->words[i], word) == 0)
            return i;
    return -1;
}

const char *vocabulary_word(const Vocabulary *v, int value)
{
    g_assert(value >= 0 && value < v->n);
    return v->words[value];
}
