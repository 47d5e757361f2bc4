/* The input tables as data: which column of the database is which field of the Model. Private to sql/.
 *
 * One row a column, in the order of copy_*.sql and load_*.sql; saving and loading walk the same rows. */
#ifndef SQL_STORE_TABLE_H
#define SQL_STORE_TABLE_H

#include "sql/db_query.h"
#include "sql/model.h"

typedef enum {
    STORE_TABLE_TEXT,
    STORE_TABLE_BOOL,
    STORE_TABLE_INT4, /* MODEL_NONE is null, here and below */
    STORE_TABLE_INT8,
    STORE_TABLE_FLOAT8,
    STORE_TABLE_DATE,
    STORE_TABLE_WORD,    /* a value of a vocabulary, as its word */
    STORE_TABLE_WORDS,   /* a set of them (bits), as text[] */
    STORE_TABLE_NAME,    /* a position in another table, as that row's key */
    STORE_TABLE_SUBJECT, /* the same, only where the closure's objet is `objet` */
    STORE_TABLE_RANK     /* the row's own position; not read back */
} StoreTableKind;

typedef enum {
    STORE_TABLE_COMMUNES,
    STORE_TABLE_FRAIS,
    STORE_TABLE_SIAE,
    STORE_TABLE_ORGANISMES,
    STORE_TABLE_FORMATIONS,
    STORE_TABLE_AXES,
    STORE_TABLE_OFFRES,
    STORE_TABLE_BESOINS,
    STORE_TABLE_MONTAGES,
    STORE_TABLE_FINANCEMENTS,
    STORE_TABLE_ENVELOPPES,
    STORE_TABLE_PRIORITES,
    STORE_TABLE_TRAJETS,
    STORE_TABLE_FERMETURES,
    STORE_TABLE_SESSIONS_FIXEES,
    STORE_TABLE_AFFECTATIONS_FIXEES,
    STORE_TABLE_N
} StoreTableId;

typedef struct {
    StoreTableKind kind;
    size_t offset;           /* of the field in its row */
    const Vocabulary *words; /* of WORD, WORDS */
    StoreTableId target;     /* of NAME, SUBJECT */
    VocabularyObjet objet;   /* of SUBJECT */
} StoreTableColumn;

typedef struct {
    const char *copy_name, *copy_sql, *load_name, *load_sql;
    size_t rows_offset, count_offset; /* in Model */
    size_t row_size;
    const StoreTableColumn *columns;
    int n_columns;
} StoreTable;

const StoreTable *store_table(StoreTableId id);

/* The table's rows in model: how many, and one. */
int32_t store_table_count(const StoreTable *table, const Model *model);
const void *store_table_row(const StoreTable *table, const Model *model, int32_t row);

/* The key of a row of a table that others name, and the position of a key there (MODEL_NONE: none). */
const char *store_table_key(StoreTableId id, const Model *model, int32_t row);
int32_t store_table_find(StoreTableId id, const Model *model, const char *key);

/* Saves every table of model as rows of the load chargement_id, in an order that meets every reference. */
bool store_table_save(Db *db, const Model *model, int32_t chargement_id, GError **error);

/* Fills the empty tables of model with the rows of the load chargement_id. */
bool store_table_load(Db *db, Model *model, int32_t chargement_id, GError **error);

#endif
