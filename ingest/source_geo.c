/* Communes of geo.api.gouv.fr: see source_public.h. The only user of json-glib. */
#include "ingest/source_public.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define FILE_MAX (INT64_C(64) << 20) /* bytes; the whole country without outlines takes 12 MB */

enum { COLUMNS = 4, DEPTH_MAX = 32 };

typedef struct {
    JsonParser *parser;
    JsonArray *communes; /* of the parser */
    guint next;          /* 0: the header */
    char *cells[COLUMNS];
    char texts[COLUMNS][1024];
} Book;

static bool recognizes(const char *head, size_t n)
{
    size_t blanks = 0;
    while (blanks < n && g_ascii_isspace(head[blanks]))
        blanks++;
    return blanks < n && head[blanks] == '[' && memmem(head, n, "\"code\"", 6) != NULL &&
           memmem(head, n, "\"nom\"", 5) != NULL;
}

static void close_book(void *data)
{
    Book *book = data;
    g_object_unref(book->parser);
    g_free(book);
}

/* The parser calls itself for each level: a text nested deeper than any list of communes never reaches it. */
static bool is_shallow(const char *text, size_t n)
{
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < n && depth <= DEPTH_MAX; i++)
        if (quoted) {
            quoted = text[i] != '"';
            i += text[i] == '\\';
        } else if (text[i] == '"')
            quoted = true;
        else if (text[i] == '[' || text[i] == '{')
            depth++;
        else if (text[i] == ']' || text[i] == '}')
            depth--;
    return depth <= DEPTH_MAX;
}

static bool holds_objects(JsonArray *array)
{
    for (guint i = 0; i < json_array_get_length(array); i++)
        if (!JSON_NODE_HOLDS_OBJECT(json_array_get_element(array, i)))
            return false;
    return true;
}

static void *open_book(const char *path, SourceRecord *refusal, GError **error)
{
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, error);
    if (file == NULL)
        return NULL;
    Book *book = g_new0(Book, 1);
    book->parser = json_parser_new_immutable();
    bool good = (int64_t)g_mapped_file_get_length(file) <= FILE_MAX &&
                is_shallow(g_mapped_file_get_contents(file), g_mapped_file_get_length(file)) &&
                json_parser_load_from_data(book->parser, g_mapped_file_get_contents(file),
                                           (gssize)g_mapped_file_get_length(file), NULL);
    JsonNode *root = good ? json_parser_get_root(book->parser) : NULL;
    if (root != NULL && JSON_NODE_HOLDS_ARRAY(root) && holds_objects(json_node_get_array(root))) {
        book->communes = json_node_get_array(root);
        return book;
    }
    refusal->constat = CONSTAT_FORMAT_INCONNU;
    refusal->detail = "JSON abîmé, ou autre que la liste des communes de geo.api.gouv.fr";
    close_book(book);
    return NULL;
}

static int n_tables(void *data)
{
    (void)data;
    return 1;
}

static const char *table_name(void *data, int table)
{
    (void)data, (void)table;
    return "communes";
}

static bool start(void *data, int table, const TablesFile *file, GError **error)
{
    (void)table, (void)file, (void)error;
    ((Book *)data)->next = 0;
    return true;
}

static void put_text(Book *book, int column, JsonObject *object, const char *member)
{
    JsonNode *node = json_object_get_member(object, member);
    if (node != NULL && JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_STRING)
        g_strlcpy(book->texts[column], json_node_get_string(node), sizeof book->texts[column]);
}

/* A coordinate of the GeoJSON point `centre`: longitude, then latitude. */
static void put_degrees(Book *book, int column, JsonObject *commune, guint index)
{
    JsonNode *centre = json_object_get_member(commune, "centre");
    JsonNode *list = centre != NULL && JSON_NODE_HOLDS_OBJECT(centre)
                         ? json_object_get_member(json_node_get_object(centre), "coordinates")
                         : NULL;
    JsonArray *pair = list != NULL && JSON_NODE_HOLDS_ARRAY(list) ? json_node_get_array(list) : NULL;
    JsonNode *value = pair != NULL && json_array_get_length(pair) == 2 ? json_array_get_element(pair, index) : NULL;
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    if (value != NULL && JSON_NODE_HOLDS_VALUE(value) && json_node_get_value_type(value) != G_TYPE_STRING)
        g_strlcpy(book->texts[column], g_ascii_formatd(text, sizeof text, "%.6f", json_node_get_double(value)),
                  sizeof book->texts[column]);
}

static SourceResult next(void *data, SourceRecord *record, GError **error)
{
    static const char *const names[COLUMNS] = {"code_insee", "nom", "latitude", "longitude"};
    (void)error;
    Book *book = data;
    if (book->next > json_array_get_length(book->communes))
        return SOURCE_ENDED;
    memset(book->texts, 0, sizeof book->texts);
    if (book->next > 0) {
        JsonObject *commune = json_array_get_object_element(book->communes, book->next - 1);
        put_text(book, 0, commune, "code");
        put_text(book, 1, commune, "nom");
        put_degrees(book, 2, commune, 1);
        put_degrees(book, 3, commune, 0);
    }
    for (int i = 0; i < COLUMNS; i++) {
        if (book->next == 0)
            g_strlcpy(book->texts[i], names[i], sizeof book->texts[i]);
        book->cells[i] = book->texts[i];
    }
    book->next++;
    *record = (SourceRecord){.line = book->next, .fault_line = book->next, .cells = book->cells, .n_cells = COLUMNS};
    return SOURCE_RECORD;
}

const SourceForm source_geo_form = {
    .name = "geo.api.gouv.fr",
    .recognizes = recognizes,
    .open = open_book,
    .close = close_book,
    .n_tables = n_tables,
    .table_name = table_name,
    .start = start,
    .next = next,
};
