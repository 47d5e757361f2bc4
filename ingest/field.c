/* Cells → values: numbers, days, words. See field.h. */
#include "ingest/field.h"

#include "ingest/field_private.h"

#include <string.h>

/* At most size - 1 bytes of text, whole letters. */
static void copy_text(char *into, const char *text, size_t size)
{
    if (g_strlcpy(into, text != NULL ? text : "", size) >= size)
        *g_utf8_find_prev_char(into, into + size - 1) = '\0';
}

FieldResult field_bad(FieldNote *note, ConstatId constat, const char *first, const char *second)
{
    note->constat = constat;
    copy_text(note->first, first, sizeof note->first);
    copy_text(note->second, second, sizeof note->second);
    return FIELD_BAD;
}

size_t field_blank(const char *text)
{
    static const char blanks[][4] = {"\xC2\xA0",     "\xE2\x80\xAF", "\xE2\x80\x89",
                                     "\xE2\x80\x87", "\xE2\x80\x8B", "\xEF\xBB\xBF"};
    if ((unsigned char)*text < 0x80)
        return *text == ' ' || *text == '\t' || *text == '\r' || *text == '\n';
    for (size_t i = 0; i < G_N_ELEMENTS(blanks); i++)
        if (g_str_has_prefix(text, blanks[i]))
            return strlen(blanks[i]);
    return 0;
}

/* How many bytes a blank that ends just before end takes; 0 when none does. */
static size_t blank_before(const char *begin, const char *end)
{
    for (size_t n = 1; n <= 3 && n <= (size_t)(end - begin); n++) {
        if (field_blank(end - n) == n)
            return n;
        if ((unsigned char)end[-1] < 0x80)
            break;
    }
    return 0;
}

static char *trim(char *text)
{
    size_t n;
    while ((n = field_blank(text)) > 0)
        text += n;
    char *end = text + strlen(text);
    while ((n = blank_before(text, end)) > 0)
        end -= n;
    *end = '\0';
    return text;
}

bool field_is_blank(const char *text)
{
    for (size_t n; (n = field_blank(text)) > 0;)
        text += n;
    return *text == '\0';
}

char *field_clean(char *text, GString *scratch)
{
    bool composed = true;
    text = trim(text);
    for (char *c = text; *c != '\0'; c++) {
        if (*c == '\t' || *c == '\n' || *c == '\r')
            *c = ' ';
        composed = composed && (unsigned char)*c != 0xCC && (unsigned char)*c != 0xCD;
    }
    if (composed)
        return text;
    g_autofree char *nfc = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
    g_string_assign(scratch, nfc != NULL ? nfc : text);
    return scratch->str;
}

char *field_unwrapped(char *text)
{
    size_t n = strlen(text);
    if (n < 3 || text[0] != '=' || text[1] != '"' || text[n - 1] != '"' || strchr(text + 2, '"') != text + n - 1)
        return text;
    text[n - 1] = '\0';
    return trim(text + 2);
}

bool field_is_sheet_error(const char *text)
{
    static const char *const errors[] = {"#N/A",    "#REF!",  "#VALEUR!", "#NOM?",  "#DIV/0!", "#NOMBRE!", "#NUL!",
                                         "#VALUE!", "#NAME?", "#NUM!",    "#NULL!", "#SPILL!", "#CALC!"};
    if (*text != '#')
        return g_str_has_prefix(text, "Err:") && g_ascii_isdigit(text[4]);
    if (strspn(text, "#") >= 3 && text[strspn(text, "#")] == '\0')
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(errors); i++)
        if (g_ascii_strcasecmp(text, errors[i]) == 0)
            return true;
    return false;
}

char *field_next(char **list)
{
    while (*list != NULL) {
        char *element = *list, *bar = strchr(element, '|');
        *list = bar != NULL ? bar + 1 : NULL;
        if (bar != NULL)
            *bar = '\0';
        element = trim(element);
        if (*element != '\0')
            return element;
    }
    return NULL;
}

char *field_fold(const char *text)
{
    g_autofree char *apart = g_utf8_normalize(text, -1, G_NORMALIZE_NFKD);
    GString *folded = g_string_new(NULL);
    for (const char *c = apart != NULL ? apart : ""; *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar letter = g_unichar_tolower(g_utf8_get_char(c));
        if (!g_unichar_ismark(letter) && !g_unichar_isspace(letter) && letter != '-' && letter != '_' &&
            letter != 0x200B && letter != 0xFEFF)
            g_string_append_unichar(folded, letter);
    }
    return g_string_free(folded, FALSE);
}

/* value / 10^decimals as a French reader writes it. */
static void number_text(int64_t value, int decimals, char text[32])
{
    int64_t scale = 1;
    for (int i = 0; i < decimals; i++)
        scale *= 10;
    if (value % scale == 0)
        g_snprintf(text, 32, "%" G_GINT64_FORMAT, value / scale);
    else
        g_snprintf(text, 32, "%s%" G_GINT64_FORMAT ",%0*" G_GINT64_FORMAT, value < 0 ? "-" : "", ABS(value) / scale,
                   decimals, ABS(value) % scale);
}

static FieldResult out_of_bounds(const FieldNumber *number, FieldNote *note)
{
    char min[32], max[32];
    number_text(number->min, number->decimals, min);
    number_text(number->max, number->decimals, max);
    return field_bad(note, CONSTAT_NOMBRE_BORNES, min, max);
}

/* A number taken apart: its digits without blanks. */
typedef struct {
    bool negative;
    int64_t value; /* of every digit */
    int n_whole, n_decimals;
    bool too_long;
    const char *rest; /* behind the digits and blanks */
} Digits;

/* Digits, in groups of three when blanks part them, then decimals. False when text does not begin so. */
static bool take_digits(const char *text, Digits *digits)
{
    *digits = (Digits){.negative = *text == '-'};
    text += *text == '-' || *text == '+';
    int since_blank = 0;
    bool grouped = false;
    for (;;) {
        size_t blank = field_blank(text);
        if (g_ascii_isdigit(*text)) {
            digits->too_long = digits->too_long || digits->value > INT64_MAX / 10 - 1;
            digits->value = digits->too_long ? 0 : digits->value * 10 + (*text - '0');
            digits->n_whole++;
            since_blank++;
            text++;
        } else if (blank > 0 && digits->n_whole > 0 && g_ascii_isdigit(text[blank])) {
            if (grouped ? since_blank != 3 : since_blank > 3)
                return false;
            grouped = true;
            since_blank = 0;
            text += blank;
        } else
            break;
    }
    if (digits->n_whole == 0 || (grouped && since_blank != 3))
        return false;
    if ((*text == ',' || *text == '.') && g_ascii_isdigit(text[1]))
        for (text++; g_ascii_isdigit(*text); text++) {
            digits->too_long = digits->too_long || digits->value > INT64_MAX / 10 - 1;
            digits->value = digits->too_long ? 0 : digits->value * 10 + (*text - '0');
            digits->n_decimals++;
        }
    for (size_t n; (n = field_blank(text)) > 0;)
        text += n;
    digits->rest = text;
    return true;
}

/* text without the points or commas that part thousands, where both signs occur and so each has one meaning:
 * "1.234,50", "1,234.50". Returns text where there is nothing to do, NULL where the groups are none. */
static const char *without_groups(const char *text, char plain[64])
{
    const char *point = strrchr(text, '.'), *comma = strrchr(text, ',');
    if (point == NULL || comma == NULL)
        return text;
    char group = point < comma ? '.' : ',';
    const char *decimal = MAX(point, comma);
    size_t n = 0;
    int since = -1;
    for (const char *c = text; *c != '\0' && n < 63; c++) {
        if (*c == group && (since >= 0 ? since != 3 : c - text > 4))
            return NULL;
        if (*c == group)
            since = 0;
        else {
            if (*c == *decimal && (c != decimal || since != 3))
                return NULL;
            since += since >= 0 && c < decimal;
            plain[n++] = *c;
        }
    }
    plain[n] = '\0';
    return plain;
}

static bool is_unit(const char *rest, const char *const *units)
{
    if (*rest == '\0')
        return true;
    for (; units != NULL && *units != NULL; units++)
        if (g_ascii_strcasecmp(rest, *units) == 0)
            return true;
    return false;
}

static bool is_scientific(const char *rest)
{
    return (*rest == 'e' || *rest == 'E') && (g_ascii_isdigit(rest[1]) || rest[1] == '+' || rest[1] == '-');
}

FieldResult field_number(const char *text, const FieldNumber *number, int64_t *value, FieldNote *note)
{
    Digits digits;
    char plain[64];
    text = without_groups(text, plain);
    bool good = text != NULL && take_digits(text, &digits);
    if (good && is_scientific(digits.rest))
        return field_bad(note, CONSTAT_NOMBRE_SCIENTIFIQUE, NULL, NULL);
    if (!good || !is_unit(digits.rest, number->units))
        return field_bad(note, CONSTAT_NOMBRE_ILLISIBLE, NULL, NULL);
    /* "1.000" may be one or a thousand: zeros beyond the accepted decimals count for nothing only up to two in all */
    while (digits.n_decimals > number->decimals && digits.n_decimals <= 2 && digits.value % 10 == 0) {
        digits.value /= 10;
        digits.n_decimals--;
    }
    if (digits.n_decimals == 3 && number->decimals < 3 && text != plain && digits.n_whole <= 3 && *text != '0' &&
        *text != '-')
        return field_bad(note, CONSTAT_NOMBRE_AMBIGU, NULL, NULL);
    if (digits.n_decimals > number->decimals) {
        if (number->decimals == 0)
            return field_bad(note, CONSTAT_NOMBRE_ENTIER, NULL, NULL);
        char most[32];
        g_snprintf(most, sizeof most, "%d décimale%s", number->decimals, number->decimals > 1 ? "s" : "");
        return field_bad(note, CONSTAT_NOMBRE_DECIMALES, most, NULL);
    }
    for (; digits.n_decimals < number->decimals && !digits.too_long; digits.n_decimals++) {
        digits.too_long = digits.value > INT64_MAX / 10;
        digits.value = digits.too_long ? 0 : digits.value * 10;
    }
    *value = digits.negative ? -digits.value : digits.value;
    if (digits.too_long || *value < number->min || *value > number->max)
        return out_of_bounds(number, note);
    return FIELD_GOOD;
}

FieldResult field_degrees(const char *text, double min, double max, double *value, FieldNote *note)
{
    char plain[32];
    size_t n = 0;
    Digits digits;
    bool good = take_digits(text, &digits) && *digits.rest == '\0' && digits.n_decimals <= 20 && digits.n_whole <= 3 &&
                strlen(text) < sizeof plain;
    for (const char *c = text; good && *c != '\0'; c++)
        if (field_blank(c) == 0)
            plain[n++] = *c == ',' ? '.' : *c;
    plain[n] = '\0';
    if (!good)
        return field_bad(note, CONSTAT_COORDONNEE_ILLISIBLE, NULL, NULL);
    *value = g_ascii_strtod(plain, NULL);
    if (*value < min || *value > max) {
        char least[16], most[16];
        g_snprintf(least, sizeof least, "%d", (int)min);
        g_snprintf(most, sizeof most, "%d", (int)max);
        return field_bad(note, CONSTAT_COORDONNEE_BORNES, least, most);
    }
    return FIELD_GOOD;
}

FieldResult field_yes_no(const char *text, bool *value, FieldNote *note)
{
    static const char *const words[][6] = {{"non", "n", "faux", "0", "false"}, {"oui", "o", "vrai", "1", "true", "x"}};
    for (int yes = 0; yes <= 1; yes++)
        for (size_t i = 0; i < G_N_ELEMENTS(words[yes]) && words[yes][i] != NULL; i++)
            if (g_ascii_strcasecmp(text, words[yes][i]) == 0) {
                *value = yes != 0;
                return FIELD_GOOD;
            }
    return field_bad(note, CONSTAT_OUI_NON, NULL, NULL);
}

FieldResult field_word(const char *text, const Vocabulary *vocabulary, int *value, FieldNote *note)
{
    *value = vocabulary_find(vocabulary, text);
    if (*value < 0) {
        g_autofree char *folded = field_fold(text);
        for (int i = 0; i < vocabulary->n && *value < 0; i++) {
            g_autofree char *word = field_fold(vocabulary->words[i]);
            if (strcmp(word, folded) == 0)
                *value = i;
        }
    }
    if (*value >= 0)
        return FIELD_GOOD;
    g_autoptr(GString) known = g_string_new(NULL);
    for (int i = 0; i < vocabulary->n; i++)
        g_string_append_printf(known, "%s%s", i > 0 ? ", " : "", vocabulary->words[i]);
    return field_bad(note, CONSTAT_MOT_INCONNU, known->str, NULL);
}
