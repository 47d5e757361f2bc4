/* The rows of a file in memory, their states and keys: see rows.h. */
#include "ingest/rows.h"

#include <string.h>

void rows_context_init(RowsContext *context, IngestReport *report, GStringChunk *strings, GPtrArray *blocks)
{
    *context = (RowsContext){.report = report, .strings = strings, .blocks = blocks};
    context->lists = g_hash_table_new(g_str_hash, g_str_equal);
    context->scratch = g_string_new(NULL);
    context->list = g_string_new(NULL);
}

void rows_context_clear(RowsContext *context)
{
    g_hash_table_unref(context->lists);
    g_string_free(context->scratch, TRUE);
    g_string_free(context->list, TRUE);
}

void rows_init(Rows *rows, const TablesFile *file)
{
    *rows = (Rows){.file = file, .late = g_array_new(FALSE, FALSE, sizeof(RowsLate))};
}

void rows_clear(Rows *rows)
{
    g_free(rows->data);
    g_free(rows->lines);
    g_free(rows->states);
    g_free(rows->slots);
    g_array_unref(rows->late);
    rows->data = NULL;
}

void *rows_at(const Rows *rows, int32_t row)
{
    g_assert(row >= 0 && row < rows->n);
    return rows->data + (size_t)row * rows->file->row_size;
}

void rows_drop(Rows *rows, IngestReport *report, int32_t row)
{
    if (rows->states[row] == ROWS_REJECTED)
        return;
    rows->states[row] = ROWS_REJECTED;
    reject_file_at(report, rows->account)->rejected++;
}

void rows_reject(Rows *rows, IngestReport *report, int32_t row, const char *column, const char *value,
                 const char *problem, const char *remedy)
{
    rows_drop(rows, report, row);
    reject_add(report, rows->account, rows->lines[row], REJECT_ROW, column, value, problem, remedy);
}

void rows_warn(const Rows *rows, IngestReport *report, int32_t row, const char *column, const char *value,
               const char *problem, const char *remedy)
{
    reject_add(report, rows->account, rows->lines[row], REJECT_WARNING, column, value, problem, remedy);
}

/* ---- keys ---- */

static uint32_t hash_bytes(uint32_t hash, const void *bytes, size_t n)
{
    const uint8_t *byte = bytes;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ byte[i]) * 16777619u;
    return hash;
}

static uint32_t mixed(uint32_t hash)
{
    hash ^= hash >> 16;
    hash *= 0x85EBCA6Bu;
    return hash ^ hash >> 13;
}

static const uint32_t seed = 2166136261u;

static uint32_t hash_row(const Rows *rows, const void *row)
{
    uint32_t hash = seed;
    for (int i = 0; i < rows->file->n_columns; i++) {
        const TablesColumn *column = &rows->file->columns[i];
        if (!column->key)
            continue;
        const void *at = tables_at(column, row);
        switch (column->kind) {
        case KIND_NUMBER:
        case KIND_DATE:
        case KIND_WORD:
        case KIND_REFERENCE:
        case KIND_LATE:
            hash = hash_bytes(hash, at, sizeof(int32_t));
            break;
        default: {
            const char *text = tables_string(column, row);
            hash = hash_bytes(hash, text, strlen(text));
        }
        }
    }
    return mixed(hash);
}

static bool same_row(const TablesFile *file, const void *a, const void *b)
{
    for (int i = 0; i < file->n_columns; i++)
        if (tables_compare(&file->columns[i], a, b) != 0)
            return false;
    return true;
}

const char *rows_late(const Rows *rows, int32_t row)
{
    guint low = 0, high = rows->late->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(rows->late, RowsLate, middle).row < row)
            low = middle + 1;
        else
            high = middle;
    }
    const RowsLate *late = &g_array_index(rows->late, RowsLate, low);
    return low < rows->late->len && late->row == row ? late->text : "";
}

char *rows_key_text(const Rows *rows, int32_t row)
{
    const TablesColumn *key = tables_text_key(rows->file);
    return g_strdup(key != NULL ? tables_string(key, rows_at(rows, row)) : "");
}

/* The lines of a group, as a message lists them. */
static char *lines_of(const Rows *rows, const int32_t *group, guint n)
{
    g_autoptr(GString) lines = g_string_new(NULL);
    for (guint i = 0; i < n && i < 10; i++)
        g_string_append_printf(lines, "%s%d", i > 0 ? ", " : "", rows->lines[group[i]]);
    if (n > 10)
        g_string_append(lines, "…");
    return g_strdup(lines->str);
}

static bool are_identical(const Rows *rows, const int32_t *group, guint n)
{
    for (guint i = 0; i < n; i++)
        if (rows->states[group[i]] != ROWS_KEPT ||
            !same_row(rows->file, rows_at(rows, group[0]), rows_at(rows, group[i])) ||
            strcmp(rows_late(rows, group[0]), rows_late(rows, group[i])) != 0)
            return false;
    return true;
}

/* A group of rows with one key, the first at group[0]: all count once, or none counts. */
static void settle_repetition(Rows *rows, IngestReport *report, const int32_t *group, guint n)
{
    g_autofree char *key = rows_key_text(rows, group[0]), *lines = lines_of(rows, group, n), *problem = NULL;
    const char *column = "";
    for (int c = rows->file->n_columns - 1; c >= 0; c--)
        if (rows->file->columns[c].key)
            column = rows->file->columns[c].name;
    if (are_identical(rows, group, n)) {
        problem = g_strdup_printf("ligne répétée à l'identique (lignes %s) : comptée une fois", lines);
        for (guint i = 1; i < n; i++) {
            rows->states[group[i]] = ROWS_MERGED;
            rows_warn(rows, report, group[i], column, key, problem, "supprimer la répétition");
        }
        return;
    }
    problem = g_strdup_printf("même clé sur plusieurs lignes qui diffèrent (lignes %s)", lines);
    for (guint i = 0; i < n; i++)
        if (rows->states[group[i]] == ROWS_KEPT)
            rows_reject(rows, report, group[i], column, key, problem, "garder la bonne ligne, supprimer les autres");
}

typedef struct {
    int32_t first, row;
} Repetition;

static int compare_repetitions(gconstpointer a, gconstpointer b)
{
    const Repetition *x = a, *y = b;
    return x->first != y->first ? (x->first < y->first ? -1 : 1) : (x->row > y->row) - (x->row < y->row);
}

static void settle_repetitions(Rows *rows, IngestReport *report, GArray *repetitions)
{
    g_array_sort(repetitions, compare_repetitions);
    g_autoptr(GArray) group = g_array_new(FALSE, FALSE, sizeof(int32_t));
    for (guint i = 0; i < repetitions->len;) {
        int32_t first = g_array_index(repetitions, Repetition, i).first;
        g_array_set_size(group, 0);
        g_array_append_val(group, first);
        for (; i < repetitions->len && g_array_index(repetitions, Repetition, i).first == first; i++)
            g_array_append_val(group, g_array_index(repetitions, Repetition, i).row);
        settle_repetition(rows, report, (const int32_t *)(const void *)group->data, group->len);
    }
}

/* False when a part of the key names a row that was not found, or could not be looked for. */
static bool has_whole_key(const TablesFile *file, const void *row)
{
    for (int i = 0; i < file->n_columns; i++) {
        const TablesColumn *column = &file->columns[i];
        if (column->key && (column->kind == KIND_REFERENCE || column->kind == KIND_LATE) &&
            *(const int32_t *)tables_at(column, row) < 0)
            return false;
    }
    return true;
}

void rows_index(Rows *rows, IngestReport *report)
{
    rows->n_slots = 16;
    while (rows->n_slots < 2u * (uint32_t)rows->n)
        rows->n_slots *= 2;
    rows->slots = g_new0(uint32_t, rows->n_slots);
    g_autoptr(GArray) repetitions = g_array_new(FALSE, FALSE, sizeof(Repetition));
    for (int32_t row = 0; row < rows->n && !rows->file->repeats; row++) {
        const void *at = rows_at(rows, row);
        if (!has_whole_key(rows->file, at))
            continue;
        uint32_t slot = hash_row(rows, at) & (rows->n_slots - 1);
        for (; rows->slots[slot] != 0; slot = (slot + 1) & (rows->n_slots - 1))
            if (tables_compare_keys(rows->file, rows_at(rows, (int32_t)rows->slots[slot] - 1), at) == 0)
                break;
        if (rows->slots[slot] == 0)
            rows->slots[slot] = (uint32_t)row + 1;
        else {
            Repetition repetition = {(int32_t)rows->slots[slot] - 1, row};
            g_array_append_val(repetitions, repetition);
        }
    }
    settle_repetitions(rows, report, repetitions);
}

int32_t rows_find(const Rows *rows, const char *key)
{
    const TablesColumn *column = tables_text_key(rows->file);
    g_assert(column != NULL && rows->slots != NULL);
    uint32_t slot = mixed(hash_bytes(seed, key, strlen(key))) & (rows->n_slots - 1);
    for (; rows->slots[slot] != 0; slot = (slot + 1) & (rows->n_slots - 1)) {
        int32_t row = (int32_t)rows->slots[slot] - 1;
        if (strcmp(tables_string(column, rows_at(rows, row)), key) == 0)
            return row;
    }
    return -1;
}
