/* Campaigns in the database: numbered loads (chargements) of a campaign's inputs. A load is never changed: a new
 * delivery is a new load, and each plan says which load it was made from. */
#ifndef SQL_STORE_CAMPAIGN_H
#define SQL_STORE_CAMPAIGN_H

#include "sql/db.h"
#include "sql/model.h"

/* One input file of a load. */
typedef struct {
    char *fichier;  /* "besoins.csv" */
    char *sha256;   /* of its bytes, 64 hexadecimal digits */
    int64_t lignes; /* data rows read */
    int64_t rejets; /* of them rejected */
    int64_t avertissements;
    bool refuse;  /* nothing of it was loaded */
    char *siae;   /* the code of the SIAE whose form it is; NULL = no form */
    bool reponse; /* such a form holds an answer */
} StoreSource;

/* A cell of a row that is kept aside until its table is completed. */
typedef struct {
    const char *fichier; /* of the table, "offres.csv" */
    const char *cle;     /* of the row */
    const char *colonne;
    const char *valeur; /* NULL: it is missing */
    bool attend;        /* it names a row that is incomplete too */
} StoreIncomplet;

/* Saves model as the next load of its campaign, with COPY, in one transaction, or nothing at all. When the latest load
 * of the campaign has the same files (names and sha256), saves nothing and sets *unchanged. *numero: the load's number
 * in the campaign, 1... FAULT_DATABASE. */
bool store_campaign_save(Db *db, const Model *model, const StoreSource *sources, int n_sources, int32_t *numero,
                         bool *unchanged, GError **error);

/* A row of the campaign's load before, by the name of its file and its key, that the new load no longer holds. */
typedef void (*StoreGone)(void *data, const char *fichier, const char *cle);

/* A delivery and who watches over it: tells `gone` of every such row (at most STORE_GONE_MAX a table), then asks
 * `agree` before anything is committed: false with *error saves nothing. agree NULL: nobody watches. */
#define STORE_GONE_MAX 100000
typedef struct {
    const StoreSource *sources;
    int n_sources;
    const StoreIncomplet *incomplets;
    int n_incomplets;
    StoreGone gone;
    bool (*agree)(void *data, GError **error);
    void *data;
} StoreDelivery;

/* The same with all that came with the model. */
bool store_campaign_deliver(Db *db, const Model *model, const StoreDelivery *delivery, int32_t *numero, bool *unchanged,
                            GError **error);

/* Reads load `numero` of a campaign (0 = the latest). NULL with FAULT_INPUT when there is none, FAULT_DATABASE else. */
Model *store_campaign_load(Db *db, const char *campagne, int32_t numero, GError **error);

/* The number of the latest load of a campaign; 0 when it has none. -1 with FAULT_DATABASE. */
int32_t store_campaign_latest(Db *db, const char *campagne, GError **error);

#endif
