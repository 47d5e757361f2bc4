/* Places learners leave from: see territoires.h. */
#include "export/territoires.h"

#include "sql/distance.h"

#include <string.h>

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

Territoire *territoires_new(const Figures *figures)
{
    const Model *model = figures->model;
    Territoire *places = g_new0(Territoire, model->n_communes);
    g_autofree int32_t *first = NULL;
    g_autofree int32_t *offres = open_offres(figures, &first);
    for (int32_t b = 0; b < model->n_besoins; b++) {
        const ModelBesoin *besoin = &model->besoins[b];
        Territoire *place = &places[besoin->commune];
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

const char *territoires_zone(const ModelCommune *commune)
{
    return commune->zone[0] != '\0' ? commune->zone : "Territoire commun";
}

static gint by_zone(gconstpointer a, gconstpointer b, gpointer data)
{
    const Model *model = data;
    const Territoire *left = a, *right = b;
    int order = strcmp(model->communes[left->commune].zone, model->communes[right->commune].zone);
    return order != 0 ? order : left->commune - right->commune;
}

int32_t territoires_gather(const Model *model, Territoire *places)
{
    int32_t left = 0;
    g_qsort_with_data(places, model->n_communes, sizeof *places, by_zone, (gpointer)(uintptr_t)model);
    for (int32_t i = 0; i < model->n_communes; i++) {
        Territoire *last = left > 0 ? &places[left - 1] : NULL;
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

int32_t territoires_nearest(const Model *model, const Territoire *places, int32_t commune)
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
