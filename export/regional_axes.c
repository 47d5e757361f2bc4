/* Regional workbook, pages Par axe and Par filière: what was asked and is served of each strategic priority, and of
 * each filière and domaine. */
#include "export/regional.h"
#include "export/sheet_table.h"

#include <stdlib.h>
#include <string.h>

/* ---- Par axe ---- */

static const SheetColumn axe_columns[] = {
    {"Axe", SHEET_TEXT, 0, false},
    {"Libellé", SHEET_WRAP, 44, false},
    {"SIAE au moins par session", SHEET_INTEGER, 0, false},
    {"Stagiaires demandés", SHEET_INTEGER, 0, true},
    {"Stagiaires servis", SHEET_INTEGER, 0, true},
    {"Part servie", SHEET_PERCENT, 0, false},
    {"SIAE servies", SHEET_INTEGER, 0, false},
    {"Sessions", SHEET_INTEGER, 0, false},
    {"Coût total", SHEET_AMOUNT, 0, true},
    {"Coût par stagiaire", SHEET_AMOUNT, 0, false},
    {"Rémunération remboursée", SHEET_AMOUNT, 0, true},
    {"Financé", SHEET_AMOUNT, 0, true},
    {"Reste à charge", SHEET_AMOUNT, 0, true},
};

/* How many SIAE and sessions have a learner of the axe; mark: one int32_t for each SIAE, 0 at first. */
static void count_axe(const Figures *figures, int32_t axe, int32_t *mark, int32_t *n_siae, int32_t *n_sessions)
{
    const Model *model = figures->model;
    int32_t last = MODEL_NONE;
    *n_siae = *n_sessions = 0;
    for (int32_t i = 0; i < figures->plan->n_affectations; i++) {
        const ModelPlanAffectation *row = &figures->plan->affectations[i];
        const ModelBesoin *besoin = &model->besoins[row->besoin];
        if (besoin->axe != axe)
            continue;
        *n_siae += mark[besoin->siae] != axe + 1;
        mark[besoin->siae] = axe + 1;
        *n_sessions += row->session != last;
        last = row->session;
    }
}

void regional_axes(const Classeur *classeur, Sheet *sheet)
{
    const Figures *figures = classeur->figures;
    const Model *model = figures->model;
    g_autofree int32_t *mark = g_new0(int32_t, model->n_siae + 1);
    classeur_head(classeur, sheet, "Par axe", "une session compte pour chacun des axes de ses stagiaires");
    SheetTable *table =
        sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "ParAxe", axe_columns, (int)G_N_ELEMENTS(axe_columns));
    for (int32_t i = 0; i < model->n_axes; i++) {
        const FiguresShare *share = &figures->axes[i];
        const FiguresSum *sum = &share->servi;
        int32_t n_siae, n_sessions;
        count_axe(figures, i, mark, &n_siae, &n_sessions);
        sheet_table_text(table, model->axes[i].code);
        sheet_table_text(table, model->axes[i].libelle);
        sheet_table_integer(table, model->axes[i].min_siae);
        classeur_share(table, share);
        sheet_table_integer(table, n_siae);
        sheet_table_integer(table, n_sessions);
        sheet_table_amount(table, figures_cost(sum));
        classeur_mean(table, figures_cost(sum), sum->effectif);
        sheet_table_amount(table, sum->remuneration);
        sheet_table_amount(table, sum->finance);
        sheet_table_amount(table, sum->reste);
        sheet_table_end_row(table);
    }
    int last = sheet_table_end(table, 2);
    sheet_bars(sheet, CLASSEUR_TABLE_ROW + 1, 5, last, 5, 1);
}

/* ---- Par filière ---- */

static const SheetColumn filiere_columns[] = {
    {"Filière", SHEET_WRAP, 30, false},
    {"Domaine", SHEET_WRAP, 34, false},
    {"Formations demandées", SHEET_INTEGER, 0, true},
    {"Stagiaires demandés", SHEET_INTEGER, 0, true},
    {"Stagiaires servis", SHEET_INTEGER, 0, true},
    {"Part servie", SHEET_PERCENT, 0, false},
    {"Sessions", SHEET_INTEGER, 0, true},
    {"Heures de stagiaires", SHEET_HOURS, 0, true},
    {"Coût total", SHEET_AMOUNT, 0, true},
    {"Coût horaire par stagiaire", SHEET_AMOUNT, 0, false},
    {"Financé", SHEET_AMOUNT, 0, true},
    {"Reste à charge", SHEET_AMOUNT, 0, true},
};

typedef struct {
    const char *filiere, *domaine;
    int64_t formations, sessions, heures; /* heures: of all learners, hundredths */
    FiguresShare share;
} Group;

static int by_names(const void *a, const void *b)
{
    const Group *left = a, *right = b;
    int order = strcmp(left->filiere, right->filiere);
    return order != 0 ? order : strcmp(left->domaine, right->domaine);
}

/* Adds up the groups of the same names, each of one course; returns how many are left. */
static int32_t gather(Group *groups, int32_t n)
{
    int32_t left = 0;
    qsort(groups, (size_t)n, sizeof *groups, by_names);
    for (int32_t i = 0; i < n; i++) {
        if (groups[i].share.demande == 0)
            continue;
        if (left == 0 || by_names(&groups[i], &groups[left - 1]) != 0) {
            groups[left++] = groups[i];
            continue;
        }
        Group *group = &groups[left - 1];
        group->formations += groups[i].formations;
        group->sessions += groups[i].sessions;
        group->heures += groups[i].heures;
        group->share.demande += groups[i].share.demande;
        figures_add(&group->share.servi, &groups[i].share.servi);
    }
    return left;
}

void regional_filieres(const Classeur *classeur, Sheet *sheet)
{
    const Figures *figures = classeur->figures;
    const Model *model = figures->model;
    g_autofree Group *groups = g_new0(Group, model->n_formations + 1);
    for (int32_t i = 0; i < model->n_formations; i++) {
        const ModelFormation *row = &model->formations[i];
        const FiguresShare *share = &figures->formations[i];
        groups[i] = (Group){.filiere = row->filiere,
                            .domaine = row->domaine,
                            .formations = 1,
                            .sessions = figures->formation_sessions[i],
                            .heures = share->servi.effectif * row->heures,
                            .share = *share};
    }
    int32_t n = gather(groups, model->n_formations);
    classeur_head(classeur, sheet, "Par filière et domaine", "les formations demandées, regroupées");
    SheetTable *table =
        sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "ParFiliere", filiere_columns, (int)G_N_ELEMENTS(filiere_columns));
    for (int32_t i = 0; i < n; i++) {
        const FiguresSum *sum = &groups[i].share.servi;
        sheet_table_text(table, groups[i].filiere[0] != '\0' ? groups[i].filiere : "Sans filière");
        sheet_table_text(table, groups[i].domaine);
        sheet_table_integer(table, groups[i].formations);
        classeur_share(table, &groups[i].share);
        sheet_table_integer(table, groups[i].sessions);
        sheet_table_hours(table, groups[i].heures);
        sheet_table_amount(table, figures_cost(sum));
        classeur_mean(table, figures_cost(sum) * 100, groups[i].heures);
        sheet_table_amount(table, sum->finance);
        sheet_table_amount(table, sum->reste);
        sheet_table_end_row(table);
    }
    int last = sheet_table_end(table, 2);
    sheet_bars(sheet, CLASSEUR_TABLE_ROW + 1, 5, last, 5, 1);
}
