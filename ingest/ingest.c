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

Model *ingest_read(const char *folder, int32_t seuil_rejets, IngestReport **report, GError **error)
{
    *report = reject_new();
    Folder read;
    int n_lines;
    folder_init(&read, *report);
    read.context.seuil_rejets = seuil_rejets;
    bool good = folder_read(&read, folder, error);
    reject_lines(*report, &n_lines);
    Model *model = good && is_usable(&read, folder, seuil_rejets, error) ? build_model(&read) : NULL;
    folder_clear(&read);
    return model;
}

/* rejets.csv of this run, or none: an earlier run's is no longer true. */
static bool put_rejets(const IngestReport *report, const char *sortie, GError **error)
{
    g_autofree char *path = g_build_filename(sortie, "rejets.csv", NULL);
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

static void free_source(gpointer data)
{
    StoreSource *source = data;
    g_free(source->fichier);
    g_free(source->sha256);
}

/* The files that were read, in the order of TablesId. */
static GArray *sources_of(const IngestReport *report)
{
    GArray *sources = g_array_new(FALSE, FALSE, sizeof(StoreSource));
    g_array_set_clear_func(sources, free_source);
    for (int32_t i = 0; i < reject_n_files(report); i++) {
        const RejectFile *file = reject_file_at(report, i);
        StoreSource source = {g_strdup(file->name), g_strdup(file->sha256), file->rows, file->rejected};
        if (file->sha256 != NULL)
            g_array_append_val(sources, source);
        else
            free_source(&source);
    }
    return sources;
}

static bool load(Db *db, const Model *model, const IngestReport *report, GError **error)
{
    g_autoptr(GArray) sources = sources_of(report);
    int32_t numero;
    bool unchanged;
    if (!store_campaign_save(db, model, (const StoreSource *)(const void *)sources->data, (int)sources->len, &numero,
                             &unchanged, error))
        return false;
    if (unchanged)
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
    g_autoptr(Model) model = ingest_read(folder, settings->seuil_rejets, &report, &unusable);
    g_autoptr(GError) unwritten = NULL;
    const char *place = sortie != NULL ? sortie : folder;
    bool written =
        put_rejets(report, place, &unwritten) && (tell == NULL || sender_tell_all(report, tell, place, &unwritten));
    ingest_report_say(report, !written);
    if (!written && sortie != NULL) {
        g_propagate_error(error, g_steal_pointer(&unwritten));
        return false;
    }
    if (!written)
        log_warning("%s; name another folder with --sortie", unwritten->message);
    if (model == NULL) {
        g_propagate_error(error, g_steal_pointer(&unusable));
        return false;
    }
    if (!load(db, model, report, error))
        return false;
    if (campagne != NULL)
        *campagne = g_strdup(model->campagne.code);
    return true;
}
