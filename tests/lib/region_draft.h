/* A Model in the making: rows in any order, positions as appended; frozen, it becomes a sorted Model. */
#ifndef TESTS_LIB_REGION_DRAFT_H
#define TESTS_LIB_REGION_DRAFT_H

#include "sql/model.h"
#include "tests/lib/region_random.h"

/* One GArray of rows a table, named as in Model. A field that names a row of another table holds the position at which
 * that row was appended; keys must be distinct once frozen. Texts and lists come from region_draft_text() and
 * region_draft_list(). */
typedef struct {
    Model *model; /* owns texts and lists; its arrays are empty until the draft is frozen */
#define REGION_DRAFT_ARRAY(table, Row, order) GArray *table;
    MODEL_TABLES(REGION_DRAFT_ARRAY)
#undef REGION_DRAFT_ARRAY
} RegionDraft;

RegionDraft *region_draft_new(void);

/* Sorts every table, makes positions follow, and gives the Model. The draft is freed. */
Model *region_draft_freeze(RegionDraft *draft);

/* A formatted text owned by the Model. */
const char *region_draft_text(RegionDraft *draft, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* A copy of n positions owned by the Model. */
const int32_t *region_draft_list(RegionDraft *draft, const int32_t *positions, int32_t n);

/* A NULL-ended copy of n words, which must live as long as the Model. */
const char *const *region_draft_words(RegionDraft *draft, const char *const *words, int32_t n);

/* The number-th SIRET, 0 <= number < 10^8: 14 digits, valid Luhn keys on 9 and on 14; distinct numbers, distinct SIREN.
 */
const char *region_draft_siret(RegionDraft *draft, uint32_t number);

/* The row at position i, for reading and changing. */
#define region_draft_row(draft, table, Row, i) (&g_array_index((draft)->table, Row, (guint)(i)))

#endif
