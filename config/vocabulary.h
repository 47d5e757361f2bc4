/* The closed vocabularies of the contract, as words ↔ enumerations. The words are the ones of files, schema and
 * workbooks; a word is matched exactly. */
#ifndef CONFIG_VOCABULARY_H
#define CONFIG_VOCABULARY_H

#include <stdint.h>

typedef enum { TYPE_ACI, TYPE_AI, TYPE_EI, TYPE_ETTI, TYPE_EITI, TYPE_EBE, TYPE_GEIQ, TYPE_N } VocabularyType;
typedef enum {
    NATURE_CERTIFIANTE,
    NATURE_BASE,
    NATURE_TRANSFERABLE,
    NATURE_OBLIGATION,
    NATURE_SENSIBILISATION,
    NATURE_N
} VocabularyNature;
typedef enum {
    MODALITE_PRESENTIEL,
    MODALITE_MIXTE,
    MODALITE_DISTANCIEL,
    MODALITE_AFEST,
    MODALITE_N
} VocabularyModalite;
typedef enum { STATUT_PARCOURS, STATUT_PERMANENT, STATUT_N } VocabularyStatut;
typedef enum { OBJET_SIAE, OBJET_ORGANISME, OBJET_COMMUNE, OBJET_N } VocabularyObjet;
typedef enum {
    CRITERE_PRIORITE,
    CRITERE_PUBLIC,
    CRITERE_NATURE,
    CRITERE_AXE,
    CRITERE_FILIERE,
    CRITERE_FORMATION,
    CRITERE_ZONE,
    CRITERE_TYPE,
    CRITERE_N
} VocabularyCritere;
typedef enum {
    MOTIF_AUCUNE_OFFRE,
    MOTIF_INELIGIBLE,
    MOTIF_HORS_PERIODE,
    MOTIF_HORS_RAYON,
    MOTIF_GROUPE_INSUFFISANT,
    MOTIF_MUTUALISATION_IMPOSSIBLE,
    MOTIF_CAPACITE,
    MOTIF_ORGANISME_SATURE,
    MOTIF_SIAE_SATUREE,
    MOTIF_STAGIAIRE_OCCUPE,
    MOTIF_APRES_NON_SERVI,
    MOTIF_RESTE_A_CHARGE,
    MOTIF_ENVELOPPE_EPUISEE,
    MOTIF_ARBITRAGE,
    MOTIF_NON_TRANCHE,
    MOTIF_N
} VocabularyMotif;

/* A vocabulary: n words, words[i] is the word of enumeration value i. */
typedef struct {
    const char *name; /* the word for the vocabulary itself: "type", "nature", ... */
    int n;
    const char *const *words;
} Vocabulary;

extern const Vocabulary vocabulary_type, vocabulary_nature, vocabulary_modalite, vocabulary_statut, vocabulary_objet,
    vocabulary_critere, vocabulary_motif;

/* The value of word in v, or -1. */
int vocabulary_find(const Vocabulary *v, const char *word);

/* The word of value, 0 <= value < v->n (asserted). Static. */
const char *vocabulary_word(const Vocabulary *v, int value);

#endif
