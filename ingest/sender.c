/* One report a file: see sender.h. */
#include "ingest/sender.h"

#include "ingest/parts.h"
#include "ingest/source.h"

#include <string.h>

enum {
    ABOVE = 10,     /* first rows that an abridged copy keeps: titles and header */
    NAME_MOST = 200 /* bytes of a report's name: file systems take 255, endings of ours included */
};

/* What is wrong with one table. */
static void add_constats(RapportFichier *rapport, RapportTable *table, IngestReport *report, int32_t file)
{
    int n;
    const RejectLine *lines = reject_lines(report, &n);
    int low = 0, high = n;
    while (low < high) { /* the first of the file's lines, which stand together */
        int middle = low + (high - low) / 2;
        if (lines[middle].place.file < file)
            low = middle + 1;
        else
            high = middle;
    }
    for (int i = low; i < n && lines[i].place.file == file; i++) {
        const RejectPlace *place = &lines[i].place;
        RapportConstat constat = {
            .ligne = place->line,
            .cellule = place->cell,
            .colonne = place->column,
            .valeur = place->value,
            .code = constat_code(lines[i].constat),
            .avertissement = constat_is_warning(lines[i].constat),
        };
        constat.probleme = reject_problem(&lines[i]);
        constat.remede = reject_remedy(&lines[i]);
        g_array_append_val(table->constats, constat);
        rapport->n_constats++;
    }
}

static void add_row(RapportTable *table, const SourceRecord *record)
{
    RapportLigne row = {record->line, g_new0(char *, (gsize)record->n_cells + 1)};
    for (int i = 0; i < record->n_cells; i++)
        row.cellules[i] = g_strdup(record->cells[i]);
    g_array_append_val(table->lignes, row);
}

/* Of a long table only rows that are spoken of stay, and those above the first of them that may be its header. */
static void abridge(RapportTable *table)
{
    guint constat = 0, kept = 0;
    table->abregee = true;
    for (guint i = 0; i < table->lignes->len; i++) {
        RapportLigne *row = &g_array_index(table->lignes, RapportLigne, i), held = *row;
        while (constat < table->constats->len &&
               g_array_index(table->constats, RapportConstat, constat).ligne < row->ligne)
            constat++;
        bool spoken = constat < table->constats->len &&
                      g_array_index(table->constats, RapportConstat, constat).ligne == row->ligne;
        if (!spoken && i >= ABOVE)
            continue;
        *row = g_array_index(table->lignes, RapportLigne, kept);
        g_array_index(table->lignes, RapportLigne, kept++) = held;
    }
    g_array_set_size(table->lignes, kept);
}

/* The sender's own table again; what cannot be read a second time is left out. */
static void add_copy(RapportTable *table, const RejectFile *file)
{
    SourceRecord record;
    g_autoptr(Source) source = source_open(file->path, &record, NULL);
    bool abridged = false;
    if (source == NULL || !source_start(source, file->table, file->file, NULL))
        return;
    guint spoken = 0;
    for (SourceResult result; (result = source_next(source, &record, NULL)) != SOURCE_ENDED;) {
        if (result == SOURCE_REFUSED || result == SOURCE_BROKEN)
            break;
        if (result == SOURCE_FAULTY)
            continue;
        while (spoken < table->constats->len &&
               g_array_index(table->constats, RapportConstat, spoken).ligne < record.line)
            spoken++;
        bool wanted = spoken < table->constats->len &&
                      g_array_index(table->constats, RapportConstat, spoken).ligne == record.line;
        if (!abridged || wanted)
            add_row(table, &record);
        if (table->lignes->len == SENDER_ROWS_MAX) {
            if (abridged)
                break;
            abridge(table);
            abridged = true;
        }
    }
}

static bool is_free(GHashTable *names, const char *name)
{
    return strlen(name) <= NAME_MOST && !g_hash_table_contains(names, name);
}

/* "rapport-besoins"; where two files differ only in their endings, with the ending; where that is taken too, or too
 * long, the beginning and a sum of the whole. names: those taken so far. */
static char *name_of(GHashTable *names, const char *file)
{
    g_autofree char *stem = parts_stem(file);
    char *name = g_strdup_printf("rapport-%s", stem);
    if (!is_free(names, name)) {
        g_free(name);
        name = g_strdup_printf("rapport-%s", file);
        g_strdelimit(name, ".", '-');
    }
    if (!is_free(names, name)) {
        g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, file, -1);
        const char *end = name + MIN(strlen(name), NAME_MOST - 9); /* of whole letters */
        while (end > name && (*end & 0xC0) == 0x80)
            end--;
        char *whole = g_strdup_printf("%.*s-%.8s", (int)(end - name), name, sum);
        g_free(name);
        name = whole;
    }
    g_hash_table_add(names, g_strdup(name));
    return name;
}

static int compare_files(gconstpointer a, gconstpointer b, gpointer data)
{
    const IngestReport *report = data;
    const RejectFile *x = reject_file_at(report, *(const int32_t *)a), *y = reject_file_at(report, *(const int32_t *)b);
    int order = strcmp(x->path, y->path);
    return order != 0 ? order : x->table - y->table;
}

bool sender_tell_all(IngestReport *report, IngestTell tell, const char *sortie, GError **error)
{
    g_autoptr(GArray) files = g_array_new(FALSE, FALSE, sizeof(int32_t));
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int32_t i = 0; i < reject_n_files(report); i++)
        if (reject_file_at(report, i)->path != NULL)
            g_array_append_val(files, i);
    g_array_sort_with_data(files, compare_files, report);
    for (guint i = 0, end; i < files->len; i = end) {
        const RejectFile *first = reject_file_at(report, g_array_index(files, int32_t, i));
        g_autofree char *rapport_name = name_of(names, first->fichier);
        g_autoptr(RapportFichier) rapport = rapport_new(first->fichier, rapport_name);
        for (end = i; end < files->len; end++) {
            int32_t account = g_array_index(files, int32_t, end);
            const RejectFile *file = reject_file_at(report, account);
            if (strcmp(file->path, first->path) != 0)
                break;
            RapportTable *table = rapport_table(rapport, file->sheet);
            add_constats(rapport, table, report, account);
            if (table->constats->len > 0 && !file->secret)
                add_copy(table, file);
        }
        if (!tell(rapport, sortie, error))
            return false;
    }
    return true;
}
