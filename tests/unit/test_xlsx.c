/* Workbooks as they really come, and as they must not: what each cell is read as, and why a file is refused. */
#include "config/fault.h"
#include "export/sheet.h"
#include "ingest/xlsx.h"
#include "tests/lib/package.h"
#include "tests/lib/testdb.h"

#include <glib/gstdio.h>
#include <string.h>

static char *path_in(const char *name)
{
    static char *folder;
    if (folder == NULL)
        folder = testdb_folder();
    return g_build_filename(folder, name, NULL);
}

static void put(const char *path, const char *bytes, gsize n)
{
    FILE *file = g_fopen(path, "w");
    g_assert_nonnull(file);
    g_assert_cmpuint(fwrite(bytes, 1, n, file), ==, n);
    g_assert_cmpint(fclose(file), ==, 0);
}

/* What a source's table holds: "line:cell|cell|" for each row, ~ before a number, @ a date, ! what is no value; at the
 * end the code of a refusal. */
static char *told(Source *source, int table)
{
    GString *out = g_string_new(NULL);
    SourceRecord record;
    SourceResult result;
    g_assert_true(source_start(source, table, NULL, NULL));
    while ((result = source_next(source, &record, NULL)) == SOURCE_RECORD) {
        g_string_append_printf(out, "%" G_GINT64_FORMAT ":", record.line);
        for (int i = 0; i < record.n_cells; i++) {
            static const char *const marks[] = {"", "~", "@", "!", "!", "!"};
            g_assert_true(g_utf8_validate(record.cells[i], -1, NULL));
            g_string_append_printf(out, "%s%s|", marks[record.kinds[i]], record.cells[i]);
        }
        g_string_append_c(out, ' ');
    }
    g_assert_true(result == SOURCE_ENDED || result == SOURCE_REFUSED);
    if (result == SOURCE_REFUSED)
        g_string_append(out, constat_code(record.constat));
    return g_strchomp(g_string_free(out, FALSE));
}

/* The first sheet of the file at path, or why there is none. */
static char *told_of(const char *path)
{
    SourceRecord refusal;
    g_autoptr(GError) error = NULL;
    g_autoptr(Source) source = source_open(path, &refusal, &error);
    g_assert_no_error(error);
    return source != NULL ? told(source, 0) : g_strdup(constat_code(refusal.constat));
}

#define STYLES                                                                                                         \
    "<numFmts><numFmt numFmtId=\"164\" formatCode=\"dd\\/mm\\/yyyy\"/><numFmt numFmtId=\"165\" "                       \
    "formatCode=\"#,##0.00\\ &quot;&#8364; par jour&quot;\"/><numFmt numFmtId=\"166\" formatCode=\"[$-40C]d mmm "      \
    "yyyy;@\"/><numFmt numFmtId=\"167\" formatCode=\"[h]:mm\"/><numFmt numFmtId=\"168\" "                              \
    "formatCode=\"[Red]0.0%\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf "              \
    "numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf "      \
    "numFmtId=\"167\"/><xf numFmtId=\"168\"/><xf numFmtId=\"22\"/><xf numFmtId=\"49\"/><xf numFmtId=\"9\"/>"           \
    "</cellXfs>"

static const struct {
    const char *name, *rows, *strings, *told;
} sheets[] = {
    {"nothing", "", "", ""},
    {"shared strings, rich and spaced",
     "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"C2\" t=\"s\"><v>0</v></c></row>",
     "<si><t xml:space=\"preserve\"> a </t></si><si><r><t>Chantier</t></r><r><rPr><b/></rPr><t> du Nord</t></r>"
     "<rPh><t>phonetic</t></rPh></si>",
     "2:Chantier du Nord|| a |"},
    {"strings within the cells",
     "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>B001</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><r><t>a</t></r>"
     "<r><t>b</t></r><rPh><t>x</t></rPh></is></c></row>",
     "", "1:B001|ab|"},
    {"no reference at all", "<row><c><v>1</v></c><c/><c><v>2</v></c></row><row><c><v>3</v></c></row>", "",
     "1:~1||~2| 2:~3|"},
    {"numbers",
     "<row r=\"1\"><c><v>007.50</v></c><c><v>1234.5</v></c><c><v>997.5599999999999</v></c><c><v>3.0000000000012E+13</v>"
     "</c><c><v>-0.10000000000000001</v></c><c><v>1E-3</v></c><c><v>-0</v></c></row>",
     "", "1:~7.5|~1234.5|~997.56|~30000000000012|~-0.1|~0.001|~0|"},
    {"more digits than a spreadsheet keeps",
     "<row r=\"1\"><c><v>1234567890123450000</v></c><c><v>999999999999999</v></c></row>", "",
     "1:!1234567890123450000|~999999999999999|"},
    {"dates by the format of the cell",
     "<row r=\"1\"><c s=\"1\"><v>46398</v></c><c s=\"2\"><v>46398</v></c><c s=\"3\"><v>46398</v></c><c s=\"4\">"
     "<v>46398</v></c><c s=\"7\"><v>46398.75</v></c><c s=\"8\"><v>46398</v></c></row>",
     "", "1:@2027-01-11|@2027-01-11|~46398|@2027-01-11|@2027-01-11 18:00:00|~46398|"},
    {"days at the edges of the calendar",
     "<row r=\"1\"><c s=\"1\"><v>1</v></c><c s=\"1\"><v>59</v></c><c s=\"1\"><v>60</v></c><c s=\"1\"><v>61</v></c>"
     "<c s=\"1\"><v>2958465</v></c><c s=\"1\"><v>2958466</v></c><c s=\"1\"><v>-1</v></c><c "
     "s=\"1\"><v>0.5</v></c></row>",
     "", "1:@1900-01-01|@1900-02-28|~60|@1900-03-01|@9999-12-31|~2958466|~-1|12:00:00|"},
    {"a second before midnight, rounded", "<row r=\"1\"><c s=\"1\"><v>46398.999999999</v></c></row>", "",
     "1:@2027-01-12|"},
    {"durations and rates",
     "<row r=\"1\"><c s=\"5\"><v>1.5</v></c><c s=\"6\"><v>0.07</v></c><c s=\"9\"><v>1</v></c></row>", "",
     "1:@1900-01-01 12:00:00|7 %|100 %|"},
    {"dates of ISO 8601",
     "<row r=\"1\"><c t=\"d\"><v>2027-01-11T00:00:00</v></c><c t=\"d\"><v>2027-01-11T08:30:00Z</v></c><c t=\"d\">"
     "<v>10:10:10</v></c></row>",
     "", "1:@2027-01-11|@2027-01-11 08:30:00|10:10:10|"},
    {"a string within the cell and a value beside it",
     "<row r=\"1\"><c t=\"inlineStr\"><is><t>1.</t></is><v>1.0</v></c><c t=\"inlineStr\"><v>1.0</v><is><t>2.</t></is>"
     "</c><c t=\"inlineStr\"><v>seul</v></c></row>",
     "", "1:1.|2.|seul|"},
    {"yes, no and errors",
     "<row r=\"1\"><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"e\"><v>#N/A</v></c></row>", "",
     "1:VRAI|FAUX|!#N/A|"},
    {"formulas",
     "<row r=\"1\"><c><f>1+1</f><v>2</v></c><c t=\"str\"><f>A1&amp;\"x\"</f><v>2x</v></c><c "
     "t=\"str\"><f>\"\"</f><v></v>"
     "</c><c><f>SUM(A1)</f></c></row>",
     "", "1:~2|2x||!=|"},
    {"control characters in codes",
     "<row r=\"1\"><c t=\"inlineStr\"><is><t>a_x000D_\nb_x005F_x0041_ _x0009_c_x00e9__xD800_</t></is></c></row>", "",
     "1:a\nb_x0041_ \tc\xC3\xA9_xD800_|"},
    {"empty cells and rows that have a look",
     "<row r=\"1\"><c r=\"A1\" s=\"1\"/></row><row r=\"5\"/><row r=\"1048576\"><c r=\"B1048576\"><v>1</v></c>"
     "<c r=\"XFD1048576\" s=\"1\"/></row>",
     "", "1048576:|~1|"},
    {"prefixed names",
     "<x:row xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" r=\"3\"><x:c><x:v>1</x:v></x:c></x:row>", "",
     "3:~1|"},
    {"a cell far to the right", "<row r=\"4\"><c r=\"XFD4\"><v>1</v></c></row>", "", "E-XLSX-COLONNES"},
    {"cells in disorder", "<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>", "", "E-XLSX-ABIME"},
    {"rows in disorder", "<row r=\"2\"><c><v>1</v></c></row><row r=\"2\"><c><v>1</v></c></row>", "",
     "2:~1| E-XLSX-ABIME"},
    {"a string that is not there", "<row r=\"1\"><c t=\"s\"><v>7</v></c></row>", "<si><t>a</t></si>", "E-XLSX-ABIME"},
    {"a number that is none", "<row r=\"1\"><c><v>douze</v></c></row>", "", "E-XLSX-ABIME"},
    {"a number that is hexadecimal", "<row r=\"1\"><c><v>0x10</v></c></row>", "", "E-XLSX-ABIME"},
    {"a number that is infinite", "<row r=\"1\"><c><v>1e999</v></c></row>", "", "E-XLSX-ABIME"},
    {"a row that never ends", "<row r=\"1\"><c><v>1</v></c>", "", "E-XLSX-ABIME"},
};

static void each_sheet(void)
{
    g_autofree char *path = path_in("sheet.xlsx");
    for (size_t i = 0; i < G_N_ELEMENTS(sheets); i++) {
        package_book(path, &(PackageBook){.rows = sheets[i].rows, .strings = sheets[i].strings, .styles = STYLES});
        g_autofree char *told = told_of(path);
        g_test_message("%s", sheets[i].name);
        g_assert_cmpstr(told, ==, sheets[i].told);
    }
}

/* ---- the book ---- */

#define BOOK(inside)                                                                                                   \
    "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "                                   \
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">" inside "</workbook>"
#define ONE "<row r=\"1\"><c s=\"1\"><v>44936</v></c></row>"

static void sheets_of_a_book(void)
{
    g_autofree char *path = path_in("book.xlsx");
    package_book(path, &(PackageBook){.rows = ONE,
                                      .styles = STYLES,
                                      .relation = "/xl/worksheets/sheet1.xml",
                                      .saved = "2027-01-11T08:30:00Z",
                                      .book = BOOK("<workbookPr date1904=\"1\"/><sheets>"
                                                   "<sheet name=\"Graphique\" sheetId=\"9\" r:id=\"rId5\"/>"
                                                   "<sheet name=\"offres\" sheetId=\"1\" r:id=\"rId1\"/>"
                                                   "<sheet name=\"Listes\" sheetId=\"2\" state=\"veryHidden\" "
                                                   "r:id=\"rId4\"/></sheets>")});
    Refusal fault;
    g_autoptr(Xlsx) xlsx = xlsx_open(path, &fault, NULL);
    g_assert_nonnull(xlsx);
    g_assert_cmpint(xlsx_n_sheets(xlsx), ==, 2);
    g_assert_cmpstr(xlsx_sheet_name(xlsx, 0), ==, "offres");
    g_assert_false(xlsx_sheet_hidden(xlsx, 0));
    g_assert_true(xlsx_sheet_hidden(xlsx, 1));
    g_assert_cmpint(xlsx_sheet_find(xlsx, "Listes"), ==, 1);
    g_assert_cmpint(xlsx_sheet_find(xlsx, "Graphique"), ==, -1);
    g_assert_cmpstr(xlsx_saved(xlsx), ==, "2027-01-11T08:30:00Z");
    /* a sheet may be read again, and another begun before the end of one */
    for (int i = 0; i < 3; i++) {
        SourceRecord record;
        xlsx_start(xlsx, i % 2);
        g_assert_true(xlsx_next(xlsx, &record) == SOURCE_RECORD);
        g_assert_cmpstr(record.cells[0], ==, "2027-01-11");
        if (i != 1)
            g_assert_true(xlsx_next(xlsx, &record) == SOURCE_ENDED);
    }
}

/* What our own writing library writes is read as it was meant. */
static void written_by_the_library(void)
{
    g_autofree char *path = path_in("written.xlsx"), *folder = g_path_get_dirname(path);
    SheetAbout about = {.title = "", .subject = "", .keywords = "", .version = "", .footer = "", .day = 739992};
    SheetBook *book = sheet_book_new(path, folder, &about);
    Sheet *sheet = sheet_new(book, "besoins");
    g_autoptr(GError) error = NULL;
    sheet_merged(sheet, 0, 0, 0, 3, SHEET_TITLE, "Titre fusionné");
    sheet_text(sheet, 2, 0, SHEET_TEXT, "00123 é_x0041_ <&> \"x\"");
    sheet_amount(sheet, 2, 1, SHEET_AMOUNT, 99756);
    sheet_day(sheet, 2, 2, SHEET_DAY, 739992);
    sheet_number(sheet, 2, 3, SHEET_PERCENT, 0.125);
    sheet_formula(sheet, 2, 4, SHEET_INTEGER, "=1+1", 2);
    sheet_blank(sheet, 2, 5, SHEET_FILL_IN);
    sheet_integer(sheet, 2, 6, SHEET_INTEGER, INT64_C(33000001900019));
    g_assert_true(sheet_book_close(book, &error));
    g_autofree char *told = told_of(path);
    g_assert_cmpstr(told, ==,
                    "1:Titre fusionné| 3:00123 é_x0041_ <&> \"x\"|~997.56|@2027-01-11|12.5 %|~2||~33000001900019|");
}

/* ---- refusals ---- */

static char *repeated(const char *before, const char *what, int times, const char *after)
{
    GString *text = g_string_new(before);
    for (int i = 0; i < times; i++)
        g_string_append(text, what);
    g_string_append(text, after);
    return g_string_free(text, FALSE);
}

static void refusals_of_parts(void)
{
    g_autofree char *path = path_in("refused.xlsx");
    g_autofree char *nested = repeated("<a>", "<b>", 40, ""),
                    *blanks = repeated("<a>", "                ", 8000000, ""),
                    *tag = repeated("<a b=\"", "0123456789abcdef", 200000, "\"/>"),
                    *text = repeated("<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>", "0123456789abcdef", 9000,
                                     "</t></is></c></row></sheetData></worksheet>");
    const struct {
        const char *sheet, *code;
    } cases[] = {
        {"<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "E-XLSX-DTD"},
        {"<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", "E-XLSX-DTD"},
        {"<a>&b;</a>", "E-XLSX-ABIME"},
        {"", "E-XLSX-ABIME"},
        {"<a></b>", "E-XLSX-ABIME"},
        {nested, "E-XLSX-ABIME"},
        {blanks, "E-XLSX-DEMESURE"},
        {tag, "E-XLSX-DEMESURE"},
        {text, "E-XLSX-DEMESURE"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        package_book(path, &(PackageBook){.sheet = cases[i].sheet});
        g_autofree char *told = told_of(path);
        g_test_message("case %zu", i);
        g_assert_cmpstr(told, ==, cases[i].code);
    }
}

static void refusals_of_files(void)
{
    g_autofree char *path = path_in("file.xlsx");
    const PackagePart ods[] = {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet", -1},
                               {"content.xml", "<a/>", -1}};
    const PackagePart zip[] = {{"besoins.csv", "reference;siae", -1}};
    const PackagePart xlsb[] = {{"xl/workbook.bin", "x", -1}};
    const PackagePart hollow[] = {{"xl/workbook.xml", BOOK("<sheets/>"), -1}};
    const struct {
        const PackagePart *parts;
        int n;
        const char *password, *code;
    } cases[] = {
        {ods, 2, NULL, "E-XLSX-AUTRE"},    {zip, 1, NULL, "E-XLSX-AUTRE"},          {xlsb, 1, NULL, "E-XLSX-AUTRE"},
        {hollow, 1, NULL, "E-XLSX-ABIME"}, {hollow, 1, "secret", "E-XLSX-PROTEGE"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        package_write(path, cases[i].parts, cases[i].n, cases[i].password);
        g_autofree char *told = told_of(path);
        g_test_message("case %zu", i);
        g_assert_cmpstr(told, ==, cases[i].code);
    }
}

#define OLE "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

static void old_workbooks(void)
{
    static const char closed[] = OLE "....E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0\0";
    g_autofree char *path = path_in("old.xls");
    put(path, OLE "W\0o\0r\0k\0b\0o\0o\0k", 24);
    g_autofree char *old = told_of(path);
    g_assert_cmpstr(old, ==, "E-XLSX-ANCIEN");
    put(path, closed, sizeof closed);
    g_autofree char *told = told_of(path);
    g_assert_cmpstr(told, ==, "E-XLSX-PROTEGE");
}

/* A package cut anywhere, or with any byte changed, is read or refused, never worse. */
static void damaged_packages(void)
{
    g_autofree char *path = path_in("whole.xlsx"), *other = path_in("damaged.xlsx"), *bytes = NULL;
    gsize n;
    package_book(path, &(PackageBook){.rows = sheets[1].rows, .strings = sheets[1].strings, .styles = STYLES});
    g_assert_true(g_file_get_contents(path, &bytes, &n, NULL));
    int refused = 0;
    for (gsize i = 4; i < n; i += 2) {
        put(other, bytes, i);
        g_autofree char *cut = told_of(other);
        g_assert_true(g_str_has_prefix(cut, "E-XLSX-"));
        bytes[i] = (char)(bytes[i] ^ 0x55);
        put(other, bytes, n);
        bytes[i] = (char)(bytes[i] ^ 0x55);
        g_autofree char *changed = told_of(other);
        refused += strstr(changed, "E-XLSX-") != NULL;
    }
    g_assert_cmpint(refused, >, (int)n / 6);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/xlsx/each kind of cell is read as it is meant", each_sheet);
    g_test_add_func("/xlsx/a book tells its sheets", sheets_of_a_book);
    g_test_add_func("/xlsx/what libxlsxwriter writes is read as it was meant", written_by_the_library);
    g_test_add_func("/xlsx/tricks in a part refuse the book", refusals_of_parts);
    g_test_add_func("/xlsx/other packages are told by their name", refusals_of_files);
    g_test_add_func("/xlsx/old and closed workbooks are told apart", old_workbooks);
    g_test_add_func("/xlsx/a damaged package is read or refused", damaged_packages);
    return g_test_run();
}
