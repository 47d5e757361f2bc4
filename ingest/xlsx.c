/* Rows of a workbook's sheets: see xlsx.h. The parser pauses at the end of each row that holds something. */
#include "ingest/xlsx.h"

#include "ingest/xlsx_private.h"

#include <stdlib.h>
#include <string.h>

#define ROWS_MAX_OF_SHEET 1048576

/* ---- cells ---- */

/* The column of a reference ("BC12" is 54), or -1. */
static int column_of(const char *reference)
{
    int column = 0;
    for (; *reference >= 'A' && *reference <= 'Z' && column < 100000; reference++)
        column = column * 26 + (*reference - 'A' + 1);
    return g_ascii_isdigit(*reference) ? column - 1 : -1;
}

static void begin_cell(Xlsx *xlsx, const char *const *attributes)
{
    XlsxCell *cell = &xlsx->cell;
    const char *type = "n";
    int column = cell->column + 1;
    cell->style = 0;
    for (; *attributes != NULL; attributes += 2)
        if (strcmp(attributes[0], "r") == 0)
            column = column_of(attributes[1]);
        else if (strcmp(attributes[0], "s") == 0)
            cell->style = atoi(attributes[1]);
        else if (strcmp(attributes[0], "t") == 0)
            type = attributes[1];
    if (column <= cell->column) {
        xml_fail(xlsx->xml, CONSTAT_XLSX_ABIME, "cellules en désordre");
        return;
    }
    cell->column = column;
    cell->type = strcmp(type, "inlineStr") == 0 ? 'i' : strcmp(type, "str") == 0 ? 't' : *type;
    cell->formula = cell->valued = cell->collecting = cell->phonetic = false;
    g_string_truncate(cell->value, 0);
}

/* Appends what the cell holds to the row; false when it makes no sense. */
static bool append_value(Xlsx *xlsx, SourceKind *kind)
{
    XlsxCell *cell = &xlsx->cell;
    GString *out = xlsx->row.text;
    const char *value = cell->value->str, *shared;
    gsize start = out->len;
    char *end;
    *kind = SOURCE_TEXT;
    switch (cell->type) {
    case 's':
        shared = xlsx_strings_at(&xlsx->strings, strtoll(value, &end, 10));
        if (shared == NULL || *end != '\0')
            return false;
        g_string_append(out, shared);
        return true;
    case 'i':
    case 't':
        g_string_append(out, value);
        xlsx_strings_unescape(out, start);
        return true;
    case 'b':
        g_string_append(out, strcmp(value, "1") == 0 || strcmp(value, "true") == 0 ? "VRAI" : "FAUX");
        return true;
    case 'e':
        g_string_append(out, value);
        *kind = SOURCE_ERROR;
        return true;
    case 'd':
        return xlsx_format_iso(out, value, kind);
    default: {
        XlsxFormat format = XLSX_FORMAT_PLAIN;
        if (cell->style >= 0 && (guint)cell->style < xlsx->formats->len)
            format = (XlsxFormat)g_array_index(xlsx->formats, uint8_t, (guint)cell->style);
        return xlsx_format_number(out, value, format, xlsx->date1904, kind);
    }
    }
}

static void end_cell(Xlsx *xlsx)
{
    XlsxCell *cell = &xlsx->cell;
    XlsxRow *row = &xlsx->row;
    SourceKind kind = SOURCE_UNCOMPUTED;
    gsize start = row->text->len;
    if (cell->value->len > 0) {
        if (!append_value(xlsx, &kind)) {
            xml_fail(xlsx->xml, CONSTAT_XLSX_ABIME, cell->value->str);
            return;
        }
    } else if (cell->formula && !cell->valued)
        g_string_append(row->text, "=");
    if (row->text->len == start)
        return;
    if (cell->column >= XLSX_COLUMNS_MAX) {
        g_autofree char *where = g_strdup_printf("ligne %" G_GINT64_FORMAT, row->line);
        xml_fail(xlsx->xml, CONSTAT_XLSX_COLONNES, where);
        return;
    }
    g_string_append_c(row->text, '\0');
    for (; row->n_cells < cell->column; row->n_cells++) {
        row->starts[row->n_cells] = 0;
        row->kinds[row->n_cells] = SOURCE_TEXT;
    }
    row->starts[row->n_cells] = (guint)start;
    row->kinds[row->n_cells++] = (uint8_t)kind;
}

/* ---- rows ---- */

static void begin_row(Xlsx *xlsx, const char *const *attributes)
{
    XlsxRow *row = &xlsx->row;
    const char *number = xml_attribute(attributes, "r");
    row->line = number != NULL ? strtoll(number, NULL, 10) : row->previous + 1;
    if (row->line <= row->previous || row->line > ROWS_MAX_OF_SHEET)
        xml_fail(xlsx->xml, CONSTAT_XLSX_ABIME, "lignes en désordre");
    row->previous = row->line;
    row->n_cells = 0;
    g_string_truncate(row->text, 1);
    xlsx->cell.column = -1;
}

static void on_begin(void *data, const char *name, const char *const *attributes)
{
    Xlsx *xlsx = data;
    XlsxCell *cell = &xlsx->cell;
    if (!xlsx->in_data)
        xlsx->in_data = strcmp(name, "sheetData") == 0;
    else if (strcmp(name, "c") == 0)
        begin_cell(xlsx, attributes);
    else if (strcmp(name, "v") == 0) {
        cell->valued = true;
        cell->collecting = cell->type != 'i' || cell->value->len == 0;
    } else if (strcmp(name, "is") == 0) /* the string itself: some programs write a v beside it */
        g_string_truncate(cell->value, 0);
    else if (strcmp(name, "row") == 0)
        begin_row(xlsx, attributes);
    else if (strcmp(name, "f") == 0)
        cell->formula = true;
    else if (strcmp(name, "t") == 0)
        cell->collecting = !cell->phonetic;
    else if (strcmp(name, "rPh") == 0)
        cell->phonetic = true;
}

static void on_end(void *data, const char *name)
{
    Xlsx *xlsx = data;
    XlsxCell *cell = &xlsx->cell;
    if (!xlsx->in_data)
        return;
    if (strcmp(name, "c") == 0)
        end_cell(xlsx);
    else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
        cell->collecting = false;
    else if (strcmp(name, "rPh") == 0)
        cell->phonetic = false;
    else if (strcmp(name, "sheetData") == 0)
        xlsx->in_data = false;
    else if (strcmp(name, "row") == 0 && xlsx->row.n_cells > 0)
        xml_pause(xlsx->xml);
}

static void on_text(void *data, const char *text, int n)
{
    Xlsx *xlsx = data;
    if (!xlsx->in_data || !xlsx->cell.collecting)
        return;
    if (xlsx->cell.value->len + (gsize)n > XLSX_CELL_MAX)
        xml_fail(xlsx->xml, CONSTAT_XLSX_DEMESURE, "cellule de plus de 128 Kio");
    else
        g_string_append_len(xlsx->cell.value, text, n);
}

/* ---- the book ---- */

static void clear_sheet(gpointer data)
{
    XlsxSheet *sheet = data;
    g_free(sheet->name);
    g_free(sheet->part);
}

Xlsx *xlsx_open(const char *path, Refusal *fault, GError **error)
{
    XlsxZip *zip = xlsx_zip_open(path, fault, error);
    if (zip == NULL)
        return NULL;
    Xlsx *xlsx = g_new0(Xlsx, 1);
    xlsx->zip = zip;
    xlsx->sheets = g_array_new(FALSE, FALSE, sizeof(XlsxSheet));
    g_array_set_clear_func(xlsx->sheets, clear_sheet);
    xlsx->formats = g_array_new(FALSE, FALSE, sizeof(uint8_t));
    xlsx->strings = (XlsxStrings){g_string_new(NULL), g_array_new(FALSE, FALSE, sizeof(guint32)), false};
    xlsx->row.text = g_string_new_len("", 1);
    xlsx->row.starts = g_new0(guint, XLSX_COLUMNS_MAX);
    xlsx->row.kinds = g_new0(uint8_t, XLSX_COLUMNS_MAX);
    xlsx->row.cells = g_new0(char *, XLSX_COLUMNS_MAX);
    xlsx->cell.value = g_string_new(NULL);
    if (!xlsx_book_read(xlsx, fault)) {
        xlsx_close(xlsx);
        return NULL;
    }
    return xlsx;
}

void xlsx_close(Xlsx *xlsx)
{
    if (xlsx == NULL)
        return;
    xml_close(xlsx->xml);
    xlsx_zip_close(xlsx->zip);
    g_array_unref(xlsx->sheets);
    g_array_unref(xlsx->formats);
    g_string_free(xlsx->strings.text, TRUE);
    g_array_unref(xlsx->strings.starts);
    g_string_free(xlsx->row.text, TRUE);
    g_free(xlsx->row.starts);
    g_free(xlsx->row.kinds);
    g_free(xlsx->row.cells);
    g_string_free(xlsx->cell.value, TRUE);
    g_free(xlsx->styles);
    g_free(xlsx->strings_at);
    g_free(xlsx->saved);
    g_free(xlsx);
}

static const XlsxSheet *sheet_at(const Xlsx *xlsx, int sheet)
{
    g_assert(sheet >= 0 && sheet < xlsx_n_sheets(xlsx));
    return &g_array_index(xlsx->sheets, XlsxSheet, (guint)sheet);
}

int xlsx_n_sheets(const Xlsx *xlsx)
{
    return (int)xlsx->sheets->len;
}

const char *xlsx_sheet_name(const Xlsx *xlsx, int sheet)
{
    return sheet_at(xlsx, sheet)->name;
}

bool xlsx_sheet_hidden(const Xlsx *xlsx, int sheet)
{
    return sheet_at(xlsx, sheet)->hidden;
}

int xlsx_sheet_find(const Xlsx *xlsx, const char *name)
{
    for (int sheet = 0; sheet < xlsx_n_sheets(xlsx); sheet++)
        if (strcmp(sheet_at(xlsx, sheet)->name, name) == 0)
            return sheet;
    return -1;
}

void xlsx_start(Xlsx *xlsx, int sheet)
{
    static const XmlHandler handler = {on_begin, on_end, on_text};
    xml_close(xlsx->xml);
    xlsx->xml = NULL;
    xlsx->in_data = false;
    xlsx->row.previous = 0;
    if (xlsx_strings_read(xlsx, &xlsx->fault))
        xlsx->xml = xlsx_part_open(xlsx->zip, sheet_at(xlsx, sheet)->part, &handler, xlsx, &xlsx->fault);
}

static SourceResult refuse(const Refusal *fault, int64_t line, SourceRecord *record)
{
    *record = (SourceRecord){.line = line, .constat = fault->constat, .detail = fault->detail};
    return SOURCE_REFUSED;
}

SourceResult xlsx_next(Xlsx *xlsx, SourceRecord *record)
{
    XlsxRow *row = &xlsx->row;
    XmlResult result = xlsx->xml != NULL ? xml_run(xlsx->xml, &xlsx->fault) : XML_REFUSED;
    if (result == XML_REFUSED)
        return refuse(&xlsx->fault, row->previous, record);
    if (result == XML_ENDED)
        return SOURCE_ENDED;
    for (int i = 0; i < row->n_cells; i++)
        row->cells[i] = row->text->str + row->starts[i];
    *record = (SourceRecord){.line = row->line, .cells = row->cells, .kinds = row->kinds, .n_cells = row->n_cells};
    return SOURCE_RECORD;
}
