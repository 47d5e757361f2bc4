/* The ingest stage: see ingest.h. */
#include "ingest/ingest.h"

#include "config/fault.h"
#include "config/log.h"
#include "ingest/build.h"
#include "ingest/folder.h"
#include "ingest/sender.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* A need was kept, or none was sent at all: then the campaign is being prepared, and its forms can be written. */
static bool is_needed(const Folder *folder)
{
    const Rows *besoins = &folder->tables[TABLES_BESOINS];
    int64_t sent = 0;
    for (guint i = 0; i < besoins->parts->len; i++)
        sent += reject_file_at(folder->report, g_array_index(besoins->parts, RowsPart, i).account)->rows;
    for (int32_t i = 0; i < besoins->n; i++)
        if (besoins->states[i] == ROWS_KEPT)
            return true;
    return sent == 0;
}

/* Whether what was read can be loaded; else says why, naming every file at fault. */
static bool is_usable(const Folder *folder, const char *path, int32_t seuil_rejets, GError **error)
{
    g_autoptr(GString) refused = g_string_new(NULL), over = g_string_new(NULL);
    for (int32_t i = 0; i < reject_n_files(folder->report); i++) {
        const RejectFile *file = reject_file_at(folder->report, i);
        if (file->of_sender)
            continue;
        if (file->refused)
            g_string_append_printf(refused, "%s%s", refused->len > 0 ? ", " : "", file->name);
        else if (file->rejected * 100 > file->rows * (int64_t)seuil_rejets)
            g_string_append_printf(over, "%s%s %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT, over->len > 0 ? ", " : "",
                                   file->name, file->rejected, file->rows);
    }
    bool needed = is_needed(folder);
    if (refused->len > 0)
        g_set_error(error, FAULT, FAULT_INPUT, "files missing or refused in '%s': %s", path, refused->str);
    else if (over->len > 0)
        g_set_error(error, FAULT, FAULT_INPUT, "rows rejected above seuil_rejets (%d %%) in '%s': %s", seuil_rejets,
                    path, over->str);
    else if (!needed)
        g_set_error(error, FAULT, FAULT_INPUT, "no valid need in '%s': besoins.csv", path);
    return refused->len == 0 && over->len == 0 && needed;
}

/* Keys of rejected and incomplete rows: they are not missing, and were told. */
static void note_fallen(const Folder *folder)
{
    for (int id = 0; id < TABLES_N; id++) {
        const Rows *rows = &folder->tables[id];
        if (tables_text_key(rows->file) == NULL)
            continue;
        for (int32_t row = 0; row < rows->n; row++)
            if (rows->states[row] == ROWS_REJECTED || rows->states[row] == ROWS_INCOMPLETE) {
                g_autofree char *key = rows_key_text(rows, row);
                reject_note_fallen(folder->report, rows->file->name, key);
            }
    }
}

static Model *read_within(const char *path, int32_t seuil_rejets, int32_t sensibles_min, IngestReport **report,
                          GError **error)
{
    *report = reject_new();
    Folder folder;
    int n_lines;
    folder_init(&folder, *report);
    folder.context.seuil_rejets = seuil_rejets;
    folder.sensibles_min = sensibles_min;
    bool good = folder_read(&folder, path, error);
    reject_lines(*report, &n_lines);
    note_fallen(&folder);
    Model *model = good && is_usable(&folder, path, seuil_rejets, error) ? build_model(&folder) : NULL;
    folder_clear(&folder);
    return model;
}

Model *ingest_read(const char *folder, int32_t seuil_rejets, IngestReport **report, GError **error)
{
    return read_within(folder, seuil_rejets, 0, report, error);
}

Model *ingest_read_settled(const char *folder, const Settings *settings, IngestReport **report, GError **error)
{
    return read_within(folder, settings->seuil_rejets, settings->sensibles_min, report, error);
}

/* rejets.csv of this run, or none: an earlier run's is no longer true. */
static bool put_rejets(const IngestReport *report, const char *sortie, const char *path, GError **error)
{
    if (ingest_report_count(report) > 0) {
        if (g_mkdir_with_parents(sortie, 0755) != 0) {
            g_set_error(error, FAULT, FAULT_OUTPUT, "cannot make '%s': %s", sortie, g_strerror(errno));
            return false;
        }
        return ingest_report_write(report, path, error);
    }
    GStatBuf earlier; /* asked first: a read-only file system refuses to remove even what is not there */
    if (g_lstat(path, &earlier) == 0 && g_unlink(path) != 0 && errno != ENOENT) {
        g_set_error(error, FAULT, FAULT_OUTPUT, "cannot remove '%s': %s", path, g_strerror(errno));
        return false;
    }
    return true;
}

/* The text of a rejets.csv of an earlier run; NULL = none. Caller frees. */
static char *read_earlier(const char *path)
{
    GStatBuf earlier;
    char *text = NULL;
    if (g_lstat(path, &earlier) == 0 && S_ISREG(earlier.st_mode))
        g_file_get_contents(path, &text, NULL, NULL);
    return text;
}

/* Whether every line of the rejets.csv at path was in the earlier one. */
static bool is_known(const char *path, const char *earlier)
{
    g_autofree char *text = earlier != NULL ? read_earlier(path) : NULL;
    if (text == NULL)
        return false;
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    g_auto(GStrv) before = g_strsplit(earlier, "\n", -1), now = g_strsplit(text, "\n", -1);
    for (char **line = before; *line != NULL; line++)
        g_hash_table_add(known, *line);
    for (char **line = now; *line != NULL; line++)
        if (!g_hash_table_contains(known, *line))
            return false;
    return true;
}

static void free_source(gpointer data)
{
    StoreSource *source = data;
    g_free(source->fichier);
    g_free(source->sha256);
    g_free(source->siae);
}

/* The files that were read, in the order of TablesId. */
static GArray *sources_of(const IngestReport *report)
{
    GArray *sources = g_array_new(FALSE, FALSE, sizeof(StoreSource));
    g_array_set_clear_func(sources, free_source);
    for (int32_t i = 0; i < reject_n_files(report); i++) {
        const RejectFile *file = reject_file_at(report, i);
        StoreSource source = {.fichier = g_strdup(file->name),
                              .sha256 = g_strdup(file->sha256),
                              .lignes = file->rows,
                              .rejets = file->rejected,
                              .avertissements = reject_count_warnings(report, i),
                              .refuse = file->refused,
                              .siae = g_strdup(file->siae),
                              .reponse = file->answered && !file->refused};
        if (file->sha256 != NULL)
            g_array_append_val(sources, source);
        else
            free_source(&source);
    }
    return sources;
}

/* The report of a run and where it goes. */
typedef struct {
    IngestReport *report;
    const char *folder, *sortie; /* sortie NULL: beside the input, or on the screen */
    IngestTell tell;
    bool written; /* it lies in its folder */
    bool known;   /* so did all it says, before this run */
    bool more;    /* something was added since it was written */
} Telling;

/* Writes the report. False with FAULT_OUTPUT where sortie was named; else the screen takes it. */
static bool write_report(Telling *telling, GError **error)
{
    g_autoptr(GError) unwritten = NULL;
    const char *place = telling->sortie != NULL ? telling->sortie : telling->folder;
    g_autofree char *path = g_build_filename(place, "rejets.csv", NULL), *earlier = read_earlier(path);
    telling->written = put_rejets(telling->report, place, path, &unwritten) &&
                       (telling->tell == NULL || sender_tell_all(telling->report, telling->tell, place, &unwritten));
    telling->known = telling->written && is_known(path, earlier);
    telling->more = false;
    if (telling->written)
        return true;
    if (telling->sortie != NULL) {
        g_propagate_error(error, g_steal_pointer(&unwritten));
        return false;
    }
    log_warning("%s; name another folder with --sortie", unwritten->message);
    return true;
}

/* A row of the load before that is not in this one: told at its table's own file, unless it is there and wrong. */
static void note_gone(void *data, const char *fichier, const char *cle)
{
    Telling *telling = data;
    if (reject_has_fallen(telling->report, fichier, cle))
        return;
    for (int id = 0; id < TABLES_N; id++) {
        const TablesFile *file = tables_file((TablesId)id);
        if (strcmp(file->name, fichier) == 0)
            reject_add(telling->report, (RejectPlace){.file = id, .column = tables_text_key(file)->name, .value = cle},
                       CONSTAT_DISPARU, NULL, NULL);
    }
    telling->more = true;
}

static bool agree(void *data, GError **error)
{
    Telling *telling = data;
    return !telling->more || write_report(telling, error);
}

/* *unchanged: the campaign's latest load was read from the same files. */
static bool load(Db *db, const Model *model, Telling *telling, bool *unchanged, GError **error)
{
    g_autoptr(GArray) sources = sources_of(telling->report);
    StoreDelivery delivery = {.sources = (const StoreSource *)(const void *)sources->data,
                              .n_sources = (int)sources->len,
                              .gone = note_gone,
                              .agree = agree,
                              .data = telling};
    delivery.incomplets = reject_incompletes(telling->report, &delivery.n_incomplets);
    int32_t numero;
    if (!store_campaign_deliver(db, model, &delivery, &numero, unchanged, error))
        return false;
    if (*unchanged)
        log_info("ingest: campaign '%s': same files as load %d, nothing to do", model->campagne.code, numero);
    else if (model->n_besoins == 0)
        log_warning("campaign '%s': load %d has no need yet; `prisme formulaire` writes the forms to collect them",
                    model->campagne.code, numero);
    else
        log_info("ingest: campaign '%s': load %d, %d needs, %d offers", model->campagne.code, numero, model->n_besoins,
                 model->n_offres);
    return true;
}

bool ingest_run(Db *db, const Settings *settings, const char *folder, const char *sortie, IngestTell tell,
                char **campagne, GError **error)
{
    g_autoptr(IngestReport) report = NULL;
    g_autoptr(GError) unusable = NULL;
    g_autoptr(Model) model = ingest_read_settled(folder, settings, &report, &unusable);
    Telling telling = {.report = report, .folder = folder, .sortie = sortie, .tell = tell};
    bool good = write_report(&telling, error);
    if (good && model == NULL)
        g_propagate_error(error, g_steal_pointer(&unusable));
    bool unchanged = false;
    good = good && model != NULL && load(db, model, &telling, &unchanged, error);
    if (good && unchanged && telling.known)
        log_info("ingest: rejects and warnings are those of the run before, in rejets.csv");
    else
        ingest_report_say(report, !telling.written);
    if (good && campagne != NULL)
        *campagne = g_strdup(model->campagne.code);
    return good;
}
