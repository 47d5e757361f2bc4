/* Personal data by name and by content: see personal.h. */
#include "ingest/personal.h"

#include <stdlib.h>
#include <string.h>

/* ---- names of columns ---- */

/* Folded names that are personal data wherever they stand in a name ("num_secu_salarie"). */
static const char *const personal_parts[] = {"prenom",   "naissance", "securitesociale", "numsecu",   "nosecu",
                                             "nomusuel", "nomusage",  "nompatronymique", "nomcomplet"};
/* Folded names that are, alone or beside a word for a learner ("nom_stagiaire", not "nom_commune"). */
static const char *const personal_names[] = {"nom", "noms",     "nir",  "nin",         "ssn",
                                             "ddn", "civilite", "sexe", "nationalite", "patronyme"};
/* How to reach somebody: of no consequence for a structure, personal for anybody else. */
static const char *const contacts[] = {"email", "emails", "mail",     "mails",   "courriel",     "telephone",  "tel",
                                       "gsm",   "mobile", "portable", "adresse", "adresseemail", "adressemail"};
static const char *const learner_words[] = {"salarie",  "stagiaire", "apprenant", "participant", "beneficiaire",
                                            "personne", "candidat",  "demandeur", "employe",     "agent"};

static bool is_among(const char *folded, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(folded, names[i]) == 0)
            return true;
    return false;
}
#define IS_AMONG(folded, names) is_among(folded, names, G_N_ELEMENTS(names))

/* A structure's or a place's contacts are no personal data; in a file about learners they are. */
static bool contacts_are_of_structures(const TablesFile *file, bool address)
{
    if (file == tables_file(TABLES_SIAE) || file == tables_file(TABLES_ORGANISMES))
        return true;
    return address && file != tables_file(TABLES_BESOINS) && file != tables_file(TABLES_AFFECTATIONS_FIXEES);
}

bool personal_name(const TablesFile *file, const char *name)
{
    g_autofree char *folded = field_fold(name);
    for (int i = 0; i < file->n_columns; i++) {
        g_autofree char *known = field_fold(file->columns[i].name);
        if (strcmp(known, folded) == 0)
            return false;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(personal_parts); i++)
        if (strstr(folded, personal_parts[i]) != NULL)
            return true;
    g_autoptr(GString) spaced = g_string_new(name);
    g_string_replace(spaced, "’", " ", 0);
    g_auto(GStrv) words = g_strsplit_set(spaced->str, "-_.'/()*: \t\r\n", -1);
    bool learner = false, named = false, contact = IS_AMONG(folded, contacts);
    for (char **word = words; *word != NULL; word++) {
        g_autofree char *one = field_fold(*word);
        learner = learner || IS_AMONG(one, learner_words) ||
                  (g_str_has_suffix(one, "s") && (one[strlen(one) - 1] = '\0', IS_AMONG(one, learner_words)));
        named = named || IS_AMONG(one, personal_names);
        contact = contact || IS_AMONG(one, contacts);
    }
    if (IS_AMONG(folded, personal_names) || (named && learner))
        return true;
    return contact && (learner || !contacts_are_of_structures(file, strcmp(folded, "adresse") == 0));
}

/* ---- contents of cells ---- */

/* Digits of a text with the blanks, points and hyphens people write between them. */
typedef struct {
    char digits[20];                         /* A and B of 2A and 2B too; NUL-ended */
    int n, groups, first, longest, shortest; /* lengths of groups; longest, shortest: of those behind the first */
    bool plus;                               /* a '+' stands before */
} Run;

static bool separates(const char *text, size_t *n)
{
    size_t blank = *text == '\n' || *text == '\r' ? 0 : (*text == ' ' ? 1 : 0);
    if (blank == 0 && strncmp(text, "\xC2\xA0", 2) == 0)
        blank = 2;
    if (blank == 0 && strncmp(text, "\xE2\x80\xAF", 3) == 0)
        blank = 3;
    *n = blank > 0 ? blank : 1;
    return blank > 0 || *text == '.' || *text == '-';
}

static void end_group(Run *run, int length)
{
    if (length == 0)
        return;
    if (run->groups++ == 0)
        run->first = length;
    else {
        run->longest = MAX(run->longest, length);
        run->shortest = run->shortest == 0 ? length : MIN(run->shortest, length);
    }
}

/* The run that begins at text; returns where it ends. Too long a run has n > 16. */
static const char *take_run(const char *text, Run *run)
{
    int length = 0;
    for (size_t n;; text += n) {
        bool letter = run->n >= 5 && run->n <= 7 && run->digits[run->n - 1] == '2' && strchr("ABab", *text) != NULL &&
                      *text != '\0';
        if (g_ascii_isdigit(*text) || letter) {
            if (run->n < (int)sizeof run->digits - 1)
                run->digits[run->n++] = g_ascii_toupper(*text);
            length++;
            n = 1;
            continue;
        }
        end_group(run, length);
        length = 0;
        if (!separates(text, &n) || !g_ascii_isdigit(text[n]))
            return text;
    }
}

/* 13 characters as INSEE forms them: sex, year, month, département (2A, 2B), commune, order. */
static bool is_nir_body(const char *digits)
{
    int month = (digits[3] - '0') * 10 + digits[4] - '0';
    bool corsica = digits[6] == 'A' || digits[6] == 'B';
    for (int i = 0; i < 13; i++)
        if (!g_ascii_isdigit(digits[i]) && !(i == 6 && corsica && digits[5] == '2'))
            return false;
    return strchr("12", digits[0]) != NULL && ((month >= 1 && month <= 12) || (month >= 20 && month <= 42)) &&
           strncmp(digits + 5, "00", 2) != 0;
}

static bool nir_key_holds(const char *digits)
{
    char number[14];
    memcpy(number, digits, 13);
    number[13] = '\0';
    int corsica = digits[6] == 'A' ? 19 : digits[6] == 'B' ? 18 : 0;
    if (corsica != 0) {
        number[5] = '1';
        number[6] = (char)('0' + corsica - 10);
    }
    int64_t key = 97 - g_ascii_strtoll(number, NULL, 10) % 97;
    return key == g_ascii_strtoll(digits + 13, NULL, 10);
}

static bool is_nir(const Run *run, bool free_text)
{
    if (run->n != 13 && run->n != 15)
        return false;
    return is_nir_body(run->digits) && (run->n == 15 ? nir_key_holds(run->digits) : free_text && run->groups > 1);
}

/* 0690 12 34 56, 06.90.12.34.56, +590 690 12 34 56; without blanks only where no code can stand. */
static bool is_telephone(const Run *run, bool free_text)
{
    if (run->plus)
        return run->n >= 10 && run->n <= 13 && run->digits[0] != '0';
    if (run->n != 10 || run->digits[0] != '0' || run->digits[1] == '0')
        return false;
    return run->groups == 1
               ? free_text
               : run->groups >= 3 && run->first >= 2 && run->first <= 4 && run->shortest >= 2 && run->longest <= 3;
}

static bool is_mail(const char *text)
{
    for (const char *at = strchr(text, '@'); at != NULL; at = strchr(at + 1, '@')) {
        const char *end = at + 1, *dot = NULL;
        for (; g_ascii_isalnum(*end) || *end == '-' || *end == '.'; end++)
            if (*end == '.' && end > at + 1)
                dot = end;
        if (at > text && (g_ascii_isalnum(at[-1]) || strchr("._-+", at[-1]) != NULL) && dot != NULL && end - dot > 2)
            return true;
    }
    return false;
}

/* The year of a day written JJ/MM/AAAA or AAAA-MM-JJ at text, 0 when there is none. */
static int year_of_day(const char *text, const char **end)
{
    char *next;
    long parts[3];
    for (int i = 0; i < 3; i++) {
        if (!g_ascii_isdigit(*text))
            return 0;
        parts[i] = strtol(text, &next, 10);
        if (i < 2 && strchr("/.-", *next) == NULL)
            return 0;
        text = *next != '\0' && i < 2 ? next + 1 : next;
    }
    *end = text;
    long year = parts[0] > 31 ? parts[0] : parts[2], day = parts[0] > 31 ? parts[2] : parts[0];
    return parts[1] >= 1 && parts[1] <= 12 && day >= 1 && day <= 31 && year >= 1900 && year <= 2100 ? (int)year : 0;
}

/* A day of long ago that is the whole cell, or that the cell calls a birth. */
static bool is_birth(const char *text)
{
    enum { OLDEST = 1930, YOUNGEST = 2010 };
    bool called = strstr(text, "né") != NULL || strstr(text, "Né") != NULL || strstr(text, "naissance") != NULL;
    for (const char *c = text; *c != '\0'; c++) {
        const char *end;
        if (!g_ascii_isdigit(*c) || (c > text && g_ascii_isdigit(c[-1])))
            continue;
        int year = year_of_day(c, &end);
        if (year >= OLDEST && year <= YOUNGEST && (called || (c == text && *end == '\0')))
            return true;
    }
    return false;
}

bool personal_cell(const TablesFile *file, const TablesColumn *column, const char *text, ConstatId *constat)
{
    int digits = 0;
    bool at = false;
    for (const char *c = text; *c != '\0'; c++) {
        digits += g_ascii_isdigit(*c);
        at = at || *c == '@';
    }
    if (digits < 8 && !at)
        return false;
    bool structures = file == tables_file(TABLES_SIAE) || file == tables_file(TABLES_ORGANISMES);
    bool learners = file == tables_file(TABLES_BESOINS) || file == tables_file(TABLES_AFFECTATIONS_FIXEES);
    bool free_text = column == NULL || (!column->key && (column->kind == KIND_TEXT || column->kind == KIND_CODE));
    for (const char *c = text; *c != '\0' && digits >= 10;) {
        Run run = {.plus = c > text && c[-1] == '+'};
        if (!g_ascii_isdigit(*c) || (c > text && g_ascii_isalnum(c[-1]))) {
            c++;
            continue;
        }
        c = take_run(c, &run);
        *constat = CONSTAT_PERSONNEL_NIR;
        if (is_nir(&run, free_text))
            return true;
        *constat = CONSTAT_PERSONNEL_TELEPHONE;
        if (!structures && is_telephone(&run, free_text))
            return true;
    }
    *constat = CONSTAT_PERSONNEL_COURRIEL;
    if (at && !structures && is_mail(text))
        return true;
    *constat = CONSTAT_PERSONNEL_NAISSANCE;
    return learners && free_text && is_birth(text);
}
