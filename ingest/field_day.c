/* Texts → days: see field.h. Only what has one meaning in France is taken: day before month, or the year first. */
#include "config/calendar.h"
#include "ingest/field_private.h"

#include <string.h>

/* Of two-digit years those before are not of any campaign: there the text may have begun with the year. */
enum { YEAR_PLAUSIBLE = 2020 };

/* Three numbers and what parts them. */
typedef struct {
    int values[3], digits[3];
    char separator; /* of all; 0 when they differ, 'm' around the name of a month */
} Parts;

static const char *const months[12] = {"janvier", "fevrier", "mars",      "avril",   "mai",      "juin",
                                       "juillet", "aout",    "septembre", "octobre", "novembre", "decembre"};

/* The month whose French name begins with the folded word; 0 when none does, or more than one could. */
static int month_named(const char *word)
{
    g_autofree char *folded = field_fold(word);
    int found = 0;
    size_t n = strlen(folded);
    for (int i = 0; i < 12; i++)
        if (n >= 3 && strncmp(months[i], folded, n) == 0) {
            if (found != 0)
                return 0;
            found = i + 1;
        }
    return found;
}

static const char *take_number(const char *text, int *value, int *digits)
{
    *value = *digits = 0;
    for (; g_ascii_isdigit(*text) && *digits < 5; text++, (*digits)++)
        *value = 10 * *value + (*text - '0');
    return text;
}

/* What may stand behind a day: a time of midnight, as programs write days. */
static bool is_midnight(const char *text)
{
    if (*text == '\0')
        return true;
    if (*text != ' ' && *text != 'T')
        return false;
    return strlen(text) >= 6 && strspn(text + 1, "0:.") == strlen(text + 1);
}

/* "12 mars 2027", "1er mars 2027", "12-mars-27". */
static bool take_month_name(const char *text, Parts *parts)
{
    char word[40];
    size_t n = 0;
    text = take_number(text, &parts->values[0], &parts->digits[0]);
    if (g_str_has_prefix(text, "er"))
        text += 2;
    text += *text == ' ' || *text == '-' ? 1 : 0;
    while (*text != '\0' && strchr(" -.0123456789", *text) == NULL && n < sizeof word - 1)
        word[n++] = *text++;
    word[n] = '\0';
    text += strspn(text, " -.");
    text = take_number(text, &parts->values[2], &parts->digits[2]);
    parts->values[1] = month_named(word);
    parts->digits[1] = 2;
    parts->separator = 'm';
    return parts->digits[0] >= 1 && parts->digits[0] <= 2 && parts->values[1] != 0 && is_midnight(text);
}

static bool take_parts(const char *text, Parts *parts)
{
    const char *c = text;
    *parts = (Parts){0};
    for (int i = 0; i < 3; i++) {
        c = take_number(c, &parts->values[i], &parts->digits[i]);
        if (parts->digits[i] == 0 || (i < 2 && (*c == '\0' || strchr("/.-", *c) == NULL)))
            return take_month_name(text, parts);
        if (i == 0)
            parts->separator = *c;
        else if (i == 1 && parts->separator != *c)
            return false;
        c += i < 2;
    }
    return is_midnight(c);
}

static FieldResult ambiguous(FieldNote *note, int32_t a, int32_t b)
{
    char first[CALENDAR_TEXT_MAX], second[CALENDAR_TEXT_MAX];
    return field_bad(note, CONSTAT_DATE_AMBIGUE, calendar_text(a, first), calendar_text(b, second));
}

/* jour, mois, année en deux chiffres: refused where the year could as well stand first. */
static FieldResult two_digit_year(const Parts *parts, int32_t *day, FieldNote *note)
{
    const int *v = parts->values;
    int32_t first = parts->separator == 'm' ? 0 : calendar_day(2000 + v[0], v[1], v[2]);
    bool reversed = first != 0 && 2000 + v[0] >= YEAR_PLAUSIBLE && parts->digits[0] == 2 && parts->digits[2] == 2;
    *day = calendar_day(2000 + v[2], v[1], v[0]);
    if (*day == 0)
        return FIELD_BAD;
    if (reversed && first != *day && (parts->separator != '/' || 2000 + v[2] < YEAR_PLAUSIBLE))
        return ambiguous(note, *day, first);
    return FIELD_GOOD;
}

FieldResult field_date(const char *text, int32_t *day, FieldNote *note)
{
    Parts parts;
    if (calendar_parse(text, day))
        return FIELD_GOOD;
    note->constat = CONSTAT_N;
    *day = 0;
    if (take_parts(text, &parts)) {
        const int *v = parts.values, *d = parts.digits;
        if (d[0] == 4 && d[1] == 2 && d[2] == 2 && parts.separator != 'm')
            *day = calendar_day(v[0], v[1], v[2]);
        else if (d[0] <= 2 && d[1] <= 2 && d[2] == 4)
            *day = calendar_day(v[2], v[1], v[0]);
        else if (d[0] <= 2 && d[1] <= 2 && d[2] == 2 && two_digit_year(&parts, day, note) == FIELD_BAD)
            *day = 0;
        if (*day != 0)
            return FIELD_GOOD;
        if (note->constat == CONSTAT_DATE_AMBIGUE)
            return FIELD_BAD;
        int year = d[2] == 2 ? 2000 + v[2] : v[2];
        if (d[0] <= 2 && d[2] >= 2 && parts.separator != 'm' && v[1] > 12 && calendar_day(year, v[0], v[1]) != 0)
            return field_bad(note, CONSTAT_DATE_AMERICAINE, NULL, NULL);
    }
    if (strlen(text) == 5 && strspn(text, "0123456789") == 5)
        return field_bad(note, CONSTAT_DATE_SERIE, NULL, NULL);
    return field_bad(note, CONSTAT_DATE_ILLISIBLE, NULL, NULL);
}

bool field_date_is_doubtful(const char *text)
{
    Parts parts;
    if (strlen(text) >= 5 && text[4] == '-')
        return false;
    return take_parts(text, &parts) && parts.separator != 'm' && parts.digits[0] <= 2 && parts.values[0] <= 12 &&
           parts.values[1] <= 12 && parts.values[0] != parts.values[1];
}
