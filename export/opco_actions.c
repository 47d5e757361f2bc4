/* OPCO workbook, page Actions: the sessions it is asked to fund, with what a request for funding wants to know. */
#include "export/french.h"
#include "export/opco.h"
#include "export/sheet_table.h"

#include <string.h>

#define OWN_LEARNERS "Effectif de l’OPCO"

static const SheetColumn columns[] = {
    {"Session", SHEET_TEXT, 0, false},
    {"Intitulé", SHEET_WRAP, 48, false},
    {"Nature", SHEET_WRAP, 24, false},
    {"RNCP / RS", SHEET_WRAP, 16, false},
    {"Formacode", SHEET_TEXT, 0, false},
    {"Organisme", SHEET_WRAP, 28, false},
    {"SIRET", SHEET_TEXT, 0, false},
    {"NDA", SHEET_TEXT, 0, false},
    {"Qualiopi", SHEET_CENTRE, 0, false},
    {"Lieu", SHEET_WRAP, 18, false},
    {"Code INSEE", SHEET_TEXT, 0, false},
    {"Modalité", SHEET_TEXT, 0, false},
    {"Intra ou inter", SHEET_CENTRE, 0, false},
    {"Début", SHEET_DAY, 0, false},
    {"Fin", SHEET_DAY, 0, false},
    {"Heures", SHEET_HOURS, 0, false},
    {"Jours", SHEET_INTEGER, 0, false},
    {"Effectif total", SHEET_INTEGER, 0, false},
    {OWN_LEARNERS, SHEET_INTEGER, 0, true},
    {"Coût horaire par stagiaire", SHEET_AMOUNT, 0, false},
    {"Coût pédagogique", SHEET_AMOUNT, 0, true},
    {"Frais annexes", SHEET_AMOUNT, 0, true},
    {"Rémunération", SHEET_AMOUNT, 0, true},
    {"Part de l’OPCO", SHEET_AMOUNT, 0, true},
    {"Reste à charge", SHEET_AMOUNT, 0, true},
    {"Dispositif", SHEET_WRAP, 22, false},
    {"Axe", SHEET_WRAP, 46, false},
    {"Enveloppe", SHEET_WRAP, 34, false},
    {"À déposer avant le", SHEET_DAY, 0, false},
};

void opco_text_or_fill_in(SheetTable *table, const char *text)
{
    if (text[0] != '\0')
        sheet_table_text(table, text);
    else
        sheet_table_fill_in(table);
}

static void write_row(const Classeur *classeur, SheetTable *table, int32_t session, const OpcoAction *action)
{
    const Model *model = classeur->figures->model;
    const ModelPlanSession *row = &classeur->figures->plan->sessions[session];
    const ModelOffre *offre = &model->offres[row->offre];
    const ModelFormation *formation = &model->formations[offre->formation];
    const ModelOrganisme *organisme = &model->organismes[offre->organisme];
    sheet_table_text(table, row->code);
    sheet_table_text(table, formation->intitule);
    sheet_table_text(table, french_nature(formation->nature));
    opco_text_or_fill_in(table, formation->certification);
    opco_text_or_fill_in(table, formation->formacode);
    sheet_table_text(table, organisme->raison_sociale);
    sheet_table_text(table, organisme->siret);
    sheet_table_text(table, organisme->nda);
    sheet_table_text(table, organisme->qualiopi ? "oui" : "non");
    sheet_table_text(table, classeur_place(model, offre));
    sheet_table_text(table, offre->commune != MODEL_NONE ? model->communes[offre->commune].code_insee : "");
    sheet_table_text(table, french_modalite(offre->modalite));
    sheet_table_text(table, row->nb_siae > 1 ? "Inter" : "Intra");
    sheet_table_day(table, row->debut);
    sheet_table_day(table, row->fin);
    sheet_table_hours(table, formation->heures);
    sheet_table_integer(table, row->n_jours);
    sheet_table_integer(table, row->effectif);
    sheet_table_integer(table, action->sum.effectif);
    sheet_table_amount(table, classeur_hourly(action->sum.pedagogique, formation->heures, action->sum.effectif));
    sheet_table_amount(table, action->sum.pedagogique);
    sheet_table_amount(table, action->sum.annexe);
    sheet_table_amount(table, action->sum.remuneration);
    sheet_table_amount(table, action->sum.finance);
    sheet_table_amount(table, action->sum.reste);
    sheet_table_text(table, action->dispositifs);
    sheet_table_text(table, action->axes);
    sheet_table_text(table, action->enveloppes);
    if (action->sum.finance > 0)
        sheet_table_day(table, row->debut - classeur->settings->depot_jours);
    else
        sheet_table_none(table);
    sheet_table_end_row(table);
}

void opco_actions(const Classeur *classeur, Sheet *sheet)
{
    const ModelPlan *plan = classeur->figures->plan;
    bool siae = classeur->siae != MODEL_NONE;
    g_autofree SheetColumn *titled = g_memdup2(columns, sizeof columns);
    int32_t n, last = MODEL_NONE;
    const int32_t *rows = classeur_rows(classeur, &n);
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++)
        if (siae && strcmp(columns[i].title, OWN_LEARNERS) == 0)
            titled[i].title = "Effectif de la SIAE";
    classeur_head(classeur, sheet, siae ? "Sessions" : "Actions",
                  siae ? "sessions où siègent des salariés de la SIAE ; gris : non fourni"
                       : "sessions où siègent des stagiaires de l’OPCO ; gris : non fourni");
    SheetTable *table = sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "Actions", titled, (int)G_N_ELEMENTS(columns));
    for (int32_t i = 0; i < n; i++) {
        int32_t session = plan->affectations[rows[i]].session;
        if (session == last)
            continue;
        OpcoAction action = opco_action(classeur, session);
        write_row(classeur, table, session, &action);
        opco_action_clear(&action);
        last = session;
    }
    sheet_table_end(table, 2);
}
