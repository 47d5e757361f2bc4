/* Fuzz target: any bytes as a file (a workbook, a catalogue, a list), or, behind a first byte of 1..6, as one part of a
 * sound workbook. It is read or refused; rows go down, cells are bounded texts, and a second reading tells the same. */
#include "ingest/source.h"
#include "tests/lib/package.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

#define BOOK_MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define BOOK_OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define BOOK_RELATION(id, kind, target)                                                                                \
    "<Relationship Id=\"" id "\" Type=\"" BOOK_OFFICE "/" kind "\" Target=\"" target "\"/>"

static const PackagePart book_parts[] = {
    {"_rels/.rels", "<Relationships>" BOOK_RELATION("r1", "officeDocument", "xl/workbook.xml") "</Relationships>", -1},
    {"xl/workbook.xml",
     "<workbook xmlns=\"" BOOK_MAIN "\" xmlns:r=\"" BOOK_OFFICE
     "\"><sheets><sheet name=\"Vos besoins\" sheetId=\"1\" r:id=\"r1\"/><sheet name=\"_prisme\" sheetId=\"2\" "
     "state=\"hidden\" r:id=\"r2\"/></sheets></workbook>",
     -1},
    {"xl/_rels/workbook.xml.rels",
     "<Relationships>" BOOK_RELATION("r1", "worksheet", "worksheets/sheet1.xml")
         BOOK_RELATION("r2", "worksheet", "worksheets/sheet2.xml") BOOK_RELATION("r3", "styles", "styles.xml")
             BOOK_RELATION("r4", "sharedStrings", "sharedStrings.xml") "</Relationships>",
     -1},
    {"xl/worksheets/sheet1.xml",
     "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c s=\"1\"><v>46398</v></c></row></sheetData></worksheet>", -1},
    {"xl/worksheets/sheet2.xml", "<worksheet><sheetData><row><c t=\"s\"><v>1</v></c></row></sheetData></worksheet>",
     -1},
    {"xl/styles.xml", "<styleSheet><cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs></styleSheet>", -1},
    {"xl/sharedStrings.xml", "<sst><si><t>reference</t></si><si><t>b</t></si></sst>", -1},
};

/* All that a reading of the file tells, as a sum. */
static char *book_sum(const char *path)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_MD5);
    g_autoptr(GError) error = NULL;
    SourceRecord record;
    g_autoptr(Source) source = source_open(path, &record, &error);
    g_assert_no_error(error);
    if (source == NULL) {
        g_assert_nonnull(constat_code(record.constat));
        return g_strdup(constat_code(record.constat));
    }
    for (int table = 0; table < source_n_tables(source); table++) {
        SourceResult result;
        int64_t line = 0;
        g_assert_true(source_start(source, table, NULL, NULL));
        while ((result = source_next(source, &record, NULL)) == SOURCE_RECORD) {
            g_assert_cmpint(record.line, >=, line);
            line = record.line;
            g_checksum_update(sum, (const guchar *)&line, sizeof line);
            for (int i = 0; i < record.n_cells; i++) {
                g_assert_cmpuint(strlen(record.cells[i]), <=, 1 << 20);
                g_assert_true(g_utf8_validate(record.cells[i], -1, NULL));
                g_checksum_update(sum, (const guchar *)record.cells[i], (gssize)strlen(record.cells[i]) + 1);
            }
        }
        g_assert_true(result != SOURCE_BROKEN);
        g_checksum_update(sum, (const guchar *)&result, sizeof result);
    }
    return g_strdup(g_checksum_get_string(sum));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static char *path;
    if (path == NULL)
        path = g_strdup_printf("/dev/shm/prisme-fuzz-%d.xlsx", getpid());
    if (n > 0 && bytes[0] >= 1 && bytes[0] < G_N_ELEMENTS(book_parts)) {
        PackagePart parts[G_N_ELEMENTS(book_parts)];
        memcpy(parts, book_parts, sizeof parts);
        parts[bytes[0]].bytes = (const char *)bytes + 1;
        parts[bytes[0]].n = (gssize)n - 1;
        package_write(path, parts, (int)G_N_ELEMENTS(parts), NULL);
    } else {
        FILE *file = fopen(path, "w");
        g_assert_nonnull(file);
        g_assert_cmpuint(fwrite(bytes, 1, n, file), ==, n);
        g_assert_cmpint(fclose(file), ==, 0);
    }
    g_autofree char *once = book_sum(path), *twice = book_sum(path);
    g_assert_cmpstr(once, ==, twice);
    unlink(path);
    return 0;
}
