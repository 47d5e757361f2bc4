/* Regional workbook, pages Par territoire and Par commune: from where learners are asked, and where nobody can reach a
 * session (zone blanche). */
#include "export/regional.h"
#include "export/sheet_table.h"
#include "sql/distance.h"

#include <stdlib.h>
#include <string.h>

/* What is asked from a commune, or from the communes of a land mass. */
typedef struct {
    int32_t commune;            /* or the first of them */
    int64_t communes, blanches; /* from which learners are asked; of them, where none can reach a session */
    int64_t far, sessions;      /* learners who can reach none of their course; sessions held there */
    FiguresShare share;
} Place;

/* The offers of the plan's sessions, each once, by course: those of course f are offres[first[f]..first[f + 1]). Caller
 * frees both. */
static int32_t *open_offres(const Figures *figures, int32_t **first)
{
    const Model *model = figures->model;
    g_autofree bool *used = g_new0(bool, model->n_offres + 1);
    int32_t *offres = g_new(int32_t, model->n_offres + 1), *ends = g_new0(int32_t, model->n_formations + 2);
    for (int32_t s = 0; s < figures->plan->n_sessions; s++)
        used[figures->plan->sessions[s].offre] = true;
    for (int32_t o = 0; o < model->n_offres; o++)
        ends[model->offres[o].formation + 2] += used[o];
    for (int32_t f = 2; f < model->n_formations + 2; f++)
        ends[f] += ends[f - 1];
    for (int32_t o = 0; o < model->n_offres; o++)
        if (used[o])
            offres[ends[model->offres[o].formation + 1]++] = o;
    *first = ends;
    return offres;
}

/* One of each commune. */
static Place *find_places(const Figures *figures)
{
    const Model *model = figures->model;
    Place *places = g_new0(Place, model->n_communes);
    g_autofree int32_t *first = NULL;
    g_autofree int32_t *offres = open_offres(figures, &first);
    for (int32_t b = 0; b < model->n_besoins; b++) {
        const ModelBesoin *besoin = &model->besoins[b];
        Place *place = &places[besoin->commune];
        bool open = false;
        for (int32_t i = first[besoin->formation]; i < first[besoin->formation + 1] && !open; i++)
            open = figures_open(model, besoin, &model->offres[offres[i]]);
        place->share.demande += figures->besoins[b].demande;
        figures_add(&place->share.servi, &figures->besoins[b].servi);
        place->far += open ? 0 : figures->besoins[b].demande;
    }
    for (int32_t s = 0; s < figures->plan->n_sessions; s++) {
        int32_t commune = model->offres[figures->plan->sessions[s].offre].commune;
        if (commune != MODEL_NONE)
            places[commune].sessions++;
    }
    for (int32_t c = 0; c < model->n_communes; c++) {
        places[c].commune = c;
        places[c].communes = places[c].share.demande > 0;
        places[c].blanches = places[c].share.demande > 0 && places[c].far == places[c].share.demande;
    }
    return places;
}

static const char *zone_name(const ModelCommune *commune)
{
    return commune->zone[0] != '\0' ? commune->zone : "Territoire commun";
}

/* ---- Par territoire ---- */

static const SheetColumn zone_columns[] = {
    {"Territoire", SHEET_WRAP, 40, false},
    {"Communes de départ", SHEET_INTEGER, 0, true},
    {"Zones blanches", SHEET_INTEGER, 0, true},
    {"Stagiaires demandés", SHEET_INTEGER, 0, true},
    {"Stagiaires servis", SHEET_INTEGER, 0, true},
    {"Part servie", SHEET_PERCENT, 0, false},
    {"Sans session accessible", SHEET_INTEGER, 0, true},
    {"Sessions sur place", SHEET_INTEGER, 0, true},
    {"Coût total", SHEET_AMOUNT, 0, true},
    {"Frais annexes", SHEET_AMOUNT, 0, true},
    {"Reste à charge", SHEET_AMOUNT, 0, true},
};

static gint by_zone(gconstpointer a, gconstpointer b, gpointer data)
{
    const Model *model = data;
    const Place *left = a, *right = b;
    int order = strcmp(model->communes[left->commune].zone, model->communes[right->commune].zone);
    return order != 0 ? order : left->commune - right->commune;
}

/* Sorts places by land mass and adds up those of one; returns how many are left. */
static int32_t gather(const Model *model, Place *places)
{
    int32_t left = 0;
    g_qsort_with_data(places, model->n_communes, sizeof *places, by_zone, (gpointer)(uintptr_t)model);
    for (int32_t i = 0; i < model->n_communes; i++) {
        Place *last = left > 0 ? &places[left - 1] : NULL;
        if (places[i].communes == 0 && places[i].sessions == 0)
            continue;
        if (last == NULL || strcmp(model->communes[places[i].commune].zone, model->communes[last->commune].zone) != 0) {
            places[left++] = places[i];
            continue;
        }
        last->communes += places[i].communes;
        last->blanches += places[i].blanches;
        last->far += places[i].far;
        last->sessions += places[i].sessions;
        last->share.demande += places[i].share.demande;
        figures_add(&last->share.servi, &places[i].share.servi);
    }
    return left;
}

void regional_zones(const Classeur *classeur, Sheet *sheet)
{
    const Model *model = classeur->figures->model;
    g_autofree Place *places = find_places(classeur->figures);
    int32_t n = gather(model, places);
    classeur_head(classeur, sheet, "Par territoire", "d’où partent les stagiaires : territoires reliés entre eux");
    SheetTable *table =
        sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "ParTerritoire", zone_columns, (int)G_N_ELEMENTS(zone_columns));
    for (int32_t i = 0; i < n; i++) {
        const FiguresSum *sum = &places[i].share.servi;
        sheet_table_text(table, zone_name(&model->communes[places[i].commune]));
        sheet_table_integer(table, places[i].communes);
        sheet_table_integer(table, places[i].blanches);
        sheet_table_integer(table, places[i].share.demande);
        sheet_table_integer(table, sum->effectif);
        sheet_table_ratio(table, sum->effectif, places[i].share.demande);
        sheet_table_integer(table, places[i].far);
        sheet_table_integer(table, places[i].sessions);
        sheet_table_amount(table, figures_cost(sum));
        sheet_table_amount(table, sum->annexe);
        sheet_table_amount(table, sum->reste);
        sheet_table_end_row(table);
    }
    int last = sheet_table_end(table, 1);
    sheet_bars(sheet, CLASSEUR_TABLE_ROW + 1, 5, last, 5, 1);
}

/* ---- Par commune ---- */

static const SheetColumn commune_columns[] = {
    {"Code INSEE", SHEET_TEXT, 0, false},
    {"Commune", SHEET_WRAP, 30, false},
    {"Territoire", SHEET_WRAP, 28, false},
    {"Stagiaires demandés", SHEET_INTEGER, 0, true},
    {"Stagiaires servis", SHEET_INTEGER, 0, true},
    {"Part servie", SHEET_PERCENT, 0, false},
    {"Sans session accessible", SHEET_INTEGER, 0, true},
    {"Zone blanche", SHEET_CENTRE, 0, false},
    {"Sessions sur place", SHEET_INTEGER, 0, true},
    {"Session la plus proche (km)", SHEET_TENTHS, 0, false},
    {"Coût total", SHEET_AMOUNT, 0, true},
    {"Frais annexes", SHEET_AMOUNT, 0, true},
};

/* Tenths of km to the nearest session held somewhere, whatever its course; MODEL_NONE when none can be reached. */
static int32_t nearest(const Model *model, const Place *places, int32_t commune)
{
    int32_t least = MODEL_NONE;
    for (int32_t there = 0; there < model->n_communes; there++) {
        Distance distance;
        if (places[there].sessions > 0 && distance_between(model, commune, there, &distance) &&
            (least == MODEL_NONE || distance.km < least))
            least = distance.km;
    }
    return least;
}

void regional_communes(const Classeur *classeur, Sheet *sheet)
{
    const Figures *figures = classeur->figures;
    const Model *model = figures->model;
    g_autofree Place *places = find_places(figures);
    classeur_head(classeur, sheet, "Par commune",
                  "zone blanche : aucun stagiaire n’y a de session de sa formation dans le rayon qu’il accepte");
    SheetTable *table =
        sheet_table_new(sheet, CLASSEUR_TABLE_ROW, "ParCommune", commune_columns, (int)G_N_ELEMENTS(commune_columns));
    for (int32_t c = 0; c < model->n_communes; c++) {
        const FiguresSum *sum = &places[c].share.servi;
        if (places[c].communes == 0 && places[c].sessions == 0)
            continue;
        int32_t km = places[c].sessions > 0 ? 0 : nearest(model, places, c);
        sheet_table_text(table, model->communes[c].code_insee);
        sheet_table_text(table, model->communes[c].nom);
        sheet_table_text(table, zone_name(&model->communes[c]));
        sheet_table_integer(table, places[c].share.demande);
        sheet_table_integer(table, sum->effectif);
        sheet_table_ratio(table, sum->effectif, places[c].share.demande);
        sheet_table_integer(table, places[c].far);
        sheet_table_text(table, places[c].blanches > 0 ? "Oui" : "");
        sheet_table_integer(table, places[c].sessions);
        if (km != MODEL_NONE)
            sheet_table_tenths(table, km);
        else
            sheet_table_none(table);
        sheet_table_amount(table, figures_cost(sum));
        sheet_table_amount(table, sum->annexe);
        sheet_table_end_row(table);
    }
    int last = sheet_table_end(table, 2);
    sheet_bars(sheet, CLASSEUR_TABLE_ROW + 1, 5, last, 5, 1);
}
