/* Regional workbook, page Sessions: one line a session. */
#include "export/french.h"
#include "export/regional.h"
#include "export/sheet_table.h"

static const SheetColumn columns[] = {
    {"Session", SHEET_TEXT, 0, false},
    {"Formation", SHEET_WRAP, 42, false},
    {"Filière", SHEET_WRAP, 16, false},
    {"Organisme", SHEET_WRAP, 28, false},
    {"Lieu", SHEET_WRAP, 18, false},
    {"Modalité", SHEET_TEXT, 0, false},
    {"Début", SHEET_DAY, 0, false},
    {"Fin", SHEET_DAY, 0, false},
    {"Jours", SHEET_INTEGER, 0, true},
    {"Heures", SHEET_HOURS, 0, true},
    {"Stagiaires", SHEET_INTEGER, 0, true},
    {"Groupe", SHEET_CENTRE, 0, false},
    {"SIAE", SHEET_INTEGER, 0, false},
    {"Types de SIAE", SHEET_WRAP, 16, false},
    {"Coût pédagogique", SHEET_AMOUNT, 0, true},
    {"Frais annexes", SHEET_AMOUNT, 0, true},
    {"Coût total", SHEET_AMOUNT, 0, true},
    {"Rémunération remboursée", SHEET_AMOUNT, 0, true},
    {"Financé", SHEET_AMOUNT, 0, true},
    {"Reste à charge", SHEET_AMOUNT, 0, true},
    {"Coût horaire par stagiaire", SHEET_AMOUNT, 0, false},
    {"Statut", SHEET_TEXT, 0, false},
    {"À déposer avant le", SHEET_DAY, 0, false},
    {"Dépôt", SHEET_TEXT, 0, false},
};

enum { HOURLY = 20 };
#define SOON 30 /* days */

/* "3 ACI, 2 ETTI": the learners of a session by type of SIAE. */
static char *learners_by_type(const Figures *figures, int32_t session)
{
    int64_t counts[TYPE_N] = {0};
    GString *text = g_string_new(NULL);
    for (int32_t i = figures->first[session]; i < figures->first[session + 1]; i++) {
        const ModelPlanAffectation *row = &figures->plan->affectations[i];
        counts[figures->model->siae[figures->model->besoins[row->besoin].siae].type] += row->effectif;
    }
    for (int type = 0; type < TYPE_N; type++)
        if (counts[type] > 0)
            g_string_append_printf(text, "%s%d %s", text->len > 0 ? ", " : "", (int)counts[type],
                                   vocabulary_word(&vocabulary_type, type));
    return g_string_free(text, FALSE);
}

void regional_sessions(const Classeur *classeur, Sheet *sheet)
{
    const Figures *figures = classeur->figures;
    const Model *model = figures->model;
    g_autofree char *count = french_count(figures->plan->n_sessions, "session", "sessions");
    g_autofree char *note = g_strconcat(count, " ; barres du coût horaire : du moins cher au plus cher du plan", NULL);
    classeur_head(classeur, sheet, "Sessions", note);
    SheetTable *table = sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "Sessions", columns, (int)G_N_ELEMENTS(columns));
    for (int32_t i = 0; i < figures->plan->n_sessions; i++) {
        const ModelPlanSession *row = &figures->plan->sessions[i];
        const ModelOffre *offre = &model->offres[row->offre];
        const ModelFormation *formation = &model->formations[offre->formation];
        const FiguresSum *sum = &figures->sessions[i];
        g_autofree char *types = learners_by_type(figures, i);
        g_autofree char *bounds = g_strdup_printf("%d à %d", offre->effectif_min, offre->effectif_max);
        int32_t limit = row->debut - classeur->settings->depot_jours;
        sheet_table_text(table, row->code);
        sheet_table_text(table, formation->intitule);
        sheet_table_text(table, formation->filiere);
        sheet_table_text(table, model->organismes[offre->organisme].raison_sociale);
        sheet_table_text(table, classeur_place(model, offre));
        sheet_table_text(table, french_modalite(offre->modalite));
        sheet_table_day(table, row->debut);
        sheet_table_day(table, row->fin);
        sheet_table_integer(table, row->n_jours);
        sheet_table_hours(table, formation->heures);
        sheet_table_integer(table, row->effectif);
        sheet_table_text(table, bounds);
        sheet_table_integer(table, row->nb_siae);
        sheet_table_text(table, types);
        sheet_table_amount(table, row->cout_pedagogique);
        sheet_table_amount(table, row->cout_annexe);
        sheet_table_amount(table, row->cout_pedagogique + row->cout_annexe);
        sheet_table_amount(table, row->remuneration);
        sheet_table_amount(table, sum->finance);
        sheet_table_amount(table, sum->reste);
        sheet_table_amount(table, classeur_hourly(figures_cost(sum), formation->heures, row->effectif));
        sheet_table_text(table, row->fixee != MODEL_NONE ? "Fixée" : "Nouvelle");
        sheet_table_day(table, limit);
        sheet_table_text(table, limit < figures->plan->date_plan          ? "Délai passé"
                                : limit < figures->plan->date_plan + SOON ? "Dans le mois"
                                                                          : "À venir");
        sheet_table_end_row(table);
    }
    int last = sheet_table_end(table, 2);
    sheet_levels(sheet, CLASSEUR_TABLE_ROW + 1, HOURLY, last);
}
