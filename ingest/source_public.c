/* Public CSV lists: see source_public.h. Each is a row of `lists`; what is not named there is not read. */
#include "ingest/source_public.h"

#include "ingest/field.h"

#include <string.h>

enum { COLUMNS_MAX = 6 };

typedef enum { AS_IS, LATITUDE, LONGITUDE, TRUTH } Reading;

/* One column of the table, and the cell it comes from. */
typedef struct {
    const char *to;
    const char *from[3]; /* folded names, the first that is there; NULL-ended */
    Reading reading;
} Column;

typedef struct {
    const char *name;
    const char *table;
    bool completes;
    const char *marks[2]; /* folded names its header is told by */
    Column columns[COLUMNS_MAX];
} List;

/* Sources: La Poste, "base officielle des codes postaux"; data.gouv.fr, "liste publique des organismes de formation"
 * (L6351-7-1 of the Code du travail). The first column is the key: a later row with it adds nothing. */
static const List lists[] = {
    {"base des codes postaux (hexasmal)",
     "communes",
     false,
     {"codecommuneinsee", "coordonneesgps"},
     {{"code_insee", {"codecommuneinsee"}, AS_IS},
      {"nom", {"nomcommune", "nomdelacommune"}, AS_IS},
      {"latitude", {"coordonneesgps"}, LATITUDE},
      {"longitude", {"coordonneesgps"}, LONGITUDE}}},
    {"liste publique des organismes de formation",
     "organismes",
     true,
     {"numerodeclarationactivite", "siretetablissementdeclarant"},
     {{"siret", {"siretetablissementdeclarant"}, AS_IS},
      {"nda", {"numerodeclarationactivite"}, AS_IS},
      {"raison_sociale", {"denomination"}, AS_IS},
      {"qualiopi", {"certifications.actionsdeformation"}, TRUTH}}},
};

typedef struct {
    const List *list;
    void *csv; /* of source_csv_form */
    int n_columns;
    int at[COLUMNS_MAX]; /* where each stands in the list; -1 = nowhere */
    bool begun;          /* the header was told */
    GHashTable *seen;    /* keys told, owned */
    GString *texts;      /* the cells of the row that is told */
    char *cells[COLUMNS_MAX];
} Book;

/* The list whose header line begins the text, or NULL. */
static const List *list_of(const char *head, size_t n)
{
    const char *end = memchr(head, '\n', n);
    g_autofree char *line = g_utf8_make_valid(head, (gssize)(end != NULL ? (size_t)(end - head) : n));
    g_autofree char *folded = field_fold(line);
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
        if (strstr(folded, lists[i].marks[0]) != NULL && strstr(folded, lists[i].marks[1]) != NULL)
            return &lists[i];
    return NULL;
}

static bool recognizes(const char *head, size_t n)
{
    return list_of(head, n) != NULL;
}

static void close_book(void *data)
{
    Book *book = data;
    source_csv_form.close(book->csv);
    g_hash_table_unref(book->seen);
    g_string_free(book->texts, TRUE);
    g_free(book);
}

static void *open_book(const char *path, SourceRecord *refusal, GError **error)
{
    void *csv = source_csv_form.open(path, refusal, error);
    if (csv == NULL)
        return NULL;
    Book *book = g_new0(Book, 1);
    book->csv = csv;
    book->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    book->texts = g_string_new(NULL);
    return book;
}

static int n_tables(void *data)
{
    (void)data;
    return 1;
}

static bool start(void *data, int table, const TablesFile *file, GError **error)
{
    (void)file; /* its names are not those of the list: the delimiter is told without */
    Book *book = data;
    book->begun = false;
    g_hash_table_remove_all(book->seen);
    return source_csv_form.start(book->csv, table, NULL, error);
}

/* Finds the list and its columns in a header. */
static void take_header(Book *book, const SourceRecord *record)
{
    g_autoptr(GString) line = g_string_new(NULL);
    for (int i = 0; i < record->n_cells; i++)
        g_string_append_printf(line, "%s;", record->cells[i]);
    book->list = list_of(line->str, line->len);
    for (book->n_columns = 0; book->list != NULL && book->n_columns < COLUMNS_MAX; book->n_columns++) {
        const Column *column = &book->list->columns[book->n_columns];
        if (column->to == NULL)
            break;
        book->at[book->n_columns] = -1;
        for (int i = 0; i < record->n_cells; i++) {
            g_autofree char *folded = field_fold(record->cells[i] + (*record->cells[i] == '#'));
            for (int f = 0; column->from[f] != NULL; f++)
                if (strcmp(column->from[f], folded) == 0)
                    book->at[book->n_columns] = i;
        }
    }
}

/* Appends what a column makes of its cell. */
static void append(GString *out, Reading reading, const char *text)
{
    const char *comma = strchr(text, ',');
    if (reading == AS_IS)
        g_string_append(out, text);
    else if (reading == TRUTH)
        g_string_append(out, g_ascii_strcasecmp(text, "true") == 0 ? "oui" : *text != '\0' ? "non" : "");
    else if (comma != NULL && reading == LATITUDE)
        g_string_append_len(out, text, comma - text);
    else if (comma != NULL)
        g_string_append(out, comma + 1);
}

static SourceResult tell(Book *book, SourceRecord *record, const SourceRecord *from)
{
    gsize starts[COLUMNS_MAX];
    g_string_truncate(book->texts, 0);
    for (int i = 0; i < book->n_columns; i++) {
        int at = book->at[i];
        starts[i] = book->texts->len;
        if (from == NULL)
            g_string_append(book->texts, book->list->columns[i].to);
        else if (at >= 0 && at < from->n_cells)
            append(book->texts, book->list->columns[i].reading, from->cells[at]);
        g_string_append_c(book->texts, '\0');
    }
    for (int i = 0; i < book->n_columns; i++)
        book->cells[i] = book->texts->str + starts[i];
    record->cells = book->cells;
    record->n_cells = book->n_columns;
    record->cut = false;
    return SOURCE_RECORD;
}

static SourceResult next(void *data, SourceRecord *record, GError **error)
{
    Book *book = data;
    SourceResult result;
    while ((result = source_csv_form.next(book->csv, record, error)) == SOURCE_RECORD) {
        if (!book->begun) {
            take_header(book, record);
            book->begun = book->list != NULL;
            if (book->begun)
                return tell(book, record, NULL);
            continue;
        }
        const char *key = book->at[0] >= 0 && book->at[0] < record->n_cells ? record->cells[book->at[0]] : "";
        if (field_is_blank(key) || !g_hash_table_add(book->seen, g_strdup(key)))
            continue;
        const SourceRecord from = *record;
        return tell(book, record, &from);
    }
    return result;
}

static const char *table_name(void *data, int table)
{
    (void)table;
    SourceRecord record;
    Book *book = data;
    if (book->list == NULL && start(book, 0, NULL, NULL))
        next(book, &record, NULL);
    return book->list != NULL ? book->list->table : "";
}

static bool completes(void *data)
{
    Book *book = data;
    table_name(book, 0);
    return book->list != NULL && book->list->completes;
}

static const char *sha256(void *data)
{
    return source_csv_form.sha256(((Book *)data)->csv);
}

const SourceForm source_public_form = {
    .name = "liste publique",
    .recognizes = recognizes,
    .open = open_book,
    .close = close_book,
    .n_tables = n_tables,
    .table_name = table_name,
    .completes = completes,
    .start = start,
    .next = next,
    .sha256 = sha256,
};
