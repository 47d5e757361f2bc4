/* The files of a folder, one after the other: see folder.h. */
#include "ingest/folder.h"

#include "config/fault.h"
#include "config/log.h"
#include "ingest/rules.h"

#include <errno.h>
#include <string.h>

static RowsAnswer find_row(void *data, int target, const char *key, int32_t *position, int64_t *line)
{
    Folder *folder = data;
    const Rows *rows = &folder->tables[target];
    if (!rows->read)
        return ROWS_UNCHECKED;
    *position = rows_find(rows, key);
    if (*position < 0)
        return ROWS_UNKNOWN;
    *line = rows->lines[*position];
    return rows->states[*position] == ROWS_REJECTED ? ROWS_FALLEN : ROWS_FOUND;
}

static const TablesFile *target_file(void *data, int target)
{
    (void)data;
    return tables_file((TablesId)target);
}

static void check_row(void *data, Rows *rows, int32_t row)
{
    Folder *folder = data;
    rules_row(folder, (TablesId)(rows - folder->tables), row);
}

void folder_init(Folder *folder, IngestReport *report)
{
    memset(folder, 0, sizeof *folder);
    folder->report = report;
    folder->model = model_new();
    rows_context_init(&folder->context, report, folder->model->strings, folder->model->blocks);
    folder->context.find = find_row;
    folder->context.target = target_file;
    folder->context.check = check_row;
    folder->context.data = folder;
    for (int id = 0; id < TABLES_N; id++) {
        rows_init(&folder->tables[id], tables_file((TablesId)id));
        folder->tables[id].account = reject_file(report, tables_file((TablesId)id)->name);
    }
}

void folder_clear(Folder *folder)
{
    for (int id = 0; id < TABLES_N; id++)
        rows_clear(&folder->tables[id]);
    rows_context_clear(&folder->context);
    model_free(folder->model);
}

/* The file of the folder that is table `id`, whatever the case of its name. */
static char *file_of(const char *path, GPtrArray *names, TablesId id, IngestReport *report, int32_t account)
{
    const char *found = NULL;
    g_autofree char *wanted = field_fold(tables_file(id)->name);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *name = field_fold(names->pdata[i]);
        if (strcmp(name, wanted) != 0)
            continue;
        if (found != NULL) {
            reject_refuse(report, account, 0, "", "deux fichiers de ce nom, à la casse près", "n'en garder qu'un");
            return NULL;
        }
        found = names->pdata[i];
    }
    if (found != NULL)
        return g_build_filename(path, found, NULL);
    if (!tables_file(id)->optional)
        reject_refuse(report, account, 0, "", "fichier absent", "l'ajouter au dossier (voir le modèle de fichier)");
    return NULL;
}

/* Files that look like input and are none: a misspelt name must not go unseen. */
static void warn_of_strangers(GPtrArray *names, IngestReport *report)
{
    static const char *const ours[] = {"rejets.csv",  "sessions.csv",    "seances.csv", "affectations.csv",
                                       "charges.csv", "noncouverts.csv", "bilan.csv"};
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        g_autofree char *folded = field_fold(name);
        bool known = !g_str_has_suffix(folded, ".csv") || *name == '.';
        for (size_t o = 0; o < G_N_ELEMENTS(ours) && !known; o++)
            known = strcmp(folded, ours[o]) == 0;
        for (int id = 0; id < TABLES_N && !known; id++) {
            g_autofree char *wanted = field_fold(tables_file((TablesId)id)->name);
            known = strcmp(folded, wanted) == 0;
        }
        if (!known)
            reject_add(report, reject_file(report, name), 0, REJECT_WARNING, "", "",
                       "fichier inconnu : il n'est pas lu", "vérifier son nom, ou le retirer du dossier");
    }
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool folder_read(Folder *folder, const char *path, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    if (dir == NULL) {
        g_set_error(error, FAULT, FAULT_INPUT, "could not read folder '%s': %s", path, g_strerror(errno));
        return false;
    }
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;)
        g_ptr_array_add(names, g_utf8_make_valid(name, -1));
    g_ptr_array_sort(names, compare_names);
    for (int id = 0; id < TABLES_N; id++) {
        Rows *rows = &folder->tables[id];
        g_autofree char *file = file_of(path, names, (TablesId)id, folder->report, rows->account);
        log_progress("ingest: %s", rows->file->name);
        if (file != NULL)
            rows_read(rows, &folder->context, file);
        else
            rows->read = rows->file->optional && !reject_file_at(folder->report, rows->account)->refused;
        rows_index(rows, folder->report);
        if (rows->read)
            rules_table(folder, (TablesId)id);
    }
    log_progress(NULL);
    warn_of_strangers(names, folder->report);
    return true;
}
