/* Cells by kind: see cell.h. */
#include "ingest/cell.h"

#include "ingest/field_private.h"
#include "sql/model.h"

#include <string.h>

#define PUT(Type, row, offset, value)                                                                                  \
    do {                                                                                                               \
        Type put = (Type)(value);                                                                                      \
        memcpy((char *)(row) + (offset), &put, sizeof put);                                                            \
    } while (0)

/* A key occurs once, other texts often. */
static const char *keep_text(RowsContext *context, const TablesColumn *column, const char *text)
{
    return column->key ? g_string_chunk_insert(context->strings, text)
                       : g_string_chunk_insert_const(context->strings, text);
}

static FieldResult read_text(RowsContext *context, const TablesColumn *column, const char *text, void *row,
                             FieldNote *note)
{
    char buffer[FIELD_TEXT_MAX + 1];
    const char *kept = buffer;
    FieldResult result;
    switch (column->kind) {
    case KIND_INSEE:
        result = field_insee(text, buffer, note);
        break;
    case KIND_REGION:
        result = field_region(text, buffer, note);
        break;
    case KIND_SIRET:
        result = field_siret(text, buffer, note);
        break;
    case KIND_NDA:
        result = field_nda(text, buffer, note);
        break;
    case KIND_CERTIFICATION:
        result = field_certification(text, buffer, note);
        break;
    case KIND_IDCC:
        result = field_idcc(text, buffer, note);
        break;
    case KIND_FORMACODE:
        result = field_formacode(text, note);
        kept = text;
        break;
    case KIND_CODE:
        result = field_code(text, note);
        kept = text;
        break;
    default:
        result = field_text(text, note);
        kept = text;
    }
    if (result != FIELD_BAD)
        PUT(const char *, row, column->offset, keep_text(context, column, kept));
    return result;
}

static FieldResult read_words(RowsContext *context, const TablesColumn *column, const char *text, void *row,
                              FieldNote *note)
{
    uint32_t bits = 0;
    g_string_assign(context->list, text);
    char *list = context->list->str;
    for (char *element; (element = field_next(&list)) != NULL;) {
        int word;
        if (field_word(element, column->words, &word, note) == FIELD_BAD)
            return FIELD_BAD;
        bits |= UINT32_C(1) << word;
    }
    PUT(uint32_t, row, column->offset, bits);
    return FIELD_GOOD;
}

static int compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static FieldResult read_texts(RowsContext *context, const TablesColumn *column, const char *text, void *row,
                              FieldNote *note)
{
    const char **interned = g_hash_table_lookup(context->lists, text);
    if (interned == NULL) {
        g_autoptr(GPtrArray) texts = g_ptr_array_new();
        g_string_assign(context->list, text);
        char *list = context->list->str;
        for (char *element; (element = field_next(&list)) != NULL;) {
            if (field_code(element, note) == FIELD_BAD)
                return FIELD_BAD;
            g_ptr_array_add(texts, g_string_chunk_insert_const(context->strings, element));
        }
        g_ptr_array_sort(texts, compare_texts);
        interned = g_new0(const char *, texts->len + 1);
        g_ptr_array_add(context->blocks, interned);
        guint n = 0;
        for (guint i = 0; i < texts->len; i++)
            if (n == 0 || interned[n - 1] != texts->pdata[i])
                interned[n++] = texts->pdata[i];
        g_hash_table_insert(context->lists, g_string_chunk_insert(context->strings, text), interned);
    }
    PUT(const char *const *, row, column->offset, interned);
    return FIELD_GOOD;
}

static FieldResult key_of_target(const TablesFile *target, const char *text, char buffer[16], const char **key,
                                 FieldNote *note)
{
    *key = buffer;
    switch (tables_text_key(target)->kind) {
    case KIND_INSEE:
        return field_insee(text, buffer, note);
    case KIND_SIRET:
        return field_siret(text, buffer, note);
    default:
        *key = text;
        return FIELD_GOOD;
    }
}

FieldResult cell_reference(RowsContext *context, int target, const char *text, int32_t *position, FieldNote *note)
{
    const TablesFile *file = context->target(context->data, target);
    char buffer[16], number[24];
    const char *key;
    const char *where = file->name;
    int64_t line = 0;
    FieldResult result = key_of_target(file, text, buffer, &key, note);
    if (result == FIELD_BAD)
        return FIELD_BAD;
    switch (context->find(context->data, target, key, position, &where, &line)) {
    case ROWS_FOUND:
        return result;
    case ROWS_UNCHECKED:
        *position = MODEL_NONE;
        return result;
    case ROWS_FALLEN:
        g_snprintf(number, sizeof number, "%" G_GINT64_FORMAT, line);
        return field_bad(note, CONSTAT_REFERENCE_REJETEE, where, number);
    case ROWS_WAITING:
        g_snprintf(number, sizeof number, "%" G_GINT64_FORMAT, line);
        return field_bad(note, CONSTAT_REFERENCE_INCOMPLETE, where, number);
    case ROWS_UNKNOWN:
        return field_bad(note, CONSTAT_REFERENCE_INCONNUE, file->name, NULL);
    }
    g_assert_not_reached();
}

static int compare_positions(gconstpointer a, gconstpointer b)
{
    return (*(const int32_t *)a > *(const int32_t *)b) - (*(const int32_t *)a < *(const int32_t *)b);
}

static FieldResult read_references(RowsContext *context, const TablesColumn *column, const char *text, void *row,
                                   FieldNote *note)
{
    g_autoptr(GArray) positions = g_array_new(FALSE, FALSE, sizeof(int32_t));
    g_string_assign(context->list, text);
    char *list = context->list->str;
    for (char *element; (element = field_next(&list)) != NULL;) {
        int32_t position;
        if (cell_reference(context, column->target, element, &position, note) == FIELD_BAD)
            return FIELD_BAD;
        g_array_append_val(positions, position);
    }
    g_array_sort(positions, compare_positions);
    guint n = 0;
    for (guint i = 0; i < positions->len; i++) {
        int32_t position = g_array_index(positions, int32_t, i);
        if (n == 0 || g_array_index(positions, int32_t, n - 1) != position)
            g_array_index(positions, int32_t, n++) = position;
    }
    void *kept = g_array_free(g_steal_pointer(&positions), FALSE);
    g_ptr_array_add(context->blocks, kept);
    PUT(const int32_t *, row, column->offset, kept);
    PUT(int32_t, row, column->count_offset, n);
    return FIELD_GOOD;
}

FieldResult cell_read(RowsContext *context, const TablesColumn *column, const char *text, SourceKind kind, void *row,
                      FieldNote *note)
{
    FieldResult result;
    int64_t number = 0;
    double degrees = 0;
    bool yes = false;
    int32_t small = 0;
    int word = 0;
    if (field_is_sheet_error(text))
        return field_bad(note, CONSTAT_CELLULE_ERREUR, NULL, NULL);
    if (kind == SOURCE_DATE && column->kind != KIND_DATE)
        return field_bad(note, CONSTAT_CODE_DATE, NULL, NULL);
    if (tables_is_text(column))
        return read_text(context, column, text, row, note);
    switch (column->kind) {
    case KIND_AMOUNT:
        result = field_number(text, &column->number, &number, note);
        PUT(int64_t, row, column->offset, number);
        return result;
    case KIND_NUMBER:
        result = field_number(text, &column->number, &number, note);
        PUT(int32_t, row, column->offset, result == FIELD_BAD ? 0 : number);
        return result;
    case KIND_DEGREES:
        result = field_degrees(text, (double)column->number.min, (double)column->number.max, &degrees, note);
        PUT(double, row, column->offset, degrees);
        return result;
    case KIND_YES_NO:
        result = field_yes_no(text, &yes, note);
        PUT(bool, row, column->offset, yes);
        return result;
    case KIND_DATE:
        result = field_date(text, &small, note);
        PUT(int32_t, row, column->offset, small);
        return result;
    case KIND_WORD:
        result = field_word(text, column->words, &word, note);
        PUT(int32_t, row, column->offset, word);
        return result;
    case KIND_REFERENCE:
        result = cell_reference(context, column->target, text, &small, note);
        PUT(int32_t, row, column->offset, small);
        return result;
    case KIND_WORDS:
        return read_words(context, column, text, row, note);
    case KIND_TEXTS:
        return read_texts(context, column, text, row, note);
    case KIND_REFERENCES:
        return read_references(context, column, text, row, note);
    default: /* KIND_LATE */
        return FIELD_GOOD;
    }
}

void cell_default(RowsContext *context, const TablesColumn *column, void *row)
{
    FieldNote note;
    if (column->absent != NULL) {
        FieldResult result = cell_read(context, column, column->absent, SOURCE_TEXT, row, &note);
        g_assert(result == FIELD_GOOD);
        return;
    }
    if (tables_is_text(column))
        PUT(const char *, row, column->offset, g_string_chunk_insert_const(context->strings, ""));
    switch (column->kind) {
    case KIND_AMOUNT:
        PUT(int64_t, row, column->offset, MODEL_NONE);
        break;
    case KIND_NUMBER:
    case KIND_DATE:
    case KIND_REFERENCE:
        PUT(int32_t, row, column->offset, MODEL_NONE);
        break;
    case KIND_LATE:
        if (column->key)
            PUT(int32_t, row, column->offset, MODEL_NONE);
        break;
    case KIND_TEXTS: {
        static const char *const none[] = {NULL};
        PUT(const char *const *, row, column->offset, none);
        break;
    }
    default:
        break;
    }
}
