/* Packages written by libzip: see package.h. */
#include "tests/lib/package.h"

#include <string.h>
#include <zip.h>

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONS "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"

void package_write(const char *path, const PackagePart *parts, int n, const char *password)
{
    int cause;
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &cause);
    g_assert_nonnull(zip);
    for (int i = 0; i < n; i++) {
        gsize length = parts[i].n < 0 ? strlen(parts[i].bytes) : (gsize)parts[i].n;
        zip_source_t *source = zip_source_buffer(zip, parts[i].bytes, length, 0);
        zip_int64_t index = zip_file_add(zip, parts[i].name, source, 0);
        g_assert_cmpint(index, >=, 0);
        if (password != NULL)
            g_assert_cmpint(zip_file_set_encryption(zip, (zip_uint64_t)index, ZIP_EM_AES_128, password), ==, 0);
    }
    g_assert_cmpint(zip_close(zip), ==, 0);
}

static char *wrapped(const char *before, const char *inside, const char *after)
{
    return g_strconcat("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n", before,
                       inside != NULL ? inside : "", after, NULL);
}

void package_book(const char *path, const PackageBook *book)
{
    g_autofree char *sheet = book->sheet != NULL ? g_strdup(book->sheet)
                                                 : wrapped("<worksheet xmlns=\"" MAIN "\"><sheetData>", book->rows,
                                                           "</sheetData></worksheet>");
    g_autofree char *strings = wrapped("<sst xmlns=\"" MAIN "\">", book->strings, "</sst>");
    g_autofree char *styles = wrapped("<styleSheet xmlns=\"" MAIN "\">", book->styles, "</styleSheet>");
    g_autofree char *saved = wrapped("<cp:coreProperties xmlns:cp=\"c\" xmlns:dcterms=\"d\"><dcterms:modified>",
                                     book->saved, "</dcterms:modified></cp:coreProperties>");
    g_autofree char *relations =
        wrapped(RELATIONS "<Relationship Id=\"rId1\" Type=\"" OFFICE "/worksheet\" Target=\"",
                book->relation != NULL ? book->relation : "worksheets/sheet1.xml",
                "\"/><Relationship Id=\"rId2\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/>"
                "<Relationship Id=\"rId3\" Type=\"" OFFICE "/sharedStrings\" Target=\"sharedStrings.xml\"/>"
                "<Relationship Id=\"rId4\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/sheet2.xml\"/>"
                "<Relationship Id=\"rId5\" Type=\"" OFFICE "/chartsheet\" Target=\"chartsheets/sheet1.xml\"/>"
                "</Relationships>");
    const char *plain = "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE
                        "\"><sheets><sheet name=\"Feuil1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
    const PackagePart parts[] = {
        {"[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>", -1},
        {"_rels/.rels",
         RELATIONS "<Relationship Id=\"rId1\" Type=\"" OFFICE
                   "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
         -1},
        {"xl/workbook.xml", book->book != NULL ? book->book : plain, -1},
        {"xl/_rels/workbook.xml.rels", relations, -1},
        {"xl/worksheets/sheet1.xml", sheet, -1},
        {"xl/worksheets/sheet2.xml", sheet, -1},
        {"xl/styles.xml", styles, -1},
        {"xl/sharedStrings.xml", strings, -1},
        {"docProps/core.xml", saved, -1},
    };
    package_write(path, parts, (int)G_N_ELEMENTS(parts), NULL);
}
