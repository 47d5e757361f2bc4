/* LHEO: see source_lheo.h. Each start reads the whole file and keeps the rows of one table; `offres > formation >
 * action > session`, in the words of the language. */
#include "ingest/source_lheo.h"

#include "config/fault.h"
#include "ingest/field.h"
#include "ingest/xml.h"

#include <stdio.h>
#include <string.h>

enum { CELLS_MAX = 10, TEXT_MAX = 4096, NAME_MAX_BYTES = 64 };

/* The tables, and their columns in the order of the cells of a row. */
typedef enum { ORGANISMES, FORMATIONS, OFFRES, N_TABLES } Table;
static const char *const table_names[N_TABLES] = {"organismes", "formations", "offres"};
static const char *const columns[N_TABLES][CELLS_MAX] = {
    [ORGANISMES] = {"siret", "nda", "raison_sociale"},
    [FORMATIONS] = {"code", "intitule", "domaine", "nature", "heures", "jours", "effectif_min", "effectif_max",
                    "certification", "formacode"},
    [OFFRES] = {"code", "organisme", "formation", "commune", "modalite", "cout_groupe", "cout_stagiaire", "date_debut",
                "date_fin", "sessions_max"},
};

typedef struct {
    char *cells[CELLS_MAX]; /* owned; NULL = empty */
} Row;

/* A value that was said once, or several times alike; said differently it is none. */
typedef struct {
    char text[TEXT_MAX];
    bool contradicted;
} Once;

typedef struct {
    char *path;
    Table table;
    GArray *rows;       /* Row */
    GHashTable *sirets; /* of organismes: SIRET → position + 1 in rows */
    guint next;         /* 0: the header */
    char *told[CELLS_MAX];
    char *header[CELLS_MAX]; /* owned: the reader of a row may write into it */
    Refusal refusal;
    bool refused;
    /* the element being read */
    Xml *xml;
    char names[XML_DEPTH_MAX + 1][NAME_MAX_BYTES];
    int depth;
    GString *text;
    bool too_long; /* a description: of no matter here */
    /* the formation, its action, its session */
    int n_formations, n_actions, n_sessions;
    guint first_row; /* of the formation */
    Once code, title, certifying, formacode, certification, hours, hours_total;
    Once siret, nda, name;
    Once action, place, mode, entries, trainer, trainer_name;
    Once session, begin, end;
    GArray *sessions; /* Row of the action's, completed at its end */
} Book;

static void clear_row(gpointer data)
{
    for (int i = 0; i < CELLS_MAX; i++)
        g_free(((Row *)data)->cells[i]);
}

static GArray *new_rows(void)
{
    GArray *rows = g_array_new(FALSE, TRUE, sizeof(Row));
    g_array_set_clear_func(rows, clear_row);
    return rows;
}

static void once_clear(Once *once)
{
    once->text[0] = '\0';
    once->contradicted = false;
}

static void once_put(Once *once, const char *text)
{
    if (*text == '\0' || once->contradicted)
        return;
    if (once->text[0] != '\0' && strcmp(once->text, text) != 0) {
        once_clear(once);
        once->contradicted = true;
    } else
        g_strlcpy(once->text, text, sizeof once->text);
}

/* The first of several that are all true (courses have several Formacodes): later ones do not contradict. */
static void first_put(Once *once, const char *text)
{
    if (once->text[0] == '\0')
        g_strlcpy(once->text, text, sizeof once->text);
}

static char *said(const Once *once)
{
    return once->text[0] != '\0' ? g_strdup(once->text) : NULL;
}

static bool is_inside(const Book *book, const char *name)
{
    for (int i = 1; i < book->depth; i++)
        if (strcmp(book->names[i], name) == 0)
            return true;
    return false;
}

/* ---- rows ---- */

static void add_organisme(Book *book, const Once *siret, const Once *nda, const Once *name)
{
    if (siret->text[0] == '\0')
        return;
    guint at = GPOINTER_TO_UINT(g_hash_table_lookup(book->sirets, siret->text));
    if (at == 0) {
        Row row = {.cells = {said(siret)}};
        g_array_append_val(book->rows, row);
        at = book->rows->len;
        g_hash_table_insert(book->sirets, g_strdup(siret->text), GUINT_TO_POINTER(at));
    }
    Row *row = &g_array_index(book->rows, Row, at - 1);
    if (row->cells[1] == NULL && nda != NULL)
        row->cells[1] = said(nda);
    if (row->cells[2] == NULL)
        row->cells[2] = said(name);
}

static char *code_of(const Book *book)
{
    return book->code.text[0] != '\0' ? g_strdup(book->code.text) : g_strdup_printf("LHEO-%d", book->n_formations);
}

static void end_formation(Book *book)
{
    if (book->table == ORGANISMES)
        add_organisme(book, &book->siret, &book->nda, &book->name);
    if (book->table != FORMATIONS)
        return;
    Row row = {.cells = {code_of(book), said(&book->title),
                         book->formacode.text[0] != '\0' ? g_strconcat("Formacode ", book->formacode.text, NULL) : NULL,
                         strcmp(book->certifying.text, "1") == 0 ? g_strdup("certifiante") : NULL,
                         book->hours.text[0] != '\0' ? said(&book->hours) : said(&book->hours_total), NULL, NULL, NULL,
                         said(&book->certification), said(&book->formacode)}};
    g_array_append_val(book->rows, row);
}

/* AAAAMMJJ as a day; NULL for what is none, as 00000000 and 99999999, which stand for unknown. */
static char *day_of(const Once *once)
{
    const char *d = once->text;
    if (strlen(d) != 8 || strspn(d, "0123456789") != 8 || d[0] == '0' || d[0] == '9')
        return NULL;
    return g_strdup_printf("%.4s-%.2s-%.2s", d, d + 4, d + 6);
}

static void end_session(Book *book)
{
    if (book->table != OFFRES)
        return;
    g_autofree char *formation = code_of(book);
    Row row = {0};
    row.cells[0] = book->session.text[0] != '\0'
                       ? said(&book->session)
                       : g_strdup_printf("%s-%d-%d", formation, book->n_actions, book->n_sessions);
    row.cells[2] = g_strdup(formation);
    row.cells[7] = day_of(&book->begin);
    row.cells[8] = day_of(&book->end);
    g_array_append_val(book->sessions, row);
}

/* The sessions of an action that ended, with what the action says of all of them. */
static void end_action(Book *book)
{
    static const char *const modes[] = {"presentiel", "mixte", "distanciel"};
    bool dated = strcmp(book->entries.text, "0") == 0;
    if (book->table == ORGANISMES)
        add_organisme(book, &book->trainer, NULL, &book->trainer_name);
    for (guint i = 0; i < book->sessions->len; i++) {
        Row *row = &g_array_index(book->sessions, Row, i);
        row->cells[1] = said(&book->trainer); /* else the organisme responsable, known at the formation's end */
        row->cells[3] = said(&book->place);
        if (strlen(book->mode.text) == 1 && book->mode.text[0] >= '0' && book->mode.text[0] <= '2')
            row->cells[4] = g_strdup(modes[book->mode.text[0] - '0']);
        if (dated) { /* it starts on its day, once */
            g_free(row->cells[8]);
            row->cells[8] = g_strdup(row->cells[7]);
            row->cells[9] = g_strdup("1");
        }
        g_array_append_val(book->rows, *row);
        memset(row, 0, sizeof *row);
    }
    g_array_set_size(book->sessions, 0);
}

/* ---- elements ---- */

static void begin_formation(Book *book, const char *numero)
{
    Once *all[] = {&book->code,  &book->title,       &book->certifying, &book->formacode, &book->certification,
                   &book->hours, &book->hours_total, &book->siret,      &book->nda,       &book->name};
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        once_clear(all[i]);
    book->n_formations++;
    book->n_actions = 0;
    book->first_row = book->rows->len;
    once_put(&book->code, numero);
}

static void begin_action(Book *book)
{
    Once *all[] = {&book->place, &book->mode, &book->entries, &book->trainer, &book->trainer_name};
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        once_clear(all[i]);
    book->n_actions++;
    book->n_sessions = 0;
}

static void begin_session(Book *book, const char *numero)
{
    Once *all[] = {&book->session, &book->begin, &book->end};
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        once_clear(all[i]);
    book->n_sessions++;
    once_put(&book->session, numero);
}

static void on_begin(void *data, const char *name, const char *const *attributes)
{
    Book *book = data;
    const char *numero = xml_attribute(attributes, "numero");
    g_strlcpy(book->names[++book->depth], name, NAME_MAX_BYTES);
    g_string_truncate(book->text, 0);
    book->too_long = false;
    if (strcmp(name, "formation") == 0)
        begin_formation(book, numero != NULL ? numero : "");
    else if (strcmp(name, "action") == 0)
        begin_action(book);
    else if (strcmp(name, "session") == 0)
        begin_session(book, numero != NULL ? numero : "");
}

/* What an element's text is, by its name and one it stands in. */
static void take_text(Book *book, const char *name, const char *text)
{
    g_autofree char *rncp = g_strconcat("RNCP", text, NULL), *rs = g_strconcat("RS", text, NULL);
    const struct {
        const char *name, *inside;
        Once *once;
        const char *value;
        bool first;
    } rules[] = {
        {"intitule-formation", "formation", &book->title, text, false},
        {"certifiante", "formation", &book->certifying, text, false},
        {"code-FORMACODE", "domaine-formation", &book->formacode, text, true},
        {"code-RNCP", "certification", &book->certification, rncp, true},
        {"code-RS", "certification", &book->certification, rs, true},
        {"nombre-heures-centre", "action", &book->hours, text, false},
        {"nombre-heures-total", "action", &book->hours_total, text, false},
        {"numero-activite", "organisme-formation-responsable", &book->nda, text, false},
        {"SIRET", "organisme-formation-responsable", &book->siret, text, false},
        {"raison-sociale", "organisme-formation-responsable", &book->name, text, false},
        {"SIRET", "organisme-formateur", &book->trainer, text, false},
        {"raison-sociale-formateur", "organisme-formateur", &book->trainer_name, text, false},
        {"code-INSEE-commune", "lieu-de-formation", &book->place, text, false},
        {"modalites-enseignement", "action", &book->mode, text, false},
        {"modalites-entrees-sorties", "action", &book->entries, text, false},
        {"debut", "session", &book->begin, text, true},
        {"fin", "session", &book->end, text, true},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++)
        if (strcmp(rules[i].name, name) == 0 && is_inside(book, rules[i].inside)) {
            if (rules[i].first)
                first_put(rules[i].once, rules[i].value);
            else
                once_put(rules[i].once, rules[i].value);
        }
}

/* Offers of a formation whose action names no organisme formateur are the responsable's. */
static void complete_offers(Book *book)
{
    for (guint i = book->first_row; i < book->rows->len; i++) {
        Row *row = &g_array_index(book->rows, Row, i);
        if (row->cells[1] == NULL)
            row->cells[1] = said(&book->siret);
    }
}

static void on_end(void *data, const char *name)
{
    Book *book = data;
    GString *scratch = g_string_new(NULL);
    const char *text = field_clean(book->text->str, scratch);
    if (*text != '\0' && !book->too_long && strlen(text) < TEXT_MAX - strlen("RNCP"))
        take_text(book, name, text);
    g_string_free(scratch, TRUE);
    g_string_truncate(book->text, 0);
    book->too_long = false;
    book->depth--;
    if (strcmp(name, "session") == 0)
        end_session(book);
    else if (strcmp(name, "action") == 0)
        end_action(book);
    else if (strcmp(name, "formation") == 0) {
        end_formation(book);
        if (book->table == OFFRES)
            complete_offers(book);
    }
}

static void on_text(void *data, const char *text, int n)
{
    Book *book = data;
    book->too_long = book->too_long || book->text->len + (gsize)n >= TEXT_MAX;
    if (!book->too_long)
        g_string_append_len(book->text, text, n);
}

/* ---- the file ---- */

static bool recognizes(const char *head, size_t n)
{
    size_t mark = n >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    return n > mark && head[mark] == '<' &&
           (memmem(head, n, "<lheo", 5) != NULL || memmem(head, n, ":lheo", 5) != NULL);
}

static void close_book(void *data)
{
    Book *book = data;
    for (int i = 0; i < CELLS_MAX; i++)
        g_free(book->header[i]);
    g_array_unref(book->rows);
    g_array_unref(book->sessions);
    g_hash_table_unref(book->sirets);
    g_string_free(book->text, TRUE);
    g_free(book->path);
    g_free(book);
}

static gssize read_file(void *file, char *buffer, size_t size, Refusal *refusal)
{
    size_t n = fread(buffer, 1, size, file);
    if (n == 0 && ferror((FILE *)file)) {
        refusal_set(refusal, CONSTAT_LHEO_ABIME, "lecture");
        return -1;
    }
    return (gssize)n;
}

static void close_file(void *file)
{
    fclose(file);
}

static void *open_book(const char *path, SourceRecord *refusal, GError **error)
{
    (void)refusal;
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        g_set_error(error, FAULT, FAULT_INPUT, "cannot open '%s'", path);
        return NULL;
    }
    fclose(file);
    Book *book = g_new0(Book, 1);
    book->path = g_strdup(path);
    book->rows = new_rows();
    book->sessions = new_rows();
    book->sirets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    book->text = g_string_new(NULL);
    return book;
}

static int n_tables(void *data)
{
    (void)data;
    return N_TABLES;
}

static const char *table_name(void *data, int table)
{
    (void)data;
    return table_names[table];
}

static bool start(void *data, int table, const TablesFile *file, GError **error)
{
    static const XmlHandler handler = {on_begin, on_end, on_text};
    (void)file;
    Book *book = data;
    FILE *bytes = fopen(book->path, "re");
    if (bytes == NULL) {
        g_set_error(error, FAULT, FAULT_INPUT, "cannot open '%s'", book->path);
        return false;
    }
    const XmlInput input = {read_file,          close_file,         bytes,           "XML",
                            CONSTAT_LHEO_ABIME, CONSTAT_LHEO_ABIME, CONSTAT_LHEO_DTD};
    book->table = (Table)table;
    book->next = 0;
    book->depth = book->n_formations = 0;
    g_array_set_size(book->rows, 0);
    g_array_set_size(book->sessions, 0);
    g_hash_table_remove_all(book->sirets);
    book->xml = xml_open(&input, &handler, book);
    book->refused = xml_run(book->xml, &book->refusal) != XML_ENDED;
    xml_close(g_steal_pointer(&book->xml));
    return true;
}

static char *header_cell(Book *book, int n)
{
    g_free(book->header[n]);
    return book->header[n] = g_strdup(columns[book->table][n]);
}

static SourceResult next(void *data, SourceRecord *record, GError **error)
{
    static char empty[1];
    (void)error;
    Book *book = data;
    int n = 0;
    *record = (SourceRecord){.cells = book->told};
    if (book->refused) {
        *record = (SourceRecord){.constat = book->refusal.constat, .detail = book->refusal.detail};
        return SOURCE_REFUSED;
    }
    if (book->next > book->rows->len)
        return SOURCE_ENDED;
    const Row *row = book->next > 0 ? &g_array_index(book->rows, Row, book->next - 1) : NULL;
    for (; n < CELLS_MAX && columns[book->table][n] != NULL; n++)
        if (row == NULL)
            book->told[n] = header_cell(book, n);
        else
            book->told[n] = row->cells[n] != NULL ? row->cells[n] : empty;
    record->n_cells = n;
    record->line = record->fault_line =
        ++book->next; /* an export may be one line: rows count as in the report's copy */
    return SOURCE_RECORD;
}

const SourceForm source_lheo_form = {
    .name = "LHEO",
    .recognizes = recognizes,
    .open = open_book,
    .close = close_book,
    .n_tables = n_tables,
    .table_name = table_name,
    .partial = true,
    .start = start,
    .next = next,
};
