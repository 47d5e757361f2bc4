/* Files and sheets → tables: see parts.h. */
#include "ingest/parts.h"

#include "ingest/source.h"

#include <string.h>

static void part_free(gpointer data)
{
    Part *part = data;
    g_free(part->path);
    g_free(part->name);
    g_free(part->sheet);
    g_free(part->sender);
    g_free(part);
}

void parts_free(GPtrArray **parts)
{
    for (int id = 0; parts != NULL && id < TABLES_N; id++)
        g_ptr_array_unref(parts[id]);
    g_free(parts);
}

/* ---- names ---- */

static bool parts_words(char c)
{
    return c == '-' || c == '_' || c == ' ';
}

/* Cuts "-v2" or " (2)" off the end of stem; 0 when there is none. */
static int64_t cut_version(char *stem)
{
    size_t n = strlen(stem), end = n;
    bool bracket = n > 0 && stem[n - 1] == ')';
    end -= bracket;
    size_t digits = end;
    while (digits > 0 && g_ascii_isdigit(stem[digits - 1]))
        digits--;
    if (digits == end || digits == 0 || end - digits > 9)
        return 0;
    int64_t version = g_ascii_strtoll(stem + digits, NULL, 10);
    size_t begin = digits - 1;
    bool marked = bracket ? stem[begin] == '(' : (stem[begin] == 'v' || stem[begin] == 'V');
    if (!marked || begin == 0 || (!bracket && !parts_words(stem[begin - 1])))
        return 0;
    while (begin > 0 && parts_words(stem[begin - 1]))
        begin--;
    stem[begin] = '\0';
    return version;
}

bool parts_name(const char *stem, TablesId *id, char **sender, int64_t *version)
{
    g_autofree char *copy = g_strdup(stem);
    size_t longest = 0;
    *version = cut_version(copy);
    for (size_t n = strlen(copy); n > 0 && longest == 0; n--) {
        if (copy[n] != '\0' && !parts_words(copy[n]))
            continue;
        g_autofree char *prefix = g_strndup(copy, n), *folded = field_fold(prefix);
        for (int i = 0; i < TABLES_N; i++) {
            g_autofree char *name =
                                g_strndup(tables_file((TablesId)i)->name, strlen(tables_file((TablesId)i)->name) - 4),
                            *wanted = field_fold(name);
            if (strcmp(wanted, folded) == 0) {
                *id = (TablesId)i;
                longest = n;
            }
        }
    }
    *sender = longest > 0 ? field_fold(copy + longest) : NULL;
    return longest > 0;
}

static char *stem_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot != NULL ? g_strndup(name, (gsize)(dot - name)) : g_strdup(name);
}

/* Files of the folder that are no input and need no word: what prisme writes, and what nobody takes for a table. */
static bool is_ours(const char *name)
{
    static const char *const ours[] = {"rejets",  "sessions",    "seances", "affectations",
                                       "charges", "noncouverts", "bilan"};
    g_autofree char *stem = stem_of(name), *folded = field_fold(stem);
    if (*name == '.' || *name == '~' || g_str_has_prefix(folded, "rapport"))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(ours); i++)
        if (strcmp(folded, ours[i]) == 0)
            return true;
    return false;
}

static bool has_ending(const char *name, const char *const *endings, size_t n)
{
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot != NULL && i < n; i++)
        if (g_ascii_strcasecmp(dot, endings[i]) == 0)
            return true;
    return false;
}

/* ---- the folder ---- */

typedef struct {
    const char *folder;
    IngestReport *report;
    const int32_t *accounts;
    GPtrArray **parts;
} Search;

static void add(const Search *search, TablesId id, const char *file, const char *sheet, int table, char *sender,
                int64_t version, bool whole)
{
    Part *part = g_new0(Part, 1);
    part->path = g_build_filename(search->folder, file, NULL);
    part->name = sheet != NULL ? g_strdup_printf("%s, %s", file, sheet) : g_strdup(file);
    part->sheet = g_strdup(sheet);
    part->sender = sender;
    part->version = version;
    part->table = table;
    part->whole = whole;
    g_ptr_array_add(search->parts[id], part);
}

static int first_visible(const Source *source)
{
    for (int i = 0; source != NULL && i < source_n_tables(source); i++)
        if (!source_table_hidden(source, i))
            return i;
    return 0;
}

/* The tables of a workbook; false when it holds none that is known. */
static bool add_sheets(const Search *search, const char *file, bool named, TablesId own, const char *own_sender,
                       int64_t own_version)
{
    SourceRecord refusal;
    g_autofree char *path = g_build_filename(search->folder, file, NULL), *stem = stem_of(file);
    g_autoptr(Source) source = source_open(path, &refusal, NULL);
    bool found = false;
    for (int i = 0; source != NULL && i < source_n_tables(source); i++) {
        const char *sheet = source_table_name(source, i);
        TablesId id;
        char *sender = NULL;
        int64_t version = 0;
        if (sheet == NULL || source_table_hidden(source, i) || !parts_name(sheet, &id, &sender, &version))
            continue;
        bool whole = false;
        char *origin = NULL;
        if (source_origin(source, i, &origin, &version)) {
            whole = true;
            g_free(sender);
            sender = origin;
        } else if (*sender == '\0') {
            g_free(sender);
            sender = named ? g_strdup(own_sender) : field_fold(stem);
            version = own_version;
        }
        add(search, id, file, source_n_tables(source) > 1 ? sheet : NULL, i, sender, version, whole);
        found = true;
    }
    if (!found && named)
        add(search, own, file, NULL, first_visible(source), g_strdup(own_sender), own_version, false);
    else if (!found && source == NULL) {
        int32_t account = reject_file(search->report, file);
        reject_file_at(search->report, account)->of_sender = true;
        reject_file_at(search->report, account)->path = g_strdup(path);
        reject_refuse(search->report, (RejectPlace){.file = account}, refusal.constat, refusal.detail, NULL);
        return true;
    }
    return found || named;
}

static void add_file(const Search *search, const char *file)
{
    static const char *const texts[] = {".csv", ".tsv", ".txt"}, *const books[] = {".xlsx", ".xlsm", ".xls", ".ods",
                                                                                   ".xml"};
    g_autofree char *stem = stem_of(file), *sender = NULL, *path = g_build_filename(search->folder, file, NULL);
    TablesId id = TABLES_CAMPAGNE;
    int64_t version = 0;
    bool text = has_ending(file, texts, G_N_ELEMENTS(texts)), book = has_ending(file, books, G_N_ELEMENTS(books));
    if ((!text && !book) || is_ours(file))
        return;
    bool named = parts_name(stem, &id, &sender, &version);
    if (source_has_tables(path)) {
        if (add_sheets(search, file, named, id, sender, version))
            return;
    } else if (named) {
        add(search, id, file, NULL, 0, g_steal_pointer(&sender), version, false);
        return;
    }
    if (!g_str_has_suffix(file, ".txt"))
        reject_add(search->report, (RejectPlace){.file = reject_file(search->report, file)}, CONSTAT_FICHIER_INCONNU,
                   NULL, NULL);
}

static int compare_parts(gconstpointer a, gconstpointer b)
{
    const Part *x = *(Part *const *)a, *y = *(Part *const *)b;
    int order = strcmp(x->sender, y->sender);
    if (order == 0)
        order = (x->version > y->version) - (x->version < y->version);
    return order != 0 ? order : strcmp(x->name, y->name);
}

/* The account of a part in the report: the table's own for the coordinator's only file, else one of its name. */
static int32_t account_of(const Search *search, TablesId id, const Part *part)
{
    bool sender = *part->sender != '\0';
    g_autofree char *folded = field_fold(part->name), *wanted = field_fold(tables_file(id)->name);
    int32_t account = sender || part->version != 0 ? reject_file(search->report, part->name) : search->accounts[id];
    if (strcmp(folded, wanted) != 0)
        reject_rename(search->report, account, part->name);
    RejectFile *file = reject_file_at(search->report, account);
    file->of_sender = sender;
    file->path = g_strdup(part->path);
    file->sheet = g_strdup(part->sheet);
    file->table = part->table;
    file->file = tables_file(id);
    return account;
}

static void refuse_twice(const Search *search, TablesId id, const Part *part, const Part *other)
{
    const char *table = tables_file(id)->name;
    g_autofree char *both = g_strdup_printf("%s, %s", part->name, other->name),
                    *stem = g_strndup(table, strlen(table) - strlen(".csv"));
    if (!reject_file_at(search->report, part->account)->refused)
        reject_refuse(search->report, (RejectPlace){.file = part->account}, CONSTAT_FICHIER_DOUBLE, both, stem);
}

/* Of files of the same table, sender and version none is read; of a sender's whole versions only the last. */
static void settle(const Search *search, TablesId id)
{
    GPtrArray *parts = search->parts[id];
    g_ptr_array_sort(parts, compare_parts);
    for (guint i = 0; i < parts->len; i++) {
        Part *part = parts->pdata[i], *next = i + 1 < parts->len ? parts->pdata[i + 1] : NULL;
        Part *before = i > 0 ? parts->pdata[i - 1] : NULL;
        bool twice = before != NULL && before->version == part->version && strcmp(before->sender, part->sender) == 0;
        part->account = twice ? before->account : account_of(search, id, part);
        if (twice)
            refuse_twice(search, id, before, part);
        if (next != NULL && next->whole && next->version > part->version && strcmp(next->sender, part->sender) == 0) {
            reject_add(search->report, (RejectPlace){.file = part->account}, CONSTAT_FICHIER_REMPLACE, next->name,
                       NULL);
            part->replaced = true;
        }
    }
    for (guint i = parts->len; i-- > 0;) {
        const Part *part = parts->pdata[i];
        if (part->replaced || reject_file_at(search->report, part->account)->refused)
            g_ptr_array_remove_index(parts, i);
    }
}

GPtrArray **parts_find(const char *path, const GPtrArray *names, IngestReport *report, const int32_t *accounts)
{
    GPtrArray **parts = g_new0(GPtrArray *, TABLES_N);
    Search search = {path, report, accounts, parts};
    for (int id = 0; id < TABLES_N; id++)
        parts[id] = g_ptr_array_new_with_free_func(part_free);
    for (guint i = 0; i < names->len; i++)
        add_file(&search, names->pdata[i]);
    for (int id = 0; id < TABLES_N; id++)
        settle(&search, (TablesId)id);
    return parts;
}
