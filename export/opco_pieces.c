/* OPCO workbook, page Pièces: one line a request, which is one SIAE's part of one session, with the papers it needs. */
#include "export/opco.h"
#include "export/sheet_table.h"

static const SheetColumn columns[] = {
    {"Session", SHEET_TEXT, 0, false},
    {"Intitulé", SHEET_WRAP, 34, false},
    {"Début", SHEET_DAY, 0, false},
    {"SIAE", SHEET_WRAP, 28, false},
    {"SIRET", SHEET_TEXT, 0, false},
    {"Stagiaires", SHEET_INTEGER, 0, true},
    {"Montant demandé", SHEET_AMOUNT, 0, true},
    {"À déposer avant le", SHEET_DAY, 0, false},
    {"Devis", SHEET_CENTRE, 0, false},
    {"Programme", SHEET_CENTRE, 0, false},
    {"Convention", SHEET_CENTRE, 0, false},
    {"Attestation de l’employeur", SHEET_CENTRE, 0, false},
    {"Facture (après)", SHEET_CENTRE, 0, false},
    {"Certificat de réalisation (après)", SHEET_CENTRE, 0, false},
    {"Justificatifs de frais (après)", SHEET_CENTRE, 0, false},
    {"Suivi du dossier", SHEET_FILL_IN, 0, false},
};

static void write_request(const Classeur *classeur, SheetTable *table, int32_t session, int32_t siae,
                          const FiguresSum *sum)
{
    const Model *model = classeur->figures->model;
    const ModelPlanSession *row = &classeur->figures->plan->sessions[session];
    const ModelFormation *formation = &model->formations[model->offres[row->offre].formation];
    const bool wanted[] = {true, true, true, formation->nature == NATURE_OBLIGATION, true, true, sum->annexe > 0};
    sheet_table_text(table, row->code);
    sheet_table_text(table, formation->intitule);
    sheet_table_day(table, row->debut);
    sheet_table_text(table, model->siae[siae].raison_sociale);
    sheet_table_text(table, model->siae[siae].siret);
    sheet_table_integer(table, sum->effectif);
    sheet_table_amount(table, sum->finance);
    sheet_table_day(table, row->debut - classeur->settings->depot_jours);
    for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++)
        sheet_table_text(table, wanted[i] ? "à joindre" : "sans objet");
    sheet_table_none(table);
    sheet_table_end_row(table);
}

void opco_pieces(const Classeur *classeur, Sheet *sheet)
{
    const Figures *figures = classeur->figures;
    const Model *model = figures->model;
    const ModelPlan *plan = figures->plan;
    g_autofree FiguresSum *sums = g_new0(FiguresSum, model->n_siae);
    classeur_head(classeur, sheet, "Pièces", "une demande par SIAE et par session");
    SheetTable *table = sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "Pieces", columns, (int)G_N_ELEMENTS(columns));
    for (int32_t s = 0; s < plan->n_sessions; s++) {
        int32_t low = INT32_MAX, high = -1;
        for (int32_t i = figures->first[s]; i < figures->first[s + 1]; i++) {
            const ModelPlanAffectation *row = &plan->affectations[i];
            if (!opco_holds(classeur, row->besoin))
                continue;
            int32_t siae = model->besoins[row->besoin].siae;
            FiguresSum one = figures_of_affectation(row);
            figures_add(&sums[siae], &one);
            low = MIN(low, siae);
            high = MAX(high, siae);
        }
        for (int32_t siae = low; siae <= high; siae++) {
            if (sums[siae].effectif > 0)
                write_request(classeur, table, s, siae, &sums[siae]);
            sums[siae] = (FiguresSum){0};
        }
    }
    sheet_table_end(table, 1);
}
