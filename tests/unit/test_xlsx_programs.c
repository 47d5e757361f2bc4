/* Workbooks in the words of the programs people use: the clean folder as Excel, as Google Sheets and as programs that
 * name parts in Windows' way write it gives what its CSV files give. The habits are those of files these programs
 * wrote. */
#include "tests/lib/input_folder.h"
#include "tests/lib/model_compare.h"
#include "tests/lib/package.h"

#include <string.h>

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define MICROSOFT "http://schemas.microsoft.com/office/spreadsheetml/"
#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
#define RELATION(id, type, target) "<Relationship Id=\"" id "\" Type=\"" OFFICE "/" type "\" Target=\"" target "\"/>"
#define RELATIONS(inside)                                                                                              \
    XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" inside                \
        "</Relationships>"

/* What a cell becomes when it is typed or pasted into a spreadsheet of France. */
typedef enum { TYPED_TEXT, TYPED_NUMBER, TYPED_DATE, TYPED_RATE, TYPED_EUROS, TYPED_N } Typed;

/* number: of TYPED_NUMBER and above, as the part writes it. Caller frees. */
static Typed typed(const char *text, char **number)
{
    g_autofree char *plain = g_strdup(text);
    Typed kind = TYPED_NUMBER;
    int year, month, day, n = 0;
    *number = NULL;
    if (sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &n) == 3 && text[n] == '\0') {
        GDate *first = g_date_new_dmy(30, G_DATE_DECEMBER, 1899),
              *date = g_date_new_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year);
        *number = g_strdup_printf("%d", g_date_days_between(first, date));
        g_date_free(first);
        g_date_free(date);
        return TYPED_DATE;
    }
    if (g_str_has_suffix(plain, " %") || g_str_has_suffix(plain, " €")) {
        kind = g_str_has_suffix(plain, " %") ? TYPED_RATE : TYPED_EUROS;
        *strrchr(plain, ' ') = '\0';
    }
    g_auto(GStrv) groups = g_strsplit(plain, " ", -1);
    g_autofree char *digits = g_strjoinv("", groups);
    size_t whole = strspn(digits, "0123456789"), rest = strspn(digits + whole + (digits[whole] == ','), "0123456789");
    bool number_like = whole > 0 && digits[whole + (digits[whole] == ',') + rest] == '\0' &&
                       (digits[0] != '0' || whole == 1) && whole <= 15;
    if (!number_like)
        return TYPED_TEXT;
    g_strdelimit(digits, ",", '.');
    *number = kind == TYPED_RATE ? g_strdup_printf("%.10g", g_ascii_strtod(digits, NULL) / 100) : g_strdup(digits);
    return kind;
}

/* ---- the programs ---- */

typedef struct {
    const char *name;
    const char *row;            /* the start of a row's tag, behind its number */
    const char *cells[TYPED_N]; /* attributes of a cell of that kind */
    const char *above, *below;  /* of the rows */
    int empty_rows;             /* that the program writes below */
    const char *decimal;        /* behind whole numbers */
    const char *book, *relations, *root, *styles, *strings;
    char separator; /* between the folders of a part's name */
} Program;

#define EXCEL_ROOT                                                                                                     \
    "xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006" \
    "\" mc:Ignorable=\"x14ac xr xr2 xr3\" xmlns:x14ac=\"" MICROSOFT "2009/9/ac\" xmlns:xr=\"" MICROSOFT                \
    "2014/revision\" xmlns:xr2=\"" MICROSOFT "2015/revision2\" xmlns:xr3=\"" MICROSOFT "2016/revision3\""
#define GOOGLE_ROOT                                                                                                    \
    "xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\" xmlns:mx=\"http://schemas.microsoft.com/office/mac/excel/2008/main\" "  \
    "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:mv=\"urn:schemas-microsoft-com:"   \
    "mac:vml\" xmlns:x14=\"" MICROSOFT "2009/9/main\" xmlns:x14ac=\"" MICROSOFT "2009/9/ac\""

static const Program programs[] = {
    {.name = "Excel",
     .row = " spans=\"1:15\" x14ac:dyDescent=\"0.25\"",
     .cells = {" t=\"s\"", "", " s=\"1\"", " s=\"2\"", " s=\"3\""},
     .above =
         XML "\r\n<worksheet " EXCEL_ROOT " xr:uid=\"{00000000-0001-0000-0000-000000000000}\"><sheetPr codeName="
             "\"Feuil1\"/><dimension ref=\"A1:O12\"/><sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\">"
             "<selection activeCell=\"A3\" sqref=\"A3\"/></sheetView></sheetViews><sheetFormatPr baseColWidth=\"10\" "
             "defaultRowHeight=\"15\" x14ac:dyDescent=\"0.25\"/><cols><col min=\"1\" max=\"1\" width=\"14.7\" "
             "customWidth=\"1\"/></cols><sheetData><row r=\"1\" spans=\"1:15\" ht=\"21\" x14ac:dyDescent=\"0.35\">"
             "<c r=\"A1\" s=\"4\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"4\"/><c r=\"C1\" s=\"4\"/></row>",
     .below =
         "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"A1:C1\"/></mergeCells><phoneticPr fontId=\"1\" "
         "type=\"noConversion\"/><dataValidations count=\"1\"><dataValidation type=\"list\" sqref=\"B4\"><formula1>"
         "\"oui,non\"</formula1></dataValidation></dataValidations><pageMargins left=\"0.7\" right=\"0.7\" "
         "top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/><extLst><ext uri=\"{CCE6A557-97BC-4b89-ADB6-"
         "D9C93CAAB3DF}\" xmlns:x14=\"" MICROSOFT "2009/9/main\"><x14:dataValidations xmlns:xm=\"http://schemas."
         "microsoft.com/office/excel/2006/main\" count=\"1\"><x14:dataValidation type=\"list\"><x14:formula1><xm:f>"
         "Listes!$A$1:$A$9</xm:f></x14:formula1><xm:sqref>C4</xm:sqref></x14:dataValidation></x14:dataValidations>"
         "</ext></extLst></worksheet>",
     .decimal = "",
     .book = XML
     "\r\n<workbook " EXCEL_ROOT "><fileVersion appName=\"xl\" lastEdited=\"7\" lowestEdited=\"7\" rupBuild="
     "\"27425\"/><workbookPr codeName=\"ThisWorkbook\" defaultThemeVersion=\"166925\"/><mc:AlternateContent>"
     "<mc:Choice Requires=\"x15\"><x15ac:absPath url=\"C:\\Users\\x\\\" xmlns:x15ac=\"" MICROSOFT
     "2010/11/ac\"/></mc:Choice></mc:AlternateContent><xr:revisionPtr revIDLastSave=\"0\" documentId="
     "\"8_{0}\" xr6:coauthVersionLast=\"47\" xmlns:xr6=\"" MICROSOFT "2016/revision6\"/><bookViews><workbookView "
     "xWindow=\"-120\" yWindow=\"-120\" windowWidth=\"29040\" windowHeight=\"15720\"/></bookViews><sheets>"
     "<sheet name=\"Feuil1\" sheetId=\"1\" r:id=\"rId1\"/></sheets><definedNames><definedName "
     "name=\"_xlnm._FilterDatabase\" localSheetId=\"0\" hidden=\"1\">Feuil1!$A$3:$C$3</definedName>"
     "</definedNames><calcPr calcId=\"191029\"/></workbook>",
     .relations = RELATIONS(RELATION("rId3", "styles", "styles.xml") RELATION("rId2", "theme", "theme/theme1.xml")
                                RELATION("rId1", "worksheet", "worksheets/sheet1.xml")
                                    RELATION("rId5", "calcChain", "calcChain.xml")
                                        RELATION("rId4", "sharedStrings", "sharedStrings.xml")),
     .root = RELATIONS("<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/"
                       "metadata/core-properties\" Target=\"docProps/core.xml\"/>" RELATION("rId1", "officeDocument",
                                                                                            "xl/workbook.xml")),
     .styles =
         XML "\r\n<styleSheet " EXCEL_ROOT "><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"_-* #,##0.00"
             "\\ [$€-40C]_-;\\-* #,##0.00\\ [$€-40C]_-;_-* &quot;-&quot;??\\ [$€-40C]_-;_-@_-\"/></numFmts><fonts "
             "count=\"1\" x14ac:knownFonts=\"1\"><font><sz val=\"11\"/></font></fonts><cellStyleXfs count=\"1\"><xf "
             "numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"5\"><xf "
             "numFmtId=\"0\" xfId=\"0\"/><xf numFmtId=\"14\" xfId=\"0\" applyNumberFormat=\"1\"/><xf numFmtId=\"9\" "
             "xfId=\"0\" applyNumberFormat=\"1\"/><xf numFmtId=\"164\" xfId=\"0\" applyNumberFormat=\"1\"/><xf "
             "numFmtId=\"0\" xfId=\"0\" applyAlignment=\"1\"><alignment horizontal=\"center\"/></xf></cellXfs><dxfs "
             "count=\"1\"><dxf><numFmt numFmtId=\"19\" formatCode=\"dd/mm/yyyy\"/></dxf></dxfs></styleSheet>",
     .strings = "<si><r><rPr><b/><sz val=\"16\"/></rPr><t xml:space=\"preserve\">Recensement </t></r><r><rPr><sz val="
                "\"16\"/></rPr><t>2027</t></r><rPh sb=\"0\" eb=\"1\"><t>phonétique</t></rPh><phoneticPr fontId=\"1\"/>"
                "</si>",
     .separator = '/'},
    {.name = "Google Sheets",
     .row = " ht=\"15.75\" customHeight=\"1\"",
     .cells = {" s=\"1\" t=\"s\"", " s=\"1\"", " s=\"2\"", " s=\"3\"", " s=\"4\""},
     .above = XML "<worksheet " GOOGLE_ROOT "><sheetPr><outlinePr summaryBelow=\"0\" summaryRight=\"0\"/></sheetPr>"
                  "<sheetViews><sheetView workbookViewId=\"0\"/></sheetViews><sheetFormatPr customHeight=\"1\" "
                  "defaultColWidth=\"12.63\" defaultRowHeight=\"15.75\"/><sheetData>",
     .below = "</sheetData><drawing r:id=\"rId1\"/></worksheet>",
     .empty_rows = 1000,
     .decimal = ".0",
     .book = XML "<workbook " GOOGLE_ROOT "><workbookPr/><sheets><sheet state=\"visible\" name=\"Feuille 1\" sheetId="
                 "\"1\" r:id=\"rId4\"/></sheets><definedNames/><calcPr/></workbook>",
     .relations = RELATIONS(RELATION("rId1", "theme", "theme/theme1.xml") RELATION("rId2", "styles", "styles.xml")
                                RELATION("rId3", "sharedStrings", "sharedStrings.xml")
                                    RELATION("rId4", "worksheet", "worksheets/sheet1.xml")),
     .root = RELATIONS(RELATION("rId1", "officeDocument", "xl/workbook.xml")),
     .styles =
         XML "<styleSheet xmlns=\"" MAIN "\" xmlns:x14ac=\"" MICROSOFT "2009/9/ac\"><numFmts count=\"2\"><numFmt "
             "numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/><numFmt numFmtId=\"165\" formatCode=\"#,##0.00\\ "
             "[$€-1]\"/></numFmts><cellStyleXfs count=\"1\"><xf borderId=\"0\" fillId=\"0\" fontId=\"0\" numFmtId="
             "\"0\"/></cellStyleXfs><cellXfs count=\"5\"><xf borderId=\"0\" fontId=\"0\" numFmtId=\"0\" xfId=\"0\"/>"
             "<xf borderId=\"0\" fontId=\"1\" numFmtId=\"0\" xfId=\"0\"/><xf borderId=\"0\" fontId=\"1\" numFmtId="
             "\"164\" xfId=\"0\"/><xf borderId=\"0\" fontId=\"1\" numFmtId=\"10\" xfId=\"0\"/><xf borderId=\"0\" "
             "fontId=\"1\" numFmtId=\"165\" xfId=\"0\"/></cellXfs><dxfs count=\"0\"/></styleSheet>",
     .strings = "",
     .separator = '/'},
};

/* A row of the table; strings takes its texts. */
static void put_row(GString *out, const Program *program, int line, const char *record, GString *strings,
                    int *n_strings)
{
    g_auto(GStrv) cells = g_strsplit(record, ";", -1);
    g_string_append_printf(out, "<row r=\"%d\"%s>", line, program->row);
    for (int c = 0; cells[c] != NULL; c++) {
        g_autofree char *number = NULL, *escaped = g_markup_escape_text(cells[c], -1);
        Typed kind = *cells[c] != '\0' ? typed(cells[c], &number) : TYPED_TEXT;
        g_string_append_printf(out, "<c r=\"%c%d\"", 'A' + c, line);
        if (*cells[c] == '\0') {
            g_string_append(out, " s=\"1\"/>");
            continue;
        }
        if (kind == TYPED_TEXT) {
            number = g_strdup_printf("%d", (*n_strings)++);
            g_string_append_printf(strings, "<si><t%s>%s</t></si>",
                                   strchr(escaped, ' ') ? " xml:space=\"preserve\"" : "", escaped);
        }
        bool whole = kind != TYPED_TEXT && strchr(number, '.') == NULL;
        g_string_append_printf(out, "%s><v>%s%s</v></c>", program->cells[kind], number, whole ? program->decimal : "");
    }
    g_string_append(out, "</row>");
}

/* The package's name of a part. */
static char *part_name(const Program *program, const char *name)
{
    return g_strdelimit(g_strdup(name), "/", program->separator);
}

static void put_workbook(const Program *program, const char *path, const char *csv)
{
    g_auto(GStrv) lines = g_strsplit(csv, "\n", -1);
    g_autoptr(GString) sheet = g_string_new(program->above), texts = g_string_new(program->strings);
    int n_strings = *program->strings != '\0', line = n_strings > 0 ? 3 : 1; /* below the title, if there is one */
    for (int i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
        put_row(sheet, program, line++, lines[i], texts, &n_strings);
    for (; line <= program->empty_rows; line++)
        g_string_append_printf(sheet, "<row r=\"%d\"%s><c r=\"A%d\" s=\"1\"/></row>", line, program->row, line);
    g_string_append(sheet, program->below);
    g_autofree char *strings = g_strdup_printf(XML "<sst xmlns=\"" MAIN "\" count=\"%d\" uniqueCount=\"%d\">%s</sst>",
                                               n_strings, n_strings, texts->str);
    const char *const names[] = {
        "[Content_Types].xml",      "_rels/.rels",   "xl/workbook.xml",     "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"};
    const char *const bytes[] = {XML "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
                                 program->root,
                                 program->book,
                                 program->relations,
                                 sheet->str,
                                 program->styles,
                                 strings};
    PackagePart parts[G_N_ELEMENTS(names)];
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        parts[i] = (PackagePart){part_name(program, names[i]), bytes[i], -1};
    package_write(path, parts, (int)G_N_ELEMENTS(names), NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        g_free((char *)(guintptr)parts[i].name);
}

/* ---- tests ---- */

static void gives_what_its_csv_files_give(gconstpointer data)
{
    const Program *program = data;
    g_autoptr(InputFolder) folder = input_folder_new();
    g_autoptr(GDir) dir = g_dir_open(folder->path, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Model) expected = NULL, model = NULL;
    g_autofree char *clean = input_folder_verdict(folder, 0, &expected);
    g_assert_cmpstr(clean, ==, "");
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;)
        g_ptr_array_add(names, g_strdup(name));
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        g_autofree char *csv = input_folder_get(folder, name), *stem = g_strndup(name, strlen(name) - strlen(".csv")),
                        *path = g_strdup_printf("%s/%s.xlsx", folder->path, stem);
        put_workbook(program, path, csv);
        input_folder_remove(folder, name);
    }
    g_autofree char *verdict = input_folder_verdict(folder, 0, &model);
    g_assert_cmpstr(verdict, ==, "");
    g_autofree char *difference = model_compare(expected, model);
    g_assert_cmpstr(difference, ==, NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    static Program backslash;
    for (size_t i = 0; i < G_N_ELEMENTS(programs); i++) {
        g_autofree char *name = g_strdup_printf("/xlsx programs/%s", programs[i].name);
        g_test_add_data_func(name, &programs[i], gives_what_its_csv_files_give);
    }
    backslash = programs[0];
    backslash.separator = '\\';
    g_test_add_data_func("/xlsx programs/parts named in Windows' way", &backslash, gives_what_its_csv_files_give);
    return g_test_run();
}
