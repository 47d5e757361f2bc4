/* The tables of the web page: sessions, SIAE, OPCO and enveloppes, formations and axes, unmet needs. */
#include "export/french.h"
#include "export/page_table.h"

#include <string.h>

/* ---- sessions ---- */

static const PageColumn session_columns[] = {
    {"Session", PAGE_TEXT, PAGE_PLAIN},
    {"Formation", PAGE_TEXT, PAGE_PLAIN},
    {"Filière", PAGE_TEXT, PAGE_CHOOSE},
    {"Lieu", PAGE_TEXT, PAGE_CHOOSE},
    {"Début", PAGE_DAY, PAGE_PLAIN},
    {"Fin", PAGE_DAY, PAGE_PLAIN},
    {"Jours", PAGE_INTEGER, PAGE_PLAIN},
    {"Organisme", PAGE_TEXT, PAGE_PLAIN},
    {"Stagiaires", PAGE_INTEGER, PAGE_SUM},
    {"SIAE (stagiaires)", PAGE_TEXT, PAGE_PLAIN},
    {"Coût", PAGE_AMOUNT, PAGE_SUM},
    {"Coût horaire", PAGE_AMOUNT, PAGE_PLAIN},
    {"Reste à charge", PAGE_AMOUNT, PAGE_SUM},
    {"Statut", PAGE_TEXT, PAGE_CHOOSE},
    {"À déposer avant le", PAGE_DAY, PAGE_PLAIN},
};

/* "Lakou Solidaire (3), ...", a SIAE once, in the order met. */
static void siae_of(const Figures *figures, int32_t session, PageTable *table, Html *html)
{
    const Model *model = figures->model;
    g_autoptr(GArray) seen = g_array_new(FALSE, FALSE, sizeof(int32_t));
    page_table_open(table, PAGE_TEXT);
    html_raw(html, "<span>");
    for (int32_t i = figures->first[session]; i < figures->first[session + 1]; i++) {
        int32_t siae = model->besoins[figures->plan->affectations[i].besoin].siae;
        int64_t learners = 0;
        bool told = false;
        for (guint j = 0; j < seen->len; j++)
            told = told || g_array_index(seen, int32_t, j) == siae;
        if (told)
            continue;
        for (int32_t j = i; j < figures->first[session + 1]; j++)
            if (model->besoins[figures->plan->affectations[j].besoin].siae == siae)
                learners += figures->plan->affectations[j].effectif;
        html_raw(html, seen->len > 0 ? ", " : "");
        html_leaf(html, "bdi", model->siae[siae].raison_sociale);
        html_format(html, "\u00A0(%d)", (int)learners);
        g_array_append_val(seen, siae);
    }
    html_raw(html, "</span>");
    page_table_close(table);
}

void page_sessions(Page *page)
{
    const Figures *figures = page->classeur->figures;
    const Model *model = figures->model;
    PageTable *table = page_table_new(page, "t-sessions", "Les sessions du plan, dans l’ordre des dates",
                                      session_columns, (int)G_N_ELEMENTS(session_columns));
    for (int32_t i = 0; i < figures->plan->n_sessions; i++) {
        int32_t at = page->by_start[i];
        const ModelPlanSession *row = &figures->plan->sessions[at];
        const ModelOffre *offre = &model->offres[row->offre];
        const ModelFormation *formation = &model->formations[offre->formation];
        const FiguresSum *sum = &figures->sessions[at];
        page_table_text(table, row->code);
        page_table_text(table, formation->intitule);
        page_table_text(table, formation->filiere);
        page_table_text(table, classeur_place(model, offre));
        page_table_day(table, row->debut);
        page_table_day(table, row->fin);
        page_table_integer(table, row->n_jours);
        page_table_text(table, model->organismes[offre->organisme].raison_sociale);
        page_table_integer(table, row->effectif);
        siae_of(figures, at, table, page->html);
        page_table_amount(table, figures_cost(sum));
        page_table_amount(table, classeur_hourly(figures_cost(sum), formation->heures, sum->effectif));
        page_table_amount(table, sum->reste);
        page_table_text(table, row->fixee != MODEL_NONE ? "Fixée" : "Nouvelle");
        page_table_day(table, row->debut - page->classeur->settings->depot_jours);
        page_table_end_row(table);
    }
    page_table_end(table);
}

/* ---- SIAE ---- */

static const PageColumn siae_columns[] = {
    {"SIAE", PAGE_TEXT, PAGE_PLAIN},           {"Type", PAGE_TEXT, PAGE_CHOOSE},
    {"OPCO", PAGE_TEXT, PAGE_CHOOSE},          {"Commune", PAGE_TEXT, PAGE_CHOOSE},
    {"Demandés", PAGE_INTEGER, PAGE_SUM},      {"Servis", PAGE_INTEGER, PAGE_SUM},
    {"Part servie", PAGE_RATIO, PAGE_PLAIN},   {"Sessions", PAGE_INTEGER, PAGE_PLAIN},
    {"Coût", PAGE_AMOUNT, PAGE_SUM},           {"Financé", PAGE_AMOUNT, PAGE_SUM},
    {"Reste à charge", PAGE_AMOUNT, PAGE_SUM},
};

static int32_t sessions_of_siae(const Figures *figures, int32_t siae)
{
    int32_t n = 0, last = MODEL_NONE;
    for (int32_t i = figures->by_siae.first[siae]; i < figures->by_siae.first[siae + 1]; i++) {
        int32_t session = figures->plan->affectations[figures->by_siae.rows[i]].session;
        n += session != last;
        last = session;
    }
    return n;
}

void page_siae(Page *page)
{
    const Figures *figures = page->classeur->figures;
    const Model *model = figures->model;
    PageTable *table = page_table_new(page, "t-siae", "Ce que chaque SIAE a demandé, obtient et paie", siae_columns,
                                      (int)G_N_ELEMENTS(siae_columns));
    for (int32_t i = 0; i < model->n_siae; i++) {
        const ModelSiae *siae = &model->siae[i];
        const FiguresShare *share = &figures->siae[i];
        page_table_text(table, siae->raison_sociale);
        page_table_text(table, vocabulary_word(&vocabulary_type, (int)siae->type));
        page_table_text(table, classeur_opco_name(siae->opco));
        page_table_text(table, model->communes[siae->commune].nom);
        page_table_share(table, share);
        page_table_integer(table, sessions_of_siae(figures, i));
        page_table_amount(table, figures_cost(&share->servi));
        page_table_amount(table, share->servi.finance);
        page_table_amount(table, share->servi.reste);
        page_table_end_row(table);
    }
    page_table_end(table);
}

/* ---- OPCO and enveloppes ---- */

static const PageColumn opco_columns[] = {
    {"OPCO", PAGE_TEXT, PAGE_PLAIN},        {"Demandés", PAGE_INTEGER, PAGE_SUM},
    {"Servis", PAGE_INTEGER, PAGE_SUM},     {"Part servie", PAGE_RATIO, PAGE_PLAIN},
    {"Sessions", PAGE_INTEGER, PAGE_PLAIN}, {"Coût", PAGE_AMOUNT, PAGE_SUM},
    {"Financé", PAGE_AMOUNT, PAGE_SUM},     {"Reste à charge", PAGE_AMOUNT, PAGE_SUM},
};

static const PageColumn envelope_columns[] = {
    {"Enveloppe", PAGE_TEXT, PAGE_PLAIN},     {"OPCO", PAGE_TEXT, PAGE_CHOOSE},
    {"Dispositif", PAGE_TEXT, PAGE_CHOOSE},   {"Axe", PAGE_TEXT, PAGE_PLAIN},
    {"Débuts du", PAGE_DAY, PAGE_PLAIN},      {"Débuts au", PAGE_DAY, PAGE_PLAIN},
    {"Montant", PAGE_AMOUNT, PAGE_SUM},       {"Acquis", PAGE_AMOUNT, PAGE_SUM},
    {"Engagé", PAGE_AMOUNT, PAGE_SUM},        {"Disponible", PAGE_AMOUNT, PAGE_SUM},
    {"Part engagée", PAGE_RATIO, PAGE_PLAIN},
};

void page_opcos(Page *page)
{
    const Figures *figures = page->classeur->figures;
    const Model *model = figures->model;
    PageTable *table = page_table_new(page, "t-opco", "Par OPCO", opco_columns, (int)G_N_ELEMENTS(opco_columns));
    for (int32_t i = 0; i < figures->n_opcos; i++) {
        const FiguresOpco *opco = &figures->opcos[i];
        page_table_text(table, classeur_opco_name(opco->name));
        page_table_share(table, &opco->share);
        page_table_integer(table, opco->n_sessions);
        page_table_amount(table, figures_cost(&opco->share.servi));
        page_table_amount(table, opco->share.servi.finance);
        page_table_amount(table, opco->share.servi.reste);
        page_table_end_row(table);
    }
    page_table_end(table);
    table = page_table_new(page, "t-enveloppes", "Les enveloppes : montants, engagements du plan et disponible",
                           envelope_columns, (int)G_N_ELEMENTS(envelope_columns));
    for (int32_t i = 0; i < model->n_enveloppes; i++) {
        const ModelEnveloppe *row = &model->enveloppes[i];
        page_table_text(table, row->code);
        page_table_text(table, row->opco);
        page_table_text(table, row->dispositif);
        page_table_text(table, row->axe == MODEL_NONE ? "Tous" : model->axes[row->axe].libelle);
        page_table_day(table, row->debut_min);
        page_table_day(table, row->debut_max);
        page_table_amount(table, row->montant);
        page_table_amount(table, row->montant_acquis);
        page_table_amount(table, figures->engage[i]);
        page_table_amount(table, row->montant - figures->engage[i]);
        page_table_ratio(table, figures->engage[i], row->montant);
        page_table_end_row(table);
    }
    page_table_end(table);
}

/* ---- formations ---- */

static const PageColumn formation_columns[] = {
    {"Formation", PAGE_TEXT, PAGE_PLAIN},    {"Domaine", PAGE_TEXT, PAGE_CHOOSE},  {"Filière", PAGE_TEXT, PAGE_CHOOSE},
    {"Nature", PAGE_TEXT, PAGE_CHOOSE},      {"Demandés", PAGE_INTEGER, PAGE_SUM}, {"Servis", PAGE_INTEGER, PAGE_SUM},
    {"Part servie", PAGE_RATIO, PAGE_PLAIN}, {"Sessions", PAGE_INTEGER, PAGE_SUM}, {"Coût", PAGE_AMOUNT, PAGE_SUM},
};

static const PageColumn axis_columns[] = {
    {"Axe", PAGE_TEXT, PAGE_PLAIN},
    {"SIAE par session, au moins", PAGE_INTEGER, PAGE_PLAIN},
    {"Demandés", PAGE_INTEGER, PAGE_SUM},
    {"Servis", PAGE_INTEGER, PAGE_SUM},
    {"Part servie", PAGE_RATIO, PAGE_PLAIN},
    {"Coût", PAGE_AMOUNT, PAGE_SUM},
    {"Reste à charge", PAGE_AMOUNT, PAGE_SUM},
};

static void write_axes(Page *page)
{
    const Figures *figures = page->classeur->figures;
    PageTable *table = page_table_new(page, "t-axes", "Les axes", axis_columns, (int)G_N_ELEMENTS(axis_columns));
    for (int32_t i = 0; i < figures->model->n_axes; i++) {
        const FiguresShare *share = &figures->axes[i];
        page_table_text(table, figures->model->axes[i].libelle);
        page_table_integer(table, figures->model->axes[i].min_siae);
        page_table_share(table, share);
        page_table_amount(table, figures_cost(&share->servi));
        page_table_amount(table, share->servi.reste);
        page_table_end_row(table);
    }
    page_table_end(table);
}

void page_formations(Page *page)
{
    const Figures *figures = page->classeur->figures;
    const Model *model = figures->model;
    PageTable *table = page_table_new(page, "t-formations", "Les formations demandées", formation_columns,
                                      (int)G_N_ELEMENTS(formation_columns));
    for (int32_t i = 0; i < model->n_formations; i++) {
        const ModelFormation *row = &model->formations[i];
        const FiguresShare *share = &figures->formations[i];
        if (share->demande == 0)
            continue;
        page_table_text(table, row->intitule);
        page_table_text(table, row->domaine);
        page_table_text(table, row->filiere);
        page_table_text(table, french_nature(row->nature));
        page_table_share(table, share);
        page_table_integer(table, figures->formation_sessions[i]);
        page_table_amount(table, figures_cost(&share->servi));
        page_table_end_row(table);
    }
    page_table_end(table);
    write_axes(page);
}

/* ---- unmet needs ---- */

static const PageColumn unmet_columns[] = {
    {"Besoin", PAGE_TEXT, PAGE_PLAIN},
    {"SIAE", PAGE_TEXT, PAGE_CHOOSE},
    {"Formation", PAGE_TEXT, PAGE_PLAIN},
    {"Stagiaires", PAGE_INTEGER, PAGE_SUM},
    {"Motif", PAGE_TEXT, PAGE_CHOOSE},
    {"Explication", PAGE_TEXT, PAGE_PLAIN},
    {"Ce qui le changerait", PAGE_TEXT, PAGE_PLAIN},
};

void page_unmet(Page *page)
{
    const Figures *figures = page->classeur->figures;
    const Model *model = figures->model;
    PageTable *table = page_table_new(page, "t-non-couverts", "Les besoins non couverts, et pourquoi", unmet_columns,
                                      (int)G_N_ELEMENTS(unmet_columns));
    for (int32_t i = 0; i < figures->plan->n_non_couverts; i++) {
        const ModelPlanNonCouvert *row = &figures->plan->non_couverts[i];
        const ModelBesoin *besoin = &model->besoins[row->besoin];
        const FrenchMotif *motif = french_motif(row->motif);
        page_table_text(table, besoin->reference);
        page_table_text(table, model->siae[besoin->siae].raison_sociale);
        page_table_text(table, model->formations[besoin->formation].intitule);
        page_table_integer(table, row->effectif);
        page_table_text(table, motif->label);
        page_table_text(table, row->detail[0] != '\0' ? row->detail : motif->reason);
        page_table_text(table, motif->remedy);
        page_table_end_row(table);
    }
    page_table_end(table);
}
