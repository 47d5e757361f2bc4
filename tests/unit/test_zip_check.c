/* Workbooks read back after writing (export/zip_check.h, export/sheet.h): what is cut, changed or lost is told. */
#include "config/fault.h"
#include "export/sheet.h"
#include "export/zip_check.h"

#include <glib/gstdio.h>
#include <string.h>

static const SheetAbout about = {"Titre", "Sujet", "mots", "1", "pied & page", 739000};

typedef struct {
    char *folder, *path;
    int64_t cells[2];
} Book;

/* A book of two sheets; every part of it is larger than a few blocks. */
static Book book_new(void)
{
    Book book = {g_dir_make_tmp("prisme-zip-XXXXXX", NULL), NULL, {0, 0}};
    book.path = g_build_filename(book.folder, "book.xlsx", NULL);
    SheetBook *made = sheet_book_new(book.path, book.folder, &about);
    for (int s = 0; s < 2; s++) {
        Sheet *sheet = sheet_new(made, s == 0 ? "Un" : "Deux");
        for (int row = 0; row < 300; row++) {
            g_autofree char *text = g_strdup_printf("texte <%d> & %d", row, s);
            sheet_text(sheet, row, 0, SHEET_TEXT, text);
            sheet_amount(sheet, row, 1, SHEET_AMOUNT, row * 100 + s);
            book.cells[s] += 2;
        }
    }
    g_assert_true(sheet_book_close(made, NULL));
    return book;
}

static void write_bytes(const Book *book, const char *bytes, gsize length)
{
    g_remove(book->path);
    g_assert_true(g_file_set_contents_full(book->path, bytes, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0644, NULL));
}

static void book_free(Book *book)
{
    g_remove(book->path);
    g_rmdir(book->folder);
    g_free(book->path);
    g_free(book->folder);
}

static void test_whole(void)
{
    Book book = book_new();
    g_autoptr(GError) error = NULL;
    g_assert_true(zip_check_workbook(book.path, book.cells, 2, &error));
    g_assert_no_error(error);
    book_free(&book);
}

static void test_counts(void)
{
    Book book = book_new();
    for (int s = 0; s < 2; s++)
        for (int step = -1; step <= 1; step += 2) {
            g_autoptr(GError) error = NULL;
            book.cells[s] += step;
            g_assert_false(zip_check_workbook(book.path, book.cells, 2, &error));
            g_assert_error(error, FAULT, FAULT_OUTPUT);
            book.cells[s] -= step;
        }
    g_assert_false(zip_check_workbook(book.path, book.cells, 1, NULL));
    g_assert_false(zip_check_workbook("/nowhere.xlsx", book.cells, 2, NULL));
    book_free(&book);
}

static void test_cut(void)
{
    Book book = book_new();
    g_autofree char *bytes = NULL;
    gsize length;
    g_assert_true(g_file_get_contents(book.path, &bytes, &length, NULL));
    for (gsize cut = 0; cut < length; cut += cut < 100 || cut > length - 100 ? 1 : 97) {
        write_bytes(&book, bytes, cut);
        if (zip_check_workbook(book.path, book.cells, 2, NULL))
            g_error("cut to %d of %d bytes, and not told", (int)cut, (int)length);
    }
    book_free(&book);
}

/* A changed byte is told, or lies where it changes nothing that is read back (dates and versions of the package). */
static void test_changed(void)
{
    Book book = book_new();
    g_autofree char *bytes = NULL;
    gsize length;
    int told = 0, tried = 0;
    g_assert_true(g_file_get_contents(book.path, &bytes, &length, NULL));
    for (gsize at = 0; at < length; at += 13, tried++) {
        bytes[at] ^= 0x20;
        write_bytes(&book, bytes, length);
        told += !zip_check_workbook(book.path, book.cells, 2, NULL);
        bytes[at] ^= 0x20;
    }
    g_test_message("%d of %d changed bytes told", told, tried);
    g_assert_cmpint(told, >, tried * 3 / 4);
    book_free(&book);
}

static void test_hostile_texts(void)
{
    static const char *const texts[] = {"=1+1",
                                        "@SUM(A1)",
                                        "http://example.org",
                                        "mailto:a@b",
                                        "\xff\xfe bad bytes",
                                        "\x01\x02\x1f control",
                                        "a\r\nb\tc",
                                        "\u202Eright to left \u05D0\u05D1",
                                        "emoji \U0001F600",
                                        "nonchar \uFFFE\uFFFF",
                                        "_x0041_ _x005F_",
                                        "<b>&amp;\"'",
                                        "",
                                        " "};
    g_autofree char *folder = g_dir_make_tmp("prisme-zip-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "book.xlsx", NULL);
    g_autoptr(GError) error = NULL;
    GString *emoji = g_string_new(NULL);
    SheetBook *made = sheet_book_new(path, folder, &about);
    Sheet *sheet = sheet_new(made, "Textes");
    int row = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        sheet_text(sheet, row++, 0, SHEET_WRAP, texts[i]);
    for (int i = 0; i < 40000; i++)
        g_string_append(emoji, i % 2 ? "\U0001F600" : "a");
    sheet_text(sheet, row++, 0, SHEET_WRAP, emoji->str);
    sheet_merged(sheet, row, 0, row, 3, SHEET_PROSE, emoji->str);
    g_assert_true(sheet_book_close(made, &error));
    g_assert_no_error(error);
    g_string_free(emoji, TRUE);
    g_remove(path);
    g_rmdir(folder);
}

static void test_no_folder(void)
{
    g_autoptr(GError) error = NULL;
    SheetBook *made = sheet_book_new("/nowhere/at/all.xlsx", "/tmp", &about);
    sheet_text(sheet_new(made, "Un"), 0, 0, SHEET_TEXT, "texte");
    g_assert_false(sheet_book_close(made, &error));
    g_assert_error(error, FAULT, FAULT_OUTPUT);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/zip check/a whole workbook passes", test_whole);
    g_test_add_func("/zip check/a cell or a sheet too many or too few is told", test_counts);
    g_test_add_func("/zip check/a workbook cut anywhere is told", test_cut);
    g_test_add_func("/zip check/changed bytes are told", test_changed);
    g_test_add_func("/zip check/hostile texts are written whole", test_hostile_texts);
    g_test_add_func("/zip check/a folder that is not there is told", test_no_folder);
    return g_test_run();
}
