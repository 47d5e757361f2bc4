/* The files of a plan, as data, and a row of each. Source: contract, section 3. */
#ifndef INGEST_PLAN_FILES_H
#define INGEST_PLAN_FILES_H

#include "ingest/tables.h"

/* Numbered behind the input files: a cell may name a row of either. */
typedef enum {
    PLAN_FILES_SESSIONS = TABLES_N,
    PLAN_FILES_SEANCES,
    PLAN_FILES_AFFECTATIONS,
    PLAN_FILES_CHARGES,
    PLAN_FILES_NON_COUVERTS,
    PLAN_FILES_ENVELOPPES,
    PLAN_FILES_BILAN,
    PLAN_FILES_END
} PlanFilesId;

/* Amounts in cents, km in tenths; offre, besoin, ...: positions in the Model; session: position in sessions.csv. */
typedef struct {
    const char *session;
    int32_t offre, formation, organisme, commune;
    int32_t date_debut, date_fin;
    int32_t effectif, nb_siae;
    int64_t cout_pedagogique, cout_annexe, remuneration;
    bool fixee;
} PlanFilesSession;

typedef struct {
    int32_t session;
    int32_t date;
} PlanFilesSeance;

typedef struct {
    int32_t session, besoin, montage;
    int32_t effectif, km;
    int64_t cout_pedagogique, cout_annexe, remuneration, finance, reste_a_charge;
} PlanFilesAffectation;

typedef struct {
    int32_t session, besoin, enveloppe;
    int64_t montant;
} PlanFilesCharge;

typedef struct {
    int32_t besoin;
    int32_t effectif;
    int32_t motif; /* VocabularyMotif */
    const char *detail;
} PlanFilesNonCouvert;

typedef struct {
    int32_t code; /* position in the Model's enveloppes */
    int64_t montant, engage, disponible;
} PlanFilesEnveloppe;

typedef struct {
    const char *cle, *valeur;
} PlanFilesBilan;

const TablesFile *plan_files(PlanFilesId id);

#endif
