/* Regional workbook, page Par SIAE: what each asked for, what it gets, when, and what it pays. */
#include "export/regional.h"
#include "export/sheet_table.h"

static const SheetColumn columns[] = {
    {"SIAE", SHEET_TEXT, 0, false},
    {"Raison sociale", SHEET_WRAP, 34, false},
    {"SIRET", SHEET_TEXT, 0, false},
    {"Type", SHEET_CENTRE, 0, false},
    {"OPCO", SHEET_WRAP, 24, false},
    {"Commune", SHEET_WRAP, 20, false},
    {"Stagiaires demandés", SHEET_INTEGER, 0, true},
    {"Stagiaires servis", SHEET_INTEGER, 0, true},
    {"Part servie", SHEET_PERCENT, 0, false},
    {"Sessions", SHEET_INTEGER, 0, false},
    {"Première session", SHEET_DAY, 0, false},
    {"Dernière session", SHEET_DAY, 0, false},
    {"Coût total", SHEET_AMOUNT, 0, true},
    {"Rémunération remboursée", SHEET_AMOUNT, 0, true},
    {"Financé", SHEET_AMOUNT, 0, true},
    {"Reste à charge", SHEET_AMOUNT, 0, true},
    {"Reste à charge maximal", SHEET_AMOUNT, 0, false},
};

enum { SHARE = 8 };

/* The sessions a SIAE takes part in. */
typedef struct {
    int32_t n, last_session, first_day, last_day;
} Stay;

static Stay *find_stays(const Figures *figures)
{
    Stay *stays = g_new0(Stay, figures->model->n_siae);
    for (int32_t i = 0; i < figures->plan->n_affectations; i++) {
        const ModelPlanAffectation *row = &figures->plan->affectations[i];
        const ModelPlanSession *session = &figures->plan->sessions[row->session];
        Stay *stay = &stays[figures->model->besoins[row->besoin].siae];
        if (stay->n > 0 && stay->last_session == row->session)
            continue;
        stay->first_day = stay->n == 0 ? session->debut : MIN(stay->first_day, session->debut);
        stay->last_day = stay->n == 0 ? session->fin : MAX(stay->last_day, session->fin);
        stay->last_session = row->session;
        stay->n++;
    }
    return stays;
}

static void optional_day(SheetTable *table, bool given, int32_t day)
{
    if (given)
        sheet_table_day(table, day);
    else
        sheet_table_none(table);
}

void regional_siae(const Classeur *classeur, Sheet *sheet)
{
    const Figures *figures = classeur->figures;
    const Model *model = figures->model;
    g_autofree Stay *stays = find_stays(figures);
    classeur_head(classeur, sheet, "Par SIAE", "ce que chacune a demandé, obtient et paie");
    SheetTable *table = sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "ParSiae", columns, (int)G_N_ELEMENTS(columns));
    for (int32_t i = 0; i < model->n_siae; i++) {
        const ModelSiae *siae = &model->siae[i];
        const FiguresShare *share = &figures->siae[i];
        sheet_table_text(table, siae->code);
        sheet_table_text(table, siae->raison_sociale);
        sheet_table_text(table, siae->siret);
        sheet_table_text(table, vocabulary_word(&vocabulary_type, (int)siae->type));
        sheet_table_text(table, classeur_opco_name(siae->opco));
        sheet_table_text(table, model->communes[siae->commune].nom);
        classeur_share(table, share);
        sheet_table_integer(table, stays[i].n);
        optional_day(table, stays[i].n > 0, stays[i].first_day);
        optional_day(table, stays[i].n > 0, stays[i].last_day);
        sheet_table_amount(table, figures_cost(&share->servi));
        sheet_table_amount(table, share->servi.remuneration);
        sheet_table_amount(table, share->servi.finance);
        sheet_table_amount(table, share->servi.reste);
        if (siae->reste_a_charge_max != MODEL_NONE)
            sheet_table_amount(table, siae->reste_a_charge_max);
        else
            sheet_table_none(table);
        sheet_table_end_row(table);
    }
    int last = sheet_table_end(table, 2);
    sheet_bars(sheet, CLASSEUR_TABLE_ROW + 1, SHARE, last, SHARE, 1);
}
