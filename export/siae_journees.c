/* SIAE workbook, page Journées: who of the SIAE is in training on which day, and where. */
#include "export/french.h"
#include "export/sheet_table.h"
#include "export/siae.h"

static const SheetColumn columns[] = {
    {"Jour", SHEET_TEXT, 0, false},
    {"Date", SHEET_DAY, 0, false},
    {"Session", SHEET_TEXT, 0, false},
    {"Intitulé", SHEET_WRAP, 48, false},
    {"Organisme", SHEET_WRAP, 30, false},
    {"Lieu", SHEET_WRAP, 24, false},
    {"Stagiaires de la SIAE", SHEET_INTEGER, 0, true},
    {"Stagiaires de la session", SHEET_INTEGER, 0, false},
    {"Salariés absents ce jour", SHEET_INTEGER, 0, false},
};

/* Learners of the SIAE in a session on a day. */
typedef struct {
    int32_t day, session, learners;
} Presence;

static int by_day(gconstpointer a, gconstpointer b)
{
    const Presence *left = a, *right = b;
    int order = (left->day > right->day) - (left->day < right->day);
    return order != 0 ? order : (left->session > right->session) - (left->session < right->session);
}

static GArray *find_presences(const Classeur *classeur)
{
    const ModelPlan *plan = classeur->figures->plan;
    GArray *presences = g_array_new(FALSE, FALSE, sizeof(Presence));
    int32_t n;
    const int32_t *rows = classeur_rows(classeur, &n);
    for (int32_t i = 0; i < n;) {
        int32_t session = plan->affectations[rows[i]].session, learners = 0;
        for (; i < n && plan->affectations[rows[i]].session == session; i++)
            learners += plan->affectations[rows[i]].effectif;
        for (int32_t j = 0; j < plan->sessions[session].n_jours; j++) {
            Presence more = {plan->sessions[session].jours[j], session, learners};
            g_array_append_val(presences, more);
        }
    }
    g_array_sort(presences, by_day);
    return presences;
}

void siae_journees(const Classeur *classeur, Sheet *sheet)
{
    const Model *model = classeur->figures->model;
    g_autoptr(GArray) presences = find_presences(classeur);
    int32_t most = model->siae[classeur->siae].absents_max;
    g_autofree char *note = most == MODEL_NONE ? g_strdup("sans limite d’absents le même jour")
                                               : g_strdup_printf("au plus %d absents le même jour", most);
    classeur_head(classeur, sheet, "Journées", note);
    SheetTable *table = sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "Journees", columns, (int)G_N_ELEMENTS(columns));
    for (guint i = 0, first = 0; i < presences->len; i++) {
        const Presence *row = &g_array_index(presences, Presence, i);
        const ModelPlanSession *session = &classeur->figures->plan->sessions[row->session];
        const ModelOffre *offre = &model->offres[session->offre];
        int64_t absent = 0;
        first = g_array_index(presences, Presence, first).day == row->day ? first : i;
        for (guint j = first; j < presences->len && g_array_index(presences, Presence, j).day == row->day; j++)
            absent += g_array_index(presences, Presence, j).learners;
        sheet_table_text(table, french_weekday(row->day));
        sheet_table_day(table, row->day);
        sheet_table_text(table, session->code);
        sheet_table_text(table, model->formations[offre->formation].intitule);
        sheet_table_text(table, model->organismes[offre->organisme].raison_sociale);
        sheet_table_text(table, classeur_place(model, offre));
        sheet_table_integer(table, row->learners);
        sheet_table_integer(table, session->effectif);
        sheet_table_integer(table, absent);
        sheet_table_end_row(table);
    }
    sheet_table_end(table, 2);
}
