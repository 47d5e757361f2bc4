/* Regional workbook, page Contrôles: the same totals reached by independent ways, and their differences. */
#include "export/regional.h"

enum { LABEL, SESSIONS, AFFECTATIONS, OTHER, BILAN, GAP, VERDICT, N_COLUMNS };

/* One total by up to four ways; a way that does not apply is empty. */
typedef struct {
    const char *label;
    SheetStyle style;
    int64_t values[OTHER - SESSIONS + 2];
    unsigned given; /* bit i: values[i] applies */
} Control;

#define WAY(column) (1u << ((column)-SESSIONS))

static void write_control(Sheet *sheet, int row, const Control *control)
{
    int64_t low = INT64_MAX, high = INT64_MIN;
    sheet_text(sheet, row, LABEL, SHEET_TEXT, control->label);
    for (int column = SESSIONS; column <= BILAN; column++) {
        int64_t value = control->values[column - SESSIONS];
        if (!(control->given & WAY(column))) {
            sheet_blank(sheet, row, column, control->style);
            continue;
        }
        low = MIN(low, value);
        high = MAX(high, value);
        sheet_number(sheet, row, column, control->style,
                     control->style == SHEET_AMOUNT ? (double)value / 100 : (double)value);
    }
    g_autofree char *formula = g_strdup_printf("=MAX(B%d:E%d)-MIN(B%d:E%d)", row + 1, row + 1, row + 1, row + 1);
    double gap = (double)(high - low);
    sheet_formula(sheet, row, GAP, control->style, formula, control->style == SHEET_AMOUNT ? gap / 100 : gap);
    sheet_text(sheet, row, VERDICT, SHEET_CENTRE, high == low ? "Conforme" : "ÉCART");
}

void regional_controles(const Classeur *classeur, Sheet *sheet)
{
    static const char *const titles[N_COLUMNS] = {
        "Total", "Page Sessions", "Page Affectations", "Autre décompte", "Bilan du plan", "Écart", "Verdict"};
    static const double widths[N_COLUMNS] = {46, 18, 18, 18, 18, 14, 14};
    const Figures *figures = classeur->figures;
    const ModelPlan *plan = figures->plan;
    const ModelBilan *bilan = &plan->bilan;
    const FiguresSum *sum = &figures->total.servi;
    FiguresSum sessions = {0};
    int64_t charged = 0, engaged = 0, not_served = 0, with_learners = 0;
    for (int32_t i = 0; i < plan->n_sessions; i++) {
        const ModelPlanSession *row = &plan->sessions[i];
        FiguresSum one = {row->effectif, row->cout_pedagogique, row->cout_annexe, row->remuneration, 0, 0};
        figures_add(&sessions, &one);
        with_learners += figures->sessions[i].effectif > 0;
    }
    for (int32_t i = 0; i < plan->n_charges; i++)
        charged += plan->charges[i].montant;
    for (int32_t i = 0; i < figures->n_opcos; i++)
        engaged += figures->opcos[i].engage;
    for (int32_t i = 0; i < plan->n_non_couverts; i++)
        not_served += plan->non_couverts[i].effectif;
    const unsigned by_session = WAY(SESSIONS), by_affectation = WAY(AFFECTATIONS), other = WAY(OTHER),
                   by_bilan = WAY(BILAN);
    const Control controls[] = {
        {"Sessions",
         SHEET_INTEGER,
         {plan->n_sessions, with_learners, 0, bilan->sessions},
         by_session | by_affectation | by_bilan},
        {"Stagiaires servis (autre : demandés moins non couverts)",
         SHEET_INTEGER,
         {sessions.effectif, sum->effectif, figures->total.demande - not_served, bilan->effectif_servi},
         by_session | by_affectation | other | by_bilan},
        {"Stagiaires demandés (autre : servis plus non couverts)",
         SHEET_INTEGER,
         {0, 0, sum->effectif + not_served, bilan->effectif_demande},
         other | by_bilan},
        {"Coût pédagogique", SHEET_AMOUNT, {sessions.pedagogique, sum->pedagogique, 0, 0}, by_session | by_affectation},
        {"Frais annexes", SHEET_AMOUNT, {sessions.annexe, sum->annexe, 0, 0}, by_session | by_affectation},
        {"Coût total",
         SHEET_AMOUNT,
         {figures_cost(&sessions), figures_cost(sum), 0, bilan->cout},
         by_session | by_affectation | by_bilan},
        {"Rémunération remboursée",
         SHEET_AMOUNT,
         {sessions.remuneration, sum->remuneration, 0, bilan->remuneration},
         by_session | by_affectation | by_bilan},
        {"Financé (autre : charges des enveloppes)",
         SHEET_AMOUNT,
         {0, sum->finance, charged, 0},
         by_affectation | other},
        {"Engagé (autre : page Enveloppes)", SHEET_AMOUNT, {0, sum->finance, engaged, 0}, by_affectation | other},
        {"Reste à charge (autre : coût + rémunération - financé)",
         SHEET_AMOUNT,
         {0, sum->reste, figures_cost(sum) + sum->remuneration - sum->finance, bilan->reste_a_charge},
         by_affectation | other | by_bilan},
        {"Coût pondéré (autre : coût + reste à charge)",
         SHEET_AMOUNT,
         {0, 0, figures_cost(sum) + sum->reste, bilan->cout_pondere},
         other | by_bilan},
    };
    classeur_head(classeur, sheet, "Contrôles", "chaque total obtenu par plusieurs chemins");
    for (int i = 0; i < N_COLUMNS; i++) {
        bool right = i >= SESSIONS && i <= GAP;
        sheet_text(sheet, CLASSEUR_TABLE_ROW, i, right ? SHEET_HEADER_RIGHT : SHEET_HEADER, titles[i]);
        sheet_width(sheet, i, widths[i]);
    }
    sheet_height(sheet, CLASSEUR_TABLE_ROW, 22);
    for (size_t i = 0; i < G_N_ELEMENTS(controls); i++)
        write_control(sheet, CLASSEUR_TABLE_ROW + 1 + (int)i, &controls[i]);
    sheet_freeze(sheet, CLASSEUR_TABLE_ROW + 1, 1);
    sheet_print(sheet, CLASSEUR_TABLE_ROW, CLASSEUR_TABLE_ROW, -1, false, 146);
}
