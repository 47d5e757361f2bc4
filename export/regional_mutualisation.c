/* Regional workbook, page Gain de la mutualisation: the same learners, had each SIAE trained alone. How it is counted:
 * export/mutualisation.h. */
#include "export/mutualisation.h"

#include "export/regional.h"
#include "export/sheet_prose.h"
#include "export/sheet_table.h"

static const SheetColumn columns[] = {
    {"SIAE", SHEET_TEXT, 0, false},
    {"Raison sociale", SHEET_WRAP, 34, false},
    {"Type", SHEET_CENTRE, 0, false},
    {"Stagiaires servis", SHEET_INTEGER, 0, true},
    {"Pourraient se former seuls", SHEET_INTEGER, 0, true},
    {"Groupe trop petit", SHEET_INTEGER, 0, true},
    {"Axe partagé", SHEET_INTEGER, 0, true},
    {"Part sans solution", SHEET_PERCENT, 0, false},
    {"Sessions au plan", SHEET_INTEGER, 0, false},
    {"Groupes seule", SHEET_INTEGER, 0, true},
    {"Coût seule", SHEET_AMOUNT, 0, true},
    {"Coût au plan des mêmes", SHEET_AMOUNT, 0, true},
    {"Gain", SHEET_AMOUNT, 0, true},
    {"Part gagnée", SHEET_PERCENT, 0, false},
    {"Coût au plan des autres", SHEET_AMOUNT, 0, true},
};
enum { LOST = 7, GAINED = 13, N_COLUMNS = G_N_ELEMENTS(columns) };

static void write_siae(SheetTable *table, const ModelSiae *siae, const Mutualisation *gain)
{
    sheet_table_text(table, siae->code);
    sheet_table_text(table, siae->raison_sociale);
    sheet_table_text(table, vocabulary_word(&vocabulary_type, (int)siae->type));
    sheet_table_integer(table, gain->servis);
    sheet_table_integer(table, gain->seuls);
    sheet_table_integer(table, gain->groupe);
    sheet_table_integer(table, gain->axe);
    sheet_table_ratio(table, gain->groupe + gain->axe, gain->servis);
    sheet_table_integer(table, gain->groupes_plan);
    sheet_table_integer(table, gain->groupes_seuls);
    sheet_table_amount(table, gain->cout_seuls);
    sheet_table_amount(table, gain->cout_plan);
    sheet_table_amount(table, gain->cout_seuls - gain->cout_plan);
    sheet_table_ratio(table, gain->cout_seuls - gain->cout_plan, gain->cout_seuls);
    sheet_table_amount(table, gain->cout_autres);
    sheet_table_end_row(table);
}

/* How the figures are made, below the table. */
static void definition(Sheet *sheet, int row)
{
    sheet_text(sheet, row, 0, SHEET_HEADING, "Comment ce gain est compté");
    sheet_height(sheet, row++, 22);
    for (const char *const *sentence = mutualisation_sentences; *sentence != NULL; sentence++)
        sheet_prose(sheet, row++, 0, N_COLUMNS - 1, *sentence);
}

void regional_mutualisation(const Classeur *classeur, Sheet *sheet)
{
    const Figures *figures = classeur->figures;
    Mutualisation total;
    g_autofree Mutualisation *gains = mutualisation_new(figures, &total);
    g_autofree char *text = mutualisation_headline(&total);
    classeur_head(classeur, sheet, "Gain de la mutualisation", "les mêmes stagiaires, si chaque SIAE formait seule");
    sheet_text(sheet, CLASSEUR_TABLE_ROW - 1, 0, SHEET_HEADING, text);
    sheet_height(sheet, CLASSEUR_TABLE_ROW - 1, 24);
    SheetTable *table = sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "Mutualisation", columns, N_COLUMNS);
    for (int32_t i = 0; i < figures->model->n_siae; i++)
        if (gains[i].servis > 0)
            write_siae(table, &figures->model->siae[i], &gains[i]);
    int last = sheet_table_end(table, 2);
    sheet_bars(sheet, CLASSEUR_TABLE_ROW + 1, LOST, last, LOST, 1);
    definition(sheet, last + 4);
}
