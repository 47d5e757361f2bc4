/* Journeys: see distance.h. */
#include "sql/distance.h"

#include <math.h>
#include <string.h>

static const ModelTrajet *find_trajet(const Model *model, int32_t depart, int32_t arrivee)
{
    int32_t low = 0, high = model->n_trajets;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        const ModelTrajet *t = &model->trajets[middle];
        if (t->depart == depart && t->arrivee == arrivee)
            return t;
        if (t->depart < depart || (t->depart == depart && t->arrivee < arrivee))
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

int32_t distance_straight(const Model *model, int32_t depart, int32_t arrivee)
{
    const ModelCommune *a = &model->communes[depart], *b = &model->communes[arrivee];
    double radian = acos(-1.0) / 180.0;
    double sin_lat = sin((b->latitude - a->latitude) * radian / 2),
           sin_lon = sin((b->longitude - a->longitude) * radian / 2);
    double h = sin_lat * sin_lat + cos(a->latitude * radian) * cos(b->latitude * radian) * sin_lon * sin_lon;
    double km = 2 * 6371.0 * asin(sqrt(fmin(1.0, h)));
    return (int32_t)floor(km * 1.3 * 10 + 0.5);
}

bool distance_between(const Model *model, int32_t depart, int32_t arrivee, Distance *distance)
{
    const ModelTrajet *trajet = find_trajet(model, depart, arrivee);
    if (trajet == NULL)
        trajet = find_trajet(model, arrivee, depart);
    if (trajet != NULL) {
        *distance = (Distance){trajet->km, trajet->cout};
        return true;
    }
    *distance = (Distance){0, 0};
    if (depart == arrivee)
        return true;
    if (strcmp(model->communes[depart].zone, model->communes[arrivee].zone) != 0)
        return false;
    distance->km = distance_straight(model, depart, arrivee);
    return true;
}
