/* Fuzz target: any bytes as the text of a cell. What is accepted is in bounds, and reads
 * the same when it is written as prisme writes it. */
#include "config/calendar.h"
#include "config/money.h"
#include "ingest/field.h"
#include "ingest/personal.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void number_is_bounded(const char *text, FieldNote *note)
{
    static const char *const units[] = {"€", "km", NULL};
    static const FieldNumber numbers[] = {
        {0, 1, 5, NULL}, {2, 0, INT64_C(1000000000000000), units}, {1, -5, 200000, units}, {4, 0, 100000, NULL}};
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        int64_t value, again;
        if (field_number(text, &numbers[i], &value, note) == FIELD_BAD)
            continue;
        g_assert_cmpint(value, >=, numbers[i].min);
        g_assert_cmpint(value, <=, numbers[i].max);
        char written[MONEY_TEXT_MAX];
        if (numbers[i].decimals == 2) {
            g_assert_cmpint(field_number(money_text(value, written), &numbers[i], &again, note), ==, FIELD_GOOD);
            g_assert_cmpint(again, ==, value);
        }
    }
}

static void code_is_formed(const char *text, FieldNote *note)
{
    char insee[6], region[3], siret[15], again[16];
    if (field_insee(text, insee, note) != FIELD_BAD)
        g_assert_cmpint(field_insee(insee, again, note), ==, FIELD_GOOD);
    if (field_region(text, region, note) != FIELD_BAD)
        g_assert_cmpint(field_region(region, again, note), ==, FIELD_GOOD);
    if (field_siret(text, siret, note) != FIELD_BAD) {
        g_assert_cmpuint(strspn(siret, "0123456789"), ==, 14);
        g_assert_cmpint(field_siret(siret, again, note), ==, FIELD_GOOD);
    }
    char nda[12], certification[FIELD_TEXT_MAX + 1], kept[FIELD_TEXT_MAX + 1];
    if (field_nda(text, nda, note) != FIELD_BAD)
        g_assert_cmpint(field_nda(nda, again, note), ==, FIELD_GOOD);
    if (field_certification(text, certification, note) == FIELD_GOOD) {
        g_assert_cmpint(field_certification(certification, kept, note), ==, FIELD_GOOD);
        g_assert_cmpstr(certification, ==, kept);
    }
    field_formacode(text, note);
    field_code(text, note);
    field_text(text, note);
}

/* What a note says is valid text, however long the cell was. */
static void note_is_text(const FieldNote *note)
{
    g_assert_true(g_utf8_validate(note->first, -1, NULL) && g_utf8_validate(note->second, -1, NULL));
}

static void personal_data_are_told(const char *text)
{
    static const TablesId files[] = {TABLES_BESOINS, TABLES_SIAE, TABLES_OFFRES};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        const TablesFile *file = tables_file(files[i]);
        ConstatId constat = CONSTAT_N;
        for (int c = -1; c < file->n_columns; c++)
            if (personal_cell(file, c >= 0 ? &file->columns[c] : NULL, text, &constat))
                g_assert_false(constat_is_warning(constat));
        personal_name(file, text);
    }
}

static void rest_is_bounded(const char *text, FieldNote *note)
{
    double degrees;
    bool yes;
    int32_t day, again;
    int word;
    if (field_degrees(text, -90, 90, &degrees, note) != FIELD_BAD)
        g_assert_true(degrees >= -90 && degrees <= 90);
    field_yes_no(text, &yes, note);
    field_date_is_doubtful(text);
    if (field_date(text, &day, note) != FIELD_BAD) {
        char written[CALENDAR_TEXT_MAX];
        g_assert_true(day >= CALENDAR_FIRST && day <= CALENDAR_LAST);
        g_assert_true(calendar_parse(calendar_text(day, written), &again) && again == day);
    }
    if (field_word(text, &vocabulary_motif, &word, note) != FIELD_BAD)
        g_assert_true(word >= 0 && word < MOTIF_N);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    g_autofree char *given = g_strndup((const char *)bytes, n), *valid = g_utf8_make_valid(given, -1);
    g_autoptr(GString) scratch = g_string_new(NULL);
    FieldNote note;
    g_autofree char *text = g_strdup(field_clean(valid, scratch)), *again = g_strdup(text);
    g_assert_true(g_utf8_validate(text, -1, NULL));
    g_assert_cmpstr(field_clean(again, scratch), ==, text);
    g_autofree char *folded = field_fold(text), *twice = field_fold(folded);
    g_assert_cmpstr(folded, ==, twice);
    if (*text == '\0')
        return 0;
    personal_data_are_told(text);
    field_is_sheet_error(text);
    note = (FieldNote){CONSTAT_N, "", ""};
    number_is_bounded(text, &note);
    code_is_formed(text, &note);
    rest_is_bounded(text, &note);
    note_is_text(&note);
    g_autofree char *wrapped = g_strdup(text);
    field_unwrapped(wrapped);
    char *list = text;
    for (const char *element; (element = field_next(&list)) != NULL;)
        g_assert_true(*element != '\0' && !field_is_blank(element));
    return 0;
}
