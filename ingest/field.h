/* The text of one cell → a typed value. Locale-free; exact: no floating point but for degrees.
 *
 * Every parser takes a clean text (field_clean) that is not empty. */
#ifndef INGEST_FIELD_H
#define INGEST_FIELD_H

#include "config/vocabulary.h"
#include "ingest/constat.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum {
    FIELD_GOOD,
    FIELD_REPAIRED, /* the value is set; the note says what was repaired */
    FIELD_BAD,      /* the note says what is wrong */
} FieldResult;

/* What is wrong with a cell, and what that adds to the constat's words. */
typedef struct {
    ConstatId constat;
    char first[200], second[200];
} FieldNote;

/* A decimal number: value x 10^decimals, min..max in that unit; words that may follow it ("€", "km"), NULL-ended. */
typedef struct {
    int decimals;
    int64_t min, max; /* |bounds| <= 1e15 */
    const char *const *units;
} FieldNumber;

/* Longest code and longest text accepted, in bytes. */
#define FIELD_CODE_MAX 100
#define FIELD_TEXT_MAX 1000

/* Trims blanks of every kind, turns tabs and line ends into spaces and composes letters (NFC), in place where it can:
 * returns text or a copy owned by *scratch. */
char *field_clean(char *text, GString *scratch);

bool field_is_blank(const char *text);

FieldResult field_number(const char *text, const FieldNumber *number, int64_t *value, FieldNote *note);
/* Degrees, min..max, at most 20 decimals. */
FieldResult field_degrees(const char *text, double min, double max, double *value, FieldNote *note);
/* oui non o n x vrai faux true false 1 0, in any case. */
FieldResult field_yes_no(const char *text, bool *value, FieldNote *note);
/* AAAA-MM-JJ, JJ/MM/AAAA, JJ/MM/AA, with '/', '.' or '-', "12 mars 2027", and such with a time of midnight. What could
 * be two days, a number of a spreadsheet and mois/jour are refused, each with its own constat. */
FieldResult field_date(const char *text, int32_t *day, FieldNote *note);
/* A good date that would be another good date were it written mois/jour. */
bool field_date_is_doubtful(const char *text);
/* A word of a closed vocabulary, without regard to case and accents. */
FieldResult field_word(const char *text, const Vocabulary *vocabulary, int *value, FieldNote *note);
/* No control character, no '|', at most FIELD_CODE_MAX bytes. */
FieldResult field_code(const char *text, FieldNote *note);
FieldResult field_text(const char *text, FieldNote *note);
/* INSEE code of a commune: 5 characters, written to code. A lost leading zero is repaired. */
FieldResult field_insee(const char *text, char code[6], FieldNote *note);
/* INSEE code of a region: 2 characters. A lost leading zero is repaired. */
FieldResult field_region(const char *text, char code[3], FieldNote *note);
/* SIRET: 14 digits (blanks between them are dropped) with a right key: Luhn, or La Poste's rule (SIREN 356000000: the
 * sum of the digits is a multiple of 5). 12 or 13 digits whose keys (SIRET, SIREN) are right behind zeros are repaired.
 */
FieldResult field_siret(const char *text, char siret[15], FieldNote *note);
/* Number of a training organisme's declaration (NDA): 11 digits, blanks dropped; 10 are repaired by a zero. */
FieldResult field_nda(const char *text, char nda[12], FieldNote *note);
/* A certification: RNCP or RS and its number, written RNCP35551 and RS5087 into code, or any other text as it is.
 * Neither this nor a Formacode is refused for its form: no rule depends on them. */
FieldResult field_certification(const char *text, char code[FIELD_TEXT_MAX + 1], FieldNote *note);
/* Formacodes: 5 digits each, parted by '|'. */
FieldResult field_formacode(const char *text, FieldNote *note);
/* A collective agreement (IDCC): 4 digits, zeros that were lost repaired, behind "IDCC" or not; not refused either. */
FieldResult field_idcc(const char *text, char idcc[FIELD_TEXT_MAX + 1], FieldNote *note);

/* text out of what spreadsheets wrap a code in to keep its zeros: ="01234". */
char *field_unwrapped(char *text);
/* What a spreadsheet shows where a formula failed: #N/A, #REF!, #VALEUR!, #####, Err:508. */
bool field_is_sheet_error(const char *text);

/* The next element of a list by '|': trimmed, NULL when there is none left. *list moves on; its text is cut up. */
char *field_next(char **list);

/* text without case, accents, blanks, '-' and '_': how names and words are compared. Caller frees. */
char *field_fold(const char *text);

#endif
