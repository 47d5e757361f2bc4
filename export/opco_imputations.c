/* OPCO workbook, page Imputations: which enveloppe pays what of which need, the detail behind page Enveloppes. */
#include "export/opco.h"
#include "export/sheet_table.h"

static const SheetColumn columns[] = {
    {"Session", SHEET_TEXT, 0, false},   {"Intitulé", SHEET_WRAP, 48, false},
    {"Début", SHEET_DAY, 0, false},      {"SIAE", SHEET_WRAP, 28, false},
    {"SIRET", SHEET_TEXT, 0, false},     {"Besoin", SHEET_TEXT, 0, false},
    {"Axe", SHEET_WRAP, 46, false},      {"Dispositif", SHEET_WRAP, 24, false},
    {"Enveloppe", SHEET_TEXT, 0, false}, {"Montant imputé", SHEET_AMOUNT, 0, true},
};

static void write_charge(const Classeur *classeur, SheetTable *table, const ModelPlanCharge *row)
{
    const Model *model = classeur->figures->model;
    const ModelPlanSession *session = &classeur->figures->plan->sessions[row->session];
    const ModelBesoin *besoin = &model->besoins[row->besoin];
    sheet_table_text(table, session->code);
    sheet_table_text(table, model->formations[model->offres[session->offre].formation].intitule);
    sheet_table_day(table, session->debut);
    sheet_table_text(table, model->siae[besoin->siae].raison_sociale);
    sheet_table_text(table, model->siae[besoin->siae].siret);
    sheet_table_text(table, besoin->reference);
    sheet_table_text(table, model->axes[besoin->axe].libelle);
    sheet_table_text(table, model->enveloppes[row->enveloppe].dispositif);
    sheet_table_text(table, model->enveloppes[row->enveloppe].code);
    sheet_table_amount(table, row->montant);
    sheet_table_end_row(table);
}

void opco_imputations(const Classeur *classeur, Sheet *sheet)
{
    const ModelPlan *plan = classeur->figures->plan;
    classeur_head(classeur, sheet, "Imputations", "ce que chaque enveloppe paie, besoin par besoin");
    SheetTable *table = sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "Imputations", columns, (int)G_N_ELEMENTS(columns));
    for (int32_t i = 0; i < plan->n_charges; i++)
        if (classeur_holds(classeur, plan->charges[i].besoin))
            write_charge(classeur, table, &plan->charges[i]);
    sheet_table_end(table, 1);
}
