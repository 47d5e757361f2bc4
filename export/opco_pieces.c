/* OPCO workbook, page Pièces: one line a request, which is one SIAE's part of one session, with the papers it needs. */
#include "export/opco.h"
#include "export/sheet_table.h"

static const SheetColumn columns[] = {
    {"Session", SHEET_TEXT, 0, false},
    {"Intitulé", SHEET_WRAP, 48, false},
    {"Début", SHEET_DAY, 0, false},
    {"SIAE", SHEET_WRAP, 28, false},
    {"SIRET", SHEET_TEXT, 0, false},
    {"Stagiaires", SHEET_INTEGER, 0, true},
    {"Montant demandé", SHEET_AMOUNT, 0, true},
    {"À déposer avant le", SHEET_DAY, 0, false},
    {"Échéance", SHEET_CENTRE, 0, false},
    {"Devis", SHEET_CENTRE, 0, false},
    {"Programme", SHEET_CENTRE, 0, false},
    {"Convention", SHEET_CENTRE, 0, false},
    {"Attestation de l’employeur", SHEET_CENTRE, 0, false},
    {"Facture (après)", SHEET_CENTRE, 0, false},
    {"Certificat de réalisation (après)", SHEET_CENTRE, 0, false},
    {"Justificatifs de frais (après)", SHEET_CENTRE, 0, false},
    {"Suivi du dossier", SHEET_FILL_IN, 28, false},
};

/* Days are counted from the plan's. */
static const char *term(int32_t days)
{
    return days < 0 ? "dépassée" : days < OPCO_SOON ? "sous 30 jours" : "plus tard";
}

static void write_request(const Classeur *classeur, SheetTable *table, const OpcoRequest *request)
{
    const Figures *figures = classeur->figures;
    const Model *model = figures->model;
    const ModelPlanSession *row = &figures->plan->sessions[request->session];
    const ModelFormation *formation = &model->formations[model->offres[row->offre].formation];
    const bool wanted[] = {
        true, true, true, formation->nature == NATURE_OBLIGATION, true, true, request->sum.annexe > 0};
    sheet_table_text(table, row->code);
    sheet_table_text(table, formation->intitule);
    sheet_table_day(table, row->debut);
    sheet_table_text(table, model->siae[request->siae].raison_sociale);
    sheet_table_text(table, model->siae[request->siae].siret);
    sheet_table_integer(table, request->sum.effectif);
    sheet_table_amount(table, request->sum.finance);
    sheet_table_day(table, request->limit);
    sheet_table_text(table, term(request->limit - figures->plan->date_plan));
    for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++)
        sheet_table_text(table, wanted[i] ? "à joindre" : "sans objet");
    sheet_table_none(table);
    sheet_table_end_row(table);
}

void opco_pieces(const Classeur *classeur, Sheet *sheet)
{
    g_autoptr(GArray) requests = opco_requests(classeur);
    classeur_head(classeur, sheet, "Pièces à fournir",
                  "une demande par SIAE et par session ; échéances au jour du plan");
    SheetTable *table = sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "Pieces", columns, (int)G_N_ELEMENTS(columns));
    for (guint i = 0; i < requests->len; i++)
        write_request(classeur, table, &g_array_index(requests, OpcoRequest, i));
    sheet_table_end(table, 1);
}
