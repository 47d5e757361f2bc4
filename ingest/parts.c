/* Files and sheets → tables: see parts.h. */
#include "ingest/parts.h"

#include "config/fault.h"
#include "ingest/header.h"
#include "ingest/source.h"

#include <errno.h>
#include <string.h>

static void part_free(gpointer data)
{
    Part *part = data;
    g_free(part->path);
    g_free(part->file);
    g_free(part->name);
    g_free(part->sheet);
    g_free(part->sender);
    g_free(part->campagne);
    g_free(part->siae);
    g_free(part->sha256);
    g_free(part);
}

void parts_free(GPtrArray **parts)
{
    for (int id = 0; parts != NULL && id < TABLES_N; id++)
        g_ptr_array_unref(parts[id]);
    g_free(parts);
}

/* ---- names ---- */

char *parts_stem(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot != NULL ? g_strndup(name, (gsize)(dot - name)) : g_strdup(name);
}

/* The name of a table, folded. */
static char *table_word(TablesId id)
{
    g_autofree char *stem = parts_stem(tables_file(id)->name);
    return field_fold(stem);
}

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
            g_autofree char *wanted = table_word((TablesId)i);
            if (strcmp(wanted, folded) == 0) {
                *id = (TablesId)i;
                longest = n;
            }
        }
    }
    *sender = longest > 0 ? field_fold(copy + longest) : NULL;
    return longest > 0;
}

/* complement-TABLE: cells for the rows of a table, by their key. */
static bool is_complement(const char *stem, TablesId *id)
{
    static const char word[] = "complement";
    g_autofree char *folded = field_fold(stem);
    if (!g_str_has_prefix(folded, word))
        return false;
    for (int i = 0; i < TABLES_N; i++) {
        g_autofree char *wanted = table_word((TablesId)i);
        if (strcmp(folded + strlen(word), wanted) == 0 && tables_text_key(tables_file((TablesId)i)) != NULL) {
            *id = (TablesId)i;
            return true;
        }
    }
    return false;
}

/* Files of the folder that are no input and need no word: what prisme writes, and what nobody takes for a table. Other
 * endings of these names may be a sender's. */
static bool is_ours(const char *name)
{
    static const char *const ours[] = {"rejets.csv",  "sessions.csv",     "seances.csv", "affectations.csv",
                                       "charges.csv", "non_couverts.csv", "bilan.csv",   "preuve.json"};
    if (*name == '.' || *name == '~')
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(ours); i++)
        if (g_ascii_strcasecmp(name, ours[i]) == 0)
            return true;
    return g_str_has_prefix(name, "rapport-") && (g_str_has_suffix(name, ".csv") || g_str_has_suffix(name, ".xlsx"));
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

/* A file of the folder. */
typedef struct {
    char *path;
    char *name; /* as it is told */
} Entry;

static void entry_free(gpointer data)
{
    Entry *entry = data;
    g_free(entry->path);
    g_free(entry->name);
    g_free(entry);
}

static int compare_entries(gconstpointer a, gconstpointer b)
{
    return strcmp((*(const Entry *const *)a)->name, (*(const Entry *const *)b)->name);
}

/* A name that is not UTF-8 as people see it where it was given, unless another file is called so; then by its bytes. */
static char *told_name(const char *bytes, GHashTable *taken)
{
    g_autofree char *name = g_convert(bytes, -1, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
    return name != NULL && !g_hash_table_contains(taken, name) ? g_steal_pointer(&name) : g_strescape(bytes, NULL);
}

/* The entries of a folder, by name. */
static GPtrArray *list_entries(const char *path, GError **error)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    if (dir == NULL) {
        g_set_error(error, FAULT, FAULT_INPUT, "could not read folder '%s': %s", path, g_strerror(errno));
        return NULL;
    }
    GPtrArray *entries = g_ptr_array_new_with_free_func(entry_free);
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    for (const char *bytes; (bytes = g_dir_read_name(dir)) != NULL;) {
        Entry *entry = g_new(Entry, 1);
        *entry = (Entry){g_build_filename(path, bytes, NULL), g_strdup(bytes)};
        g_ptr_array_add(entries, entry);
        if (g_utf8_validate(bytes, -1, NULL))
            g_hash_table_add(taken, entry->name);
    }
    for (guint i = 0; i < entries->len; i++) {
        Entry *entry = entries->pdata[i];
        if (g_utf8_validate(entry->name, -1, NULL))
            continue;
        char *bytes = entry->name;
        entry->name = told_name(bytes, taken);
        g_free(bytes);
    }
    g_ptr_array_sort(entries, compare_entries);
    return entries;
}

typedef struct {
    IngestReport *report;
    const int32_t *accounts;
    GPtrArray **parts;
    GError **broken; /* set: the machine could not read a file */
} Search;

static Part *add(const Search *search, TablesId id, const Entry *file, const char *sheet, int table, char *sender,
                 int64_t version, bool whole)
{
    Part *part = g_new0(Part, 1);
    part->path = g_strdup(file->path);
    part->file = g_strdup(file->name);
    part->name = sheet != NULL ? g_strdup_printf("%s, %s", file->name, sheet) : g_strdup(file->name);
    part->sheet = g_strdup(sheet);
    part->sender = sender;
    part->version = version;
    part->table = table;
    part->whole = whole;
    g_ptr_array_add(search->parts[id], part);
    return part;
}

/* ---- workbooks ---- */

/* Which sheets of a workbook were taken for tables; its account, begun when there is something to say. */
typedef struct {
    const Search *search;
    const char *file; /* its name */
    bool *taken;
    int32_t account; /* -1: nothing was said yet */
} Workbook;

static RejectPlace place_of(Workbook *workbook)
{
    if (workbook->account < 0) {
        workbook->account = reject_file(workbook->search->report, workbook->file);
        reject_file_at(workbook->search->report, workbook->account)->of_sender = true;
    }
    return (RejectPlace){.file = workbook->account};
}

/* Rows of a sheet: 0 none, 1 none that is a header of the table, 2 one that is. id TABLES_N: any row is no header. */
static int sheet_holds(Source *source, int sheet, TablesId id)
{
    SourceRecord record;
    int holds = 0;
    if (!source_start(source, sheet, NULL, NULL))
        return 0;
    for (int i = 0; i < HEADER_WITHIN && holds < 2 && source_next(source, &record, NULL) == SOURCE_RECORD; i++) {
        holds = 1;
        if (id == TABLES_N)
            return holds;
        if (header_score(tables_file(id), record.cells, record.n_cells) >= header_enough(tables_file(id)))
            holds = 2;
    }
    return holds;
}

/* The sheet of a workbook named as table id where no sheet is: the only visible one with its header, else the first
 * visible one, which tells what is missing. -1, said, where several have it. */
static int sheet_of(Workbook *workbook, Source *source, TablesId id)
{
    int with_header = -1, first = -1;
    g_autoptr(GString) names = g_string_new(NULL);
    bool several = false;
    for (int i = 0; i < source_n_tables(source); i++) {
        if (source_table_hidden(source, i))
            continue;
        first = first < 0 ? i : first;
        if (sheet_holds(source, i, id) < 2)
            continue;
        several = several || with_header >= 0;
        with_header = i;
        g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", source_table_name(source, i));
    }
    if (several) {
        reject_refuse(workbook->search->report, place_of(workbook), CONSTAT_FEUILLE_AMBIGUE, names->str, NULL);
        return -1;
    }
    return with_header >= 0 ? with_header : MAX(first, 0);
}

/* Sheets that hold something and were not taken must not go unseen. */
static void warn_of_sheets(Workbook *workbook, Source *source)
{
    for (int i = 0; i < source_n_tables(source); i++)
        if (!workbook->taken[i] && sheet_holds(source, i, TABLES_N) > 0)
            reject_add(workbook->search->report, place_of(workbook),
                       source_table_hidden(source, i) ? CONSTAT_FEUILLE_MASQUEE : CONSTAT_FEUILLE_INCONNUE,
                       source_table_name(source, i), NULL);
}

static void add_form(const Search *search, const Entry *file, const Source *source, const SourceOrigin *origin)
{
    char *sender = g_strdup_printf("%s (formulaire %s)", origin->siae, origin->campagne);
    Part *part = add(search, TABLES_BESOINS, file, NULL, 0, sender, origin->version, true);
    part->campagne = g_strdup(origin->campagne);
    part->siae = g_strdup(origin->siae);
    part->sha256 = g_strdup(source_sha256(source));
}

/* A workbook that cannot be opened and is named as no table: a form, perhaps. */
static void refuse_workbook(const Search *search, const Entry *file, const SourceRecord *refusal)
{
    int32_t account = reject_file(search->report, file->name);
    reject_file_at(search->report, account)->of_sender = true;
    reject_file_at(search->report, account)->path = g_strdup(file->path);
    reject_file_at(search->report, account)->fichier = g_strdup(file->name);
    reject_refuse(search->report, (RejectPlace){.file = account}, refusal->constat, refusal->detail, NULL);
}

/* The tables of a workbook; false when it holds none that is known. */
static bool add_sheets(const Search *search, const Entry *file, bool named, TablesId own, const char *own_sender,
                       int64_t own_version)
{
    SourceRecord refusal;
    SourceOrigin origin;
    g_autofree char *stem = parts_stem(file->name);
    g_autoptr(Source) source = source_open(file->path, &refusal, search->broken);
    if (source == NULL) {
        if (*search->broken != NULL)
            return true;
        if (named) /* reading it will tell why it cannot be */
            add(search, own, file, NULL, 0, g_strdup(own_sender), own_version, false);
        else
            refuse_workbook(search, file, &refusal);
        return true;
    }
    if (source_completes(source)) {
        TablesId id = TABLES_N;
        char *sender = NULL;
        int64_t version;
        bool known = parts_name(source_table_name(source, 0), &id, &sender, &version);
        g_assert(known);
        g_free(sender);
        add(search, id, file, NULL, 0, g_strdup(file->name), 0, false)->completes = true;
        return true;
    }
    if (source_origin(source, 0, &origin)) {
        add_form(search, file, source, &origin);
        return true;
    }
    g_autofree bool *taken = g_new0(bool, (gsize)source_n_tables(source));
    Workbook workbook = {search, file->name, taken, -1};
    bool found = false;
    for (int i = 0; i < source_n_tables(source); i++) {
        const char *sheet = source_table_name(source, i);
        TablesId id;
        char *sender = NULL;
        int64_t version = 0;
        if (!parts_name(sheet, &id, &sender, &version))
            continue;
        if (*sender == '\0') {
            g_free(sender);
            sender = named ? g_strdup(own_sender) : field_fold(stem);
            version = own_version;
        }
        add(search, id, file, source_n_tables(source) > 1 ? sheet : NULL, i, sender, version, false);
        taken[i] = found = true;
    }
    int sheet = !found && named ? sheet_of(&workbook, source, own) : -1;
    if (sheet >= 0) {
        add(search, own, file, NULL, sheet, g_strdup(own_sender), own_version, false);
        taken[sheet] = true;
    }
    if (found || sheet >= 0)
        warn_of_sheets(&workbook, source);
    return found || named;
}

static void add_file(const Search *search, const Entry *file)
{
    static const char *const texts[] = {".csv", ".tsv", ".txt"}, *const books[] = {".xlsx", ".xlsm", ".xls",
                                                                                   ".ods",  ".json", ".xml"};
    const char *name = file->name;
    g_autofree char *stem = parts_stem(name), *sender = NULL;
    TablesId id = TABLES_CAMPAGNE;
    int64_t version = 0;
    bool text = has_ending(name, texts, G_N_ELEMENTS(texts)), book = has_ending(name, books, G_N_ELEMENTS(books));
    if ((!text && !book) || is_ours(name))
        return;
    if (is_complement(stem, &id)) {
        add(search, id, file, NULL, 0, g_strdup(name), 0, false)->completes = true;
        return;
    }
    bool named = parts_name(stem, &id, &sender, &version);
    bool tables = source_has_tables(file->path, search->broken);
    if (*search->broken != NULL || (tables && add_sheets(search, file, named, id, sender, version)))
        return;
    if (!tables && named) {
        add(search, id, file, NULL, 0, g_steal_pointer(&sender), version, false);
        return;
    }
    if (!g_str_has_suffix(name, ".txt"))
        reject_add(search->report, (RejectPlace){.file = reject_file(search->report, name)}, CONSTAT_FICHIER_INCONNU,
                   NULL, NULL);
}

static int compare_parts(gconstpointer a, gconstpointer b)
{
    const Part *x = *(Part *const *)a, *y = *(Part *const *)b;
    int order = strcmp(x->sender, y->sender);
    if (order == 0)
        order = (x->version > y->version) - (x->version < y->version);
    if (order == 0)
        order = g_strcmp0(x->sha256, y->sha256);
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
    file->fichier = g_strdup(part->file);
    file->sheet = g_strdup(part->sheet);
    file->table = part->table;
    file->file = tables_file(id);
    return account;
}

static void refuse_twice(const Search *search, TablesId id, const Part *part, const Part *other)
{
    g_autofree char *both = g_strdup_printf("%s, %s", part->name, other->name),
                    *stem = parts_stem(tables_file(id)->name);
    if (!reject_file_at(search->report, part->account)->refused)
        reject_refuse(search->report, (RejectPlace){.file = part->account},
                      part->whole ? CONSTAT_FORM_DOUBLE : CONSTAT_FICHIER_DOUBLE, both, stem);
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
        if (twice && part->whole && g_strcmp0(part->sha256, before->sha256) == 0) {
            reject_add(search->report, (RejectPlace){.file = part->account}, CONSTAT_FORM_IDENTIQUE, part->name, NULL);
            part->replaced = true;
        } else if (twice)
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

GPtrArray **parts_find(const char *path, IngestReport *report, const int32_t *accounts, GError **error)
{
    g_autoptr(GPtrArray) entries = list_entries(path, error);
    if (entries == NULL)
        return NULL;
    GPtrArray **parts = g_new0(GPtrArray *, TABLES_N);
    GError *broken = NULL;
    Search search = {report, accounts, parts, &broken};
    for (int id = 0; id < TABLES_N; id++)
        parts[id] = g_ptr_array_new_with_free_func(part_free);
    for (guint i = 0; i < entries->len && broken == NULL; i++)
        add_file(&search, entries->pdata[i]);
    if (broken != NULL) {
        parts_free(parts);
        g_propagate_error(error, broken);
        return NULL;
    }
    for (int id = 0; id < TABLES_N; id++)
        settle(&search, (TablesId)id);
    return parts;
}
