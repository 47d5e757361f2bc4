/* Numbers, days and words as a French reader writes them. Returned texts are owned by the caller unless said static. */
#ifndef EXPORT_FRENCH_H
#define EXPORT_FRENCH_H

#include "config/vocabulary.h"

char *french_integer(int64_t value);                              /* 12 345, with no-break spaces */
char *french_amount(int64_t cents);                               /* 12 345,60 € */
char *french_ratio(int64_t part, int64_t whole);                  /* 99,6 %; 100,0 % is said of the whole only */
char *french_day(int32_t day);                                    /* 1er septembre 2026 */
char *french_day_short(int32_t day);                              /* 01/09/2026 */
const char *french_weekday(int32_t day);                          /* lundi. Static */
char *french_month(int year, int month);                          /* sept. 2026; sept. for year 0 */
char *french_month_title(int year, int month);                    /* Septembre 2026 */
char *french_count(int64_t n, const char *one, const char *many); /* 1 session, 12 sessions */

/* The first characters of a text, the last of them "…" where it has more than `most`. */
char *french_shorten(const char *text, int most);

/* The name of a region from its INSEE code; the code itself where unknown. Static, or the code. */
const char *french_region(const char *code);

/* What the code of a public stands for; "" where unknown. Static. */
const char *french_public(const char *code);

/* How a word of a vocabulary is written in a workbook. Static. */
const char *french_modalite(VocabularyModalite modalite);
const char *french_nature(VocabularyNature nature);
const char *french_critere(VocabularyCritere critere);

/* Why learners of a need are not served, and what would change it. */
typedef struct {
    const char *label;  /* a few words */
    const char *reason; /* a sentence */
    const char *remedy; /* a sentence */
} FrenchMotif;
const FrenchMotif *french_motif(VocabularyMotif motif);

#endif
