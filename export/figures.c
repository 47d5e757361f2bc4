/* Sums of a plan: see figures.h. */
#include "export/figures.h"

#include "config/calendar.h"
#include "sql/distance.h"

#include <stdlib.h>
#include <string.h>

void figures_add(FiguresSum *sum, const FiguresSum *more)
{
    sum->effectif += more->effectif;
    sum->pedagogique += more->pedagogique;
    sum->annexe += more->annexe;
    sum->remuneration += more->remuneration;
    sum->finance += more->finance;
    sum->reste += more->reste;
}

FiguresSum figures_of_affectation(const ModelPlanAffectation *row)
{
    return (FiguresSum){row->effectif,     row->cout_pedagogique, row->cout_annexe,
                        row->remuneration, row->finance,          row->reste_a_charge};
}

int64_t figures_cost(const FiguresSum *sum)
{
    return sum->pedagogique + sum->annexe;
}

int64_t figures_each(const FiguresSum *sum)
{
    return sum->effectif > 0 ? (figures_cost(sum) + sum->effectif / 2) / sum->effectif : 0;
}

bool figures_open(const Model *model, const ModelBesoin *besoin, const ModelOffre *offre)
{
    Distance distance;
    if (offre->formation != besoin->formation || (offre->siae != MODEL_NONE && offre->siae != besoin->siae) ||
        (offre->opco[0] != '\0' && strcmp(offre->opco, model->siae[besoin->siae].opco) != 0))
        return false;
    if (offre->modalite == MODALITE_DISTANCIEL || offre->modalite == MODALITE_AFEST)
        return true;
    return distance_between(model, besoin->commune, offre->commune, &distance) &&
           (besoin->rayon_km == MODEL_NONE || distance.km <= besoin->rayon_km);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const FiguresOpco *)a)->name, ((const FiguresOpco *)b)->name);
}

static int32_t find_opco(const Figures *figures, const char *name)
{
    FiguresOpco key = {.name = name};
    const FiguresOpco *found = bsearch(&key, figures->opcos, (size_t)figures->n_opcos, sizeof *figures->opcos, by_name);
    g_assert(found != NULL);
    return (int32_t)(found - figures->opcos);
}

static void list_opcos(Figures *figures)
{
    const Model *model = figures->model;
    int32_t n = 0;
    figures->opcos = g_new0(FiguresOpco, model->n_siae + model->n_enveloppes);
    for (int32_t i = 0; i < model->n_siae; i++)
        figures->opcos[n++].name = model->siae[i].opco;
    for (int32_t i = 0; i < model->n_enveloppes; i++)
        figures->opcos[n++].name = model->enveloppes[i].opco;
    qsort(figures->opcos, (size_t)n, sizeof *figures->opcos, by_name);
    for (int32_t i = 0; i < n; i++)
        if (i == 0 || strcmp(figures->opcos[i].name, figures->opcos[figures->n_opcos - 1].name) != 0)
            figures->opcos[figures->n_opcos++].name = figures->opcos[i].name;
    figures->opco_of_siae = g_new0(int32_t, model->n_siae);
    figures->opco_of_enveloppe = g_new0(int32_t, model->n_enveloppes);
    for (int32_t i = 0; i < model->n_siae; i++)
        figures->opco_of_siae[i] = find_opco(figures, model->siae[i].opco);
    for (int32_t i = 0; i < model->n_enveloppes; i++)
        figures->opco_of_enveloppe[i] = find_opco(figures, model->enveloppes[i].opco);
}

static void sum_envelopes(Figures *figures)
{
    const Model *model = figures->model;
    for (int32_t i = 0; i < figures->plan->n_charges; i++)
        figures->engage[figures->plan->charges[i].enveloppe] += figures->plan->charges[i].montant;
    for (int32_t i = 0; i < model->n_enveloppes; i++) {
        FiguresOpco *opco = &figures->opcos[figures->opco_of_enveloppe[i]];
        opco->montant += model->enveloppes[i].montant;
        opco->acquis += model->enveloppes[i].montant_acquis;
        opco->engage += figures->engage[i];
        opco->n_enveloppes++;
    }
}

static void sum_asked(Figures *figures)
{
    const Model *model = figures->model;
    for (int32_t i = 0; i < model->n_besoins; i++) {
        const ModelBesoin *besoin = &model->besoins[i];
        figures->besoins[i].demande = besoin->effectif;
        figures->siae[besoin->siae].demande += besoin->effectif;
        figures->axes[besoin->axe].demande += besoin->effectif;
        figures->formations[besoin->formation].demande += besoin->effectif;
        figures->types[model->siae[besoin->siae].type].demande += besoin->effectif;
        figures->opcos[figures->opco_of_siae[besoin->siae]].share.demande += besoin->effectif;
        figures->total.demande += besoin->effectif;
    }
}

static void sum_served(Figures *figures)
{
    const Model *model = figures->model;
    const ModelPlan *plan = figures->plan;
    g_autofree int32_t *last_session = g_new(int32_t, figures->n_opcos);
    for (int32_t o = 0; o < figures->n_opcos; o++)
        last_session[o] = MODEL_NONE;
    for (int32_t i = 0; i < plan->n_affectations; i++) {
        const ModelPlanAffectation *row = &plan->affectations[i];
        const ModelBesoin *besoin = &model->besoins[row->besoin];
        int32_t opco = figures->opco_of_siae[besoin->siae];
        FiguresSum sum = figures_of_affectation(row);
        figures_add(&figures->besoins[row->besoin].servi, &sum);
        figures_add(&figures->siae[besoin->siae].servi, &sum);
        figures_add(&figures->axes[besoin->axe].servi, &sum);
        figures_add(&figures->formations[besoin->formation].servi, &sum);
        figures_add(&figures->types[model->siae[besoin->siae].type].servi, &sum);
        figures_add(&figures->opcos[opco].share.servi, &sum);
        figures_add(&figures->sessions[row->session], &sum);
        figures_add(&figures->total.servi, &sum);
        /* affectations are sorted by session */
        figures->opcos[opco].n_sessions += last_session[opco] != row->session;
        last_session[opco] = row->session;
    }
}

/* Rows sorted by session: where each session's begin. */
#define INDEX_BY_SESSION(first, rows, n_rows)                                                                          \
    for (int32_t s = 0, i = 0; s <= plan->n_sessions; s++) {                                                           \
        while (i < (n_rows) && (rows)[i].session < s)                                                                  \
            i++;                                                                                                       \
        (first)[s] = i;                                                                                                \
    }

/* keys[i]: the group of row i. */
static FiguresGroups group_rows(const int32_t *keys, int32_t n, int32_t n_groups)
{
    FiguresGroups groups = {g_new0(int32_t, n_groups + 1), g_new(int32_t, n)};
    g_autofree int32_t *next = g_new(int32_t, n_groups + 1);
    for (int32_t i = 0; i < n; i++)
        groups.first[keys[i] + 1]++;
    for (int32_t g = 0; g < n_groups; g++) {
        groups.first[g + 1] += groups.first[g];
        next[g] = groups.first[g];
    }
    for (int32_t i = 0; i < n; i++)
        groups.rows[next[keys[i]]++] = i;
    return groups;
}

static void group_all(Figures *figures)
{
    const Model *model = figures->model;
    const ModelPlan *plan = figures->plan;
    g_autofree int32_t *keys = g_new(int32_t, MAX(plan->n_affectations, model->n_besoins));
    for (int32_t i = 0; i < model->n_besoins; i++)
        keys[i] = model->besoins[i].siae;
    figures->besoins_by_siae = group_rows(keys, model->n_besoins, model->n_siae);
    for (int32_t i = 0; i < plan->n_affectations; i++)
        keys[i] = model->besoins[plan->affectations[i].besoin].siae;
    figures->by_siae = group_rows(keys, plan->n_affectations, model->n_siae);
    for (int32_t i = 0; i < plan->n_affectations; i++)
        keys[i] = figures->opco_of_siae[keys[i]];
    figures->by_opco = group_rows(keys, plan->n_affectations, figures->n_opcos);
    for (int32_t b = 0, i = 0; b <= model->n_besoins; b++) {
        while (i < plan->n_non_couverts && plan->non_couverts[i].besoin < b)
            i++;
        figures->first_non_couvert[b] = i;
    }
}

static void count_months(Figures *figures)
{
    const ModelPlan *plan = figures->plan;
    int low = 0, high = -1;
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t s = 0; s < plan->n_sessions; s++) {
            int year, month;
            calendar_split(plan->sessions[s].debut, &year, &month, NULL);
            int at = year * 12 + month - 1;
            if (pass == 0) {
                low = high < 0 || at < low ? at : low;
                high = at > high ? at : high;
            } else {
                figures->months[at - low].sessions++;
                figures->months[at - low].effectif += plan->sessions[s].effectif;
            }
        }
        if (high < 0)
            return;
        if (pass == 0) {
            figures->n_months = high - low + 1;
            figures->months = g_new0(FiguresMonth, figures->n_months);
            for (int i = 0; i < figures->n_months; i++) {
                figures->months[i].year = (low + i) / 12;
                figures->months[i].month = (low + i) % 12 + 1;
            }
        }
    }
}

Figures *figures_new(const Model *model, const ModelPlan *plan)
{
    Figures *figures = g_new0(Figures, 1);
    figures->model = model;
    figures->plan = plan;
    figures->engage = g_new0(int64_t, model->n_enveloppes);
    figures->besoins = g_new0(FiguresShare, model->n_besoins);
    figures->siae = g_new0(FiguresShare, model->n_siae);
    figures->axes = g_new0(FiguresShare, model->n_axes);
    figures->formations = g_new0(FiguresShare, model->n_formations);
    figures->formation_sessions = g_new0(int32_t, model->n_formations);
    figures->sessions = g_new0(FiguresSum, plan->n_sessions);
    figures->first = g_new0(int32_t, plan->n_sessions + 1);
    figures->first_charge = g_new0(int32_t, plan->n_sessions + 1);
    figures->first_non_couvert = g_new0(int32_t, model->n_besoins + 1);
    INDEX_BY_SESSION(figures->first, plan->affectations, plan->n_affectations)
    INDEX_BY_SESSION(figures->first_charge, plan->charges, plan->n_charges)
    list_opcos(figures);
    group_all(figures);
    sum_envelopes(figures);
    sum_asked(figures);
    sum_served(figures);
    for (int32_t i = 0; i < plan->n_sessions; i++)
        figures->formation_sessions[model->offres[plan->sessions[i].offre].formation]++;
    for (int32_t i = 0; i < plan->n_non_couverts; i++)
        figures->not_served[plan->non_couverts[i].motif] += plan->non_couverts[i].effectif;
    count_months(figures);
    return figures;
}

void figures_free(Figures *figures)
{
    if (figures == NULL)
        return;
    void *const blocks[] = {figures->engage,
                            figures->besoins,
                            figures->siae,
                            figures->axes,
                            figures->formations,
                            figures->formation_sessions,
                            figures->sessions,
                            figures->first,
                            figures->first_charge,
                            figures->opco_of_siae,
                            figures->opco_of_enveloppe,
                            figures->opcos,
                            figures->by_siae.first,
                            figures->besoins_by_siae.first,
                            figures->besoins_by_siae.rows,
                            figures->first_non_couvert,
                            figures->by_siae.rows,
                            figures->by_opco.first,
                            figures->by_opco.rows,
                            figures->months,
                            figures};
    for (size_t i = 0; i < G_N_ELEMENTS(blocks); i++)
        g_free(blocks[i]);
}
