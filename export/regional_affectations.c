/* Regional workbook, page Affectations: which learners of which need sit where, and who pays. */
#include "export/regional.h"
#include "export/sheet_table.h"

static const SheetColumn columns[] = {
    {"Session", SHEET_TEXT, 0, false},        {"Formation", SHEET_WRAP, 44, false},
    {"Début", SHEET_DAY, 0, false},           {"Fin", SHEET_DAY, 0, false},
    {"Lieu", SHEET_WRAP, 18, false},          {"SIAE", SHEET_WRAP, 28, false},
    {"Type", SHEET_CENTRE, 0, false},         {"OPCO", SHEET_WRAP, 22, false},
    {"Besoin", SHEET_TEXT, 0, false},         {"Axe", SHEET_WRAP, 46, false},
    {"Stagiaires", SHEET_INTEGER, 0, true},   {"Distance (km)", SHEET_TENTHS, 0, false},
    {"Montage", SHEET_TEXT, 0, false},        {"Coût pédagogique", SHEET_AMOUNT, 0, true},
    {"Frais annexes", SHEET_AMOUNT, 0, true}, {"Rémunération remboursée", SHEET_AMOUNT, 0, true},
    {"Financé", SHEET_AMOUNT, 0, true},       {"Reste à charge", SHEET_AMOUNT, 0, true},
};

void regional_affectations(const Classeur *classeur, Sheet *sheet)
{
    const Figures *figures = classeur->figures;
    const Model *model = figures->model;
    classeur_head(classeur, sheet, "Affectations", "les stagiaires de chaque besoin, session par session");
    SheetTable *table = sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "Affectations", columns, (int)G_N_ELEMENTS(columns));
    for (int32_t i = 0; i < figures->plan->n_affectations; i++) {
        const ModelPlanAffectation *row = &figures->plan->affectations[i];
        const ModelPlanSession *session = &figures->plan->sessions[row->session];
        const ModelOffre *offre = &model->offres[session->offre];
        const ModelBesoin *besoin = &model->besoins[row->besoin];
        const ModelSiae *siae = &model->siae[besoin->siae];
        sheet_table_text(table, session->code);
        sheet_table_text(table, model->formations[offre->formation].intitule);
        sheet_table_day(table, session->debut);
        sheet_table_day(table, session->fin);
        sheet_table_text(table, classeur_place(model, offre));
        sheet_table_text(table, siae->raison_sociale);
        sheet_table_text(table, vocabulary_word(&vocabulary_type, (int)siae->type));
        sheet_table_text(table, classeur_opco_name(siae->opco));
        sheet_table_text(table, besoin->reference);
        sheet_table_text(table, model->axes[besoin->axe].libelle);
        sheet_table_integer(table, row->effectif);
        sheet_table_tenths(table, row->km);
        sheet_table_text(table, model->montages[row->montage].code);
        sheet_table_amount(table, row->cout_pedagogique);
        sheet_table_amount(table, row->cout_annexe);
        sheet_table_amount(table, row->remuneration);
        sheet_table_amount(table, row->finance);
        sheet_table_amount(table, row->reste_a_charge);
        sheet_table_end_row(table);
    }
    sheet_table_end(table, 1);
}
