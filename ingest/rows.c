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

static void clear_draft(gpointer data)
{
    g_free(((RowsDraft *)data)->cells);
}

static void clear_part(gpointer data)
{
    RowsPart *part = data;
    g_free(part->cells);
    g_free(part->sender);
}

void rows_init(Rows *rows, const TablesFile *file)
{
    *rows = (Rows){.file = file,
                   .parts = g_array_new(FALSE, FALSE, sizeof(RowsPart)),
                   .late = g_array_new(FALSE, FALSE, sizeof(RowsLate)),
                   .drafts = g_array_new(FALSE, FALSE, sizeof(RowsDraft))};
    g_array_set_clear_func(rows->drafts, clear_draft);
    g_array_set_clear_func(rows->parts, clear_part);
}

void rows_clear(Rows *rows)
{
    g_free(rows->data);
    g_free(rows->lines);
    g_free(rows->states);
    g_free(rows->slots);
    g_array_unref(rows->late);
    g_array_unref(rows->drafts);
    g_array_unref(rows->parts);
    rows->data = NULL;
}

void *rows_at(const Rows *rows, int32_t row)
{
    g_assert(row >= 0 && row < rows->n);
    return rows->data + (size_t)row * rows->file->row_size;
}

const RowsPart *rows_part(const Rows *rows, int32_t row)
{
    guint low = 0, high = rows->parts->len;
    while (high - low > 1) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(rows->parts, RowsPart, middle).first <= row)
            low = middle;
        else
            high = middle;
    }
    return &g_array_index(rows->parts, RowsPart, low);
}

RejectPlace rows_place(const Rows *rows, int32_t row, const char *column, const char *value)
{
    const RowsPart *part = rows_part(rows, row);
    int c = tables_column(rows->file, column);
    return (RejectPlace){.file = part->account,
                         .cell = c >= 0 ? part->cells[c] : 0,
                         .line = rows->lines[row],
                         .column = column,
                         .value = value};
}

void rows_drop(Rows *rows, IngestReport *report, int32_t row)
{
    if (rows->states[row] == ROWS_REJECTED)
        return;
    rows->states[row] = ROWS_REJECTED;
    reject_file_at(report, rows_part(rows, row)->account)->rejected++;
}

void rows_reject(Rows *rows, IngestReport *report, int32_t row, const char *column, const char *value,
                 ConstatId constat, const char *first, const char *second)
{
    rows_drop(rows, report, row);
    reject_add(report, rows_place(rows, row, column, value), constat, first, second);
}

void rows_warn(const Rows *rows, IngestReport *report, int32_t row, const char *column, const char *value,
               ConstatId constat, const char *first, const char *second)
{
    reject_add(report, rows_place(rows, row, column, value), constat, first, second);
}

/* ---- incomplete rows ---- */

void rows_miss(Rows *rows, IngestReport *report, int32_t row, const char *column, ConstatId constat)
{
    RowsDraft *last = rows->drafts->len > 0 ? &g_array_index(rows->drafts, RowsDraft, rows->drafts->len - 1) : NULL;
    if (last == NULL || last->row != row) {
        rows_reject(rows, report, row, column, NULL, constat, NULL, NULL);
        return;
    }
    last->missing |= UINT32_C(1) << tables_column(rows->file, column);
    if (rows->states[row] == ROWS_KEPT)
        rows->states[row] = ROWS_INCOMPLETE;
}

void rows_tell_incomplete(const Rows *rows, IngestReport *report)
{
    const TablesColumn *columns = rows->file->columns;
    g_autofree char *complement = g_strconcat("complement-", rows->file->name, NULL);
    for (guint i = 0; i < rows->drafts->len; i++) {
        const RowsDraft *draft = &g_array_index(rows->drafts, RowsDraft, i);
        g_autofree char *key = rows_key_text(rows, draft->row);
        g_autoptr(GString) missing = g_string_new(NULL);
        if (rows->states[draft->row] != ROWS_INCOMPLETE)
            continue;
        for (int c = 0; c < rows->file->n_columns; c++) {
            bool waiting = draft->waiting >> c & 1, empty = draft->missing >> c & 1;
            if (waiting || empty)
                g_string_append_printf(missing, "%s%s", missing->len > 0 ? ", " : "", columns[c].name);
            if (waiting)
                g_string_append_printf(missing, " %s (incomplet)", draft->cells[c]);
            if ((draft->cells[c] != NULL && !columns[c].key) || empty)
                reject_note_incomplete(report, rows->file->name, key, columns[c].name, draft->cells[c], waiting);
        }
        rows_warn(rows, report, draft->row, "", key, CONSTAT_INCOMPLET, missing->str, complement);
    }
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

/* The lines of a group, as a message lists them; those of another file than the first row's with its name. */
static char *lines_of(const Rows *rows, const IngestReport *report, const int32_t *group, guint n)
{
    g_autoptr(GString) lines = g_string_new(NULL);
    int32_t account = rows_part(rows, group[0])->account;
    for (guint i = 0; i < n && i < 10; i++) {
        int32_t of = rows_part(rows, group[i])->account;
        g_string_append_printf(lines, "%s%d", i > 0 ? ", " : "", rows->lines[group[i]]);
        if (of != account)
            g_string_append_printf(lines, " de %s", reject_file_at(report, of)->name);
    }
    if (n > 10)
        g_string_append(lines, "…");
    return g_strdup(lines->str);
}

static bool are_identical(const Rows *rows, const int32_t *group, guint n)
{
    for (guint i = 0; i < n; i++)
        if (rows->states[group[i]] == ROWS_REJECTED || rows->states[group[i]] != rows->states[group[0]] ||
            !same_row(rows->file, rows_at(rows, group[0]), rows_at(rows, group[i])) ||
            strcmp(rows_late(rows, group[0]), rows_late(rows, group[i])) != 0)
            return false;
    return true;
}

/* The column the repetition of a key is told at. */
static const char *first_key(const Rows *rows)
{
    for (int c = 0; c < rows->file->n_columns; c++)
        if (rows->file->columns[c].key)
            return rows->file->columns[c].name;
    return "";
}

/* The part whose row of the group replaces row i: a later version of the same sender's; of a catalogue's row any of a
 * table's own file, which may say more. A rejected row replaces too: the sender has corrected it, if wrongly. NULL:
 * none.
 */
static const RowsPart *replacement(const Rows *rows, const int32_t *group, guint n, guint i)
{
    const RowsPart *own = rows_part(rows, group[i]), *later = NULL;
    for (guint k = 0; k < n; k++) {
        const RowsPart *other = rows_part(rows, group[k]);
        bool newer =
            other->partial == own->partial && other->version > own->version && strcmp(other->sender, own->sender) == 0;
        bool whole = own->partial && !other->partial;
        if ((newer || whole) && (later == NULL || other->version > later->version))
            later = other;
    }
    return later;
}

/* Rows of a group that others replace are out; returns how many are left, in front. */
static guint settle_versions(Rows *rows, IngestReport *report, int32_t *group, guint n)
{
    g_autofree const RowsPart **later = g_new(const RowsPart *, n);
    guint left = 0;
    for (guint i = 0; i < n; i++)
        later[i] = replacement(rows, group, n, i);
    for (guint i = 0; i < n; i++) {
        int32_t row = group[i];
        const RowsPart *own = rows_part(rows, row);
        if (later[i] == NULL) {
            group[left++] = row;
            continue;
        }
        g_autofree char *key = rows_key_text(rows, row);
        if (rows->states[row] == ROWS_REJECTED)
            reject_file_at(report, own->account)->rejected--;
        rows->states[row] = ROWS_MERGED;
        rows_warn(rows, report, row, first_key(rows), key,
                  own->partial && !later[i]->partial ? CONSTAT_INCOMPLET_REMPLACE : CONSTAT_LIGNE_REMPLACEE,
                  reject_file_at(report, later[i]->account)->name, NULL);
    }
    return left;
}

/* A group of rows with one key: all count once, or none counts. group[0]: then the row the key stands for. */
static void settle_repetition(Rows *rows, IngestReport *report, int32_t *group, guint n)
{
    g_autofree char *key = rows_key_text(rows, group[0]);
    n = settle_versions(rows, report, group, n);
    bool identical = are_identical(rows, group, n);
    for (guint i = identical ? 1 : 0; i < n && n > 1; i++) {
        g_autofree char *lines = NULL;
        int32_t own = group[i];
        if (identical) {
            lines = lines_of(rows, report, group, n);
            rows->states[own] = ROWS_MERGED;
            rows_warn(rows, report, own, first_key(rows), key, CONSTAT_LIGNE_REPETEE, lines, NULL);
        } else if (rows->states[own] != ROWS_REJECTED) {
            lines = lines_of(rows, report, group, n);
            rows_reject(rows, report, own, first_key(rows), key, CONSTAT_CLE_REPETEE, lines, NULL);
        }
    }
}

typedef struct {
    int32_t first, row;
} Repetition;

static int compare_repetitions(gconstpointer a, gconstpointer b)
{
    const Repetition *x = a, *y = b;
    return x->first != y->first ? (x->first < y->first ? -1 : 1) : (x->row > y->row) - (x->row < y->row);
}

static uint32_t *slot_of(const Rows *rows, const void *row)
{
    uint32_t slot = hash_row(rows, row) & (rows->n_slots - 1);
    for (; rows->slots[slot] != 0; slot = (slot + 1) & (rows->n_slots - 1))
        if (tables_compare_keys(rows->file, rows_at(rows, (int32_t)rows->slots[slot] - 1), row) == 0)
            break;
    return &rows->slots[slot];
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
        settle_repetition(rows, report, (int32_t *)(void *)group->data, group->len);
        *slot_of(rows, rows_at(rows, first)) = (uint32_t)g_array_index(group, int32_t, 0) + 1;
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
        uint32_t *slot = slot_of(rows, at);
        if (*slot == 0)
            *slot = (uint32_t)row + 1;
        else {
            Repetition repetition = {(int32_t)*slot - 1, row};
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
