/* Cells → codes: texts that name something, and the keys of SIRET and INSEE. See field.h. */
#include "ingest/field_private.h"

#include <string.h>

/* Control characters and lost letters have no place in any text. */
static FieldResult plain_text(const char *text, size_t max, FieldNote *note)
{
    if (strlen(text) > max) {
        char most[16];
        g_snprintf(most, sizeof most, "%d", (int)max);
        return field_bad(note, CONSTAT_TEXTE_LONG, most, NULL);
    }
    for (const char *c = text; *c != '\0'; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7F)
            return field_bad(note, CONSTAT_CARACTERE_COMMANDE, NULL, NULL);
    return FIELD_GOOD;
}

FieldResult field_text(const char *text, FieldNote *note)
{
    if (plain_text(text, FIELD_TEXT_MAX, note) == FIELD_BAD)
        return FIELD_BAD;
    if (strstr(text, "\xEF\xBF\xBD") == NULL)
        return FIELD_GOOD;
    field_bad(note, CONSTAT_LETTRE_PERDUE, NULL, NULL);
    return FIELD_REPAIRED;
}

/* text is a number as a spreadsheet abbreviates it: 1,23457E+13. */
static bool is_abbreviated(const char *text)
{
    size_t digits = strspn(text, "0123456789.,");
    return digits > 0 && (text[digits] == 'E' || text[digits] == 'e') && strchr("+-0123456789", text[digits + 1]) &&
           text[digits + 1] != '\0';
}

static FieldResult repaired(FieldNote *note, const char *before, const char *after)
{
    field_bad(note, CONSTAT_ZERO_PERDU, before, after);
    return FIELD_REPAIRED;
}

/* "12-mars", "01-févr-27": what spreadsheets make of a code such as 12-3. */
static bool is_date_like(const char *text)
{
    static const char *const months[] = {"janv", "févr", "mars", "avr", "mai", "juin",
                                         "juil", "août", "sept", "oct", "nov", "déc"};
    size_t day = strspn(text, "0123456789");
    if (day < 1 || day > 2 || text[day] != '-')
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(months); i++)
        if (g_str_has_prefix(text + day + 1, months[i])) {
            const char *rest = text + day + 1 + strlen(months[i]);
            rest += *rest == '.';
            return *rest == '\0' || (*rest == '-' && strlen(rest) == 3 && strspn(rest + 1, "0123456789") == 2);
        }
    return false;
}

FieldResult field_code(const char *text, FieldNote *note)
{
    if (plain_text(text, FIELD_CODE_MAX, note) == FIELD_BAD)
        return FIELD_BAD;
    if (is_abbreviated(text) && strchr(text, '+') != NULL)
        return field_bad(note, CONSTAT_CODE_SCIENTIFIQUE, NULL, NULL);
    if (is_date_like(text))
        return field_bad(note, CONSTAT_CODE_DATE, NULL, NULL);
    if (strchr(text, '|') != NULL)
        return field_bad(note, CONSTAT_CODE_BARRE, NULL, NULL);
    if (strstr(text, "\xEF\xBF\xBD") != NULL)
        return field_bad(note, CONSTAT_CARACTERE_PERDU, NULL, NULL);
    return FIELD_GOOD;
}

FieldResult field_insee(const char *text, char code[6], FieldNote *note)
{
    size_t n = strlen(text);
    if (n != 4 && n != 5)
        return field_bad(note, CONSTAT_INSEE_FORME, NULL, NULL);
    g_snprintf(code, 6, "%s%s", n == 4 ? "0" : "", text);
    code[1] = g_ascii_toupper(code[1]);
    for (int i = 0; i < 5; i++)
        if (!g_ascii_isdigit(code[i]) && !(i == 1 && (code[i] == 'A' || code[i] == 'B')))
            return field_bad(note, CONSTAT_INSEE_FORME, NULL, NULL);
    if (n == 5)
        return FIELD_GOOD;
    return repaired(note, text, code);
}

FieldResult field_region(const char *text, char code[3], FieldNote *note)
{
    size_t n = strlen(text);
    bool good = n == 1 || n == 2;
    for (size_t i = 0; good && i < n; i++)
        good = g_ascii_isdigit(text[i]);
    if (!good)
        return field_bad(note, CONSTAT_REGION_FORME, NULL, NULL);
    g_snprintf(code, 3, "%s%s", n == 1 ? "0" : "", text);
    if (n == 2)
        return FIELD_GOOD;
    return repaired(note, text, code);
}

/* The sum of Luhn over n digits: a multiple of 10 when the key is right. */
static int luhn_sum(const char *digits, size_t n)
{
    int luhn = 0;
    for (size_t i = 0; i < n; i++) {
        int digit = digits[i] - '0', twice = digit * ((n - i) % 2 == 0 ? 2 : 1);
        luhn += twice > 9 ? twice - 9 : twice;
    }
    return luhn;
}

/* Luhn over 14 digits; La Poste's establishments (SIREN 356000000) carry their own rule. */
static bool key_holds(const char siret[15])
{
    int luhn = luhn_sum(siret, 14), sum = 0;
    for (int i = 0; i < 14; i++)
        sum += siret[i] - '0';
    return sum > 0 && (luhn % 10 == 0 || (strncmp(siret, "356000000", 9) == 0 && sum % 5 == 0));
}

FieldResult field_siret(const char *text, char siret[15], FieldNote *note)
{
    size_t n = 0;
    if (is_abbreviated(text))
        return field_bad(note, CONSTAT_SIRET_SCIENTIFIQUE, NULL, NULL);
    for (const char *c = text; *c != '\0'; c++) {
        size_t blank = field_blank(c);
        if (blank > 0) {
            c += blank - 1;
            continue;
        }
        if (!g_ascii_isdigit(*c))
            return field_bad(note, CONSTAT_SIRET_FORME, NULL, NULL);
        if (n == 14)
            return field_bad(note, CONSTAT_SIRET_LONG, NULL, NULL);
        siret[n++] = *c;
    }
    siret[n] = '\0';
    if (n == 14 && key_holds(siret))
        return FIELD_GOOD;
    if (n == 14)
        return field_bad(note, CONSTAT_SIRET_CLE, NULL, NULL);
    if (n == 9 && luhn_sum(siret, 9) % 10 == 0)
        return field_bad(note, CONSTAT_SIREN_SEUL, NULL, NULL);
    if (n == 12 || n == 13) {
        memmove(siret + 14 - n, siret, n + 1);
        memset(siret, '0', 14 - n);
        if (key_holds(siret) && luhn_sum(siret, 9) % 10 == 0)
            return repaired(note, text, siret);
    }
    return field_bad(note, CONSTAT_SIRET_COURT, NULL, NULL);
}

/* The digits of text without blanks and points, at most most of them; -1 when there is anything else. */
static int digits_only(const char *text, char *digits, int most)
{
    int n = 0;
    for (const char *c = text; *c != '\0'; c++) {
        size_t blank = field_blank(c);
        if (blank > 0 || *c == '.') {
            c += blank > 0 ? blank - 1 : 0;
            continue;
        }
        if (!g_ascii_isdigit(*c) || n == most)
            return -1;
        digits[n++] = *c;
    }
    digits[n] = '\0';
    return n;
}

FieldResult field_nda(const char *text, char nda[12], FieldNote *note)
{
    int n = digits_only(text, nda, 11);
    if (n == 11)
        return FIELD_GOOD;
    if (n != 10)
        return field_bad(note, CONSTAT_NDA_FORME, NULL, NULL);
    memmove(nda + 1, nda, 11);
    nda[0] = '0';
    return repaired(note, text, nda);
}

/* What follows a word that numbers of a register begin with and the signs people put behind it; NULL without the word.
 */
static const char *behind(const char *text, const char *word)
{
    const char *rest = text + strlen(word);
    if (g_ascii_strncasecmp(text, word, strlen(word)) != 0 || g_ascii_isalpha(*rest))
        return NULL;
    while (*rest != '\0' && (field_blank(rest) > 0 || strchr("-_:.", *rest) != NULL))
        rest += MAX(field_blank(rest), 1);
    return rest;
}

FieldResult field_certification(const char *text, char code[FIELD_TEXT_MAX + 1], FieldNote *note)
{
    static const char *const registers[] = {"RNCP", "RS"};
    FieldResult result = field_text(text, note);
    g_strlcpy(code, text, FIELD_TEXT_MAX + 1);
    if (result != FIELD_GOOD)
        return result;
    for (size_t i = 0; i < G_N_ELEMENTS(registers); i++) {
        const char *rest = behind(text, registers[i]);
        if (rest == NULL)
            continue;
        size_t digits = strspn(rest, "0123456789");
        if (digits < 1 || digits > 6 || rest[digits] != '\0') {
            field_bad(note, CONSTAT_CERTIFICATION_FORME, NULL, NULL);
            return FIELD_REPAIRED;
        }
        g_snprintf(code, FIELD_TEXT_MAX + 1, "%s%s", registers[i], rest);
        return FIELD_GOOD;
    }
    return FIELD_GOOD;
}

FieldResult field_formacode(const char *text, FieldNote *note)
{
    FieldResult result = field_text(text, note);
    if (result != FIELD_GOOD)
        return result;
    g_autofree char *copy = g_strdup(text);
    char *list = copy;
    for (char *element; (element = field_next(&list)) != NULL;)
        if (strlen(element) != 5 || strspn(element, "0123456789") != 5) {
            field_bad(note, CONSTAT_FORMACODE_FORME, NULL, NULL);
            return FIELD_REPAIRED;
        }
    return FIELD_GOOD;
}

FieldResult field_idcc(const char *text, char idcc[FIELD_TEXT_MAX + 1], FieldNote *note)
{
    FieldResult result = field_text(text, note);
    g_strlcpy(idcc, text, FIELD_TEXT_MAX + 1);
    if (result != FIELD_GOOD)
        return result;
    const char *rest = behind(text, "IDCC");
    rest = rest != NULL ? rest : text;
    size_t digits = strspn(rest, "0123456789");
    if (digits < 1 || digits > 4 || rest[digits] != '\0') {
        field_bad(note, CONSTAT_IDCC_FORME, NULL, NULL);
        return FIELD_REPAIRED;
    }
    g_snprintf(idcc, FIELD_TEXT_MAX + 1, "%.*s%s", (int)(4 - digits), "000", rest);
    return digits == 4 ? FIELD_GOOD : repaired(note, text, idcc);
}
