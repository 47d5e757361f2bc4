/* The files of a folder, one after the other: see folder.h. */
#include "ingest/folder.h"

#include "config/log.h"
#include "ingest/parts.h"
#include "ingest/rules.h"

#include <string.h>

static RowsAnswer find_row(void *data, int target, const char *key, int32_t *position, const char **file, int64_t *line)
{
    Folder *folder = data;
    const Rows *rows = &folder->tables[target];
    if (!rows->read)
        return ROWS_UNCHECKED;
    *position = rows_find(rows, key);
    if (*position < 0)
        return ROWS_UNKNOWN;
    *file = reject_file_at(folder->report, rows_part(rows, *position)->account)->name;
    *line = rows->lines[*position];
    if (rows->states[*position] == ROWS_INCOMPLETE)
        return ROWS_WAITING;
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

/* A form counts in its own campaign, for a SIAE that is known; false, said, where it does not. */
static bool form_belongs(Folder *folder, const Part *form)
{
    const Rows *campagne = &folder->tables[TABLES_CAMPAGNE], *siae = &folder->tables[TABLES_SIAE];
    RejectPlace place = {.file = form->account};
    const char *code = campagne->n > 0 ? FOLDER_ROWS(folder, CAMPAGNE, ModelCampagne)[0].code : NULL;
    if (campagne->read && code != NULL && strcmp(code, form->campagne) != 0) {
        reject_refuse(folder->report, place, CONSTAT_FORM_CAMPAGNE, form->campagne, code);
        return false;
    }
    int32_t row = siae->read ? rows_find(siae, form->siae) : 0;
    if (row >= 0 && (!siae->read || siae->states[row] != ROWS_REJECTED))
        return true;
    reject_refuse(folder->report, place, CONSTAT_FORM_SIAE, form->siae, NULL);
    return false;
}

/* The form of a part of besoins, or NULL. */
static const RejectFile *form_of(const Folder *folder, const RowsPart *part)
{
    const RejectFile *file = reject_file_at(folder->report, part->account);
    return file->siae != NULL && !file->refused ? file : NULL;
}

/* A SIAE that answered by a form and whose needs other files hold too may have been counted twice. */
static void warn_of_additions(Folder *folder)
{
    const Rows *besoins = &folder->tables[TABLES_BESOINS], *siae = &folder->tables[TABLES_SIAE];
    g_autofree int32_t *others = g_new0(int32_t, siae->n);
    bool any = false;
    for (guint i = 0; i < besoins->parts->len; i++)
        any = any || form_of(folder, &g_array_index(besoins->parts, RowsPart, i)) != NULL;
    for (int32_t row = 0; any && row < besoins->n; row++)
        if (besoins->states[row] == ROWS_KEPT && form_of(folder, rows_part(besoins, row)) == NULL)
            others[FOLDER_ROWS(folder, BESOINS, ModelBesoin)[row].siae]++;
    for (guint i = 0; any && i < besoins->parts->len; i++) {
        const RowsPart *part = &g_array_index(besoins->parts, RowsPart, i);
        const RejectFile *form = form_of(folder, part);
        int32_t position = form != NULL ? rows_find(siae, form->siae) : -1;
        if (position < 0 || others[position] == 0)
            continue;
        char count[16];
        g_snprintf(count, sizeof count, "%d", others[position]);
        reject_add(folder->report, (RejectPlace){.file = part->account}, CONSTAT_FORM_EN_PLUS, count, NULL);
    }
}

static bool has_key(const void *rows, const char *key)
{
    return rows_find(rows, key) >= 0;
}

/* What the lists and complements of the folder know of a table, into completions. */
static bool read_lists(Folder *folder, TablesId id, const GPtrArray *parts, GPtrArray *completions, GError **error)
{
    for (guint i = 0; i < parts->len; i++) {
        const Part *part = parts->pdata[i];
        SourceRecord refusal = {0};
        GError *broken = NULL;
        if (!part->completes)
            continue;
        g_autoptr(Source) source = source_open(part->path, &refusal, &broken);
        Completion *completion = NULL;
        if (source != NULL) {
            completion = completion_read(tables_file(id), source, part->table, folder->report, part->account, &broken);
            reject_file_at(folder->report, part->account)->sha256 = g_strdup(source_sha256(source));
        } else if (broken == NULL)
            reject_refuse(folder->report, (RejectPlace){.file = part->account}, refusal.constat, refusal.detail, NULL);
        if (completion != NULL)
            g_ptr_array_add(completions, completion);
        if (broken != NULL) {
            g_propagate_error(error, broken);
            return false;
        }
    }
    return true;
}

static bool read_parts(Folder *folder, Rows *rows, const GPtrArray *parts, GError **error)
{
    for (guint i = 0; i < parts->len; i++) {
        const Part *part = parts->pdata[i];
        GError *broken = NULL;
        if (part->completes)
            continue;
        log_progress("ingest: %s", part->name);
        if (part->siae != NULL && !form_belongs(folder, part))
            continue;
        if (rows_read(rows, &folder->context, part->path, part->table, part->account, part->sender, part->version,
                      &broken))
            rows->read = true;
        if (broken != NULL) {
            g_propagate_error(error, broken);
            return false;
        }
    }
    return true;
}

/* Reads the parts of a table. Without any a file that may be missing counts as read. */
static bool read_table(Folder *folder, TablesId id, const GPtrArray *parts, GError **error)
{
    Rows *rows = &folder->tables[id];
    const RejectFile *own = reject_file_at(folder->report, rows->account);
    g_autoptr(GPtrArray) completions = g_ptr_array_new_with_free_func((GDestroyNotify)completion_free);
    bool good = read_lists(folder, id, parts, completions, error);
    folder->context.completions = completions->len > 0 ? completions : NULL;
    good = good && read_parts(folder, rows, parts, error);
    folder->context.completions = NULL;
    if (!good)
        return false;
    if (!rows->read && !own->refused && rows->file->optional)
        rows->read = true;
    else if (!rows->read && !own->refused)
        reject_refuse(folder->report, (RejectPlace){.file = rows->account}, CONSTAT_FICHIER_ABSENT, NULL, NULL);
    rows_index(rows, folder->report);
    rows_tell_incomplete(rows, folder->report);
    for (guint i = 0; i < completions->len; i++)
        completion_tell_unknown(completions->pdata[i], has_key, rows, folder->report);
    if (rows->read)
        rules_table(folder, id);
    if (rows->read && id == TABLES_BESOINS && folder->tables[TABLES_SIAE].read)
        warn_of_additions(folder);
    return true;
}

bool folder_read(Folder *folder, const char *path, GError **error)
{
    int32_t accounts[TABLES_N];
    for (int id = 0; id < TABLES_N; id++)
        accounts[id] = folder->tables[id].account;
    GPtrArray **parts = parts_find(path, folder->report, accounts, error);
    bool good = parts != NULL;
    for (int id = 0; good && id < TABLES_N; id++)
        good = read_table(folder, (TablesId)id, parts[id], error);
    parts_free(parts);
    log_progress(NULL);
    return good;
}
