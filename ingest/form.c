/* Filled forms: see form.h. */
#include "ingest/form.h"

#include "config/calendar.h"
#include "config/formulaire.h"
#include "ingest/field.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS_MAX 64 /* of the table in the form; its layout has fewer than 20 */

/* A version in one number, the edition first: 15 bits, 12 of the sending number, 36 of seconds. */
#define EDITION_MOST 32767
#define SECONDS_BITS 36
#define SENDING_BITS 12
G_STATIC_ASSERT(FORMULAIRE_SENDING_MOST < 1 << SENDING_BITS);

struct Form {
    Xlsx *xlsx;
    int sheet;
    char *keys[FORMULAIRE_KEY_N];
    int32_t begin, end; /* the campaign's days */
    FormMark mark;
    int64_t sending;
    enum { NO_ANSWER, HAS_NEEDS, HAS_NONE } answer;
    int columns[FORMULAIRE_N]; /* where each stands; -1 = nowhere */
    int n_columns;             /* up to the last */
    int64_t header_line;
    bool begun, ended;
    int undecided, n_needs;
    /* the row that is told */
    GPtrArray *texts; /* owned */
    char *cells[COLUMNS_MAX + 1];
    uint8_t kinds[COLUMNS_MAX + 1];
    GString *scratch;
};

static bool same(const char *a, const char *b)
{
    g_autofree char *x = field_fold(a), *y = field_fold(b);
    return strcmp(x, y) == 0;
}

/* The text of a cell, cleaned; NULL beyond the last. */
static char *text_at(Form *form, const SourceRecord *record, int column)
{
    return column >= 0 && column < record->n_cells ? field_clean(record->cells[column], form->scratch) : NULL;
}

/* ---- what the form is ---- */

/* The next row of the mark's sheet: a key, and its value if it is the expected one. Caller frees. */
static char *read_key(Xlsx *xlsx, const char *key)
{
    SourceRecord record;
    if (xlsx_next(xlsx, &record) != SOURCE_RECORD || record.n_cells < 2 || strcmp(record.cells[0], key) != 0)
        return NULL;
    return g_strdup(record.cells[1]);
}

bool form_is(Xlsx *xlsx)
{
    int sheet = xlsx_sheet_find(xlsx, FORMULAIRE_MARK);
    if (sheet < 0)
        return false;
    xlsx_start(xlsx, sheet);
    g_autofree char *version = read_key(xlsx, formulaire_keys[FORMULAIRE_KEY_VERSION]);
    return version != NULL;
}

static bool read_mark(Form *form, Refusal *fault)
{
    xlsx_start(form->xlsx, xlsx_sheet_find(form->xlsx, FORMULAIRE_MARK));
    for (int key = 0; key < FORMULAIRE_KEY_N; key++)
        if ((form->keys[key] = read_key(form->xlsx, formulaire_keys[key])) == NULL)
            return refusal_set(fault, CONSTAT_FORM_ABIME, formulaire_keys[key]);
    if (atoi(form->keys[FORMULAIRE_KEY_VERSION]) != FORMULAIRE_VERSION)
        return refusal_set(fault, CONSTAT_FORM_VERSION, form->keys[FORMULAIRE_KEY_VERSION]);
    gint64 edition;
    if (!calendar_parse(form->keys[FORMULAIRE_KEY_DEBUT], &form->begin) ||
        !calendar_parse(form->keys[FORMULAIRE_KEY_FIN], &form->end) ||
        !g_ascii_string_to_signed(form->keys[FORMULAIRE_KEY_EDITION], 10, 1, G_MAXINT32, &edition, NULL))
        return refusal_set(fault, CONSTAT_FORM_ABIME, FORMULAIRE_MARK);
    form->mark.campagne = form->keys[FORMULAIRE_KEY_CAMPAGNE];
    form->mark.siae = form->keys[FORMULAIRE_KEY_SIAE];
    form->mark.version = MIN(edition, EDITION_MOST) << (SECONDS_BITS + SENDING_BITS);
    return true;
}

/* The first filled cell right of a cell with that label, or NULL. */
static const char *answer_to(Form *form, const SourceRecord *record, const char *label)
{
    bool found = false;
    for (int i = 0; i < record->n_cells; i++) {
        const char *text = text_at(form, record, i);
        if (found && *text != '\0')
            return text;
        found = found || same(text, label);
    }
    return NULL;
}

static void read_answers(Form *form, const SourceRecord *record)
{
    const char *answer = answer_to(form, record, FORMULAIRE_ANSWER);
    if (answer != NULL && same(answer, FORMULAIRE_ANSWER_NONE))
        form->answer = HAS_NONE;
    else if (answer != NULL && same(answer, FORMULAIRE_ANSWER_NEEDS))
        form->answer = HAS_NEEDS;
    gint64 number;
    const char *sending = answer_to(form, record, FORMULAIRE_SENDING);
    if (sending != NULL && g_ascii_string_to_signed(sending, 10, 1, FORMULAIRE_SENDING_MOST, &number, NULL))
        form->sending = number;
}

/* True when the record is the table's header: then its columns are known. */
static bool read_header(Form *form, const SourceRecord *record)
{
    form->n_columns = 0;
    for (int id = 0; id < FORMULAIRE_N; id++)
        form->columns[id] = -1;
    for (int i = 0; i < MIN(record->n_cells, COLUMNS_MAX); i++) {
        const char *text = text_at(form, record, i);
        if (text == NULL || *text == '\0')
            continue;
        g_autofree char *title = g_strdelimit(g_strdup(text), "*", ' ');
        for (int id = 0; id < FORMULAIRE_N; id++)
            if (form->columns[id] < 0 && same(title, formulaire_columns[id].title)) {
                form->columns[id] = i;
                form->n_columns = i + 1;
            }
    }
    for (int id = 0; id < FORMULAIRE_N; id++)
        if (form->columns[id] < 0 && id != FORMULAIRE_GARDER)
            return false;
    return true;
}

static bool read_head(Form *form, Refusal *fault)
{
    SourceRecord record;
    SourceResult result;
    form->sheet = xlsx_sheet_find(form->xlsx, FORMULAIRE_SHEET);
    if (form->sheet < 0)
        return refusal_set(fault, CONSTAT_FORM_ABIME, FORMULAIRE_SHEET);
    xlsx_start(form->xlsx, form->sheet);
    while ((result = xlsx_next(form->xlsx, &record)) == SOURCE_RECORD) {
        if (read_header(form, &record)) {
            form->header_line = record.line;
            return true;
        }
        read_answers(form, &record);
    }
    if (result == SOURCE_REFUSED)
        return refusal_set(fault, record.constat, record.detail);
    return refusal_set(fault, CONSTAT_FORM_ABIME, "titres des colonnes");
}

/* Seconds since 1970 of the moment the file was saved, 0 when it does not say. */
static int64_t saved_seconds(Xlsx *xlsx)
{
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    g_autoptr(GDateTime) moment = g_date_time_new_from_iso8601(xlsx_saved(xlsx), utc);
    int64_t seconds = moment != NULL ? g_date_time_to_unix(moment) : 0;
    return CLAMP(seconds, 0, (INT64_C(1) << SECONDS_BITS) - 1);
}

Form *form_open(Xlsx *xlsx, Refusal *fault)
{
    Form *form = g_new0(Form, 1);
    form->xlsx = xlsx;
    form->sending = 1;
    form->scratch = g_string_new(NULL);
    form->texts = g_ptr_array_new_with_free_func(g_free);
    if (!read_mark(form, fault) || !read_head(form, fault)) {
        form_close(form);
        return NULL;
    }
    form->mark.version += (form->sending << SECONDS_BITS) + saved_seconds(xlsx);
    return form;
}

void form_close(Form *form)
{
    if (form == NULL)
        return;
    for (int key = 0; key < FORMULAIRE_KEY_N; key++)
        g_free(form->keys[key]);
    g_ptr_array_unref(form->texts);
    g_string_free(form->scratch, TRUE);
    g_free(form);
}

const FormMark *form_mark(const Form *form)
{
    return &form->mark;
}

/* ---- its needs ---- */

/* Puts a text into a column of the row that is told. Takes it. */
static void put(Form *form, int column, char *text, SourceKind kind)
{
    g_ptr_array_add(form->texts, text);
    form->cells[column] = text;
    form->kinds[column] = (uint8_t)kind;
}

/* Begins a row: every cell empty. */
static void clear(Form *form)
{
    static char empty[1];
    g_ptr_array_set_size(form->texts, 0);
    for (int i = 0; i <= form->n_columns; i++) {
        form->cells[i] = empty;
        form->kinds[i] = SOURCE_TEXT;
    }
}

static SourceResult tell(Form *form, int64_t line, SourceRecord *record)
{
    *record = (SourceRecord){
        .line = line, .fault_line = line, .cells = form->cells, .kinds = form->kinds, .n_cells = form->n_columns + 1};
    return SOURCE_RECORD;
}

static SourceResult tell_header(Form *form, SourceRecord *record)
{
    clear(form);
    for (int id = 0; id < FORMULAIRE_N; id++)
        if (formulaire_columns[id].column != NULL)
            put(form, form->columns[id], g_strdup(formulaire_columns[id].column), SOURCE_TEXT);
    put(form, form->n_columns, g_strdup("siae"), SOURCE_TEXT);
    return tell(form, form->header_line, record);
}

void form_start(Form *form)
{
    form->begun = form->ended = false;
    form->undecided = form->n_needs = 0;
    xlsx_start(form->xlsx, form->sheet);
}

static bool is_blank(const Form *form, const SourceRecord *record)
{
    for (int id = FORMULAIRE_FORMATION; id < FORMULAIRE_N; id++) {
        int column = form->columns[id];
        if (column < record->n_cells && !field_is_blank(record->cells[column]))
            return false;
    }
    return true;
}

/* The name of a row, for good: its number in the form; of a row somebody inserted, its line. */
static char *reference_of(Form *form, const SourceRecord *record)
{
    const char *number = text_at(form, record, form->columns[FORMULAIRE_NUMERO]);
    gint64 value;
    if (number != NULL && g_ascii_string_to_signed(number, 10, 1, 99999, &value, NULL))
        return g_strdup_printf("%s-F%02d", form->mark.siae, (int)value);
    return g_strdup_printf("%s-L%02d", form->mark.siae, (int)record->line);
}

/* The codes of the publics' cells, joined. */
static char *publics_of(Form *form, const SourceRecord *record)
{
    GString *codes = g_string_new(NULL);
    for (int id = FORMULAIRE_PUBLIC_1; id <= FORMULAIRE_PUBLIC_3; id++) {
        char *text = text_at(form, record, form->columns[id]);
        if (text != NULL && *text != '\0')
            g_string_append_printf(codes, "%s%s", codes->len > 0 ? "|" : "", formulaire_code(text));
    }
    return g_string_free(codes, FALSE);
}

static char *day_of(int32_t day)
{
    char text[CALENDAR_TEXT_MAX];
    return g_strdup(calendar_text(day, text));
}

static SourceResult tell_need(Form *form, const SourceRecord *from, SourceRecord *record)
{
    clear(form);
    for (int id = 0; id < FORMULAIRE_N; id++) {
        const FormulaireColumn *column = &formulaire_columns[id];
        int at = form->columns[id];
        char *text = text_at(form, from, at);
        bool empty = text == NULL || *text == '\0';
        if (column->column == NULL)
            continue;
        if (id == FORMULAIRE_NUMERO)
            put(form, at, reference_of(form, from), SOURCE_TEXT);
        else if (id == FORMULAIRE_PUBLIC_1)
            put(form, at, publics_of(form, from), SOURCE_TEXT);
        else if (empty && (id == FORMULAIRE_DEBUT || id == FORMULAIRE_FIN))
            put(form, at, day_of(id == FORMULAIRE_DEBUT ? form->begin : form->end), SOURCE_TEXT);
        else if (!empty)
            put(form, at, g_strdup(column->listed ? formulaire_code(text) : text),
                from->kinds != NULL ? (SourceKind)from->kinds[at] : SOURCE_TEXT);
    }
    put(form, form->n_columns, g_strdup(form->mark.siae), SOURCE_TEXT);
    form->n_needs++;
    return tell(form, from->line, record);
}

static SourceResult fault(SourceResult result, ConstatId constat, const char *detail, int64_t line,
                          SourceRecord *record)
{
    *record = (SourceRecord){.line = line, .fault_line = line, .constat = constat, .detail = detail};
    return result;
}

SourceResult form_next(Form *form, SourceRecord *record)
{
    SourceRecord from;
    SourceResult result;
    if (!form->begun) {
        form->begun = true;
        return tell_header(form, record);
    }
    while (!form->ended && (result = xlsx_next(form->xlsx, &from)) == SOURCE_RECORD) {
        if (from.line <= form->header_line || is_blank(form, &from))
            continue;
        const char *keep = text_at(form, &from, form->columns[FORMULAIRE_GARDER]);
        if (keep != NULL && same(keep, FORMULAIRE_UNDECIDED))
            form->undecided++;
        else if (keep == NULL || *keep == '\0' || same(keep, FORMULAIRE_KEEP))
            return form->answer == HAS_NONE ? fault(SOURCE_REFUSED, CONSTAT_FORM_CONTRADICTION, NULL, from.line, record)
                                            : tell_need(form, &from, record);
        else if (!same(keep, FORMULAIRE_DROP))
            return fault(SOURCE_FAULTY, CONSTAT_FORM_GARDER, NULL, from.line, record);
    }
    if (!form->ended && result != SOURCE_ENDED) {
        *record = from;
        return result;
    }
    form->ended = true;
    return SOURCE_ENDED;
}

int form_undecided(const Form *form)
{
    return form->undecided;
}

bool form_answered(const Form *form)
{
    return form->answer != NO_ANSWER || form->n_needs > 0;
}
