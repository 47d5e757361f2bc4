/* What the recensement forms of a campaign begin with: the needs of the campaign before. */
#ifndef SQL_STORE_FORMULAIRE_H
#define SQL_STORE_FORMULAIRE_H

#include "sql/db.h"
#include "sql/model.h"

/* A need of the campaign before, of a SIAE of this one. Codes are those of then: this campaign may not know them. */
typedef struct {
    int32_t siae;                         /* position in the Model's */
    char *formation, *axe, *commune;      /* commune: "" = the SIAE's */
    int32_t effectif, priorite, rayon_km; /* rayon_km: tenths, or MODEL_NONE */
    VocabularyStatut statut;
    bool attestation;
    GPtrArray *publics; /* char * */
} StoreFormulaireBesoin;

/* Array of StoreFormulaireBesoin, by SIAE then reference, which owns their texts: of the campaign of `model`, its
 * latest load. *before: the code of the campaign before, NULL when there is none (caller frees). NULL with
 * FAULT_DATABASE. */
GArray *store_formulaire_besoins(Db *db, const Model *model, char **before, GError **error);

#endif
