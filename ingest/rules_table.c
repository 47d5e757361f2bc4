/* The rules of a whole file: see rules.h. */
#include "ingest/rules.h"

#include <string.h>

static void check_campagne(Folder *folder)
{
    const Rows *rows = &folder->tables[TABLES_CAMPAGNE];
    int32_t kept = 0;
    for (int32_t i = 0; i < rows->n; i++)
        kept += rows->states[i] == ROWS_KEPT;
    if (kept != 1)
        reject_refuse(folder->report, (RejectPlace){.file = rows->account}, CONSTAT_CAMPAGNE_UNIQUE, NULL, NULL);
}

static int compare_siret_type(gconstpointer a, gconstpointer b, gpointer data)
{
    const ModelSiae *siae = data, *x = &siae[*(const int32_t *)a], *y = &siae[*(const int32_t *)b];
    int order = strcmp(x->siret, y->siret);
    return order != 0 ? order : (int)x->type - (int)y->type;
}

/* (siret, type) names one SIAE: of several that share it none is known to be the right one. */
static void check_siae(Folder *folder)
{
    Rows *rows = &folder->tables[TABLES_SIAE];
    ModelSiae *siae = FOLDER_ROWS(folder, SIAE, ModelSiae);
    g_autoptr(GArray) kept = g_array_new(FALSE, FALSE, sizeof(int32_t));
    for (int32_t i = 0; i < rows->n; i++)
        if (rows->states[i] == ROWS_KEPT)
            g_array_append_val(kept, i);
    g_array_sort_with_data(kept, compare_siret_type, siae);
    for (guint i = 0, end; i < kept->len; i = end) {
        const int32_t *at = &g_array_index(kept, int32_t, i);
        for (end = i + 1; end < kept->len && compare_siret_type(at, at + (end - i), siae) == 0;)
            end++;
        for (guint k = i; k < end && end > i + 1; k++) {
            int32_t row = g_array_index(kept, int32_t, k);
            rows_reject(rows, folder->report, row, "siret", siae[row].siret, CONSTAT_SIAE_REPETEE, NULL, NULL);
        }
    }
}

/* ---- apres ---- */

typedef struct {
    int32_t before, after; /* needs: `after` comes after `before` */
} Edge;

static int compare_edges(gconstpointer a, gconstpointer b)
{
    const Edge *x = a, *y = b;
    if (x->before != y->before)
        return x->before < y->before ? -1 : 1;
    return (x->after > y->after) - (x->after < y->after);
}

/* Why a need cannot come after the one at `before`; CONSTAT_N when it can. */
static ConstatId apres_obstacle(const Folder *folder, int32_t row, int32_t before)
{
    const ModelBesoin *besoins = FOLDER_ROWS(folder, BESOINS, ModelBesoin);
    if (before < 0)
        return CONSTAT_APRES_INCONNU;
    if (before == row)
        return CONSTAT_APRES_SOI;
    if (besoins[before].siae != besoins[row].siae || strcmp(besoins[before].stagiaire, besoins[row].stagiaire) != 0)
        return CONSTAT_APRES_AUTRUI;
    return CONSTAT_N;
}

/* The needs one need names in `apres`, as edges; false (and rejected) when one cannot be. */
static bool add_edges(Folder *folder, const RowsLate *late, GArray *edges)
{
    Rows *rows = &folder->tables[TABLES_BESOINS];
    g_autofree char *text = g_strdup(late->text);
    char *list = text;
    guint n = edges->len;
    bool good = true;
    for (char *reference; (reference = field_next(&list)) != NULL;) {
        Edge edge = {rows_find(rows, reference), late->row};
        ConstatId obstacle = apres_obstacle(folder, late->row, edge.before);
        if (obstacle != CONSTAT_N)
            rows_reject(rows, folder->report, late->row, "apres", reference, obstacle, NULL, NULL);
        else
            g_array_append_val(edges, edge);
        good = good && obstacle == CONSTAT_N;
    }
    if (!good)
        g_array_set_size(edges, n);
    return good;
}

static guint first_edge(const GArray *edges, int32_t before)
{
    guint low = 0, high = edges->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(edges, Edge, middle).before < before)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Follows the edges from needs that wait for nothing; what is rejected takes with it what comes after, and what is
 * never reached waits for itself. waiting[i]: needs that need i still waits for. */
static void follow(Folder *folder, const GArray *edges, int32_t *waiting)
{
    Rows *rows = &folder->tables[TABLES_BESOINS];
    const ModelBesoin *besoins = FOLDER_ROWS(folder, BESOINS, ModelBesoin);
    g_autoptr(GArray) ready = g_array_new(FALSE, FALSE, sizeof(int32_t));
    for (guint e = 0; e < edges->len; e++) {
        int32_t before = g_array_index(edges, Edge, e).before;
        if (waiting[before] == 0 && (e == 0 || g_array_index(edges, Edge, e - 1).before != before))
            g_array_append_val(ready, before);
    }
    for (guint i = 0; i < ready->len; i++) {
        int32_t before = g_array_index(ready, int32_t, i);
        for (guint e = first_edge(edges, before); e < edges->len; e++) {
            int32_t after = g_array_index(edges, Edge, e).after;
            if (g_array_index(edges, Edge, e).before != before)
                break;
            if (rows->states[before] == ROWS_REJECTED)
                rows_reject(rows, folder->report, after, "apres", besoins[before].reference, CONSTAT_APRES_REJETE, NULL,
                            NULL);
            if (--waiting[after] == 0)
                g_array_append_val(ready, after);
        }
    }
    for (guint e = 0; e < edges->len; e++) {
        int32_t row = g_array_index(edges, Edge, e).after;
        if (waiting[row] > 0)
            rows_reject(rows, folder->report, row, "apres", rows_late(rows, row), CONSTAT_APRES_BOUCLE, NULL, NULL);
        waiting[row] = 0;
    }
}

static void keep_edges(Folder *folder, const GArray *edges)
{
    ModelBesoin *besoins = FOLDER_ROWS(folder, BESOINS, ModelBesoin);
    for (guint e = 0; e < edges->len; e++)
        besoins[g_array_index(edges, Edge, e).after].n_apres++;
    for (guint e = 0; e < edges->len; e++) {
        ModelBesoin *it = &besoins[g_array_index(edges, Edge, e).after];
        if (it->apres == NULL)
            it->apres = model_own(folder->model, g_new(int32_t, (gsize)it->n_apres)), it->n_apres = 0;
        ((int32_t *)(guintptr)it->apres)[it->n_apres++] = g_array_index(edges, Edge, e).before;
    }
}

static void check_besoins(Folder *folder)
{
    Rows *rows = &folder->tables[TABLES_BESOINS];
    g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(Edge));
    for (guint i = 0; i < rows->late->len; i++) {
        const RowsLate *late = &g_array_index(rows->late, RowsLate, i);
        if (*FOLDER_ROWS(folder, BESOINS, ModelBesoin)[late->row].stagiaire != '\0')
            add_edges(folder, late, edges);
    }
    if (edges->len == 0)
        return;
    g_array_sort(edges, compare_edges);
    guint n = 0;
    for (guint e = 0; e < edges->len; e++)
        if (n == 0 || compare_edges(&g_array_index(edges, Edge, n - 1), &g_array_index(edges, Edge, e)) != 0)
            g_array_index(edges, Edge, n++) = g_array_index(edges, Edge, e);
    g_array_set_size(edges, n);
    g_autofree int32_t *waiting = g_new0(int32_t, (gsize)rows->n);
    for (guint e = 0; e < edges->len; e++)
        waiting[g_array_index(edges, Edge, e).after]++;
    follow(folder, edges, waiting);
    keep_edges(folder, edges);
}

/* A montage is what all its financements make it: without one of them it would say that the SIAE pays. */
static void check_financements(Folder *folder)
{
    const Rows *rows = &folder->tables[TABLES_FINANCEMENTS];
    Rows *montages = &folder->tables[TABLES_MONTAGES];
    const ModelFinancement *financements = FOLDER_ROWS(folder, FINANCEMENTS, ModelFinancement);
    for (int32_t i = 0; i < rows->n; i++) {
        int32_t montage = financements[i].montage;
        if (rows->states[i] != ROWS_REJECTED || montage < 0 || montages->states[montage] == ROWS_REJECTED)
            continue;
        char line[16];
        g_snprintf(line, sizeof line, "%d", rows->lines[i]);
        rows_reject(montages, folder->report, montage, "code",
                    FOLDER_ROWS(folder, MONTAGES, ModelMontage)[montage].code, CONSTAT_FINANCEMENT_REJETE,
                    reject_file_at(folder->report, rows_part(rows, i)->account)->name, line);
    }
    for (int32_t i = 0; i < rows->n; i++) {
        int32_t montage = financements[i].montage;
        if (rows->states[i] == ROWS_KEPT && montage >= 0 && montages->states[montage] == ROWS_REJECTED)
            rows_reject(&folder->tables[TABLES_FINANCEMENTS], folder->report, i, "montage",
                        FOLDER_ROWS(folder, MONTAGES, ModelMontage)[montage].code, CONSTAT_MONTAGE_REJETE, NULL, NULL);
    }
}

/* No more learners of a need are fixed than it asks for. */
static void check_affectations_fixees(Folder *folder)
{
    Rows *rows = &folder->tables[TABLES_AFFECTATIONS_FIXEES];
    const ModelAffectationFixee *it = FOLDER_ROWS(folder, AFFECTATIONS_FIXEES, ModelAffectationFixee);
    const ModelBesoin *besoins = FOLDER_ROWS(folder, BESOINS, ModelBesoin);
    g_autofree int64_t *fixed = g_new0(int64_t, (gsize)folder->tables[TABLES_BESOINS].n + 1);
    for (int32_t i = 0; i < rows->n; i++)
        if (rows->states[i] == ROWS_KEPT && it[i].besoin >= 0)
            fixed[it[i].besoin] += it[i].effectif;
    for (int32_t i = 0; i < rows->n; i++)
        if (rows->states[i] == ROWS_KEPT && it[i].besoin >= 0 && fixed[it[i].besoin] > besoins[it[i].besoin].effectif)
            rows_reject(rows, folder->report, i, "effectif", besoins[it[i].besoin].reference, CONSTAT_AFFECTATION_EXCES,
                        NULL, NULL);
}

void rules_table(Folder *folder, TablesId id)
{
    static void (*const checks[TABLES_N])(Folder *) = {
        [TABLES_CAMPAGNE] = check_campagne,
        [TABLES_SIAE] = check_siae,
        [TABLES_BESOINS] = check_besoins,
        [TABLES_FINANCEMENTS] = check_financements,
        [TABLES_AFFECTATIONS_FIXEES] = check_affectations_fixees,
    };
    if (checks[id] != NULL)
        checks[id](folder);
}
