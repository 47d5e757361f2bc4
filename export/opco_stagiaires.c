/* OPCO workbook, page Stagiaires: one line a learner; grey columns for what only the SIAE may enter on the portal.
 * The plan knows amounts of learners of one need, session and montage together: they are split to the cent, the odd
 * cents going to the first ones, as the contract splits the price of a session. */
#include "export/opco.h"
#include "export/sheet_table.h"

static const SheetColumn columns[] = {
    {"Session", SHEET_TEXT, 0, false},
    {"Intitulé", SHEET_WRAP, 48, false},
    {"Début", SHEET_DAY, 0, false},
    {"Fin", SHEET_DAY, 0, false},
    {"SIAE", SHEET_WRAP, 28, false},
    {"SIRET", SHEET_TEXT, 0, false},
    {"Type", SHEET_CENTRE, 0, false},
    {"IDCC", SHEET_CENTRE, 0, false},
    {"Besoin", SHEET_TEXT, 0, false},
    {"Stagiaire", SHEET_TEXT, 0, false},
    {"Montage", SHEET_TEXT, 0, false},
    {"Heures", SHEET_HOURS, 0, true},
    {"Distance (km)", SHEET_TENTHS, 0, false},
    {"Coût pédagogique", SHEET_AMOUNT, 0, true},
    {"Frais annexes", SHEET_AMOUNT, 0, true},
    {"Rémunération", SHEET_AMOUNT, 0, true},
    {"Financé", SHEET_AMOUNT, 0, true},
    {"Reste à charge", SHEET_AMOUNT, 0, true},
    {"Nom de naissance", SHEET_FILL_IN, 0, false},
    {"Date de naissance", SHEET_FILL_IN, 0, false},
    {"NIR", SHEET_FILL_IN, 0, false},
    {"CSP", SHEET_FILL_IN, 0, false},
    {"Type de contrat", SHEET_FILL_IN, 0, false},
    {"Emploi occupé", SHEET_FILL_IN, 0, false},
};

/* The part of learner i of n. */
static int64_t part(int64_t amount, int32_t n, int32_t i)
{
    return amount / n + (i < amount % n);
}

/* Learner i of an affectation, number `rank` of those served of its need. */
static void write_learner(const Classeur *classeur, SheetTable *table, const ModelPlanAffectation *row, int32_t i,
                          int32_t rank)
{
    const Model *model = classeur->figures->model;
    const ModelPlanSession *session = &classeur->figures->plan->sessions[row->session];
    const ModelFormation *formation = &model->formations[model->offres[session->offre].formation];
    const ModelBesoin *besoin = &model->besoins[row->besoin];
    const ModelSiae *siae = &model->siae[besoin->siae];
    const int64_t amounts[] = {row->cout_pedagogique, row->cout_annexe, row->remuneration, row->finance};
    int64_t parts[G_N_ELEMENTS(amounts)];
    g_autofree char *number = g_strdup_printf("n° %d", rank);
    sheet_table_text(table, session->code);
    sheet_table_text(table, formation->intitule);
    sheet_table_day(table, session->debut);
    sheet_table_day(table, session->fin);
    sheet_table_text(table, siae->raison_sociale);
    sheet_table_text(table, siae->siret);
    sheet_table_text(table, vocabulary_word(&vocabulary_type, (int)siae->type));
    opco_text_or_fill_in(table, siae->idcc);
    sheet_table_text(table, besoin->reference);
    sheet_table_text(table, besoin->stagiaire[0] != '\0' ? besoin->stagiaire : number);
    sheet_table_text(table, model->montages[row->montage].code);
    sheet_table_hours(table, formation->heures);
    sheet_table_tenths(table, row->km);
    for (size_t a = 0; a < G_N_ELEMENTS(amounts); a++) {
        parts[a] = part(amounts[a], row->effectif, i);
        sheet_table_amount(table, parts[a]);
    }
    sheet_table_amount(table, parts[0] + parts[1] + parts[2] - parts[3]);
    for (size_t f = 0; f < 6; f++)
        sheet_table_none(table);
    sheet_table_end_row(table);
}

void opco_stagiaires(const Classeur *classeur, Sheet *sheet)
{
    const Figures *figures = classeur->figures;
    g_autofree int32_t *ranks = g_new0(int32_t, figures->model->n_besoins);
    int32_t n;
    const int32_t *rows = classeur_rows(classeur, &n);
    classeur_head(classeur, sheet, "Stagiaires", "colonnes grises : à saisir par la SIAE sur le portail, jamais ici");
    SheetTable *table = sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "Stagiaires", columns, (int)G_N_ELEMENTS(columns));
    for (int32_t i = 0; i < n; i++) {
        const ModelPlanAffectation *row = &figures->plan->affectations[rows[i]];
        for (int32_t k = 0; k < row->effectif; k++)
            write_learner(classeur, table, row, k, ++ranks[row->besoin]);
    }
    sheet_table_end(table, 1);
}
