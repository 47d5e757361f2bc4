/* Regional workbook, pages Par OPCO, Par formation, Par territoire and Publics: what was asked and is served, grouped.
 */
#include "export/regional.h"
#include "export/sheet_table.h"

#include <stdlib.h>
#include <string.h>

/* ---- Par OPCO ---- */

static const SheetColumn opco_columns[] = {
    {"OPCO", SHEET_WRAP, 40, false},
    {"Stagiaires demandés", SHEET_INTEGER, 0, true},
    {"Stagiaires servis", SHEET_INTEGER, 0, true},
    {"Part servie", SHEET_PERCENT, 0, false},
    {"Sessions", SHEET_INTEGER, 0, false},
    {"Coût total", SHEET_AMOUNT, 0, true},
    {"Rémunération remboursée", SHEET_AMOUNT, 0, true},
    {"Financé", SHEET_AMOUNT, 0, true},
    {"Reste à charge", SHEET_AMOUNT, 0, true},
    {"Enveloppes", SHEET_INTEGER, 0, true},
    {"Montant des enveloppes", SHEET_AMOUNT, 0, true},
    {"Acquis", SHEET_AMOUNT, 0, true},
    {"Disponible", SHEET_AMOUNT, 0, true},
    {"Part engagée", SHEET_PERCENT, 0, false},
};

void regional_opcos(const Classeur *classeur, Sheet *sheet)
{
    const Figures *figures = classeur->figures;
    classeur_head(classeur, sheet, "Par OPCO", "une session partagée compte chez chacun des OPCO de ses stagiaires");
    SheetTable *table =
        sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "ParOpco", opco_columns, (int)G_N_ELEMENTS(opco_columns));
    for (int32_t i = 0; i < figures->n_opcos; i++) {
        const FiguresOpco *opco = &figures->opcos[i];
        const FiguresSum *sum = &opco->share.servi;
        sheet_table_text(table, classeur_opco_name(opco->name));
        sheet_table_integer(table, opco->share.demande);
        sheet_table_integer(table, sum->effectif);
        sheet_table_ratio(table, sum->effectif, opco->share.demande);
        sheet_table_integer(table, opco->n_sessions);
        sheet_table_amount(table, figures_cost(sum));
        sheet_table_amount(table, sum->remuneration);
        sheet_table_amount(table, sum->finance);
        sheet_table_amount(table, sum->reste);
        sheet_table_integer(table, opco->n_enveloppes);
        sheet_table_amount(table, opco->montant);
        sheet_table_amount(table, opco->acquis);
        sheet_table_amount(table, opco->montant - opco->engage);
        sheet_table_ratio(table, opco->engage, opco->montant);
        sheet_table_end_row(table);
    }
    int last = sheet_table_end(table, 1), share = (int)G_N_ELEMENTS(opco_columns) - 1;
    sheet_bars(sheet, CLASSEUR_TABLE_ROW + 1, share, last, share, 1);
}

/* ---- Par formation ---- */

static const SheetColumn formation_columns[] = {
    {"Formation", SHEET_TEXT, 0, false},
    {"Intitulé", SHEET_WRAP, 44, false},
    {"Domaine", SHEET_WRAP, 28, false},
    {"Filière", SHEET_WRAP, 22, false},
    {"Stagiaires demandés", SHEET_INTEGER, 0, true},
    {"Stagiaires servis", SHEET_INTEGER, 0, true},
    {"Part servie", SHEET_PERCENT, 0, false},
    {"Sessions", SHEET_INTEGER, 0, true},
    {"Effectif moyen", SHEET_TENTHS, 0, false},
    {"Coût total", SHEET_AMOUNT, 0, true},
    {"Coût par stagiaire", SHEET_AMOUNT, 0, false},
    {"Reste à charge", SHEET_AMOUNT, 0, true},
};

void regional_formations(const Classeur *classeur, Sheet *sheet)
{
    const Figures *figures = classeur->figures;
    const Model *model = figures->model;
    g_autofree FiguresShare *shares = g_new0(FiguresShare, model->n_formations);
    g_autofree int64_t *sessions = g_new0(int64_t, model->n_formations);
    for (int32_t i = 0; i < model->n_besoins; i++) {
        FiguresShare *share = &shares[model->besoins[i].formation];
        share->demande += figures->besoins[i].demande;
        figures_add(&share->servi, &figures->besoins[i].servi);
    }
    for (int32_t i = 0; i < figures->plan->n_sessions; i++)
        sessions[model->offres[figures->plan->sessions[i].offre].formation]++;
    classeur_head(classeur, sheet, "Par formation", "les formations demandées");
    SheetTable *table = sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "ParFormation", formation_columns,
                                        (int)G_N_ELEMENTS(formation_columns));
    for (int32_t i = 0; i < model->n_formations; i++) {
        const ModelFormation *formation = &model->formations[i];
        int64_t served = shares[i].servi.effectif, cost = figures_cost(&shares[i].servi);
        if (shares[i].demande == 0)
            continue;
        sheet_table_text(table, formation->code);
        sheet_table_text(table, formation->intitule);
        sheet_table_text(table, formation->domaine);
        sheet_table_text(table, formation->filiere);
        sheet_table_integer(table, shares[i].demande);
        sheet_table_integer(table, served);
        sheet_table_ratio(table, served, shares[i].demande);
        sheet_table_integer(table, sessions[i]);
        if (sessions[i] > 0)
            sheet_table_tenths(table, (served * 10 + sessions[i] / 2) / sessions[i]);
        else
            sheet_table_none(table);
        sheet_table_amount(table, cost);
        if (served > 0)
            sheet_table_amount(table, (cost + served / 2) / served);
        else
            sheet_table_none(table);
        sheet_table_amount(table, shares[i].servi.reste);
        sheet_table_end_row(table);
    }
    sheet_table_end(table, 2);
}

/* ---- groups under a text: land masses, publics ---- */

typedef struct {
    const char *name;
    FiguresShare share;
    int64_t unreachable; /* learners without an offer, or too far from any */
} Group;

static int by_name(const void *a, const void *b)
{
    return strcmp(((const Group *)a)->name, ((const Group *)b)->name);
}

/* Sorts groups by name and adds up those of one name; returns how many are left. */
static int gather(Group *groups, int n)
{
    int left = 0;
    qsort(groups, (size_t)n, sizeof *groups, by_name);
    for (int i = 0; i < n; i++) {
        if (i == 0 || strcmp(groups[i].name, groups[left - 1].name) != 0) {
            groups[left++] = groups[i];
            continue;
        }
        groups[left - 1].share.demande += groups[i].share.demande;
        groups[left - 1].unreachable += groups[i].unreachable;
        figures_add(&groups[left - 1].share.servi, &groups[i].share.servi);
    }
    return left;
}

/* The group of one need, under a name. */
static Group group_of(const Figures *figures, const int64_t *unreachable, int32_t besoin, const char *name)
{
    return (Group){name, figures->besoins[besoin], unreachable[besoin]};
}

static int64_t *find_unreachable(const Figures *figures)
{
    int64_t *unreachable = g_new0(int64_t, figures->model->n_besoins);
    for (int32_t i = 0; i < figures->plan->n_non_couverts; i++) {
        const ModelPlanNonCouvert *row = &figures->plan->non_couverts[i];
        if (row->motif == MOTIF_AUCUNE_OFFRE || row->motif == MOTIF_HORS_RAYON)
            unreachable[row->besoin] += row->effectif;
    }
    return unreachable;
}

static const SheetColumn zone_columns[] = {
    {"Territoire", SHEET_WRAP, 40, false},
    {"Stagiaires demandés", SHEET_INTEGER, 0, true},
    {"Stagiaires servis", SHEET_INTEGER, 0, true},
    {"Part servie", SHEET_PERCENT, 0, false},
    {"Sans offre accessible", SHEET_INTEGER, 0, true},
    {"Coût total", SHEET_AMOUNT, 0, true},
    {"Frais annexes", SHEET_AMOUNT, 0, true},
    {"Reste à charge", SHEET_AMOUNT, 0, true},
};

void regional_zones(const Classeur *classeur, Sheet *sheet)
{
    const Figures *figures = classeur->figures;
    const Model *model = figures->model;
    g_autofree int64_t *unreachable = find_unreachable(figures);
    g_autofree Group *groups = g_new0(Group, model->n_besoins + 1);
    for (int32_t i = 0; i < model->n_besoins; i++)
        groups[i] = group_of(figures, unreachable, i, model->communes[model->besoins[i].commune].zone);
    int n = gather(groups, model->n_besoins);
    classeur_head(classeur, sheet, "Par territoire", "d’où partent les stagiaires : territoires reliés entre eux");
    SheetTable *table =
        sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "ParTerritoire", zone_columns, (int)G_N_ELEMENTS(zone_columns));
    for (int i = 0; i < n; i++) {
        const FiguresSum *sum = &groups[i].share.servi;
        sheet_table_text(table, groups[i].name[0] != '\0' ? groups[i].name : "Territoire commun");
        sheet_table_integer(table, groups[i].share.demande);
        sheet_table_integer(table, sum->effectif);
        sheet_table_ratio(table, sum->effectif, groups[i].share.demande);
        sheet_table_integer(table, groups[i].unreachable);
        sheet_table_amount(table, figures_cost(sum));
        sheet_table_amount(table, sum->annexe);
        sheet_table_amount(table, sum->reste);
        sheet_table_end_row(table);
    }
    sheet_table_end(table, 1);
}

static const SheetColumn public_columns[] = {
    {"Public", SHEET_TEXT, 0, false},
    {"Stagiaires demandés", SHEET_INTEGER, 0, false},
    {"Stagiaires servis", SHEET_INTEGER, 0, false},
    {"Part servie", SHEET_PERCENT, 0, false},
    {"Part de la demande", SHEET_PERCENT, 0, false},
    {"Part des servis", SHEET_PERCENT, 0, false},
};

/* A head-count small enough to point at persons is not published; none of them is. */
static bool is_small(const Classeur *classeur, int64_t n)
{
    return n > 0 && n < classeur->settings->petits_effectifs;
}

void regional_publics(const Classeur *classeur, Sheet *sheet)
{
    const Figures *figures = classeur->figures;
    const Model *model = figures->model;
    g_autofree int64_t *unreachable = find_unreachable(figures);
    g_autoptr(GArray) groups = g_array_new(FALSE, FALSE, sizeof(Group));
    for (int32_t i = 0; i < model->n_besoins; i++)
        for (const char *const *name = model->besoins[i].publics; *name != NULL; name++) {
            Group group = group_of(figures, unreachable, i, *name);
            g_array_append_val(groups, group);
        }
    int n = groups->len > 0 ? gather((Group *)(void *)groups->data, (int)groups->len) : 0;
    g_autofree char *note = g_strdup_printf("case vide : moins de %d stagiaires", classeur->settings->petits_effectifs);
    classeur_head(classeur, sheet, "Publics", note);
    SheetTable *table =
        sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "Publics", public_columns, (int)G_N_ELEMENTS(public_columns));
    for (int i = 0; i < n; i++) {
        const Group *group = &g_array_index(groups, Group, i);
        int64_t asked = group->share.demande, served = group->share.servi.effectif;
        /* what is left unserved must not be told by difference either */
        bool hide = is_small(classeur, asked) || is_small(classeur, served) || is_small(classeur, asked - served);
        sheet_table_text(table, group->name);
        if (is_small(classeur, asked))
            sheet_table_none(table);
        else
            sheet_table_integer(table, asked);
        if (hide)
            sheet_table_none(table);
        else
            sheet_table_integer(table, served);
        sheet_table_ratio(table, served, hide ? 0 : asked);
        sheet_table_ratio(table, asked, is_small(classeur, asked) ? 0 : figures->total.demande);
        sheet_table_ratio(table, served, hide ? 0 : figures->total.servi.effectif);
        sheet_table_end_row(table);
    }
    sheet_table_end(table, 1);
}
