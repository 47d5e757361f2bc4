/* Cells → codes: texts that name something, and the keys of SIRET and INSEE. See field.h. */
#include "ingest/field_private.h"

#include <string.h>

/* Control characters and lost letters have no place in any text. */
static FieldResult plain_text(const char *text, size_t max, FieldNote *note)
{
    if (strlen(text) > max) {
        g_strlcpy(note->problem, "texte trop long", sizeof note->problem);
        g_snprintf(note->remedy, sizeof note->remedy, "raccourcir à %d caractères au plus", (int)max);
        return FIELD_BAD;
    }
    for (const char *c = text; *c != '\0'; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7F)
            return field_bad(note, "caractère de commande invisible", "retaper la cellule");
    return FIELD_GOOD;
}

FieldResult field_text(const char *text, FieldNote *note)
{
    if (plain_text(text, FIELD_TEXT_MAX, note) == FIELD_BAD)
        return FIELD_BAD;
    if (strstr(text, "\xEF\xBF\xBD") == NULL)
        return FIELD_GOOD;
    field_bad(note, "caractère perdu (�) : le fichier a changé d'encodage en route",
              "retaper la cellule et enregistrer le fichier en CSV UTF-8");
    return FIELD_REPAIRED;
}

FieldResult field_code(const char *text, FieldNote *note)
{
    if (plain_text(text, FIELD_CODE_MAX, note) == FIELD_BAD)
        return FIELD_BAD;
    if (strchr(text, '|') != NULL)
        return field_bad(note, "« | » dans un code : il sépare les éléments d'une liste", "choisir un code sans « | »");
    if (strstr(text, "\xEF\xBF\xBD") != NULL)
        return field_bad(note, "caractère perdu (�) dans un code", "retaper le code et enregistrer en CSV UTF-8");
    return FIELD_GOOD;
}

/* text is a number as a spreadsheet abbreviates it: 1,23457E+13. */
static bool is_abbreviated(const char *text)
{
    size_t digits = strspn(text, "0123456789.,");
    return digits > 0 && (text[digits] == 'E' || text[digits] == 'e') && strchr("+-0123456789", text[digits + 1]) &&
           text[digits + 1] != '\0';
}

static void repaired(FieldNote *note, const char *what, const char *before, const char *after)
{
    g_snprintf(note->problem, sizeof note->problem, "zéro de tête perdu : « %s » lu « %s »", before, after);
    g_snprintf(note->remedy, sizeof note->remedy, "vérifier, et mettre la colonne au format Texte (%s)", what);
}

FieldResult field_insee(const char *text, char code[6], FieldNote *note)
{
    static const char remedy[] = "écrire le code INSEE à 5 caractères (97105, 2A004), pas le code postal ni le nom";
    size_t n = strlen(text);
    if (n != 4 && n != 5)
        return field_bad(note, "code INSEE de commune mal formé", remedy);
    g_snprintf(code, 6, "%s%s", n == 4 ? "0" : "", text);
    code[1] = g_ascii_toupper(code[1]);
    for (int i = 0; i < 5; i++)
        if (!g_ascii_isdigit(code[i]) && !(i == 1 && (code[i] == 'A' || code[i] == 'B')))
            return field_bad(note, "code INSEE de commune mal formé", remedy);
    if (n == 5)
        return FIELD_GOOD;
    repaired(note, "code INSEE", text, code);
    return FIELD_REPAIRED;
}

FieldResult field_region(const char *text, char code[3], FieldNote *note)
{
    size_t n = strlen(text);
    bool good = n == 1 || n == 2;
    for (size_t i = 0; good && i < n; i++)
        good = g_ascii_isdigit(text[i]);
    if (!good)
        return field_bad(note, "code de région mal formé",
                         "écrire le code INSEE à 2 chiffres (01 Guadeloupe, 28 Normandie)");
    g_snprintf(code, 3, "%s%s", n == 1 ? "0" : "", text);
    if (n == 2)
        return FIELD_GOOD;
    repaired(note, "code de région", text, code);
    return FIELD_REPAIRED;
}

/* Luhn over 14 digits; La Poste's establishments (SIREN 356000000) carry their own rule. */
static bool key_holds(const char siret[15])
{
    int luhn = 0, sum = 0;
    for (int i = 0; i < 14; i++) {
        int digit = siret[i] - '0', twice = digit * (i % 2 == 0 ? 2 : 1);
        sum += digit;
        luhn += twice > 9 ? twice - 9 : twice;
    }
    return sum > 0 && (luhn % 10 == 0 || (strncmp(siret, "356000000", 9) == 0 && sum % 5 == 0));
}

FieldResult field_siret(const char *text, char siret[15], FieldNote *note)
{
    static const char remedy[] =
        "recopier les 14 chiffres du SIRET (avis de situation Sirene), colonne au format Texte";
    size_t n = 0;
    if (is_abbreviated(text))
        return field_bad(note, "SIRET abrégé par le tableur (notation scientifique) : des chiffres sont perdus",
                         remedy);
    for (const char *c = text; *c != '\0'; c++) {
        size_t blank = field_blank(c);
        if (blank > 0) {
            c += blank - 1;
            continue;
        }
        if (!g_ascii_isdigit(*c))
            return field_bad(note, "SIRET avec autre chose que des chiffres", remedy);
        if (n == 14)
            return field_bad(note, "SIRET de plus de 14 chiffres", remedy);
        siret[n++] = *c;
    }
    siret[n] = '\0';
    if (n == 14 && key_holds(siret))
        return FIELD_GOOD;
    if (n == 14)
        return field_bad(note, "clé du SIRET fausse (un chiffre est erroné)", remedy);
    if (n == 13) {
        memmove(siret + 1, siret, 14);
        siret[0] = '0';
        if (key_holds(siret)) {
            repaired(note, "SIRET", text, siret);
            return FIELD_REPAIRED;
        }
    }
    return field_bad(note, "SIRET de moins de 14 chiffres", remedy);
}
