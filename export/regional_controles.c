/* Regional workbook, page Contrôles: each total as the database, the CSV files, this workbook's tables and the plan's
 * bilan tell it, and their difference. The last page but one: the tables it sums are written before it. */
#include "export/regional.h"

#include <string.h>

enum { LABEL, BASE, CSV, BOOK, BILAN, GAP, VERDICT, CSV_FILE, BOOK_COLUMN, N_COLUMNS };

static void put(Sheet *sheet, int row, int column, const ControlsRow *control, int64_t value)
{
    if (control->amount)
        sheet_amount(sheet, row, column, SHEET_AMOUNT, value);
    else
        sheet_integer(sheet, row, column, SHEET_INTEGER, value);
}

/* What the workbook's cells come to, computed again by the reader's program. */
static void put_sum(Sheet *sheet, int row, const ControlsRow *control, int64_t value)
{
    bool counts = strchr(control->table, '[') == NULL;
    g_autofree char *formula =
        counts ? g_strdup_printf("=COUNTA(%s[Session])", control->table) : g_strdup_printf("=SUM(%s)", control->table);
    sheet_formula(sheet, row, BOOK, control->amount ? SHEET_AMOUNT : SHEET_INTEGER, formula,
                  control->amount ? (double)value / 100 : (double)value);
}

static bool write_control(const Classeur *classeur, Sheet *sheet, int row, int which)
{
    const ControlsRow *control = &controls_rows[which];
    SheetStyle style = control->amount ? SHEET_AMOUNT : SHEET_INTEGER;
    int64_t values[BILAN + 1] = {0}, low = INT64_MAX, high = INT64_MIN;
    bool given[BILAN + 1] = {false};
    given[BASE] = controls_base(classeur->controls, which, &values[BASE]);
    given[CSV] = control->file != NULL;
    values[CSV] = classeur->controls->csv[which];
    given[BOOK] = sheet_total(sheet, control->table, &values[BOOK]);
    given[BILAN] = controls_bilan(&classeur->figures->plan->bilan, which, &values[BILAN]);
    g_assert(given[BOOK]);
    sheet_text(sheet, row, LABEL, SHEET_TEXT, control->label);
    for (int column = BASE; column <= BILAN; column++) {
        if (!given[column])
            sheet_blank(sheet, row, column, style);
        else if (column == BOOK)
            put_sum(sheet, row, control, values[column]);
        else
            put(sheet, row, column, control, values[column]);
        if (given[column]) {
            low = MIN(low, values[column]);
            high = MAX(high, values[column]);
        }
    }
    g_autofree char *formula = g_strdup_printf("=MAX(B%d:E%d)-MIN(B%d:E%d)", row + 1, row + 1, row + 1, row + 1);
    double gap = (double)(high - low);
    sheet_formula(sheet, row, GAP, style, formula, control->amount ? gap / 100 : gap);
    sheet_text(sheet, row, VERDICT, SHEET_CENTRE, high == low ? "Conforme" : "ÉCART");
    g_autofree char *file = control->file == NULL         ? g_strdup("")
                            : control->columns[0] == '\0' ? g_strdup_printf("%s, lignes", control->file)
                                                          : g_strdup_printf("%s, %s", control->file, control->columns);
    sheet_text(sheet, row, CSV_FILE, SHEET_TEXT, file);
    sheet_text(sheet, row, BOOK_COLUMN, SHEET_TEXT, control->table);
    return high == low;
}

void regional_controles(const Classeur *classeur, Sheet *sheet)
{
    static const char *const titles[N_COLUMNS] = {"Total", "Base de données", "Fichiers CSV",   "Ce classeur", "Bilan",
                                                  "Écart", "Verdict",         "Du fichier CSV", "Du tableau"};
    static const double widths[N_COLUMNS] = {40, 17, 17, 17, 17, 12, 12, 45, 44};
    int differences = 0;
    classeur_head(classeur, sheet, "Contrôles",
                  "chaque total, additionné par la base, relu dans les fichiers CSV, recalculé sur ce classeur");
    for (int i = 0; i < N_COLUMNS; i++) {
        bool right = i >= BASE && i <= GAP;
        sheet_text(sheet, CLASSEUR_TABLE_ROW, i, right ? SHEET_HEADER_RIGHT : SHEET_HEADER, titles[i]);
        sheet_width(sheet, i, widths[i]);
    }
    sheet_height(sheet, CLASSEUR_TABLE_ROW, 22);
    for (int i = 0; i < CONTROLS_N; i++)
        differences += !write_control(classeur, sheet, CLASSEUR_TABLE_ROW + 1 + i, i);
    int row = CLASSEUR_TABLE_ROW + 2 + CONTROLS_N;
    g_autofree char *verdict = differences == 0
                                   ? g_strdup_printf("Les %d totaux concordent au centime près.", CONTROLS_N)
                                   : g_strdup_printf("%d totaux sur %d ne concordent pas.", differences, CONTROLS_N);
    sheet_text(sheet, row, 0, SHEET_HEADING, verdict);
    sheet_text(
        sheet, row + 1, 0, SHEET_NOTE,
        classeur->controls->origin != NULL
            ? "La base additionne ses propres lignes ; les fichiers CSV sont relus après leur écriture ; les "
              "sommes du classeur sont des formules."
            : "Ce plan n’a pas été tiré de la base de données : sa colonne est vide. Les fichiers CSV sont relus "
              "après leur écriture ; les sommes du classeur sont des formules.");
    sheet_freeze(sheet, CLASSEUR_TABLE_ROW + 1, 1);
    sheet_print(sheet, CLASSEUR_TABLE_ROW, CLASSEUR_TABLE_ROW, -1, true, 221);
}
