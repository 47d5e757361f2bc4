/* Where a stored plan comes from, and what the database itself makes of its rows: for the pages that say so. */
#ifndef SQL_STORE_ORIGIN_H
#define SQL_STORE_ORIGIN_H

#include "sql/db.h"
#include "sql/store_campaign.h"

/* Totals as PostgreSQL adds them up; amounts in cents. */
typedef struct {
    int64_t sessions, seances;
    int64_t session_effectif, session_pedagogique, session_annexe, session_remuneration; /* of its sessions */
    int64_t effectif, pedagogique, annexe, remuneration, finance, reste;                 /* of its affectations */
    int64_t charges, non_couverts, demande;
    int64_t montant; /* of the load's envelopes */
    int64_t cout;    /* of its affectations */
} StoreOriginTotals;

/* What the load holds of one input table, whatever the files it came in. */
typedef struct {
    char *fichier; /* "besoins.csv" */
    int64_t lignes;
    char *sha256; /* of the rows, 64 hexadecimal digits: no order of rows or columns changes it */
} StoreOriginTable;

typedef struct {
    int32_t chargement;                 /* its number in the campaign */
    int32_t jour_chargement, jour_plan; /* when each was stored, UTC */
    char *version;                      /* of the prisme that made the plan */
    StoreSource *sources;               /* by name of file, without sha256; n_sources of them */
    int n_sources;
    StoreOriginTable *tables; /* by name of file; n_tables of them */
    int n_tables;
    StoreOriginTotals totals;
} StoreOrigin;

/* Reads it. FAULT_NO_PLAN when there is no such plan; FAULT_DATABASE. Free with store_origin_free(). */
StoreOrigin *store_origin_load(Db *db, const char *campagne, int32_t numero, GError **error);
void store_origin_free(StoreOrigin *origin);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StoreOrigin, store_origin_free)

#endif
