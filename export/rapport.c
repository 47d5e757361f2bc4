/* Reports to senders: see rapport.h. */
#include "export/rapport.h"

#include "config/aside.h"
#include "config/calendar.h"
#include "config/fault.h"
#include "export/csv_write.h"
#include "export/sheet_input.h"
#include "export/sheet_table.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

enum {
    TABLE_ROW = 3,       /* of the list of faults */
    ROWS_MAX = 1048576,  /* of a sheet */
    COLUMNS_MAX = 256,   /* of a sender's table that are copied */
    COMMENTS_MAX = 5000, /* of a sheet; beyond, cells are only coloured */
    COMMENT_WIDTH = 320, /* pixels */
    COMMENT_HEIGHT = 110,
};

static bool fail(GError **error, const char *what, const char *path)
{
    g_set_error(error, FAULT, FAULT_OUTPUT, "cannot %s '%s': %s", what, path, g_strerror(errno));
    return false;
}

/* ---- CSV ---- */

static bool write_csv(const RapportFichier *fichier, const char *path, const char *scratch, GError **error)
{
    (void)scratch;
    CsvWrite *csv = csv_write_open(path, "feuille;ligne;colonne;valeur;code;gravite;probleme;remede", error);
    for (guint t = 0; csv != NULL && t < fichier->tables->len; t++) {
        const RapportTable *table = fichier->tables->pdata[t];
        for (guint i = 0; i < table->constats->len; i++) {
            const RapportConstat *it = &g_array_index(table->constats, RapportConstat, i);
            csv_write_text(csv, table->nom != NULL ? table->nom : "");
            if (it->ligne > 0)
                csv_write_integer(csv, it->ligne);
            else
                csv_write_code(csv, "");
            csv_write_text(csv, it->colonne);
            csv_write_text(csv, it->valeur);
            csv_write_code(csv, it->code);
            csv_write_code(csv, it->avertissement ? "avertissement" : "rejet");
            csv_write_text(csv, it->probleme);
            csv_write_text(csv, it->remede);
            csv_write_end(csv);
        }
    }
    return csv != NULL && csv_write_close(csv, error);
}

/* ---- the list of faults ---- */

static void write_list(const RapportFichier *fichier, Sheet *sheet)
{
    static const SheetColumn columns[] = {
        {"Feuille", SHEET_TEXT, 0, false},  {"Ligne", SHEET_INTEGER, 0, false}, {"Colonne", SHEET_TEXT, 0, false},
        {"Valeur", SHEET_WRAP, 30, false},  {"Code", SHEET_TEXT, 0, false},     {"Gravité", SHEET_TEXT, 0, false},
        {"Constat", SHEET_WRAP, 50, false}, {"Remède", SHEET_WRAP, 50, false},
    };
    int rejets = 0, avertissements = 0;
    bool feuilles = fichier->tables->len > 1;
    int skipped = feuilles ? 0 : 1;
    g_autofree char *title = g_strdup_printf("Constats sur %s", fichier->fichier);
    SheetTable *table =
        sheet_table_new(sheet, TABLE_ROW, "Constats", columns + skipped, (int)G_N_ELEMENTS(columns) - skipped);
    for (guint t = 0; t < fichier->tables->len; t++) {
        const RapportTable *part = fichier->tables->pdata[t];
        for (guint i = 0; i < part->constats->len; i++) {
            const RapportConstat *it = &g_array_index(part->constats, RapportConstat, i);
            rejets += !it->avertissement;
            avertissements += it->avertissement;
            if (rejets + avertissements > ROWS_MAX - TABLE_ROW - 2)
                continue;
            if (feuilles)
                sheet_table_text(table, part->nom != NULL ? part->nom : "");
            if (it->ligne > 0)
                sheet_table_integer(table, it->ligne);
            else
                sheet_table_none(table);
            sheet_table_text(table, it->colonne);
            sheet_table_text(table, it->valeur);
            sheet_table_text(table, it->code);
            sheet_table_text(table, it->avertissement ? "avertissement" : "rejet");
            sheet_table_text(table, it->probleme);
            sheet_table_text(table, it->remede);
            sheet_table_end_row(table);
        }
    }
    sheet_table_end(table, 0);
    g_autofree char *count = g_strdup_printf("%d à corriger (rejet), %d à vérifier (avertissement). Corrigez votre "
                                             "fichier, puis renvoyez-le sous le même nom.",
                                             rejets, avertissements);
    sheet_text(sheet, 0, 0, SHEET_TITLE, title);
    sheet_text(sheet, 1, 0, SHEET_SUBTITLE, count);
}

/* ---- the sender's own table ---- */

/* A cell something is wrong with. */
typedef struct {
    int64_t row; /* 0... */
    int column;
    bool wrong; /* else only doubtful */
    GString *comment;
} Mark;

static void clear_mark(gpointer data)
{
    g_string_free(((Mark *)data)->comment, TRUE);
}

static int compare_marks(gconstpointer a, gconstpointer b)
{
    const Mark *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

/* The marks of a table by row and column, each cell once. */
static GArray *marks_of(const RapportTable *table)
{
    GArray *marks = g_array_new(FALSE, FALSE, sizeof(Mark));
    guint n = 0;
    for (guint i = 0; i < table->constats->len; i++) {
        const RapportConstat *it = &g_array_index(table->constats, RapportConstat, i);
        Mark mark = {it->ligne - 1, MAX(it->cellule - 1, 0), !it->avertissement, NULL};
        if (it->ligne <= 0 || it->ligne > ROWS_MAX || mark.column >= COLUMNS_MAX)
            continue;
        mark.comment = g_string_new(NULL);
        g_string_printf(mark.comment, "%s : %s\n→ %s", it->code, it->probleme, it->remede);
        g_array_append_val(marks, mark);
    }
    g_array_sort(marks, compare_marks);
    for (guint i = 0; i < marks->len; i++) {
        Mark *mark = &g_array_index(marks, Mark, i), *last = n > 0 ? &g_array_index(marks, Mark, n - 1) : NULL;
        if (last == NULL || compare_marks(last, mark) != 0) {
            g_array_index(marks, Mark, n++) = *mark;
            continue;
        }
        g_string_append_printf(last->comment, "\n%s", mark->comment->str);
        last->wrong = last->wrong || mark->wrong;
        g_string_free(mark->comment, TRUE);
    }
    g_array_set_size(marks, n);
    g_array_set_clear_func(marks, clear_mark);
    return marks;
}

static void put_cell(Sheet *sheet, int64_t row, int column, const char *text, const Mark *mark, int *comments)
{
    SheetStyle style = mark == NULL ? SHEET_PLAIN : mark->wrong ? SHEET_WRONG : SHEET_DOUBTFUL;
    if (*text != '\0')
        sheet_text(sheet, (int)row, column, style, text);
    else if (mark != NULL)
        sheet_blank(sheet, (int)row, column, style);
    if (mark != NULL && (*comments)++ < COMMENTS_MAX)
        sheet_comment(sheet, (int)row, column, mark->comment->str, COMMENT_WIDTH, COMMENT_HEIGHT);
}

/* A row of the copy with its marks, from marks[*at] on; cells NULL: the row is none that could be read. */
static void put_row(Sheet *sheet, int64_t row, char *const *cells, const GArray *marks, guint *at, int *comments)
{
    int n = cells != NULL ? (int)MIN(g_strv_length((char **)(guintptr)cells), COLUMNS_MAX) : 0;
    for (int c = 0; c < n || (*at < marks->len && g_array_index(marks, Mark, *at).row == row); c++) {
        const Mark *mark = *at < marks->len ? &g_array_index(marks, Mark, *at) : NULL;
        bool marked = mark != NULL && mark->row == row && mark->column == c;
        put_cell(sheet, row, c, c < n ? cells[c] : "", marked ? mark : NULL, comments);
        *at += marked;
    }
}

/* Rows stand where they stand in the sender's file. */
static void write_copy(const RapportTable *table, Sheet *sheet)
{
    g_autoptr(GArray) marks = marks_of(table);
    guint at = 0;
    int comments = 0;
    for (guint i = 0; i < table->lignes->len; i++) {
        const RapportLigne *ligne = &g_array_index(table->lignes, RapportLigne, i);
        if (ligne->ligne > ROWS_MAX)
            break;
        while (at < marks->len && g_array_index(marks, Mark, at).row < ligne->ligne - 1)
            put_row(sheet, g_array_index(marks, Mark, at).row, NULL, marks, &at, &comments);
        put_row(sheet, ligne->ligne - 1, ligne->cellules, marks, &at, &comments);
    }
    while (at < marks->len)
        put_row(sheet, g_array_index(marks, Mark, at).row, NULL, marks, &at, &comments);
    for (int c = 0; c < 20; c++)
        sheet_width(sheet, c, 18);
}

static bool write_workbook(const RapportFichier *fichier, const char *path, const char *scratch, GError **error)
{
    const SheetAbout about = {.title = fichier->nom,
                              .subject = "Constats sur un fichier reçu",
                              .keywords = "prisme",
                              .version = PRISME_VERSION,
                              .footer = fichier->nom,
                              .day = CALENDAR_FIRST};
    SheetBook *book = sheet_book_new(path, scratch, &about);
    int copies = 0;
    write_list(fichier, sheet_new(book, "Constats"));
    for (guint t = 0; t < fichier->tables->len; t++) {
        const RapportTable *table = fichier->tables->pdata[t];
        char name[32];
        if (table->lignes->len == 0)
            continue;
        g_snprintf(name, sizeof name, "Votre tableau");
        if (++copies > 1)
            g_snprintf(name, sizeof name, "Votre tableau %d", copies);
        write_copy(table, sheet_new(book, name));
    }
    return sheet_book_close(book, error);
}

/* ---- files ---- */

typedef bool (*Writer)(const RapportFichier *fichier, const char *path, const char *scratch, GError **error);

static bool put(const RapportFichier *fichier, const char *sortie, const char *ending, Writer writer, GError **error)
{
    g_autofree char *name = g_strconcat(fichier->nom, ending, NULL), *path = g_build_filename(sortie, name, NULL);
    GStatBuf earlier;
    if (fichier->n_constats == 0)
        return g_lstat(path, &earlier) != 0 || g_unlink(path) == 0 || errno == ENOENT || fail(error, "remove", path);
    g_autofree char *aside = aside_name(path);
    bool good = writer(fichier, aside, sortie, error) && (aside_sync(aside) || fail(error, "write", aside)) &&
                (g_rename(aside, path) == 0 || fail(error, "write", path));
    if (!good)
        g_unlink(aside);
    return good;
}

bool rapport_write(const RapportFichier *fichier, const char *sortie, GError **error)
{
    return put(fichier, sortie, ".csv", write_csv, error) && put(fichier, sortie, ".xlsx", write_workbook, error) &&
           (fichier->n_constats == 0 || aside_sync(sortie) || fail(error, "write folder", sortie));
}
