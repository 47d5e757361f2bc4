/* Sorting and renumbering: see build.h. Rows are moved in place: a million needs must not stand twice in memory. */
#include "ingest/build.h"

#include <string.h>

/* Drops what was not kept; moved[row]: the row's new place, or MODEL_NONE. */
static void compact(Rows *rows, int32_t *moved)
{
    size_t size = rows->file->row_size;
    int32_t n = 0;
    for (int32_t row = 0; row < rows->n; row++) {
        moved[row] = rows->states[row] == ROWS_KEPT ? n : MODEL_NONE;
        if (rows->states[row] != ROWS_KEPT)
            continue;
        if (n != row)
            memcpy(rows_at(rows, n), rows_at(rows, row), size);
        n++;
    }
    rows->n = n;
}

static int compare_rows(gconstpointer a, gconstpointer b, gpointer data)
{
    const Rows *rows = data;
    return tables_compare_keys(rows->file, rows_at(rows, *(const int32_t *)a), rows_at(rows, *(const int32_t *)b));
}

static bool is_sorted(const Rows *rows)
{
    for (int32_t row = 1; row < rows->n; row++)
        if (tables_compare_keys(rows->file, rows_at(rows, row - 1), rows_at(rows, row)) > 0)
            return false;
    return true;
}

/* Puts row order[i] at place i, cycle by cycle. */
static void permute(Rows *rows, const int32_t *order)
{
    size_t size = rows->file->row_size;
    g_autofree char *held = g_malloc(size);
    g_autofree bool *placed = g_new0(bool, (gsize)rows->n);
    for (int32_t start = 0; start < rows->n; start++) {
        if (placed[start])
            continue;
        memcpy(held, rows_at(rows, start), size);
        int32_t place = start;
        for (; order[place] != start; place = order[place]) {
            memcpy(rows_at(rows, place), rows_at(rows, order[place]), size);
            placed[place] = true;
        }
        memcpy(rows_at(rows, place), held, size);
        placed[place] = true;
    }
}

void build_settle(Rows *rows, int32_t *moved)
{
    int32_t n_read = rows->n;
    compact(rows, moved);
    if (is_sorted(rows))
        return;
    g_autofree int32_t *order = g_new(int32_t, (gsize)rows->n), *place = g_new(int32_t, (gsize)rows->n);
    for (int32_t i = 0; i < rows->n; i++)
        order[i] = i;
    g_qsort_with_data(order, rows->n, sizeof *order, compare_rows, rows);
    permute(rows, order);
    for (int32_t i = 0; i < rows->n; i++)
        place[order[i]] = i;
    for (int32_t row = 0; row < n_read; row++)
        if (moved[row] != MODEL_NONE)
            moved[row] = place[moved[row]];
}

static int compare_positions(gconstpointer a, gconstpointer b)
{
    return (*(const int32_t *)a > *(const int32_t *)b) - (*(const int32_t *)a < *(const int32_t *)b);
}

/* Renumbers a list of positions owned by the Model, and sorts it again. */
static void renumber_list(const int32_t *list, int32_t n, const int32_t *moved)
{
    int32_t *positions = (int32_t *)(guintptr)list;
    for (int32_t i = 0; i < n; i++)
        positions[i] = moved[positions[i]];
    if (n > 1)
        qsort(positions, (size_t)n, sizeof *positions, compare_positions);
}

static void renumber(int32_t *position, const int32_t *moved)
{
    if (*position != MODEL_NONE)
        *position = moved[*position];
    g_assert(*position >= MODEL_NONE);
}

/* What the kept rows of a file name, in the settled files. */
static void renumber_rows(Rows *rows, int32_t *const *moved)
{
    for (int c = 0; c < rows->file->n_columns; c++) {
        const TablesColumn *column = &rows->file->columns[c];
        if (column->kind != KIND_REFERENCE && column->kind != KIND_REFERENCES)
            continue;
        for (int32_t row = 0; row < rows->n; row++) {
            char *at = rows_at(rows, row);
            if (rows->states[row] != ROWS_KEPT)
                continue;
            void *field = at + column->offset, *count = at + column->count_offset;
            if (column->kind == KIND_REFERENCE)
                renumber(field, moved[column->target]);
            else
                renumber_list(*(const int32_t *const *)field, *(const int32_t *)count, moved[column->target]);
        }
    }
}

/* fermetures.code names a row of the file its objet says. */
static void renumber_fermetures(Folder *folder, int32_t *const *moved)
{
    static const TablesId target[OBJET_N] = {TABLES_SIAE, TABLES_ORGANISMES, TABLES_COMMUNES};
    const Rows *rows = &folder->tables[TABLES_FERMETURES];
    ModelFermeture *fermetures = FOLDER_ROWS(folder, FERMETURES, ModelFermeture);
    for (int32_t i = 0; i < rows->n; i++)
        if (rows->states[i] == ROWS_KEPT)
            renumber(&fermetures[i].sujet, moved[target[fermetures[i].objet]]);
}

/* The array of a file, now the Model's. */
static void *hand_over(Folder *folder, TablesId id, int32_t *n)
{
    Rows *rows = &folder->tables[id];
    void *data = rows->n > 0 ? g_realloc_n(rows->data, (gsize)rows->n, rows->file->row_size) : NULL;
    if (rows->n == 0)
        g_free(rows->data);
    rows->data = NULL;
    *n = rows->n;
    return data != NULL ? model_own(folder->model, data) : NULL;
}

/* True when a file of that table was read, be it empty. */
static bool was_given(const Folder *folder, TablesId id)
{
    const GArray *parts = folder->tables[id].parts;
    for (guint i = 0; i < parts->len; i++)
        if (!reject_file_at(folder->report, g_array_index(parts, RowsPart, i).account)->refused)
            return true;
    return false;
}

Model *build_model(Folder *folder)
{
    int32_t *moved[TABLES_N];
    for (int id = 0; id < TABLES_N; id++) {
        Rows *rows = &folder->tables[id];
        moved[id] = g_new(int32_t, (gsize)rows->n + 1);
        renumber_rows(rows, moved);
        if (id == TABLES_FERMETURES)
            renumber_fermetures(folder, moved);
        build_settle(rows, moved[id]);
    }
    ModelBesoin *besoins = FOLDER_ROWS(folder, BESOINS, ModelBesoin);
    for (int32_t i = 0; i < folder->tables[TABLES_BESOINS].n; i++)
        renumber_list(besoins[i].apres, besoins[i].n_apres, moved[TABLES_BESOINS]);
    for (int id = 0; id < TABLES_N; id++)
        g_free(moved[id]);
    Model *model = folder->model;
    g_assert(folder->tables[TABLES_CAMPAGNE].n == 1);
    model->campagne = FOLDER_ROWS(folder, CAMPAGNE, ModelCampagne)[0];
    model->has_priorites = was_given(folder, TABLES_PRIORITES);
    int id = TABLES_COMMUNES;
#define HAND_OVER(table, Row, order) model->table = hand_over(folder, (TablesId)id++, &model->n_##table);
    MODEL_TABLES(HAND_OVER)
#undef HAND_OVER
    folder->model = NULL;
    return model;
}
