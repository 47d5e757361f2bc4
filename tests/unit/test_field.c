/* Texts of cells → values: what is accepted, to the unit, and what is refused. */
#include "config/calendar.h"
#include "ingest/field.h"

#include <string.h>

#define NBSP "\xC2\xA0"
#define NARROW "\xE2\x80\xAF"

static const char *const euros[] = {"€", "EUR", NULL};
static const FieldNumber amount = {2, 0, INT64_C(100000000000), euros}, tenths = {1, -1000, 200000, NULL},
                         whole = {0, 1, 1000, NULL};

static void numbers_are_exact(void)
{
    static const struct {
        const FieldNumber *as;
        const char *text;
        int64_t value;
    } cases[] = {
        {&amount, "0", 0},
        {&amount, "1234.56", 123456},
        {&amount, "1234,56", 123456},
        {&amount, "1 234,50 €", 123450},
        {&amount, "1" NBSP "234,50" NBSP "€", 123450},
        {&amount, "1" NARROW "234" NARROW "567,8 EUR", 123456780},
        {&amount, "+12,3", 1230},
        {&amount, "0,01", 1},
        {&amount, "0.1", 10},
        {&amount, "1000000000", INT64_C(100000000000)},
        {&amount, "00012,50", 1250},
        {&amount, "12 €", 1200},
        {&tenths, "12.5", 125},
        {&tenths, "12,50", 125},
        {&tenths, "-0,5", -5},
        {&whole, "12", 12},
        {&whole, "12,0", 12},
        {&whole, "12.00", 12},
        {&whole, "1 000", 1000},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        FieldNote note;
        int64_t value;
        g_test_message("%s", cases[i].text);
        g_assert_cmpint(field_number(cases[i].text, cases[i].as, &value, &note), ==, FIELD_GOOD);
        g_assert_cmpint(value, ==, cases[i].value);
    }
}

static void numbers_are_refused(void)
{
    static const struct {
        const FieldNumber *as;
        const char *text;
        ConstatId constat;
    } cases[] = {
        {&amount, "abc", CONSTAT_NOMBRE_ILLISIBLE},
        {&amount, "12abc", CONSTAT_NOMBRE_ILLISIBLE},
        {&amount, "12 km", CONSTAT_NOMBRE_ILLISIBLE},
        {&amount, "1,23,456.78", CONSTAT_NOMBRE_ILLISIBLE},
        {&amount, "1.23,456", CONSTAT_NOMBRE_ILLISIBLE},
        {&amount, "1.234.56,7", CONSTAT_NOMBRE_ILLISIBLE},
        {&amount, "1,234,56.7", CONSTAT_NOMBRE_ILLISIBLE},
        {&amount, "12 34", CONSTAT_NOMBRE_ILLISIBLE},
        {&amount, "1 2345", CONSTAT_NOMBRE_ILLISIBLE},
        {&amount, "1234 567", CONSTAT_NOMBRE_ILLISIBLE},
        {&amount, ",5", CONSTAT_NOMBRE_ILLISIBLE},
        {&amount, "5,", CONSTAT_NOMBRE_ILLISIBLE},
        {&amount, "-", CONSTAT_NOMBRE_ILLISIBLE},
        {&amount, "€", CONSTAT_NOMBRE_ILLISIBLE},
        {&amount, "12,345", CONSTAT_NOMBRE_AMBIGU},
        {&amount, "0,345", CONSTAT_NOMBRE_DECIMALES},
        {&amount, "12,3456", CONSTAT_NOMBRE_DECIMALES},
        {&amount, "1.000", CONSTAT_NOMBRE_AMBIGU},
        {&amount, "1,23E+05", CONSTAT_NOMBRE_SCIENTIFIQUE},
        {&amount, "1e5", CONSTAT_NOMBRE_SCIENTIFIQUE},
        {&amount, "-0,01", CONSTAT_NOMBRE_BORNES},
        {&amount, "1000000000,01", CONSTAT_NOMBRE_BORNES},
        {&amount, "9223372036854775807", CONSTAT_NOMBRE_BORNES},
        {&amount, "92233720368547758079223372036854775807,99", CONSTAT_NOMBRE_BORNES},
        {&tenths, "12,55", CONSTAT_NOMBRE_DECIMALES},
        {&tenths, "20000,1", CONSTAT_NOMBRE_BORNES},
        {&whole, "0", CONSTAT_NOMBRE_BORNES},
        {&whole, "1001", CONSTAT_NOMBRE_BORNES},
        {&whole, "2,5", CONSTAT_NOMBRE_ENTIER},
        {&whole, "1.000", CONSTAT_NOMBRE_AMBIGU},
        {&whole, "0x10", CONSTAT_NOMBRE_ILLISIBLE},
        {&whole, "١٢", CONSTAT_NOMBRE_ILLISIBLE},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        FieldNote note;
        int64_t value;
        g_test_message("%s", cases[i].text);
        g_assert_cmpint(field_number(cases[i].text, cases[i].as, &value, &note), ==, FIELD_BAD);
        g_assert_cmpstr(constat_code(note.constat), ==, constat_code(cases[i].constat));
    }
}

static void bounds_are_said(void)
{
    static const FieldNumber number = {2, -150, 123450, NULL};
    FieldNote note;
    int64_t value;
    g_assert_cmpint(field_number("2000", &number, &value, &note), ==, FIELD_BAD);
    g_autofree char *remedy = constat_fill(constat_remedy(note.constat), note.first, note.second);
    g_assert_cmpstr(remedy, ==, "écrire un nombre entre -1,50 et 1234,50");
}

static void degrees(void)
{
    static const struct {
        const char *text;
        double value; /* 1000 = refused */
    } cases[] = {{"16.2412", 16.2412},
                 {"-61,5331", -61.5331},
                 {"90", 90},
                 {"90,000001", 1000},
                 {"-91", 1000},
                 {"16°14'28\"N", 1000},
                 {"1e1", 1000},
                 {"nan", 1000},
                 {"inf", 1000},
                 {"48.856614000000001", 48.856614000000001},
                 {"0.123456789012345678901", 1000},
                 {"0x10", 1000},
                 {"16.24.12", 1000}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        FieldNote note;
        double value = 0;
        g_test_message("%s", cases[i].text);
        FieldResult result = field_degrees(cases[i].text, -90, 90, &value, &note);
        g_assert_cmpint(result, ==, cases[i].value > 999 ? FIELD_BAD : FIELD_GOOD);
        if (result == FIELD_GOOD)
            g_assert_cmpfloat(value, ==, cases[i].value);
    }
}

static void yes_and_no(void)
{
    static const char *const yes[] = {"oui", "Oui", "OUI", "o", "O", "vrai", "VRAI", "1", "x", "X", "true"},
                             *const no[] = {"non", "Non", "n", "N", "faux", "FAUX", "0", "FALSE"},
                             *const neither[] = {"yes", "xx", "2", "ouii", "peut-être", "-"};
    FieldNote note;
    bool value;
    for (size_t i = 0; i < G_N_ELEMENTS(yes); i++) {
        g_assert_cmpint(field_yes_no(yes[i], &value, &note), ==, FIELD_GOOD);
        g_assert_true(value);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(no); i++) {
        g_assert_cmpint(field_yes_no(no[i], &value, &note), ==, FIELD_GOOD);
        g_assert_false(value);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(neither); i++)
        g_assert_cmpint(field_yes_no(neither[i], &value, &note), ==, FIELD_BAD);
}

static void dates(void)
{
    static const struct {
        const char *text, *iso; /* NULL = refused for the reason of constat */
        ConstatId constat;
    } cases[] = {{"2027-01-11", "2027-01-11", 0},
                 {"11/01/2027", "2027-01-11", 0},
                 {"29/02/2028", "2028-02-29", 0},
                 {"2000-01-01", "2000-01-01", 0},
                 {"31/12/2099", "2099-12-31", 0},
                 {"1/1/2027", "2027-01-01", 0},
                 {"11/01/27", "2027-01-11", 0},
                 {"25/03/26", "2026-03-25", 0},
                 {"2027/01/11", "2027-01-11", 0},
                 {"11-01-2027", "2027-01-11", 0},
                 {"11.01.2027", "2027-01-11", 0},
                 {"2027-01-11 00:00:00", "2027-01-11", 0},
                 {"2027-01-11T00:00:00", "2027-01-11", 0},
                 {"11/01/2027 00:00", "2027-01-11", 0},
                 {"11 janvier 2027", "2027-01-11", 0},
                 {"1er février 2027", "2027-02-01", 0},
                 {"11-janv-27", "2027-01-11", 0},
                 {"11 août 2027", "2027-08-11", 0},
                 {"3 déc. 2027", "2027-12-03", 0},
                 {"29/02/2027", NULL, CONSTAT_DATE_ILLISIBLE},
                 {"2027-02-30", NULL, CONSTAT_DATE_ILLISIBLE},
                 {"31/04/2027", NULL, CONSTAT_DATE_ILLISIBLE},
                 {"1999-12-31", NULL, CONSTAT_DATE_ILLISIBLE},
                 {"2100-01-01", NULL, CONSTAT_DATE_ILLISIBLE},
                 {"01/13/2027", NULL, CONSTAT_DATE_AMERICAINE},
                 {"4/28/27", NULL, CONSTAT_DATE_AMERICAINE},
                 {"26/03/04", NULL, CONSTAT_DATE_AMBIGUE},
                 {"27-03-11", NULL, CONSTAT_DATE_AMBIGUE},
                 {"46033", NULL, CONSTAT_DATE_SERIE},
                 {"4 ju 2027", NULL, CONSTAT_DATE_ILLISIBLE},
                 {"4 jui 2027", NULL, CONSTAT_DATE_ILLISIBLE},
                 {"11/01-2027", NULL, CONSTAT_DATE_ILLISIBLE},
                 {"2027-01-11 08:30", NULL, CONSTAT_DATE_ILLISIBLE},
                 {"janvier 2027", NULL, CONSTAT_DATE_ILLISIBLE},
                 {"20270111", NULL, CONSTAT_DATE_ILLISIBLE},
                 {"lundi", NULL, CONSTAT_DATE_ILLISIBLE},
                 {"2027-01-11x", NULL, CONSTAT_DATE_ILLISIBLE},
                 {"2027-01-1", NULL, CONSTAT_DATE_ILLISIBLE},
                 {"11/01/2027 ", NULL, CONSTAT_DATE_ILLISIBLE}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        FieldNote note;
        int32_t day;
        char text[CALENDAR_TEXT_MAX];
        g_test_message("%s", cases[i].text);
        FieldResult result = field_date(cases[i].text, &day, &note);
        g_assert_cmpint(result, ==, cases[i].iso == NULL ? FIELD_BAD : FIELD_GOOD);
        if (result == FIELD_GOOD)
            g_assert_cmpstr(calendar_text(day, text), ==, cases[i].iso);
        else
            g_assert_cmpstr(constat_code(note.constat), ==, constat_code(cases[i].constat));
    }
}

static void doubtful_dates(void)
{
    static const char *const doubtful[] = {"03/04/2027", "3/4/27", "03-04-2027"}, *const certain[] = {
                                                                                      "2027-04-03", "13/04/2027",
                                                                                      "04/04/2027", "3 avril 2027",
                                                                                      "2027/04/03"};
    for (size_t i = 0; i < G_N_ELEMENTS(doubtful); i++)
        g_assert_true(field_date_is_doubtful(doubtful[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(certain); i++)
        g_assert_false(field_date_is_doubtful(certain[i]));
}

static void words(void)
{
    FieldNote note;
    int value;
    g_assert_cmpint(field_word("presentiel", &vocabulary_modalite, &value, &note), ==, FIELD_GOOD);
    g_assert_cmpint(value, ==, MODALITE_PRESENTIEL);
    g_assert_cmpint(field_word("Présentiel", &vocabulary_modalite, &value, &note), ==, FIELD_GOOD);
    g_assert_cmpint(value, ==, MODALITE_PRESENTIEL);
    g_assert_cmpint(field_word("aci", &vocabulary_type, &value, &note), ==, FIELD_GOOD);
    g_assert_cmpint(value, ==, TYPE_ACI);
    g_assert_cmpint(field_word("ACIE", &vocabulary_type, &value, &note), ==, FIELD_BAD);
    g_autofree char *remedy = constat_fill(constat_remedy(note.constat), note.first, note.second);
    g_assert_nonnull(strstr(remedy, "ACI, AI, EI, ETTI, EITI, EBE, GEIQ"));
    g_assert_cmpint(field_word("statut", &vocabulary_statut, &value, &note), ==, FIELD_BAD);
}

typedef FieldResult (*CodeParser)(const char *text, char *code, FieldNote *note);

static FieldResult insee(const char *text, char *code, FieldNote *note)
{
    return field_insee(text, code, note);
}
static FieldResult region(const char *text, char *code, FieldNote *note)
{
    return field_region(text, code, note);
}
static FieldResult siret(const char *text, char *code, FieldNote *note)
{
    return field_siret(text, code, note);
}

static FieldResult nda(const char *text, char *code, FieldNote *note)
{
    return field_nda(text, code, note);
}
static FieldResult certification(const char *text, char *code, FieldNote *note)
{
    char kept[FIELD_TEXT_MAX + 1];
    FieldResult result = field_certification(text, kept, note);
    g_strlcpy(code, kept, 16);
    return result;
}
static FieldResult idcc(const char *text, char *code, FieldNote *note)
{
    char kept[FIELD_TEXT_MAX + 1];
    FieldResult result = field_idcc(text, kept, note);
    g_strlcpy(code, kept, 16);
    return result;
}

static FieldResult formacode(const char *text, char *code, FieldNote *note)
{
    g_strlcpy(code, text, 16);
    return field_formacode(text, note);
}

static void keys(void)
{
    static const struct {
        CodeParser parser;
        const char *text;
        FieldResult result;
        const char *code;
    } cases[] = {
        {insee, "97105", FIELD_GOOD, "97105"},
        {insee, "2A004", FIELD_GOOD, "2A004"},
        {insee, "2b033", FIELD_GOOD, "2B033"},
        {insee, "01004", FIELD_GOOD, "01004"},
        {insee, "1004", FIELD_REPAIRED, "01004"},
        {insee, "971", FIELD_BAD, NULL},
        {insee, "971050", FIELD_BAD, NULL},
        {insee, "2C004", FIELD_BAD, NULL},
        {insee, "A2004", FIELD_BAD, NULL},
        {insee, "Caen", FIELD_BAD, NULL},
        {insee, "9,7E4", FIELD_BAD, NULL},
        {region, "01", FIELD_GOOD, "01"},
        {region, "28", FIELD_GOOD, "28"},
        {region, "1", FIELD_REPAIRED, "01"},
        {region, "2A", FIELD_BAD, NULL},
        {region, "281", FIELD_BAD, NULL},
        {region, "Guadeloupe", FIELD_BAD, NULL},
        {siret, "73282932000074", FIELD_GOOD, "73282932000074"},
        {siret, "732 829 320 00074", FIELD_GOOD, "73282932000074"},
        {siret, "732" NBSP "829" NBSP "320" NARROW "00074", FIELD_GOOD, "73282932000074"},
        {siret, "73282932000075", FIELD_BAD, NULL},
        {siret, "35600000000048", FIELD_GOOD, "35600000000048"}, /* La Poste, head office: Luhn holds */
        {siret, "35600000049837", FIELD_GOOD, "35600000049837"}, /* La Poste: sum of the digits 45 */
        {siret, "35600000049838", FIELD_BAD, NULL},
        {siret, "05480654200012", FIELD_GOOD, "05480654200012"},
        {siret, "5480654200012", FIELD_REPAIRED, "05480654200012"},
        {siret, "5480654200013", FIELD_BAD, NULL},
        {siret, "7,32829E+13", FIELD_BAD, NULL},
        {siret, "7.32829320000740E+13", FIELD_BAD, NULL},
        {siret, "732829320", FIELD_BAD, NULL},
        {siret, "732829320000741", FIELD_BAD, NULL},
        {siret, "73282932O00074", FIELD_BAD, NULL},
        {siret, "00000000000000", FIELD_BAD, NULL},
        {siret, "0", FIELD_BAD, NULL},
        {siret, "5420120000015", FIELD_BAD, NULL}, /* 13 digits, whose key is right behind no zero */
        {nda, "95970123497", FIELD_GOOD, "95970123497"},
        {nda, "95 97 01234 97", FIELD_GOOD, "95970123497"},
        {nda, "1973000197", FIELD_REPAIRED, "01973000197"},
        {nda, "95/97/0123497", FIELD_BAD, NULL},
        {nda, "en cours", FIELD_BAD, NULL},
        {nda, "959701234978", FIELD_BAD, NULL},
        {certification, "RNCP35551", FIELD_GOOD, "RNCP35551"},
        {certification, "rncp 35551", FIELD_GOOD, "RNCP35551"},
        {certification, "RS-5087", FIELD_GOOD, "RS5087"},
        {certification, "CACES R489", FIELD_GOOD, "CACES R489"},
        {certification, "Rsolutions", FIELD_GOOD, "Rsolutions"},
        {formacode, "31768", FIELD_GOOD, "31768"},
        {formacode, "31768|42829", FIELD_GOOD, "31768|42829"},
        {idcc, "1518", FIELD_GOOD, "1518"},
        {idcc, "0016", FIELD_GOOD, "0016"},
        {idcc, "16", FIELD_REPAIRED, "0016"},
        {idcc, "5", FIELD_REPAIRED, "0005"},
        {idcc, "IDCC 3016", FIELD_GOOD, "3016"},
        {idcc, "idcc:2378", FIELD_GOOD, "2378"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        FieldNote note = {CONSTAT_N, {0}, {0}};
        char code[16];
        g_test_message("%s", cases[i].text);
        g_assert_cmpint(cases[i].parser(cases[i].text, code, &note), ==, cases[i].result);
        if (cases[i].code != NULL)
            g_assert_cmpstr(code, ==, cases[i].code);
        g_assert_true((note.constat != CONSTAT_N) == (cases[i].result != FIELD_GOOD));
        if (cases[i].result == FIELD_REPAIRED) { /* both are quoted */
            g_assert_cmpstr(constat_code(note.constat), ==, "A-ZERO-PERDU");
            g_autofree char *problem = constat_fill(constat_problem(note.constat), note.first, note.second);
            g_assert_nonnull(strstr(problem, cases[i].text));
            g_assert_nonnull(strstr(problem, cases[i].code));
        }
    }
}

static void abbreviated_siret_has_its_own_remedy(void)
{
    FieldNote note;
    char code[15];
    g_assert_cmpint(field_siret("7,32829E+13", code, &note), ==, FIELD_BAD);
    g_assert_cmpstr(constat_code(note.constat), ==, "E-SIRET-SCIENTIFIQUE");
    g_assert_nonnull(strstr(constat_problem(note.constat), "notation scientifique"));
    g_assert_nonnull(strstr(constat_remedy(note.constat), "format Texte"));
}

static void codes_and_texts(void)
{
    FieldNote note;
    g_autofree char *long_code = g_strnfill(FIELD_CODE_MAX + 1, 'x'), *long_text = g_strnfill(FIELD_TEXT_MAX + 1, 'x');
    g_assert_cmpint(field_code("S 01-é/=+", &note), ==, FIELD_GOOD);
    g_assert_cmpint(field_code(long_code + 1, &note), ==, FIELD_GOOD);
    g_assert_cmpint(field_code(long_code, &note), ==, FIELD_BAD);
    g_assert_cmpint(field_code("a|b", &note), ==, FIELD_BAD);
    g_assert_cmpint(field_code("1,2E+13", &note), ==, FIELD_BAD);
    g_assert_cmpint(field_code("2E10", &note), ==, FIELD_GOOD);
    g_assert_cmpint(field_code("12-mars", &note), ==, FIELD_BAD);
    g_assert_cmpint(field_code("12-marseille", &note), ==, FIELD_GOOD);
    FieldNote odd;
    char kept[FIELD_TEXT_MAX + 1];
    g_assert_cmpint(field_certification("RNCP à venir", kept, &odd), ==, FIELD_REPAIRED);
    g_assert_cmpstr(constat_code(odd.constat), ==, "A-CERTIFICATION-FORME");
    g_assert_cmpint(field_formacode("CACES", &odd), ==, FIELD_REPAIRED);
    g_assert_cmpstr(constat_code(odd.constat), ==, "A-FORMACODE-FORME");
    static const char *const agreements[] = {"15180", "ECLAT", "IDCC", "1518 ou 3016", "15,18"};
    for (size_t i = 0; i < G_N_ELEMENTS(agreements); i++) {
        g_assert_cmpint(field_idcc(agreements[i], kept, &odd), ==, FIELD_REPAIRED);
        g_assert_cmpstr(constat_code(odd.constat), ==, "A-IDCC-FORME");
        g_assert_cmpstr(kept, ==, agreements[i]);
    }
    g_assert_cmpint(field_code("a\x01", &note), ==, FIELD_BAD);
    g_assert_cmpint(field_code("caf\xEF\xBF\xBD", &note), ==, FIELD_BAD);
    g_assert_cmpint(field_text("a|b", &note), ==, FIELD_GOOD);
    g_assert_cmpint(field_text(long_text + 1, &note), ==, FIELD_GOOD);
    g_assert_cmpint(field_text(long_text, &note), ==, FIELD_BAD);
    g_assert_cmpint(field_text("caf\xEF\xBF\xBD", &note), ==, FIELD_REPAIRED);
}

static void cells_are_cleaned(void)
{
    static const struct {
        const char *text, *clean;
    } cases[] = {{"  a b ", "a b"},
                 {NBSP NARROW "a" NBSP, "a"},
                 {"\ta\nb\r\n", "a b"},
                 {"\xEF\xBB\xBF"
                  "a",
                  "a"},
                 {"   ", ""},
                 {"", ""},
                 {"e\xCC\x81t\xCC\x81", "\xC3\xA9t\xCC\x81"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strdup(cases[i].text);
        g_autoptr(GString) scratch = g_string_new(NULL);
        g_assert_true(field_is_blank(cases[i].text) == (*cases[i].clean == '\0'));
        g_assert_cmpstr(field_clean(text, scratch), ==, cases[i].clean);
    }
}

static void wrappings(void)
{
    static const struct {
        const char *text, *bare;
    } cases[] = {{"=\"01234\"", "01234"},
                 {"=\" 01 \"", "01"},
                 {"=1+1", "=1+1"},
                 {"=\"a\"&\"b\"", "=\"a\"&\"b\""},
                 {"=\"", "=\""}};
    static const char *const errors[] = {"#N/A", "#REF!", "#VALEUR!", "#####", "Err:508", "#n/a"}, *const texts[] = {
                                                                                                       "#1", "#",
                                                                                                       "Erreur",
                                                                                                       "Err:", "N/A"};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strdup(cases[i].text);
        g_assert_cmpstr(field_unwrapped(text), ==, cases[i].bare);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(errors); i++)
        g_assert_true(field_is_sheet_error(errors[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_assert_false(field_is_sheet_error(texts[i]));
}

static void lists(void)
{
    char text[] = "| a |b||" NBSP "c d" NBSP "|", *list = text;
    g_assert_cmpstr(field_next(&list), ==, "a");
    g_assert_cmpstr(field_next(&list), ==, "b");
    g_assert_cmpstr(field_next(&list), ==, "c d");
    g_assert_null(field_next(&list));
    g_assert_null(field_next(&list));
}

static void names_are_folded(void)
{
    static const struct {
        const char *text, *folded;
    } cases[] = {{"Date de début", "datededebut"},
                 {"DATE_DE-DÉBUT", "datededebut"},
                 {"\xEF\xBB\xBF"
                  "réfe\xCC\x81rence",
                  "reference"},
                 {"Coût" NBSP "(€)", "cout(€)"},
                 {" _-", ""}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *folded = field_fold(cases[i].text);
        g_assert_cmpstr(folded, ==, cases[i].folded);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/field/numbers are read to the unit", numbers_are_exact);
    g_test_add_func("/field/what is no number is refused with its reason", numbers_are_refused);
    g_test_add_func("/field/bounds are said in the unit of the file", bounds_are_said);
    g_test_add_func("/field/degrees are decimal and bounded", degrees);
    g_test_add_func("/field/yes and no in the ways people write them", yes_and_no);
    g_test_add_func("/field/dates are days that exist", dates);
    g_test_add_func("/field/dates that are others mois first are doubtful", doubtful_dates);
    g_test_add_func("/field/words without regard to case and accents", words);
    g_test_add_func("/field/keys of INSEE and SIRET", keys);
    g_test_add_func("/field/an abbreviated SIRET is refused with its remedy", abbreviated_siret_has_its_own_remedy);
    g_test_add_func("/field/codes and texts are plain", codes_and_texts);
    g_test_add_func("/field/cells are trimmed and composed", cells_are_cleaned);
    g_test_add_func("/field/what spreadsheets wrap and show", wrappings);
    g_test_add_func("/field/lists are cut at bars", lists);
    g_test_add_func("/field/names are compared without case, accents, blanks", names_are_folded);
    return g_test_run();
}
