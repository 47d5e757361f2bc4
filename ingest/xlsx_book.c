/* What a workbook says of itself: its sheets, the formats of its cells, when it was saved. See xlsx_private.h. */
#include "ingest/xlsx_private.h"

#include <stdlib.h>
#include <string.h>

#define FORMATS_MAX 65536 /* styles of cells; spreadsheets stop at 65,490 */

/* One relation of a part to another. */
typedef struct {
    char *id, *type, *target; /* target: as a part's name */
} Relation;

static void relation_clear(gpointer data)
{
    Relation *relation = data;
    g_free(relation->id);
    g_free(relation->type);
    g_free(relation->target);
}

typedef struct {
    GArray *relations;
    const char *folder; /* of the part whose relations they are: "xl/", "" */
} Relations;

/* The name of the part that `target` names from within `folder`. */
static char *resolve(const char *folder, const char *target)
{
    if (*target == '/')
        return g_strdup(target + 1);
    g_autofree char *joined = g_strconcat("/", folder, target, NULL);
    g_autofree char *canonical = g_canonicalize_filename(joined, "/");
    return g_strdup(canonical + 1);
}

static void on_relation(void *data, const char *name, const char *const *attributes)
{
    Relations *relations = data;
    const char *id = xml_attribute(attributes, "Id"), *type = xml_attribute(attributes, "Type"),
               *target = xml_attribute(attributes, "Target"), *mode = xml_attribute(attributes, "TargetMode");
    if (strcmp(name, "Relationship") != 0 || id == NULL || type == NULL || target == NULL ||
        relations->relations->len > 10 * XLSX_SHEETS_MAX || (mode != NULL && strcmp(mode, "External") == 0))
        return;
    const char *kind = strrchr(type, '/');
    Relation relation = {g_strdup(id), g_strdup(kind != NULL ? kind + 1 : type), resolve(relations->folder, target)};
    g_array_append_val(relations->relations, relation);
}

/* The relations a part tells; empty when it tells none. */
static GArray *read_relations(Xlsx *xlsx, const char *part, const char *folder, Refusal *fault)
{
    static const XmlHandler handler = {.begin = on_relation};
    Relations relations = {g_array_new(FALSE, FALSE, sizeof(Relation)), folder};
    g_array_set_clear_func(relations.relations, relation_clear);
    if (xlsx_zip_has(xlsx->zip, part) && !xlsx_part_read(xlsx->zip, part, &handler, &relations, NULL, fault)) {
        g_array_unref(relations.relations);
        return NULL;
    }
    return relations.relations;
}

static const Relation *find_relation(const GArray *relations, const char *id, const char *type)
{
    for (guint i = 0; i < relations->len; i++) {
        const Relation *relation = &g_array_index(relations, Relation, i);
        if ((id == NULL || strcmp(relation->id, id) == 0) && strcmp(relation->type, type) == 0)
            return relation;
    }
    return NULL;
}

/* ---- workbook.xml ---- */

typedef struct {
    Xlsx *xlsx;
    Xml *xml;
    const GArray *relations;
} Workbook;

static bool is_true(const char *value)
{
    return value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0 || strcmp(value, "on") == 0);
}

static void on_workbook(void *data, const char *name, const char *const *attributes)
{
    Workbook *workbook = data;
    if (strcmp(name, "workbookPr") == 0)
        workbook->xlsx->date1904 = is_true(xml_attribute(attributes, "date1904"));
    if (strcmp(name, "sheet") != 0)
        return;
    const char *title = xml_attribute(attributes, "name"), *id = xml_attribute(attributes, "id"),
               *state = xml_attribute(attributes, "state");
    const Relation *relation = id != NULL ? find_relation(workbook->relations, id, "worksheet") : NULL;
    if (title == NULL || relation == NULL) /* a sheet of charts or of macros */
        return;
    if (workbook->xlsx->sheets->len == XLSX_SHEETS_MAX) {
        xml_fail(workbook->xml, CONSTAT_XLSX_DEMESURE, "plus de 1 000 feuilles");
        return;
    }
    XlsxSheet sheet = {g_strdup(title), g_strdup(relation->target), state != NULL && strcmp(state, "visible") != 0};
    g_array_append_val(workbook->xlsx->sheets, sheet);
}

/* ---- styles.xml ---- */

typedef struct {
    Xlsx *xlsx;
    Xml *xml;
    GHashTable *codes; /* id → XlsxFormat + 1 of the workbook's own formats */
    bool in_cells;
} Styles;

static void on_style(void *data, const char *name, const char *const *attributes)
{
    Styles *styles = data;
    if (strcmp(name, "cellXfs") == 0)
        styles->in_cells = true;
    if (strcmp(name, "numFmt") == 0) {
        const char *id = xml_attribute(attributes, "numFmtId"), *code = xml_attribute(attributes, "formatCode");
        if (id != NULL && code != NULL && g_hash_table_size(styles->codes) < FORMATS_MAX)
            g_hash_table_insert(styles->codes, GINT_TO_POINTER(atoi(id)),
                                GINT_TO_POINTER((int)xlsx_format_code(code) + 1));
    }
    if (strcmp(name, "xf") != 0 || !styles->in_cells || styles->xlsx->formats->len == FORMATS_MAX)
        return;
    const char *id = xml_attribute(attributes, "numFmtId");
    int number = id != NULL ? atoi(id) : 0,
        own = GPOINTER_TO_INT(g_hash_table_lookup(styles->codes, GINT_TO_POINTER(number)));
    uint8_t format = (uint8_t)(own > 0 ? own - 1 : (int)xlsx_format_builtin(number));
    g_array_append_val(styles->xlsx->formats, format);
}

static void on_style_end(void *data, const char *name)
{
    Styles *styles = data;
    if (strcmp(name, "cellXfs") == 0)
        styles->in_cells = false;
}

static bool read_styles(Xlsx *xlsx, Refusal *fault)
{
    static const XmlHandler handler = {.begin = on_style, .end = on_style_end};
    if (xlsx->styles == NULL)
        return true;
    Styles styles = {.xlsx = xlsx, .codes = g_hash_table_new(NULL, NULL)};
    bool read = xlsx_part_read(xlsx->zip, xlsx->styles, &handler, &styles, &styles.xml, fault);
    g_hash_table_unref(styles.codes);
    return read;
}

/* ---- the whole ---- */

/* The part of the workbook itself, or NULL with *fault: what else the package is. */
static char *workbook_part(Xlsx *xlsx, Refusal *fault)
{
    static const struct {
        const char *part, *name;
    } others[] = {
        {"xl/workbook.bin", "classeur binaire .xlsb"}, {"content.xml", "classeur OpenDocument .ods"},
        {"word/document.xml", "document Word"},        {"ppt/presentation.xml", "présentation PowerPoint"},
        {"Index/Document.iwa", "classeur Numbers"},
    };
    g_autoptr(GArray) root = read_relations(xlsx, "_rels/.rels", "", fault);
    if (root == NULL)
        return NULL;
    const Relation *office = find_relation(root, NULL, "officeDocument");
    const char *part = office != NULL ? office->target : "xl/workbook.xml";
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        if (xlsx_zip_has(xlsx->zip, others[i].part)) {
            refusal_set(fault, CONSTAT_XLSX_AUTRE, others[i].name);
            return NULL;
        }
    if (xlsx_zip_has(xlsx->zip, part))
        return g_strdup(part);
    refusal_set(fault, CONSTAT_XLSX_AUTRE, "archive zip");
    return NULL;
}

static char *target_of(const GArray *relations, const char *type)
{
    const Relation *relation = find_relation(relations, NULL, type);
    return relation != NULL ? g_strdup(relation->target) : NULL;
}

bool xlsx_book_read(Xlsx *xlsx, Refusal *fault)
{
    static const XmlHandler handler = {.begin = on_workbook};
    g_autofree char *part = workbook_part(xlsx, fault);
    if (part == NULL)
        return false;
    const char *slash = strrchr(part, '/');
    g_autofree char *folder = slash != NULL ? g_strndup(part, (gsize)(slash - part + 1)) : g_strdup("");
    g_autofree char *rels = g_strconcat(folder, "_rels/", part + strlen(folder), ".rels", NULL);
    g_autoptr(GArray) relations = read_relations(xlsx, rels, folder, fault);
    if (relations == NULL)
        return false;
    xlsx->styles = target_of(relations, "styles");
    xlsx->strings_at = target_of(relations, "sharedStrings");
    Workbook workbook = {.xlsx = xlsx, .relations = relations};
    if (!xlsx_part_read(xlsx->zip, part, &handler, &workbook, &workbook.xml, fault) || !read_styles(xlsx, fault))
        return false;
    return xlsx->sheets->len > 0 || refusal_set(fault, CONSTAT_XLSX_ABIME, "aucune feuille de calcul");
}

/* ---- when it was saved ---- */

typedef struct {
    GString *moment;
    bool inside;
} Saved;

static void on_property(void *data, const char *name, const char *const *attributes)
{
    (void)attributes;
    ((Saved *)data)->inside = strcmp(name, "modified") == 0;
}

static void on_property_end(void *data, const char *name)
{
    (void)name;
    ((Saved *)data)->inside = false;
}

static void on_property_text(void *data, const char *text, int n)
{
    Saved *saved = data;
    if (saved->inside && saved->moment->len + (gsize)n < 64)
        g_string_append_len(saved->moment, text, n);
}

const char *xlsx_saved(Xlsx *xlsx)
{
    static const XmlHandler handler = {on_property, on_property_end, on_property_text};
    if (xlsx->saved != NULL)
        return xlsx->saved;
    Refusal fault;
    Saved saved = {.moment = g_string_new(NULL)};
    if (!xlsx_zip_has(xlsx->zip, "docProps/core.xml") ||
        !xlsx_part_read(xlsx->zip, "docProps/core.xml", &handler, &saved, NULL, &fault))
        g_string_truncate(saved.moment, 0);
    xlsx->saved = g_string_free(saved.moment, FALSE);
    return xlsx->saved;
}
